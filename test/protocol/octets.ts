// Octets for tests: hex in, and octets that refuse to be read past their end.
// No test here, and nothing of the wire itself.

import { fromHex } from "../../protocol/bytes.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { nodeMachine } from "../../sdk/machine.ts";

/** Octets of a hex text, in which blanks may stand. */
export function hex(text: string): Bytes {
  return fromHex(nodeMachine, text.replaceAll(" ", ""));
}

/** The same octets, which throw as soon as anything outside of them is read. */
export function guarded(bytes: Bytes): Bytes {
  return new Proxy(bytes, {
    get(target, name) {
      const index = typeof name === "string" ? Number(name) : Number.NaN;
      if (index < 0 || index >= target.length) throw new RangeError(`read at ${index}`);
      return Reflect.get(target, name, target);
    },
  });
}
