// Short messages as TPDUs: published ones read, ours written, every length spoiled, every octet cut.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { fromText, toHex } from "../../protocol/bytes.ts";
import { type Fault, type FaultCode, isFault } from "../../protocol/fault.ts";
import type { Bytes } from "../../protocol/machine.ts";
import {
  ALPHANUMERIC,
  encodeDeliver,
  encodeSubmit,
  fromPduLine,
  INTERNATIONAL,
  phoneOf,
  type Sms,
  toPduLine,
  toPhone,
  UNKNOWN,
} from "../../protocol/sms-pdu.ts";
import { decodeDeliver, decodeSubmit } from "../../protocol/sms-reader.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { guarded, hex } from "./octets.ts";

type Decode = typeof decodeDeliver;

interface Published {
  /** Where it stands, for whoever wants to look it up. */
  source: string;
  line: string;
  decode: Decode;
  sms: Sms;
}

/** "SMS and the PDU format", stored among others at subnets.ru/saved/sms_pdu_format.html. */
const GUIDE = "SMS and the PDU format";
/** frameworks/base, telephony/tests, GsmSmsTest.java, by the name of its test. */
const ANDROID = "Android GsmSmsTest";

const PUBLISHED: Published[] = [
  {
    source: `${GUIDE}, receiving`,
    line: "07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC37",
    decode: decodeDeliver,
    sms: { toa: 0xc8, address: "27838890001", stamp: "99032915165908", text: "hellohello" },
  },
  {
    source: `${GUIDE}, sending, with a relative validity period`,
    line: "0011000B916407281553F80000AA0AE8329BFD4697D9EC37",
    decode: decodeSubmit,
    sms: { toa: INTERNATIONAL, address: "46708251358", text: "hellohello" },
  },
  {
    source: "nRF91 AT commands reference, +CMGS",
    line: "069144888888F811000C9153481032547600000B20D4F29C9E769F4161D0BC3D07B5CBF379F89C769F416F7B590E62D3CB",
    decode: decodeSubmit,
    sms: {
      toa: INTERNATIONAL,
      address: "358401234567",
      text: "Testing a sms messaging over lte",
    },
  },
  {
    source: "Neoway N11 V2 AT command manual, +CMGS: UCS2",
    line: "0001000B813124819396F300080A00680065006C006C006F",
    decode: decodeSubmit,
    sms: { toa: UNKNOWN, address: "13421839693", text: "hello" },
  },
  {
    source: "SMS PDU mode, data format and length, 9cbs.com: 8-bit with a class",
    line: "079194710167000011000781214365F700F6AA0568656C6C6F",
    decode: decodeSubmit,
    sms: { toa: UNKNOWN, address: "1234567", data: fromText(nodeMachine, "hello") },
  },
  {
    source: `${ANDROID}, testAddressing`,
    line: "07914151551512f2040B916105551511f100006060605130308A04D4F29C0E",
    decode: decodeDeliver,
    sms: { toa: INTERNATIONAL, address: "16505551111", stamp: "060606150303a8", text: "Test" },
  },
  {
    source: `${ANDROID}, testAddressing, from a mail gateway`,
    line: "07914151551512f2040B916105551511f100036060924180008A0DA8695DAC2E8FE9296A794E07",
    decode: decodeDeliver,
    sms: {
      toa: INTERNATIONAL,
      address: "16505551111",
      stamp: "060629140800a8",
      text: "(Subject)Test",
    },
  },
  {
    source: `${ANDROID}, testCPHSVoiceMail: from a name, under the group of stored mail`,
    line: "07912160130310F20404D0110041006060627171118A0120",
    decode: decodeDeliver,
    sms: { toa: ALPHANUMERIC, address: "_@", stamp: "060626171711a8", text: " " },
  },
  {
    source: `${ANDROID}, testCingularVoiceMail: a header that is no part, under the group of mail`,
    line: "07912180958750F84401800500C87020026195702B06040102000200",
    decode: decodeDeliver,
    sms: { toa: 0x80, address: "5", stamp: "070220165907b2", text: "" },
  },
  {
    source: "pygsm, gsmpdu.py: from a name of eleven letters, under the group of classes",
    line: "07914477790706520414D06176198F0EE361F2321900005001610013334014C324350B9287D12079180D92A3416134480E",
    decode: decodeDeliver,
    sms: {
      toa: ALPHANUMERIC,
      address: "alexhax0red",
      stamp: "05101600313304",
      text: "CITY rah rah rh ah r",
    },
  },
];

for (const { source, line, decode, sms } of PUBLISHED) {
  test(`published: ${source}`, () => {
    const tpdu = fromPduLine(nodeMachine, line) as Bytes;
    assert.equal(decode(nodeMachine, guarded(tpdu)), sms);
  });
}

