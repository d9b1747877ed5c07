// A story of a wearer, a desk and a pager in which power goes once, at any stroke, and comes back.
// Knows no story of its own: the steps, and what must be true at each start, belong to the tests.

import * as assert from "uvu/assert";
import { slotInUse } from "../../firmware/core/counter.ts";
import { isKept } from "../../firmware/core/journal.ts";
import { toHex } from "../../protocol/bytes.ts";
import { PowerCut } from "./storage.ts";
import type { World } from "./world.ts";

const FELT = ["raised", "sending", "delivered"];
const STEP_MS = 500;
const STEPS_MAX = 3000;
/** A wearer to whom nothing happened tries again; the desk's words are said again by themselves. */
const PATIENCE_STEPS = 120;

export interface Life {
  world: World;
  cut: boolean;
  /** Of the story alone, as are the page turns. */
  strokes: number;
  turns: number;
  keyDown: boolean;
  /** Cues before this one came before the key went down. */
  cuesBefore: number;
}

export interface Step {
  name: string;
  act(life: Life): void;
  isDone(life: Life): boolean;
  byWearer?: boolean;
}

export interface Story {
  /** A pager at the moment from which on power may go. */
  begin(): World;
  /** Fresh for each life: what happened may be kept beside them. */
  steps(): Step[];
  /** True at each start, and when all is over. */
  check(world: World, where: string): void;
}

function letGo(life: Life): void {
  life.keyDown = false;
  life.world.input({ kind: "key", down: false });
  life.world.run(100);
}

export function hold(life: Life): void {
  life.cuesBefore = life.world.cues().length;
  life.keyDown = true;
  life.world.input({ kind: "key", down: true });
  life.world.run(3100);
  letGo(life);
}

export function clicks(life: Life, count: number): void {
  for (let i = 0; i < count; i++) {
    life.world.press(100);
    life.world.run(200);
  }
  life.world.run(1000);
}

/** Nothing waits: neither a word for the pager nor one of its own that is kept. */
export function isQuiet({ world }: Life): boolean {
  return world.platform.pending.length === 0 && !world.state.outbox.some(isKept);
}

/** Who felt the alarm lets go; who didn't goes on holding. */
function comeBack(life: Life): void {
  const { world } = life;
  if (
    world
      .cues()
      .slice(life.cuesBefore)
      .some((name) => FELT.includes(name))
  )
    life.keyDown = false;
  world.reboot(life.keyDown);
  world.run(300);
  world.radio("ready", true);
  if (!life.keyDown) return;
  world.run(3100);
  letGo(life);
}

/** Lives a story to its end with power going at this stroke of it; -1 for never. */
export function live(story: Story, cutAt: number, unwritten: number, where: string): Life {
  const world = story.begin();
  const steps = story.steps();
  const life: Life = { world, cut: false, strokes: 0, turns: 0, keyDown: false, cuesBefore: 0 };
  const before = world.storage.strokes;
  const turnsBefore = world.count("erase");
  world.storage.cutAt = cutAt < 0 ? -1 : before + cutAt;
  world.storage.unwritten = unwritten;
  let at = 0;
  let waited = 0;
  for (let i = 0; i < STEPS_MAX && at < steps.length; i++) {
    const step = steps[at];
    const acts = waited === 0 || (step.byWearer === true && waited % PATIENCE_STEPS === 0);
    waited += 1;
    try {
      if (acts) step.act(life);
      world.run(STEP_MS);
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      life.cut = true;
      comeBack(life);
      story.check(world, where);
    }
    if (!step.isDone(life)) continue;
    at += 1;
    waited = 0;
  }
  assert.is(at, steps.length, `${where}: ${steps[at]?.name} has no end`);
  life.strokes = world.storage.strokes - before;
  life.turns = world.count("erase") - turnsBefore;
  story.check(world, where);
  return life;
}

/** What must be the same in memory and on flash. */
function kept({ state }: World): unknown {
  const { alarm, settings, outbox, identity, commands } = state;
  return {
    alarm: [alarm.letter, alarm.number, alarm.stage, alarm.paths],
    settings: [settings.version, settings.numbers, settings.texts, settings.trial.id],
    outbox: outbox.filter(isKept).map(({ id, letter, number }) => [id, letter, number]),
    slot: slotInUse(state),
    contexts: identity.contexts.map(({ senderId }) => toHex(senderId)),
    results: commands.filter(({ outcome }) => outcome >= 0),
  };
}

/** One more start finds what memory held; then a hold, its close and a click come through. */
export function expectWorks({ world }: Life, where: string): void {
  const before = kept(world);
  world.reboot();
  assert.equal(kept(world), before, `${where}: storage and memory`);
  world.radio("ready", true);
  world.run(1000);
  const { platform } = world;
  const alarms = platform.alarms.length;
  world.hold();
  world.run(25_000);
  assert.is(platform.alarms.length, alarms + 1, `${where}: a fresh hold`);
  assert.is(world.state.alarm.stage, "delivered", `${where}: a fresh hold`);
  world.bring(platform.close(platform.alarms[alarms]));
  world.run(25_000);
  assert.is(world.state.alarm.stage, "closed", `${where}: its close`);
  const said = platform.ofLetter("c").length;
  world.press(100);
  world.run(10_000);
  assert.is(platform.ofLetter("c").length, said + 1, `${where}: a check-in`);
  assert.equal(platform.complaints, [], where);
}

export interface Cuts {
  cuts: number;
  /** Page turns of the life without a cut. */
  turns: number;
}

/** Each stroke of the story, and each once more with its word half written. */
export function cutEverywhere(
  story: Story,
  name: string,
  expectEnd: (life: Life, where: string) => void,
  unwritten = 0x4c,
): Cuts {
  const whole = live(story, -1, 0, `${name}, no cut`);
  expectEnd(whole, `${name}, no cut`);
  expectWorks(whole, `${name}, no cut`);
  let cuts = 0;
  for (let cutAt = 0; cutAt < whole.strokes; cutAt++) {
    for (const bits of [0, unwritten]) {
      const where = `${name}, ${bits > 0 ? "torn" : "cut"} at stroke ${cutAt}`;
      const life = live(story, cutAt, bits, where);
      if (life.cut) cuts += 1;
      expectEnd(life, where);
      expectWorks(life, where);
    }
  }
  return { cuts, turns: whole.turns };
}
