// Random and bent commands behind a good seal, at a pager that is free to obey them: the real core in
// time, with flash. Now and then somebody needs help, and must be heard.

import { COMMANDS_MAX, ORIGINS_MAX, OUTBOX_MAX } from "../../firmware/core/limits.ts";
import type { State } from "../../firmware/core/state.ts";
import { fromText } from "../../protocol/bytes.ts";
import { CHANGE_SETTINGS, MESSAGES } from "../../protocol/messages.ts";
import { brokenRelation, isGoodSetting } from "../../protocol/setting-check.ts";
import { NUMBER_BOUNDS, NUMBERS, SETTING_NAMES, TEXT_KEY_MIN } from "../../protocol/settings.ts";
import { COMMAND_WORD_MIN } from "../../sdk/care/command-names.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { hexOf } from "../../sdk/octets.ts";
import { type Chance, createChance } from "../../tools/simulator/chance.ts";
import { World } from "../firmware/world.ts";
import { anyOctets } from "./any-message.ts";
import { type Item, octetsOfItem } from "./cbor-items.ts";
import { newJudge, textOfError, type Violation } from "./rules.ts";
import { spoiled } from "./spoil.ts";

export interface OrdersResult {
  violations: readonly Violation[];
  commands: number;
  /** Changes of settings that the pager has taken. */
  changes: number;
  /** Calls for help in between, each of which was heard. */
  calls: number;
  /** Times that a command started the pager anew, or that its power went. */
  starts: number;
}

const COMMANDS = MESSAGES.filter(({ word = 0 }) => word >= COMMAND_WORD_MIN);
/** A case is a command of the run; power goes, or help is needed, behind so many. */
const CALL_EVERY = 100;
const CUT_EVERY = 170;
/** What follows a command: next to nothing, the answers to it, or what it takes its time for. */
const WAITS_MS = [0, 50, 2000, 2000, 45_000, 700_000];
/** Longer than any setting or press test lets a hold be no call. */
const HELP_MS = 25_000;
const HEARD_MS = 90_000;
const FRESH_MS = 40_000;
/** Of the state as text; it holds no log, no list that grows, and nothing of a command that is over. */
const STATE_LETTERS_MAX = 40_000;
const TEXTS = ["", "192.0.2.1:5683", "198.51.100.9:1", "cmnbiot", "+8613800000001", "+123"];

/** Settings that a pager may take, beside such as it may not. */
function anyChange(chance: Chance, id: number, version: number): Uint8Array {
  const rows = Array.from({ length: chance.between(1, 6) }, (): Item[] => {
    const { key } = SETTING_NAMES[chance.below(SETTING_NAMES.length)];
    if (key > NUMBERS) {
      const text = TEXTS[chance.below(TEXTS.length)];
      return [key, fromText(nodeMachine, text) as Uint8Array];
    }
    const [min, max] = NUMBER_BOUNDS.slice(3 * key - 3);
    const outside = chance.happens(0.05) ? 1 : 0;
    return [key, chance.between(min - outside, max + outside)];
  });
  const next = version + chance.between(chance.happens(0.1) ? -2 : 1, 3);
  const list = { raw: [0x80 + 2 * rows.length, ...rows.flat().flatMap(octetsOfItem)] };
  return Uint8Array.from(octetsOfItem([CHANGE_SETTINGS.word, id, next, list]));
}

function anyCommand(chance: Chance, id: number, version: number): Uint8Array {
  if (chance.happens(0.3)) return anyChange(chance, id, version);
  if (chance.happens(0.05)) return anyOctets(chance, chance.below(200));
  return spoiled(chance, COMMANDS[chance.below(COMMANDS.length)]).payload;
}

/** What is wrong with the state, or nothing. */
function wrongState(state: State): string | undefined {
  const { settings, outbox, commands, link, identity } = state;
  for (const { key, name } of SETTING_NAMES) {
    const value =
      key <= NUMBERS
        ? settings.numbers[key - 1]
        : fromText(nodeMachine, settings.texts[key - TEXT_KEY_MIN]);
    if (!isGoodSetting(key, value)) return `${name} is ${value}`;
  }
  if (brokenRelation(settings.numbers) >= 0) return `settings ${settings.numbers}`;
  if (outbox.length > OUTBOX_MAX) return `${outbox.length} items wait`;
  if (commands.length > COMMANDS_MAX) return `${commands.length} commands are kept`;
  if (link.sent.length > ORIGINS_MAX) return `${link.sent.length} origins are kept`;
  if (identity.contexts.length > 3) return `${identity.contexts.length} contexts are kept`;
  const letters = JSON.stringify({ ...state, rows: [] }).length;
  return letters > STATE_LETTERS_MAX ? `${letters} letters of state` : undefined;
}

function started(): World {
  const world = new World();
  world.platform.tellsTime = true;
  world.boot();
  world.radio("ready");
  world.run(FRESH_MS);
  return world;
}

function startAnew(world: World): void {
  world.restarts = 0;
  world.reboot();
  world.radio("ready");
  world.run(FRESH_MS);
}

/** Somebody holds the key: true when it stands at the platform and the wearer was told. */
function isHeard(world: World): boolean {
  const before = world.platform.alarms.length;
  world.trace = [];
  world.press(HELP_MS);
  world.run(HEARD_MS);
  const alarm = world.platform.alarms.find(({ number }, at) => at >= before && number > 0);
  if (alarm === undefined || !world.cues().includes("delivered")) return false;
  world.bring(world.platform.close(alarm));
  world.run(FRESH_MS);
  return true;
}

/** `count` commands, one behind the other: the same seed gives the same run. */
export function fuzzOrders(seed: number, count: number): OrdersResult {
  const judge = newJudge();
  const chance = createChance(seed).fork("orders");
  const world = started();
  const result: OrdersResult = {
    violations: judge.violations,
    commands: 0,
    changes: 0,
    calls: 0,
    starts: 0,
  };
  for (let at = 0; at < count && !judge.isFull(); at++) {
    judge.span = [at, at + 1];
    const { version } = world.state.settings;
    const payload = anyCommand(chance, at + 1, version);
    try {
      world.bring(world.platform.sayOctets(payload));
      world.run(WAITS_MS[chance.below(WAITS_MS.length)]);
      if (world.state.settings.version !== version) result.changes += 1;
      if (world.restarts > 0 || at % CUT_EVERY === CUT_EVERY - 1) {
        startAnew(world);
        result.starts += 1;
      }
      const wrong = wrongState(world.state);
      if (wrong !== undefined) judge.broken("pager", `${wrong}, behind ${hexOf(payload)}`);
      if (at % CALL_EVERY === CALL_EVERY - 1) {
        if (!isHeard(world))
          judge.broken("heard", `nobody heard the call, behind ${hexOf(payload)}`);
        result.calls += 1;
      }
    } catch (error) {
      judge.broken("throw", `${textOfError(error)}, behind ${hexOf(payload)}`);
    }
    world.trace = [];
    world.air = [];
    world.texts = [];
    result.commands += 1;
  }
  return result;
}
