// Every message of the wire, declared once: letter, fields in order, units, bounds [wire §6].
// Data and the types that follow from it; message-codec.ts reads and writes by them.

import { AGE_S, BATTERY_PERCENT, UNCERTAINTY_M } from "./codes.ts";
import { CODE_MAX, LATITUDE_MAX, LONGITUDE_MAX, NUMBER_MAX, TIME_S_MAX } from "./limits.ts";

export interface Field {
  readonly name: string;
  readonly unit: string;
  /** Bounds of the value in its unit. With a table, values outside go to its ends. */
  readonly min: number;
  readonly max: number;
  /** Without it the message is refused; other fields may be absent. */
  readonly needed: boolean;
  /** A yes-or-no that rides on the sign: not set is v, set is -1 - v, of equal size. "" for none. */
  readonly flag: string;
  /** Values by their code, ascending; empty where the number itself goes over the wire. */
  readonly table: readonly number[];
  /** Which row a value between two rows takes. */
  readonly round: "up" | "down";
  /** Version of the wire that brought the field. Fields are only ever added, behind the last. */
  readonly since: number;
}

export interface Declaration {
  readonly name: string;
  /** Uri-Path of the resource. */
  readonly letter: string;
  /** Whether the request is confirmable [wire §3]. */
  readonly confirmable: boolean;
  readonly direction: "up" | "down";
  readonly since: number;
  readonly fields: readonly Field[];
}

type Fields<D extends Declaration> = D["fields"][number];

/** The values of a message: what is needed, what may be absent, and the flags (0 or 1). */
export type Values<D extends Declaration> = {
  [F in Fields<D> as F["needed"] extends true ? F["name"] : never]: number;
} & {
  [F in Fields<D> as F["needed"] extends true ? never : F["name"]]?: number;
} & {
  [F in Fields<D> as F["flag"] extends "" ? never : F["flag"]]?: number;
};

const NONE: readonly number[] = [];

/**
 * What a pager says about one press. `number` is the alarm's, born when it was raised; a check-in
 * has its own from the same counter. `timeFromNetwork` is set where the operator's network said the
 * time, not satellites or the platform; `fromCells` where the position is not a fix.
 */
const REPORT_FIELDS = [
  {
    name: "number",
    unit: "count",
    min: 0,
    max: NUMBER_MAX,
    needed: true,
    flag: "",
    table: NONE,
    round: "up",
    since: 1,
  },
  {
    name: "time",
    unit: "s since 2020-01-01T00:00:00Z",
    min: 0,
    max: TIME_S_MAX,
    needed: false,
    flag: "timeFromNetwork",
    table: NONE,
    round: "up",
    since: 1,
  },
  {
    name: "battery",
    unit: "%",
    min: 0,
    max: 100,
    needed: false,
    flag: "charging",
    table: BATTERY_PERCENT,
    round: "down",
    since: 1,
  },
  {
    name: "latitude",
    unit: "degree × 10^7",
    min: -LATITUDE_MAX,
    max: LATITUDE_MAX,
    needed: false,
    flag: "",
    table: NONE,
    round: "up",
    since: 1,
  },
  {
    name: "longitude",
    unit: "degree × 10^7",
    min: -LONGITUDE_MAX,
    max: LONGITUDE_MAX,
    needed: false,
    flag: "",
    table: NONE,
    round: "up",
    since: 1,
  },
  {
    name: "uncertaintyM",
    unit: "m",
    min: 10,
    max: 50000,
    needed: false,
    flag: "fromCells",
    table: UNCERTAINTY_M,
    round: "up",
    since: 1,
  },
  {
    name: "ageS",
    unit: "s",
    min: 0,
    max: 604801,
    needed: false,
    flag: "",
    table: AGE_S,
    round: "up",
    since: 1,
  },
] as const;

/** An alarm is raised: the first word about it, with or without a position. */
export const SOS = {
  name: "sos",
  letter: "s",
  confirmable: true,
  direction: "up",
  since: 1,
  fields: REPORT_FIELDS,
} as const;

