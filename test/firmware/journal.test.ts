// Pages, records, counters: what storage gives back, whatever happened to it.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { STORAGE_FAULTS } from "../../firmware/core/counts.ts";
import {
  PAGE_OCTETS,
  PAGES_IDENTITY,
  PAGES_JOURNAL,
  RESERVE_COUNT_MIN,
  SKIP_COUNT,
} from "../../firmware/core/limits.ts";
import { frameNumbers, openPages, pageImage, readNumbers } from "../../firmware/core/pages.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { type Octets, Platform } from "./platform.ts";
import { provisionedStorage } from "./storage.ts";
import { readyWorld, World } from "./world.ts";

function click(world: World): void {
  world.press(100);
  world.run(900);
}

function emptyPair() {
  return { first: 2, page: -1, at: 0, generation: 0, torn: false, doubtful: false };
}

function pageWith(generation: number, records: number[][]): Octets {
  const page = new Uint8Array(PAGE_OCTETS).fill(255);
  const facts = records.map((numbers) => frameNumbers(nodeMachine, 9, numbers));
  page.set(pageImage(nodeMachine, 2, generation, facts) as Octets);
  return page;
}

function valuesIn(pages: Octets[]): number[] {
  const records = openPages(nodeMachine, pages, emptyPair());
  return records.map((record) => readNumbers(record.payload, 1)[0]);
}

test("the page of the higher generation counts", () => {
  assert.equal(valuesIn([pageWith(4, [[1]]), pageWith(5, [[2]])]), [2]);
  assert.equal(valuesIn([pageWith(6, [[1]]), pageWith(5, [[2]])]), [1]);
});

test("a page that was cut anywhere while it began leaves the other one in force", () => {
  const older = pageWith(4, [[1]]);
  const newer = pageWith(5, [[2], [3], [4]]);
  const pair = emptyPair();
  openPages(nodeMachine, [older, newer], pair);
  for (let cut = 0; cut < pair.at; cut += 4) {
    const torn = newer.slice().fill(255, cut);
    assert.equal(valuesIn([older, torn]), [1], `cut at ${cut}`);
  }
});

test("a torn record is passed over with all before it kept", () => {
  const page = pageWith(1, [[1], [2]]);
  const pair = emptyPair();
  const blank = new Uint8Array(PAGE_OCTETS).fill(255);
  openPages(nodeMachine, [page, blank], pair);
  const framed = frameNumbers(nodeMachine, 9, [1234567, 7654321]) as Octets;
  for (let words = 0; words * 4 < framed.length; words++) {
    const torn = page.slice();
    torn.set(framed.slice(0, words * 4), pair.at);
    const after = emptyPair();
    assert.is(openPages(nodeMachine, [torn, blank], after).length, 2);
    assert.is(after.torn, words > 0);
  }
});

test("any octet that decays in a record is noticed", () => {
  const page = pageWith(1, [[1], [2]]);
  const pair = emptyPair();
  openPages(nodeMachine, [page, page], pair);
  for (let at = 0; at < pair.at; at++) {
    const worn = page.slice();
    worn[at] ^= 4;
    const values = valuesIn([worn, new Uint8Array(PAGE_OCTETS).fill(255)]);
    const padding = values.length === 2 && values[0] === 1 && values[1] === 2;
    assert.ok(padding || values.length < 2, `octet ${at}: ${values}`);
  }
});

test("pages of the identity are not taken for pages of the journal", () => {
  const storage = provisionedStorage();
  const identity = [storage.pages[PAGES_IDENTITY], storage.pages[PAGES_IDENTITY + 1]];
  assert.equal(openPages(nodeMachine, identity, emptyPair()), []);
});

test("thousands of records and many page turns lose nothing and use no number twice", () => {
  const world = readyWorld();
  for (let i = 1; i <= 1500; i++) {
    click(world);
    if (i % 40 === 0) {
      world.reboot();
      world.radio("ready");
      world.run(2000);
    }
  }
  world.run(60000);
  const checkIns = world.platform.ofLetter("c").map((message) => message.report.number);
  assert.is(checkIns.length, 1500);
  assert.is(new Set(checkIns).size, 1500);
  assert.equal(world.state.outbox, []);
  assert.equal(world.platform.complaints, []);
  const turns = world.count("erase");
  assert.ok(turns >= 8, `${turns} page turns`);
});

