// What strangers are told, row by row: the list of resources in blocks, the error by the book for all
// else, silence where it is due, and never more than three times what they sent.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  ACK,
  CON,
  CONTENT,
  decodePacket,
  encodePacket,
  NON,
  type Packet,
} from "../../protocol/coap.ts";
import { isFault } from "../../protocol/fault.ts";
import { MESSAGES } from "../../protocol/messages.ts";
import { sealRequest } from "../../protocol/oscore.ts";
import { makeDiscovery, resourceList } from "../../sdk/gateway/discovery.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { createVirtualClock } from "../../tools/simulator/clock.ts";
import { blockNoted, notationOf } from "../protocol/block-ends.ts";
import { PAGER } from "../protocol/contexts.ts";
import { guarded, hex } from "../protocol/octets.ts";
import { rowsOf } from "../protocol/text-table.ts";

const newDiscovery = () => makeDiscovery({ machine: nodeMachine, clock: createVirtualClock() });

function answerTo(octets: string): string {
  const reply = newDiscovery().answer(guarded(hex(octets)));
  return reply === undefined ? "" : Buffer.from(reply as Uint8Array).toString("hex");
}

/** "/.well-known/core" as two Uri-Path options. */
const CORE = "bb2e77656c6c2d6b6e6f776e 04636f7265";

/** "option 1", which a 7 or a 9 follows: what is wrong, behind its marker. */
const OPTION_1 = "ff6f7074696f6e2031 3";

/** Clause, what comes, its octets ("CORE" is the path of the list), what goes back. */
const ROWS = rowsOf<[string, string, string, string]>(
  4,
  `
  RFC 7252 §4.2    | a ping                                | 40001234                | 70001234
  RFC 7252 §4.2    | a malformed confirmable message       | 4f011234                | 70001234
  RFC 7252 §4.2    | a confirmable message of class 7      | 40e11234                | 70001234
  RFC 7252 §4.3    | a malformed non-confirmable message   | 5f011234                |
  RFC 7252 §4.3    | an empty non-confirmable message      | 50001234                |
  RFC 7252 §3      | version 2                             | 80001234                |
  RFC 7252 §3      | two octets                            | 4001                    |
  RFC 7252 §4.2    | an acknowledgement                    | 60001234                |
  RFC 7252 §4.2    | a malformed acknowledgement           | 6f001234                |
  RFC 7252 §4.2    | a reset                               | 70001234                |
  RFC 7252 §5.3.2  | a confirmable answer to nothing       | 41451234 01             | 70001234
  RFC 7252 §5.3.2  | another answer to nothing             | 51451234 01             |
  RFC 7252 §5.3.2  | a piggybacked answer to nothing       | 61451234 01             |
  RFC 7252 §5.9.2  | POST /s, which wants a seal           | 41021234 01 b173        | 61811234 01
  RFC 7252 §5.9.2  | POST /F, the same                     | 41021234 01 b146        | 61811234 01
  RFC 7252 §5.9.2  | POST /Q, a call of a newer version    | 41021234 01 b151        | 61811234 01
  RFC 7252 §5.9.2  | GET /u, the image                     | 41011234 01 b175        | 61811234 01
  RFC 7252 §5.9.2  | GET /q, which isn't there             | 41011234 01 b171        | 61841234 01
  RFC 7252 §5.9.2  | GET /s/s, which isn't there           | 41011234 01 b1730173    | 61841234 01
  RFC 7252 §5.9.2  | GET /                                 | 41011234 01             | 61841234 01
  RFC 7252 §5.9.2  | GET /.well-known                      | 40011234 bb2e77656c6c2d6b6e6f776e | 60841234
  wire §3          | POST /s, non-confirmable              | 51021234 01 b173        |
  wire §3          | GET /q, non-confirmable               | 51011234 01 b171        |
  RFC 7252 §5.8    | POST of the list                      | 41021234 01 CORE        | 61851234 01
  RFC 7252 §5.8    | DELETE of the list                    | 41041234 01 CORE        | 61851234 01
  RFC 7252 §5.8    | FETCH of the list                     | 41051234 01 CORE        | 61851234 01
  RFC 7252 §5.8    | a method that nobody knows, of /s     | 41081234 01 b173        | 61851234 01
  RFC 7252 §5.8    | POST of the list, non-confirmable     | 51021234 01 CORE        |
  RFC 7252 §5.4.1  | an unknown critical option            | 41011234 01 CORE 80     | 61821234 01 OPTION19
  RFC 7252 §5.4.1  | the same, non-confirmable             | 51011234 01 CORE 80     |
  RFC 7252 §5.4.3  | an Accept of three octets             | 41011234 01 CORE 63000028 | 61821234 01 OPTION17
  RFC 7252 §5.4.5  | two of Accept                         | 41011234 01 CORE 61280128 | 61821234 01 OPTION17
  RFC 7252 §5.10.4 | an Accept of another format           | 41011234 01 CORE 6132   | 61861234 01
  RFC 7252 §5.10.2 | a Proxy-Uri                           | 41011234 01 d41661626364 | 61a51234 01
  RFC 7252 §5.10.2 | a Proxy-Scheme                        | 41011234 01 d41a636f6170 | 61a51234 01
  RFC 7959 §2.2    | a block of the reserved size          | 41011234 01 CORE c107   | 61801234 01
  RFC 7959 §2.4    | a block behind the end                | 41011234 01 CORE c2fff5 | 61801234 01
  RFC 8613 §8.2    | an OSCORE option that can't be read   | 41021234 01 91ffff0011  | 61821234 01
  wire §3          | a sealed request, whoever sent it     | 41021234 01 920901ff00112233445566778899 |
  `,
);

