// Every message of the wire, declared once: letter, direction, fields in order [wire §6, design §3].
// Data only; the types follow from it (declaration.ts), message-codec.ts reads and writes by it.

import type { Declaration, Values } from "./declaration.ts";
import * as field from "./fields.ts";

/** What a pager says about one press, or about one alarm that it raised by itself. */
const REPORT_FIELDS = [
  field.NUMBER,
  field.TIME,
  field.BATTERY,
  field.LATITUDE,
  field.LONGITUDE,
  field.UNCERTAINTY,
  field.AGE,
  field.CELL,
] as const;

/** A call for help by the key: the first word about it, with or without a position. */
export const SOS = {
  name: "sos",
  letter: "s",
  confirmable: true,
  direction: "up",
  since: 1,
  fields: REPORT_FIELDS,
} as const;

/** The pager has noticed a fall and nobody took it back. */
export const FALL = {
  name: "fall",
  letter: "F",
  confirmable: true,
  direction: "up",
  since: 1,
  fields: REPORT_FIELDS,
} as const;

/** The wearer has left a zone. */
export const LEFT_ZONE = {
  name: "leftZone",
  letter: "Z",
  confirmable: true,
  direction: "up",
  since: 1,
  fields: [
    field.NUMBER,
    field.TIME,
    field.BATTERY,
    field.LATITUDE,
    field.LONGITUDE,
    field.UNCERTAINTY,
    field.AGE,
    field.ZONE,
    field.CELL,
  ],
} as const;

/** Nothing has moved for a set time. */
export const NO_MOVEMENT = {
  name: "noMovement",
  letter: "N",
  confirmable: true,
  direction: "up",
  since: 1,
  fields: [
    field.NUMBER,
    field.TIME,
    field.BATTERY,
    field.LATITUDE,
    field.LONGITUDE,
    field.UNCERTAINTY,
    field.AGE,
    field.STILL,
    field.CELL,
  ],
} as const;

/** The battery is low; at the last level it is the last gasp. */
export const LOW_BATTERY = {
  name: "lowBattery",
  letter: "L",
  confirmable: true,
  direction: "up",
  since: 1,
  fields: [
    field.NUMBER,
    field.TIME,
    field.BATTERY,
    field.LATITUDE,
    field.LONGITUDE,
    field.UNCERTAINTY,
    field.AGE,
    field.LEVEL,
    field.CELL,
  ],
} as const;

/** A further hold while an alarm is open [wire §2.2]. */
export const MORE = {
  name: "more",
  letter: "m",
  confirmable: true,
  direction: "up",
  since: 1,
  fields: REPORT_FIELDS,
} as const;

/** A newer or better position of an open alarm. */
export const REPORT = {
  name: "report",
  letter: "r",
  confirmable: true,
  direction: "up",
  since: 1,
  fields: REPORT_FIELDS,
} as const;

/** The wearer says that it was an accident, which closes nothing. */
export const MISTAKE = {
  name: "mistake",
  letter: "x",
  confirmable: true,
  direction: "up",
  since: 1,
  fields: REPORT_FIELDS,
} as const;

/** The wearer's click: "I am well". */
export const CHECK_IN = {
  name: "checkIn",
  letter: "c",
  confirmable: true,
  direction: "up",
  since: 1,
  fields: REPORT_FIELDS,
} as const;

/** The scheduled report of a pager's state. */
export const BEAT = {
  name: "beat",
  letter: "b",
  confirmable: false,
  direction: "up",
  since: 1,
  fields: [field.BATTERY, field.SIGNAL, field.STATE, field.SETTINGS, field.TIME],
} as const;

/** Once a day: versions, faults, counters since the last one that was answered. */
export const HEALTH = {
  name: "health",
  letter: "h",
  confirmable: true,
  direction: "up",
  since: 1,
  fields: [
    field.FIRMWARE,
    field.FAULTS,
    field.FAILED_PARTS,
    field.DAYS_LEFT,
    field.STARTS,
    field.EXCHANGES,
    field.UNANSWERED,
    field.RECOVERIES,
    field.FIXES,
    field.MISSED_FIXES,
    field.REFUSED,
    field.WEAR,
    field.STORAGE_FAULTS,
    field.BATTERY_MV,
    field.RUNNING,
  ],
} as const;

/** A walk: its first point, then each further one in 7 octets at most. */
export const TRACK = {
  name: "track",
  letter: "t",
  confirmable: true,
  direction: "up",
  since: 1,
  fields: [
    field.START_TIME,
    field.START_LATITUDE,
    field.START_LONGITUDE,
    field.UNCERTAINTY,
    field.STEP,
    field.POINTS,
  ],
} as const;

/**
 * A word of the platform was obeyed, or a command has ended: which, and how. `number` is the
 * alarm's, or the command's id.
 */
