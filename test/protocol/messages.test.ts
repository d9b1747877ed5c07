// Messages by their declarations: both ways, each bound, each refusal, and a foreign codec.

import { Encoder } from "cbor-x";
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { toHex } from "../../protocol/bytes.ts";
import type { Declaration, Values } from "../../protocol/declaration.ts";
import { type Fault, isFault } from "../../protocol/fault.ts";
import { decodeMessage, encodeMessage } from "../../protocol/message-codec.ts";
import { declarationOf, declarationOfWord, isCallForHelp } from "../../protocol/message-lookup.ts";
import {
  BEAT,
  CHANGE_SETTINGS,
  MESSAGES,
  NOTICE,
  RENEW,
  RESULT,
  SOS,
  TRACK,
  WAITING,
  WORD,
} from "../../protocol/messages.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { plain, valuesOf, wireOf } from "./any-values.ts";
import { guarded, hex } from "./octets.ts";

/** A foreign codec; it would tag plain octets as a typed array. */
const oracle = new Encoder({ tagUint8Array: false, useRecords: false });

const encoded = <D extends Declaration>(declaration: D, values: Values<D>) =>
  toHex(encodeMessage(nodeMachine, declaration, values));
const decoded = <D extends Declaration>(declaration: D, octets: string) =>
  decodeMessage(nodeMachine, declaration, guarded(hex(octets)));

/** What is said, as the record and on the wire; the comment reads the octets field by field. */
const SOS_EXAMPLES: [string, Values<typeof SOS>, string][] = [
  ["a number alone", { number: 7 }, "81 07"],
  [
    // number 300, time not known, 57 % (row 55, code 14) and charging (-1 - 14)
    "no position, no clock",
    { number: 300, battery: 57, charging: 1 },
    "83 19012c f6 2e",
  ],
  [
    // time 200000000 by the network, 31.1234567 N, 121.4 W, 35 m (row 40, code 4) by satellites
    "position without battery and age",
    {
      number: 1,
      time: 200000000,
      timeFromNetwork: 1,
      latitude: 311234567,
      longitude: -1214000000,
      uncertaintyM: 35,
      fromCells: 0,
    },
    "86 01 3a0bebc200 f6 1a128d1007 3a485c2b7f 04",
  ],
  [
    // 12,345 m from cells (row 20000, code 21, flag), 8 days old (over a week, code 23)
    "ends of the tables",
    { number: 1, latitude: 0, longitude: 0, uncertaintyM: 12345, fromCells: 1, ageS: 691200 },
    "87 01 f6 f6 00 00 35 17",
  ],
];

for (const [name, values, octets] of SOS_EXAMPLES) {
  test(`sos, ${name}: ${octets}`, () => {
    assert.is(encoded(SOS, values), octets.replaceAll(" ", ""));
  });
}

test("what is decoded is the row of the table, with both flags as 0 or 1", () => {
  assert.equal(decoded(SOS, SOS_EXAMPLES[2][2]), {
    number: 1,
    time: 200000000,
    timeFromNetwork: 1,
    latitude: 311234567,
    longitude: -1214000000,
    uncertaintyM: 40,
    fromCells: 0,
  });
});

