// The ways that an undelivered alarm takes beside datagrams: texts to the platform and the contacts.
// Ends no other way: datagrams go on all the while, and only an opened answer ends it [pager §2.5].

import { toSmsText } from "../../protocol/base64.ts";
import { isFault } from "../../protocol/fault.ts";
import { LOG_TEXT, LOG_TEXTED } from "../../protocol/log-events.ts";
import type { Bytes } from "../../protocol/machine.ts";
import {
  CONTACTS,
  CONTACTS_AFTER_S_KEY,
  PLATFORM_NUMBER_KEY,
  SMS_AFTER_S_KEY,
} from "../../protocol/settings.ts";
import { spanMs } from "../../protocol/span.ts";
import { hasVoice } from "./abilities.ts";
import { isOpen, stepDueInMs } from "./alarm.ts";
import { nowS } from "./clock.ts";
import { leftMs, soonerMs } from "./due.ts";
import { noteAlarm } from "./journal.ts";
import {
  BEFORE_S_MAX,
  CONTACT_TRIES_MAX,
  ROUNDED_S,
  SMS_AGAIN_MS,
  TEXT_AGAIN_MS,
} from "./limits.ts";
import { sealItem } from "./link.ts";
import type { Item } from "./link-state.ts";
import { log, type Moment } from "./moment.ts";
import { findItem } from "./outbox.ts";
import { textOf } from "./settings.ts";
import type { State } from "./state.ts";
import { callText } from "./texts.ts";
import { advanceCall, callDueInMs } from "./voice.ts";

/** Place of the platform in `paths`; the contacts stand behind it, and so do their settings. */
const PLATFORM = 0;
/** Behind the tries: the network took a text. */
const TAKEN_ON = 3;

function toNumber(moment: Moment, id: number, path: number, text: string): void {
  const to = textOf(moment.pager, PLATFORM_NUMBER_KEY + path);
  if (to !== "") moment.effects.push({ kind: "text", id: id, to: to, text: text });
}

/** A sealed datagram as a text to the platform; `id` 0 where nobody waits for its end. */
export function textPlatform(moment: Moment, id: number, bytes: Bytes): void {
  const text = toSmsText(bytes);
  if (!isFault(text)) toNumber(moment, id, PLATFORM, text as string);
}

/** "What waits for me?" by the only way that speaks, not more often than texts may go. */
export function askByText(moment: Moment, item: Item): void {
  const alarm = moment.pager.alarm;
  if (!isOpen(moment.pager) || leftMs(moment.nowMs, alarm.smsMs, SMS_AGAIN_MS) > 0) return;
  alarm.smsMs = moment.nowMs;
  const bytes = sealItem(moment, item);
  if (bytes !== undefined) textPlatform(moment, 0, bytes);
}

/** Milliseconds until this path may be tried; -1 where it can't, or was tried enough. */
function pathDueInMs(state: State, nowMs: number, path: number): number {
  const alarm = state.alarm;
  const tries = alarm.paths[path];
  const toContact = path !== PLATFORM;
  if (
    (toContact && tries >= CONTACT_TRIES_MAX) ||
    textOf(state, PLATFORM_NUMBER_KEY + path) === ""
  ) {
    return -1;
  }
  if (tries === 0) {
    return stepDueInMs(state, nowMs, toContact ? CONTACTS_AFTER_S_KEY : SMS_AFTER_S_KEY);
  }
  if (toContact) return leftMs(nowMs, alarm.textMs, TEXT_AGAIN_MS);
  return leftMs(nowMs, alarm.smsMs, tries === TAKEN_ON ? SMS_AGAIN_MS : TEXT_AGAIN_MS);
}

/** A path that can't work now is passed over, and looked at again when it can [pager §2.5]. */
export function escalationDueInMs(state: State, nowMs: number): number {
  const alarm = state.alarm;
  if (alarm.stage !== "sending") return -1;
  let dueMs = hasVoice() ? callDueInMs(state, nowMs) : -1;
  // One text at a time: the radio tells the end of each.
  if (!state.link.texts || alarm.textId !== 0) return dueMs;
  for (let path = 0; path <= CONTACTS; path++) {
    dueMs = soonerMs(dueMs, pathDueInMs(state, nowMs, path));
  }
  return dueMs;
}

/** The first that is due in the order of the paths; who had none goes before who had one. */
function nextPath(state: State, nowMs: number): number {
  let next = -1;
  for (let path = CONTACTS; path >= 0; path--) {
    if (pathDueInMs(state, nowMs, path) !== 0) continue;
    const tried = path === PLATFORM ? 0 : state.alarm.paths[path];
    if (next < 0 || tried <= state.alarm.paths[next]) next = path;
  }
  return next;
}

/** On flash before it leaves: a start behind it must not text again and again [pager §2.3]. */
function beginText(moment: Moment, item: Item, path: number): void {
  const state = moment.pager;
  const alarm = state.alarm;
  state.nextId += 1;
  alarm.textId = state.nextId;
  alarm.textPath = path;
  if (path !== PLATFORM || alarm.paths[path] === 0) {
    alarm.paths[path] += 1;
    noteAlarm(moment);
  }
  log(moment, LOG_TEXT, alarm.number, path);
  if (path !== PLATFORM) {
    toNumber(moment, alarm.textId, path, callText(moment));
    return;
  }
  alarm.smsMs = moment.nowMs;
  const bytes = sealItem(moment, item);
  if (bytes !== undefined) textPlatform(moment, alarm.textId, bytes);
}

/** Found in the journal: the clock goes on from the hold where both times are known. */
function learnBefore(moment: Moment, item: Item): void {
  const alarm = moment.pager.alarm;
  for (let path = 1; path <= CONTACTS; path++) {
    // They were due already: it goes on where it was.
    if (alarm.paths[path] > 0) alarm.beforeMs = BEFORE_S_MAX * 1000;
  }
  const timeS = nowS(moment);
  if (alarm.beforeMs >= 0 || timeS === 0 || item.timeS === 0) return;
  // Both are whole seconds of a clock that was set anew between them: nothing is due too soon.
  const sinceS = timeS - item.timeS - ROUNDED_S;
  const heldMs = sinceS < BEFORE_S_MAX ? sinceS * 1000 : BEFORE_S_MAX * 1000;
  const beforeMs = heldMs - spanMs(moment.nowMs, alarm.sinceMs);
  alarm.beforeMs = beforeMs > 0 ? beforeMs : 0;
}

export function advanceEscalation(moment: Moment): void {
  const state = moment.pager;
  const alarm = state.alarm;
  const item = findItem(state, alarm.letter, alarm.number);
  if (alarm.stage !== "sending" || item === undefined) return;
  if (alarm.beforeMs < 0) learnBefore(moment, item);
  if (hasVoice()) advanceCall(moment);
  const path = state.link.texts && alarm.textId === 0 ? nextPath(state, moment.nowMs) : -1;
  if (path >= 0) beginText(moment, item, path);
}

/** The modem has got rid of it, or could not. A text of an earlier alarm says nothing of this one. */
export function takeTexted(moment: Moment, id: number, good: boolean): void {
  const alarm = moment.pager.alarm;
  const path = alarm.textPath;
  if (id === 0 || id !== alarm.textId) return;
  alarm.textId = 0;
  alarm.textMs = moment.nowMs;
  log(moment, LOG_TEXTED, alarm.number, good ? path : -1 - path);
  if (!good || alarm.paths[path] === TAKEN_ON) return;
  alarm.paths[path] = TAKEN_ON;
  noteAlarm(moment);
}
