// Pages, records, counters: what storage gives back, whatever happened to it.

import { test } from "uvu";
import * as assert from "uvu/assert";
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

/** Each as if ten minutes lay before it: these clicks are there for what they write. */
function click(world: World): void {
  world.state.key.trains = 0;
  world.press(100);
  world.run(900);
}

function emptyPair() {
  return { first: 2, page: -1, at: 0, generation: 0, torn: 0, tornType: 0, doubtful: false };
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

test("a page that was cut anywhere while it began leaves the other one in force [pager §1.1]", () => {
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
    assert.is(after.torn > 0, words > 0);
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

test("a first reservation that decays was relied on all the same: its numbers are left out", () => {
  const world = readyWorld();
  world.run(40000);
  assert.is(world.platform.ofLetter("b").length > 0, true);
  world.storage.pages[PAGES_JOURNAL].fill(0, world.state.journal.at - 8, world.state.journal.at);
  world.reboot();
  world.radio("ready");
  world.hold();
  assert.is(world.platform.alarms.length, 1);
  assert.equal(world.platform.complaints, []);
});

test("on a torn page that can't be left a further reservation that decays is left out too", () => {
  const world = readyWorld();
  world.batteryMv = 3400;
  world.run(40000);
  for (let i = 0; i < 6; i++) {
    // The newest reservation, which stands right before the note that this run has lasted.
    const page = world.storage.pages[PAGES_JOURNAL];
    const writes = world.trace.flatMap(({ effect }) => (effect.kind === "write" ? [effect] : []));
    const counter = writes.filter(({ bytes }) => bytes[1] === 1).pop();
    const from = counter?.offset ?? 0;
    page.fill(0, from + 4, from + (counter?.bytes.length ?? 0));
    world.reboot();
    world.radio("ready");
    // Another text each time, so that a nonce that serves twice is seen.
    world.input({ kind: "clock", timeS: 200000000 + i, source: "network" });
    world.press(100);
    world.run(5000);
  }
  assert.is(world.count("erase"), 0);
  assert.is(world.platform.ofLetter("c").length, 6);
  assert.equal(world.platform.complaints, []);
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
