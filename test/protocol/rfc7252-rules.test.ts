// Each rule of RFC 7252 about reading a message (§3, §4.1 to §4.3) and its options (§5.4): what it is
// read as, which fault it has, and whether a reset rejects it or silence.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { toHex } from "../../protocol/bytes.ts";
import * as coap from "../../protocol/coap.ts";
import { resetFor, usageOf } from "../../protocol/coap-matching.ts";
import { isFault } from "../../protocol/fault.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { guarded, hex } from "./octets.ts";
import { rowsOf } from "./text-table.ts";

/** Octets; "×20" behind an octet stands for it twenty times. */
function octetsOf(text: string): string {
  return text.replace(/(..)×(\d+)/g, (_, octet, times) => octet.repeat(Number(times)));
}

/** Clause, what comes, its octets, what it is read as, what goes back. */
const RULES = rowsOf<[string, string, string, string, string]>(
  5,
  `
  §3    | nothing at all                                      |                       | truncated   |
  §3    | three octets of a header                            | 400112                | truncated   |
  §3    | version 0                                           | 00010000              | bad-version |
  §3    | version 2                                           | 80010000              | bad-version |
  §3    | version 3                                           | c0010000              | bad-version |
  §3    | a token of 8 octets                                 | 48011234 00×8         | request     |
  §3    | a token length of 9                                 | 49011234 00×9         | bad-token   | reset
  §3    | a token length of 10                                | 4a011234 00×10        | bad-token   | reset
  §3    | a token length of 11                                | 4b011234 00×11        | bad-token   | reset
  §3    | a token length of 12                                | 4c011234 00×12        | bad-token   | reset
  §3    | a token length of 13                                | 4d011234 00×13        | bad-token   | reset
  §3    | a token length of 14                                | 4e011234 00×14        | bad-token   | reset
  §3    | a token length of 15                                | 4f011234 00×15        | bad-token   | reset
  §3    | a token cut short                                   | 48011234 00×7         | truncated   | reset
  §3    | a marker with no payload                            | 40011234 ff           | bad-marker  | reset
  §3    | a marker with no payload behind an option           | 40011234 b173 ff      | bad-marker  | reset
  §3    | 0xff in a value, which is no marker                 | 40011234 b2ffff       | request     |
  §3    | 0xff as a length, which is no marker                | 40011234 bdff 00×268  | request     |
  §3    | 0xff as the whole payload                           | 40021234 ffff         | request     |
  §3.1  | an option delta of 15 that is no marker             | 40011234 f0           | bad-option  | reset
  §3.1  | an option length of 15                              | 40011234 bf 00×20     | bad-option  | reset
  §3.1  | an option value cut short                           | 40011234 b27a         | truncated   | reset
  §3.1  | a delta octet that is missing                       | 40011234 d0           | truncated   | reset
  §3.1  | one delta octet of two                              | 40011234 e000         | truncated   | reset
  §3.1  | a length octet that is missing                      | 40011234 bd           | truncated   | reset
  §3.1  | delta octets whole, one length octet of two         | 40011234 ee000000     | truncated   | reset
  §12.2 | an option number above 65535                        | 40011234 e0fef3e0fef3 | bad-option  | reset
  §4.1  | an empty message                                    | 60001234              | empty       |
  §4.1  | an empty message with a token                       | 41001234 01           | bad-empty   | reset
  §4.1  | an empty message with a token length and no token   | 41001234              | truncated   | reset
  §4.1  | an empty message with octets behind                 | 40001234 ff01         | bad-empty   | reset
  §4.2  | an empty confirmable message, which asks for this   | 40001234              | probe       | reset
  §4.2  | a confirmable message of the reserved class 1       | 40211234              | bad-code    | reset
  §4.2  | a confirmable message of the reserved class 6       | 40c01234              | bad-code    | reset
  §4.2  | a confirmable message of the reserved class 7       | 40e11234              | bad-code    | reset
  §4.2  | an acknowledgement that carries a request           | 60011234              | misused     |
  §4.2  | an acknowledgement of a reserved class              | 60211234              | bad-code    |
  §4.2  | a malformed acknowledgement                         | 60451234 ff           | bad-marker  |
  §4.2  | a reset that carries a response                     | 70451234              | misused     |
  §4.2  | a reset that carries a request                      | 70011234              | misused     |
  §4.2  | a reset with an octet behind                        | 70001234 00           | bad-empty   |
  §4.3  | an empty non-confirmable message                    | 50001234              | misused     |
  §4.3  | a non-confirmable message of a reserved class       | 50e11234              | bad-code    |
  §4.3  | a malformed non-confirmable message                 | 59011234 00×9         | bad-token   |
  `,
);

for (const [clause, name, text, read, reply] of RULES) {
  test(`RFC 7252 ${clause}: ${name}: ${read}${reply === "" ? "" : `, ${reply}`}`, () => {
    const bytes = guarded(hex(octetsOf(text)));
    const packet = coap.decodePacket(nodeMachine, bytes);
    assert.is(isFault(packet) ? packet.fault : usageOf(packet), read);
    if (read === "request") return;
    const back = resetFor(nodeMachine, bytes);
    assert.is(back === undefined ? "" : toHex(back), reply === "reset" ? "70001234" : "");
  });
}

/** Delta, length and the octets before the value, about the bounds of each form. */
const OPTION_FORMS = rowsOf<[string, string, string]>(
  3,
  `
  0     | 0   | 00
  12    | 12  | cc
  13    | 12  | dc00
  12    | 13  | cd00
  13    | 13  | dd0000
  268   | 268 | ddffff
  269   | 268 | ed0000ff
  268   | 269 | deff0000
  269   | 269 | ee00000000
  65535 | 0   | e0fef2
  `,
);

