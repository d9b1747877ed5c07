// No cue can be taken for another: by light alone, by vibration alone, by sound alone [pager §3].

import { test } from "uvu";
import * as assert from "uvu/assert";
import { noticeWords, spokenCue } from "../../firmware/core/cue-words.ts";
import { type Cue, type CueName, cueOf } from "../../firmware/core/cues.ts";
import { TICK_MS } from "../../firmware/core/limits.ts";
import { NOTICES } from "../../protocol/codes.ts";
import { buildEspruino } from "../../tools/build/espruino.ts";
import { CUE_NAMES } from "./cue-names.ts";

/** Two spans are felt as different when one is at least so many times the other. */
const FACTOR = 2;

type Channel = "light" | "vibration" | "sound";
const CHANNELS: Channel[] = ["light", "vibration", "sound"];

function stepsOf(cue: Cue, channel: Channel): number[] {
  return channel === "light" ? cue.light.steps : cue[channel];
}

/** The pattern as it is, without its first pulse, without its last. */
function perceived(steps: number[]): number[][] {
  return [steps, steps.slice(2), steps.slice(0, -2)].filter((list) => list.length > 0);
}

/** What a wearer gets under this name: a tick comes as a train of any length. */
function patternsOf(name: CueName, channel: Channel): number[][] {
  const steps = stepsOf(cueOf(name), channel);
  if (name !== "tick") return perceived(steps);
  const trains: number[][] = [steps];
  for (let count = 2; count <= 10; count++) {
    const train: number[] = [];
    for (let i = 0; i < count; i++) {
      if (i > 0) train.push(TICK_MS - steps[0]);
      train.push(steps[0]);
    }
    trains.push(train);
  }
  return trains;
}

/** Equally many pulses, none of whose spans differs so that it is felt. */
function areAlike(a: number[], b: number[]): boolean {
  if (a.length !== b.length) return false;
  return a.every((ms, i) => ms < FACTOR * b[i] && b[i] < FACTOR * ms);
}

for (const channel of CHANNELS) {
  test(`no cue passes for another by ${channel} alone, even when its first or last pulse is missed`, () => {
    for (const one of CUE_NAMES) {
      for (const other of CUE_NAMES) {
        if (one === other) continue;
        for (const a of patternsOf(one, channel)) {
          for (const b of patternsOf(other, channel)) {
            assert.not.ok(areAlike(a, b), `${one} [${a}] and ${other} [${b}]`);
          }
        }
      }
    }
  });
}

test("every cue speaks on each of the three channels, and within four seconds", () => {
  for (const name of CUE_NAMES) {
    for (const channel of CHANNELS) {
      const steps = stepsOf(cueOf(name), channel);
      assert.ok(steps.length % 2 === 1, `${name} ends with on`);
      assert.ok(
        steps.every((ms) => ms >= 100),
        `${name} is long enough to feel`,
      );
      assert.ok(steps.reduce((sum, ms) => sum + ms, 0) <= 4000, name);
    }
  }
});

test("only taken rises: each pulse longer than the one before", () => {
  for (const name of CUE_NAMES) {
    const pulses = cueOf(name).vibration.filter((_, i) => i % 2 === 0);
    const rises = pulses.length > 1 && pulses.every((ms, i) => i === 0 || ms > pulses[i - 1]);
    assert.is(rises, name === "taken", name);
  }
});

test("nothing has the three pulses of taken inside, wherever it is cut [pager §3]", () => {
  const taken = cueOf("taken").vibration;
  for (const name of CUE_NAMES) {
    if (name === "taken") continue;
    for (const channel of CHANNELS) {
      const steps = stepsOf(cueOf(name), channel);
      for (let i = 0; i + taken.length <= steps.length; i += 2) {
        assert.not.ok(areAlike(steps.slice(i, i + taken.length), taken), `${name} at ${i}`);
      }
    }
  }
});

test("released or reopened steps back: the pulses of taken the other way round", () => {
  assert.equal(cueOf("waitingAgain").vibration, cueOf("taken").vibration.slice().reverse());
});

test("each level of the battery has a long pulse more than the one before [R-08]", () => {
  const longs = (["batteryLow", "batteryLower", "batteryLast"] as const).map(
    (name) => cueOf(name).vibration.filter((ms) => ms === 1200).length,
  );
  assert.equal(longs, [0, 1, 2]);
});

test("a ring is over before the next one begins three seconds later", () => {
  assert.ok(cueOf("ring").sound.reduce((sum, ms) => sum + ms, 0) <= 2500);
});

test("the steady light is amber until a person has it, green when taken, and dark after all others", () => {
  const steady = Object.fromEntries(CUE_NAMES.map((name) => [name, cueOf(name).steady]));
  for (const name of CUE_NAMES) {
    const waits = name === "delivered" || name === "waitingAgain";
    const expected = waits ? "amber" : name === "taken" ? "green" : "off";
    assert.is(steady[name], expected, name);
  }
});

test("each cue has its name and its own words in both languages", () => {
  assert.is(new Set(CUE_NAMES.map((name) => spokenCue(name).zh)).size, CUE_NAMES.length);
  for (const name of CUE_NAMES) {
    const cue = spokenCue(name);
    assert.is(cue.name, name);
    assert.match(cue.zh, /^\p{Script=Han}+$/u);
    assert.match(cue.en, /^[a-z :,-]+$/i);
  }
});

test("the last level of the battery says that an alarm may fail [R-08]", () => {
  assert.match(spokenCue("batteryLast").en, /an alarm may fail/);
  assert.match(spokenCue("batteryLast").zh, /可能失败/);
});

test("each notice has words in both languages, and the one that brings its own text has none", () => {
  for (let code = 1; code < NOTICES.length; code++) {
    assert.match(noticeWords(code)?.zh ?? "", /^\p{Script=Han}+$/u);
    assert.match(noticeWords(code)?.en ?? "", /^[a-z ]+$/);
  }
  assert.is(noticeWords(0), undefined);
});

test("a board without a speaker carries no word in its image", async () => {
  const { minified } = await buildEspruino({ board: "rak5010" });
  assert.not.match(minified, /\p{Script=Han}|somebody has it/u);
});

test.run();