test("room for an alarm is made while nothing goes on, not when the key is held", () => {
  const world = readyWorld();
  world.platform.listening = false;
  while (PAGE_OCTETS - world.state.journal.at >= 1024) {
    world.platform.listening = true;
    click(world);
  }
  const generation = world.state.journal.generation;
  world.run(61000);
  assert.is(world.state.journal.generation, generation + 1);
  assert.ok(world.state.journal.at < 200);
});

/** Clicks on a weak battery until no ordinary record has room any more [pager §1.2]. */
function fillOnWeakBattery(world: World): void {
  world.input({ kind: "battery", batteryMv: 3300, charging: false });
  while (!world.state.journal.owed) click(world);
}

function callOnce(world: World): void {
  world.hold();
  world.run(1000);
  const alarm = world.platform.alarms[world.platform.alarms.length - 1];
  world.bring(world.platform.take(alarm));
  world.run(1000);
  world.bring(world.platform.close(alarm));
  world.run(1000);
}

test("a weak battery and a full page: eight alarms still find room, without an erase", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  fillOnWeakBattery(world);
  for (let i = 1; i <= 8; i++) {
    callOnce(world);
    const number = world.state.alarm.number;
    world.reboot();
    world.input({ kind: "battery", batteryMv: 3300, charging: false });
    world.radio("ready");
    world.run(2000);
    assert.equal([world.state.alarm.number, world.state.alarm.stage], [number, "closed"], `${i}`);
  }
  assert.is(world.platform.alarms.length, 8);
  assert.is(world.count("erase"), 0);
  assert.equal(world.platform.complaints, []);
});

test("on a weak battery an alarm is written behind a torn record, and found there", () => {
  for (let octets = 1; octets < 200; octets += 7) {
    const world = readyWorld();
    click(world);
    world.storage.pages[PAGES_JOURNAL]
      .fill(0x5a, world.state.journal.at)
      .fill(255, world.state.journal.at + octets);
    world.reboot();
    world.input({ kind: "battery", batteryMv: 3300, charging: false });
    world.hold();
    const number = world.state.alarm.number;
    world.reboot();
    assert.is(world.state.alarm.number, number, `${octets} octets torn`);
    assert.is(world.state.alarm.stage, "sending");
    assert.is(world.count("erase"), 0);
  }
});

test("on a weak battery a refused write of an alarm is done again behind what it left", () => {
  const world = readyWorld();
  world.up = false;
  click(world);
  world.input({ kind: "battery", batteryMv: 3300, charging: false });
  world.hold();
  const number = world.state.alarm.number;
  const at = world.state.journal.at;
  // What was refused is in pieces; the fault comes behind the step, as from a board.
  world.storage.pages[PAGES_JOURNAL].fill(0, at - 16, at);
  world.input({ kind: "storageFault", page: PAGES_JOURNAL, failed: true, turning: false });
  world.reboot();
  assert.equal([world.state.alarm.number, world.state.alarm.stage], [number, "sending"]);
  assert.is(world.count("erase"), 0);
});

test("below 3.5 V no page is erased; an alarm goes out all the same and is written when it can be", () => {
  const world = readyWorld();
  fillOnWeakBattery(world);
  // More calls than any page keeps room for.
  world.state.journal.at = PAGE_OCTETS - 4;
  world.run(120000);
  const before = world.trace.length;
  world.platform.listening = false;
  world.hold();
  world.hold();
  world.run(1000);
  const kinds = world.trace.slice(before).map(({ effect }) => effect.kind);
  assert.ok(kinds.includes("send"));
  assert.not.ok(kinds.includes("erase"));
  assert.is(world.state.journal.owed, true);
  world.input({ kind: "battery", batteryMv: 3300, charging: true });
  assert.is(world.state.journal.owed, false);
  const number = world.state.alarm.number;
  world.reboot();
  assert.is(world.state.alarm.number, number);
  assert.is(world.state.alarm.stage, "sending");
  assert.is(world.state.outbox.length, 2);
});

test("a failed write holds no alarm back, and the journal goes on in the other page at once [wire §1.4]", () => {
  const world = readyWorld();
  world.storage.broken.add(PAGES_JOURNAL);
  world.hold();
  assert.is(world.state.alarm.stage, "delivered");
  assert.is(world.platform.alarms.length, 1);
  assert.is(world.state.counts[STORAGE_FAULTS], 1);
  const number = world.state.alarm.number;
  world.reboot();
  assert.is(world.state.alarm.number, number);
  assert.is(world.state.alarm.stage, "delivered");
});

