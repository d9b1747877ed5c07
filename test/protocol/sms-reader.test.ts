// What a short message out of the network may be, and everything that is wrong with one.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { FaultCode } from "../../protocol/fault.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { fromPduLine, type Sms, toPhone } from "../../protocol/sms-pdu.ts";
import { decodeDeliver } from "../../protocol/sms-reader.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { guarded, hex } from "./octets.ts";

const STAMPED = { stamp: "26090112345600" };

/** What is out of the network up to its coding, and from its stamp up to its length. */
const FROM = "04 0d91683108108300f0 00";
const AT = "62901021436500";

const SPOILED: [name: string, octets: string, fault: FaultCode, part: string][] = [
  ["no octet", "", "truncated", "type"],
  ["a message for the network", "01", "bad-type", "type"],
  ["a status report", "06", "bad-type", "type"],
  ["a reserved type", "07", "bad-type", "type"],
  ["21 digits", `04 1591 ${"11".repeat(11)} 0004 ${AT} 00`, "out-of-bounds", "address"],
  [
    "a type of address below 128",
    `04 0d11683108108300f0 0004 ${AT} 00`,
    "out-of-bounds",
    "address",
  ],
  ["a digit that is none", `04 0d916831081083a0f0 0004 ${AT} 00`, "bad-character", "address"],
  ["a name with an escape in it", `04 02d01b 0004 ${AT} 00`, "bad-character", "address"],
  ["compressed text", `${FROM} 20 ${AT} 00`, "bad-type", "coding"],
  ["the reserved alphabet", `${FROM} 0c ${AT} 00`, "bad-type", "coding"],
  ["a reserved group", `${FROM} 80 ${AT} 00`, "bad-type", "coding"],
  ["141 octets", `${FROM} 04 ${AT} 8d ${"00".repeat(141)}`, "too-long", "length"],
  ["161 septets", `${FROM} 00 ${AT} a1 ${"20".repeat(141)}`, "too-long", "length"],
  ["141 octets of UCS2", `${FROM} 08 ${AT} 8d ${"00".repeat(141)}`, "too-long", "length"],
  ["a length too small by one", `${FROM} 04 ${AT} 03 40010203`, "trailing-octets", "content"],
  ["a length too large by one", `${FROM} 04 ${AT} 05 40010203`, "truncated", "content"],
  ["seven septets in six octets", `${FROM} 00 ${AT} 07 202020202020`, "truncated", "content"],
  [
    "seven septets in eight octets",
    `${FROM} 00 ${AT} 07 ${"20".repeat(8)}`,
    "trailing-octets",
    "content",
  ],
  ["half a letter of UCS2", `${FROM} 08 ${AT} 03 004100`, "bad-character", "text"],
  ["a letter beyond ASCII in UCS2", `${FROM} 08 ${AT} 02 5f20`, "bad-character", "text"],
  ["a letter of the extension table", `${FROM} 00 ${AT} 02 1b14`, "bad-character", "text"],
  ["a letter beyond ASCII", `${FROM} 00 ${AT} 01 05`, "bad-character", "text"],
  ["a currency sign", `${FROM} 00 ${AT} 01 24`, "bad-character", "text"],
  ["an exclamation mark upside down", `${FROM} 00 ${AT} 01 40`, "bad-character", "text"],
  ["a control character in UCS2", `${FROM} 08 ${AT} 02 007f`, "bad-character", "text"],
  [
    "an element without its octets",
    `44 ${FROM.slice(3)} 04 ${AT} 03 027005`,
    "truncated",
    "header",
  ],
  ["a header that isn't there", `44 ${FROM.slice(3)} 04 ${AT} 00`, "truncated", "header"],
  [
    "a header longer than the content",
    `44 ${FROM.slice(3)} 04 ${AT} 03 030500`,
    "truncated",
    "header",
  ],
  ["half a head of an element", `44 ${FROM.slice(3)} 04 ${AT} 03 0105ff`, "truncated", "header"],
  [
    "an element longer than its header",
    `44 ${FROM.slice(3)} 04 ${AT} 05 03050401ff`,
    "truncated",
    "header",
  ],
  [
    "a number of parts in two octets",
    `44 ${FROM.slice(3)} 04 ${AT} 05 0400020101`,
    "out-of-bounds",
    "header",
  ],
  ["one part of two", `44 ${FROM.slice(3)} 04 ${AT} 07 050003070201ff`, "too-long", "parts"],
  [
    "one of two, by a long reference",
    `44 ${FROM.slice(3)} 04 ${AT} 07 06080401070201`,
    "too-long",
    "parts",
  ],
];

