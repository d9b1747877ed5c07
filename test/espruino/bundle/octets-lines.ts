// What the wire does with octets, said line by line, for each length up to twenty.
// Knows no engine: it says the same on each.

import {
  concatBytes,
  copyBytes,
  equalBytes,
  fromHex,
  fromText,
  putBytes,
  toHex,
  toText,
} from "../../../protocol/bytes.ts";
import type { Machine } from "../../../protocol/machine.ts";

const LENGTH_MAX = 20;

export function sayOctets(machine: Machine, say: (line: string) => void): void {
  for (let length = 0; length <= LENGTH_MAX; length++) {
    const bytes = machine.bytes(length);
    for (let i = 0; i < length; i++) bytes[i] = (i * 67 + length * 31) % 256;
    const hex = toHex(bytes);
    say("hex " + hex);
    say("upper " + toHex(fromHex(machine, hex.toUpperCase())));
    say("text " + toHex(fromText(machine, toText(bytes))));
    const half = length >> 1;
    const copy = copyBytes(machine, bytes, half, length);
    say("copy " + toHex(copy));
    // A copy has octets of its own.
    if (copy.length > 0) copy[0] = copy[0] ^ 255;
    say("kept " + (toHex(bytes) === hex));
    const room = machine.bytes(length + 3);
    say("put " + putBytes(room, 2, bytes) + " " + toHex(room));
    const joined = concatBytes(machine, [bytes, copy, bytes]);
    say("joined " + toHex(joined) + " " + equalBytes(joined, fromHex(machine, toHex(joined))));
  }
}
