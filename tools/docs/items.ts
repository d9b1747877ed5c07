// Payloads item by item, so that one of them can be spoiled or more be put behind.
// Writes any item, also one that no message may have; judges nothing.

import { concatBytes, fromHex, toHex } from "../../protocol/bytes.ts";
import { finish, newWriter, writeArray, writeBytes, writeInt } from "../../protocol/cbor.ts";
import type { Declaration, Field } from "../../protocol/declaration.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import type { Said, Value } from "./said.ts";
import { variantsOf } from "./values.ts";

export interface Good {
  message: Declaration;
  said: Said;
  /** The items of its array, each as it is on the wire. */
  items: Bytes[];
}

function valueItem(field: Field, value: Value, flag: Value | undefined): Bytes {
  const writer = newWriter(nodeMachine, 8);
  if (field.kind !== undefined) {
    field.kind.write(writer, value as Uint8Array);
  } else {
    const number = field.table === undefined ? value : field.table.indexOf(value as number);
    writeInt(writer, flag === 1 ? -1 - (number as number) : (number as number));
  }
  return finish(nodeMachine, writer);
}

/** An integer, in its fewest octets. */
export function numberItem(value: number): Bytes {
  const writer = newWriter(nodeMachine, 8);
  // The one number above 2^31 - 1 that is needed here.
  if (value > 2_147_483_647) return fromHex(nodeMachine, "1a80000000");
  writeInt(writer, value);
  return finish(nodeMachine, writer);
}

export function octetsItem(count: number): Bytes {
  const writer = newWriter(nodeMachine, count + 5);
  writeBytes(writer, nodeMachine.bytes(count));
  return finish(nodeMachine, writer);
}

/** The hex of an array of these items. */
export function arrayOf(items: Bytes[]): string {
  const writer = newWriter(nodeMachine, 4);
  writeArray(writer, items.length);
  return toHex(concatBytes(nodeMachine, [finish(nodeMachine, writer), ...items]));
}

export const hex = (text: string): Bytes => fromHex(nodeMachine, text);

/** The ordinary values, all of them there. */
export function goodOf(message: Declaration): Good {
  const found = variantsOf(message).find(([variant]) => variant === "ordinary");
  const said: Said = found === undefined ? {} : found[1];
  const items = message.fields.map((field) =>
    valueItem(field, said[field.name], field.flag === undefined ? undefined : said[field.flag]),
  );
  return { message, said, items };
}
