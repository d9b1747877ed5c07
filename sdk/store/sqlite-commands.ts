// Commands in the store: their numbers, their one end, and the renewal that brings a new context.
// Inside the transaction of a commit; what a command means to a pager is not known here [wire §4.5].

import type { Database, Statement } from "better-sqlite3";
import { NUMBER_MAX } from "../../protocol/limits.ts";
import { RENEW_COMMAND, UPDATE_COMMAND } from "../care/command-names.ts";
import { type CommandRow, hasExpired, isFromPager, reduceCommand } from "../care/commands.ts";
import type { Event, FactOf } from "../events.ts";
import type { Contexts } from "./sqlite-contexts.ts";
import type { Log } from "./sqlite-log.ts";
import type { Receipt, Store } from "./store.ts";

export interface Commands {
  queue(fact: FactOf<"queueCommand">, atMs: number): Receipt;
  expire(fact: FactOf<"expireCommand">, atMs: number): Receipt;
  result(fact: FactOf<"commandResult">, atMs: number): Receipt;
  renew(fact: FactOf<"renew">, atMs: number): Receipt;
  provision(fact: FactOf<"provision">, atMs: number): Receipt;
}

export interface CommandsParts {
  log: Log;
  contexts: Contexts;
}

/** Commands that a list shows, the newest first. */
const LIST_MAX = 100;

export function sqliteCommands(db: Database, parts: CommandsParts): Commands {
  const run = statementsOf(db);
  const { contexts } = parts;
  const { append, isFirst } = parts.log;

  const save = (row: CommandRow | undefined, event: Event): void => {
    const next = reduceCommand(row, event);
    if (next === undefined || next === row) return;
    run.save.run(next.pager, next.id, Number(next.state === "ended"), JSON.stringify(next));
  };

  const queue = (fact: Omit<FactOf<"queueCommand">, "kind">, atMs: number): Receipt => {
    const id = run.nextId.get(fact.pager) as number | undefined;
    if (id === undefined) return { refused: "unknown-pager" };
    if (id > NUMBER_MAX) return { refused: "numbers-used-up" };
    run.raiseId.run(fact.pager);
    const event = append({ ...fact, kind: "commandQueued", id }, atMs);
    save(undefined, event);
    return { event };
  };

  const end = (row: CommandRow, how: "expired" | "withdrawn", atMs: number): Event => {
    const { pager, id } = row;
    const event = append({ kind: "commandEnded", pager, id, outcome: how }, atMs);
    save(row, event);
    return event;
  };

  const withdraw = (rows: CommandRow[], atMs: number): Event[] =>
    rows.map((row) => end(row, "withdrawn", atMs));

  /** One at a time, so that a pager has one image to pull: the newest. Asked again it is that one. */
  const queueUpdate = (fact: Omit<FactOf<"queueCommand">, "kind">, atMs: number): Receipt => {
    const waiting = waitingOf(run, fact.pager, UPDATE_COMMAND);
    const { hash, firmware } = fact.values;
    const isAsked = ({ values }: CommandRow) =>
      values.hash === hash && values.firmware === firmware;
    if (waiting.some((row) => isAsked(row) && !hasExpired(row, atMs))) return { known: true };
    const receipt = queue(fact, atMs);
    if (!("event" in receipt)) return receipt;
    return { event: receipt.event, also: withdraw(waiting, atMs) };
  };

  return {
    queue: ({ kind, ...asked }, atMs) =>
      asked.command === UPDATE_COMMAND ? queueUpdate(asked, atMs) : queue(asked, atMs),
    expire({ pager, id }, atMs) {
      const row = rowOf(run.one.get(pager, id));
      if (row?.state !== "waiting" || !hasExpired(row, atMs)) return { known: true };
      return { event: end(row, "expired", atMs) };
    },
    result(fact, atMs) {
      const { kind, what, command, ...said } = fact;
      const row = rowOf(run.one.get(fact.pager, fact.id));
      if (row === undefined || row.state === "ended" || !isResultOf(row, fact)) {
        return keep(fact, row, atMs);
      }
      const event = append({ ...said, kind: "commandEnded" }, atMs);
      save(row, event);
      if (!isRenewed(row, fact)) return { event };
      return { event, also: contexts.settleSlot(fact, atMs) };
    },
    renew({ pager, context, by, expiresAtMs }, atMs) {
      if (contexts.isTaken(context.kid)) return { refused: "kid-taken" };
      const { kid, slot } = context;
      const renewals = waitingOf(run, pager, RENEW_COMMAND);
      const [waiting] = renewals;
      if (waiting?.values.slot === slot) return { known: true };
      // The pager has changed over to the slot that it was made for: it can't be obeyed any more.
      const also = withdraw(renewals, atMs);
      const values = { slot, kid };
      const receipt = queue({ pager, command: RENEW_COMMAND, values, by, expiresAtMs }, atMs);
      if (!("event" in receipt)) return receipt;
      contexts.addPending(pager, context, receipt.event.seq);
      return { event: receipt.event, also };
    },
    provision({ pager, contexts: fresh, by }, atMs) {
      if (run.nextId.get(pager) === undefined) return { refused: "unknown-pager" };
      if (fresh.some(({ kid }) => contexts.isTaken(kid))) return { refused: "kid-taken" };
      const event = append({ kind: "pagerProvisioned", pager, by }, atMs);
      // What was made for the old keys, or chosen for what may have been another board.
      const stale = [RENEW_COMMAND, UPDATE_COMMAND].flatMap((one) => waitingOf(run, pager, one));
      const also = [...withdraw(stale, atMs), ...contexts.dropAll(pager, atMs)];
      for (const context of fresh) contexts.addActive(pager, context, event.seq);
      return { event, also };
    },
  };

  /** It ends nothing, and is kept all the same: once, however often it is said. */
  function keep(fact: FactOf<"commandResult">, row: CommandRow | undefined, atMs: number): Receipt {
    const { pager, kid, id, what } = fact;
    const isOfRow = row !== undefined && isResultOf(row, fact);
    if (isOfRow && row.state === "ended" && isFromPager(row)) return { known: true };
    if (!isFirst(kid, `result ${what}`, id)) return { known: true };
    const event = append({ ...fact, kind: "commandResultKept", pager }, atMs);
    save(row, event);
    if (row === undefined || !isRenewed(row, fact)) return { event };
    return { event, also: contexts.settleSlot(fact, atMs) };
  }
}

