// CoAP against the examples of RFC 7252, appendix A, under their figures, and its rules of which
// message may be what and which answer belongs to which request (§4.2, §4.3, §5.2, §5.3).

import { test } from "uvu";
import * as assert from "uvu/assert";
import { fromText, toHex } from "../../protocol/bytes.ts";
import * as coap from "../../protocol/coap.ts";
import * as matching from "../../protocol/coap-matching.ts";
import { isFault } from "../../protocol/fault.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { guarded, hex } from "./octets.ts";
import { rowsOf } from "./text-table.ts";

const TYPES = ["CON", "NON", "ACK", "RST"];
const CODES: Record<string, number> = { GET: coap.GET, "2.05": coap.CONTENT, "0.00": coap.EMPTY };

function decoded(octets: string): coap.Packet {
  const packet = coap.decodePacket(nodeMachine, guarded(hex(octets)));
  if (isFault(packet)) throw new Error(`${packet.fault} at ${packet.path}`);
  return packet;
}

function packetOf(type: string, code: string, messageId: string, token: string): coap.Packet {
  const text = (value: string) => fromText(nodeMachine, value);
  const path = { number: coap.URI_PATH, value: text("temperature") };
  return {
    type: TYPES.indexOf(type),
    code: CODES[code],
    messageId: Number(messageId),
    token: hex(token),
    options: code === "GET" ? [path] : [],
    payload: text(code === "2.05" ? "22.3 C" : ""),
  };
}

/** Figure, type, code, message id, token: as printed; the octets; their use [RFC 7252 §A]. */
const FIGURES = rowsOf<[string, string, string, string, string, string, matching.Usage]>(
  7,
  `
  16 | CON | GET  | 0x7d34 |    | 40017d34    bb74656d7065726174757265 | request
  16 | ACK | 2.05 | 0x7d34 |    | 60457d34    ff32322e332043           | answer
  17 | CON | GET  | 0x7d35 | 20 | 41017d35 20 bb74656d7065726174757265 | request
  17 | ACK | 2.05 | 0x7d35 | 20 | 61457d35 20 ff32322e332043           | answer
  18 | CON | GET  | 0x7d36 | 31 | 41017d36 31 bb74656d7065726174757265 | request
  18 | CON | GET  | 0x7d36 | 31 | 41017d36 31 bb74656d7065726174757265 | request
  18 | ACK | 2.05 | 0x7d36 | 31 | 61457d36 31 ff32322e332043           | answer
  19 | CON | GET  | 0x7d37 | 42 | 41017d37 42 bb74656d7065726174757265 | request
  19 | ACK | 2.05 | 0x7d37 | 42 | 61457d37 42 ff32322e332043           | answer
  19 | CON | GET  | 0x7d37 | 42 | 41017d37 42 bb74656d7065726174757265 | request
  19 | ACK | 2.05 | 0x7d37 | 42 | 61457d37 42 ff32322e332043           | answer
  20 | CON | GET  | 0x7d38 | 53 | 41017d38 53 bb74656d7065726174757265 | request
  20 | ACK | 0.00 | 0x7d38 |    | 60007d38                             | empty
  20 | CON | 2.05 | 0xad7b | 53 | 4145ad7b 53 ff32322e332043           | answer
  20 | ACK | 0.00 | 0xad7b |    | 6000ad7b                             | empty
  21 | CON | GET  | 0x7d39 | 64 | 41017d39 64 bb74656d7065726174757265 | request
  21 | ACK | 0.00 | 0x7d39 |    | 60007d39                             | empty
  21 | CON | 2.05 | 0xad7c | 64 | 4145ad7c 64 ff32322e332043           | answer
  21 | RST | 0.00 | 0xad7c |    | 7000ad7c                             | empty
  22 | NON | GET  | 0x7d40 | 75 | 51017d40 75 bb74656d7065726174757265 | request
  22 | NON | 2.05 | 0xad7d | 75 | 5145ad7d 75 ff32322e332043           | answer
  `,
);

for (const figure of ["16", "17", "18", "19", "20", "21", "22"]) {
  const rows = FIGURES.filter((row) => row[0] === figure);
  const request = decoded(rows[0][5]);
  test(`RFC 7252 figure ${figure}: each message both ways, and what answers the request`, () => {
    for (const [, type, code, messageId, token, octets, usage] of rows) {
      const packet = packetOf(type, code, messageId, token);
      assert.is(toHex(coap.encodePacket(nodeMachine, packet)), octets.replaceAll(" ", ""));
      assert.equal(decoded(octets), packet);
      assert.is(matching.usageOf(packet), usage);
      assert.is(matching.isAnswerTo(packet, request), usage === "answer");
    }
  });
}

