// Every form of text that a datagram comes in, what is said where one can't be read, and any text.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { toBase64, toSmsText } from "../../protocol/base64.ts";
import { isFault } from "../../protocol/fault.ts";
import { SERIAL_DOWN, SERIAL_UP, toSerialLine } from "../../protocol/serial-line.ts";
import { encodeDeliver, encodeSubmit, toPduLine, toPhone } from "../../protocol/sms-pdu.ts";
import { OnekeyError } from "../../sdk/error.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import {
  type Found,
  type Input,
  type InputKind,
  isUnread,
  type Unread,
} from "../../tools/decode/found.ts";
import { readInput } from "../../tools/decode/input.ts";
import { ipv4, ipv6, LINKS, udp } from "./capture-files.ts";
import { answer, sos } from "./sealed.ts";

const SOS = sos().bytes;
const ANSWER = answer(sos());
const HEX = Buffer.from(SOS).toString("hex");
const BASE64 = toBase64(SOS);
const PHONE = toPhone("+8613800138000");

const read = (text: string, as?: InputKind): Input => readInput(Buffer.from(text), as);

function sure<T>(value: T): Exclude<T, { fault: string }> {
  assert.not(isFault(value));
  return value as Exclude<T, { fault: string }>;
}

const UP = sure(toSerialLine(nodeMachine, SERIAL_UP, SOS));
const DOWN = sure(toSerialLine(nodeMachine, SERIAL_DOWN, ANSWER));
const SMS_TEXT = sure(toSmsText(SOS));
const DELIVER = toPduLine(sure(encodeDeliver(nodeMachine, { ...PHONE, data: SOS })));
const SUBMIT = toPduLine(sure(encodeSubmit(nodeMachine, { ...PHONE, text: SMS_TEXT })));

/** The octets that were found, and every trouble in brief. */
function told(input: Input): string[] {
  return input.entries.map((entry) =>
    isUnread(entry)
      ? `${entry.place.kind} ${entry.place.number}: ${entry.trouble.code}`
      : Buffer.from(entry.bytes).toString("hex"),
  );
}

/** Sixteen octets a line, as programs print them. */
function dumpOf(bytes: Uint8Array, lineOf: (offset: number, row: Uint8Array) => string): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) lines.push(lineOf(at, bytes.subarray(at, at + 16)));
  return lines.join("\n");
}

const hexOf = (row: Uint8Array) => Buffer.from(row).toString("hex");
const pairs = (row: Uint8Array) => (hexOf(row).match(/../g) ?? []).join(" ");
const fours = (row: Uint8Array) => (hexOf(row).match(/.{1,4}/g) ?? []).join(" ");
const letters = (row: Uint8Array) =>
  [...row].map((octet) => (octet > 32 && octet < 127 ? String.fromCharCode(octet) : ".")).join("");
const offset = (at: number, size: number) => at.toString(16).padStart(size, "0");

const HEX_FORMS: Record<string, string> = {
  plain: HEX,
  "upper case": HEX.toUpperCase(),
  "with line ends of Windows": `${HEX}\r\n`,
  spaced: pairs(SOS),
  "in fours": fours(SOS),
  "with colons": pairs(SOS).replaceAll(" ", ":"),
  "with 0x before each": `0x${pairs(SOS).replaceAll(" ", ", 0x")}`,
  "with 0x before all": `0x${HEX}`,
  "as escapes": `\\x${pairs(SOS).replaceAll(" ", "\\x")}`,
  "as an octet string of CBOR": `h'${HEX}'`,
  "dump of xxd": dumpOf(
    SOS,
    (at, row) => `${offset(at, 8)}: ${fours(row).padEnd(41)}${letters(row)}`,
  ),
  "dump of hexdump -C": `${dumpOf(SOS, (at, row) => {
    const halves = [row.subarray(0, 8), row.subarray(8)].map((half) => pairs(half));
    return `${offset(at, 8)}  ${halves.join("  ").padEnd(48)}  |${letters(row)}|`;
  })}\n${offset(SOS.length, 8)}\n`,
  "dump of tcpdump -x": dumpOf(SOS, (at, row) => `\t0x${offset(at, 4)}:  ${fours(row)}`),
  "dump of tshark -x": dumpOf(
    SOS,
    (at, row) => `${offset(at, 4)}  ${pairs(row).padEnd(48)}   ${letters(row)}`,
  ),
};

