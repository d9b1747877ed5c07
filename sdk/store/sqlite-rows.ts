// Rows of the SQLite store as they lie in the tables, and the records that they stand for. Pure.

import type { AlarmRow } from "../care/alarms.ts";
import type { WordRow } from "../care/words.ts";
import type { CarrierName, Event, EventBody, Standing, Word } from "../events.ts";
import { partsOf } from "../parts.ts";
import type { Access, AccessKind, LineRow, Link, PagerRow } from "./store.ts";

export interface EventColumns {
  seq: number;
  at_ms: number;
  body: string;
}

export interface LinkColumns {
  kid: string;
  highest: number;
  seen: Uint8Array;
  next_piv: number;
  address: string | null;
  port: number | null;
  heard_at_ms: number | null;
  battery_percent: number | null;
  charging: number | null;
  signal_dbm: number | null;
  checked_in_at_ms: number | null;
  carrier: CarrierName | null;
  window_lost: number;
  bottom: number;
}

export interface BindingColumns {
  kid: string;
  pager: string;
  chip: string;
  iccid: string | null;
  imei: string | null;
  firmware: number;
  board: number;
}

export interface PagerColumns {
  id: string;
  name: string | null;
  standing: Standing;
  registered_at_ms: number;
  firmware: number | null;
  failed_parts: number | null;
  days_left: number | null;
  health_at_ms: number | null;
}

/** leaving: dropped once its open alarm is closed [wire §1.5]. */
export type ContextState = "pending" | "active" | "leaving" | "dropped";

export interface ContextColumns {
  kid: string;
  pager: string;
  slot: number;
  sealed: Uint8Array;
  state: ContextState;
  under: string | null;
  made: number;
}

export interface WordColumns {
  alarm: string;
  pager: string;
  number: number;
  word: Word;
  queued_at_ms: number;
  then_taken: number;
}

export interface AccessColumns {
  hash: string;
  kind: AccessKind;
  label: string;
  expires_at_ms: number | null;
}

export function eventOf(row: EventColumns): Event {
  return { ...(JSON.parse(row.body) as EventBody), seq: row.seq, atMs: row.at_ms };
}

/** An alarm's row without its positions, which lie in a table of their own. */
export function bodyOfAlarm(row: AlarmRow): string {
  return JSON.stringify({ ...row, positions: [] });
}

export function linkOf(row: LinkColumns): Link {
  return {
    kid: row.kid,
    highest: row.highest,
    seen: row.seen,
    bottom: row.bottom,
    windowLost: row.window_lost === 1,
    nextPiv: row.next_piv,
    carrier: row.carrier ?? undefined,
    address: row.address ?? undefined,
    port: row.port ?? undefined,
    heardAtMs: row.heard_at_ms ?? undefined,
    batteryPercent: row.battery_percent ?? undefined,
    charging: row.charging === null ? undefined : row.charging === 1,
    signalDbm: row.signal_dbm ?? undefined,
    checkedInAtMs: row.checked_in_at_ms ?? undefined,
  };
}

export function columnsOfLink(link: Link): LinkColumns {
  return {
    kid: link.kid,
    highest: link.highest,
    seen: link.seen,
    next_piv: link.nextPiv,
    address: link.address ?? null,
    port: link.port ?? null,
    heard_at_ms: link.heardAtMs ?? null,
    battery_percent: link.batteryPercent ?? null,
    charging: link.charging === undefined ? null : Number(link.charging),
    signal_dbm: link.signalDbm ?? null,
    checked_in_at_ms: link.checkedInAtMs ?? null,
    carrier: link.carrier === "udp" ? null : (link.carrier ?? null),
    window_lost: Number(link.windowLost === true),
    bottom: link.bottom ?? -1,
  };
}

export function lineOf(context: ContextColumns, link: LinkColumns | undefined): LineRow {
  const { kid, pager, slot, sealed, state, under } = context;
  return {
    kid,
    pager,
    slot,
    sealed,
    isPending: state === "pending",
    under: under ?? undefined,
    link: link === undefined ? undefined : linkOf(link),
  };
}

/** `links` in the order heard, newest first: the newest that knows a fact says it. */
export function pagerOf(row: PagerColumns, links: Link[]): PagerRow {
  const battery = links.find((link) => link.batteryPercent !== undefined);
  return {
    id: row.id,
    name: row.name ?? undefined,
    standing: row.standing,
    registeredAtMs: row.registered_at_ms,
    heardAtMs: links[0]?.heardAtMs,
    batteryPercent: battery?.batteryPercent,
    charging: battery?.charging,
    signalDbm: links.find((link) => link.signalDbm !== undefined)?.signalDbm,
    checkedInAtMs: links.find((link) => link.checkedInAtMs !== undefined)?.checkedInAtMs,
    firmware: row.firmware ?? undefined,
    failedParts: row.failed_parts === null ? undefined : partsOf(row.failed_parts),
    daysLeft: row.days_left ?? undefined,
    healthAtMs: row.health_at_ms ?? undefined,
  };
}

export function wordOf(row: WordColumns): WordRow {
  const { alarm, pager, number, word } = row;
  const then = row.then_taken === 1 ? { thenTaken: true as const } : {};
  return { alarm, pager, number, word, ...then, queuedAtMs: row.queued_at_ms };
}

export function accessOf(row: AccessColumns): Access {
  const { hash, kind, label } = row;
  return { hash, kind, label, expiresAtMs: row.expires_at_ms ?? undefined };
}
