// A receiver's lines become fixes: RMC, GGA, GLL and GSA of one time of day are one fix.
// Never guesses: a line that isn't whole or says nothing of a place is counted and passed over.

import { civilSeconds } from "../../protocol/calendar.ts";
import type { Machine } from "../../protocol/machine.ts";
import {
  decimalAt,
  digitsAt,
  letterAt,
  NONE,
  NOWHERE,
  openSentence,
  placeAt,
  type Sentence,
} from "./sentence.ts";

/** As the core's input "fix", but for the moment, which is for the caller to say. */
export interface Fix {
  /** Degrees × 10^7. */
  latitude: number;
  longitude: number;
  uncertaintyM: number;
  /** Since 2020-01-01T00:00:00Z; 0 where no sentence of this time of day had a date. */
  timeS: number;
  /** 0 not known. */
  satellites: number;
  /** 2 without height, 3 with; 0 not known. */
  mode: number;
}

export interface NmeaReader {
  /** In order, oldest first; whoever takes them empties the list. */
  fixes: Fix[];
  /** Whole sentences of ours; of other kinds, which nobody checks; and what is no whole sentence. */
  used: number;
  other: number;
  bad: number;
  /** Of the line under way. */
  rest: string;
  sentence: Sentence;
  /** Of the epoch under way: its time of day in ms, `NONE` before the first; what has come of it. */
  clockMs: number;
  seen: number;
  refused: boolean;
  told: boolean;
  latitude: number;
  longitude: number;
  timeS: number;
  satellites: number;
  /** In hundredths, `NONE` where nobody said it. */
  hdop: number;
  /** Of the last GSA: it may come behind the sentences that it belongs to. */
  mode: number;
}

/** The standard says 82; receivers with many decimals and stations write more. */
const LINE_MAX = 120;
/** Each with the comma behind it; a kind is known by its place here, a multiple of four. */
const KINDS = "RMC,GGA,GLL,GSA,ZDA,";
const RMC = 0;
const GGA = 4;
const GLL = 8;
const GSA = 12;
/** Bits of `seen`. */
const SEEN_RMC = 1;
const SEEN_GGA = 2;
const SEEN_BOTH = 3;
const SEEN_GLL = 4;

/** Codes of letters: valid in RMC and GLL. */
const VALID = 65;
/** Modes that are a fix: autonomous, differential, float, precise, fixed; 0 of receivers before 2.3. */
const MODE_LETTERS = "ADFPR";
/** Qualities of GGA that are a fix: 6 is reckoned, 7 typed in, 8 a simulator. */
const QUALITY_MAX = 5;
/** 9.9 where no sentence says a dilution: what a poor sky has. */
const HDOP_UNKNOWN = 990;
/** Metres of error at a dilution of 1, and the least that is said [wire §6]. */
const RANGE_ERROR_M = 5;
const UNCERTAINTY_M_MIN = 10;
const HDOP_MAX = 100000;

export function newNmeaReader(): NmeaReader {
  return {
    fixes: [],
    used: 0,
    other: 0,
    bad: 0,
    rest: "",
    sentence: { text: "", ends: [], count: 0 },
    clockMs: NONE,
    seen: 0,
    refused: false,
    told: false,
    latitude: NOWHERE,
    longitude: NOWHERE,
    timeS: 0,
    satellites: 0,
    hdop: NONE,
    mode: 0,
  };
}

function uncertaintyOf(machine: Machine, hdop: number): number {
  const said = hdop > 0 ? (hdop < HDOP_MAX ? hdop : HDOP_MAX) : HDOP_UNKNOWN;
  const metres = machine.divide(said * RANGE_ERROR_M + 99, 100);
  return metres > UNCERTAINTY_M_MIN ? metres : UNCERTAINTY_M_MIN;
}

/** Once for each time of day, and only where no sentence of it says that there is no fix. */
function tellFix(machine: Machine, reader: NmeaReader): void {
  if (reader.told || reader.refused || reader.seen === 0) return;
  reader.told = true;
  reader.fixes.push({
    latitude: reader.latitude,
    longitude: reader.longitude,
    uncertaintyM: uncertaintyOf(machine, reader.hdop),
    timeS: reader.timeS,
    satellites: reader.satellites,
    mode: reader.mode,
  });
}

/** Tells what the last epoch came to: for a line that has been quiet since. */
export function finishEpoch(machine: Machine, reader: NmeaReader): void {
  tellFix(machine, reader);
  reader.clockMs = NONE;
}

/** The time of day in ms of a field; `NONE` where it says none. */
function clockMsOf(machine: Machine, sentence: Sentence, field: number): number {
  const hour = digitsAt(sentence, field, 0, 2);
  const minute = digitsAt(sentence, field, 2, 2);
  const ms = decimalAt(sentence, field, 4, 3);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || ms < 0) return NONE;
  // A leap second is the sixtieth.
  return machine.divide(ms, 61000) > 0 ? NONE : (hour * 60 + minute) * 60000 + ms;
}

/** Goes on to the epoch that this field names; false where it names none. */
function enterEpoch(machine: Machine, reader: NmeaReader, field: number): boolean {
  const clockMs = clockMsOf(machine, reader.sentence, field);
  if (clockMs === NONE) return false;
  if (clockMs === reader.clockMs) return true;
  tellFix(machine, reader);
  reader.clockMs = clockMs;
  reader.seen = 0;
  reader.refused = false;
  reader.told = false;
  reader.timeS = 0;
  reader.satellites = 0;
  reader.hdop = NONE;
  return true;
}

