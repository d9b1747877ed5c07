// The one key: what a hand does with it and what the pager makes of that.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { LOG_CLICKS_LEFT, LOG_KEY_STUCK } from "../../protocol/log-events.ts";
import { HOLD_MS_KEY } from "../../protocol/settings.ts";
import { readyWorld, World } from "./world.ts";

function allCues(world: World): string[] {
  return world.trace.flatMap(({ effect }) => (effect.kind === "cue" ? [effect.name] : []));
}

function logged(world: World, event: number): number {
  return world.trace.filter(({ effect }) => effect.kind === "log" && effect.event === event).length;
}

function click(world: World): void {
  world.press(150);
  world.run(150);
}

test("a tick is felt each half second while the key is down, from the first moment", () => {
  const world = readyWorld();
  const start = world.nowMs;
  world.input({ kind: "key", down: true });
  world.run(2900);
  const ticks = world.trace.filter(({ effect }) => effect.kind === "cue");
  assert.equal(
    ticks.map(({ atMs }) => atMs - start),
    [30, 500, 1000, 1500, 2000, 2500],
  );
});

test("a hold raises at the moment the time has passed, not at the release", () => {
  const world = readyWorld();
  world.input({ kind: "key", down: true });
  world.run(2999);
  assert.is(world.state.alarm.stage, "none");
  world.run(1);
  assert.is(world.state.alarm.stage, "sending");
});

test("letting go before the time has passed raises nothing", () => {
  const world = readyWorld();
  world.press(2999);
  world.run(5000);
  assert.is(world.state.alarm.stage, "none");
  assert.is(world.platform.alarms.length, 0);
});

test("while a board is busy time stands still for the hand: an edge counts by its own time", () => {
  const short = readyWorld();
  short.input({ kind: "key", down: true });
  short.run(2400);
  // Two seconds in a write; the key went up behind 300 ms of them.
  short.nowMs += 2000;
  short.input({ kind: "storageFault", page: 2, failed: false, turning: false });
  short.lateEdge(false, 1700);
  short.run(5000);
  assert.equal(short.platform.alarms, []);

  const held = readyWorld();
  held.lateEdge(true, 0);
  held.run(500);
  held.nowMs += 4000;
  held.lateEdge(false, 200);
  held.run(1000);
  assert.is(held.platform.alarms.length, 1);
});

test("two presses of which a busy board told nothing until now are two", () => {
  const world = readyWorld();
  world.hold();
  world.nowMs += 5000;
  world.lateEdge(true, 4500);
  world.lateEdge(false, 400);
  world.run(2000);
  assert.is(world.platform.ofLetter("m").length, 1);
});

test("one press raises once, however long the key stays down", () => {
  const world = readyWorld();
  world.press(60000);
  world.run(5000);
  assert.is(world.platform.alarms.length, 1);
  assert.is(world.platform.ofLetter("m").length, 0);
});

test("a trembling hand doesn't cut a hold short", () => {
  const world = readyWorld();
  world.input({ kind: "key", down: true });
  for (let i = 0; i < 9; i++) {
    world.run(300);
    world.input({ kind: "key", down: false });
    world.run(20);
    world.input({ kind: "key", down: true });
  }
  world.run(3000 - 9 * 320);
  assert.is(world.state.alarm.stage, "sending");
});

test("after bounce the final level wins, without any further edge", () => {
  const world = readyWorld();
  for (let i = 0; i < 5; i++) {
    world.input({ kind: "key", down: true });
    world.run(5);
    world.input({ kind: "key", down: false });
    world.run(5);
  }
  world.run(1000);
  assert.equal(allCues(world), [], "it never stood for 30 ms");
  world.input({ kind: "key", down: true });
  world.run(5);
  world.input({ kind: "key", down: false });
  world.run(5);
  world.input({ kind: "key", down: true });
  world.run(3000);
  assert.is(world.state.alarm.stage, "sending");
});