for (const [name, text] of Object.entries(HEX_FORMS)) {
  test(`hex, ${name}`, () => {
    const input = read(text);
    assert.is(input.kind, "hex");
    assert.equal(told(input), [HEX]);
  });
}

test("a whole frame in hex gives the datagram in it, with both ends; of other traffic nothing is made up", () => {
  const ip = ipv4(udp(SOS));
  const frames = {
    "tcpdump -x": ip,
    "tshark -x": LINKS.Ethernet(ip, 0x0800).bytes,
    "any interface": LINKS["Linux cooked 2"](ip, 0x0800).bytes,
    IPv6: ipv6(udp(SOS)),
  };
  for (const [name, octets] of Object.entries(frames)) {
    const dump = dumpOf(Uint8Array.from(octets), (at, row) => `${offset(at, 4)}  ${pairs(row)}`);
    for (const text of [
      Buffer.from(octets).toString("hex"),
      dump,
      `Frame 1: 78 bytes\n\n${dump}\nOK1u:`,
    ]) {
      const [entry] = read(text).entries as Found[];
      assert.is(Buffer.from(entry.bytes).toString("hex"), HEX, name);
      assert.is(entry.flow?.toPort, 5683);
    }
  }
  const cut = Buffer.from(ip.slice(0, -1)).toString("hex");
  assert.equal(told(read(cut)), [cut]);
});

test("two dumps behind one another, and a line of plain hex behind them", () => {
  const dump = (bytes: Uint8Array) => dumpOf(bytes, (at, row) => `${offset(at, 4)}  ${pairs(row)}`);
  const input = read(`${dump(SOS)}\n${dump(ANSWER)}\n\n${HEX}\n`);
  assert.equal(told(input), [HEX, hexOf(ANSWER), HEX]);
  assert.equal(
    input.entries.map(({ place }) => place.number),
    [1, 5, 7],
  );
});

const BASE64_FORMS: Record<string, string> = {
  plain: BASE64,
  padded: Buffer.from(SOS).toString("base64"),
  "for addresses": Buffer.from(SOS).toString("base64url"),
  "several lines": `${BASE64}\n\n${toBase64(ANSWER)}\n`,
};

for (const [name, text] of Object.entries(BASE64_FORMS)) {
  test(`base64, ${name}`, () => {
    const input = read(text);
    assert.is(input.kind, "base64");
    assert.is(told(input)[0], HEX);
  });
}

test("text in UTF-16, as shells of Windows write it, and with a mark of its order before it", () => {
  const little = Buffer.from(`\ufeff${HEX}\r\n`, "utf16le");
  const big = Buffer.from(little).swap16();
  const utf8 = Buffer.from(`\ufeff${HEX}\r\n`);
  for (const octets of [little, big, utf8]) assert.equal(told(readInput(octets)), [HEX]);
});

test("a log of a serial line: ours between anything, each with its way and its line", () => {
  const log = `boot \u0000\u0011ok\r\n> ${UP}AT+CSQ\r\n+CSQ: 20,99\r\n[12:00:01] ${DOWN}\n`;
  const input = read(log);
  assert.is(input.kind, "serial");
  assert.is(input.passedOver, 3);
  assert.equal(input.entries, [
    { place: { kind: "line", number: 2 }, carrier: "serial", way: "up", bytes: SOS },
    { place: { kind: "line", number: 5 }, carrier: "serial", way: "down", bytes: ANSWER },
  ]);
});