/** Declaration, what is wrong, octets, fault, path. */
const REFUSALS: [Declaration, string, string, string, string][] = [
  [SOS, "no octets", "", "missing-field", "sos.number"],
  [SOS, "a null for what is needed", "82f600", "missing-field", "sos.number"],
  [SOS, "an array of nothing", "80", "not-canonical", "sos"],
  [SOS, "no array", "07", "bad-type", "sos"],
  [SOS, "a map", "a10102", "bad-type", "sos"],
  [SOS, "text for a number", "816131", "bad-type", "sos.number"],
  [SOS, "a float for a number", "81f93c00", "bad-type", "sos.number"],
  [SOS, "a negative number", "8120", "out-of-bounds", "sos.number"],
  [SOS, "a number above 2^24 - 1", "811a01000000", "out-of-bounds", "sos.number"],
  [SOS, "a time above int32", "82011a80000000", "out-of-bounds", "sos.time"],
  [SOS, "battery code 24", "8301f61818", "out-of-bounds", "sos.battery"],
  [SOS, "battery code 24 with its flag", "8301f63818", "out-of-bounds", "sos.battery"],
  [SOS, "latitude 90.0000001", "8401f6f61a35a4e901", "out-of-bounds", "sos.latitude"],
  [SOS, "longitude -180.0000001", "8501f6f6003a6b49d200", "out-of-bounds", "sos.longitude"],
  [SOS, "a number in more octets than it needs", "811807", "not-canonical", "sos.number"],
  [SOS, "a null at the end", "8207f6", "not-canonical", "sos.time"],
  [SOS, "a null at the end of an unknown tail", "8907000000000000f6f6", "not-canonical", "sos"],
  [SOS, "a cell of 6 octets", "8807f6f6f6f6f6f646000000000000", "out-of-bounds", "sos.cell"],
  [SOS, "fewer items than announced", "8307", "truncated", "sos"],
  [SOS, "an integer cut short", "82071a0000", "truncated", "sos.time"],
  [SOS, "octets behind the end", "810707", "trailing-octets", "sos"],
  [BEAT, "a signal of -43 dBm", "84f6382a0000", "out-of-bounds", "beat.signalDbm"],
  [BEAT, "a signal of -141 dBm", "84f6388c0000", "out-of-bounds", "beat.signalDbm"],
  [WORD, "a word without its value", "8101", "missing-field", "word.value"],
  [WORD, "a word above 23", "82181800", "out-of-bounds", "word.what"],
  [WAITING, "an array of nothing", "80", "not-canonical", "waiting"],
  [NOTICE, "a text that is a number", "8407010003", "bad-type", "notice.text"],
  [
    NOTICE,
    "a text longer than its bound",
    `84070100 58a1${"20".repeat(161)}`,
    "out-of-bounds",
    "notice.text",
  ],
  [NOTICE, "a text longer than the message", "84070100 5903e8 20", "truncated", "notice.text"],
  [NOTICE, "a text length of 2^63", "84070100 5b8000000000000000", "truncated", "notice.text"],
  [TRACK, "a point cut off", "86 00 00 00 f6 05 82 01 00", "out-of-bounds", "track.points"],
  [TRACK, "a point in no time", "86 00 00 00 f6 05 83 00 00 00", "out-of-bounds", "track.points"],
  [
    TRACK,
    "33 points",
    `86 00 00 00 f6 05 9863 ${"010000".repeat(33)}`,
    "out-of-bounds",
    "track.points",
  ],
  [TRACK, "octets for a step", "86 00 00 00 f6 05 83 40 00 00", "out-of-bounds", "track.points"],
  [CHANGE_SETTINGS, "a list of nothing", "84 09 01 02 80", "out-of-bounds", "changeSettings.list"],
  [CHANGE_SETTINGS, "a key alone", "84 09 01 02 81 05", "out-of-bounds", "changeSettings.list"],
  [
    CHANGE_SETTINGS,
    "a value of 65 octets",
    `84 09 01 02 82 05 5841${"00".repeat(65)}`,
    "out-of-bounds",
    "changeSettings.list",
  ],
  [CHANGE_SETTINGS, "an array as value", "84 09 01 02 82 05 80", "bad-type", "changeSettings.list"],
  [
    RENEW,
    "a key of 15 octets",
    "86 0f 01 00 43c45e01 4100 4f000000000000000000000000000000",
    "out-of-bounds",
    "renew.senderKey",
  ],
];

for (const [declaration, name, octets, fault, path] of REFUSALS) {
  test(`${declaration.name} refused: ${name}`, () => {
    assert.equal(decoded(declaration, octets), { fault, path });
  });
}

