// Capture files of both forms and all links, whole, cut off at every octet, and damaged at random.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { addressText } from "../../tools/decode/address-text.ts";
import { parseInput } from "../../tools/decode/decode.ts";
import { type Found, isUnread, type Trouble, type Unread } from "../../tools/decode/found.ts";
import { readInput } from "../../tools/decode/input.ts";
import {
  AT_MS,
  type Block,
  type Frame,
  ipv4,
  ipv6,
  LINKS,
  pcapngOf,
  pcapOf,
  rawFrame,
  udp,
} from "./capture-files.ts";
import { answer, sos } from "./sealed.ts";

const SOS = sos();
const ANSWER = answer(SOS);
const PORT = 5683;
const IPV4 = 0x0800;
const IPV6 = 0x86dd;

function entriesOf(file: Uint8Array): (Found | Unread)[] {
  const input = readInput(file);
  assert.is(input.kind, "pcap");
  return input.entries;
}

function foundIn(file: Uint8Array): Found {
  const entries = entriesOf(file);
  assert.is(entries.length, 1);
  assert.not(isUnread(entries[0]), JSON.stringify(entries[0]));
  return entries[0] as Found;
}

function troubleIn(file: Uint8Array): Trouble {
  const last = entriesOf(file).at(-1);
  assert.ok(last !== undefined && isUnread(last), "the last entry is a trouble");
  return last.trouble;
}

for (const [name, linkOf] of Object.entries(LINKS)) {
  for (const [family, type] of [
    ["IPv4", IPV4],
    ["IPv6", IPV6],
  ] as const) {
    test(`${name}, ${family}: the datagram, both ends and the time`, () => {
      const frame = linkOf(type === IPV4 ? ipv4(udp(SOS.bytes)) : ipv6(udp(SOS.bytes)), type);
      const ends =
        type === IPV4
          ? { from: "10.0.0.7", fromPort: 40_000, to: "192.0.2.1", toPort: PORT }
          : { from: "2001:db8::7", fromPort: 40_000, to: "2001:db8::1", toPort: PORT };
      for (const file of [pcapOf([frame]), pcapngOf([frame])]) {
        const found = foundIn(file);
        assert.equal(Uint8Array.from(found.bytes), SOS.bytes);
        assert.equal(found.flow, ends);
        assert.equal(found.place, { kind: "packet", number: 1 });
        assert.is(found.atMs, AT_MS);
        assert.is(found.carrier, "udp");
      }
    });
  }
}

test("both byte orders, and times in micro- and nanoseconds", () => {
  for (const little of [true, false]) {
    for (const nano of [true, false]) {
      assert.is(foundIn(pcapOf([rawFrame(SOS.bytes)], { little, nano })).atMs, AT_MS);
    }
    assert.is(foundIn(pcapngOf([rawFrame(SOS.bytes)], { little })).atMs, AT_MS);
  }
});

test("the three kinds of packets in the newer form", () => {
  for (const block of ["enhanced", "simple", "old"] satisfies Block[]) {
    const found = foundIn(pcapngOf([rawFrame(SOS.bytes)], { block }));
    assert.equal(Uint8Array.from(found.bytes), SOS.bytes);
    assert.is(found.atMs, block === "simple" ? undefined : AT_MS);
  }
});

test("an interface says in what it counts time, and from when", () => {
  const end = [0, 0, 0, 0];
  const nano = { perSecond: 1e9, options: [9, 0, 1, 0, 9, 0, 0, 0, ...end] };
  assert.is(foundIn(pcapngOf([rawFrame(SOS.bytes)], nano)).atMs, AT_MS);
  const halves = { perSecond: 1024, options: [9, 0, 1, 0, 128 + 10, 0, 0, 0, ...end] };
  assert.ok(Math.abs((foundIn(pcapngOf([rawFrame(SOS.bytes)], halves)).atMs ?? 0) - AT_MS) < 2);
  const hour = { options: [14, 0, 8, 0, 0x10, 0x0e, 0, 0, 0, 0, 0, 0, ...end] };
  assert.is(foundIn(pcapngOf([rawFrame(SOS.bytes)], hour)).atMs, AT_MS + 3_600_000);
});

test("two sections behind one another, each with a byte order and interfaces of its own", () => {
  const little = pcapngOf([rawFrame(SOS.bytes)]);
  const big = pcapngOf([LINKS.Ethernet(ipv4(udp(ANSWER)), IPV4)], { little: false });
  const entries = entriesOf(Uint8Array.from([...little, ...big])) as Found[];
  assert.equal(
    entries.map(({ bytes }) => Uint8Array.from(bytes)),
    [SOS.bytes, ANSWER],
  );
  assert.equal(
    entries.map(({ place }) => place.number),
    [1, 2],
  );
});

