// What the text carriers make of a text: datagrams and faults, by the product's own readers.

import { fromSmsText, isSmsText } from "../../protocol/base64.ts";
import { type Fault, type FaultCode, isFault } from "../../protocol/fault.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { newSerialReader, readSerial, SERIAL_UP } from "../../protocol/serial-line.ts";
import { fromPduLine } from "../../protocol/sms-pdu.ts";
import { decodeDeliver } from "../../protocol/sms-reader.ts";
import type { Case } from "./cases.ts";

export interface TextLook {
  readonly datagrams: Bytes[];
  readonly faults: FaultCode[];
}

export function lookAtText(machine: Machine, { carrier, text = "" }: Case): TextLook {
  const found = carrier === "serial" ? serialLines(machine, text) : [smsOf(machine, text)];
  return {
    datagrams: found.filter((one): one is Bytes => one !== undefined && !isFault(one)),
    faults: found.flatMap((one) => (isFault(one) ? [one.fault] : [])),
  };
}

// internal

/** The reader of the line goes on from text to text: each of ours ends its line. */
function serialLines(machine: Machine, text: string): (Bytes | Fault)[] {
  return readSerial(machine, newSerialReader(SERIAL_UP), text);
}

/** Nothing for a stranger's text. */
function smsOf(machine: Machine, line: string): Bytes | Fault | undefined {
  const tpdu = fromPduLine(machine, line);
  const sms = isFault(tpdu) ? tpdu : decodeDeliver(machine, tpdu);
  if (isFault(sms) || sms.data !== undefined) return isFault(sms) ? sms : sms.data;
  const said = sms.text ?? "";
  return isSmsText(said) ? fromSmsText(machine, said) : undefined;
}
