// A row of a pager's log in words. For the host alone: a pager carries none of these texts.
// An event of a newer pager is shown as its numbers.

import { OUTCOMES } from "../protocol/codes.ts";
import { FAULT_CODES } from "../protocol/fault.ts";
import * as log from "../protocol/log-events.ts";
import { declarationOfWord } from "../protocol/message-lookup.ts";

/** In the order of the pager's own lists; a detail is a place in one of these. */
export const LOG_STAGES = ["none", "sending", "delivered", "taken", "closed"];
export const LOG_LETTERS = "smxorcwbFZNLtapgkuh";
export const LOG_RADIO_STATES = ["off", "starting", "searching", "denied", "ready"];
export const LOG_COUNTS = ["malformed", "forged", "unasked", "repeated", "unfresh", "unknown"];
export const LOG_CUES = [
  "tick",
  "raised",
  "sending",
  "stillTrying",
  "noNetwork",
  "delivered",
  "taken",
  "closed",
  "checkinDelivered",
  "notActivated",
  "linkLost",
  "waitingAgain",
  "batteryLow",
  "batteryLower",
  "batteryLast",
  "ring",
  "notice",
  "pressTest",
  "pressTestGood",
  "selfTest",
  "fallen",
];

const WHY: Record<number, string> = {
  [log.WHY_ANSWER]: "answer",
  [log.WHY_TOKEN]: "no such token",
  [log.WHY_NO_KID]: "no kid or number",
  [log.WHY_KID]: "no such kid",
  [log.WHY_OLD]: "old number",
  [log.WHY_UNFRESH]: "not shown fresh yet",
  [log.WHY_OBEYED]: "obeyed before",
  [log.WHY_PATH]: "another path",
  [log.WHY_WORD]: "another word",
  [log.WHY_CODE]: "another code",
};

const UPDATE_STAGES = ["waits", "erases", "pulls", "checks", "is ready", "is kept"];

const CARD_FAULTS: Record<number, string> = {
  0: "ready",
  10: "none",
  11: "locked by its PIN",
  12: "locked by its PUK",
  13: "broken",
  14: "busy",
};

type Say = (detail: number) => string;

function sent(detail: number): string {
  const copy = detail % log.TRY_MAX;
  const rest = Math.floor(detail / log.TRY_MAX);
  const letter = LOG_LETTERS.charAt(Math.floor(rest / log.TRY_MAX));
  return `sent ${letter}, try ${rest % log.TRY_MAX}.${copy}`;
}

function refused(detail: number): string {
  const why = detail % log.WHY_MAX;
  const kind = LOG_COUNTS[Math.floor(detail / log.WHY_MAX)] ?? "unknown";
  return `refused datagram, ${kind}: ${FAULT_CODES[why] ?? WHY[why] ?? why}`;
}

function order(detail: number): string {
  const outcome = detail % 8;
  return `order ${Math.floor(detail / 8)}: ${OUTCOMES[outcome] ?? outcome}`;
}

function pathOf(path: number): string {
  return path === 0 ? "the platform" : `contact ${path}`;
}

function command(detail: number): string {
  const what = Math.floor(detail / log.OUTCOMES_MAX);
  const outcome = detail % log.OUTCOMES_MAX;
  const name = declarationOfWord(what)?.name ?? `word ${what}`;
  return `command ${name}: ${OUTCOMES[outcome] ?? outcome}`;
}

const TEXTS: Record<number, Say> = {
  [log.LOG_STARTED]: (records) => `started, ${records} records`,
  [log.LOG_BLANK]: () => "started, never provisioned",
  [log.LOG_HELD_BLANK]: () => "held, but never provisioned",
  [log.LOG_RAISED]: (letter) => (letter === 0 ? "raised" : `raised ${LOG_LETTERS.charAt(letter)}`),
  [log.LOG_HELD_AGAIN]: () => "held again",
  [log.LOG_MISTAKE]: () => "mistake, says the wearer",
  [log.LOG_STAGE]: (stage) => LOG_STAGES[stage] ?? `stage ${stage}`,
  [log.LOG_RESUMED]: (stage) => `resumed, ${LOG_STAGES[stage] ?? stage}`,
  [log.LOG_SENT]: sent,
  [log.LOG_NO_SLOT]: (letter) => `no slot left to send ${LOG_LETTERS.charAt(letter)}`,
  [log.LOG_DELIVERED]: (letter) => `delivered ${LOG_LETTERS.charAt(letter)}`,
  [log.LOG_CHECK_IN_JOINS]: () => "check-in joins those that wait",
  [log.LOG_CHECK_IN]: (number) => `check-in ${number}`,
  [log.LOG_SLOT_DROPPED]: (slot) => `slot ${slot} dropped for good`,
  [log.LOG_RADIO]: (state) => `radio ${LOG_RADIO_STATES[state] ?? state}`,
  [log.LOG_BEAT_MISSED]: () => "beat missed",
  [log.LOG_BEAT_ANSWERED]: () => "beat answered",
  [log.LOG_STORAGE]: (detail) =>
    `storage ${detail % 2 === 1 ? "refused" : "slow"}, page ${Math.floor(detail / 2)}`,
  [log.LOG_REFUSED]: refused,
  [log.LOG_KEY_STUCK]: () => "key stuck",
  [log.LOG_CLICKS_LEFT]: () => "too many clicks, left out from here",
  [log.LOG_BATTERY_LEVEL]: (level) => `battery down to level ${level}`,
  [log.LOG_ORDER]: order,
  [log.LOG_CONSOLE]: (open) => `console ${open === 1 ? "open" : "closed"}`,
  [log.LOG_CARD]: (fault) => `SIM card: ${CARD_FAULTS[fault] ?? `fault ${fault}`}`,
  [log.LOG_BESIDE]: (letter) => `raised ${LOG_LETTERS.charAt(letter)} beside what is in hand`,
  [log.LOG_TEXT]: (path) => `text to ${pathOf(path)}`,
  [log.LOG_TEXTED]: (path) =>
    path < 0 ? `text to ${pathOf(-1 - path)} failed` : `text to ${pathOf(path)} left`,
  [log.LOG_CALL]: (place) => `call to ${place === 0 ? "the desk" : `contact ${place}`}`,
  [log.LOG_COMMAND]: command,
  [log.LOG_CHECK_IN_ANEW]: (number) =>
    `check-in ${number} goes on under this number, with other keys`,
  [log.LOG_BESIDE_ANEW]: (number) =>
    `alarm ${number} beside goes on under this number, with other keys`,
  [log.LOG_ANEW]: (number) => `alarm ${number} goes on under this number, with other keys`,
  [log.LOG_RENEWED]: (slot) => `slot ${slot} is in use from here on`,
  [log.LOG_SETTINGS]: (version) => `settings version ${version}`,
  [log.LOG_UPDATE]: (stage) => `update: ${UPDATE_STAGES[stage] ?? stage}`,
  [log.LOG_CUE]: (cue) => `cue ${LOG_CUES[cue] ?? cue}`,
};

/** The row in English, without the number of its alarm. */
export function logText(event: number, detail: number): string {
  return TEXTS[event]?.(detail) ?? `event ${event}, ${detail}`;
}
