// What the wearer's hand does beside one alarm: stuck key, battery, orders, console, on every engine.
// Written in the dialect; nothing is judged here, the test compares the lines.

import type { Moment } from "../../../firmware/core/moment.ts";
import { startPressTest } from "../../../firmware/core/press-test.ts";
import { giveNotice, startRing } from "../../../firmware/core/ring.ts";
import { startSelfTest } from "../../../firmware/core/self-test.ts";
import { WORD_CLOSED, WORD_TIME } from "../../../protocol/messages.ts";
import {
  answer,
  boot,
  pass,
  perform,
  press,
  radioReady,
  type Story,
  sayWord,
  take,
} from "./story.ts";

const DAY_S = 86400 * 2000;
const HOLD_MS = 3200;
const CLICK_MS = 200;

function battery(story: Story, batteryMv: number, charging: boolean): void {
  take(story, {
    kind: "battery",
    atMs: story.atMs,
    batteryMv: batteryMv,
    charging: charging,
  });
  pass(story, 6000);
}

/** An order as a command hands it to its part; its effects are told as those of a step. */
export function order(story: Story, run: (moment: Moment) => void): void {
  const moment: Moment = {
    machine: story.machine,
    pager: story.state,
    nowMs: story.atMs,
    effects: [],
  };
  run(moment);
  perform(story, moment.effects);
  pass(story, 100);
}

/** Stuck for longer than anybody holds; the desk closes; up, and a key again. */
export function tellStuckKey(story: Story): void {
  boot(story);
  radioReady(story, -80);
  press(story, 125000);
  answer(story, WORD_TIME, DAY_S);
  sayWord(story, WORD_CLOSED, story.state.alarm.number);
  press(story, HOLD_MS);
  pass(story, 2000);
  press(story, HOLD_MS);
}

/** Every level by night and by day, a check-in, a charge. */
export function tellBattery(story: Story): void {
  boot(story);
  take(story, { kind: "clock", atMs: story.atMs, timeS: DAY_S + 14 * 3600, source: "network" });
  radioReady(story, -80);
  battery(story, 3800, false);
  battery(story, 3610, false);
  battery(story, 3560, false);
  battery(story, 3440, false);
  answer(story, WORD_TIME, DAY_S + 14 * 3600);
  press(story, CLICK_MS);
  pass(story, 1000);
  answer(story, WORD_TIME, DAY_S + 14 * 3600 + 10);
  pass(story, 20000);
  battery(story, 3700, true);
  pass(story, 700000);
  battery(story, 4100, true);
  battery(story, 4100, false);
}

/** Ring, notice, press test, self-test; then a reset in the middle of one. */
export function tellHandOrders(story: Story): void {
  boot(story);
  radioReady(story, -80);
  order(story, function (moment) {
    startRing(moment, 10);
  });
  press(story, CLICK_MS);
  pass(story, 2000);
  order(story, function (moment) {
    giveNotice(moment, 2);
  });
  order(story, function (moment) {
    startPressTest(moment, 5, 60);
  });
  pass(story, 12000);
  press(story, HOLD_MS);
  pass(story, 1000);
  answer(story, WORD_TIME, DAY_S);
  order(story, function (moment) {
    startSelfTest(moment, 6, 0);
  });
  answer(story, WORD_TIME, DAY_S + 60);
  press(story, CLICK_MS);
  pass(story, 5000);
  order(story, function (moment) {
    startPressTest(moment, 7, 60);
  });
  boot(story);
  pass(story, 1000);
}

/** Held on the charger: an alarm, and the console for ten minutes. */
export function tellConsole(story: Story): void {
  boot(story);
  radioReady(story, -80);
  battery(story, 4000, true);
  take(story, { kind: "line", atMs: story.atMs, text: "state" });
  press(story, HOLD_MS);
  take(story, { kind: "line", atMs: story.atMs, text: "state" });
  answer(story, WORD_TIME, DAY_S);
  sayWord(story, WORD_CLOSED, story.state.alarm.number);
  pass(story, 1000);
  take(story, { kind: "line", atMs: story.atMs, text: "test" });
  pass(story, 620000);
}
