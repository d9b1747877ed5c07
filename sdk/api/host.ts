// What the API asks of the platform behind it. An interface: the API knows no store and no gateway.

import type { AlarmRow } from "../care/alarms.ts";
import type { Outcome } from "../care/outcome.ts";
import type { Event, Person } from "../events.ts";
import type { Counters } from "../gateway/counters.ts";
import type { PagerRow } from "../store/store.ts";

export interface Alarms {
  /** Open ones first, by priority and age; then the newest closed ones. */
  list(): Promise<AlarmRow[]>;
  get(id: string): Promise<AlarmRow | undefined>;
  /** One owner: a second take is refused and says who has it. */
  take(id: string, operator: string): Promise<AlarmRow>;
  note(id: string, operator: string, text: string): Promise<AlarmRow>;
  close(id: string, operator: string, outcome: Outcome, text?: string): Promise<AlarmRow>;
}

export interface PagerReads {
  list(): Promise<PagerRow[]>;
  get(id: string): Promise<PagerRow | undefined>;
  /** The record, if there is one. Each reading is in the log, before it is given out [D-16]. */
  person(id: string, operator: string): Promise<Person | undefined>;
}

export interface EventsOptions {
  /** Cursor: events behind it. Without it, events from now on. */
  after?: number;
  signal?: AbortSignal;
}

/** What an API needs of its platform. */
export interface ApiHost {
  alarms: Alarms;
  pagers: PagerReads;
  events(options?: EventsOptions): AsyncIterable<Event>;
  /** Cursor of the newest event. */
  cursor(): Promise<number>;
  counters(): Counters;
}