export const RESULT = {
  name: "result",
  letter: "o",
  confirmable: true,
  direction: "up",
  since: 1,
  fields: [field.WHAT, field.NUMBER, field.OUTCOME, field.DETAIL],
} as const;

/** What a self-test found. `number` is the command's id, 0 for a test that the pager did by itself. */
export const SELF_TESTED = {
  name: "selfTested",
  letter: "k",
  confirmable: true,
  direction: "up",
  since: 1,
  fields: [
    field.NUMBER,
    field.PASSED_PARTS,
    field.FAILED_PARTS,
    field.SIGNAL,
    field.BATTERY_MV,
    field.FIX_TIME,
    field.ROUND_TRIP,
  ],
} as const;

/** The newest rows of the log that a command has asked for: block-wise where they are many. */
export const LOG = {
  name: "log",
  letter: "g",
  confirmable: true,
  direction: "up",
  since: 1,
  fields: [field.ID, field.LOG_ROWS],
} as const;

/** All settings as they are, because a command has asked. */
export const SETTINGS = {
  name: "settings",
  letter: "p",
  confirmable: true,
  direction: "up",
  since: 1,
  fields: [field.ID, field.SETTINGS, field.HASH, field.SETTINGS_LIST],
} as const;

/** The first word after provisioning, and after a change of SIM: what this pager is [wire §1.5]. */
export const ACTIVATION = {
  name: "activation",
  letter: "a",
  confirmable: true,
  direction: "up",
  since: 1,
  fields: [field.FIRMWARE, field.BOARD, field.CHIP, field.ICCID, field.IMEI],
} as const;

/**
 * "What waits for me?" The answer brings the word. Without an open alarm it has no octets. With
 * `raisedUnder` it asks whether the platform can open what this alarm says at all.
 */
export const WAITING = {
  name: "waiting",
  letter: "w",
  confirmable: true,
  direction: "up",
  since: 1,
  fields: [field.OPEN_NUMBER, field.RAISED_UNDER],
} as const;

/** The image of an update: a GET with Block2 and without octets; the answer is the image's block. */
export const IMAGE_LETTER = "u";

/** The first field of all that the platform says; the second is `value` by this word. */
export const WORD_TIME = 0;
export const WORD_TAKEN = 1;
export const WORD_CLOSED = 2;
export const WORD_RELEASED = 3;
export const WORD_REOPENED = 4;

/** Commands: every word from the first of them on. */
export const WORD_LOCATE = 5;
export const WORD_RING = 6;
export const WORD_NOTICE = 7;
export const WORD_READ_SETTINGS = 8;
export const WORD_CHANGE_SETTINGS = 9;
export const WORD_SELF_TEST = 10;
export const WORD_PRESS_TEST = 11;
export const WORD_UPDATE = 12;
export const WORD_RESTART = 13;
export const WORD_SEND_LOG = 14;
export const WORD_RENEW = 15;
/** About an alarm, though it is behind the commands. */
export const WORD_ANEW = 16;

/** What every word down begins with; a pager that knows no more of a word can say so in its result. */
export const WORD = {
  name: "word",
  letter: "d",
  confirmable: true,
  direction: "down",
  since: 1,
  fields: [field.WHAT, field.VALUE],
} as const;

/** The platform's clock, in an answer. */
export const TIME = {
  name: "time",
  letter: "d",
  confirmable: true,
  direction: "down",
  word: WORD_TIME,
  since: 1,
  fields: [field.WHAT, field.PLATFORM_TIME],
} as const;

/** A person has taken the alarm. */
export const TAKEN = {
  name: "taken",
  letter: "d",
  confirmable: true,
  direction: "down",
  word: WORD_TAKEN,
  since: 1,
  fields: [field.WHAT, field.NUMBER],
} as const;

/** A person has closed it. */
export const CLOSED = {
  name: "closed",
  letter: "d",
  confirmable: true,
  direction: "down",
  word: WORD_CLOSED,
  since: 1,
  fields: [field.WHAT, field.NUMBER],
} as const;

/** Whoever had taken it has not got it any more [wire §2.5]. */
export const RELEASED = {
  name: "released",
  letter: "d",
  confirmable: true,
  direction: "down",
  word: WORD_RELEASED,
  since: 1,
  fields: [field.WHAT, field.NUMBER],
} as const;

/** It was closed and is open again [wire §2.5]. */
export const REOPENED = {
  name: "reopened",
  letter: "d",
  confirmable: true,
  direction: "down",
  word: WORD_REOPENED,
  since: 1,
  fields: [field.WHAT, field.NUMBER],
} as const;

/** In an answer: the platform has no keys for what this alarm was raised under; raise it anew under these. */
export const ANEW = {
  name: "anew",
  letter: "d",
  confirmable: true,
  direction: "down",
  word: WORD_ANEW,
  since: 1,
  fields: [field.WHAT, field.NUMBER],
} as const;