test("a hold that was looked at late is still a hold", () => {
  const world = readyWorld();
  const atMs = world.nowMs;
  world.input({ kind: "key", down: true });
  world.nowMs = atMs + 3500;
  world.input({ kind: "key", down: false });
  assert.is(world.state.alarm.stage, "sending");
});

test("a key that is down at boot counts from boot", () => {
  const world = new World();
  world.boot(true);
  world.run(2999);
  assert.is(world.state.alarm.stage, "none");
  world.run(1);
  assert.is(world.state.alarm.stage, "sending");
});

test("one to three clicks with no alarm open are one check-in, told when it is delivered", () => {
  for (let count = 1; count <= 3; count++) {
    const world = readyWorld();
    for (let i = 0; i < count; i++) click(world);
    assert.is(world.platform.ofLetter("c").length, 0, "600 ms of quiet come first");
    world.run(1000);
    assert.is(world.platform.ofLetter("c").length, 1);
    assert.equal(world.cues(), ["checkinDelivered"]);
  }
});

test("four clicks with no alarm open say nothing: that is not how anybody says to be well", () => {
  const world = readyWorld();
  for (let i = 0; i < 4; i++) click(world);
  world.run(5000);
  assert.is(world.platform.stored.length, 0);
});

test("a click without a network becomes a check-in later, and no cue comes before", () => {
  const world = new World();
  world.boot();
  click(world);
  world.run(30000);
  assert.equal(world.cues(), []);
  world.radio("ready");
  world.run(1000);
  assert.equal(world.cues(), ["checkinDelivered"]);
});

test("check-ins that wait are bounded", () => {
  const world = new World();
  world.boot();
  for (let i = 0; i < 50; i++) {
    click(world);
    world.run(1000);
  }
  assert.is(world.state.outbox.length, 4);
});

test("one or two clicks with an alarm open repeat the present cue", () => {
  const world = readyWorld();
  world.hold();
  click(world);
  world.run(1000);
  click(world);
  click(world);
  world.run(1000);
  assert.equal(world.cues(), ["raised", "delivered", "delivered", "delivered"]);
  assert.is(world.platform.ofLetter("c").length, 0);
  assert.is(world.platform.ofLetter("x").length, 0);
});

test("three clicks with an alarm open report a mistake, which closes nothing", () => {
  const world = readyWorld();
  world.hold();
  for (let i = 0; i < 3; i++) click(world);
  world.run(1000);
  assert.is(world.platform.ofLetter("x").length, 1);
  assert.is(world.platform.ofLetter("x")[0].report.number, world.platform.alarms[0].number);
  assert.is(world.state.alarm.stage, "delivered");
  assert.equal(world.cues(), ["raised", "delivered", "delivered"]);
});

test("a click right before a hold is no check-in", () => {
  const world = readyWorld();
  click(world);
  world.hold();
  world.run(2000);
  assert.is(world.platform.alarms.length, 1);
  assert.is(world.platform.ofLetter("c").length, 0);
});

test("a second hold during an alarm doesn't cancel it", () => {
  const world = readyWorld();
  world.platform.listening = false;
  world.hold();
  for (let i = 0; i < 10; i++) world.hold();
  world.platform.listening = true;
  world.run(60000);
  assert.is(world.state.alarm.stage, "delivered");
  assert.is(world.platform.alarms.length, 1);
  assert.is(world.platform.ofLetter("m").length, 1, "what nobody has seen yet is one report");
});

test("a check-in that is delivered during an alarm gives no cue: the alarm's light stays", () => {
  const world = readyWorld();
  world.platform.listening = false;
  click(world);
  world.run(1000);
  world.hold();
  world.platform.listening = true;
  world.run(60000);
  assert.is(world.platform.ofLetter("c").length, 1);
  assert.not.ok(world.cues().includes("checkinDelivered"));
  world.platform.tellsTime = true;
  world.run(30000);
  world.bring(world.platform.close(world.platform.alarms[0]));
  assert.is(world.cues().pop(), "closed");
});

