// Power is cut at every stroke of all that can become of an alarm, and of the texts that it sends.
// It reaches the platform once, each contact is texted once or twice, and the pager works afterwards.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { WORD_RELEASED, WORD_REOPENED } from "../../protocol/messages.ts";
import { CONTACT_KEY_MIN, PLATFORM_NUMBER_KEY } from "../../protocol/settings.ts";
import { clicks, cutEverywhere, hold, isQuiet, type Life, type Step, type Story } from "./lives.ts";
import type { Octets, PlatformAlarm } from "./platform.ts";
import { provisionedStorage, type Storage, storageWithRoom } from "./storage.ts";
import { readyWorld, type World } from "./world.ts";

const PLATFORM = "+8610086000000";
const PEOPLE = ["+8613800000001", "+8613800000002"];

/** A word of the desk about the only alarm; done when the pager has said that it obeyed. */
function word(name: string, say: (world: World, alarm: PlatformAlarm) => Octets): Step {
  return {
    name,
    act: ({ world }) => world.bring(say(world, world.platform.alarms[0])),
    isDone: isQuiet,
  };
}

const TAKE = word("take", ({ platform }, alarm) => platform.take(alarm));
const RELEASE = word("release", ({ platform }, alarm) => platform.giveBack(WORD_RELEASED, alarm));
const REOPEN = word("reopen", ({ platform }, alarm) => platform.giveBack(WORD_REOPENED, alarm));
const CLOSE = word("close", ({ platform }, alarm) => platform.close(alarm));
const CALL: Step = {
  name: "call",
  byWearer: true,
  act: (life) => {
    if (life.world.state.alarm.stage === "none") hold(life);
  },
  isDone: (life) => life.world.state.alarm.stage === "delivered" && isQuiet(life),
};
const MORE: Step = {
  name: "more",
  byWearer: true,
  act: hold,
  isDone: (life) => life.world.platform.ofLetter("m").length > 0 && isQuiet(life),
};
const MISTAKE: Step = {
  name: "mistake",
  byWearer: true,
  act: (life) => clicks(life, 3),
  isDone: (life) => life.world.platform.ofLetter("x").length > 0 && isQuiet(life),
};

function fullAlarm(storage: () => Storage): Story {
  return {
    begin() {
      const world = readyWorld({ storage: storage() });
      world.platform.tellsTime = true;
      return world;
    },
    steps: () => [CALL, TAKE, MORE, RELEASE, MISTAKE, TAKE, CLOSE, REOPEN, CLOSE],
    check: ({ platform }, where) => assert.ok(platform.alarms.length <= 1, `${where}: once`),
  };
}

function expectOneAlarm({ world }: Life, where: string): void {
  assert.is(world.platform.alarms.length, 1, `${where}: one alarm`);
  const { number } = world.platform.alarms[0];
  const { alarm } = world.state;
  assert.equal([alarm.stage, alarm.number], ["closed", number], where);
  const cues = world.cues();
  for (const cue of ["taken", "waitingAgain", "closed"]) {
    assert.ok(cues.includes(cue), `${where}: ${cue} is told`);
  }
}

test("a cut at any stroke of an alarm that is taken, released, closed and reopened: stored once, obeyed to the end", () => {
  const { cuts } = cutEverywhere(fullAlarm(provisionedStorage), "roomy", expectOneAlarm);
  assert.ok(cuts > 300, `${cuts} cuts`);
});

test("the same where the page is nearly full", () => {
  let turns = 0;
  for (const room of [4, 60, 130, 200]) {
    const story = fullAlarm(() => storageWithRoom(room));
    turns += cutEverywhere(story, `room ${room}`, expectOneAlarm).turns;
  }
  assert.ok(turns >= 4, `${turns} page turns`);
});

function escalation(storage: () => Storage): Story {
  const textsTo = (world: World, to: string) => world.texts.filter((one) => one.to === to).length;
  const raise: Step = {
    name: "raise",
    byWearer: true,
    act: (life) => {
      if (life.world.state.alarm.stage === "none") hold(life);
    },
    isDone: ({ world }) => world.state.alarm.stage === "sending",
  };
  return {
    begin() {
      const world = readyWorld({ storage: storage() });
      world.platform.tellsTime = true;
      world.set(PLATFORM_NUMBER_KEY, PLATFORM);
      for (const [i, person] of PEOPLE.entries()) world.set(CONTACT_KEY_MIN + i, person);
      world.radio("ready", true);
      world.up = false;
      world.textsUp = false;
      return world;
    },
    steps: () => [
      raise,
      {
        name: "texts",
        act: () => {},
        isDone: ({ world }) =>
          [PLATFORM, ...PEOPLE].every((to) => textsTo(world, to) > 0) &&
          world.state.alarm.textId === 0,
      },
      {
        name: "deliver",
        act: ({ world }) => {
          world.up = true;
        },
        isDone: ({ world }) => world.state.alarm.stage === "delivered",
      },
      CLOSE,
    ],
    check: (world, where) => {
      for (const person of PEOPLE) {
        assert.ok(textsTo(world, person) <= 2, `${where}: texts to ${person}`);
      }
    },
  };
}

function expectTexts({ world }: Life, where: string): void {
  assert.is(world.platform.alarms.length, 1, `${where}: one alarm`);
  assert.is(world.state.alarm.stage, "closed", where);
  const texted = new Set(world.texts.map(({ to }) => to));
  for (const person of PEOPLE) assert.ok(texted.has(person), `${where}: ${person}`);
}

test("a cut at any stroke of an escalation: each contact gets one text or two, and the alarm comes through once", () => {
  const { cuts } = cutEverywhere(escalation(provisionedStorage), "roomy", expectTexts);
  assert.ok(cuts > 100, `${cuts} cuts`);
  let turns = 0;
  for (const room of [24, 72, 110]) {
    const story = escalation(() => storageWithRoom(room));
    turns += cutEverywhere(story, `room ${room}`, expectTexts).turns;
  }
  assert.ok(turns >= 3, `${turns} page turns`);
});

test.run();