for (const [name, octets, fault, part] of SPOILED) {
  test(`${name}: ${fault} at sms.${part}`, () => {
    const read = decodeDeliver(nodeMachine, guarded(hex(octets)));
    assert.equal(read, { fault, path: `sms.${part}` });
  });
}

test("more octets than any message has are refused unread", () => {
  const read = (octets: number) => decodeDeliver(nodeMachine, guarded(hex("04".repeat(octets))));
  assert.equal(read(177), { fault: "too-long", path: "sms" });
  assert.equal(read(176), { fault: "out-of-bounds", path: "sms.address" });
});

const PASSED: [name: string, octets: string, content: Partial<Sms>][] = [
  ["no content", `${FROM} 04 ${AT} 00`, { data: hex("") }],
  ["text of class 0", `${FROM} f0 ${AT} 01 41`, { text: "A" }],
  ["text of stored mail", `${FROM} d0 ${AT} 01 41`, { text: "A" }],
  ["text of mail not to be stored", `${FROM} c0 ${AT} 01 41`, { text: "A" }],
  ["UCS2 of stored mail", `${FROM} e0 ${AT} 02 007e`, { text: "~" }],
  ["8-bit data of a class", `${FROM} f5 ${AT} 01 aa`, { data: hex("aa") }],
  ["a header of ports", `44 ${FROM.slice(3)} 04 ${AT} 08 0605040b8423f0 aa`, { data: hex("aa") }],
  ["part one of one", `44 ${FROM.slice(3)} 04 ${AT} 07 050003070101 aa`, { data: hex("aa") }],
  // Seven octets of header are eight septets; six are seven, with a bit to fill up.
  ["text behind a header", `44 ${FROM.slice(3)} 00 ${AT} 0a 0605040b8423f0 c1 21`, { text: "AC" }],
  [
    "text behind a shorter header",
    `44 ${FROM.slice(3)} 00 ${AT} 08 057003010203 82`,
    { text: "A" },
  ],
  ["ASCII in UCS2", `${FROM} 08 ${AT} 04 004f004b`, { text: "OK" }],
  ["letters whose codes differ", `${FROM} 00 ${AT} 03 004104`, { text: "@$_" }],
];

for (const [name, octets, content] of PASSED) {
  test(`passed: ${name}`, () => {
    const read = decodeDeliver(nodeMachine, guarded(hex(octets)));
    assert.equal(read, { ...toPhone("+8613800138000"), ...STAMPED, ...content });
  });
}

/** frameworks/base, telephony/tests, GsmSmsTest.java, by the name of its test. */
const ANDROID = "Android GsmSmsTest";

/** Parts of longer messages, and letters that the form hasn't. */
const REFUSED: [source: string, line: string, fault: FaultCode, part: string][] = [
  [
    `${ANDROID}, testUdh: 8-bit`,
    "07914140279510F6440A8111110301003BF56080207130238A3B0B05040B8423F000032A0202362E3130322E3137312E3135302F524E453955304A6D713551414142666C414141414D774141423651414141414100",
    "too-long",
    "parts",
  ],
  [
    `${ANDROID}, testMultipart: 7-bit`,
    "07916163838408F6440B816105224431F700007060217185000A2305000300020262B1582C168BC96432994C2693C96432994C2693C96432990C",
    "too-long",
    "parts",
  ],
  [
    `${ANDROID}, testUcs2: a trade mark`,
    "07912160130300F4040B914151245584F600087010807121352B10212200A900AE00680065006C006C006F",
    "bad-character",
    "text",
  ],
  [
    `${ANDROID}, testEmailGateway: braces`,
    "07914151551512f204038105f400007011103105458a29e6f71b50c687db7076d9357eb741af0d0a442fcfe9c23739bfe16d289bdee6b5f1813629",
    "bad-character",
    "text",
  ],
];

for (const [source, line, fault, part] of REFUSED) {
  test(`published and refused: ${source}`, () => {
    const tpdu = fromPduLine(nodeMachine, line) as Bytes;
    assert.equal(decodeDeliver(nodeMachine, guarded(tpdu)), { fault, path: `sms.${part}` });
  });
}

test.run();
