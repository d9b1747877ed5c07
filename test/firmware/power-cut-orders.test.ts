// Power is cut at every stroke of a change of settings and of a renewal of keys, idle and in an alarm.
// Never half a change, never without a way or a key that works, and each alarm comes through once.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { slotInUse } from "../../firmware/core/counter.ts";
import { encodeIdentity } from "../../firmware/core/identity.ts";
import { CALL_OCTETS, PAGES_IDENTITY } from "../../firmware/core/limits.ts";
import { numberOf, textOf } from "../../firmware/core/settings.ts";
import { CHANGE_SETTINGS, WORD_CHANGE_SETTINGS, WORD_RENEW } from "../../protocol/messages.ts";
import { TEXT_KEY_MIN } from "../../protocol/settings.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { PAGER_ENDS } from "./contexts.ts";
import { cutEverywhere, hold, isQuiet, type Life, live, type Step, type Story } from "./lives.ts";
import { outcomes } from "./orders.ts";
import { provisionedStorage, type Storage, storageWithRoom } from "./storage.ts";
import { readyWorld, type World } from "./world.ts";

const DONE = 0;
const FAILED = 3;
const BUSY = 4;
const ID = 77;

type Row = [key: number, value: number | string];

/** Neither version says what the other says, and none what was declared. */
const BEFORE: Row[] = [
  [1, 1500],
  [3, 60],
  [68, "+8613811111111"],
];
const AFTER: Row[] = [
  [1, 2000],
  [3, 90],
  [68, "+8613822222222"],
];
const WAY_BEFORE: Row[] = [
  [1, 1500],
  [64, "192.0.2.9:5683"],
  [66, "before"],
];
const WAY_AFTER: Row[] = [
  [1, 2000],
  [64, "198.51.100.7:5683"],
  [66, "after"],
];
const SILENT = WAY_AFTER[1][1];

function change(world: World, id: number, settings: number, rows: Row[]): void {
  const list = rows.flatMap(([key, value]) => [
    key,
    typeof value === "number" ? value : Buffer.from(value),
  ]);
  world.bring(world.platform.order(CHANGE_SETTINGS, { id, settings, list }));
}

function holds(world: World, rows: Row[]): boolean {
  return rows.every(
    ([key, value]) =>
      (key < TEXT_KEY_MIN ? numberOf(world.state, key) : textOf(world.state, key)) === value,
  );
}

function outcomeOf(world: World, what: number): number | undefined {
  const all = outcomes(world, what).filter(({ id }) => id === ID);
  for (const { outcome } of all) assert.is(outcome, all[0].outcome, "one result");
  return all[0]?.outcome;
}

/** Ready, shown that the platform speaks now, with the settings of before in use. */
function settledWorld(storage: Storage, before: Row[]): World {
  const world = readyWorld({ storage });
  world.platform.tellsTime = true;
  world.run(31_000);
  if (before.length > 0) change(world, 1, 1, before);
  world.run(4000);
  assert.ok(isQuiet({ world } as Life));
  return world;
}

const ALARM: Step[] = [
  {
    name: "call",
    byWearer: true,
    act: (life) => {
      if (life.world.platform.alarms.length === 0) hold(life);
    },
    isDone: ({ world }) => world.state.alarm.stage === "delivered",
  },
  {
    name: "close",
    act: ({ world }) => world.bring(world.platform.close(world.platform.alarms[0])),
    isDone: ({ world }) =>
      world.state.alarm.stage === "closed" &&
      world.platform.pending.every(({ value }) => value === ID),
  },
];

interface ChangeOptions {
  storage?: () => Storage;
  before?: Row[];
  after?: Row[];
  /** Nobody answers where the new address leads. */
  silent?: boolean;
  /** A call before the change, or while it is on trial. */
  alarm?: "before" | "behind";
}

function changing(options: ChangeOptions): Story {
  const { storage = provisionedStorage, before = BEFORE, after = AFTER, silent, alarm } = options;
  const ask: Step = {
    name: "change",
    act: ({ world }) => change(world, ID, 2, after),
    isDone: (life) => alarm === "behind" || isQuiet(life),
  };
  const over: Step = {
    name: "result",
    act: () => {},
    isDone: (life) => isQuiet(life) && life.world.state.settings.trial.id === 0,
  };
  return {
    begin() {
      const world = settledWorld(storage(), before);
      if (silent === true) world.reaches = (address) => address !== SILENT;
      return world;
    },
    steps() {
      if (alarm === "before") return [ALARM[0], ask, ALARM[1], over];
      return alarm === "behind" ? [ask, ...ALARM, over] : [ask, over];
    },
    check(world, where) {
      const rows = world.state.settings.version === 2 ? after : before;
      assert.ok(
        holds(world, rows),
        `${where}: settings of version ${world.state.settings.version}`,
      );
      assert.ok(world.platform.alarms.length <= 1, `${where}: once`);
    },
  };
}

function expectChanged({ world }: Life, where: string): void {
  assert.is(outcomeOf(world, WORD_CHANGE_SETTINGS), DONE, where);
  assert.is(world.state.settings.version, 2, where);
}

/** A trial that a cut ends has failed; nothing else may. */
function expectTried({ cut, world }: Life, where: string): void {
  const outcome = outcomeOf(world, WORD_CHANGE_SETTINGS);
  assert.ok(outcome === DONE || (cut && outcome === FAILED), `${where}: ${outcome}`);
  assert.is(world.state.settings.version, outcome === DONE ? 2 : 1, where);
}

