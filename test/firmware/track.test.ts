// Points of a track: kept without a network, thinned where they are many, let go on the answer alone.

import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  CALL_OCTETS,
  OUTBOX_MAX,
  ROOM_OCTETS_MIN,
  TRACK_POINTS_MAX,
} from "../../firmware/core/limits.ts";
import { POINTS } from "../../firmware/core/track.ts";
import { LOCATE, WORD_TAKEN } from "../../protocol/messages.ts";
import { TRACK_S_KEY } from "../../protocol/settings.ts";
import { knownWorld } from "./known-world.ts";
import { storageWithRoom } from "./storage.ts";
import { pointsIn, START_S, saidPoints, waiting, walk, walkingWorld } from "./walk.ts";
import { readyWorld, type World } from "./world.ts";

const MINUTE_MS = 60_000;

function noted(world: World): number {
  return world.trace.filter(({ effect }) => effect.kind === "write" && effect.bytes[1] === POINTS)
    .length;
}

function ascending(times: number[]): boolean {
  return times.every((time, i) => i === 0 || time > times[i - 1]);
}

test("a walk without a network comes as one message, each point with its place and time", () => {
  const world = walkingWorld();
  walk(world, 30);
  assert.is(waiting(world).length, 30);
  world.radio("ready");
  world.run(1000);
  assert.is(world.platform.ofLetter("t").length, 1);
  const points = saidPoints(world);
  assert.equal(
    points.map(({ timeS }) => timeS),
    Array.from({ length: 30 }, (_, i) => START_S + 60 * (i + 1)),
  );
  assert.equal(
    points.map(({ latitude }) => latitude),
    Array.from({ length: 30 }, (_, i) => 366_510_000 + 10_000 * i),
  );
  assert.equal(waiting(world), []);
});

test("near a network each point leaves when it is made, and costs no flash", () => {
  const world = walkingWorld();
  world.radio("ready");
  walk(world, 10);
  world.run(1000);
  assert.is(world.platform.ofLetter("t").length, 10);
  assert.is(noted(world), 0);
});

test("where the wearer stays no point is made, and without the setting none at all", () => {
  const still = walkingWorld();
  walk(still, 1);
  for (let i = 0; i < 10; i++) {
    still.run(MINUTE_MS);
    const { latitude } = still.state.position;
    still.input({ kind: "fix", latitude, longitude: 1_171_200_900, uncertaintyM: 20, timeS: 0 });
  }
  assert.is(waiting(still).length, 1);
  const off = walkingWorld(undefined, 0);
  walk(off, 10);
  assert.equal(waiting(off), []);
});

test("satellites are looked for when a point is due, until one came or a minute is over", () => {
  const world = readyWorld();
  world.set(TRACK_S_KEY, 300);
  world.input({ kind: "clock", timeS: START_S, source: "satellite" });
  const wishes = () =>
    world.trace.flatMap(({ effect }) => (effect.kind === "locate" ? [effect.on] : []));
  world.run(290_000);
  assert.equal(wishes(), []);
  world.run(20_000);
  assert.equal(wishes(), [true]);
  walk(world, 1, 5);
  assert.equal(wishes(), [true, false]);
  world.run(290_000);
  assert.equal(wishes(), [true, false]);
  world.run(MINUTE_MS + 20_000);
  assert.equal(wishes(), [true, false, true, false], "indoors");
});

test("a point is let go by the answer alone, and by that to the exchange that said it", () => {
  const world = walkingWorld();
  world.radio("ready");
  world.down = false;
  walk(world, 1);
  world.run(1000);
  const [first] = world.platform.stored.filter(({ letter }) => letter === "t");
  assert.equal(pointsIn(first).length, 1);
  const late = world.air[world.air.length - 1];
  world.up = false;
  walk(world, 3, 60);
  assert.ok(waiting(world).length >= 3);
  const before = waiting(world);
  world.up = true;
  world.radio("searching");
  // The answer to the first exchange comes at last; later ones said more.
  for (const answer of world.platform.hear(late)) world.bring(answer);
  assert.equal(waiting(world), before.slice(1));
});

test("points outlive a reset, and come in order with those that follow", () => {
  const world = walkingWorld();
  walk(world, 20);
  const before = waiting(world);
  world.reboot();
  assert.equal(waiting(world), before);
  world.input({ kind: "clock", timeS: START_S + 20 * 60 + 30, source: "satellite" });
  walk(world, 5);
  world.radio("ready");
  world.run(1000);
  const times = saidPoints(world).map(({ timeS }) => timeS);
  assert.is(times.length, 25);
  assert.ok(ascending(times), `${times}`);
  world.reboot();
  assert.equal(waiting(world), [], "delivered, and known to be");
});

