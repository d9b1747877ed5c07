// What the gateway refuses: one counter each, no event, no crash, silence or the RFC's own error.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { ACK, decodePacket, encodePacket, GET, NON, POST, RST } from "../../protocol/coap.ts";
import { isFault } from "../../protocol/fault.ts";
import { newCounters, REFUSALS, type Refusal } from "../../sdk/gateway/counters.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { type AddedPager, closeRigs, openRig } from "./rig.ts";

test.after.each(closeRigs);

const EMPTY_OCTETS = new Uint8Array(0);

function plain(type: number, code: number): Uint8Array {
  const packet = {
    type,
    code,
    messageId: 1,
    token: Uint8Array.of(9),
    options: [],
    payload: EMPTY_OCTETS,
  };
  return encodePacket(nodeMachine, packet) as Uint8Array;
}

function changed(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at < 0 ? copy.length + at : at] ^= 1;
  return copy;
}

/** The kid is the end of the OSCORE option: three octets before the payload marker. */
function underKid(bytes: Uint8Array): Uint8Array {
  return changed(bytes, bytes.indexOf(0xff) - 1);
}

interface BadInput {
  name: string;
  make(pager: AddedPager): Uint8Array;
  refusal: Refusal;
  /** Code of the unprotected error, or silence. */
  error?: number;
}

const sos = (pager: AddedPager) => pager.report("s", { number: 1 }).bytes;

const BAD_INPUT: BadInput[] = [
  { name: "an empty datagram", make: () => EMPTY_OCTETS, refusal: "not-coap" },
  { name: "three octets", make: () => Uint8Array.of(0x40, 2, 1), refusal: "not-coap" },
  { name: "text", make: () => Buffer.from("GET / HTTP/1.1\r\n\r\n"), refusal: "not-coap" },
  { name: "65,507 octets", make: () => new Uint8Array(65_507).fill(0x44), refusal: "oversize" },
  { name: "1,281 octets", make: () => new Uint8Array(1281).fill(0x44), refusal: "oversize" },
  { name: "plain CoAP", make: () => plain(0, GET), refusal: "not-sealed" },
  { name: "an empty message", make: () => plainEmpty(), refusal: "stray-answer" },
  { name: "a reset", make: () => Uint8Array.of(0x70, 0, 0, 1), refusal: "stray-answer" },
  {
    name: "an unknown pager",
    make: (pager) => underKid(sos(pager)),
    refusal: "unknown-kid",
  },
  {
    name: "a wrong tag",
    make: (pager) => changed(sos(pager), -1),
    refusal: "bad-tag",
    error: 128,
  },
  {
    name: "a wrong tag, non-confirmable",
    make: (pager) => changed(pager.beat().bytes, -1),
    refusal: "bad-tag",
  },
  {
    name: "a changed PIV",
    make: (pager) => changed(sos(pager), 7),
    refusal: "bad-tag",
    error: 128,
  },
  {
    name: "a request cut short",
    make: (pager) => sos(pager).subarray(0, -3),
    refusal: "bad-tag",
    error: 128,
  },
  {
    name: "a request cut before its tag",
    make: (pager) => {
      const bytes = sos(pager);
      return bytes.subarray(0, bytes.indexOf(0xff) + 5);
    },
    refusal: "not-sealed",
  },
  {
    name: "an authentic check-in without a number",
    make: (pager) => pager.say("c", EMPTY_OCTETS).bytes,
    refusal: "undecodable",
    error: 128,
  },
  {
    name: "an authentic report of text",
    make: (pager) => pager.say("r", Buffer.from("help")).bytes,
    refusal: "undecodable",
    error: 128,
  },
  {
    name: "an authentic result of text",
    make: (pager) => pager.say("o", Buffer.from("done")).bytes,
    refusal: "undecodable",
    error: 128,
  },
  {
    name: "an authentic request for an unknown resource",
    make: (pager) => pager.say("q", EMPTY_OCTETS).bytes,
    refusal: "unknown-resource",
    error: 132,
  },
  {
    name: "an authentic alarm for a longer path",
    make: (pager) => pager.say("ss", Uint8Array.of(0x81, 0x01)).bytes,
    refusal: "unknown-resource",
    error: 132,
  },
];

function plainEmpty(): Uint8Array {
  return Uint8Array.of(0x40, 0, 0, 1);
}

