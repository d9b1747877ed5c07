// Rows for the tests of the desk, in the shapes of the platform, with what a test cares about named.
import type { AlarmRow } from "../../sdk/care/alarms.ts";
import type { PagerRow } from "../../sdk/store/store.ts";

/** 2026-03-01T08:00:00Z. */
export const START_MS = 1_772_352_000_000;

export function alarmRow(change: Partial<AlarmRow> = {}): AlarmRow {
  return {
    id: "P-000001/a1b2c3/7",
    pager: "P-000001",
    number: 7,
    kind: "sos",
    stage: "delivered",
    priority: 1,
    standing: "active",
    raisedAtMs: START_MS,
    positions: [],
    repeats: 0,
    mistake: false,
    notes: [],
    seq: 1,
    ...change,
  };
}

export function pagerRow(change: Partial<PagerRow> = {}): PagerRow {
  return {
    id: "P-000001",
    name: "张桂兰",
    standing: "active",
    registeredAtMs: START_MS,
    heardAtMs: START_MS,
    batteryPercent: 80,
    ...change,
  };
}
