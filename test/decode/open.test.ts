// What is opened, by which key and which request, and why the rest stays closed.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { blockOption } from "../../protocol/block.ts";
import { BLOCK_1, CHANGED, CONTENT, GET, REQUEST_TAG, UNAUTHORIZED } from "../../protocol/coap.ts";
import { encodeMessage } from "../../protocol/message-codec.ts";
import { LOG, RENEW, WORD } from "../../protocol/messages.ts";
import { deriveContext } from "../../sdk/keys.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { hexOf } from "../../sdk/octets.ts";
import { decodeParsed, isUnreadable, parseInput, type Row } from "../../tools/decode/decode.ts";
import type { Found } from "../../tools/decode/found.ts";
import { readKeyFile } from "../../tools/decode/key-file.ts";
import { type KeyRing, makeKeyRing } from "../../tools/decode/key-ring.ts";
import { rowJson } from "../../tools/decode/row-json.ts";
import { rowText } from "../../tools/decode/row-text.ts";
import {
  answer,
  forged,
  foundOf,
  KEY_FILE,
  KID,
  MASTER_FILE,
  PAGER,
  PLATFORM_ID,
  sayDown,
  sayUp,
  sos,
  taken,
} from "./sealed.ts";

const PORT = 5683;
const RING = makeKeyRing([PAGER]);
const NOTHING = new Uint8Array(0);

/** Another pager whose platform has the same id. */
const OTHER = deriveContext(
  { secret: Uint8Array.from({ length: 16 }, () => 77), salt: new Uint8Array(8) },
  { senderId: Uint8Array.of(1, 2, 3), recipientId: PLATFORM_ID },
);

function rowsOf(founds: Found[], ring: KeyRing = RING, requests: Found[] = []): Row[] {
  const input = { kind: "hex", entries: founds, passedOver: 0 } as const;
  return [
    ...decodeParsed(parseInput({ ...input, entries: founds }, requests, PORT), ring, PORT),
  ] as Row[];
}

const rowOf = (bytes: Uint8Array, ring = RING) => rowsOf([foundOf(bytes)], ring)[0];
const listOf = (...list: Uint8Array[]) => list.map((bytes, i) => foundOf(bytes, i + 1));
const textOf = (row: Row) => rowText(row, (_, text) => text).join("\n");
const why = (row: Row) => row.decoded.closed?.why;

test("a pager's request is opened from above, the platform's from below", () => {
  const [up, down] = rowsOf(listOf(sos().bytes, taken().bytes));
  assert.equal([up.way, up.meaning?.name], ["up", "sos"]);
  assert.equal([down.way, down.meaning?.name], ["down", "taken"]);
  assert.equal([isUnreadable(up), isUnreadable(down)], [false, false]);
});

test("provisioning and master secret open the same", () => {
  for (const text of [KEY_FILE, MASTER_FILE, `{"pager": {}, "provisioning": ${KEY_FILE}}`]) {
    const ring = makeKeyRing(readKeyFile(text, "keys").contexts);
    assert.is(rowOf(sos().bytes, ring).meaning?.name, "sos");
  }
});

test("an answer is opened by its request, bare or with a number of its own, both ways", () => {
  const content = encodeMessage(nodeMachine, WORD, { what: 0, value: 1000 });
  const up = sos();
  const down = taken();
  const rows = rowsOf(
    listOf(
      up.bytes,
      down.bytes,
      answer(up),
      answer(down),
      answer(up, { piv: 5, payload: content }),
    ),
  );
  assert.equal(
    rows.map(({ way }) => way),
    ["up", "down", "down", "up", "down"],
  );
  assert.equal(rows[2].meaning?.words.en, "answer: stored by the platform");
  assert.equal(rows[3].meaning?.words.en, "answer of the pager");
  assert.is(rows[4].meaning?.name, "time");
  assert.is(rows[4].decoded.opened?.packet?.piv, 5);
  assert.equal(rows[4].decoded.asked?.found.place, { kind: "line", number: 1 });
});