test("a log with hex: alone in its line, inside other words, as a dump, and in short messages", () => {
  const dump = dumpOf(SOS, (at, row) => `${offset(at, 4)}: ${pairs(row)}`);
  const log = [
    `AT+QISENDEX=0,"${HEX}"`,
    "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    hexOf(ANSWER),
    "0102",
    dump,
    "+CMT: ,78",
    DELIVER,
    `sent ${SMS_TEXT} to the platform`,
  ].join("\n");
  const input = read(`${UP}${log}`);
  assert.equal(told(input), [HEX, HEX, hexOf(ANSWER), HEX, HEX, HEX]);
});

test("short messages: octets and text, from the network and for it", () => {
  assert.equal(read(DELIVER).entries, [
    { place: { kind: "line", number: 1 }, carrier: "sms", bytes: SOS, phone: "+8613800138000" },
  ]);
  for (const text of [SUBMIT, SUBMIT.toLowerCase(), SMS_TEXT, ` ${SMS_TEXT} `]) {
    assert.equal(told(read(text)), [HEX]);
  }
  const modem = `AT+CMGS=78\n> ${SUBMIT}\u001a\n+CMGS: 1\n\nOK\n+CMT: ,70\n${DELIVER}\n`;
  const input = read(modem, "sms");
  assert.equal(told(input), [HEX, HEX]);
  assert.is(input.passedOver, 4);
  assert.equal(told(read(DELIVER.slice(2), "sms")), [HEX], "without the service centre");
});

test("--as is obeyed where the text could be something else too", () => {
  assert.is(read("deadbeef").kind, "hex");
  assert.equal(told(read("deadbeef", "base64")), [
    Buffer.from("deadbeef", "base64").toString("hex"),
  ]);
  assert.equal(told(read(DELIVER, "hex")), [DELIVER.toLowerCase()]);
});

const bitten = (text: string, at: number, letter: string) =>
  text.slice(0, at) + letter + text.slice(at + 1);

const BAD: [
  name: string,
  text: string,
  as: InputKind | undefined,
  line: number,
  trouble: Unread["trouble"],
][] = [
  [
    "a letter that is no hex digit",
    bitten(HEX, 9, "g"),
    undefined,
    1,
    { code: "bad-digit", at: 10, is: "g" },
  ],
  [
    "the same in the second line",
    `${HEX}\n${bitten(HEX, 0, "x")}`,
    "hex",
    2,
    { code: "bad-digit", at: 1, is: "x" },
  ],
  ["half an octet", HEX.slice(1), undefined, 1, { code: "odd-digits", is: HEX.length - 1 }],
  [
    "a dump with a line missing",
    dumpOf(SOS, (at, row) => `${offset(at + (at > 16 ? 16 : 0), 4)}  ${pairs(row)}`),
    undefined,
    3,
    { code: "dump-gap", is: 48, of: 32 },
  ],
  [
    "a letter that is no base64",
    bitten(BASE64, 4, "!"),
    "base64",
    1,
    { code: "bad-base64", at: 5, is: "!" },
  ],
  ["nothing at all", "\n\n", "hex", 1, { code: "nothing-here", is: "hex" }],
  ["no line of ours", "AT\r\nOK\r\n", "serial", 1, { code: "nothing-here", is: "serial" }],
  ["no short message", "+CMT: ,3\n", "sms", 1, { code: "nothing-here", is: "sms" }],
  [
    "somebody's text",
    toPduLine(sure(encodeDeliver(nodeMachine, { ...PHONE, text: "hello" }))),
    undefined,
    1,
    { code: "not-ours" },
  ],
];

for (const [name, text, as, line, trouble] of BAD) {
  test(`${name} is told with its place`, () => {
    const unread = read(text, as).entries.filter(isUnread);
    assert.equal(unread[0], { place: { kind: "line", number: line }, trouble });
  });
}

