// The self-test of all parts but the sensors of self-test-sensors.test.ts, and its one report.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { PAGE_OCTETS, PAGES_JOURNAL } from "../../firmware/core/limits.ts";
import { BUSY, DONE, FAILED } from "../../firmware/core/outcomes.ts";
import { startSelfTest } from "../../firmware/core/self-test.ts";
import type { SelfTested } from "../../protocol/messages.ts";
import { WORD_SELF_TEST } from "../../protocol/messages.ts";
import { command, outcomes } from "./orders.ts";
import { readyWorld, World } from "./world.ts";

const KEY = 1;
const LIGHT = 2;
const MOTOR = 4;
const STORAGE = 8;
const SIM = 32;
const REGISTRATION = 64;
const ANSWER = 128;
const SOUND = 256;
const SIGNAL = 1024;

type Tested = Partial<SelfTested>;

function ask(world: World, parts: number, id = 9): void {
  command(world, (moment) => startSelfTest(moment, id, parts));
}

function reports(world: World): Tested[] {
  return world.platform.ofLetter("k").map(({ report }) => report as Tested);
}

test("with a key that is pressed in time every part passes, and the round trip is timed", () => {
  const world = readyWorld();
  world.input({ kind: "card", iccid: "89860000000000000001", imei: "860000000000001" });
  ask(world, 0);
  world.run(10000);
  world.press(200);
  world.run(10000);
  const [tested] = reports(world);
  const { number, passed, failed, signalDbm } = tested;
  assert.equal(
    { number, passed, failed, signalDbm },
    {
      number: 9,
      passed: KEY + LIGHT + MOTOR + STORAGE + SIM + REGISTRATION + ANSWER + SOUND + SIGNAL,
      failed: 0,
      signalDbm: -97,
    },
  );
  assert.is(tested.roundTripMs, 80);
  assert.is(reports(world).length, 1);
  assert.equal(outcomes(world, WORD_SELF_TEST), [{ id: 9, outcome: DONE, detail: 0 }]);
});

test("its cue drives light, motor and sound once; a part that the board lacks is in neither list", () => {
  const world = new World();
  world.input({
    kind: "boot",
    seed: 1,
    keyDown: false,
    outputs: LIGHT + MOTOR,
    identity: world.storage.pages.slice(0, 2),
    journal: world.storage.pages.slice(2, 4),
  });
  world.radio("ready");
  ask(world, LIGHT + MOTOR + SOUND);
  world.run(10000);
  assert.equal(world.cues(), ["selfTest"]);
  assert.is(reports(world)[0].passed, LIGHT + MOTOR);
  assert.is(reports(world)[0].failed, 0);
});

test("a key that nobody pressed was not tested; a round trip without an answer has failed", () => {
  const world = readyWorld();
  world.platform.listening = false;
  ask(world, KEY + ANSWER);
  world.run(61000);
  world.platform.listening = true;
  world.run(60000);
  assert.is(reports(world)[0].passed, 0);
  assert.is(reports(world)[0].failed, ANSWER);
  assert.is(reports(world)[0].roundTripMs, undefined);
});

test("a key that is stuck has failed", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  world.input({ kind: "key", down: true });
  world.run(130000);
  world.bring(world.platform.close(world.platform.alarms[0]));
  world.run(30000);
  ask(world, KEY);
  world.run(10000);
  assert.is(reports(world)[0].failed, KEY);
});

test("storage that refuses the test's record has failed", () => {
  const world = readyWorld();
  world.storage.broken.add(PAGES_JOURNAL);
  ask(world, STORAGE);
  world.run(10000);
  assert.is(reports(world)[0].failed, STORAGE);
});

/** What a test of this one part finds once its minute is over. */
function found(world: World, part: number): [passed: number, failed: number] {
  ask(world, part);
  world.run(61000);
  world.radio("ready");
  world.run(60000);
  const [{ passed = 0, failed = 0 }] = reports(world);
  return [passed, failed];
}

test("a SIM card passes once it was read; one that is missing, locked or broken has failed", () => {
  const [iccid, imei] = ["89860000000000000001", "860000000000001"];
  assert.equal(found(readyWorld(), SIM), [0, SIM]);
  for (const fault of [10, 11, 12, 13]) {
    const world = readyWorld();
    world.input({ kind: "card", iccid, imei });
    world.input({ kind: "card", iccid: "", imei: "", fault });
    assert.equal(found(world, SIM), [0, SIM], `fault ${fault}`);
  }
  const world = readyWorld();
  world.input({ kind: "card", iccid: "", imei: "", fault: 10 });
  world.input({ kind: "card", iccid, imei });
  assert.equal(found(world, SIM), [SIM, 0]);
});