test("an unknown tail of a newer version is passed over, whatever is in it", () => {
  const known = { number: 7, time: 0, timeFromNetwork: 0, battery: 0, charging: 0 };
  const place = { latitude: 0, longitude: 0, uncertaintyM: 10, fromCells: 0, ageS: 0 };
  for (const tail of ["00", "1bffffffffffffffff", "a26161016162820203", "fb3ff199999999999a"]) {
    assert.equal(decoded(SOS, `89 07 00 00 00 00 00 00 f6 ${tail}`), { ...known, ...place });
  }
  assert.equal(decoded(WAITING, "830243aabbcc05"), {
    number: 2,
    raisedUnder: Uint8Array.of(0xaa, 0xbb, 0xcc),
  });
});

/** The message as the first version of the wire knows it. */
function formerOf(message: Declaration): Declaration {
  return { ...message, fields: message.fields.filter((field) => field.since <= message.since) };
}

const CELL_MESSAGES = MESSAGES.filter(({ fields }) => fields.some(({ name }) => name === "cell"));

test("a report may end with the cell, and an older reader passes over it [wire §6]", () => {
  assert.is(CELL_MESSAGES.length, 9);
  for (const message of CELL_MESSAGES) {
    const said = { number: 7, cell: hex("4704e0029a7df4") };
    const octets = encoded(message, said as never);
    assert.equal(plain(decoded(message, octets) as never), plain(said));
    assert.equal(decoded(formerOf(message), octets), { number: 7 });
  }
});

test("what an older pager says is read as before: no cell is known [wire §6]", () => {
  for (const message of CELL_MESSAGES) {
    const octets = encoded(formerOf(message), { number: 7, ageS: 20 } as never);
    assert.equal(decoded(message, octets), { number: 7, ageS: 20 });
  }
});

test("a value that can't be said is left out, one that is needed is held to its bound", () => {
  const out = { number: 2147483647, time: -1, latitude: 900000001, longitude: 5, battery: 101 };
  assert.is(encoded(SOS, out), "85 1a00ffffff f6 17 f6 05".replaceAll(" ", ""));
  assert.is(encoded(BEAT, { signalDbm: 0, state: -1, settings: 3 }), "84f6f60003");
});

test("a list or a text that can't be said is left out whole", () => {
  const track = { time: 0, latitude: 0, longitude: 0, stepS: 5 };
  assert.is(encoded(TRACK, { ...track, points: [24, 0, 0] }), "85000000f605");
  assert.is(encoded(TRACK, { ...track, points: [1, 0] }), "85000000f605");
  assert.is(encoded(TRACK, { ...track, points: [1, 0, 0] }), "86000000f60583010000");
  assert.is(encoded(NOTICE, { what: 7, id: 1, notice: 0, text: new Uint8Array(161) }), "83070100");
});

test("what waits is asked in no octets at all", () => {
  assert.is(encoded(WAITING, {}), "");
  assert.is(encoded(WAITING, { number: 300 }), "8119012c");
  assert.equal(decoded(WAITING, ""), {});
});

test("every message is found by its letter, and no other letter finds one", () => {
  const up = MESSAGES.filter((declaration) => declaration.direction === "up");
  for (const declaration of up) {
    assert.is(declarationOf(declaration.letter), declaration);
    assert.is(declaration.letter.length, 1);
  }
  assert.is(new Set(up.map((declaration) => declaration.letter)).size, up.length);
  for (const letter of ["", "z", "ss", "S"]) assert.is(declarationOf(letter), undefined);
});

test("every word has a number of its own and is found by it", () => {
  const words = MESSAGES.filter((declaration) => declaration.word !== undefined);
  assert.is(new Set(words.map((declaration) => declaration.word)).size, words.length);
  for (const declaration of words) {
    assert.is(declarationOfWord(declaration.word ?? -1), declaration);
    assert.is(declaration.letter, WORD.letter);
    // What every pager reads of any word: which it is, and what it is about.
    assert.is(declaration.fields[0], WORD.fields[0]);
    assert.ok(declaration.fields[1].needed && declaration.fields[1].kind === undefined);
  }
  for (const what of [-1, 17, 24]) assert.is(declarationOfWord(what), undefined);
});