for (const [clause, name, octets, reply] of ROWS) {
  const told = reply === "" ? "silence" : reply;
  test(`${name}: ${told} [${clause}]`, () => {
    const expected = reply.replace("OPTION1", OPTION_1).replaceAll(" ", "");
    assert.is(answerTo(octets.replace("CORE", CORE)), expected);
  });
}

function decoded(octets: unknown): Packet {
  const packet = decodePacket(nodeMachine, octets as Uint8Array);
  if (isFault(packet)) throw new Error(packet.fault);
  return packet;
}

/** GET of the list with these header octets; "-" for no Block2 option. */
function listRequest(header: string, block: string): Uint8Array {
  const packet = decoded(hex(`${header} ${CORE}`));
  if (block !== "-") packet.options.push(blockNoted(`2:${block}`));
  return encodePacket(nodeMachine, packet) as Uint8Array;
}

/** Asks for block after block, as a client does that keeps to the size of the first answer. */
function wholeList(header: string, first: string): { text: string; told: string[] } {
  const discovery = newDiscovery();
  const told: string[] = [];
  let text = "";
  let wanted = first;
  for (;;) {
    const request = listRequest(header, wanted);
    const octets = discovery.answer(guarded(request));
    if (octets === undefined) throw new Error("silence");
    assert.ok(octets.length <= 3 * request.length);
    const reply = decoded(octets);
    assert.is(reply.code, CONTENT);
    assert.equal(reply.options[0], { number: 12, value: hex("28") }, "link format");
    text += Buffer.from(reply.payload as Uint8Array).toString("ascii");
    const notation = notationOf(reply);
    told.push(notation);
    const [number, more, size] = notation.slice(7).split("/");
    if (more === "0") return { text, told };
    wanted = `${Number(number) + 1}/0/${size}`;
  }
}

/** Header with token, the first block that is asked for, the size of the blocks that come. */
const LISTS: [string, string, string, string][] = [
  ["no token", "40011234", "-", "32"],
  ["a token of 1", "41011234 01", "-", "32"],
  ["a token of 8", "48011234 0102030405060708", "-", "64"],
  ["no token, 1024 wanted", "40011234", "0/0/1024", "32"],
  ["no token, 16 wanted", "40011234", "0/0/16", "16"],
  ["no token, non-confirmable", "50011234", "-", "32"],
];

for (const [name, header, first, size] of LISTS) {
  test(`the list comes whole in blocks of ${size} to a request with ${name}`, () => {
    const { text, told } = wholeList(header, first);
    assert.is(text, resourceList());
    assert.is(told[0], `2.05 2:0/1/${size}`);
  });
}

test("the list names each resource in link format, for sealed requests only [RFC 8613 §9]", () => {
  const links = resourceList().split(",");
  const letters = MESSAGES.filter((one) => one.direction === "up").map((one) => one.letter);
  assert.equal(
    links.map((link) => link.match(/^<\/(.)>;rt="onekey";ct=(60|42);osc$/)?.[1]),
    [...letters, "u"],
  );
});

test("a query, a host and a port that aren't ours to judge change nothing [RFC 6690 §4.1]", () => {
  const plain = answerTo(`40011234 ${CORE}`);
  const asked = answerTo(`40011234 33612e62 421633 4${CORE.slice(1)} 4872743d6f6e656b79`);
  assert.is(asked.slice(0, 8), plain.slice(0, 8));
  assert.ok(asked.length >= plain.length);
});

test("a slash inside a segment is none between two", () => {
  const joined = Buffer.from(".well-known/core", "ascii").toString("hex");
  assert.is(answerTo(`40011234 bd03${joined}`), "60841234");
});

test("a copy of a request gets the same reply [RFC 7252 §4.5]", () => {
  const discovery = newDiscovery();
  for (const request of [listRequest("41011234 01", "-"), hex("41021234 01 b173")]) {
    assert.equal(discovery.answer(request), discovery.answer(request));
  }
});

test("all strangers together get 64 replies at once and 16 a second, whoever they say they are [wire §3]", () => {
  const clock = createVirtualClock();
  const discovery = makeDiscovery({ machine: nodeMachine, clock });
  const count = (times: number): number => {
    let replies = 0;
    for (let at = 0; at < times; at++) {
      if (discovery.answer(hex("40001234")) !== undefined) replies += 1;
    }
    return replies;
  };
  assert.is(count(200), 64);
  clock.advanceBy(1000);
  assert.is(count(200), 16);
});

test("silence takes none of the replies", () => {
  const discovery = newDiscovery();
  for (let at = 0; at < 200; at++) discovery.answer(hex("60001234"));
  assert.ok(discovery.answer(hex("40001234")) !== undefined);
});

test("a pager's sealed request is passed over, whichever its type [wire §3]", () => {
  for (const type of [CON, NON, ACK]) {
    const packet = { ...decoded(hex("41021234 01 b173")), type };
    const sealed = encodePacket(nodeMachine, sealRequest(nodeMachine, PAGER, 7, packet));
    assert.is(newDiscovery().answer(sealed), undefined);
  }
});

test("whatever octets: no reply is longer than three times the request, and none throws", () => {
  const heads = fc.constantFrom("", "40011234", "40021234", "50011234", `40011234 ${CORE}`);
  fc.assert(
    fc.property(heads, fc.uint8Array({ maxLength: 40 }), (head, tail) => {
      const octets = Uint8Array.from([...(hex(head) as Uint8Array), ...tail]);
      const reply = newDiscovery().answer(guarded(octets));
      if (reply === undefined) return;
      assert.ok(reply.length <= 3 * octets.length);
      const packet = decoded(reply);
      assert.is(packet.messageId, octets[2] * 256 + octets[3]);
    }),
    { numRuns: 3000 },
  );
});

test.run();
