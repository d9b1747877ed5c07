// How often normal use erases each page of the journal: a year of the real core, and five of them judged.
// Prints the figure; nothing is assumed about records but what the core writes.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { wearPercent } from "../../firmware/core/journal.ts";
import { PAGES_JOURNAL } from "../../firmware/core/limits.ts";
import { TRACK_S_KEY } from "../../protocol/settings.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { Platform } from "./platform.ts";
import { readyWorld, type World } from "./world.ts";

const HOUR_MS = 3600000;
const DAYS = 365;
const YEARS = 5;
/** What the maker of the flash promises for one page. */
const RATED = 10000;

function click(world: World): void {
  world.press(200);
  world.run(1000);
}

/** An hour's walk: a place 700 m on, every ten minutes; or, on each, one 70 m on every minute. */
function walk(world: World, day: number, rounds: number): void {
  for (let i = 1; i <= rounds; i++) {
    world.run(HOUR_MS / rounds);
    const steps = i < rounds / 2 ? i : rounds - i;
    const latitude = 366500000 + (420000 / rounds) * steps + (day % 7);
    world.input({ kind: "fix", latitude, longitude: 1171200000, uncertaintyM: 20, timeS: 0 });
  }
}

function call(world: World): void {
  world.hold();
  world.run(60000);
  const alarm = world.platform.alarms[world.platform.alarms.length - 1];
  world.bring(world.platform.take(alarm));
  world.run(20 * 60000);
  world.bring(world.platform.close(alarm));
  world.run(60000);
}

/** Charged each week; on the evening before that the battery is low, and the pager restarts. */
function endWeek(world: World): void {
  world.batteryMv = 3600;
  world.input({ kind: "battery", batteryMv: 3600, charging: false });
  world.reboot();
  world.radio("ready");
  world.run(HOUR_MS);
  world.batteryMv = 4000;
  world.input({ kind: "battery", batteryMv: 4000, charging: true });
  world.run(HOUR_MS);
  world.input({ kind: "battery", batteryMv: 4100, charging: false });
}

/** A year of days of this walk; erases of the page that had the most, in five of such years. */
function fiveYears(world: World, walkOf: (day: number) => void): number {
  for (let day = 1; day <= DAYS; day++) {
    world.run(9 * HOUR_MS);
    click(world);
    walkOf(day);
    if (day % 60 === 0) call(world);
    if (day % 7 === 0) endWeek(world);
    world.run(14 * HOUR_MS);
    // What was looked at is let go: a year is long.
    world.air.length = 0;
  }
  assert.is(world.platform.ofLetter("c").length, DAYS);
  assert.is(world.platform.alarms.length, 6);
  assert.ok(world.platform.ofLetter("b").length >= 2 * DAYS - 60);
  const erases = [0, 0];
  for (const { effect } of world.trace) {
    if (effect.kind === "erase") erases[effect.page - PAGES_JOURNAL] += 1;
  }
  const most = Math.max(...erases) * YEARS;
  console.log(`${erases.join(" and ")} erases in a year, ${most} in five of ${RATED}`);
  assert.equal(world.platform.complaints, []);
  return most;
}

test("five years of normal use stay far below ten thousand erases of a page", () => {
  const world = readyWorld({ platform: new Platform() });
  world.platform.tellsTime = true;
  const most = fiveYears(world, (day) => walk(world, day, 6));
  assert.ok(most > 0 && most < RATED / 10, `${most}`);
});

test("so do five years of a walk each day whose points wait for a network until its end", () => {
  const world = readyWorld({ platform: new Platform() });
  world.set(TRACK_S_KEY, 60);
  world.platform.tellsTime = true;
  const most = fiveYears(world, (day) => {
    world.radio("searching");
    walk(world, day, 60);
    world.radio("ready");
    // Each day has its time: what nobody tells anew would else come twice.
    world.platform.timeS += 86400;
    world.run(1000);
  });
  assert.ok(world.platform.ofLetter("t").length >= DAYS);
  assert.ok(most > 0 && most < RATED / 10, `${most}`);
});

test("wear is told in percent of what a page is rated for", () => {
  const world = readyWorld();
  assert.is(wearPercent(nodeMachine, world.state), 0);
  world.state.journal.generation = 2 * RATED;
  assert.is(wearPercent(nodeMachine, world.state), 100);
  world.state.journal.generation = 201;
  assert.is(wearPercent(nodeMachine, world.state), 1);
});

test.run();
