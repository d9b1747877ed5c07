// Several carriers, one gateway: one alarm however it came, and answers by the way of the request.

import { createSocket } from "node:dgram";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { WORD_TAKEN } from "../../protocol/messages.ts";
import type { SealedRequest, Source } from "../../sdk/gateway/datagram.ts";
import { sourceOf } from "../../sdk/gateway/opened.ts";
import { openPlatform } from "../../sdk/platform.ts";
import { type MemoryCarrier, memoryCarrier } from "./memory-carrier.ts";
import { type AddedPager, closeRigs, eventsOf, HERE, openRig, type Rig } from "./rig.ts";

test.after.each(closeRigs);

const PHONE: Source = { carrier: "sms", address: "+8613800000001", port: 0 };
const PLACE = { latitude: 366512345, longitude: 1170345678, uncertaintyM: 30 };
const ELSEWHERE = { ...PLACE, latitude: 366512999 };

interface Scene {
  rig: Rig;
  pager: AddedPager;
  sms: MemoryCarrier;
  /** Hands the datagram in by UDP or by SMS, and waits. */
  bring(way: Way, bytes: Uint8Array): Promise<void>;
}

type Way = "udp" | "sms";

async function scene(): Promise<Scene> {
  const sms = memoryCarrier("sms");
  const rig = await openRig({ carriers: [sms.open] });
  const pager = await rig.addPager();
  return {
    rig,
    pager,
    sms,
    async bring(way, bytes) {
      if (way === "udp") return rig.deliver(bytes);
      sms.bring(bytes, PHONE);
      await rig.settle();
    },
  };
}

const ORDERS: [Way, Way][] = [
  ["udp", "sms"],
  ["sms", "udp"],
];

for (const [first, second] of ORDERS) {
  test(`the same sealed octets by ${first}, then by ${second}, are one alarm [wire §5]`, async () => {
    const { rig, pager, sms, bring } = await scene();
    const said = pager.report("s", { number: 7, ...PLACE });
    await bring(first, said.bytes);
    await bring(second, said.bytes);
    assert.is((await rig.platform.alarms.list()).length, 1);
    assert.is(await rig.platform.cursor(), 2, "registration and one alarm");
    assert.is(rig.platform.counters()["other-carrier"], 1);
    const [byUdp] = rig.takeSent();
    const [bySms] = sms.takeSent();
    assert.equal(byUdp.to, HERE);
    assert.equal(bySms.to, PHONE);
    assert.equal(byUdp.bytes, bySms.bytes, "the bare answer, by the way of each request");
    assert.is(pager.open(said, bySms.bytes)?.octets, 16);
  });

  test(`one alarm under two numbers by ${first}, then by ${second}, is one [wire §5]`, async () => {
    const { rig, pager, bring } = await scene();
    const said = [0, 1].map(() => pager.report("s", { number: 7, time: 5, ...PLACE }));
    await bring(first, said[0].bytes);
    await bring(second, said[1].bytes);
    const [alarm, other] = await rig.platform.alarms.list();
    assert.is(other, undefined);
    assert.is(alarm.positions.length, 1);
    assert.is(await rig.platform.cursor(), 2, "the copy made no second event");
    assert.is(rig.platform.counters()["other-carrier"], 1);
  });

  test(`a copy by ${second}, late and within 128 numbers, makes no second event [wire §1.6, §5]`, async () => {
    const { rig, pager, bring } = await scene();
    const late = pager.report("s", { number: 7, ...PLACE });
    await bring(first, pager.report("s", { number: 7, ...PLACE }).bytes);
    await bring(first, pager.report("c", { number: 8 }, late.piv + 127).bytes);
    const cursor = await rig.platform.cursor();
    await bring(second, late.bytes);
    assert.is(await rig.platform.cursor(), cursor);
    assert.is(rig.platform.counters()["other-carrier"], 1);
    assert.is(rig.platform.counters()["too-old"], 0);
  });
}

test("an alarm that only SMS could carry is stored, says so, and is answered by SMS [wire §5]", async () => {
  const { rig, pager, sms, bring } = await scene();
  const said = pager.report("s", { number: 7 });
  await bring("sms", said.bytes);
  const [alarm] = await rig.platform.alarms.list();
  assert.is(alarm.carrier, "sms");
  const raised = (await eventsOf(rig)).find((event) => event.kind === "alarmRaised");
  assert.is(raised?.kind === "alarmRaised" && raised.carrier, "sms");
  assert.is(rig.takeSent().length, 0);
  assert.ok(pager.open(said, sms.takeSent()[0].bytes));
});