const DATA: Sms = { toa: INTERNATIONAL, address: "8613800138000", data: hex("40010203") };
const TEXT: Sms = { toa: INTERNATIONAL, address: "8613800138000", text: "OK1:QAECAw" };
const STAMPED = { stamp: "26090112345600" };
const submit = (sms: Sms) => encodeSubmit(nodeMachine, sms);
const deliver = (sms: Sms) => encodeDeliver(nodeMachine, sms);

const WRITTEN: [name: string, tpdu: Bytes | Fault, octets: string][] = [
  ["8-bit data, in", submit(DATA), "0100 0d91683108108300f0 0004 04 40010203"],
  ["text, in", submit(TEXT), "0100 0d91683108108300f0 0000 0a cf654c170d1687c13b"],
  ["to a number as dialled", submit({ ...toPhone("10086"), text: "" }), "0100 05810180f6 0000 00"],
  [
    "8-bit data, out",
    deliver({ ...DATA, ...STAMPED }),
    "04 0d91683108108300f0 0004 62901021436500 04 40010203",
  ],
  [
    "text from a name, out",
    deliver({ toa: ALPHANUMERIC, address: "Onekey", text: "12345678" }),
    "04 0bd04f77795dce03 0000 00000000000000 08 31d98c56b3dd70",
  ],
];

for (const [name, tpdu, octets] of WRITTEN) {
  test(`written: ${name}`, () => assert.is(toHex(tpdu as Bytes), octets.replaceAll(" ", "")));
}

test("a line names no service centre of its own, and is read behind any", () => {
  const tpdu = submit(DATA) as Bytes;
  const line = toPduLine(tpdu);
  assert.is(line, "0001000D91683108108300F000040440010203");
  assert.equal(fromPduLine(nodeMachine, line), tpdu);
  assert.equal(fromPduLine(nodeMachine, `07917283010010F5${line.slice(2).toLowerCase()}`), tpdu);
});

test("a line may be as long as the longest message, and empty behind its service centre", () => {
  assert.equal(fromPduLine(nodeMachine, "00"), hex(""));
  assert.is((fromPduLine(nodeMachine, "00".repeat(176)) as Bytes).length, 175);
});

const FITTING: [name: string, sms: Partial<Sms>][] = [
  ["140 octets", { data: new Uint8Array(140) }],
  ["160 letters", { data: undefined, text: "a".repeat(160) }],
  ["20 digits", { address: "1".repeat(20) }],
  ["the least type of address", { toa: 0x80 }],
  ["the largest type of address", { toa: 0xff }],
];

for (const [name, change] of FITTING) {
  test(`written and read: ${name}`, () => {
    const sms = { ...DATA, ...change };
    const read = decodeSubmit(nodeMachine, submit(sms) as Bytes);
    assert.equal({ ...DATA, data: undefined, ...(read as Sms) }, { ...DATA, ...sms });
  });
}

test("a number is written as people write it", () => {
  for (const phone of ["+8613800138000", "10086", "0531555"]) {
    assert.is(phoneOf(toPhone(phone)), phone);
  }
});

const LINES: [name: string, line: string, fault: FaultCode][] = [
  ["nothing", "", "truncated"],
  ["half an octet", "000", "bad-character"],
  ["what is no hex", "00zz", "bad-character"],
  ["a service centre that ends behind the line", "07917283", "truncated"],
  ["more than any message of ours has", "00".repeat(177), "too-long"],
];

for (const [name, line, fault] of LINES) {
  test(`a line of ${name} is refused as ${fault}`, () => {
    assert.equal(fromPduLine(nodeMachine, line), { fault, path: "sms.line" });
  });
}

const UNWRITTEN: [name: string, sms: Partial<Sms>, fault: FaultCode, path: string][] = [
  ["141 octets", { data: new Uint8Array(141) }, "too-long", "sms.content"],
  ["161 letters", { data: undefined, text: "a".repeat(161) }, "too-long", "sms.content"],
  [
    "a letter of the extension table",
    { data: undefined, text: "{" },
    "bad-character",
    "sms.content",
  ],
  ["a letter beyond ASCII", { data: undefined, text: "\u00e9" }, "bad-character", "sms.content"],
  ["21 digits", { address: "1".repeat(21) }, "too-long", "sms.address"],
  ["a plus among the digits", { address: "+861" }, "bad-character", "sms.address"],
  [
    "a name of twelve letters",
    { toa: ALPHANUMERIC, address: "Onekey Pager" },
    "too-long",
    "sms.address",
  ],
  ["a name with a brace", { toa: ALPHANUMERIC, address: "{}" }, "bad-character", "sms.address"],
  ["a type of address of seven bits", { toa: 0x11 }, "out-of-bounds", "sms.address"],
  ["a type of address of nine bits", { toa: 0x191 }, "out-of-bounds", "sms.address"],
];