/** A further hold while the alarm is open [wire §2.2]. */
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

/** `state` has a bit for each fault that the pager knows of; `settings` is their version. */
const BEAT_FIELDS = [
  {
    name: "battery",
    unit: "%",
    min: 0,
    max: 100,
    needed: false,
    flag: "charging",
    table: BATTERY_PERCENT,
    round: "down",
    since: 1,
  },
  {
    name: "signalDbm",
    unit: "dBm",
    min: -140,
    max: -44,
    needed: false,
    flag: "",
    table: NONE,
    round: "up",
    since: 1,
  },
  {
    name: "state",
    unit: "bits",
    min: 0,
    max: 2147483647,
    needed: true,
    flag: "",
    table: NONE,
    round: "up",
    since: 1,
  },
  {
    name: "settings",
    unit: "version",
    min: 0,
    max: 2147483647,
    needed: true,
    flag: "",
    table: NONE,
    round: "up",
    since: 1,
  },
  {
    name: "time",
    unit: "s since 2020-01-01T00:00:00Z",
    min: 0,
    max: TIME_S_MAX,
    needed: false,
    flag: "timeFromNetwork",
    table: NONE,
    round: "up",
    since: 1,
  },
] as const;

/** The scheduled report of a pager's state. */
export const BEAT = {
  name: "beat",
  letter: "b",
  confirmable: false,
  direction: "up",
  since: 1,
  fields: BEAT_FIELDS,
} as const;

/** `what` is the word of WORD_FIELDS that was obeyed, `number` the alarm that it was about. */
const RESULT_FIELDS = [
  {
    name: "what",
    unit: "word",
    min: 0,
    max: CODE_MAX,
    needed: true,
    flag: "",
    table: NONE,
    round: "up",
    since: 1,
  },
  {
    name: "number",
    unit: "count",
    min: 0,
    max: NUMBER_MAX,
    needed: true,
    flag: "",
    table: NONE,
    round: "up",
    since: 1,
  },
] as const;

/** A word of the platform was obeyed. */
export const RESULT = {
  name: "result",
  letter: "o",
  confirmable: true,
  direction: "up",
  since: 1,
  fields: RESULT_FIELDS,
} as const;

/** "What waits for me?" Nothing in it; the answer brings the word. */
export const WAITING = {
  name: "waiting",
  letter: "w",
  confirmable: true,
  direction: "up",
  since: 1,
  fields: [],
} as const;

/** What the platform says: the value of "time" is seconds since 2020, of the others an alarm. */
export const WORD_TIME = 0;
export const WORD_TAKEN = 1;
export const WORD_CLOSED = 2;

const WORD_FIELDS = [
  {
    name: "what",
    unit: "word",
    min: 0,
    max: CODE_MAX,
    needed: true,
    flag: "",
    table: NONE,
    round: "up",
    since: 1,
  },
  {
    name: "value",
    unit: "by word",
    min: 0,
    max: TIME_S_MAX,
    needed: true,
    flag: "",
    table: NONE,
    round: "up",
    since: 1,
  },
] as const;

/** One word to the pager: a request of its own, or the content of an answer. */
export const WORD = {
  name: "word",
  letter: "d",
  confirmable: true,
  direction: "down",
  since: 1,
  fields: WORD_FIELDS,
} as const;

export type Report = Values<typeof SOS>;
export type Beat = Values<typeof BEAT>;
export type Result = Values<typeof RESULT>;
export type Word = Values<typeof WORD>;

/** All of them, in the order of the tables in README.md. */
export const MESSAGES: readonly Declaration[] = [
  SOS,
  MORE,
  REPORT,
  MISTAKE,
  CHECK_IN,
  BEAT,
  RESULT,
  WAITING,
  WORD,
];

/** The message of a resource, or undefined for a letter of another version. */
export function declarationOf(letter: string): Declaration | undefined {
  for (let i = 0; i < MESSAGES.length; i++) {
    if (MESSAGES[i].letter === letter) return MESSAGES[i];
  }
  return undefined;
}
