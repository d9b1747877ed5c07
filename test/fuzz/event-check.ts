// An event of the log held against the declarations of the wire: every value in its bounds, none unknown.
// Reads what came back from the disk; says in words what is wrong.

import type { Column, Declaration, Field } from "../../protocol/declaration.ts";
import * as field from "../../protocol/fields.ts";
import { PIV_MAX } from "../../protocol/limits.ts";
import { MESSAGES } from "../../protocol/messages.ts";
import { COMMAND_OUTCOMES } from "../../sdk/care/results.ts";
import { alarmIdOf } from "../../sdk/events.ts";

export interface Known {
  /** Pager by key identifier. */
  readonly pagers: ReadonlyMap<string, string>;
}

type Plain = Record<string, unknown>;
/** What is wrong, or nothing. */
type Wrong = string | undefined;
type Check = (value: unknown) => boolean;

const isWhole: Check = (value) => Number.isInteger(value);
const isHex: Check = (value) => typeof value === "string" && /^([0-9a-f]{2})*$/.test(value);
const isFlag: Check = (value) => typeof value === "boolean";
const isText: Check = (value) => typeof value === "string";
const oneOf =
  (...list: unknown[]): Check =>
  (value) =>
    list.includes(value);

/** Octets are kept as hexadecimal text, or, where they are letters, as these. */
function fits(one: Field, value: unknown): boolean {
  if (one.kind?.of === "octets") {
    const length = isHex(value) ? (value as string).length / 2 : -1;
    return length >= one.min && length <= one.max;
  }
  if (one.kind?.of === "list") return isListOf(one, value);
  if (one.table !== undefined) return one.table.includes(value as number);
  return isWhole(value) && (value as number) >= one.min && (value as number) <= one.max;
}

function isListOf({ columns = [], min, max }: Field, value: unknown): boolean {
  if (!Array.isArray(value) || value.length % columns.length !== 0) return false;
  const rows = value.length / columns.length;
  return (
    rows >= min &&
    rows <= max &&
    value.every((cell, at) => isCell(columns[at % columns.length], cell))
  );
}

function isCell(column: Column, cell: unknown): boolean {
  if (typeof cell === "number") return isWhole(cell) && cell >= column.min && cell <= column.max;
  return isHex(cell) && (cell as string).length / 2 <= column.octetsMax;
}

/** Settings by name; what a forged list says twice stands once. */
const isNamed: Check = (value) =>
  Object.values(value as object).every((one) => isText(one) || isWhole(one));

const asText = (one: Field): Check => {
  return (value) =>
    isText(value) && (value as string).length >= one.min && (value as string).length <= one.max;
};
const of =
  (one: Field): Check =>
  (value) =>
    fits(one, value);

/** Names and checks of a record; those of `needed` must be there. */
function wrongIn(record: unknown, checks: Record<string, Check>, needed: string[] = []): Wrong {
  if (typeof record !== "object" || record === null) return "is no record";
  for (const name of needed) if (!(name in record)) return `${name} is missing`;
  for (const [name, value] of Object.entries(record)) {
    if (checks[name] === undefined) return `${name} is not declared`;
    if (!checks[name](value)) return `${name} is ${JSON.stringify(value)}`;
  }
  return undefined;
}

const POSITION = {
  latitude: of(field.LATITUDE),
  longitude: of(field.LONGITUDE),
  source: oneOf("satellites", "cells"),
  uncertaintyM: of(field.UNCERTAINTY),
  ageS: of(field.AGE),
};
/** As many digits and bits as a network's numbers have. */
const CELL: Record<string, Check> = {
  radio: oneOf("gsm", "lte", "lteM", "nbIot"),
  mcc: (value) => isText(value) && /^\d{3}$/.test(value as string),
  mnc: (value) => isText(value) && /^\d{2,3}$/.test(value as string),
  area: (value) => isWhole(value) && (value as number) >= 0 && (value as number) < 65_536,
  id: (value) => isWhole(value) && (value as number) >= 0 && (value as number) < 2 ** 32,
};
const REPORT: Record<string, Check> = {
  timeS: of(field.TIME),
  timeFromNetwork: isFlag,
  batteryPercent: of(field.BATTERY),
  charging: isFlag,
  position: (value) => wrongIn(value, POSITION, ["latitude", "longitude", "source"]) === undefined,
  cell: (value) => wrongIn(value, CELL, ["radio", "mcc", "mnc", "id"]) === undefined,
  zone: of(field.ZONE),
  stillS: of(field.STILL),
  level: of(field.LEVEL),
};
const BEAT = {
  timeS: of(field.TIME),
  batteryPercent: of(field.BATTERY),
  charging: isFlag,
  signalDbm: of(field.SIGNAL),
  stateBits: of(field.STATE),
  settingsVersion: of(field.SETTINGS),
};
const ACTIVATION = {
  firmware: of(field.FIRMWARE),
  board: of(field.BOARD),
  chip: of(field.CHIP),
  iccid: asText(field.ICCID),
  imei: asText(field.IMEI),
};
const ENDED = {
  id: of(field.ID),
  outcome: oneOf(...COMMAND_OUTCOMES),
  code: of(field.OUTCOME),
  detail: of(field.DETAIL),
  setting: isText,
};
const LETTERS = ["s", "F", "Z", "N", "L", "?", "m", "r", "x"];
const STANDINGS = ["active", "unassigned", "neverActivated", "blocked"];

