// What the platform asks of any store: an append-only log and the state derived from it.
// SQLite stands behind it in one process; PostgreSQL can, so every call is asynchronous.

import type { Refusal } from "../care/acts.ts";
import type { AlarmRow } from "../care/alarms.ts";
import type { CommandRow } from "../care/commands.ts";
import type { WordRow } from "../care/words.ts";
import type { CarrierName, Event, Fact, Person, SealedContext, Standing } from "../events.ts";

/** So many numbers of one context nobody uses between a copy and its return [wire §1.2]. */
export const RESTORE_JUMP = 1 << 20;
/** And so many commands nobody gives to one pager in that time [wire §4.5]. */
export const COMMAND_JUMP = 1 << 16;

/** Where a pager was heard last under one context, and the numbers of both directions. */
export interface Link {
  kid: string;
  /** Replay window: highest number seen, and one bit for each of the 128 up to it. */
  highest: number;
  seen: Uint8Array;
  /** Numbers up to this one that the window has not seen are refused; absent: -1 [wire §1.3]. */
  bottom?: number;
  /** What was seen since a copy was made is not known: nothing is believed before a proof. */
  windowLost?: boolean;
  /** The platform's own next number; raised here before octets sealed with it leave [wire §1.2]. */
  nextPiv: number;
  /** Return address: the last authentic message with the newest number came from it [wire §4.3]. */
  carrier?: CarrierName;
  address?: string;
  port?: number;
  heardAtMs?: number;
  batteryPercent?: number;
  charging?: boolean;
  signalDbm?: number;
  checkedInAtMs?: number;
}

/** All that is needed to open what comes under a key identifier. */
export interface LineRow extends SealedContext {
  pager: string;
  /** Made in the field, and not heard yet [wire §1.5]. */
  isPending?: boolean;
  /** Made in the field: under which key identifier the pager spoke then. */
  under?: string;
  /** Absent until the first authentic message. */
  link?: Link;
}

export interface PagerRow {
  id: string;
  name?: string;
  standing: Standing;
  registeredAtMs: number;
  heardAtMs?: number;
  batteryPercent?: number;
  charging?: boolean;
  signalDbm?: number;
  checkedInAtMs?: number;
  /** By its activation, then by each health report. */
  firmware?: number;
  /** Of its last self-test by the names of sdk/parts.ts; absent: it never told. */
  failedParts?: string[];
  /** By its last health report; absent where it can't tell. */
  daysLeft?: number;
  healthAtMs?: number;
}

/** An image for updates, whose octets lie in the file of this name. */
export interface ImageRow {
  /** SHA-256 of the octets, hexadecimal. */
  hash: string;
  octets: number;
  firmware: number;
  /** A name of the wire's table of boards. */
  board: string;
  by: string;
  addedAtMs: number;
}

/** What became of a fact: stored as an event, known already, or refused. */
export type Receipt =
  | { event: Event; also?: Event[] }
  /** Said before, or nothing that an event tells of: nothing was appended. */
  | { known: true }
  | Refusal
  | { refused: "unknown-pager" | "kid-taken" | "numbers-used-up" };

/** One durable transaction. */
export interface Batch {
  facts: Fact[];
  links: Link[];
}

/** A token is for the whole API, an SMS token for the one route by which a provider hands SMS in. */
export type AccessKind = "link" | "session" | "token" | "smsToken";

/** A right to come in. Only a hash of its secret is kept. */
export interface Access {
  hash: string;
  kind: AccessKind;
  label: string;
  /** Absent: until it is taken away. */
  expiresAtMs?: number;
}

export interface Store {
  /**
   * Appends and derives all of it, durably, or rejects and has stored nothing. The receipts stand
   * in the order of the facts. Facts of one batch see each other.
   */
  commit(batch: Batch): Promise<Receipt[]>;

  /** Undefined for a context that was dropped, as for one that never was. */
  line(kid: string): Promise<LineRow | undefined>;
  /** Key identifiers of a pager, the one heard last first, those never heard at the end. */
  kidsOf(pager: string): Promise<string[]>;
  /** Words that no pager has obeyed yet. */
  words(): Promise<WordRow[]>;
  /** The newest commands of a pager, the newest first. */
  commands(pager: string): Promise<CommandRow[]>;
  command(pager: string, id: number): Promise<CommandRow | undefined>;
  /** Commands that have not ended, of all pagers, in the order of their numbers. */
  waitingCommands(): Promise<CommandRow[]>;

  /** Open alarms, then at most `closedMax` closed ones, newest first. */
  alarms(closedMax: number): Promise<AlarmRow[]>;
  alarm(id: string): Promise<AlarmRow | undefined>;
  pagers(): Promise<PagerRow[]>;
  pager(id: string): Promise<PagerRow | undefined>;
  /** Code of the board that it told since it was at the bench last; undefined: none. */
  boardOf(pager: string): Promise<number | undefined>;
  /** The newest first. */
  images(): Promise<ImageRow[]>;
  image(hash: string): Promise<ImageRow | undefined>;
  /** The caller has stored a `readPerson` fact before. */
  person(pager: string): Promise<Person | undefined>;
  /**
   * This database was put back from a copy, for the `times`th time since it was made: the platform's
   * numbers jump over all that may have been used since the copy, and no replay window is believed
   * any more [wire §1.2, §1.3]. Durable when it resolves.
   */
  restored(times: number): Promise<void>;
  /** At most `max` events behind the cursor, oldest first. */
  events(after: number, max: number): Promise<Event[]>;
  /** Cursor of the newest event; 0 before the first. */
  lastSeq(): Promise<number>;

  /** Small facts about the database itself, such as the check of its key file. */
  meta(name: string): Promise<string | undefined>;
  setMeta(name: string, value: string): Promise<void>;

  grant(access: Access): Promise<void>;
  /** The grant with this hash, unless it is over at `nowMs`. */
  granted(hash: string, nowMs: number): Promise<Access | undefined>;
  /** Takes a grant away; true for the one caller that did. */
  revoke(hash: string): Promise<boolean>;
  extend(hash: string, expiresAtMs: number): Promise<void>;
  /** Throws away the grants that are over. */
  sweep(nowMs: number): Promise<void>;

  close(): Promise<void>;
}
