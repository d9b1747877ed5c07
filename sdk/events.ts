// What happens, as plain data: a fact is what somebody says, an event is what the store made of it.
// Events are append-only and numbered by the store; nothing here holds a key or a person's record.

import type { Outcome } from "./care/outcome.ts";

/**
 * The letter of the wire under which a pager speaks of an alarm: sos, fall, left zone, no movement, low
 * battery, further hold, report, mistake; "?" for a kind of alarm that only a newer version knows.
 */
export type AlarmLetter = "s" | "F" | "Z" | "N" | "L" | "?" | "m" | "r" | "x";

/** Whether the pager is in service; an alarm is stored and shown whatever it says [wire §2.6]. */
export type Standing = "active" | "unassigned" | "neverActivated" | "blocked";

/** What the platform tells a pager about one of its alarms. */
export type Word = "taken" | "closed";

export interface Position {
  /** 1e-7 degree, WGS-84. */
  latitude: number;
  longitude: number;
  source: "satellites" | "cells";
  uncertaintyM?: number;
  /** Age of the position when it was sent, in seconds; absent: not known. */
  ageS?: number;
}

/** What the reports of a pager have in common; absent means that the pager did not know. */
export interface Report {
  /** Seconds since 2020-01-01T00:00:00Z by the pager's clock. Not proven by anything [wire §6]. */
  timeS?: number;
  /** The network said that time, not a satellite and not the platform. */
  timeFromNetwork?: boolean;
  batteryPercent?: number;
  charging?: boolean;
  position?: Position;
  /** Of a left zone its place in the list, of missing movement its length, of a battery its level. */
  zone?: number;
  stillS?: number;
  level?: number;
}

/** A beat: the pager's state when nothing is wrong. */
export interface Beat {
  timeS?: number;
  batteryPercent?: number;
  charging?: boolean;
  signalDbm?: number;
  stateBits?: number;
  settingsVersion?: number;
}

/** Where in the pager's own numbering a message stood. `kid` is the context's key identifier. */
interface FromPager {
  pager: string;
  kid: string;
  piv: number;
}

/** What the store knows of a person. Only `getPerson` reads it, and each reading is an event. */
export interface Person {
  name: string;
  address?: string;
  phone?: string;
  age?: number;
  notes?: string;
}

export type EventBody =
  | { kind: "pagerRegistered"; pager: string; standing: Standing }
  | { kind: "standingSet"; pager: string; standing: Standing }
  | { kind: "personRead"; pager: string; operator: string }
  | (FromPager & {
      /** A further hold after the close opens the alarm again: the call outranks the close. */
      kind: "alarmRaised" | "alarmReported" | "alarmReopened";
      alarm: string;
      number: number;
      letter: AlarmLetter;
      standing: Standing;
      report: Report;
    })
  | { kind: "alarmTaken"; pager: string; alarm: string; operator: string }
  | { kind: "alarmNoted"; pager: string; alarm: string; operator: string; text: string }
  | {
      kind: "alarmClosed";
      pager: string;
      alarm: string;
      operator: string;
      outcome: Outcome;
      text?: string;
    }
  | (FromPager & { kind: "checkedIn"; number: number; report: Report })
  | (FromPager & { kind: "beat"; beat: Beat })
  /** The pager obeyed a word: its wearer has been told. `alarm` is absent for an alarm unknown here. */
  | (FromPager & { kind: "wordObeyed"; word: Word; number: number; alarm?: string });

export type EventKind = EventBody["kind"];

/** One entry of the log. `seq` is the cursor: it only grows. `atMs` is the platform's time. */
export type Event = EventBody & { seq: number; atMs: number };

/** What may be said to the store. It alone decides whether a report raises an alarm. */
export type Fact =
  | {
      kind: "register";
      name?: string;
      person?: Person;
      standing: Standing;
      contexts: SealedContext[];
    }
  | { kind: "setStanding"; pager: string; standing: Standing }
  | { kind: "readPerson"; pager: string; operator: string }
  | (FromPager & { kind: "alarm"; number: number; letter: AlarmLetter; report: Report })
  | (FromPager & { kind: "checkIn"; number: number; report: Report })
  | (FromPager & { kind: "beat"; beat: Beat })
  | (FromPager & { kind: "result"; word: Word; number: number })
  | { kind: "take"; alarm: string; operator: string }
  | { kind: "note"; alarm: string; operator: string; text: string }
  | { kind: "close"; alarm: string; operator: string; outcome: Outcome; text?: string };

/** A security context at rest: its master secret is sealed by a key that is not in the database. */
export interface SealedContext {
  kid: string;
  slot: number;
  sealed: Uint8Array;
}

/** An alarm's one identity: pager, key identifier, number [wire §2.1]. */
export function alarmIdOf(pager: string, kid: string, number: number): string {
  return `${pager}/${kid}/${number}`;
}

/** The key identifier under which the alarm was raised. */
export function kidOfAlarm(id: string): string {
  return id.split("/")[1];
}