/** Of each kind of event its own names, beside those that all have. */
const OWN: Record<string, Record<string, Check>> = {
  alarmRaised: {},
  alarmReported: {},
  alarmReopened: {},
  alarmProven: { alarm: isText },
  alarmTaken: { alarm: isText, operator: isText },
  alarmClosed: { alarm: isText, operator: isText, outcome: isText },
  checkedIn: { number: of(field.NUMBER), report: isReport },
  beat: { beat: (value) => wrongIn(value, BEAT) === undefined },
  pagerBound: ACTIVATION,
  simChanged: { iccid: asText(field.ICCID), before: isText },
  cloneSuspected: { why: oneOf("number", "chip"), chip: of(field.CHIP) },
  alarmReleased: { alarm: isText, operator: isText },
  alarmReopenedByDesk: { alarm: isText, operator: isText },
  wordObeyed: {
    word: isText,
    number: of(field.NUMBER),
    alarm: isText,
    again: oneOf("delivered", "taken", "closed"),
  },
  commandEnded: ENDED,
  // Of a command that there never was: any number that a result may name.
  commandResultKept: { ...ENDED, id: of(field.NUMBER), what: of(field.WHAT), command: isText },
  contextActive: { slot: isWhole },
  contextDropped: { slot: isWhole },
  pagerRegistered: { standing: oneOf(...STANDINGS) },
  standingSet: { standing: oneOf(...STANDINGS) },
};
const ALARM: Record<string, Check> = {
  alarm: isText,
  number: of(field.NUMBER),
  letter: oneOf(...LETTERS),
  standing: oneOf(...STANDINGS),
  report: isReport,
  carrier: oneOf("sms", "serial"),
  unproven: oneOf(true),
};
for (const kind of ["alarmRaised", "alarmReported", "alarmReopened"]) OWN[kind] = ALARM;
const COMMON: Record<string, Check> = {
  kind: isText,
  seq: isWhole,
  atMs: isWhole,
  pager: isText,
  kid: isText,
  piv: (value) => isWhole(value) && (value as number) >= 0 && (value as number) <= PIV_MAX,
};

function isReport(value: unknown): boolean {
  return wrongIn(value, REPORT) === undefined;
}

/** The values of a message that is kept as it was said. */
function wrongToldValues(declaration: Declaration, values: unknown): Wrong {
  const checks: Record<string, Check> = {};
  for (const one of declaration.fields) {
    checks[one.name] = of(one);
    if (one.flag !== undefined) checks[one.flag] = oneOf(0, 1);
  }
  // What a word of the platform begins with is said by its name already.
  const fields = declaration.fields.slice(declaration.word === undefined ? 0 : 1);
  const needed = fields.filter((one) => one.needed).map((one) => one.name);
  return wrongIn(values, checks, needed);
}

function wrongTold(event: Plain): Wrong {
  const declaration = MESSAGES.find(({ name }) => name === event.message);
  if (declaration === undefined) return `message is ${JSON.stringify(event.message)}`;
  return wrongToldValues(declaration, event.values);
}

/** What is wrong with an event out of the log, or undefined. */
export function wrongEvent(known: Known, event: object): Wrong {
  return wrongPlain(known, event as Plain);
}

function wrongPlain(known: Known, event: Plain): Wrong {
  const kind = String(event.kind);
  const told = kind === "told";
  const own = told ? { message: isText, values: () => true, settings: isNamed } : OWN[kind];
  if (own === undefined) return "its kind is of nobody";
  const wrong = wrongIn(event, { ...COMMON, ...own }) ?? (told ? wrongTold(event) : undefined);
  if (wrong !== undefined) return wrong;
  const { kid, pager, alarm, number } = event;
  if (kid !== undefined && known.pagers.get(kid as string) !== pager)
    return "its pager has no such kid";
  if (own === ALARM && alarm !== alarmIdOf(pager as string, kid as string, number as number)) {
    return `its alarm is ${alarm}`;
  }
  return undefined;
}