const EMPTY_POST = { type: coap.CON, code: coap.POST, messageId: 7, token: hex("") };

for (const [delta, length, head] of OPTION_FORMS) {
  test(`RFC 7252 §3.1, figure 8: delta ${delta} and length ${length} are written ${head}`, () => {
    const options = [{ number: Number(delta), value: nodeMachine.bytes(Number(length)) }];
    const packet = { ...EMPTY_POST, options, payload: hex("") };
    const octets = `40020007${head}${"00".repeat(Number(length))}`;
    assert.is(toHex(coap.encodePacket(nodeMachine, packet)), octets);
    assert.equal(coap.decodePacket(nodeMachine, guarded(hex(octets))), packet);
  });
}

function sure(octets: string): coap.Packet {
  const packet = coap.decodePacket(nodeMachine, guarded(hex(octets)));
  if (isFault(packet)) throw new Error(`${packet.fault} at ${packet.path}`);
  return packet;
}

test("RFC 7252 §3.1: instances of one option stand behind each other with a delta of 0", () => {
  const packet = sure("40010000 b161 0162 0163");
  const numbers = packet.options.map((option) => option.number);
  assert.equal(numbers, [11, 11, 11]);
  assert.is(coap.pathOf(packet), "a/b/c");
});

/** A number and the value that it is written as. */
const UINTS = rowsOf<[string, string]>(
  2,
  `
  0          |
  1          | 01
  255        | ff
  256        | 0100
  65536      | 010000
  16777216   | 01000000
  2147483647 | 7fffffff
  `,
);

for (const [value, octets] of UINTS) {
  test(`RFC 7252 §3.2: uint ${value} is "${octets}", and is read behind zeros too`, () => {
    assert.is(toHex(coap.uintOption(nodeMachine, 60, Number(value)).value), octets);
    for (const zeros of ["", "00", "0000"]) {
      if (octets.length + zeros.length > 8) continue;
      assert.is(coap.uintOf(guarded(hex(zeros + octets))), Number(value));
    }
  });
}

test("RFC 7252 §3.2: a uint above 2^31 - 1, or of more than four octets, is none of ours", () => {
  for (const octets of ["80000000", "ffffffff", "0000000001"]) {
    assert.is(coap.uintOf(guarded(hex(octets))), -1);
  }
});

test("RFC 7252 §3.2: every uint is read back, in the fewest octets", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2147483647 }), (value) => {
      const { value: octets } = coap.uintOption(nodeMachine, 60, value);
      assert.is(coap.uintOf(guarded(octets)), value);
      assert.ok(octets.length === 0 || octets[0] !== 0);
    }),
  );
});

const KNOWN = [coap.OSCORE, coap.URI_HOST, coap.URI_PATH, coap.URI_QUERY, coap.ACCEPT];

/** Clause, which options, as number and value; the number that is refused, 0 for none. */
const OPTION_RULES = rowsOf<[string, string, string, string]>(
  4,
  `
  §5.4.1 | known critical options                       | 3=61 11=73             | 0
  §5.4.1 | unknown elective options, silently ignored   | 2= 11=73 2048=00       | 0
  §5.4.1 | an unknown critical option                   | 11=73 19=              | 19
  §5.4.1 | the first of two unknown critical options    | 5= 19=                 | 5
  §5.4.6 | the last critical number                     | 65535=                 | 65535
  §5.4.6 | the last elective number                     | 65534=                 | 0
  §5.4.3 | a Uri-Host of no octets                      | 3=                     | 3
  §5.4.3 | a Uri-Host of 256 octets                     | 3=61×256               | 3
  §5.4.3 | a Uri-Path of 255 octets                     | 11=61×255              | 0
  §5.4.3 | a Uri-Path of 256 octets                     | 11=61×256              | 11
  §5.4.3 | a Uri-Query of 256 octets                    | 15=61×256              | 15
  §5.4.3 | an Accept of three octets                    | 17=000028              | 17
  §5.4.5 | repeatable options twice                     | 11=73 11=74 15=61 15=62 | 0
  §5.4.5 | a critical option that may stand once, twice | 3=61 3=61              | 3
  §5.4.5 | an elective option that may stand once twice | 12=28 12=29            | 0
  `,
);

for (const [clause, name, text, refused] of OPTION_RULES) {
  test(`RFC 7252 ${clause}: ${name}: ${refused === "0" ? "fine" : `${refused} is refused`}`, () => {
    const options = text.split(" ").map((option) => {
      const [number, value] = option.split("=");
      return { number: Number(number), value: hex(octetsOf(value)) };
    });
    const octets = coap.encodePacket(nodeMachine, { ...EMPTY_POST, options, payload: hex("") });
    assert.is(coap.refusedCritical(sure(toHex(octets)), KNOWN), Number(refused));
    // Of an answer the length is nobody's rule.
    const ofAnswer = clause === "§5.4.3" ? "0" : refused;
    assert.is(coap.unknownCritical(sure(toHex(octets)), KNOWN), Number(ofAnswer));
  });
}

test("RFC 7252 §5.4.5: of an elective option that stands twice the first one counts", () => {
  assert.equal(coap.optionValue(sure("40010000 c128 0129"), coap.CONTENT_FORMAT), hex("28"));
});

test("RFC 7252 §4.2: whatever the octets, what goes back is a reset of a confirmable message or nothing", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 24 }), (octets) => {
      const back = resetFor(nodeMachine, guarded(octets));
      const isConfirmable = octets.length >= 4 && octets[0] >> 4 === 4;
      assert.is(back !== undefined, isConfirmable);
      if (back !== undefined) assert.equal(back, Uint8Array.of(0x70, 0, octets[2], octets[3]));
    }),
    { numRuns: 2000 },
  );
});

test.run();