test("tokens come again: of several requests the one that fits by its number is found", () => {
  const founds: Uint8Array[] = [];
  const said = Array.from({ length: 40 }, (_, i) =>
    sos({ piv: 256 * i + 9, token: 9, messageId: 7 }),
  );
  for (const one of said) founds.push(one.bytes);
  founds.push(answer(said[3]), answer(said[39]));
  const rows = rowsOf(listOf(...founds));
  assert.equal(rows[40].decoded.asked?.found.place.number, 4);
  assert.equal(rows[41].decoded.asked?.found.place.number, 40);
});

test("an answer may stand before its request, or have it handed in", () => {
  const said = sos();
  assert.is(rowsOf(listOf(answer(said), said.bytes))[0].way, "down");
  const [row] = rowsOf(listOf(answer(said)), RING, [foundOf(said.bytes)]);
  assert.is(row.meaning?.words.en, "answer: stored by the platform");
});

test("what stays closed says why, and only a wrong tag is a failure", () => {
  const said = sos();
  const none = makeKeyRing([]);
  const other = makeKeyRing([OTHER]);
  assert.equal(rowsOf(listOf(said.bytes, answer(said)), none).map(why), ["no-keys", "no-keys"]);
  assert.equal(rowsOf(listOf(said.bytes, answer(said)), other).map(why), ["no-key", "no-key"]);
  assert.equal(rowsOf(listOf(answer(said))).map(why), ["no-request"]);
  const bad = rowsOf(listOf(forged(said.bytes), forged(answer(said))));
  assert.equal(bad.map(why), ["wrong-tag", "wrong-tag"]);
  assert.equal(bad.map(isUnreadable), [true, true]);
  const closed = [rowsOf(listOf(said.bytes), none), rowsOf(listOf(answer(said)))];
  assert.equal(
    closed.map(([row]) => isUnreadable(row)),
    [false, false],
  );
  assert.match(
    textOf(rowsOf(listOf(said.bytes), other)[0]),
    /没有 c45e01 的密钥 no key for kid c45e01/,
  );
});

test("an answer to a damaged request is opened all the same", () => {
  const said = sos();
  const [bad, good] = rowsOf(listOf(forged(said.bytes), answer(said)));
  assert.is(why(bad), "wrong-tag");
  assert.is(good.way, "down");
});

test("platforms' ids are alike: the right pager's key is found, first of all the one heard there", () => {
  const ring = makeKeyRing([OTHER, PAGER]);
  const flow = { from: "10.0.0.7", fromPort: 4, to: "192.0.2.1", toPort: PORT };
  const back = { from: flow.to, fromPort: flow.toPort, to: flow.from, toPort: flow.fromPort };
  assert.equal(
    ring.candidates("00", back).map(({ halves }) => halves.kid),
    ["010203", "c45e01"],
  );
  const rows = rowsOf(
    [
      { ...foundOf(sos().bytes), flow },
      { ...foundOf(taken().bytes), flow: back },
    ],
    ring,
  );
  assert.equal(
    rows.map(({ decoded }) => decoded.opened?.halves.kid),
    ["c45e01", "c45e01"],
  );
  assert.equal(
    ring.candidates("00", back).map(({ halves }) => halves.kid),
    ["c45e01", "010203"],
  );
});

test("of requests with the same token that one is answered whose sender the answer goes to", () => {
  const stranger = Uint8Array.from(sos().bytes);
  stranger.set([1, 2, 3], Buffer.from(stranger).indexOf(KID));
  const flowOf = (from: string) => ({ from, fromPort: 4, to: "192.0.2.1", toPort: PORT });
  const back = { from: "192.0.2.1", fromPort: PORT, to: "10.0.0.8", toPort: 4 };
  const rows = rowsOf([
    { ...foundOf(stranger, 1), flow: flowOf("10.0.0.8") },
    { ...foundOf(sos().bytes, 2), flow: flowOf("10.0.0.7") },
    { ...foundOf(forged(answer(sos())), 3), flow: back },
  ]);
  assert.equal(rows[2].decoded.asked?.found.place.number, 1);
  assert.equal(rows[2].decoded.closed, { why: "no-key", kid: "010203" });
});

