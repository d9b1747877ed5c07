// A whole self-test, two health reports a day apart, and the days that a battery has left, on every engine.
// Written in the dialect; nothing is judged here, the test compares the lines.

import { abilities } from "../../../firmware/core/abilities.ts";
import { startSelfTest } from "../../../firmware/core/self-test.ts";
import { WORD_TIME } from "../../../protocol/messages.ts";
import { order } from "./hand.ts";
import { answer, boot, pass, press, radioReady, type Story, take } from "./story.ts";

const DAY_S = 86400 * 2500;
const HALF_S = 43200;

function voltage(story: Story, batteryMv: number): void {
  take(story, { kind: "battery", atMs: story.atMs, batteryMv: batteryMv, charging: false });
}

/** Receiver without a fix, accelerometer silent, card there; what failed is in both reports. */
export function tellHealthOfDays(story: Story): void {
  abilities.zones = true;
  abilities.motion = true;
  boot(story);
  take(story, { kind: "card", atMs: story.atMs, iccid: "8986", imei: "" });
  radioReady(story, -90);
  order(story, function (moment) {
    startSelfTest(moment, 6, 0);
  });
  answer(story, WORD_TIME, DAY_S);
  press(story, 200);
  pass(story, 5000);
  take(story, { kind: "gnss", atMs: story.atMs });
  answer(story, WORD_TIME, DAY_S);
  voltage(story, 3900);
  pass(story, 25000);
  answer(story, WORD_TIME, DAY_S + 40);
  answer(story, WORD_TIME, DAY_S + 41);
  pass(story, 40000);
  answer(story, WORD_TIME, DAY_S + 90);
  answer(story, WORD_TIME, DAY_S + 91);
  for (let half = 1; half < 4; half++) {
    pass(story, HALF_S * 1000 - 3000);
    voltage(story, 3900 - 12 * half);
    answer(story, WORD_TIME, DAY_S + half * HALF_S);
    answer(story, WORD_TIME, DAY_S + half * HALF_S + 1);
    pass(story, 3000);
  }
  boot(story);
  pass(story, 1000);
  abilities.zones = false;
  abilities.motion = false;
}