test("other traffic is passed over and counted; ours on another port is known by its seal", () => {
  const frames = [
    { link: 1, bytes: [...Array(12).fill(2), 0x08, 0x06, ...Array(28).fill(1)] },
    LINKS.Ethernet(ipv4(Array(20).fill(1), { protocol: 6 }), IPV4),
    LINKS.Ethernet(ipv4(udp(Uint8Array.of(1, 2, 3), { fromPort: 53, toPort: 900 })), IPV4),
    LINKS.Ethernet(ipv4(udp(SOS.bytes, { fromPort: 1000, toPort: 2000 })), IPV4),
    LINKS.Ethernet(ipv4(udp(Uint8Array.of(0x70, 0, 0, 7), { fromPort: 2000, toPort: 1000 })), IPV4),
  ];
  const known = parseInput(readInput(pcapOf(frames)), [], PORT);
  assert.is(known.passedOver, 4);
  assert.is(known.entries.length, 1);
  // The reset came from the other address: the test's frames all go the same way.
  const back = ipv4(udp(Uint8Array.of(0x70, 0, 0, 7), { fromPort: 2000, toPort: 1000 }));
  back.splice(12, 8, 192, 0, 2, 1, 10, 0, 0, 7);
  const both = parseInput(readInput(pcapOf([...frames, LINKS.Ethernet(back, IPV4)])), [], PORT);
  assert.is(both.entries.length, 2);
});

test("extension headers of IPv6 are passed over", () => {
  const hops = [43, 0, 1, 4, 0, 0, 0, 0, 17, 1, 4, 0, 0, 0, 0, 0, ...Array(8).fill(0)];
  const found = foundIn(pcapOf([{ link: 229, bytes: ipv6([...hops, ...udp(SOS.bytes)], 0) }]));
  assert.equal(Uint8Array.from(found.bytes), SOS.bytes);
});

const WHOLE = ipv4(udp(SOS.bytes));
const FRAMES: [name: string, frame: Frame, trouble: Trouble][] = [
  ["a link that is not read", { link: 127, bytes: WHOLE }, { code: "bad-link", is: 127 }],
  [
    "a frame that the capture cut",
    { link: 228, bytes: WHOLE, kept: 60 },
    { code: "packet-cut", is: 60, of: WHOLE.length },
  ],
  [
    "a frame cut in the head of its link",
    { link: 1, bytes: [...Array(12).fill(2), 8, 0, ...WHOLE], kept: 10 },
    { code: "packet-cut", is: 10, of: 14 + WHOLE.length },
  ],
  [
    "the first of several parts",
    { link: 228, bytes: ipv4(udp(SOS.bytes), { parts: 0x2000 }) },
    { code: "in-parts" },
  ],
  [
    "a datagram that says more than its packet has",
    { link: 228, bytes: ipv4(udp(SOS.bytes).slice(0, -4)) },
    { code: "bad-packet", is: WHOLE.length - 4 },
  ],
  [
    "a datagram shorter than its head",
    { link: 228, bytes: ipv4([0, 1, 0, 2, 0, 7, 0, 0]) },
    { code: "bad-packet", is: 7 },
  ],
  [
    "a head of IPv4 too short to be one",
    { link: 228, bytes: [0x41, ...WHOLE.slice(1)] },
    { code: "bad-packet" },
  ],
  ["no IPv6 where it should be", { link: 229, bytes: WHOLE }, { code: "bad-packet" }],
];

for (const [name, frame, trouble] of FRAMES) {
  test(`${name} is told, and what stands behind it is read`, () => {
    const [first, second] = entriesOf(pcapngOf([frame, rawFrame(ANSWER)]));
    assert.ok(isUnread(first));
    assert.equal(first.trouble, trouble);
    assert.equal(first.place, { kind: "packet", number: 1 });
    assert.not(isUnread(second));
  });
}

test("later parts of a datagram say nothing by themselves", () => {
  const { entries, passedOver } = readInput(
    pcapOf([{ link: 228, bytes: ipv4(Array(30).fill(7), { parts: 5 }) }]),
  );
  assert.equal([entries.length, passedOver], [0, 1]);
});

const FILES: [name: string, file: Uint8Array, ends: number[]][] = [
  ["pcap", pcapOf([rawFrame(SOS.bytes), rawFrame(ANSWER)]), [24, 24 + 16 + 28 + SOS.bytes.length]],
  ["pcapng", pcapngOf([rawFrame(SOS.bytes), rawFrame(ANSWER)]), pcapngEnds()],
];

/** Where blocks end: a file that ends there is whole. */
function pcapngEnds(): number[] {
  const file = pcapngOf([rawFrame(SOS.bytes), rawFrame(ANSWER)]);
  const view = new DataView(file.buffer);
  const ends: number[] = [];
  for (let at = 0; at < file.length; at += view.getUint32(at + 4, true)) ends.push(at);
  return ends;
}

