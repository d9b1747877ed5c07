// What messages mean by their declarations: every one of them, each kind of value, and placed faults.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { BOARDS, NOTICES, OUTCOMES } from "../../protocol/codes.ts";
import type { Declaration, Values } from "../../protocol/declaration.ts";
import { encodeMessage } from "../../protocol/message-codec.ts";
import * as messages from "../../protocol/messages.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { hexOf, toOctets } from "../../sdk/octets.ts";
import { zoneOctets } from "../../sdk/zone-text.ts";
import { decodeParsed, parseInput, type Row } from "../../tools/decode/decode.ts";
import { makeKeyRing } from "../../tools/decode/key-ring.ts";
import type { FieldMeaning, Meaning } from "../../tools/decode/meaning.ts";
import { rowText } from "../../tools/decode/row-text.ts";
import { isSecret } from "../../tools/decode/value-text.ts";
import {
  boardWords,
  fieldWords,
  flagWords,
  messageWords,
  noticeWords,
  outcomeWords,
} from "../../tools/decode/words.ts";
import { type AnyValues, valuesOf } from "../protocol/any-values.ts";
import { foundOf, PAGER, REPORT, sayDown, sayUp } from "./sealed.ts";

const RING = makeKeyRing([PAGER]);

function rowOf(bytes: Uint8Array): Row {
  const input = { kind: "hex" as const, entries: [foundOf(bytes)], passedOver: 0 };
  return [...decodeParsed(parseInput(input, [], 5683), RING, 5683)][0] as Row;
}

function sealed({ direction, letter }: Declaration, payload: Uint8Array): Row {
  return rowOf((direction === "up" ? sayUp(letter, payload) : sayDown(payload)).bytes);
}

function meaningOf(declaration: Declaration, payload: Uint8Array): Meaning {
  return sealed(declaration, payload).meaning as Meaning;
}

function said<D extends Declaration>(declaration: D, values: Values<D>): Map<string, FieldMeaning> {
  const payload = toOctets(encodeMessage(nodeMachine, declaration, values));
  return new Map(meaningOf(declaration, payload).fields.map((field) => [field.name, field]));
}

function shown(field: FieldMeaning | undefined): string {
  const { plain, words } = field?.shown ?? { plain: "absent" };
  return words === undefined ? plain : `${plain} ${words.zh} ${words.en}`;
}

for (const declaration of messages.MESSAGES) {
  if (declaration === messages.WORD) continue;
  test(`${declaration.name}: any of its values come back, each with its unit and both names`, () => {
    fc.assert(
      fc.property(valuesOf(declaration), (values: AnyValues) => {
        const payload = toOctets(encodeMessage(nodeMachine, declaration, values as never));
        const row = sealed(declaration, payload);
        const meaning = row.meaning as Meaning;
        assert.equal(row.faults, []);
        assert.is(meaning.name, declaration.name);
        assert.is(meaning.notation?.fault, undefined);
        const declared = declaration.fields.filter(({ name }) => values[name] !== undefined);
        assert.equal(
          meaning.fields.map(({ name }) => name),
          declared.map(({ name }) => name),
        );
        meaning.fields.forEach((field, i) => {
          const value = values[field.name];
          if (typeof value === "number") assert.is(field.value, value);
          else if (isSecret(declared[i])) assert.is(field.value, undefined);
          else if (!Array.isArray(value)) assert.is(field.value, hexOf(value));
          assert.is(field.unit, declared[i].unit);
          assert.is(
            field.flag?.set,
            declared[i].flag === undefined ? undefined : values[declared[i].flag] === 1,
          );
          assert.is(field.row?.of, declared[i].table?.length);
        });
      }),
      { numRuns: 60 },
    );
  });
}

test("nothing that is declared is without its words in both languages", () => {
  for (const { name, fields } of messages.MESSAGES) {
    assert.ok(messageWords[name]?.zh && messageWords[name].en, `message ${name}`);
    for (const field of fields) {
      assert.ok(fieldWords[field.name]?.zh && fieldWords[field.name].en, `field ${field.name}`);
      if (field.flag !== undefined) assert.ok(flagWords[field.flag]?.set.zh, `flag ${field.flag}`);
    }
  }
  assert.equal(outcomeWords.length, OUTCOMES.length);
  assert.equal(noticeWords.length, NOTICES.length);
  assert.equal(
    boardWords.map(({ en }) => en),
    [...BOARDS],
  );
});