test("what is cut off or damaged on its way is told by the fault of its form", () => {
  const fault = (text: string, as?: InputKind) => {
    const [entry] = read(text, as).entries;
    assert.ok(isUnread(entry), text);
    return [entry.trouble.code, entry.trouble.fault?.fault];
  };
  assert.equal(fault("A", "base64"), ["cut-base64", "truncated"]);
  assert.equal(fault(UP.replace(/.{4}\r\n/, "0000\r\n")), ["bad-line", "bad-checksum"]);
  assert.equal(fault(UP.slice(0, 20)), ["bad-line", "truncated"]);
  assert.equal(fault(DELIVER.slice(0, -2)), ["bad-sms", "truncated"]);
  assert.equal(fault("OK1:A"), ["bad-sms", "truncated"]);
});

test("one bad line stops no other", () => {
  assert.equal(told(read(`${HEX}\n4\n${HEX}`)), [HEX, "line 2: odd-digits", HEX]);
  assert.equal(told(read(`${UP}OK1u:broken\r\n${DOWN}`)), [HEX, "line 2: bad-line", hexOf(ANSWER)]);
  assert.equal(told(read(`${DELIVER}\n00\n${SUBMIT}`)), [HEX, "line 2: bad-sms", HEX]);
});

test("what is nothing of this is refused in a sentence that says what to do", () => {
  const cases: [octets: Uint8Array, says: RegExp][] = [
    [Uint8Array.of(), /it is empty: give a datagram/],
    [Uint8Array.of(0x1f, 0x8b, 8, 0), /gunzip/],
    [Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 1), /unzstd/],
    [Uint8Array.of(0x50, 0x4b, 3, 4), /zip/],
    [Uint8Array.of(7, 0, 1), /no capture file and no text: .*xxd -p/],
    [Buffer.from("alarm.pcap"), /name a file that is there, or say with --as/],
    [Buffer.from("Hello, world."), /it is no hex/],
  ];
  for (const [octets, says] of cases) {
    try {
      readInput(octets);
      assert.unreachable(String(says));
    } catch (error) {
      assert.instance(error, OnekeyError);
      assert.is((error as OnekeyError).code, "bad-input");
      assert.match((error as OnekeyError).message, says);
    }
  }
});

/** What no reader may do: throw anything but the one error, or leave an entry without its place. */
function readsQuietly(octets: Uint8Array, as: InputKind | undefined): void {
  let input: Input;
  try {
    input = readInput(octets, as);
  } catch (error) {
    assert.instance(error, OnekeyError);
    return;
  }
  for (const { place } of input.entries as (Found | Unread)[]) assert.ok(place.number >= 1);
}

const KINDS = fc.constantFrom(undefined, "hex", "base64", "serial", "sms", "pcap") as fc.Arbitrary<
  InputKind | undefined
>;

test("any octets in any reader end, and throw nothing but the one error", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), KINDS, readsQuietly), { numRuns: 2000 });
});

test("any text made of our own pieces in any reader ends, and throws nothing but the one error", () => {
  const piece = fc.constantFrom(
    ...[
      "OK1u:",
      "OK1d:",
      "OK1:",
      "*",
      "0000: ",
      "0010  ",
      "0x",
      "h'",
      "'",
      "\n",
      "\r",
      " ",
      "> ",
      "\u001a",
      "+CMT: ",
      "00",
      "0b91",
      "41",
    ],
    HEX,
    BASE64,
    DELIVER,
    UP,
  );
  const text = fc.array(fc.oneof(piece, fc.string({ maxLength: 6 })), { maxLength: 30 });
  fc.assert(
    fc.property(text, KINDS, (parts, as) => readsQuietly(Buffer.from(parts.join("")), as)),
    { numRuns: 3000 },
  );
});

test("a long line of almost hex is read in a moment", () => {
  const lines = ["ab ".repeat(200_000), "abc ".repeat(150_000), `${"4".repeat(400_001)}g`];
  for (const line of lines) {
    for (const as of [undefined, "serial", "sms", "hex"] as const) {
      const beginMs = performance.now();
      readsQuietly(Buffer.from(line), as);
      assert.ok(performance.now() - beginMs < 5000, `${as}: ${line.slice(0, 8)}`);
    }
  }
});

test.run();