test("the kids in the clear are those whose keys are asked for", () => {
  const input = {
    kind: "hex",
    entries: listOf(sos().bytes, taken().bytes, sos().bytes),
    passedOver: 0,
  } as const;
  assert.equal(parseInput({ ...input, entries: [...input.entries] }, [], PORT).kids, [
    "c45e01",
    "00",
  ]);
});

test("without any key the ports and the marks of a line tell the way", () => {
  const none = makeKeyRing([]);
  const flow = { from: "a", fromPort: 4, to: "b", toPort: PORT };
  const back = { from: "b", fromPort: PORT, to: "a", toPort: 4 };
  const bytes = sos().bytes;
  const rows = rowsOf(
    [
      { ...foundOf(bytes), flow },
      { ...foundOf(bytes), flow: back },
      { ...foundOf(bytes), way: "down" },
      foundOf(bytes),
    ],
    none,
  );
  assert.equal(
    rows.map(({ way }) => way),
    ["up", "down", "down", undefined],
  );
});

test("what is not sealed is shown as proving nothing: resets, discovery, errors", () => {
  const hexes = {
    "70000007": /RST 0.00 Empty .*\n {2}空报文/s,
    "40010001bb2e77656c6c2d6b6e6f776e04636f7265":
      /未加密.*\n {2}Uri-Path \.well-known {2}Uri-Path core/s,
    "6180000709": /ACK 4.00 Bad Request/,
  };
  for (const [hex, says] of Object.entries(hexes)) {
    const row = rowOf(Uint8Array.from(Buffer.from(hex, "hex")));
    assert.match(textOf(row), says);
    assert.not(isUnreadable(row));
  }
});

test("an error or an unread word of the platform is opened too", () => {
  const said = sos();
  const rows = rowsOf(listOf(said.bytes, answer(said, { piv: 1, code: UNAUTHORIZED })));
  assert.match(textOf(rows[1]), /4\.01 Unauthorized/);
  const [unknown] = rowsOf(listOf(sayDown(Uint8Array.of(0x82, 0x16, 1)).bytes));
  assert.equal([unknown.meaning?.name, unknown.meaning?.hides], ["word", true]);
});

test("a call for help of a newer version is shown as one", () => {
  const row = rowOf(sayUp("Q", Uint8Array.of(0x81, 5)).bytes);
  assert.is(row.meaning?.words.en, "call for help of a newer version");
  assert.is(row.meaning?.notation?.text, "[5]");
  assert.is(
    rowOf(sayUp("q", Uint8Array.of(0x81, 5)).bytes).meaning?.words.en,
    "resource that is not known",
  );
});

test("a log in blocks is put together where all of it is there, and is not where a block is missing", () => {
  const sent = Array.from({ length: 100 }, (_, i) => [200_000_000 + i, 9, 7, 4_001_001]).flat();
  const body = encodeMessage(nodeMachine, LOG, { id: 5, rows: sent }) as Uint8Array;
  const blocks: Uint8Array[] = [];
  for (let number = 0; number * 512 < body.length; number++) {
    const more = (number + 1) * 512 < body.length;
    const block = blockOption(nodeMachine, BLOCK_1, { number, more, exponent: 5 });
    const tag = { number: REQUEST_TAG, value: Uint8Array.of(7) };
    const piece = body.subarray(number * 512, (number + 1) * 512);
    blocks.push(sayUp("g", piece, { piv: 10 + number, options: [block, tag] }).bytes);
  }
  assert.is(blocks.length, 3);
  const rows = rowsOf(listOf(blocks[0], blocks[1], blocks[1], blocks[2]));
  assert.equal(
    rows.map(({ meaning }) => meaning?.name),
    ["", "", "", "log"],
  );
  assert.is(rows[3].wholeOctets, body.length);
  assert.match(
    textOf(rows[3]),
    /Block1 2, 512.*\n.*全部分块 all blocks together.*\n(.*\n)+ +2026-05-03T19:33:20Z #7 sent .*, try 1.1\n/,
  );
  const gap = rowsOf(listOf(blocks[0], blocks[2]));
  assert.equal(
    gap.map(({ meaning }) => meaning?.name),
    ["", ""],
  );
});