test("a radio that is not registered when its time is over has failed, and one that comes back in it has not", () => {
  for (const state of ["off", "starting", "searching", "denied"] as const) {
    const world = readyWorld();
    world.radio(state);
    assert.equal(found(world, REGISTRATION), [0, REGISTRATION], state);
  }
  const world = readyWorld();
  world.radio("searching");
  ask(world, REGISTRATION);
  world.run(40000);
  world.radio("ready");
  world.run(5000);
  assert.is(reports(world)[0].passed, REGISTRATION);
});

test("a signal that is unknown or below the bound has failed, and at the bound it passes", () => {
  for (const [signalDbm, passes] of [
    [0, false],
    [-140, false],
    [-119, false],
    [-118, true],
    [-44, true],
  ] as const) {
    const world = readyWorld();
    world.input({ kind: "radio", state: "ready", signalDbm, texts: false });
    ask(world, SIGNAL);
    world.run(61000);
    const [{ passed, failed }] = reports(world);
    assert.equal([passed, failed], passes ? [SIGNAL, 0] : [0, SIGNAL], `${signalDbm} dBm`);
  }
});

test("what failed is kept over a reset, and a later test that passes takes it back", () => {
  const world = readyWorld();
  assert.equal(found(world, SIM + REGISTRATION), [REGISTRATION, SIM]);
  // Its report was delivered: behind a page turn nothing else tells of it.
  const { generation } = world.state.journal;
  world.state.journal.at = PAGE_OCTETS - 600;
  world.run(70000);
  assert.is(world.state.journal.generation, generation + 1);
  world.reboot();
  assert.is(world.state.selfTest.failed, SIM);
  // At the console, where nobody waits for a result.
  world.radio("ready");
  world.input({ kind: "card", iccid: "89860000000000000001", imei: "" });
  command(world, (moment) => startSelfTest(moment, 0, SIM));
  world.run(10000);
  world.reboot();
  assert.is(world.state.selfTest.failed, 0);
});

test("power that goes at any stroke finds what failed wherever its report was stored", () => {
  for (let cutAt = 0; cutAt < 30; cutAt++) {
    const world = readyWorld();
    world.storage.cutAt = world.storage.strokes + cutAt;
    try {
      ask(world, SIM);
      world.run(61000);
    } catch (error) {
      assert.is((error as Error).message, "power cut");
    }
    world.reboot();
    const waits = world.state.outbox.some(({ letter }) => letter === "k");
    const told = reports(world).length > 0;
    assert.is(world.state.selfTest.failed, waits || told ? SIM : 0, `cut at stroke ${cutAt}`);
  }
});

test("a check-in by the pressed key doesn't cost the round trip", () => {
  const world = readyWorld();
  world.down = false;
  ask(world, KEY + ANSWER);
  world.run(1000);
  world.press(150);
  world.run(2000);
  world.down = true;
  world.run(50000);
  assert.is(reports(world)[0].failed, 0);
});

test("it is busy while an alarm is open, and an alarm ends one that runs", () => {
  const open = readyWorld();
  open.hold();
  ask(open, 0);
  open.run(5000);
  assert.equal(outcomes(open, WORD_SELF_TEST), [{ id: 9, outcome: BUSY, detail: 0 }]);
  const running = readyWorld();
  ask(running, KEY);
  running.run(1000);
  running.hold();
  running.run(90000);
  assert.equal(outcomes(running, WORD_SELF_TEST), [{ id: 9, outcome: BUSY, detail: 0 }]);
  assert.equal(reports(running), []);
  assert.is(running.platform.alarms.length, 1);
});

test("a report that waits goes behind an alarm and what is said about it", () => {
  const world = readyWorld();
  world.platform.listening = false;
  ask(world, STORAGE);
  world.run(10000);
  world.hold();
  const before = world.platform.stored.length;
  world.platform.listening = true;
  world.run(60000);
  const letters = world.platform.stored.slice(before).map(({ letter }) => letter);
  assert.is(letters[0], "s");
  assert.ok(letters.includes("k"));
});

test("power that goes at any stroke of it leaves one result, and a report where that is done", () => {
  for (let cutAt = 0; cutAt < 40; cutAt++) {
    const world = readyWorld();
    world.storage.cutAt = world.storage.strokes + cutAt;
    let asked = false;
    try {
      ask(world, STORAGE + ANSWER);
      asked = true;
      world.run(20000);
    } catch (error) {
      assert.is((error as Error).message, "power cut");
    }
    world.reboot();
    world.radio("ready");
    world.run(60000);
    // Said twice where the cut came right behind the answer: in the same way.
    const told = [...new Set(outcomes(world, WORD_SELF_TEST).map(({ outcome }) => outcome))];
    const wanted = reports(world).length > 0 ? DONE : FAILED;
    if (asked || told.length > 0) assert.equal(told, [wanted], `cut at stroke ${cutAt}`);
  }
});

test.run();
