// Kinds of a call for help: which one is in hand, what becomes of the others, in which order all goes.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { ALARM } from "../../firmware/core/journal.ts";
import { frameRecord } from "../../firmware/core/pages.ts";
import { LOG_STARTED } from "../../protocol/log-events.ts";
import { WORD_CLOSED, WORD_TAKEN } from "../../protocol/messages.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { readyWorld, World } from "./world.ts";

type Letter = "F" | "Z" | "N";

function concern(world: World, letter: Letter, detail = 0): void {
  world.input({ kind: "concern", letter, detail });
}

function letters(world: World): string[] {
  return world.platform.stored.map((message) => message.letter);
}

for (const [letter, detail, field] of [
  ["F", 0, "number"],
  ["Z", 7, "zone"],
  ["N", 7200, "stillS"],
] as const) {
  test(`a concern ${letter} is raised, told and delivered like a hold, with its own field`, () => {
    const world = readyWorld();
    concern(world, letter, detail);
    world.run(1000);
    assert.equal(world.cues(), ["raised", "delivered"]);
    assert.is(world.state.alarm.letter, letter);
    assert.equal(letters(world), [letter]);
    const report = world.platform.stored[0].report as Record<string, number>;
    assert.is(report[field], field === "number" ? world.state.alarm.number : detail);
    assert.is(world.state.outbox.length, 0);
  });
}

test("a concern waits for nothing: undelivered it is told and sent again as a hold is", () => {
  const world = readyWorld();
  world.up = false;
  concern(world, "F");
  world.run(61000);
  assert.is(world.cues()[0], "raised");
  assert.ok(world.cues().includes("sending") && world.cues().includes("stillTrying"));
  const sends = world.trace.filter(({ effect }) => effect.kind === "send");
  assert.is(sends[3].atMs - sends[0].atMs, 30000);
});

test("a hold while a fall is in hand is an SOS of its own number, and the fall goes on under its own", () => {
  const world = readyWorld();
  world.up = false;
  concern(world, "F");
  const fall = world.state.alarm.number;
  world.run(20000);
  world.hold();
  const sos = world.state.alarm;
  assert.is(sos.letter, "s");
  assert.ok(sos.number > fall);
  assert.is(world.cues().pop(), "raised");
  world.up = true;
  world.run(40000);
  assert.equal(
    world.platform.alarms.map((alarm) => alarm.number),
    [sos.number, fall],
    "what is in hand goes first",
  );
  assert.is(world.state.alarm.stage, "delivered");
  assert.is(world.state.outbox.length, 0);
});

test("a fall while an SOS is in hand changes no cue and goes beside it, before all lesser things", () => {
  const world = readyWorld();
  world.hold();
  world.run(1000);
  world.up = false;
  const before = world.cues().length;
  world.hold();
  concern(world, "F");
  concern(world, "F");
  concern(world, "N", 3600);
  const number = world.state.alarm.number;
  world.run(1000);
  world.up = true;
  world.run(60000);
  assert.is(world.state.alarm.number, number);
  assert.is(world.state.alarm.letter, "s");
  assert.equal(world.cues().slice(before), ["delivered"], "of the further hold alone");
  assert.equal(letters(world).slice(1, 4), ["F", "N", "m"]);
  assert.is(
    world.platform.ofLetter("F").length,
    1,
    "a second one of a kind that waits adds nothing",
  );
});

test("a fall takes the place of a zone that was left; a zone goes beside a fall", () => {
  const world = readyWorld();
  concern(world, "Z", 1);
  concern(world, "F");
  assert.is(world.state.alarm.letter, "F");
  concern(world, "Z", 2);
  assert.is(world.state.alarm.letter, "F");
  world.run(60000);
  assert.equal(new Set(letters(world)), new Set(["Z", "F", "w"]));
});

test("concerns that wait beside an SOS outlive a cut, and so does one that is in hand", () => {
  const world = readyWorld();
  world.up = false;
  concern(world, "N", 1800);
  world.reboot();
  assert.equal([world.state.alarm.letter, world.state.alarm.stage], ["N", "sending"]);
  world.hold();
  concern(world, "F");
  world.reboot();
  assert.is(world.state.alarm.letter, "s");
  world.up = true;
  world.radio("ready");
  world.run(30000);
  assert.equal(letters(world).slice(0, 3), ["s", "F", "N"]);
  assert.is(world.platform.ofLetter("N")[0].report.number, world.platform.alarms[2].number);
  assert.is((world.platform.ofLetter("N")[0].report as { stillS: number }).stillS, 1800);
  world.reboot();
  assert.equal([world.state.alarm.stage, world.state.outbox.length], ["delivered", 0]);
});

test("closed or taken for a call that waits beside what is in hand proves it delivered", () => {
  for (const what of [WORD_TAKEN, WORD_CLOSED]) {
    const world = readyWorld();
    world.platform.tellsTime = true;
    world.hold();
    world.run(100);
    world.down = false;
    concern(world, "Z", 3);
    world.run(100);
    const zone = world.platform.alarms[1];
    const before = world.cues().length;
    world.bring(world.platform.say(what, zone.number));
    assert.not.ok(world.state.outbox.some((item) => item.letter === "Z"));
    assert.ok(
      world.state.outbox.some((item) => item.letter === "o" && item.number === zone.number),
    );
    assert.equal(world.cues().slice(before), []);
    assert.is(world.state.alarm.stage, "delivered");
  }
});

test("three clicks are a mistake of what is in hand, whatever its kind", () => {
  const world = readyWorld();
  concern(world, "F");
  world.run(1000);
  for (let i = 0; i < 3; i++) {
    world.press(100);
    world.run(200);
  }
  world.run(1000);
  assert.is(world.platform.ofLetter("x")[0].report.number, world.state.alarm.number);
  assert.is(world.platform.ofLetter("c").length, 0);
});

test("a journal of three numbers an alarm is still read", () => {
  const world = readyWorld();
  world.up = false;
  world.hold();
  const { number } = world.state.alarm;
  const page = world.storage.pages[2];
  const writes = world.trace.flatMap(({ effect }) => (effect.kind === "write" ? [effect] : []));
  const at = writes.find((write) => write.bytes[1] === ALARM)?.offset ?? -1;
  // [number, stage, time] in CBOR, as an earlier version wrote it.
  const payload = [0x83, number, 1, 0];
  const old = frameRecord(nodeMachine, ALARM, Uint8Array.from(payload));
  page.fill(255, at);
  page.set(old as Uint8Array, at);
  world.reboot();
  assert.equal([world.state.alarm.number, world.state.alarm.letter], [number, "s"]);
  assert.is(world.state.alarm.stage, "sending");
  world.up = true;
  world.radio("ready");
  world.run(1000);
  assert.is(world.platform.alarms[0].number, number);
});

test("a pager without an identity has nothing to say of a concern", () => {
  const world = new World();
  for (const page of world.storage.pages) page.fill(255);
  world.boot();
  world.radio("ready");
  concern(world, "F");
  world.run(10000);
  assert.equal(world.cues(), []);
  const quiet = ["console", "startRadio"];
  const effects = world.trace.filter(({ effect }) => !quiet.includes(effect.kind));
  assert.ok(effects.every(({ effect }) => effect.kind === "log" && effect.event > LOG_STARTED));
});

test.run();