test("s and every capital letter is a call for help, known or not, and nothing else is", () => {
  for (const letter of ["s", "F", "Z", "N", "L", "A", "Q"])
    assert.ok(isCallForHelp(letter), letter);
  for (const letter of ["m", "c", "z", "", "SS", "@", "[", "0"]) {
    assert.not(isCallForHelp(letter), letter);
  }
});

test("every declaration holds: bounds in order, tables within them, flags on what isn't negative", () => {
  for (const { name, fields } of MESSAGES) {
    const names = fields
      .flatMap((field) => [field.name, field.flag])
      .filter((one) => one !== undefined);
    assert.is(new Set(names).size, names.length, name);
    for (const field of fields) {
      assert.ok(field.min <= field.max, field.name);
      const hasTable = field.table !== undefined;
      assert.ok(field.flag === undefined || field.min >= 0 || hasTable, field.name);
      assert.is(field.kind?.of === "list", field.columns !== undefined, field.name);
      for (const column of field.columns ?? []) assert.ok(column.min < column.max, column.name);
      if (field.table === undefined) continue;
      assert.is(field.table[0], field.min);
      assert.is(field.table[field.table.length - 1], field.max);
    }
  }
});

for (const declaration of MESSAGES) {
  test(`${declaration.name}: decode(encode(x)) is x`, () => {
    fc.assert(
      fc.property(valuesOf(declaration), (values) => {
        assert.equal(
          plain(decoded(declaration, encoded(declaration, values as never))),
          plain(values),
        );
      }),
    );
  });

  test(`${declaration.name}: cbor-x reads and writes the same octets`, () => {
    fc.assert(
      fc.property(valuesOf(declaration), (values) => {
        const wire = wireOf(declaration, values);
        const ours = encoded(declaration, values as never);
        if (wire.length === 0) return assert.is(ours, "");
        assert.is(ours, oracle.encode(wire).toString("hex"));
        assert.equal(plain(oracle.decode(Buffer.from(ours, "hex"))), plain(wire));
      }),
    );
  });

  test(`${declaration.name}: encode(decode(b)) is b wherever b is read and has no unknown tail`, () => {
    const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
    const changes = fc.array(change, { maxLength: 2 });
    fc.assert(
      fc.property(valuesOf(declaration), changes, (values, list) => {
        const octets = encodeMessage(nodeMachine, declaration, values as never);
        for (const [at, value] of list) {
          if (octets.length > 0) octets[at % octets.length] = value;
        }
        const back = decodeMessage(nodeMachine, declaration, guarded(octets));
        if (isFault(back) || octets[0] - 128 > declaration.fields.length) return;
        assert.is(encoded(declaration, back), toHex(octets));
      }),
      { numRuns: 1000 },
    );
  });
}

test("random octets never throw; what isn't a message is a fault with its path", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(...MESSAGES),
      (octets, message) => {
        const back: object | Fault = decodeMessage(nodeMachine, message, guarded(octets));
        if (isFault(back)) assert.ok(back.path.startsWith(message.name));
      },
    ),
    { numRuns: 2000 },
  );
});

test("types follow from the declarations", () => {
  const result: Values<typeof RESULT> = { what: 1, number: 5 };
  // @ts-expect-error `number` is needed
  const short: Values<typeof RESULT> = { what: 1 };
  // @ts-expect-error no such field
  const wide: Values<typeof RESULT> = { what: 1, number: 5, more: 1 };
  assert.is(encoded(RESULT, result), "820105");
  assert.is.not(Object.keys(short).length, Object.keys(wide).length);
});

test.run();