test("the hold lasts as long as the setting says, read when the key goes down [R-02]", () => {
  for (const holdMs of [1000, 5000]) {
    const world = readyWorld();
    world.set(HOLD_MS_KEY, holdMs);
    world.input({ kind: "key", down: true });
    world.run(holdMs - 1);
    assert.is(world.state.alarm.stage, "none");
    world.set(HOLD_MS_KEY, 3000);
    world.run(1);
    assert.is(world.state.alarm.stage, "sending");
  }
});

test("a key that is stuck raises one alarm, is a fault in the next beat, and is logged once", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  world.input({ kind: "key", down: true });
  world.run(200000);
  assert.is(world.platform.alarms.length, 1);
  assert.is(world.platform.ofLetter("m").length, 0);
  world.bring(world.platform.close(world.platform.alarms[0]));
  world.run(13 * 3600000);
  assert.is(world.platform.alarms.length, 1);
  const beat = world.platform.ofLetter("b")[0].report as { state?: number };
  assert.is(beat.state, 8);
  assert.is(logged(world, LOG_KEY_STUCK), 1);
});

test("a stuck key says nothing more until it was up for a second, then it is a key again", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  world.press(130000);
  world.run(1000 - 1);
  world.bring(world.platform.close(world.platform.alarms[0]));
  world.press(4000);
  world.run(500);
  world.press(200);
  world.run(500);
  assert.is(world.platform.alarms.length, 1, "it never was up for a second");
  assert.is(world.platform.ofLetter("c").length, 0);
  world.run(1000);
  world.hold();
  assert.is(world.platform.alarms.length, 2);
});

test("with a stuck key the alarm of its press goes on: pulses, reports, delivered, taken", () => {
  const world = readyWorld();
  world.platform.listening = false;
  world.input({ kind: "key", down: true });
  world.run(140000);
  const pulses = world.cues().length;
  world.run(60000);
  assert.ok(world.cues().length >= pulses + 3);
  world.platform.listening = true;
  world.run(60000);
  assert.is(world.state.alarm.stage, "delivered");
});

test("a stuck key doesn't keep the journal from making room while nothing goes on", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  world.input({ kind: "key", down: true });
  world.run(130000);
  world.bring(world.platform.close(world.platform.alarms[0]));
  world.run(1000);
  world.state.journal.at = 3600;
  world.run(120000);
  assert.ok(world.state.journal.at < 200);
});

test("water in the key, minutes of edges: at most one alarm, and check-ins with a bound", () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const world = readyWorld();
    let bits = seed;
    for (let i = 0; i < 3000; i++) {
      bits = (bits * 48271) % 2147483647;
      world.input({ kind: "key", down: i % 2 === 0 });
      // Every second seed: single blips far apart, each of which looks like a click.
      world.run(seed % 2 === 0 && i % 2 === 1 ? 700 + (bits % 3000) : bits % 250);
    }
    world.input({ kind: "key", down: false });
    world.run(10000);
    assert.ok(world.platform.alarms.length <= 1, `${world.platform.alarms.length} alarms`);
    const said = world.platform.ofLetter("c").length + world.platform.ofLetter("x").length;
    const spans = Math.ceil(world.nowMs / 600000);
    assert.ok(said <= 6 * spans, `${said} messages by clicks in ${spans} spans of ten minutes`);
  }
});

test("six clicks in ten minutes are six check-ins, and ten minutes later the next one counts", () => {
  const world = readyWorld();
  for (let i = 0; i < 9; i++) {
    click(world);
    world.run(20000);
  }
  assert.is(world.platform.ofLetter("c").length, 6);
  assert.is(logged(world, LOG_CLICKS_LEFT), 1);
  world.run(600000);
  click(world);
  world.run(5000);
  assert.is(world.platform.ofLetter("c").length, 7);
});

test("held but never activated: its own cue, and the alarm goes out all the same [R-10]", () => {
  const world = readyWorld();
  world.state.activated = false;
  world.hold();
  assert.is(world.platform.alarms.length, 1);
  assert.equal(world.cues(), ["notActivated", "delivered"]);
});

test.run();