test("with both journal pages broken an alarm is delivered, taken and closed all the same", () => {
  const world = readyWorld();
  world.storage.broken.add(PAGES_JOURNAL);
  world.storage.broken.add(PAGES_JOURNAL + 1);
  world.platform.tellsTime = true;
  world.hold();
  world.run(30000);
  assert.is(world.state.alarm.stage, "delivered");
  world.run(3600000);
  const erases = world.count("erase");
  assert.ok(erases > 3 && erases < 20, `${erases} tries, further and further apart`);
  world.storage.broken.clear();
  world.run(3 * 3600000);
  assert.is(world.state.journal.owed, false);
  world.reboot();
  assert.is(world.state.alarm.stage, "delivered");
});

test("a page that fails right behind its erase is tried again and the whole one stays untouched", () => {
  const world = readyWorld();
  const good = PAGES_JOURNAL;
  const bad = PAGES_JOURNAL + 1;
  world.storage.broken.add(bad);
  world.press(100);
  world.run(1000);
  // The page in use reports a fault once: the journal has to move to the broken one.
  world.input({ kind: "storageFault", page: good, failed: true, turning: false });
  world.run(600000);
  const erased = world.trace.flatMap(({ effect }) =>
    effect.kind === "erase" ? [effect.page] : [],
  );
  assert.ok(erased.length > 2);
  assert.ok(erased.every((page) => page === bad));
});

test("a start that finds its journal torn leaves out what may have been reserved behind it", () => {
  const world = readyWorld();
  world.hold();
  const before = world.state.counters[0].reservedTo;
  const at = world.state.journal.at;
  // Something was being written there when power went.
  world.storage.pages[PAGES_JOURNAL][at] = 0;
  world.reboot();
  assert.is(world.state.counters[0].next, before + SKIP_COUNT);
  assert.is(world.state.alarm.stage, "delivered");
  world.radio("ready");
  world.run(100000);
  world.reboot();
  assert.is(world.state.journal.doubtful, false);
});

test("a record that fails right behind a good page turn doesn't cost the page that was turned", () => {
  const world = readyWorld();
  world.press(100);
  world.run(1000);
  world.input({ kind: "storageFault", page: PAGES_JOURNAL, failed: true, turning: false });
  world.run(1000);
  assert.is(world.state.journal.page, 1);
  world.input({ kind: "storageFault", page: PAGES_JOURNAL + 1, failed: true, turning: false });
  world.run(2000);
  // All that counts stands on the page left, whatever becomes of the other.
  assert.is(world.state.journal.page, 0);
  const erased = world.trace.flatMap(({ effect }) =>
    effect.kind === "erase" ? [effect.page] : [],
  );
  assert.equal(erased, [PAGES_JOURNAL + 1, PAGES_JOURNAL]);
});

test("where no page holds a journal, a page that fails is left for the other one", () => {
  const storage = provisionedStorage();
  const [bad, sound] = [PAGES_JOURNAL, PAGES_JOURNAL + 1];
  for (const page of [bad, sound]) storage.pages[page].fill(255);
  storage.broken.add(bad);
  const world = new World({ storage });
  world.boot();
  world.radio("ready");
  world.run(10000);
  assert.is(world.state.journal.page, 1);
  // The spare slot is known again after the next start, and a hold raises an alarm under it.
  world.reboot();
  world.radio("ready");
  world.hold();
  assert.is(world.state.alarm.stage, "delivered");
  assert.equal(world.state.identity.dropped, [true, false]);
});

test("a write that was only slow is counted, and nothing is put at risk by writing it anew", () => {
  const world = readyWorld();
  world.press(100);
  world.run(5000);
  const before = world.count("erase") + world.count("write");
  world.input({ kind: "storageFault", page: PAGES_JOURNAL, failed: false, turning: false });
  world.run(3600000);
  assert.is(world.state.counts[STORAGE_FAULTS], 1);
  assert.is(world.count("erase") + world.count("write"), before);
});

test("numbers stay reserved ahead, so that a page that fails later stops nothing [wire §1.4]", () => {
  const world = readyWorld();
  for (let i = 0; i < 400; i++) {
    click(world);
    const counter = world.state.counters[0];
    assert.ok(counter.reservedTo - counter.next >= RESERVE_COUNT_MIN - 1);
  }
});

