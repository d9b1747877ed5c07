// Storage that refuses, and a battery too weak to erase: alarms go out, and are written where they can.
// Every page here is the real core's; only the flash below it fails.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { STORAGE_FAULTS } from "../../firmware/core/counts.ts";
import { PAGE_OCTETS, PAGES_JOURNAL } from "../../firmware/core/limits.ts";
import { numberOf, textOf } from "../../firmware/core/settings.ts";
import { CHANGE_SETTINGS } from "../../protocol/messages.ts";
import { provisionedStorage, storageWithRoom } from "./storage.ts";
import { readyWorld, World } from "./world.ts";

function click(world: World): void {
  world.press(100);
  world.run(900);
}

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

test("a weak battery and a full page: four alarms still find room, without an erase", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  fillOnWeakBattery(world);
  for (let i = 1; i <= 4; i++) {
    callOnce(world);
    const number = world.state.alarm.number;
    world.reboot();
    world.input({ kind: "battery", batteryMv: 3300, charging: false });
    world.radio("ready");
    world.run(2000);
    assert.equal([world.state.alarm.number, world.state.alarm.stage], [number, "closed"], `${i}`);
  }
  const held = world.platform.ofLetter("s").map(({ report }) => report.number);
  assert.is(new Set(held).size, 4);
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

test("on a weak battery an alarm is found behind a record of any length that left no trace", () => {
  for (let octets = 4; octets <= 256; octets += 4) {
    const world = readyWorld();
    click(world);
    world.input({ kind: "battery", batteryMv: 3300, charging: false });
    // What was refused was to stand here, and nothing of it does.
    world.state.journal.at += octets;
    world.input({ kind: "storageFault", page: PAGES_JOURNAL, failed: true, turning: false });
    world.hold();
    const number = world.state.alarm.number;
    world.reboot();
    assert.is(world.state.alarm.number, number, `${octets} octets`);
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

test("below 3.5 V no page is erased; an alarm goes out and is written when it can be [pager §1.2]", () => {
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

test("on a weak battery and a full page numbers are noted before they serve all the same [wire §1.4]", () => {
  const world = new World({ storage: storageWithRoom(4) });
  world.batteryMv = 3300;
  world.boot();
  for (let i = 0; i < 3; i++) {
    world.radio("ready");
    // Another text each time, so that a nonce that serves twice is seen.
    world.input({ kind: "clock", timeS: 200000000 + i, source: "network" });
    world.hold();
    world.run(1000);
    world.reboot();
  }
  assert.ok(world.platform.alarms.length > 0);
  assert.equal(world.platform.complaints, []);
});

test("a change of settings for which a weak battery has no room is forgotten as a whole", () => {
  let kept = 0;
  let lost = 0;
  for (let room = 540; room < 900; room += 4) {
    const world = new World({ storage: storageWithRoom(room) });
    world.batteryMv = 3300;
    world.boot();
    world.radio("ready");
    world.platform.tellsTime = true;
    world.run(31_000);
    // The longest row goes first: what follows it might find room where it did not.
    const number = "+".padEnd(13 + (room % 12), "9");
    const list = [68, Buffer.from(number), 1, 2000];
    world.bring(world.platform.order(CHANGE_SETTINGS, { id: 5, settings: 1, list }));
    assert.is(world.state.settings.version, 1);
    world.reboot();
    const values = [
      world.state.settings.version,
      numberOf(world.state, 1),
      textOf(world.state, 68),
    ];
    if (values[0] === 1) kept += 1;
    else lost += 1;
    assert.equal(values, values[0] === 1 ? [1, 2000, number] : [0, 3000, ""], `room ${room}`);
    assert.is(world.count("erase"), 0);
  }
  assert.ok(kept > 5 && lost > 5, `${kept} kept, ${lost} lost`);
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

test("an alarm that no page takes leaves as soon as there is a network [pager §2.2]", () => {
  const world = readyWorld();
  world.radio("searching");
  world.storage.broken.add(PAGES_JOURNAL);
  world.storage.broken.add(PAGES_JOURNAL + 1);
  world.hold();
  world.run(20000);
  assert.ok(world.state.journal.owed);
  world.radio("ready");
  world.run(1000);
  assert.is(world.state.alarm.stage, "delivered");
  assert.is(world.platform.alarms.length, 1);
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

test("where a page turn is refused the page before it goes on, and an alarm finds room in it", () => {
  const world = readyWorld();
  world.storage.broken.add(PAGES_JOURNAL + 1);
  while (world.count("erase") === 0) click(world);
  assert.is(world.state.journal.page, 0);
  for (let i = 0; i < 60; i++) click(world);
  world.up = false;
  world.hold();
  const number = world.state.alarm.number;
  const reservedTo = world.state.counters[0].reservedTo;
  world.reboot();
  assert.equal([world.state.alarm.number, world.state.alarm.stage], [number, "sending"]);
  assert.is(world.state.counters[0].reservedTo, reservedTo);
});

test("an alarm raised in the very step whose page turn is refused outlives a reset", () => {
  const world = readyWorld();
  world.up = false;
  world.storage.broken.add(PAGES_JOURNAL + 1);
  // The page in use reports a fault: the journal has to move, and can't.
  world.input({ kind: "key", down: true });
  world.run(2900);
  world.input({ kind: "storageFault", page: PAGES_JOURNAL, failed: true, turning: false });
  world.run(200);
  assert.equal(world.cues(), ["raised"]);
  const number = world.state.alarm.number;
  world.reboot();
  assert.equal([world.state.alarm.number, world.state.alarm.stage], [number, "sending"]);
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
  // Past the first beat, behind which the page of the keys is told how far the spare may go.
  world.run(120_000);
  const before = world.count("erase") + world.count("write");
  world.input({ kind: "storageFault", page: PAGES_JOURNAL, failed: false, turning: false });
  world.run(3600000);
  assert.is(world.state.counts[STORAGE_FAULTS], 1);
  assert.is(world.count("erase") + world.count("write"), before);
});

test.run();