test("of a long walk the line stays and its older detail goes", () => {
  const world = walkingWorld();
  walk(world, 400);
  const times = waiting(world);
  assert.is(times.length, TRACK_POINTS_MAX);
  assert.is(times[0], START_S + 60, "where it began");
  assert.is(times[times.length - 1], START_S + 60 * 400, "where it is");
  assert.ok(ascending(times));
  const gaps = times.slice(1).map((time, i) => time - times[i]);
  assert.equal(gaps.slice(-30), Array(30).fill(60), "newest in full");
  const longest = Math.max(...gaps);
  assert.ok(longest > 600 && longest <= 1920, `${longest} s at most`);
  world.reboot();
  assert.equal(waiting(world), times, "thinned alike");
  world.radio("ready");
  world.run(3000);
  assert.equal(
    saidPoints(world).map(({ timeS }) => timeS),
    times,
  );
  assert.ok(world.air.every((datagram) => datagram.length <= 1280));
});

test("no alarm, check-in or result has less room because of a track", () => {
  const world = knownWorld();
  world.up = false;
  world.set(TRACK_S_KEY, 60);
  walk(world, 100);
  for (let number = 1; number < OUTBOX_MAX; number++) {
    world.bring(world.platform.say(WORD_TAKEN, 9000 + number));
    world.run(10);
  }
  world.press(100);
  world.run(1000);
  const letters = world.state.outbox.map(({ letter }) => letter).join("");
  assert.is(letters.replace("t", ""), `${"o".repeat(OUTBOX_MAX - 1)}c`);
  assert.is(letters.length, OUTBOX_MAX + 1);
  world.hold();
  world.up = true;
  world.run(10 * MINUTE_MS);
  assert.is(world.platform.alarms.length, 1);
  assert.is(world.platform.ofLetter("c").length, 1);
});

test("a track gives way to an alarm at once, and waits until it is closed", () => {
  const world = walkingWorld();
  world.radio("ready");
  world.down = false;
  walk(world, 3);
  assert.is(world.state.link.flight?.letter, "t");
  world.hold();
  assert.is(world.state.link.flight?.letter, "s");
  assert.ok(!world.state.outbox.some(({ letter }) => letter === "t"));
  world.down = true;
  world.run(35_000);
  const said = world.platform.ofLetter("t").length;
  walk(world, 3);
  assert.is(world.platform.ofLetter("t").length, said);
  assert.ok(world.platform.ofLetter("r").length > 0, "the alarm's own reports go on");
  world.bring(world.platform.close(world.platform.alarms[0]));
  world.run(1000);
  assert.ok(world.platform.ofLetter("t").length > said);
  assert.equal(waiting(world), []);
});

test("a track under way gives way to a check-in", () => {
  const world = walkingWorld();
  world.radio("ready");
  world.down = false;
  walk(world, 1);
  world.run(1000);
  assert.is(world.state.link.flight?.letter, "t");
  world.press(100);
  world.run(700);
  assert.is(world.state.link.flight?.letter, "c");
});

test("what a locate finds with an alarm open is told all the same", () => {
  const world = knownWorld();
  world.hold();
  world.run(1000);
  world.bring(world.platform.order(LOCATE, { id: 3, forS: 120 }));
  walk(world, 1, 5);
  world.run(1000);
  assert.is(world.platform.ofLetter("t").length, 1);
});

test("a position without a time waits for it and grows old, and a reset before that forgets it", () => {
  for (const reset of [false, true]) {
    const world = readyWorld();
    world.set(TRACK_S_KEY, 60);
    walk(world, 3);
    assert.equal(waiting(world), []);
    if (reset) world.reboot();
    if (reset) world.radio("ready");
    world.input({ kind: "clock", timeS: START_S, source: "network" });
    world.run(2 * MINUTE_MS);
    const times = saidPoints(world).map(({ timeS }) => timeS);
    assert.equal(times, reset ? [] : [START_S], `reset ${reset}`);
    if (!reset) assert.is(world.platform.ofLetter("t")[0].report.timeFromNetwork, 1);
  }
});

test("a gap that no step tells begins a new message", () => {
  const world = walkingWorld();
  walk(world, 3, 60);
  walk(world, 1, 3670);
  walk(world, 2, 60);
  world.radio("ready");
  world.run(3000);
  assert.equal(
    world.platform.ofLetter("t").map((message) => pointsIn(message).length),
    [3, 3],
  );
});

test("a page is neither turned for points nor filled by them beyond the room of others", () => {
  const world = walkingWorld(storageWithRoom(ROOM_OCTETS_MIN + 60));
  world.batteryMv = 3400;
  world.input({ kind: "battery", batteryMv: 3400, charging: false });
  walk(world, 40);
  assert.is(waiting(world).length, 40);
  assert.is(world.count("erase"), 0);
  assert.ok(4096 - world.state.journal.at > CALL_OCTETS + 300, `${world.state.journal.at}`);
  world.press(100);
  world.run(1000);
  world.reboot();
  assert.ok(
    world.state.outbox.some(({ letter }) => letter === "c"),
    "a check-in found room",
  );
});

test.run();
