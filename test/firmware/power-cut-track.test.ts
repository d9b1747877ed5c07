// Power is cut at every stroke while a track is noted, moved to the other page, and delivered.
// No point is lost that was noted before the cut, and none is said that nobody walked.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { ROOM_OCTETS_MIN } from "../../firmware/core/limits.ts";
import { PowerCut, provisionedStorage, type Storage, storageWithRoom } from "./storage.ts";
import { START_S, saidPoints, waiting, walk, walkingWorld } from "./walk.ts";
import type { World } from "./world.ts";

interface Walked {
  world: World;
  /** Of the points that were noted whole before the cut. */
  sure: number[];
  cut: boolean;
  strokes: number;
}

/** Five minutes out of the network, quiet for as long, and back into it; power may go on the way. */
function live(storage: Storage, cutAt: number, unwritten: number): Walked {
  const world = walkingWorld(storage);
  walk(world, 3);
  const before = world.storage.strokes;
  world.storage.cutAt = cutAt < 0 ? -1 : before + cutAt;
  world.storage.unwritten = unwritten;
  const walked: Walked = { world, sure: waiting(world), cut: false, strokes: 0 };
  try {
    for (let i = 0; i < 3; i++) {
      walk(world, 1);
      walked.sure = waiting(world);
    }
    world.run(300_000);
    world.radio("ready");
    world.run(40_000);
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
    walked.cut = true;
    world.reboot();
    world.input({ kind: "clock", timeS: START_S + 3600, source: "satellite" });
    walk(world, 1);
    world.radio("ready");
    world.run(40_000);
  }
  walked.strokes = world.storage.strokes - before;
  return walked;
}

function expectAll({ world, sure }: Walked, where: string): void {
  const times = saidPoints(world).map(({ timeS }) => timeS);
  for (const time of sure) assert.ok(times.includes(time), `${where}: ${time} in ${times}`);
  for (const { timeS, latitude } of saidPoints(world)) {
    if (timeS > START_S + 3000) continue;
    assert.is(latitude, 366_500_000 + ((timeS - START_S) / 60) * 10_000, where);
  }
  assert.equal(waiting(world), [], where);
  world.reboot();
  world.radio("ready");
  world.hold();
  world.run(25_000);
  assert.is(world.state.alarm.stage, "delivered", where);
  assert.equal(world.platform.complaints, [], where);
}

function cutEverywhere(storage: () => Storage, name: string): World {
  const whole = live(storage(), -1, 0);
  expectAll(whole, name);
  for (let cutAt = 0; cutAt < whole.strokes; cutAt++) {
    for (const bits of [0, 0x4c]) {
      const walked = live(storage(), cutAt, bits);
      expectAll(walked, `${name}, ${bits > 0 ? "torn" : "cut"} at stroke ${cutAt}`);
    }
  }
  return whole.world;
}

test("a cut at any stroke of a walk loses no point that was noted before it", () => {
  cutEverywhere(provisionedStorage, "in a page");
});

test("nor does one in the turn of the page that the points wait for", () => {
  for (const room of [0, 24, 60]) {
    const world = cutEverywhere(() => storageWithRoom(ROOM_OCTETS_MIN + room), `room ${room}`);
    assert.ok(world.count("erase") > 0);
  }
});

test.run();
