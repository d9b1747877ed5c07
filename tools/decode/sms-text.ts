// Short messages as modems and gateways show them: lines of hex, and texts that begin with our mark.
// Never puts parts together: our datagrams fit one message.

import { fromSmsText, SMS_MARK } from "../../protocol/base64.ts";
import { type Fault, isFault } from "../../protocol/fault.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { fromPduLine, phoneOf, type Sms } from "../../protocol/sms-pdu.ts";
import { decodeDeliver, decodeSubmit } from "../../protocol/sms-reader.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { hexOf, toOctets } from "../../sdk/octets.ts";
import type { Trouble } from "./found.ts";

export interface Message {
  bytes: Uint8Array;
  phone?: string;
}

/** Octets of a service centre's number, the first of a line: never the first of a datagram. */
const CENTRE_OCTETS_MAX = 12;
const TEXT = new RegExp(`${SMS_MARK}[A-Za-z0-9+/]*`);

/** True where octets may be a line of a modem in PDU mode and can't be a datagram [RFC 7252 §3]. */
export function isPduLine(octets: Uint8Array): boolean {
  return octets.length > 0 && octets[0] <= CENTRE_OCTETS_MAX;
}

/** The datagram in a message, which is given with the service centre's number before it or without. */
export function readPdu(octets: Uint8Array): Message | Trouble {
  const tpdu = fromPduLine(nodeMachine, hexOf(octets).toUpperCase());
  const sms = isFault(tpdu) ? tpdu : readTpdu(tpdu);
  if (!isFault(sms)) return contentOf(sms);
  const bare = readTpdu(octets);
  return isFault(bare) ? { code: "bad-sms", fault: sms } : contentOf(bare);
}

/** The datagram in a line that holds a text of ours. */
export function readSmsText(line: string): Message | Trouble {
  const found = TEXT.exec(line);
  if (found === null) return { code: "not-ours" };
  const bytes = fromSmsText(nodeMachine, found[0]);
  if (isFault(bytes)) return { code: "bad-sms", fault: bytes, at: found.index + 1 };
  return { bytes: toOctets(bytes) };
}

// internal

/** From the network, or for it, by its first two bits (3GPP TS 23.040 §9.2.3.1). */
function readTpdu(tpdu: Bytes): Sms | Fault {
  const isSubmit = tpdu.length > 0 && tpdu[0] % 4 === 1;
  return isSubmit ? decodeSubmit(nodeMachine, tpdu) : decodeDeliver(nodeMachine, tpdu);
}

function contentOf(sms: Sms): Message | Trouble {
  const message =
    sms.data === undefined ? readSmsText(sms.text ?? "") : { bytes: toOctets(sms.data) };
  return "code" in message ? message : { ...message, phone: phoneOf(sms) };
}
