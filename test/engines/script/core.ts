// Stories of a pager told on every engine: the same inputs must give the same effects.
// Written in the dialect; nothing is judged here, the test compares the lines.

import type { Machine } from "../../../protocol/machine.ts";
import { WORD_CLOSED, WORD_TAKEN, WORD_TIME } from "../../../protocol/messages.ts";
import { tellKinds, tellTexts } from "./alarm-life.ts";
import { tellBattery, tellConsole, tellHandOrders, tellStuckKey } from "./hand.ts";
import { tellHealthOfDays } from "./health.ts";
import { tellNewKeys, tellOrders, tellSettings, tellTrack } from "./orders.ts";
import { tellFullOutbox, tellRefusing, tellWeakBattery } from "./storage.ts";
import {
  answer,
  boot,
  erasePage,
  fix,
  newStory,
  octets,
  pass,
  press,
  radioReady,
  type Story,
  sayWord,
  take,
  useSpare,
} from "./story.ts";
import type { Say } from "./wire.ts";
import { tellZones } from "./zones.ts";

const HOLD_MS = 3100;
const CLICK_MS = 200;

function sayEnd(story: Story): void {
  const state = story.state;
  story.say("end " + state.alarm.stage + " " + state.outbox.length);
}

/** A whole alarm: held, reset in the middle, delivered, taken, held again, closed; then a click. */
function tellAlarm(story: Story): void {
  boot(story);
  take(story, { kind: "battery", atMs: story.atMs, batteryMv: 3777, charging: false });
  radioReady(story, -101);
  fix(story, 261234567, -1177654321, 35);
  pass(story, 3000);
  press(story, HOLD_MS);
  const number = story.state.alarm.number;
  pass(story, 20000);
  boot(story);
  radioReady(story, 0);
  answer(story, WORD_TIME, 200000000);
  pass(story, 1000);
  fix(story, -900000000, 1800000000, 400);
  answer(story, WORD_TAKEN, number);
  answer(story, WORD_TIME, 200000100);
  press(story, HOLD_MS);
  answer(story, WORD_TIME, 200000200);
  pass(story, 90000);
  answer(story, WORD_TIME, 200000300);
  sayWord(story, WORD_CLOSED, number);
  answer(story, WORD_TIME, 200000400);
  pass(story, 60000);
  press(story, CLICK_MS);
  pass(story, 2000);
}

/** Octets from strangers: not CoAP, not sealed, a broken tag, the same answer twice. */
function tellForgeries(story: Story): void {
  boot(story);
  radioReady(story, -90);
  press(story, HOLD_MS);
  const machine = story.machine;
  take(story, { kind: "datagram", atMs: story.atMs, bytes: machine.bytes(0) });
  take(story, { kind: "datagram", atMs: story.atMs, bytes: octets(machine, 4, 0) });
  take(story, { kind: "datagram", atMs: story.atMs, bytes: octets(machine, 40, 97) });
  const broken = machine.bytes(story.heard.length);
  for (let i = 0; i < broken.length; i++) broken[i] = story.heard[i];
  take(story, { kind: "datagram", atMs: story.atMs, bytes: broken });
  broken[broken.length - 1] = broken[broken.length - 1] ^ 1;
  take(story, { kind: "datagram", atMs: story.atMs, bytes: broken });
  sayWord(story, WORD_TAKEN, 0);
  answer(story, WORD_TIME, 200000000);
  answer(story, WORD_TAKEN, story.state.alarm.number + 1);
  pass(story, 4000);
}

/** Storage that fails, no network, a wearer who says it was a mistake. */
function tellTrouble(story: Story): void {
  boot(story);
  take(story, { kind: "radio", atMs: story.atMs, state: "searching", signalDbm: 0, texts: false });
  take(story, { kind: "storageFault", atMs: story.atMs, page: 2, failed: true, turning: false });
  press(story, HOLD_MS);
  pass(story, 80000);
  take(story, { kind: "clock", atMs: story.atMs, timeS: 2147483600, source: "network" });
  radioReady(story, -140);
  answer(story, WORD_TIME, 2147483601);
  for (let i = 0; i < 3; i++) {
    press(story, CLICK_MS);
    pass(story, 100);
  }
  pass(story, 1000);
  answer(story, WORD_TIME, 2147483602);
}

/** The journal is lost: the first context is dropped and the spare is used. */
function tellLostCounter(story: Story): void {
  erasePage(story, 2);
  erasePage(story, 3);
  boot(story);
  radioReady(story, -70);
  useSpare(story);
  press(story, HOLD_MS);
  answer(story, WORD_TIME, 200000000);
}

/** A key that is down at boot counts; a pager without identity says so. */
function tellNeverActivated(story: Story): void {
  for (let page = 0; page < 4; page++) erasePage(story, page);
  boot(story);
  press(story, HOLD_MS);
  pass(story, 10000);
}

const STORIES = [
  tellAlarm,
  tellForgeries,
  tellTrouble,
  tellLostCounter,
  tellNeverActivated,
  tellTexts,
  tellKinds,
  tellSettings,
  tellOrders,
  tellNewKeys,
  tellStuckKey,
  tellBattery,
  tellHandOrders,
  tellConsole,
  tellRefusing,
  tellWeakBattery,
  tellFullOutbox,
  tellTrack,
  tellZones,
  tellHealthOfDays,
];

export function sayCore(machine: Machine, say: Say): void {
  for (let i = 0; i < STORIES.length; i++) {
    const story = newStory(machine, say);
    say("story " + i);
    STORIES[i](story);
    sayEnd(story);
  }
}