test("an sos: time in UTC, degrees to the last place, codes with their row, flags", () => {
  const fields = said(messages.SOS, REPORT);
  assert.is(shown(fields.get("time")), "2026-11-16T13:46:40Z");
  assert.is(shown(fields.get("latitude")), "36.6512345° S");
  assert.is(shown(fields.get("longitude")), "117.0345678° E");
  assert.is(shown(fields.get("battery")), "80 %");
  assert.equal(fields.get("battery")?.row, { at: 19, of: 24 });
  assert.is(fields.get("battery")?.flag?.words.en, "charging");
  assert.is(shown(fields.get("uncertaintyM")), "1500 m");
  assert.is(shown(fields.get("ageS")), "900 s (15 min)");
  const far = said(messages.SOS, {
    ...REPORT,
    uncertaintyM: 60_000,
    ageS: 900_000,
    time: 2_147_483_647,
  });
  assert.is(shown(far.get("uncertaintyM")), "50000 m 或以上 or more");
  assert.is(shown(far.get("ageS")), "604801 s (7 d 1 s) 或以上 or more");
  assert.is(shown(far.get("time")), "2088-01-19T03:14:07Z");
});

test("codes and bits are named, those of a newer version by their number", () => {
  assert.is(
    shown(said(messages.RESULT, { what: 5, number: 9, outcome: 4 }).get("outcome")),
    "4 忙：有报警 busy: an alarm is open",
  );
  const result = said(messages.RESULT, { what: 22, number: 9, outcome: 23, detail: 7 });
  assert.is(shown(result.get("what")), "22 未知值 not known");
  assert.is(shown(result.get("outcome")), "23 未知值 not known");
  assert.is(shown(result.get("detail")), "7");
  const beat = said(messages.BEAT, { state: 1 + 4 + 1024, settings: 3 });
  assert.is(
    shown(beat.get("state")),
    "0x405 存储故障, 心跳无应答, 位 10 storage fault, beat unanswered, bit 10",
  );
  assert.is(shown(said(messages.BEAT, { state: 0, settings: 3 }).get("state")), "0x0 无 none");
  const low = said(messages.LOW_BATTERY, { number: 1, level: 3 });
  assert.is(shown(low.get("level")), "3 断电前 last gasp");
  const test = said(messages.SELF_TESTED, { number: 0, passed: 1 + 2, failed: 512 + 1024 });
  assert.is(shown(test.get("passed")), "0x3 呼叫键, 灯 key, light");
  assert.is(shown(test.get("failed")), "0x600 运动, 信号 motion, signal");
  const octets = (text: string) => Buffer.from(text);
  const active = said(messages.ACTIVATION, {
    firmware: 3,
    board: 1,
    chip: octets("\u0001\u0002\u0003\u0004"),
    iccid: octets("898600"),
  });
  assert.is(shown(active.get("board")), "1 rak5010 rak5010");
  assert.is(shown(active.get("chip")), "01020304");
  assert.is(shown(active.get("iccid")), '"898600"');
  const notice = said(messages.NOTICE, { what: 7, id: 1, notice: 1, text: octets("充电") });
  assert.is(shown(notice.get("notice")), "1 请充电 please charge");
  assert.is(shown(notice.get("text")), '"充电"');
});

test("the points of a track are places with the time since the first; settings are keys and values", () => {
  const track = said(messages.TRACK, {
    time: 1000,
    latitude: 300_000_000,
    longitude: 1_200_000_000,
    stepS: 60,
    points: [1, 100, -100, 2, -50, 0],
  });
  assert.equal(track.get("points")?.rows, [
    "+1 min  30.0010000° N  119.9990000° E",
    "+3 min  30.0005000° N  119.9990000° E",
  ]);
  const zone = zoneOctets("36.68012,-117.06534,300");
  assert.ok(zone);
  const list = [1, 30, 2, Buffer.from("+8613"), 3, Uint8Array.of(1, 255), 75, zone];
  const settings = said(messages.CHANGE_SETTINGS, { what: 9, id: 4, settings: 2, list });
  assert.equal(settings.get("list")?.rows, [
    "1 holdMs = 30",
    '2 beatS = "+8613"',
    "3 reportS = h'01ff'",
    "75 zone2 = 36.68012,-117.06534,300",
  ]);
  assert.is(shown(settings.get("list")), "4 行 rows");
});

