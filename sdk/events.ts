// What happens, as plain data: a fact is what somebody says, an event is what the store made of it.
// Events are append-only and numbered by the store; nothing here holds a key or a person's record.

import type { Outcome } from "./care/outcome.ts";
import type { Ending } from "./care/results.ts";
import type { NamedSettings } from "./setting-values.ts";

/**
 * The letter of the wire under which a pager speaks of an alarm: sos, fall, left zone, no movement, low
 * battery, further hold, report, mistake; "?" for a kind of alarm that only a newer version knows.
 */
export type AlarmLetter = "s" | "F" | "Z" | "N" | "L" | "?" | "m" | "r" | "x";

/** By what a datagram came: a socket, a short message, a line of a technician's tool. */
export type CarrierName = "udp" | "sms" | "serial";

/** Whether the pager is in service; an alarm is stored and shown whatever it says [wire §2.6]. */
export type Standing = "active" | "unassigned" | "neverActivated" | "blocked";

/** Delivered: stored here. Taken: one operator owns it. Closed: ended with an outcome. */
export type Stage = "delivered" | "taken" | "closed";

/** What the platform tells a pager about one of its alarms. */
export type Word = "taken" | "closed" | "released" | "reopened";

export interface Position {
  /** 1e-7 degree, WGS-84. */
  latitude: number;
  longitude: number;
  source: "satellites" | "cells";
  uncertaintyM?: number;
  /** Age of the position when it was sent, in seconds; absent: not known. */
  ageS?: number;
}

/** The network's cell by which a report was sent: of LTE the E-UTRAN cell, of GSM area and cell [wire §6]. */
export interface Cell {
  radio: "gsm" | "lte" | "lteM" | "nbIot";
  /** Country and network, as many digits as they have. */
  mcc: string;
  mnc: string;
  /** The area (LAC), of GSM only: an E-UTRAN cell has a number of its own in its whole network. */
  area?: number;
  id: number;
}

