// Stories of storage on every engine: pages that refuse, a weak battery, a full outbox.
// Written in the dialect; nothing is judged here, the test compares the lines.

import { WORD_TAKEN, WORD_TIME } from "../../../protocol/messages.ts";
import {
  answer,
  boot,
  bootAt,
  pass,
  press,
  radioReady,
  type Story,
  sayWord,
  take,
} from "./story.ts";

const HOLD_MS = 3100;
const CLICK_MS = 200;

function setBattery(story: Story, batteryMv: number): void {
  take(story, { kind: "battery", atMs: story.atMs, batteryMv: batteryMv, charging: false });
}

function refuse(story: Story, page: number, turning: boolean): void {
  take(story, {
    kind: "storageFault",
    atMs: story.atMs,
    page: page,
    failed: true,
    turning: turning,
  });
}

/** A write is refused, then the page turn behind it, again and again; an alarm in between. */
export function tellRefusing(story: Story): void {
  boot(story);
  refuse(story, 2, false);
  refuse(story, 3, true);
  refuse(story, 3, true);
  press(story, HOLD_MS);
  pass(story, 2000);
  refuse(story, 3, true);
  pass(story, 20000);
  boot(story);
}

/** Below the voltage for an erase: a torn record, and an alarm behind it that a start finds. */
export function tellWeakBattery(story: Story): void {
  boot(story);
  setBattery(story, 3300);
  press(story, CLICK_MS);
  pass(story, 2000);
  refuse(story, 2, false);
  press(story, HOLD_MS);
  pass(story, 1000);
  for (let i = 0; i < 7; i++) bootAt(story, 3300);
  pass(story, 90000);
  bootAt(story, 3300);
}

/** More results than the outbox takes, then a call for help. */
export function tellFullOutbox(story: Story): void {
  boot(story);
  radioReady(story, -90);
  press(story, CLICK_MS);
  pass(story, 1000);
  answer(story, WORD_TIME, 200000000);
  press(story, CLICK_MS);
  pass(story, 1000);
  press(story, CLICK_MS);
  pass(story, 1000);
  for (let number = 5001; number < 5018; number++) sayWord(story, WORD_TAKEN, number);
  press(story, HOLD_MS);
  pass(story, 40000);
}
