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

/** The alarm's number, born when it was raised; a check-in has its own from the same counter. */
const NUMBER = {
  name: "number",
  unit: "count",
  min: 0,
  max: NUMBER_MAX,
  needed: true,
  flag: "",
  table: NONE,
  round: "up",
  since: 1,
} as const;

/**
 * When the key was pressed, or, in a beat, when it was made. `timeFromNetwork`: said by the
 * operator's network, which is not authenticated, and not by satellites or the platform.
 */
const TIME = {
  name: "time",
  unit: "s since 2020-01-01T00:00:00Z",
  min: 0,
  max: TIME_S_MAX,
  needed: false,
  flag: "timeFromNetwork",
  table: NONE,
  round: "up",
  since: 1,
} as const;

const BATTERY = {
  name: "battery",
  unit: "%",
  min: 0,
  max: 100,
  needed: false,
  flag: "charging",
  table: BATTERY_PERCENT,
  round: "down",
  since: 1,
} as const;

const LATITUDE = {
  name: "latitude",
  unit: "1e-7 degree",
  min: -LATITUDE_MAX,
  max: LATITUDE_MAX,
  needed: false,
  flag: "",
  table: NONE,
  round: "up",
  since: 1,
} as const;

const LONGITUDE = {
  name: "longitude",
  unit: "1e-7 degree",
  min: -LONGITUDE_MAX,
  max: LONGITUDE_MAX,
  needed: false,
  flag: "",
  table: NONE,
  round: "up",
  since: 1,
} as const;

/** Radius. `fromCells`: the position is not a fix but made of network cells. */
const UNCERTAINTY = {
  name: "uncertaintyM",
  unit: "m",
  min: 10,
  max: 50000,
  needed: false,
  flag: "fromCells",
  table: UNCERTAINTY_M,
  round: "up",
  since: 1,
} as const;

/** Age of the position when the message was made. */
const AGE = {
  name: "ageS",
  unit: "s",
  min: 0,
  max: 604801,
  needed: false,
  flag: "",
  table: AGE_S,
  round: "up",
  since: 1,
} as const;

const SIGNAL = {
  name: "signalDbm",
  unit: "dBm",
  min: -140,
  max: -44,
  needed: false,
  flag: "",
  table: NONE,
  round: "up",
  since: 1,
} as const;

/** A bit for each fault that the pager knows of. */
const STATE = {
  name: "state",
  unit: "bits",
  min: 0,
  max: 2147483647,
  needed: true,
  flag: "",
  table: NONE,
  round: "up",
  since: 1,
} as const;

const SETTINGS = {
  name: "settings",
  unit: "version",
  min: 0,
  max: 2147483647,
  needed: true,
  flag: "",
  table: NONE,
  round: "up",
  since: 1,
} as const;

/** One of the words below. */
const WHAT = {
  name: "what",
  unit: "word",
  min: 0,
  max: CODE_MAX,
  needed: true,
  flag: "",
  table: NONE,
  round: "up",
  since: 1,
} as const;

/** Of the word "time" seconds since 2020, of the others an alarm number. */
const VALUE = {
  name: "value",
  unit: "by word",
  min: 0,
  max: TIME_S_MAX,
  needed: true,
  flag: "",
  table: NONE,
  round: "up",
  since: 1,
} as const;

/** What a pager says about one press. */
const REPORT_FIELDS = [NUMBER, TIME, BATTERY, LATITUDE, LONGITUDE, UNCERTAINTY, AGE] as const;

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

/** The scheduled report of a pager's state. */
export const BEAT = {
  name: "beat",
  letter: "b",
  confirmable: false,
  direction: "up",
  since: 1,
  fields: [BATTERY, SIGNAL, STATE, SETTINGS, TIME],
} as const;

/** A word of the platform was obeyed: which, and the alarm that it was about. */
export const RESULT = {
  name: "result",
  letter: "o",
  confirmable: true,
  direction: "up",
  since: 1,
  fields: [WHAT, NUMBER],
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

/** One word to the pager: a request of its own, or the content of an answer. */
export const WORD = {
  name: "word",
  letter: "d",
  confirmable: true,
  direction: "down",
  since: 1,
  fields: [WHAT, VALUE],
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