for (const [name, change, fault, path] of UNWRITTEN) {
  test(`not written: ${name}`, () => {
    assert.equal(submit({ ...DATA, ...change }), { fault, path });
  });
}

test("not written: a stamp that is not 14 digits", () => {
  for (const stamp of ["", "2609011234560", "2609011234560g"]) {
    assert.equal(deliver({ ...DATA, stamp }), { fault: "bad-character", path: "sms.stamp" });
  }
});

const EVERY: [decode: Decode, tpdu: Bytes][] = [
  ...PUBLISHED.map(({ decode, line }): [Decode, Bytes] => [
    decode,
    fromPduLine(nodeMachine, line) as Bytes,
  ]),
  [decodeSubmit, submit(DATA) as Bytes],
  [decodeSubmit, submit(TEXT) as Bytes],
  [decodeDeliver, deliver(DATA) as Bytes],
  [decodeDeliver, deliver({ ...DATA, data: new Uint8Array(140) }) as Bytes],
];

test("cut at any octet, every message is a fault", () => {
  for (const [decode, tpdu] of EVERY) {
    for (let length = 0; length < tpdu.length; length++) {
      const cut = (tpdu as Uint8Array).slice(0, length);
      const read = decode(nodeMachine, guarded(cut));
      assert.ok(isFault(read) && read.fault === "truncated", `${toHex(cut)}`);
    }
  }
});

test("an octet too many is a fault", () => {
  for (const [decode, tpdu] of EVERY) {
    const read = decode(nodeMachine, Uint8Array.from([...(tpdu as Uint8Array), 0]));
    assert.ok(isFault(read) && read.fault === "trailing-octets");
  }
});

test("any octet changed to any other: a message or a fault, and never a read past the end", () => {
  for (const [decode, tpdu] of EVERY) {
    for (let at = 0; at < tpdu.length; at++) {
      for (let octet = 0; octet < 256; octet++) {
        const changed = Uint8Array.from(tpdu as Uint8Array);
        changed[at] = octet;
        const read = decode(nodeMachine, guarded(changed));
        assert.ok(isFault(read) || (read.text === undefined) !== (read.data === undefined));
      }
    }
  }
});

const LETTERS =
  "@$_!\"#%&'()*+,-./0123456789:;<=>? \r\nABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const textOf = (maxLength: number) =>
  fc.array(fc.constantFrom(...LETTERS), { maxLength }).map((letters) => letters.join(""));
const digitsOf = fc
  .array(fc.constantFrom(..."0123456789"), { maxLength: 20 })
  .map((digits) => digits.join(""));

const anyAddress = fc.oneof(
  fc.record({ toa: fc.constantFrom(INTERNATIONAL, UNKNOWN, 0xa1, 0xc8), address: digitsOf }),
  fc.record({ toa: fc.constant(ALPHANUMERIC), address: textOf(11) }),
);
const anyContent = fc.oneof(
  fc.record({ data: fc.uint8Array({ maxLength: 140 }) }),
  fc.record({ text: textOf(160) }),
);
const anySms = fc.tuple(anyAddress, anyContent).map(([one, other]): Sms => ({ ...one, ...other }));
const anyStamp = fc
  .array(fc.constantFrom(..."0123456789abcdef"), { minLength: 14, maxLength: 14 })
  .map((digits) => digits.join(""));

test("what is written is read as it was, in both directions", () => {
  fc.assert(
    fc.property(anySms, anyStamp, (sms, stamp) => {
      const into = submit(sms) as Bytes;
      assert.equal(decodeSubmit(nodeMachine, guarded(into)), sms);
      assert.equal(submit(decodeSubmit(nodeMachine, into) as Sms), into);
      const out = deliver({ ...sms, stamp }) as Bytes;
      assert.equal(decodeDeliver(nodeMachine, guarded(out)), { ...sms, stamp });
      assert.equal(deliver(decodeDeliver(nodeMachine, out) as Sms), out);
    }),
    { numRuns: 300 },
  );
});

test("any octets are a message or a fault, and never read past their end", () => {
  const starts = fc.constantFrom(
    "",
    "04",
    "01",
    "440d91683108108300f0",
    "440191f100006290102143650012",
  );
  fc.assert(
    fc.property(starts, fc.uint8Array({ maxLength: 180 }), (start, rest) => {
      const octets = Uint8Array.from([...(hex(start) as Uint8Array), ...rest]);
      decodeDeliver(nodeMachine, guarded(octets));
      decodeSubmit(nodeMachine, guarded(octets));
    }),
    { numRuns: 2000 },
  );
});

test.run();
