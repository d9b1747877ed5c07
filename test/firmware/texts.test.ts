// Texts that come in: only what is whole, sealed and fresh does anything; nobody else is answered.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { FORGED, MALFORMED, REPEATED, STRANGE_TEXTS } from "../../firmware/core/counts.ts";
import { CONTACT, PLATFORM_NUMBER } from "../../firmware/core/settings.ts";
import { toSmsText } from "../../protocol/base64.ts";
import { readyWorld, type World } from "./world.ts";

const PLATFORM = "+8610086000000";

function openAlarm(): World {
  const world = readyWorld();
  world.set(PLATFORM_NUMBER, PLATFORM);
  world.set(CONTACT, "+8613800000001");
  world.radio("ready", true);
  world.platform.tellsTime = true;
  world.hold();
  world.run(1000);
  return world;
}

/** All that a text could change, but the counts. */
function factsOf(world: World): string {
  const { counts, ...facts } = world.state;
  return JSON.stringify(facts);
}

test("ten thousand texts of strangers change one count and are never answered", () => {
  const world = openAlarm();
  const before = factsOf(world);
  const effects = world.trace.length;
  const texts = ["position?", "", "OK1", "ok1:AAAA", " OK1:AAAA", "OK1:A", "OK1:AA=A", "重启"];
  for (let i = 0; i < 10000; i++) world.text(texts[i % texts.length], `+86139${i}`);
  assert.is(world.state.counts[STRANGE_TEXTS], 10000);
  assert.ok(factsOf(world) === before, "nothing is kept");
  assert.is(world.trace.length, effects, "nothing is done, not even a row of the log");
});

test("octets that nobody sealed and seals of others change a count alone", () => {
  const world = openAlarm();
  const before = factsOf(world);
  const word = world.platform.take(world.platform.alarms[0]);
  for (let at = 0; at < word.length; at++) {
    const bent = word.slice();
    // What is sealed stands at the end, 8 octets of it the tag.
    bent[word.length - 1 - (at % 12)] ^= 1 + at;
    world.text(toSmsText(bent) as string);
    world.text(toSmsText(word.slice(0, at)) as string);
  }
  const { counts } = world.state;
  assert.is(counts[FORGED] + counts[MALFORMED], 2 * word.length, counts.join());
  assert.ok(counts[FORGED] > word.length && counts[MALFORMED] > 5, counts.join());
  assert.ok(factsOf(world) === before);
  assert.is(world.texts.length, 0);
});

test("a sealed word is obeyed whatever number it comes from, once, and answered to the platform's", () => {
  const world = openAlarm();
  world.run(1000);
  const text = toSmsText(world.platform.take(world.platform.alarms[0])) as string;
  world.text(text, "+1900");
  assert.is(world.state.alarm.stage, "taken");
  assert.equal(
    world.texts.map((one) => one.to),
    [PLATFORM],
  );
  for (let i = 0; i < 5; i++) world.text(text, PLATFORM);
  assert.is(world.state.counts[REPEATED], 5);
  assert.is(world.cues().filter((name) => name === "taken").length, 1);
});

test("a word of before a reset that comes again by text is not obeyed, and asks at most once in 120 s", () => {
  const world = openAlarm();
  const text = toSmsText(world.platform.take(world.platform.alarms[0])) as string;
  world.platform.pending = [];
  world.up = false;
  world.reboot();
  world.radio("ready", true);
  world.run(200000);
  for (let i = 0; i < 200; i++) {
    world.text(text);
    world.run(1000);
  }
  assert.is(world.state.alarm.stage, "delivered");
  assert.ok(world.texts.length <= 2, `${world.texts.length} texts`);
});

test("without the platform's number a word by text is obeyed and nobody is texted", () => {
  const world = openAlarm();
  world.set(PLATFORM_NUMBER, "");
  world.state.settings = [];
  world.text(toSmsText(world.platform.take(world.platform.alarms[0])) as string);
  assert.is(world.state.alarm.stage, "taken");
  assert.equal(world.texts, []);
});

test.run();