for (const { name, make, refusal, error } of BAD_INPUT) {
  test(`${name}: counted as ${refusal}, no event [wire §3]`, async () => {
    const rig = await openRig();
    const pager = await rig.addPager();
    const bytes = make(pager);
    await rig.deliver(bytes);

    const counters = rig.platform.counters();
    const raised = REFUSALS.filter((one) => counters[one] > 0);
    assert.equal(raised, [refusal]);
    assert.is(counters[refusal], 1);
    assert.is(await rig.platform.cursor(), 1, "only the registration");
    const sent = rig.takeSent();
    assert.is(sent.length, error === undefined ? 0 : 1);
    if (error !== undefined) {
      const packet = decodePacket(nodeMachine, sent[0].bytes);
      assert.not.ok(isFault(packet));
      if (!isFault(packet)) assert.equal([packet.type, packet.code], [ACK, error]);
      assert.ok(sent[0].bytes.length <= 3 * bytes.length);
    }
    // And the gateway goes on: the next alarm is stored.
    await rig.deliver(pager.report("s", { number: 77 }).bytes);
    assert.is((await rig.platform.alarms.list()).length, 1);
  });
}

const UNREAD: { name: string; payload: Uint8Array; number?: number }[] = [
  { name: "nothing", payload: EMPTY_OCTETS },
  { name: "text", payload: Buffer.from("help") },
  { name: "a number below 0", payload: Uint8Array.of(0x81, 0x20) },
  { name: "a number and then rubbish", payload: Uint8Array.of(0x82, 0x05, 0xff), number: 5 },
];

for (const { name, payload, number } of UNREAD) {
  test(`an authentic call for help of ${name} stands as an alarm, once, and is answered`, async () => {
    const rig = await openRig();
    const pager = await rig.addPager();
    const said = pager.say("s", payload, { piv: 40 });
    await rig.deliver(said.bytes, said.bytes);
    const [alarm, second] = await rig.platform.alarms.list();
    assert.is(second, undefined);
    assert.is(alarm.number, number ?? 40);
    assert.equal(alarm.positions, []);
    assert.is(rig.platform.counters().unread, 1);
    const [answer] = rig.takeSent();
    assert.equal(pager.open(said, answer.bytes)?.octets, 16);
  });
}

test("a refused forgery with a high number neither moves the window nor the return address [wire §1.6, §4.3]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const forged = changed(pager.report("s", { number: 1 }, 9000).bytes, -1);
  await rig.deliverFrom({ carrier: "udp", address: "203.0.113.66", port: 666 }, forged);
  await rig.deliver(pager.report("s", { number: 2 }, 10).bytes);
  assert.is((await rig.platform.alarms.list()).length, 1);
});

test("unprotected errors are limited in rate, refusals are counted all the same [wire §3]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const forged = changed(sos(pager), -1);
  await rig.deliver(...new Array<Uint8Array>(200).fill(forged));
  const counters = rig.platform.counters();
  assert.is(counters["bad-tag"], 200);
  assert.is(counters["errors-sent"], 20);
  assert.is(rig.takeSent().length, 20);
});

test("random octets of every length never make an event", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const good = pager.report("s", { number: 1 }).bytes;
  for (let length = 0; length < good.length; length++) await rig.deliver(good.subarray(0, length));
  for (let at = 0; at < good.length * 8; at++) {
    const bytes = Uint8Array.from(good);
    bytes[at >> 3] ^= 1 << (at & 7);
    await rig.deliver(bytes);
  }
  // Message id, token and type stand outside the seal: such a copy is authentic, and one alarm.
  const alarms = await rig.platform.alarms.list();
  assert.ok(alarms.length <= 1);
  const kinds = new Set<string>();
  const ending = new AbortController();
  const cursor = await rig.platform.cursor();
  for await (const event of rig.platform.events({ after: 0, signal: ending.signal })) {
    kinds.add(event.kind);
    if (event.seq === cursor) ending.abort();
  }
  assert.equal([...kinds].sort(), ["alarmRaised", "pagerRegistered"]);
});

test("every refusal has its counter, and all begin at 0", () => {
  const counters = newCounters();
  for (const refusal of REFUSALS) assert.is(counters[refusal], 0);
});

test("an answer that nobody asked for is counted and nothing else", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const said = pager.report("s", { number: 1 });
  await rig.deliver(said.bytes);
  const [answer] = rig.takeSent();
  await rig.deliver(answer.bytes, plain(NON, 68), plain(RST, POST));
  const counters = rig.platform.counters();
  assert.is(counters["stray-answer"] + counters["not-sealed"], 3);
  assert.is(await rig.platform.cursor(), 2);
});

test.run();