export function commandReads(
  db: Database,
): Pick<Store, "commands" | "command" | "waitingCommands"> {
  const list = db.prepare("SELECT body FROM commands WHERE pager = ? ORDER BY id DESC LIMIT ?");
  const one = db.prepare("SELECT body FROM commands WHERE pager = ? AND id = ?");
  const waiting = db.prepare("SELECT body FROM commands WHERE ended = 0 ORDER BY pager, id");
  for (const statement of [list, one, waiting]) statement.pluck();
  const rows = (bodies: unknown[]): CommandRow[] => bodies.map((body) => parsed(body as string));
  return {
    commands: async (pager) => rows(list.all(pager, LIST_MAX)),
    command: async (pager, id) => rowOf(one.get(pager, id)),
    waitingCommands: async () => rows(waiting.all()),
  };
}

// internal

type Statements = ReturnType<typeof statementsOf>;

function statementsOf(db: Database) {
  const prepare = (sql: string): Statement => db.prepare(sql);
  return {
    nextId: prepare("SELECT next_command FROM pagers WHERE id = ?").pluck(),
    raiseId: prepare("UPDATE pagers SET next_command = next_command + 1 WHERE id = ?"),
    one: prepare("SELECT body FROM commands WHERE pager = ? AND id = ?").pluck(),
    // By the index of what waits, which is short.
    waiting: prepare("SELECT body FROM commands WHERE ended = 0 AND pager = ? ORDER BY id").pluck(),
    save: prepare(
      `INSERT INTO commands (pager, id, ended, body) VALUES (?, ?, ?, ?)
       ON CONFLICT (pager, id) DO UPDATE SET ended = excluded.ended, body = excluded.body`,
    ),
  };
}

const parsed = (body: string): CommandRow => JSON.parse(body) as CommandRow;

function rowOf(body: unknown): CommandRow | undefined {
  return body === undefined ? undefined : parsed(body as string);
}

function waitingOf(run: Statements, pager: string, command: string): CommandRow[] {
  const rows = (run.waiting.all(pager) as string[]).map(parsed);
  return rows.filter((row) => row.command === command);
}

/**
 * Whether the result is that of this command. That a renewal is done counts only under the new
 * context: there alone it shows that the pager has it and was answered under it [wire §1.5].
 */
function isResultOf(row: CommandRow, fact: FactOf<"commandResult">): boolean {
  if (row.command !== fact.command) return false;
  return row.command !== RENEW_COMMAND || fact.outcome !== "done" || isRenewed(row, fact);
}

function isRenewed(row: CommandRow, fact: FactOf<"commandResult">): boolean {
  const { command, values } = row;
  return command === RENEW_COMMAND && fact.outcome === "done" && values.kid === fact.kid;
}
