// Power is cut at every stroke of an update: of its erases, its writes, its marks, and of the loader's own.
// Whatever is cut, the pager that comes back calls for help, and the platform hears how it ended.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { headOf } from "./images.ts";
import { expectWorks, type Life } from "./lives.ts";
import { PowerCut, repowered } from "./storage.ts";
import { chargedWorld, comeBack, ID, imageOf, order, resultsOf } from "./update-world.ts";
import { Restart, type World } from "./world.ts";

const DONE = 0;
const FAILED = 3;
const NOT_PROVED = 6;
const LATER = 78;
const IMAGE = imageOf(1290);
const STEP_MS = 500;
const STEPS_MAX = 3000;

interface Updated {
  world: World;
  id: number;
  cut: boolean;
  /** Behind the restart into the new image. */
  onTrial: boolean;
  strokes: number;
}

/** One stroke of all that the board does is the last one of a run; -1 for none. */
function live(begin: () => World, cutAt: number, unwritten: number, id = ID): Updated {
  const world = begin();
  const life: Updated = { world, id, cut: false, onTrial: false, strokes: 0 };
  let before = world.storage.strokes;
  world.storage.cutAt = cutAt < 0 ? -1 : before + cutAt;
  world.storage.unwritten = unwritten;
  const isOver = () => resultsOf(world, id).length > 0 && !world.state.image.trial;
  for (let i = 0; i < STEPS_MAX && !isOver(); i++) {
    try {
      world.run(STEP_MS);
    } catch (error) {
      const isCut = error instanceof PowerCut;
      if (!isCut && !(error instanceof Restart)) throw error;
      life.strokes += world.storage.strokes - before;
      before = 0;
      if (isCut) {
        life.cut = true;
        comeBack(world);
      } else if (!life.cut) {
        life.onTrial = true;
        begun(life, cutAt < 0 ? -1 : cutAt - life.strokes, unwritten);
      } else comeBack(world);
    }
  }
  life.strokes += world.storage.strokes - before;
  assert.ok(isOver(), "it ends");
  return life;
}

/** The start of the new image, in which the loader itself may be cut. */
function begun(life: Updated, cutAt: number, unwritten: number): void {
  const { world } = life;
  try {
    world.reboot(false, cutAt, unwritten);
    world.run(300);
    world.radio("ready");
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
    life.cut = true;
    comeBack(world);
  }
}

function settled(): World {
  const world = chargedWorld();
  order(world, IMAGE);
  return world;
}

function expectEnd({ world, id, cut, onTrial }: Updated, where: string): void {
  const { image } = world.state;
  const [[outcome, detail]] = resultsOf(world, id);
  for (const one of resultsOf(world, id))
    assert.equal(one, [outcome, detail], `${where}: one result`);
  const failed = outcome === FAILED && detail === NOT_PROVED;
  assert.ok(outcome === DONE || (cut && onTrial && failed), `${where}: ${outcome} ${detail}`);
  assert.is(image.slot, outcome === DONE ? 1 : 0, `${where}: what runs`);
  if (outcome === DONE) assert.ok(headOf(world.storage, 1)?.good, `${where}: kept`);
}

test("a cut at any stroke of an update leaves a pager that works, and the update ends", () => {
  const whole = live(settled, -1, 0);
  expectEnd(whole, "no cut");
  assert.not.ok(whole.cut);
  let cuts = 0;
  let back = 0;
  for (let cutAt = 0; cutAt < whole.strokes; cutAt++) {
    for (const bits of [0, 0x4c]) {
      const where = `${bits > 0 ? "torn" : "cut"} at stroke ${cutAt}`;
      const life = live(settled, cutAt, bits);
      if (life.cut) cuts += 1;
      expectEnd(life, where);
      if (life.world.state.image.slot === 0) back += 1;
      expectWorks({ world: life.world } as Life, where);
    }
  }
  assert.ok(cuts > 600, `${cuts} cuts`);
  assert.ok(back > 5, `${back} came back to the old image`);
});

test("with an older image in the other slot a cut brings that one back, and not the factory's", () => {
  const first = live(settled, -1, 0).world;
  const begin = () => {
    const world = chargedWorld(repowered(first.storage));
    assert.is(world.state.image.slot, 1);
    order(world, imageOf(1290, 3), LATER);
    return world;
  };
  const whole = live(begin, -1, 0, LATER);
  assert.is(whole.world.state.image.slot, 2);
  for (let cutAt = 0; cutAt < whole.strokes; cutAt += 7) {
    const { world } = live(begin, cutAt, 0x4c, LATER);
    const [[outcome]] = resultsOf(world, LATER);
    assert.is(world.state.image.slot, outcome === DONE ? 2 : 1, `stroke ${cutAt}`);
  }
});

test.run();
