// What waits: calls for help always find a place, and nothing goes but on an answer that opened.
// The orders of answers, copies, forgeries, losses and resets come from seeds.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Input } from "../../firmware/core/input.ts";
import { OUTBOX_MAX } from "../../firmware/core/limits.ts";
import { WORD_TAKEN } from "../../protocol/messages.ts";
import type { Octets } from "./platform.ts";
import { readyWorld, type World } from "./world.ts";

const KEPT = ["s", "m", "x", "o", "c"];

function click(world: World, times = 1): void {
  for (let i = 0; i < times; i++) {
    world.press(100);
    world.run(200);
  }
  world.run(800);
}

const lettersOf = (world: World) => world.state.outbox.map(({ letter }) => letter).join("");

/** Check-ins, and results of words about alarms of long ago, until nothing more is let in. */
function fill(world: World): void {
  world.platform.tellsTime = true;
  click(world);
  world.run(2000);
  world.up = false;
  for (let i = 0; i < 6; i++) click(world);
  for (let number = 5001; number < 5030; number++) {
    world.bring(world.platform.say(WORD_TAKEN, number));
  }
  assert.is(world.state.outbox.length, OUTBOX_MAX);
}

test("with a full outbox a hold raises an alarm, and it leaves before all else [R-29]", () => {
  const world = readyWorld();
  fill(world);
  const before = world.air.length;
  world.hold();
  world.run(1000);
  assert.ok(world.air.length > before);
  assert.is(world.state.link.flight?.letter, "s");
  assert.is(world.state.outbox.length, OUTBOX_MAX);
  world.up = true;
  world.run(600000);
  assert.is(world.platform.alarms.length, 1);
  assert.is(world.platform.ofLetter("s").length >= 1, true);
  assert.is(lettersOf(world), "");
  assert.equal(world.platform.complaints, []);
});

test("further holds and a mistake have a place in a full outbox, and crowd out old check-ins first", () => {
  const world = readyWorld();
  fill(world);
  const results = lettersOf(world).split("o").length - 1;
  world.hold();
  // Each further hold comes when the one before it was tried in vain.
  for (let i = 0; i < 6; i++) {
    world.hold();
    for (const item of world.state.outbox) if (item.letter === "m") item.tries = 1;
  }
  click(world, 3);
  const letters = lettersOf(world);
  assert.is(letters.split("m").length - 1, 4, "more of them join the newest");
  for (const letter of ["s", "x", "c"]) assert.is(letters.split(letter).length - 1, 1, letter);
  const left = letters.split("o").length - 1;
  assert.ok(left < results && left > 0, `${left} of ${results} results`);
  assert.is(letters.length, OUTBOX_MAX);
});

test("what a full outbox let go is gone from the journal too", () => {
  const world = readyWorld();
  fill(world);
  world.hold();
  world.run(1000);
  const ids = () => world.state.outbox.filter((item) => KEPT.includes(item.letter)).length;
  const waiting = ids();
  world.reboot();
  assert.is(ids(), waiting);
});

test("a check-in finds a place among results, and joins the one that waits", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  click(world);
  world.run(2000);
  world.up = false;
  for (let number = 5001; number < 5030; number++) {
    world.bring(world.platform.say(WORD_TAKEN, number));
  }
  click(world);
  click(world);
  assert.is(lettersOf(world).split("c").length - 1, 1);
});

// What each item is known by; two further holds of one alarm are two lines.
function waitingIn(world: World): string[] {
  return world.state.outbox
    .filter(({ letter }) => KEPT.includes(letter))
    .map(({ letter, number, what }) => `${letter} ${number} ${what}`);
}

/** Nothing that is kept may vanish but while an octet-true answer of the platform is taken. */
function watch(world: World, bent: Set<Octets>): void {
  const take = world.input.bind(world);
  world.input = (input: Parameters<typeof take>[0]) => {
    const { kind, bytes } = input as Input & { bytes?: Octets };
    const before = kind === "boot" ? [] : waitingIn(world);
    take(input);
    if (kind === "datagram" && !bent.has(bytes as Octets)) return;
    const after = waitingIn(world);
    for (const one of before) assert.ok(after.includes(one), `"${one}" went with "${kind}"`);
  };
}

type Draw = (count: number) => number;

function drawFrom(seed: number): Draw {
  let chance = seed;
  return (count) => {
    chance = (chance * 48271) % 2147483647;
    return chance % count;
  };
}

/** Power goes and comes back: all that waited waits again. */
function restart(world: World, where: string): void {
  const before = waitingIn(world);
  world.reboot();
  assert.equal(waitingIn(world).sort(), before.sort(), `${where}: after a reset`);
  world.radio("ready");
}

/** One life of thirty acts of the wearer, the desk, the air and the battery. */
function live(seed: number): World {
  const draw = drawFrom(seed);
  const world = readyWorld();
  const bent = new Set<Octets>();
  const heard: Octets[] = [];
  const bring = world.bring.bind(world);
  world.bring = (datagram) => {
    heard.push(datagram);
    bring(datagram);
  };
  const copy = () => heard[draw(heard.length)]?.slice();
  const forge = () => {
    const forged = copy();
    if (forged === undefined) return;
    forged[draw(forged.length)] ^= 1 + draw(255);
    bent.add(forged);
    bring(forged);
  };
  const takeOne = () => {
    const alarm = world.platform.alarms[draw(3)];
    if (alarm !== undefined) world.bring(world.platform.take(alarm));
  };
  watch(world, bent);
  world.lost = () => draw(3) === 0;
  world.platform.tellsTime = draw(2) === 0;
  const acts = [
    () => click(world),
    () => world.hold(),
    () => click(world, 3),
    () => world.run(draw(40000)),
    () => bring(copy() ?? new Uint8Array(0)),
    forge,
    takeOne,
    () => restart(world, `seed ${seed}`),
  ];
  for (let act = 0; act < 30; act++) acts[draw(acts.length)]();
  world.lost = () => false;
  world.run(400000);
  return world;
}

test("whatever the order of answers, copies and resets, only an opened answer takes an item out", () => {
  let stored = 0;
  for (let seed = 1; seed <= 300; seed++) {
    const world = live(seed);
    stored += world.platform.stored.filter(({ letter }) => KEPT.includes(letter)).length;
    assert.equal(waitingIn(world), [], `seed ${seed}: all of it came through`);
    // The token is in the clear: a word whose token was bent is answered under that one.
    const complaints = world.platform.complaints.filter((text) => text !== "answer to nothing");
    assert.equal(complaints, [], `seed ${seed}`);
  }
  assert.ok(stored > 1000, `${stored} were stored`);
});

test.run();