for (const [name, file, ends] of FILES) {
  test(`a ${name} file cut at every octet is told so, and what stands before the cut is read`, () => {
    const whole = entriesOf(file).length;
    assert.is(whole, 2);
    for (let length = 4; length < file.length; length++) {
      const entries = entriesOf(file.slice(0, length));
      const last = entries.at(-1);
      if (ends.includes(length)) {
        assert.ok(
          entries.every((entry) => !isUnread(entry)),
          `${length} octets`,
        );
        continue;
      }
      assert.ok(last !== undefined && isUnread(last), `${length} octets`);
      assert.equal(last.trouble, { code: "file-cut", at: length });
      assert.ok(entries.slice(0, -1).every((entry) => !isUnread(entry)));
    }
  });
}

test("lengths that can't be end the reading, and say where they stand", () => {
  const pcap = pcapOf([rawFrame(SOS.bytes)]);
  new DataView(pcap.buffer).setUint32(32, 0x7fffffff, true);
  assert.equal(troubleIn(pcap), { code: "bad-length", at: 32, is: 0x7fffffff });
  for (const [at, is] of [
    [4, 0],
    [4, 27],
    [4, 0xfffffff0],
  ]) {
    const file = pcapngOf([rawFrame(SOS.bytes)]);
    new DataView(file.buffer).setUint32(at, is, true);
    assert.equal(troubleIn(file), { code: "bad-length", at, is });
  }
  const file = pcapngOf([rawFrame(SOS.bytes)]);
  new DataView(file.buffer).setUint32(24, 32, true);
  assert.equal(troubleIn(file), { code: "bad-length", at: 24, is: 32, of: 28 });
});

test("versions and byte orders that are not known are told", () => {
  const pcap = pcapOf([rawFrame(SOS.bytes)]);
  pcap[4] = 3;
  assert.equal(troubleIn(pcap), { code: "bad-version", at: 4, is: 3 });
  const file = pcapngOf([rawFrame(SOS.bytes)]);
  file[12] = 2;
  assert.equal(troubleIn(file), { code: "bad-version", at: 12, is: 2 });
  file[8] = 0;
  assert.equal(troubleIn(file), { code: "bad-capture", at: 8 });
});

test("a packet of an interface that nobody described is told", () => {
  const file = pcapngOf([rawFrame(SOS.bytes)]);
  const at = file.length - (32 + rawFrame(SOS.bytes).bytes.length + 2) + 8;
  new DataView(file.buffer).setUint32(at, 9, true);
  assert.equal(troubleIn(file), { code: "no-interface", at, is: 9 });
});

test("any damage leaves a list and an end, and throws nothing", () => {
  const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
  const file = fc.constantFrom(...FILES.map(([, octets]) => octets));
  fc.assert(
    fc.property(file, fc.array(change, { minLength: 1, maxLength: 8 }), (octets, changes) => {
      const damaged = Uint8Array.from(octets);
      for (const [at, value] of changes) damaged[4 + (at % (octets.length - 4))] = value;
      for (const entry of entriesOf(damaged)) assert.ok(isUnread(entry) || entry.bytes.length >= 0);
    }),
    { numRuns: 3000 },
  );
});

test("any octets behind the head of a link throw nothing", () => {
  const links = fc.constantFrom(0, 1, 12, 14, 101, 108, 113, 228, 229, 276, 5);
  const first = fc.constantFrom([], [0x45], [0x60], [2, 0, 0, 0, 0x45], [0x4f, 0, 0, 0]);
  fc.assert(
    fc.property(links, first, fc.array(fc.nat(255), { maxLength: 120 }), (link, head, rest) => {
      const { entries } = readInput(pcapOf([{ link, bytes: [...head, ...rest] }]));
      assert.ok(entries.length <= 1);
    }),
    { numRuns: 3000 },
  );
});

test("addresses of IPv6 are written in their shortest form [RFC 5952 §4]", () => {
  const text = (...groups: number[]) =>
    addressText(Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 255])));
  assert.is(text(0, 0, 0, 0, 0, 0, 0, 0), "::");
  assert.is(text(0, 0, 0, 0, 0, 0, 0, 1), "::1");
  assert.is(text(0x2001, 0xdb8, 0, 0, 1, 0, 0, 1), "2001:db8::1:0:0:1");
  assert.is(text(0x2001, 0xdb8, 0, 1, 1, 1, 1, 1), "2001:db8:0:1:1:1:1:1");
  assert.is(text(1, 0, 0, 2, 0, 0, 0, 3), "1:0:0:2::3");
  assert.is(text(0xfe80, 0, 0, 0, 0xa, 0, 0, 0), "fe80::a:0:0:0");
});

test.run();