const BAD: [
  name: string,
  declaration: Declaration,
  hex: string,
  fault: string,
  at: number,
  before: string[],
][] = [
  ["a field out of bounds", messages.SOS, "85050a181963", "out-of-bounds", 3, ["number", "time"]],
  [
    "a latitude beyond the pole",
    messages.SOS,
    "850102031a7fffffff04",
    "out-of-bounds",
    4,
    ["number", "time", "battery"],
  ],
  ["a number that is no number", messages.SOS, "82416105", "bad-type", 1, []],
  ["a needed field that is null", messages.SOS, "82f605", "missing-field", 1, []],
  ["a needed field that is not there", messages.BEAT, "8101", "missing-field", 2, ["battery"]],
  ["an array that ends too early", messages.SOS, "8305", "truncated", 2, []],
  ["a number that ends too early", messages.SOS, "821a0001", "truncated", 4, []],
  ["a number written too wide", messages.SOS, "82180505", "not-canonical", 1, []],
  ["a null at the end", messages.SOS, "8205f6", "not-canonical", 2, ["number"]],
  ["an array of open length", messages.SOS, "9f05ff", "not-canonical", 0, []],
  ["octets behind the array", messages.SOS, "810500", "trailing-octets", 2, ["number"]],
  ["an unknown tail that ends in null", messages.WAITING, "8205f6", "not-canonical", 2, ["number"]],
  ["no array at all", messages.SOS, "05", "bad-type", 0, []],
];

for (const [name, declaration, hex, fault, at, before] of BAD) {
  test(`${name} is placed at octet ${at}, and what stands before it is read`, () => {
    const row = sealed(declaration, Uint8Array.from(Buffer.from(hex, "hex")));
    assert.equal(
      row.faults.map((one) => [one.fault, one.at]),
      [[fault, at]],
    );
    assert.equal(
      row.meaning?.fields.map((field) => field.name),
      before,
    );
    const text = rowText(row, (_, part) => part).join("\n");
    assert.match(text, new RegExp(`\\(${fault} [\\w.]+, octet ${at}\\)`));
  });
}

test("the tail of a newer version is counted, and stands in the notation", () => {
  const meaning = meaningOf(
    messages.WAITING,
    Uint8Array.from(Buffer.from("8405f6a10102c10a", "hex")),
  );
  assert.is(meaning.tail, 2);
  assert.is(meaning.notation?.text, "[5, null, {1: 2}, 1(10)]");
  assert.is(meaning.fault, undefined);
});

const OUTER: [hex: string, fault: string, at: number][] = [
  ["", "truncated", 0],
  ["410200", "truncated", 3],
  ["81020007", "bad-version", 0],
  ["49020007", "bad-token", 0],
  ["40200007", "bad-code", 1],
  ["4000000709", "bad-empty", 4],
  ["440200070909", "truncated", 6],
  ["40020007f0", "bad-option", 4],
  ["4002000710e0ffff", "bad-option", 5],
  ["4002000711", "truncated", 5],
  ["40020007ff", "bad-marker", 4],
  [`40020007${"10".repeat(17)}`, "too-many-options", 20],
  ["4002000791f0ff0102030405060708090a", "bad-oscore-option", 4],
  ["40020007920901ff01", "truncated", 9],
];

for (const [hex, fault, at] of OUTER) {
  test(`${hex === "" ? "no octets" : hex} outside: ${fault} at octet ${at}`, () => {
    const row = rowOf(Uint8Array.from(Buffer.from(hex, "hex")));
    assert.equal(
      row.faults.map((one) => [one.fault, one.at]),
      [[fault, at]],
    );
  });
}

test("a cell is shown as its octets and as a network names it, one of a newer version's radio as octets", () => {
  const cellOf = (hex: string) => {
    const cell = Uint8Array.from(Buffer.from(hex, "hex"));
    return shown(said(messages.SOS, { number: 1, cell }).get("cell"));
  };
  assert.match(cellOf("4704e0029a7df4"), /^4704e0029a7df4 460-00, 43679220, LTE-M/);
  assert.match(cellOf("14baf456507df4"), /^14baf456507df4 .*310-004, area 22096, 32244, GSM$/);
  assert.match(cellOf("e704e0029a7df4"), /^e704e0029a7df4 .*not known$/);
});

test.run();