/** Where a cell is, in 1e-7 degree of WGS-84, and how far from there a pager may be that hears it. */
export interface CellPlace {
  latitude: number;
  longitude: number;
  uncertaintyM: number;
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
  /** Said where the position is old or not known. */
  cell?: Cell;
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

/** What a pager is made of, as it says itself [wire §1.5]. */
export interface Activation {
  firmware: number;
  /** Code of its board. */
  board: number;
  /** What the processor's maker burned into it; hexadecimal. */
  chip: string;
  /** Numbers of the SIM card and of the modem, where it could read them. */
  iccid?: string;
  imei?: string;
}

/** Where in the pager's own numbering a message stood. `kid` is the context's key identifier. */
interface FromPager {
  pager: string;
  kid: string;
  piv: number;
}

/** How a call for help came. */
interface Coming {
  /** Absent: by UDP. */
  carrier?: CarrierName;
  /** It may be an old one: the replay window was lost, and nothing has shown it fresh yet [wire §1.3]. */
  unproven?: true;
}

/** The values of a message as said, octets as hexadecimal text, of a track the new points [wire §6]. */
export type ToldValues = Record<string, number | string | (number | string)[]>;

/** Health, track, self-test, log, settings: `message` is its name in the wire's declarations. */
interface Told {
  message: string;
  values: ToldValues;
  /** Of the message `settings`: its list by name, texts as texts. */
  settings?: NamedSettings;
}

/** What is asked of a pager. `command` is the name of its message in the wire's declarations. */
interface Asked {
  command: string;
  values: ToldValues;
  /** By the platform's clock alone [wire §4.5]. */
  expiresAtMs: number;
  by: string;
}

/** An image for updates: `hash` is the SHA-256 of its octets, `board` a name of the wire's table. */
interface NamedImage {
  hash: string;
  octets: number;
  firmware: number;
  board: string;
  by: string;
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
  /** Somebody took the master secret of this context out of the vault, to look into datagrams. */
  | { kind: "secretRead"; pager: string; kid: string; reader: string }
  | (FromPager &
      Coming & {
        /** A further hold after the close opens the alarm again: the call outranks the close. */
        kind: "alarmRaised" | "alarmReported" | "alarmReopened";
        alarm: string;
        number: number;
        letter: AlarmLetter;
        standing: Standing;
        report: Report;
      })
  /** Its pager has shown that it speaks now: the alarm is no longer marked as unproven. */
  | { kind: "alarmProven"; pager: string; kid: string; alarm: string }
  /** Somebody who knows where this cell is has said so; the alarm's newest cell, and asked once. */
  | { kind: "alarmLocated"; pager: string; alarm: string; cell: Cell; position: Position }
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
  /** Given back by its owner: it waits for somebody else. */
  | { kind: "alarmReleased"; pager: string; alarm: string; operator: string; text?: string }
  /** Closed too soon: an operator opened it again. */
  | { kind: "alarmReopenedByDesk"; pager: string; alarm: string; operator: string; text?: string }
  | (FromPager & { kind: "checkedIn"; number: number; report: Report })
  | (FromPager & { kind: "beat"; beat: Beat })
  | (FromPager & Told & { kind: "told" })
  /** The first activation under this key identifier: from now on it belongs to this chip. */
  | (FromPager & Activation & { kind: "pagerBound" })
  /** The same pager with another SIM card. */
  | (FromPager & { kind: "simChanged"; iccid: string; before: string })
  /**
   * Two pagers may speak under one key identifier: a number came twice with two texts, or another
   * chip said that it is this pager. Technical work, and no judgement [wire §1.5].
   */
  | (FromPager & { kind: "cloneSuspected"; why: "number" | "chip"; chip?: string })
  /** The pager obeyed a word: its wearer has been told. `alarm` is absent for an alarm unknown here. */
  | (FromPager & {
      kind: "wordObeyed";
      word: Word;
      number: number;
      alarm?: string;
      /** The alarm stands elsewhere by now, and nothing else waits: its pager must be told of this. */
      again?: Stage;
    })
  | ({ kind: "commandQueued"; pager: string; id: number } & Asked)
  /** Its one end [wire §4.5]: by the pager's result, or by the platform itself. */
  | (FromPager & Ending & { kind: "commandEnded"; id: number })
  | { kind: "commandEnded"; pager: string; id: number; outcome: "expired" | "withdrawn" }
  /**
   * A result that ended nothing: it came behind the end, or nobody here knows its command. `command`
   * is absent for a word of another version.
   */
  | (FromPager & Ending & { kind: "commandResultKept"; id: number; what: number; command?: string })
  /** The pager has spoken under its new context for the first time. */
  | { kind: "contextActive"; pager: string; kid: string; slot: number }
  /** What comes under this key identifier is refused from now on, and its secret is gone. */
  | { kind: "contextDropped"; pager: string; kid: string; slot: number }
  /** New contexts were made for it at the bench, and the old ones dropped. */
  | { kind: "pagerProvisioned"; pager: string; by: string }
  /** An image for updates is on disk, or what was said of it before is corrected. */
  | (NamedImage & { kind: "imageAdded" });

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
  | { kind: "readSecret"; pager: string; kid: string; reader: string }
  | (FromPager & Coming & { kind: "alarm"; number: number; letter: AlarmLetter; report: Report })
  /** The poll of a pager with an open alarm: raises it where it is unknown, and says nothing else. */
  | (FromPager & Coming & { kind: "stillOpen"; number: number })
  | (FromPager & { kind: "checkIn"; number: number; report: Report })
  | (FromPager & Told & { kind: "told" })
  | (FromPager & { kind: "beat"; beat: Beat })
  | (FromPager & { kind: "result"; word: Word; number: number })
  | (FromPager & Ending & { kind: "commandResult"; id: number; what: number; command?: string })
  | ({ kind: "queueCommand"; pager: string } & Asked)
  /** Its time may be over: the store looks at the clock once more. */
  | { kind: "expireCommand"; pager: string; id: number }
  /** A new context, and the command that brings it to the pager [wire §1.5]. */
  | { kind: "renew"; pager: string; context: NewContext; by: string; expiresAtMs: number }
  /** An authentic message under a context that was never heard before. */
  | { kind: "contextHeard"; pager: string; kid: string }
  | { kind: "provision"; pager: string; contexts: SealedContext[]; by: string }
  | (NamedImage & { kind: "addImage" })
  | (FromPager & Activation & { kind: "activation" })
  /** An authentic text under a number that sealed another one before. */
  | (FromPager & { kind: "usedNumber" })
  /** What comes under this key identifier was shown to be fresh. */
  | { kind: "proven"; pager: string; kid: string }
  | { kind: "locate"; alarm: string; cell: Cell; place: CellPlace }
  | { kind: "take"; alarm: string; operator: string }
  | { kind: "note"; alarm: string; operator: string; text: string }
  | { kind: "release"; alarm: string; operator: string; text?: string }
  | { kind: "close"; alarm: string; operator: string; outcome: Outcome; text?: string }
  | { kind: "reopen"; alarm: string; operator: string; text?: string };

export type FactOf<Kind extends Fact["kind"]> = Extract<Fact, { kind: Kind }>;

/** A security context at rest: its master secret is sealed by a key that is not in the database. */
export interface SealedContext {
  kid: string;
  slot: number;
  sealed: Uint8Array;
}

/** A context made while the pager is in the field. */
export interface NewContext extends SealedContext {
  /** Under which key identifier the pager spoke when this one was made for it. */
  under: string;
}

/** An alarm's one identity: pager, key identifier, number [wire §2.1]. */
export function alarmIdOf(pager: string, kid: string, number: number): string {
  return `${pager}/${kid}/${number}`;
}

/** The key identifier under which the alarm was raised. */
export function kidOfAlarm(id: string): string {
  return id.split("/")[1];
}