test("a block of an image is no message", () => {
  const said = sayUp("u", NOTHING, { code: GET });
  const rows = rowsOf(
    listOf(said.bytes, answer(said, { piv: 1, code: CONTENT, payload: Uint8Array.of(1, 2, 3) })),
  );
  assert.equal(
    rows.map(({ meaning }) => meaning?.words.en),
    ["block of an image", "block of an image"],
  );
  assert.match(textOf(rows[1]), /3 octets: 010203/);
});

test("keys of a new context are shown nowhere, in no form, also of a renewal that can't be read", () => {
  const secrets = ["5a".repeat(16), "6b".repeat(16), "7c".repeat(13)];
  const [senderKey, recipientKey, commonIv] = secrets.map((hex) =>
    Uint8Array.from(Buffer.from(hex, "hex")),
  );
  const whole = encodeMessage(nodeMachine, RENEW, {
    what: 15,
    id: 1,
    slot: 1,
    kid: KID,
    platformId: Uint8Array.of(1),
    senderKey,
    recipientKey,
    commonIv,
  }) as Uint8Array;
  const spoiled = [
    whole,
    whole.subarray(0, -1),
    Uint8Array.of(0x9f, ...whole.subarray(1)),
    Uint8Array.of(0x1c, ...whole),
  ];
  for (const payload of spoiled) {
    const said = sos();
    const rows = rowsOf(
      listOf(said.bytes, sayDown(payload).bytes, answer(said, { piv: 4, payload })),
    );
    for (const row of rows.slice(1)) {
      const shown = `${textOf(row)} ${JSON.stringify(rowJson(row))}`;
      for (const secret of secrets) assert.not(shown.includes(secret.slice(0, 12)), shown);
    }
  }
  const [row] = rowsOf(listOf(sayDown(whole).bytes));
  assert.is(row.meaning?.name, "renew");
  assert.match(textOf(row), /发送密钥 +sender key +… 16 字节，不显示 16 octets, not shown/);
});

test("a key ring prints none of its keys with a row", () => {
  const [row] = rowsOf(listOf(sos().bytes));
  const shown = `${textOf(row)} ${JSON.stringify(rowJson(row))}`;
  for (const key of [PAGER.senderKey, PAGER.recipientKey, PAGER.commonIv]) {
    assert.not(shown.includes(hexOf(key)));
  }
});

test("any octets as a datagram, and any text under a right seal, are told and throw nothing", () => {
  const any = fc.uint8Array({ maxLength: 80 });
  const sealedText = fc
    .tuple(fc.constantFrom("s", "b", "g", "t", "Q", "u"), any)
    .map(([letter, payload]) => sayUp(letter, payload).bytes);
  const down = any.map((payload) => sayDown(payload).bytes);
  const changed = fc.tuple(fc.nat(49), fc.nat(255)).map(([at, value]) => {
    const bytes = Uint8Array.from(sos().bytes);
    bytes[at % bytes.length] = value;
    return bytes;
  });
  fc.assert(
    fc.property(fc.oneof(any, sealedText, down, changed), (bytes) => {
      const row = rowOf(bytes);
      assert.ok(textOf(row).length > 0);
      assert.type(JSON.stringify(rowJson(row)), "string");
      for (const { at } of row.faults) assert.ok(at >= -1 && at <= 1280, `${at}`);
    }),
    { numRuns: 3000 },
  );
});

test("the code of an answer is the platform's word that it stored: 2.04", () => {
  const said = sos();
  const [, row] = rowsOf(listOf(said.bytes, answer(said)));
  assert.is(row.decoded.opened?.packet?.code, CHANGED);
});

test.run();
