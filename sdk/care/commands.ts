// What is asked of a pager, from queuing to its one end: a pure reducer over events [wire §4.5].
// No clock: whether a command has expired is asked with the time at hand.

import type { Event, ToldValues } from "../events.ts";
import type { CommandOutcome, Ending } from "./results.ts";

export interface CommandRow {
  pager: string;
  /** The pager's own count of commands: no number of it ever serves twice. */
  id: number;
  /** Its name in the wire's declarations. */
  command: string;
  /**
   * As declared, without `what` and `id`; octets as hexadecimal text. Of `renew` the slot and the
   * key identifier only: the keys are made anew for each sending and stand nowhere.
   */
  values: ToldValues;
  by: string;
  queuedAtMs: number;
  /** From then on it is not sent any more. By the platform's clock: the pager is not told of it. */
  expiresAtMs: number;
  state: "waiting" | "ended";
  outcome?: CommandOutcome;
  /** Of "other": the code that this version does not know. */
  code?: number;
  detail?: number;
  /** Of a change of settings: the name of the one that `detail` is about. */
  setting?: string;
  /** Of an update: why it was refused, or failed. */
  why?: string;
  endedAtMs?: number;
  /** The pager's result, where it came after the platform had given the command up. */
  late?: Ending & { atMs: number };
}

type CommandEvent = Extract<
  Event,
  { kind: "commandQueued" | "commandEnded" | "commandResultKept" }
>;

/** The row after `event`; the same row when the event is not about this command. */
export function reduceCommand(row: CommandRow | undefined, event: Event): CommandRow | undefined {
  if (!isOfCommand(event)) return row;
  if (event.kind === "commandQueued") return row ?? queued(event);
  if (row === undefined || event.pager !== row.pager || event.id !== row.id) return row;
  if (event.kind === "commandEnded") return row.state === "ended" ? row : ended(row, event);
  // Nobody knows of what command it is, or it is a further word about a command that had its result.
  if (row.state !== "ended" || isFromPager(row) || event.command !== row.command) return row;
  return { ...row, late: { ...endingIn(event), atMs: event.atMs } };
}

export function isOfCommand(event: Event): event is CommandEvent {
  const { kind } = event;
  return kind === "commandQueued" || kind === "commandEnded" || kind === "commandResultKept";
}

export function hasExpired(row: CommandRow, nowMs: number): boolean {
  return nowMs >= row.expiresAtMs;
}

/** Whether the pager has said how this one ended. */
export function isFromPager({ outcome, late }: CommandRow): boolean {
  return late !== undefined || (outcome !== "expired" && outcome !== "withdrawn");
}

// internal

function queued(event: Extract<CommandEvent, { kind: "commandQueued" }>): CommandRow {
  const { pager, id, command, values, by, atMs, expiresAtMs } = event;
  return { pager, id, command, values, by, queuedAtMs: atMs, expiresAtMs, state: "waiting" };
}

function ended(
  row: CommandRow,
  event: Extract<CommandEvent, { kind: "commandEnded" }>,
): CommandRow {
  return { ...row, state: "ended", ...endingIn(event), endedAtMs: event.atMs };
}

function endingIn({ outcome, code, detail, setting, why }: Ending): Ending {
  return {
    outcome,
    ...(code === undefined ? {} : { code }),
    ...(detail === undefined ? {} : { detail }),
    ...(setting === undefined ? {} : { setting }),
    ...(why === undefined ? {} : { why }),
  };
}