/** Takes the place from this field on; what can't be one refuses the epoch. */
function takePlace(machine: Machine, reader: NmeaReader, field: number, seen: number): void {
  const latitude = placeAt(machine, reader.sentence, field, 2);
  const longitude = placeAt(machine, reader.sentence, field + 2, 3);
  if (latitude === NOWHERE || longitude === NOWHERE) {
    reader.refused = true;
    return;
  }
  reader.latitude = latitude;
  reader.longitude = longitude;
  if (reader.seen % (seen + seen) < seen) reader.seen += seen;
  if (reader.seen % SEEN_GLL === SEEN_BOTH) tellFix(machine, reader);
}

/** Status and mode of RMC and GLL. */
function isValid(sentence: Sentence, status: number, mode: number): boolean {
  const letter = letterAt(sentence, mode);
  if (letterAt(sentence, status) !== VALID || letter < 0) return false;
  return letter === 0 || MODE_LETTERS.indexOf(String.fromCharCode(letter)) >= 0;
}

/** Date from `ddmmyy` of RMC, or from day, month, year of ZDA. The time of day is in field 1. */
function takeDate(reader: NmeaReader, dayField: number): void {
  const sentence = reader.sentence;
  const one = dayField === 9;
  const century = one ? 20 : digitsAt(sentence, 4, 0, 2);
  const timeS = civilSeconds({
    year: one ? digitsAt(sentence, 9, 4, 2) : digitsAt(sentence, 4, 2, 2),
    month: one ? digitsAt(sentence, 9, 2, 2) : digitsAt(sentence, 3, 0, 2),
    day: digitsAt(sentence, dayField, 0, 2),
    hour: digitsAt(sentence, 1, 0, 2),
    minute: digitsAt(sentence, 1, 2, 2),
    second: digitsAt(sentence, 1, 4, 2),
  });
  if (century === 20 && timeS > 0) reader.timeS = timeS;
}

/** GSA says no time: it belongs to the epoch under way. */
function takeDilution(reader: NmeaReader): void {
  const sentence = reader.sentence;
  const mode = digitsAt(sentence, 2, 0, 1);
  if (mode === 1) reader.refused = true;
  if (mode === 2 || mode === 3) reader.mode = mode;
  const hdop = decimalAt(sentence, 16, 0, 2);
  if (reader.hdop === NONE) reader.hdop = hdop;
}

function takeQuality(machine: Machine, reader: NmeaReader): void {
  const sentence = reader.sentence;
  const quality = letterAt(sentence, 6) - 48;
  const satellites = decimalAt(sentence, 7, 0, 0);
  if (satellites > 0) reader.satellites = satellites;
  const hdop = decimalAt(sentence, 8, 0, 2);
  if (hdop > 0) reader.hdop = hdop;
  if (quality >= 1 && quality <= QUALITY_MAX) takePlace(machine, reader, 2, SEEN_GGA);
  else reader.refused = true;
}

function takeSentence(machine: Machine, reader: NmeaReader, kind: number): void {
  const sentence = reader.sentence;
  switch (kind) {
    case RMC:
      if (!enterEpoch(machine, reader, 1)) return;
      takeDate(reader, 9);
      if (isValid(sentence, 2, 12)) takePlace(machine, reader, 3, SEEN_RMC);
      else reader.refused = true;
      return;
    case GGA:
      if (enterEpoch(machine, reader, 1)) takeQuality(machine, reader);
      return;
    case GLL:
      if (!enterEpoch(machine, reader, 5)) return;
      if (isValid(sentence, 6, 7)) takePlace(machine, reader, 1, SEEN_GLL);
      else reader.refused = true;
      return;
    case GSA:
      takeDilution(reader);
      return;
    default:
      // Of another moment it says nothing about this epoch.
      if (clockMsOf(machine, sentence, 1) === reader.clockMs) takeDate(reader, 2);
  }
}

function takeLine(machine: Machine, reader: NmeaReader, text: string): void {
  let line = text;
  const last = line.length - 1;
  if (last >= 0 && line.charCodeAt(last) === 13) line = line.slice(0, last);
  if (line === "") return;
  // A line that broke off has the next sentence behind it.
  const begin = line.indexOf("$");
  let from = begin;
  for (let next = begin; next >= 0; next = line.indexOf("$", next + 1)) from = next;
  if (from > 0) {
    reader.bad += 1;
    line = line.slice(from);
  }
  const kind = KINDS.indexOf(line.slice(3, 7));
  if (from < 0 || line.length < 10) reader.bad += 1;
  else if (kind < 0 || kind % 4 > 0) reader.other += 1;
  else if (!openSentence(reader.sentence, line)) reader.bad += 1;
  else {
    reader.used += 1;
    takeSentence(machine, reader, kind);
  }
}

/** Takes what came over the line, in pieces of whatever size; fixes are added to the reader's list. */
export function takeNmea(machine: Machine, reader: NmeaReader, text: string): void {
  let from = 0;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", from)) {
    takeLine(machine, reader, reader.rest + text.slice(from, end));
    reader.rest = "";
    from = end + 1;
  }
  const rest = reader.rest + text.slice(from);
  // Of what never ends the last part is kept: a whole sentence may still come of it.
  reader.rest = rest.length > LINE_MAX ? rest.slice(rest.length - LINE_MAX) : rest;
}
