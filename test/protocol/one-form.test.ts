// One meaning has one form in CBOR and in every message: what is written is read as it was, what is read
// is written as it stood, and any wider form of the same is refused.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { toHex } from "../../protocol/bytes.ts";
import * as cbor from "../../protocol/cbor.ts";
import type { Declaration } from "../../protocol/declaration.ts";
import { isFault } from "../../protocol/fault.ts";
import { decodeMessage } from "../../protocol/message-codec.ts";
import { MESSAGES } from "../../protocol/messages.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { head, type Item, octetsOfItem, type Width } from "../fuzz/cbor-items.ts";
import { valuesOf, wireOf } from "./any-values.ts";
import { guarded } from "./octets.ts";

type Tree = number | null | Uint8Array | Tree[];

/** What the wire uses of CBOR, in any nesting. */
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    fc.integer({ min: -2147483648, max: 2147483647 }),
    fc.constant(null),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie("tree"), { maxLength: 30 }),
  ),
}));

function writeTree(writer: cbor.Writer, item: Tree): void {
  if (item === null) cbor.writeNull(writer);
  else if (typeof item === "number") cbor.writeInt(writer, item);
  else if (item instanceof Uint8Array) cbor.writeBytes(writer, item);
  else {
    cbor.writeArray(writer, item.length);
    for (const one of item) writeTree(writer, one);
  }
}

function writtenTree(item: Tree): string {
  const writer = cbor.newWriter(nodeMachine, 8);
  writeTree(writer, item);
  return toHex(cbor.finish(nodeMachine, writer));
}

const ARRAY = 4;

function readTree(reader: cbor.Reader): Tree {
  if (cbor.isNull(reader)) {
    cbor.skipNull(reader);
    return null;
  }
  if (cbor.isOctets(reader)) return cbor.readBytes(nodeMachine, reader) as Uint8Array;
  if (reader.at < reader.bytes.length && reader.bytes[reader.at] >> 5 === ARRAY) {
    const list: Tree[] = [];
    const count = cbor.readArray(reader);
    for (let i = 0; i < count && reader.fault === ""; i++) list.push(readTree(reader));
    return list;
  }
  return cbor.readInt(reader);
}

/** Every head of an item in its order: integers, octets and arrays have one each. */
function headsOf(item: Item): number {
  if (item === null || (typeof item === "object" && "raw" in item)) return 0;
  if (typeof item === "number" || item instanceof Uint8Array) return 1;
  return item.reduce((sum: number, one: Item) => sum + headsOf(one), 1);
}

/** The item with its head number `at` in more octets than it needs. */
function widened(item: Item, at: number, wider: number): number[] {
  if (item === null || (typeof item === "object" && "raw" in item)) return octetsOfItem(item);
  const isWider = at === 0;
  if (typeof item === "number") {
    const value = item < 0 ? -1 - item : item;
    return head(item < 0 ? 1 : 0, value, isWider ? widerThan(value, wider) : undefined);
  }
  const width = isWider ? widerThan(item.length, wider) : undefined;
  if (item instanceof Uint8Array) return [...head(2, item.length, width), ...item];
  const octets = head(ARRAY, item.length, width);
  let left = at - 1;
  for (const one of item) {
    octets.push(...(isWider ? octetsOfItem(one) : widened(one, left, wider)));
    left -= headsOf(one);
  }
  return octets;
}

/** One of the widths that this value doesn't need. */
function widerThan(value: number, choice: number): Width {
  const least = value <= 23 ? 0 : value <= 255 ? 1 : value <= 65535 ? 2 : 4;
  const wider = ([1, 2, 4, 8] as const).filter((width) => width > least);
  return wider[choice % wider.length];
}

test("CBOR: decode(encode(x)) is x, in the same octets as another encoder's", () => {
  fc.assert(
    fc.property(tree, (item) => {
      const octets = writtenTree(item);
      assert.is(octets, toHex(Uint8Array.from(octetsOfItem(item))));
      const reader = cbor.newReader(guarded(Uint8Array.from(Buffer.from(octets, "hex"))));
      assert.equal(readTree(reader), item);
      assert.ok(cbor.isFinished(reader));
    }),
  );
});

test("CBOR: encode(decode(b)) is b wherever b is read to its end", () => {
  const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 2 });
  let read = 0;
  fc.assert(
    fc.property(tree, changes, (item, list) => {
      const octets = Uint8Array.from(octetsOfItem(item));
      for (const [at, value] of list) octets[at % octets.length] = value;
      const reader = cbor.newReader(guarded(octets));
      const back = readTree(reader);
      if (!cbor.isFinished(reader)) return;
      read += 1;
      assert.is(writtenTree(back), toHex(octets));
    }),
    { numRuns: 2000 },
  );
  assert.ok(read > 500, `${read} were read`);
});

test("CBOR: one head in more octets than it needs, anywhere, is refused", () => {
  fc.assert(
    fc.property(tree, fc.nat(), fc.nat(), (item, place, wider) => {
      const heads = headsOf(item);
      if (heads === 0) return;
      const octets = Uint8Array.from(widened(item, place % heads, wider));
      const reader = cbor.newReader(guarded(octets));
      readTree(reader);
      assert.is(reader.fault, "not-canonical");
      const passed = cbor.newReader(guarded(octets));
      cbor.skipItem(passed);
      assert.is(passed.fault, "not-canonical");
    }),
    { numRuns: 1000 },
  );
});

for (const declaration of MESSAGES as readonly Declaration[]) {
  test(`${declaration.name}: one head in more octets than it needs, anywhere, is refused`, () => {
    fc.assert(
      fc.property(valuesOf(declaration), fc.nat(), fc.nat(), (values, place, wider) => {
        const wire: Item = wireOf(declaration, values);
        if (wire.length === 0) return;
        const octets = Uint8Array.from(widened(wire, place % headsOf(wire), wider));
        const back: object = decodeMessage(nodeMachine, declaration, guarded(octets));
        assert.is(isFault(back) ? back.fault : "read", "not-canonical");
      }),
    );
  });

  test(`${declaration.name}: a null at the end, and an array of nothing, are refused`, () => {
    fc.assert(
      fc.property(valuesOf(declaration), fc.integer({ min: 1, max: 3 }), (values, nulls) => {
        const wire: Item[] = [...wireOf(declaration, values), ...Array(nulls).fill(null)];
        const octets = Uint8Array.from(octetsOfItem(wire));
        const back: object = decodeMessage(nodeMachine, declaration, guarded(octets));
        assert.is(isFault(back) ? back.fault : "read", "not-canonical");
      }),
    );
    const nothing: object = decodeMessage(nodeMachine, declaration, Uint8Array.of(0x80));
    assert.is(isFault(nothing) ? nothing.fault : "read", "not-canonical");
  });
}

test.run();
