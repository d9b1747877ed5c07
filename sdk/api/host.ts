// What the API asks of the platform behind it. An interface: the API knows no store and no gateway.

import type { AlarmRow } from "../care/alarms.ts";
import type { CommandRow } from "../care/commands.ts";
import type { Outcome } from "../care/outcome.ts";
import type { AskedValues } from "../command-values.ts";
import type { Event, Person } from "../events.ts";
import type { Counters } from "../gateway/counters.ts";
import type { Provisioning } from "../register.ts";
import type { ImageRow, PagerRow } from "../store/store.ts";

export interface Alarms {
  /** Open ones first, by priority and age; then the newest closed ones. */
  list(): Promise<AlarmRow[]>;
  get(id: string): Promise<AlarmRow | undefined>;
  /** One owner: a second take is refused and says who has it. */
  take(id: string, operator: string): Promise<AlarmRow>;
  note(id: string, operator: string, text: string): Promise<AlarmRow>;
  /** Its owner gives it back: it waits for somebody else, and the wearer is told so. */
  release(id: string, operator: string, text?: string): Promise<AlarmRow>;
  close(id: string, operator: string, outcome: Outcome, text?: string): Promise<AlarmRow>;
  /** Within an hour of its close, and while its pager has raised no newer one. */
  reopen(id: string, operator: string, text?: string): Promise<AlarmRow>;
}

export interface PagerReads {
  list(): Promise<PagerRow[]>;
  get(id: string): Promise<PagerRow | undefined>;
  /** The record, if there is one. Each reading is in the log, before it is given out [D-16]. */
  person(id: string, operator: string): Promise<Person | undefined>;
}

export interface RegisteredPager {
  pager: PagerRow;
  /** Goes onto the pager, once; it can't be read again. */
  provisioning: Provisioning;
}

export interface PagerKeys {
  /** A new context for a pager in the field; the command that brings it is on its way. */
  renew(id: string, by: string): Promise<CommandRow>;
  /**
   * New key identifiers and keys for a pager at the bench [wire §1.5]. The old ones are refused from
   * now on, so that what is returned must go onto the pager.
   */
  provision(id: string, by: string): Promise<RegisteredPager>;
}

export interface AskedUpdate {
  /** Of an image that was added. */
  hash: string;
  by: string;
  /** After this it is not sent any more, and the image not given out. Default: a day. */
  expiresInS?: number;
  /** Also where the pager never told its board; one that told another is refused all the same. */
  anyBoard?: boolean;
}

export interface PagerUpdates {
  /**
   * Asks the pager to fetch and start this image. One update waits at a time: another image takes
   * the place of the one before, and the same one asked again is the one that waits.
   */
  update(id: string, asked: AskedUpdate): Promise<CommandRow>;
}

export interface NewImage {
  /** As the pager stores it. */
  bytes: Uint8Array;
  /** Version of the firmware in it. */
  firmware: number;
  /** A name of the wire's table of boards. */
  board: string;
  by: string;
}

export interface Images {
  /** On disk and in the log when it resolves; the same again is the same image. */
  add(image: NewImage): Promise<ImageRow>;
  /** The newest first. */
  list(): Promise<ImageRow[]>;
}

export interface AskedCommand {
  /** The name of its message in the wire's declarations. */
  command: string;
  values?: AskedValues;
  /** After this it is not sent any more, and ends as "expired". Default: a day. */
  expiresInS?: number;
  by: string;
}

export interface Commands {
  /** Queued when it resolves, and on its way; its one end is an event. */
  send(pager: string, asked: AskedCommand): Promise<CommandRow>;
  /** The newest hundred, the newest first. */
  list(pager: string): Promise<CommandRow[]>;
  get(pager: string, id: number): Promise<CommandRow | undefined>;
}

export interface EventsOptions {
  /** Cursor: events behind it. Without it, events from now on. */
  after?: number;
  signal?: AbortSignal;
}

/** What an API needs of its platform. */
export interface ApiHost {
  alarms: Alarms;
  commands: Commands;
  images: Images;
  pagers: PagerReads & PagerKeys & PagerUpdates;
  events(options?: EventsOptions): AsyncIterable<Event>;
  /** Cursor of the newest event. */
  cursor(): Promise<number>;
  counters(): Counters;
}