/** Command: find the position and report it, or go on reporting for so long. */
export const LOCATE = {
  name: "locate",
  letter: "d",
  confirmable: true,
  direction: "down",
  word: WORD_LOCATE,
  since: 1,
  fields: [field.WHAT, field.ID, field.SPAN],
} as const;

/** Command: make yourself heard, so that the pager is found. */
export const RING = {
  name: "ring",
  letter: "d",
  confirmable: true,
  direction: "down",
  word: WORD_RING,
  since: 1,
  fields: [field.WHAT, field.ID, field.SPAN],
} as const;

/** Command: tell the wearer something. */
export const NOTICE = {
  name: "notice",
  letter: "d",
  confirmable: true,
  direction: "down",
  word: WORD_NOTICE,
  since: 1,
  fields: [field.WHAT, field.ID, field.NOTICE, field.NOTICE_TEXT],
} as const;

/** Command: say all settings. */
export const READ_SETTINGS = {
  name: "readSettings",
  letter: "d",
  confirmable: true,
  direction: "down",
  word: WORD_READ_SETTINGS,
  since: 1,
  fields: [field.WHAT, field.ID],
} as const;

/** Command: change settings, all of them or none; `settings` is their version from then on. */
export const CHANGE_SETTINGS = {
  name: "changeSettings",
  letter: "d",
  confirmable: true,
  direction: "down",
  word: WORD_CHANGE_SETTINGS,
  since: 1,
  fields: [field.WHAT, field.ID, field.SETTINGS, field.CHANGED_LIST],
} as const;

/** Command: test yourself. */
export const SELF_TEST = {
  name: "selfTest",
  letter: "d",
  confirmable: true,
  direction: "down",
  word: WORD_SELF_TEST,
  since: 1,
  fields: [field.WHAT, field.ID, field.PARTS],
} as const;

/** Command: let the wearer try the key; recorded, and no alarm. */
export const PRESS_TEST = {
  name: "pressTest",
  letter: "d",
  confirmable: true,
  direction: "down",
  word: WORD_PRESS_TEST,
  since: 1,
  fields: [field.WHAT, field.ID, field.SPAN],
} as const;

/** Command: fetch this image block by block and start it. */
export const UPDATE = {
  name: "update",
  letter: "d",
  confirmable: true,
  direction: "down",
  word: WORD_UPDATE,
  since: 1,
  fields: [field.WHAT, field.ID, field.FIRMWARE, field.IMAGE_OCTETS, field.IMAGE_HASH],
} as const;

/** Command: start anew, once no alarm is open. */
export const RESTART = {
  name: "restart",
  letter: "d",
  confirmable: true,
  direction: "down",
  word: WORD_RESTART,
  since: 1,
  fields: [field.WHAT, field.ID],
} as const;

/** Command: send the log. */
export const SEND_LOG = {
  name: "sendLog",
  letter: "d",
  confirmable: true,
  direction: "down",
  word: WORD_SEND_LOG,
  since: 1,
  fields: [field.WHAT, field.ID, field.LOG_OCTETS],
} as const;

/**
 * Command: here is a new security context for this slot, which is not the one in use. Use it; once an
 * answer under it has opened, what the slot held before is dropped and the other one is the spare.
 */
export const RENEW = {
  name: "renew",
  letter: "d",
  confirmable: true,
  direction: "down",
  word: WORD_RENEW,
  since: 1,
  fields: [
    field.WHAT,
    field.ID,
    field.SLOT,
    field.KID,
    field.PLATFORM_ID,
    field.SENDER_KEY,
    field.RECIPIENT_KEY,
    field.COMMON_IV,
  ],
} as const;

export type Report = Values<typeof SOS>;
export type Beat = Values<typeof BEAT>;
export type SelfTested = Values<typeof SELF_TESTED>;
export type Word = Values<typeof WORD>;

/** All of them, in the order of the tables in README.md. */
export const MESSAGES: readonly Declaration[] = [
  SOS,
  FALL,
  LEFT_ZONE,
  NO_MOVEMENT,
  LOW_BATTERY,
  MORE,
  REPORT,
  MISTAKE,
  CHECK_IN,
  BEAT,
  HEALTH,
  TRACK,
  RESULT,
  SELF_TESTED,
  LOG,
  SETTINGS,
  ACTIVATION,
  WAITING,
  WORD,
  TIME,
  TAKEN,
  CLOSED,
  RELEASED,
  REOPENED,
  ANEW,
  LOCATE,
  RING,
  NOTICE,
  READ_SETTINGS,
  CHANGE_SETTINGS,
  SELF_TEST,
  PRESS_TEST,
  UPDATE,
  RESTART,
  SEND_LOG,
  RENEW,
];