test("RFC 7252 figures 16 and 17: messages of 16, 11, 17 and 12 octets", () => {
  const sizes = FIGURES.slice(0, 4).map((row) => hex(row[5]).length);
  assert.equal(sizes, [16, 11, 17, 12]);
});

test("RFC 7252 figure 23: the answers to a request to a group, which isn't ours, are read", () => {
  const rows = ["514560b1 86 ff32322e332043", "514501a0 86 ff32302e392043", "5184952a 86"];
  for (const octets of rows) {
    assert.ok(matching.isAnswerTo(decoded(octets), { messageId: 0x7d41, token: hex("86") }));
    assert.is(toHex(coap.encodePacket(nodeMachine, decoded(octets))), octets.replaceAll(" ", ""));
  }
});

const replyTo = (octets: string, expected: boolean) =>
  matching.replyToAnswer(nodeMachine, decoded(octets), expected);

test("RFC 7252 figure 20: a separate answer that was asked for is acknowledged, each copy of it", () => {
  for (let copy = 0; copy < 2; copy++) {
    assert.equal(replyTo("4145ad7b 53 ff32322e332043", true), hex("6000ad7b"));
  }
});

test("RFC 7252 figure 21: a separate answer that nobody waits for is reset", () => {
  assert.equal(replyTo("4145ad7c 64 ff32322e332043", false), hex("7000ad7c"));
});

test("RFC 7252 §4.2, §4.3: a piggybacked and a non-confirmable answer are met by silence", () => {
  for (const octets of ["61457d35 20 ff3232", "5145ad7d 75 ff3232"]) {
    assert.is(replyTo(octets, true), undefined);
    assert.is(replyTo(octets, false), undefined);
  }
});

const ASKED = { messageId: 0x7d40, token: hex("75") };

/** Clause, what comes, its octets, whether it answers `ASKED`. */
const MATCHING = rowsOf<[string, string, string, string]>(
  4,
  `
  §5.3.2 | a piggybacked response with id and token         | 61447d40 75   | yes
  §5.3.2 | a piggybacked response with another id           | 61447d41 75   | no
  §5.3.2 | a piggybacked response with another token        | 61447d40 76   | no
  §5.3.2 | a piggybacked response with a longer token       | 62447d40 7500 | no
  §5.3.2 | a separate response with an id of its own        | 41441111 75   | yes
  §5.2.3 | a separate response that is non-confirmable      | 51441111 75   | yes
  §5.3.2 | a separate response with another token           | 51441111 76   | no
  §5.3.2 | a separate response without a token              | 50447d40      | no
  §5.2.2 | an empty acknowledgement: a promise, no response | 60007d40      | no
  §4.2   | a reset                                          | 70007d40      | no
  §4.2   | an acknowledgement that carries a request        | 61027d40 75   | no
  §4.2   | a reset that is not empty                        | 71447d40 75   | no
  §5.3   | a request with the token of another request      | 41027d40 75   | no
  `,
);

for (const [clause, name, octets, answers] of MATCHING) {
  test(`RFC 7252 ${clause}: is ${name} the answer? ${answers}`, () => {
    assert.is(matching.isAnswerTo(decoded(octets), ASKED), answers === "yes");
  });
}

/** [RFC 7252 §4.3]: the four types may be used so. */
const TABLE_1 = rowsOf<[string, string, string, string, string]>(
  5,
  `
       | CON     | NON     | ACK     | RST
  GET  | request | request | misused | misused
  2.05 | answer  | answer  | answer  | misused
  0.00 | probe   | misused | empty   | empty
  `,
);

for (const [code, ...usages] of TABLE_1.slice(1)) {
  test(`RFC 7252 table 1: ${code} is ${usages.join(", ")} as ${TYPES.join(", ")}`, () => {
    const used = TYPES.map((type) => matching.usageOf(packetOf(type, code, "1", "")));
    assert.equal(used, usages);
  });
}

test("RFC 7252 §4.2: an empty acknowledgement and a reset have four octets and echo the id", () => {
  for (const messageId of [0, 1, 255, 256, 65535]) {
    for (const type of [coap.ACK, coap.RST]) {
      const octets = toHex(matching.emptyPacket(nodeMachine, type, messageId));
      assert.is(octets.length, 8);
      assert.equal(decoded(octets), packetOf(TYPES[type], "0.00", String(messageId), ""));
    }
  }
});

test.run();
