// One sealed alarm on every carrier that is not UDP: text SMS, 8-bit SMS both ways, serial line.
// The datagram is the same octets on all of them; its answer takes the same ways back.

import { toSmsText } from "../../protocol/base64.ts";
import { fromHex, toHex } from "../../protocol/bytes.ts";
import { type Fault, isFault } from "../../protocol/fault.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { SERIAL_DOWN, SERIAL_UP, toSerialLine } from "../../protocol/serial-line.ts";
import { encodeDeliver, encodeSubmit, toPduLine, toPhone } from "../../protocol/sms-pdu.ts";
import { OnekeyError } from "../../sdk/error.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { exchangeVectors } from "./exchanges.ts";

export interface CarrierVector {
  name: string;
  datagram: string;
  /** A text as it is sent, or the hex of octets. */
  carried: string;
}

/** Numbers that belong to nobody: the first is the pager's, the second the platform's. */
const PAGER_PHONE = "+99912345678";
const PLATFORM_PHONE = "+99987654321";
/** Year to second and zone, as a network stamps what it hands out. */
const STAMP = "26050312300832";

function good<T extends string | Bytes>(made: T | Fault): T {
  if (!isFault(made)) return made;
  throw new OnekeyError("build-failed", `a carrier gave ${made.fault}: see tools/docs/carriers.ts`);
}

function carriedBy(datagram: string, names: { up: boolean }): CarrierVector[] {
  const octets = fromHex(nodeMachine, datagram);
  const what = names.up ? "an alarm" : "its answer";
  const [from, to] = names.up ? [PAGER_PHONE, PLATFORM_PHONE] : [PLATFORM_PHONE, PAGER_PHONE];
  const submit = good(encodeSubmit(nodeMachine, { ...toPhone(to), data: octets }));
  const delivered = { ...toPhone(from), data: octets, stamp: STAMP };
  const deliver = good(encodeDeliver(nodeMachine, delivered));
  const text = good(toSmsText(octets));
  const inText = good(encodeSubmit(nodeMachine, { ...toPhone(to), text }));
  const line = good(toSerialLine(nodeMachine, names.up ? SERIAL_UP : SERIAL_DOWN, octets));
  const carried: [string, string][] = [
    ["the text of an SMS", text],
    ["the same as a SUBMIT in the 7-bit alphabet, TPDU", toHex(inText)],
    ["an 8-bit SMS as it is handed in: SUBMIT, TPDU", toHex(submit)],
    ["the same as the line behind AT+CMGS", toPduLine(submit)],
    ["an 8-bit SMS as it is handed out: DELIVER, TPDU", toHex(deliver)],
    ["a serial line", line],
  ];
  return carried.map(([name, one]) => ({ name: `${what}: ${name}`, datagram, carried: one }));
}

export function carrierVectors(): CarrierVector[] {
  const [request, answer] = exchangeVectors()[0].steps;
  return [
    ...carriedBy(request.datagram, { up: true }),
    ...carriedBy(answer.datagram, { up: false }),
  ];
}
