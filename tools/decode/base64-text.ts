// Base64 as programs print it: with padding or without, in either alphabet [RFC 4648 §4, §5].
// Says at which character a line can't be read.

import { fromBase64 } from "../../protocol/base64.ts";
import { isFault } from "../../protocol/fault.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { toOctets } from "../../sdk/octets.ts";
import type { Trouble } from "./found.ts";

export function octetsOfBase64(text: string): Uint8Array | Trouble {
  const digits = text.trim().replace(/=+$/, "").replaceAll("-", "+").replaceAll("_", "/");
  const bad = digits.search(/[^A-Za-z0-9+/]/);
  if (bad >= 0) {
    return { code: "bad-base64", at: text.search(/\S/) + bad + 1, is: digits[bad] };
  }
  const octets = fromBase64(nodeMachine, digits);
  return isFault(octets)
    ? { code: "cut-base64", is: digits.length, fault: octets }
    : toOctets(octets);
}
