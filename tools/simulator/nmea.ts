// Recorded NMEA 0183 output read into epochs: RMC and GGA of every talker, checksums verified.
// Never guesses: what is no whole sentence is passed over and counted.

import type { Fix } from "./gnss.ts";

export interface Epoch {
  /** Undefined where the receiver had no fix. */
  readonly fix: Fix | undefined;
}

export interface Recording {
  readonly epochs: readonly Epoch[];
  readonly counts: {
    /** RMC and GGA with a right checksum. */
    readonly used: number;
    /** Other whole sentences. */
    readonly other: number;
    /** Lines that begin with `#`, and empty ones. */
    readonly comments: number;
    /** Lines that are no whole sentence, and wrong checksums. */
    readonly rubbish: number;
  };
}

interface Draft {
  time: string;
  date: string;
  valid: boolean;
  refused: boolean;
  latitude: number;
  longitude: number;
  hdop: number;
  altitudeM: number;
  mode: 2 | 3;
  courseDeg: number;
  speedKnots: number;
  satellites: number;
}

/** The fields of a whole sentence; undefined when form or checksum is wrong. */
export function sentenceFields(line: string): string[] | undefined {
  const parts = /^\$([\x20-\x7e]+)\*([0-9A-Fa-f]{2})$/.exec(line);
  if (parts === null) return undefined;
  let sum = 0;
  for (const letter of parts[1]) sum ^= letter.charCodeAt(0);
  return sum === Number.parseInt(parts[2], 16) ? parts[1].split(",") : undefined;
}

/** `ddmm.mmmm` and a half of the globe as degrees; undefined when they can't be a place. */
export function degreesOf(text: string, half: string, limit: number): number | undefined {
  const parts = /^(\d{2,3})(\d{2}(?:\.\d*)?)$/.exec(text);
  if (parts === null || !/^[NSEW]$/.test(half)) return undefined;
  const minutes = Number(parts[2]);
  const degrees = Number(parts[1]) + minutes / 60;
  if (minutes >= 60 || degrees > limit) return undefined;
  return half === "S" || half === "W" ? -degrees : degrees;
}

const numberOr = (text: string | undefined, otherwise: number) =>
  text === undefined || text === "" || !Number.isFinite(Number(text)) ? otherwise : Number(text);

function placeInto(draft: Draft, latitude: number | undefined, longitude: number | undefined) {
  if (latitude === undefined || longitude === undefined) {
    draft.refused = true;
    return;
  }
  draft.valid = true;
  draft.latitude = latitude;
  draft.longitude = longitude;
}

/** RMC: time, status, latitude, N/S, longitude, E/W, knots, course, date. */
function readRmc(draft: Draft, fields: string[]): void {
  if (/^\d{6}$/.test(fields[9] ?? "")) draft.date = fields[9];
  if (fields[2] !== "A") {
    draft.refused = true;
    return;
  }
  placeInto(draft, degreesOf(fields[3], fields[4], 90), degreesOf(fields[5], fields[6], 180));
  draft.speedKnots = numberOr(fields[7], 0);
  draft.courseDeg = numberOr(fields[8], 0);
}

/** GGA: time, latitude, N/S, longitude, E/W, quality, satellites, hdop, altitude. */
function readGga(draft: Draft, fields: string[]): void {
  if (!/^[1-9]$/.test(fields[6] ?? "")) {
    draft.refused = true;
    return;
  }
  placeInto(draft, degreesOf(fields[2], fields[3], 90), degreesOf(fields[4], fields[5], 180));
  draft.satellites = numberOr(fields[7], 0);
  draft.hdop = numberOr(fields[8], draft.hdop);
  draft.mode = fields[9] === undefined || fields[9] === "" ? 2 : 3;
  draft.altitudeM = numberOr(fields[9], 0);
}

/** An epoch that has only an RMC says nothing about its dilution: 9.9 is honest. */
function newDraft(time: string, date: string): Draft {
  return {
    time,
    date,
    valid: false,
    refused: false,
    latitude: 0,
    longitude: 0,
    hdop: 9.9,
    altitudeM: 0,
    mode: 2,
    courseDeg: 0,
    speedKnots: 0,
    satellites: 0,
  };
}

function epochOf(draft: Draft): Epoch {
  const { valid, refused, ...fix } = draft;
  return { fix: valid && !refused ? fix : undefined };
}

/** Reads a whole file's text. Sentences of one time of day are one epoch, in file order. */
export function readNmea(text: string): Recording {
  const epochs: Epoch[] = [];
  const counts = { used: 0, other: 0, comments: 0, rubbish: 0 };
  let draft: Draft | undefined;
  let date = "";
  for (const raw of text.split("\n")) {
    const line = raw.trim();
    const fields = sentenceFields(line);
    const kind = fields?.[0].slice(2);
    if (line === "" || line.startsWith("#")) counts.comments++;
    else if (fields === undefined) counts.rubbish++;
    else if (!/^[A-Z0-9]{2}(RMC|GGA)$/.test(fields[0]) || !/^\d{6}/.test(fields[1] ?? "")) {
      counts.other++;
    } else {
      counts.used++;
      if (draft === undefined || draft.time !== fields[1]) {
        if (draft !== undefined) epochs.push(epochOf(draft));
        draft = newDraft(fields[1], date);
      }
      if (kind === "RMC") readRmc(draft, fields);
      else readGga(draft, fields);
      date = draft.date;
    }
  }
  if (draft !== undefined) epochs.push(epochOf(draft));
  return { epochs, counts };
}