test("what another carrier brings and nobody knew is no copy: positions are added [R-18]", async () => {
  const { rig, pager, bring } = await scene();
  await bring("udp", pager.report("s", { number: 7, ...PLACE }).bytes);
  await bring("sms", pager.report("s", { number: 7, ...ELSEWHERE }).bytes);
  await bring("sms", pager.report("m", { number: 7, ...ELSEWHERE }).bytes);
  await bring("udp", pager.report("x", { number: 7, ...ELSEWHERE }).bytes);
  const [alarm] = await rig.platform.alarms.list();
  assert.is(alarm.positions.length, 4);
  assert.is(alarm.repeats, 1);
  assert.is(alarm.mistake, true);
  assert.is(rig.platform.counters()["other-carrier"], 0);
});

test("reports by one carrier are events each, whatever they say [wire §2.1]", async () => {
  for (const way of ["udp", "sms"] as const) {
    const { rig, pager, bring } = await scene();
    await bring(way, pager.report("s", { number: 7, ...PLACE }).bytes);
    await bring(way, pager.report("s", { number: 7, ...PLACE }).bytes);
    assert.is(await rig.platform.cursor(), 3);
    assert.is(rig.platform.counters()["other-carrier"], 0);
  }
});

test("taken leaves by the carrier that last heard the pager, also after a restart [wire §4.2]", async () => {
  const { rig, pager, sms, bring } = await scene();
  await bring("udp", pager.report("s", { number: 7 }).bytes);
  await bring("sms", pager.report("r", { number: 7, ...PLACE }).bytes);
  rig.takeSent();
  sms.takeSent();
  const [{ id }] = await rig.platform.alarms.list();
  await rig.platform.alarms.take(id, "王芳");
  await rig.settle();
  const [word] = sms.takeSent();
  assert.equal(word.to, PHONE);
  assert.equal(pager.obey(word.bytes)?.word, { what: WORD_TAKEN, value: 7 });
  await rig.restart();
  await rig.settle();
  assert.equal(sms.takeSent()[0].to, PHONE);
  assert.is(rig.takeSent().length, 0);
});

test("an older message by another carrier moves the return address no more than any [wire §4.3]", async () => {
  const { rig, pager, sms, bring } = await scene();
  const older = pager.report("r", { number: 7, ...PLACE });
  await bring("udp", pager.report("s", { number: 7 }).bytes);
  await bring("sms", older.bytes);
  rig.takeSent();
  sms.takeSent();
  await rig.platform.alarms.take((await rig.platform.alarms.list())[0].id, "王芳");
  await rig.settle();
  assert.equal(rig.takeSent()[0].to, HERE);
  assert.is(sms.takeSent().length, 0);
});

test("a word for a carrier that is gone is counted, and waits for the pager to be heard", async () => {
  const { rig, pager, bring } = await scene();
  await bring("sms", pager.report("s", { number: 7 }).bytes);
  await rig.platform.alarms.take((await rig.platform.alarms.list())[0].id, "王芳");
  await rig.settle();
  await rig.restart({ carriers: [] });
  await rig.settle();
  assert.is(rig.platform.counters()["carrier-errors"], 1);
  const poll = pager.poll();
  await bring("udp", poll.bytes);
  assert.is(pager.open(poll, rig.takeSent()[0].bytes)?.content?.what, WORD_TAKEN);
});

test("what is shed goes by key identifier, carrier and address, never by less [wire §3]", () => {
  const from: Source[] = [HERE, PHONE, { ...PHONE, carrier: "serial" }, { ...HERE, port: 1 }];
  const names = from.map((source) => sourceOf({ kid: "0a0b0c", from: source } as SealedRequest));
  assert.is(new Set(names).size, 3, "the port of one address is no other source");
});

/** A platform with these carriers, and the error that its start ends in. */
async function codeOfOpening(carriers: MemoryCarrier["open"][], udpPort: number): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), "onekey-carriers-"));
  return openPlatform({ dataDir, udpPort, httpPort: 0, carriers }).then(
    async (platform) => {
      await platform.close();
      return "none";
    },
    (error) => error.code,
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4").bind(0, "127.0.0.1", () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}

test("two carriers of one name are refused, and what was open is closed again", async () => {
  const [one, two] = [memoryCarrier("sms"), memoryCarrier("sms")];
  const port = await freePort();
  assert.is(await codeOfOpening([one.open, two.open], port), "bad-option");
  assert.equal([one.isOpen(), two.isOpen()], [false, false]);
  assert.is(await codeOfOpening([one.open], port), "none", "the port is free again");
  assert.is(one.isOpen(), false, "and the end of the platform closes every carrier");
});

test.run();