function expectOld({ world }: Life, where: string): void {
  const outcome = outcomeOf(world, WORD_CHANGE_SETTINGS);
  // Said again in the midst of the alarm, where a cut had kept it from being noted.
  assert.ok(outcome === FAILED || outcome === BUSY, `${where}: ${outcome}`);
  assert.is(world.state.settings.version, 1, where);
}

/** Rooms in which the story itself turns the page, so that the turn falls into each of its records. */
function everyRoom(name: string, options: ChangeOptions, expectEnd: typeof expectTried): number {
  let turns = 0;
  for (let room = CALL_OCTETS + 100; room < CALL_OCTETS + 298; room += 24) {
    const story = changing({ ...options, storage: () => storageWithRoom(room) });
    const where = `${name}, room ${room}`;
    if (live(story, -1, 0, where).turns === 0) continue;
    turns += cutEverywhere(story, where, expectEnd).turns;
  }
  return turns;
}

test("a cut at any stroke of a change of settings leaves the old or the new, idle and in an alarm", () => {
  const { cuts } = cutEverywhere(changing({}), "idle", expectChanged);
  assert.ok(cuts > 50, `${cuts} cuts`);
  cutEverywhere(changing({ alarm: "before" }), "in an alarm", expectChanged);
  const turns =
    everyRoom("idle", {}, expectChanged) +
    everyRoom("in an alarm", { alarm: "before" }, expectChanged);
  assert.ok(turns >= 5, `${turns} page turns`);
});

test("a cut at any stroke of a new way on trial leaves a way that leads to the platform", () => {
  const ways = { before: WAY_BEFORE, after: WAY_AFTER };
  cutEverywhere(changing(ways), "good way", expectTried);
  const turns = everyRoom("good way", ways, expectTried);
  assert.ok(turns >= 5, `${turns} page turns`);
  cutEverywhere(changing({ ...ways, silent: true }), "silent way", expectOld);
  everyRoom("silent way", { ...ways, silent: true }, expectOld);
});

test("an alarm while a way that leads nowhere is on trial comes through once, whatever is cut", () => {
  const ways: ChangeOptions = {
    before: WAY_BEFORE,
    after: WAY_AFTER,
    silent: true,
    alarm: "behind",
  };
  cutEverywhere(changing(ways), "silent way", expectOld);
});

function renewing(storage: () => Storage, alarm: boolean): Story {
  const ask: Step = {
    name: "renew",
    act: ({ world }) => {
      world.down = !alarm;
      world.bring(world.platform.renew(ID, 1));
    },
    isDone: () => true,
  };
  const speak: Step = {
    name: "speak",
    act: ({ world }) => {
      world.down = true;
    },
    isDone: () => true,
  };
  const over: Step = {
    name: "result",
    act: () => {},
    isDone: (life) => isQuiet(life) && outcomeOf(life.world, WORD_RENEW) !== undefined,
  };
  return {
    begin: () => settledWorld(storage(), []),
    steps: () =>
      alarm ? [ask, { ...ALARM[0], isDone: () => true }, speak, ...ALARM, over] : [ask, over],
    check: (world, where) => {
      assert.ok(slotInUse(world.state) >= 0, `${where}: a context`);
      assert.ok(world.platform.alarms.length <= 1, `${where}: once`);
    },
  };
}

function expectRenewed({ world }: Life, where: string): void {
  const outcome = outcomeOf(world, WORD_RENEW);
  const said = world.platform.ofLetter("o");
  assert.is(outcome, DONE, where);
  assert.is(slotInUse(world.state), 1, where);
  assert.is(said[said.length - 1].slot, 2, `${where}: under the new keys`);
}

/** The command may come while the alarm is open, where a cut had kept it from being known. */
function expectRenewedOrBusy(life: Life, where: string): void {
  if (life.cut && outcomeOf(life.world, WORD_RENEW) === BUSY) {
    assert.is(slotInUse(life.world.state), 0, where);
  } else expectRenewed(life, where);
  assert.is(life.world.platform.alarms.length, 1, where);
}

test("a cut at any stroke of a renewal of keys leaves a context that works, and the renewal ends", () => {
  const { cuts } = cutEverywhere(renewing(provisionedStorage, false), "idle", expectRenewed);
  assert.ok(cuts > 50, `${cuts} cuts`);
  let turns = 0;
  for (const room of [4, 20, 40, 60, 524, 540, 556]) {
    const story = renewing(() => storageWithRoom(room), false);
    turns += cutEverywhere(story, `room ${room}`, expectRenewed).turns;
  }
  assert.ok(turns >= 5, `${turns} page turns`);
});

test("the last context outlives a cut in the first word of a new one, whatever bits it leaves", () => {
  const lastOnly = () => {
    const storage = provisionedStorage();
    const addresses = ["192.0.2.1:5683"];
    const dropped = [false, true];
    const image = encodeIdentity(nodeMachine, {
      contexts: PAGER_ENDS,
      dropped,
      addresses,
      apn: "cmiot",
    });
    storage.pages[PAGES_IDENTITY].fill(255).set(image as Uint8Array);
    return storage;
  };
  // A type that may be a drop mark's.
  const { cuts } = cutEverywhere(renewing(lastOnly, false), "last", expectRenewed, 0xa3);
  assert.ok(cuts > 50, `${cuts} cuts`);
});

test("an alarm in the middle of a renewal comes through once, whatever is cut", () => {
  const { cuts } = cutEverywhere(renewing(provisionedStorage, true), "alarm", expectRenewedOrBusy);
  assert.ok(cuts > 120, `${cuts} cuts`);
  for (const room of [16, 48, 80]) {
    const story = renewing(() => storageWithRoom(room), true);
    cutEverywhere(story, `room ${room}`, expectRenewedOrBusy);
  }
});

test.run();