test("a start begins behind all that was reserved [wire §2.1]", () => {
  const world = readyWorld();
  click(world);
  const reservedTo = world.state.counters[0].reservedTo;
  world.reboot();
  assert.is(world.state.counters[0].next, reservedTo);
});

test("a journal that can't be read costs the slot in use for good, and the spare one serves [wire §1.5]", () => {
  const platform = new Platform();
  const world = new World({ platform });
  world.boot();
  world.radio("ready");
  click(world);
  for (const page of [PAGES_JOURNAL, PAGES_JOURNAL + 1]) world.storage.pages[page].fill(0x5a);
  world.reboot();
  world.radio("ready");
  world.hold();
  assert.is(platform.alarms.length, 1);
  assert.is(platform.alarms[0].slot, 1);
  world.reboot();
  world.radio("ready");
  world.run(60000);
  assert.is(world.state.alarm.stage, "delivered");
  assert.equal(world.state.identity.dropped, [true, false]);
  assert.equal(platform.complaints, []);
});

test("a cut while a slot is given up never costs the spare one", () => {
  for (let cutAt = 0; ; cutAt++) {
    const storage = provisionedStorage();
    for (const page of [PAGES_JOURNAL, PAGES_JOURNAL + 1]) storage.pages[page].fill(255);
    storage.cutAt = cutAt;
    const world = new World({ storage });
    let cut = false;
    try {
      world.boot();
    } catch {
      cut = true;
    }
    world.reboot();
    world.radio("ready");
    world.hold();
    assert.is(world.platform.alarms.length, 1, `cut at ${cutAt}`);
    assert.is(world.platform.alarms[0].slot, 1);
    if (!cut) {
      assert.ok(cutAt > 10);
      break;
    }
  }
});

test("a drop mark that was cut still counts when the journal is lost again", () => {
  const lose = (world: World) => {
    for (const page of [PAGES_JOURNAL, PAGES_JOURNAL + 1]) world.storage.pages[page].fill(255);
  };
  const probe = new World();
  lose(probe);
  probe.boot();
  const strokes = probe.storage.strokes;
  for (let cutAt = 0; cutAt < strokes; cutAt++) {
    const world = new World();
    lose(world);
    world.storage.cutAt = cutAt;
    assert.throws(() => world.boot(), /power cut/);
    for (let i = 0; i < 3; i++) {
      world.reboot();
      world.radio("ready");
      // Another text each time, so that a nonce that serves twice is seen.
      world.input({ kind: "clock", timeS: 200000000 + i, source: "network" });
      world.hold();
      world.run(20000);
      lose(world);
    }
    assert.equal(world.platform.complaints, [], `cut at ${cutAt}`);
  }
});

test("what waited before a reset and what came after it are told apart", () => {
  const world = new World();
  for (let i = 0; i < 3; i++) {
    world.reboot();
    click(world);
  }
  assert.is(new Set(world.state.outbox.map((item) => item.id)).size, 3);
  world.radio("ready");
  world.run(1000);
  assert.is(world.platform.ofLetter("c").length, 3);
  world.reboot();
  assert.equal(world.state.outbox, []);
});

test("with both counters lost nothing is sealed any more, and the wearer is told", () => {
  const world = new World();
  for (let i = 0; i < 2; i++) {
    for (const page of [PAGES_JOURNAL, PAGES_JOURNAL + 1]) world.storage.pages[page].fill(255);
    world.reboot();
  }
  world.radio("ready");
  world.hold();
  assert.equal(world.cues(), ["notActivated"]);
  assert.is(world.air.length, 0);
});

test("a slot with few numbers left gives way to the spare while no alarm is open", () => {
  const world = new World();
  world.boot();
  world.state.counters[0].next = 16777216 - 4096;
  world.state.counters[0].reservedTo = world.state.counters[0].next;
  world.radio("ready");
  world.hold();
  assert.is(world.platform.alarms[0].slot, 0);
  world.platform.tellsTime = true;
  world.run(30000);
  assert.is(world.platform.ofLetter("w").pop()?.slot, 0, "an open alarm keeps its identity");
  const alarm = world.platform.alarms[0];
  world.platform.pending.push({ what: 2, value: alarm.number, slot: 0 });
  world.run(30000);
  assert.is(world.state.alarm.stage, "closed");
  world.hold();
  assert.is(world.platform.alarms[1].slot, 1);
  world.reboot();
  world.radio("ready");
  world.run(30000);
  assert.is(world.state.alarm.stage, "delivered");
  assert.equal(world.platform.complaints, []);
});

test.run();
