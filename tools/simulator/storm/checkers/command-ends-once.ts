// A command ends once and in one way, whatever comes twice; in the calm soon after its pager spoke.
// Never asks what a pager did for it: that is for the tests of each command.

import type { Event } from "../../../../sdk/events.ts";
import type { WorldEvent } from "../world-event.ts";
import { EXCUSE } from "./alarm-book.ts";
import { PROMISE_MS } from "./calm-heals.ts";
import type { CheckerKind, Judge } from "./checker.ts";
import { createDeadlines } from "./deadlines.ts";
import { createJournalDoubt } from "./journal-doubt.ts";
import { createRecent, type Recent } from "./recent.ts";

const ENDED_KEPT = 2000;
const RESTORED = "the database was put back from a copy";

interface Command {
  readonly pager: string;
  readonly name: string;
  /** How it ended, as the pager says; "" as long as it has not. */
  outcome: string;
  /** Ends of it in the log, and how many restores there were at the last. */
  ends: number;
  restores: number;
  /** Its pager may have forgotten that it met it. */
  excused: boolean;
  /** There is a copy of the database in which it stands. */
  copied: boolean;
}

type CommandEvent = Extract<
  Event,
  { kind: "commandQueued" | "commandEnded" | "commandResultKept" }
>;

function createCommandEndsOnce(judge: Judge) {
  const doubt = createJournalDoubt();
  const waiting = new Map<string, Command>();
  const ended: Recent<string, Command> = createRecent(ENDED_KEPT);
  const due = createDeadlines();
  let isCalm = false;
  let restores = 0;

  function begin(name: string, pager: string, command: string): void {
    const fresh = { outcome: "", ends: 0, restores, excused: false, copied: false };
    waiting.set(name, { ...fresh, pager, name: command });
  }

  /** Two results under one id are two commands to whoever asked. */
  function compare(name: string, command: Command, outcome: string): void {
    const differs = command.outcome !== "" && command.outcome !== outcome;
    if (!differs) judge.good();
    else if (command.excused) judge.excused(EXCUSE);
    else if (command.restores !== restores) judge.excused(RESTORED);
    else judge.broken(`${name} ${command.name}: ended "${command.outcome}", then "${outcome}"`);
  }

  function takeEnded(name: string, event: Extract<Event, { kind: "commandEnded" }>) {
    const command = waiting.get(name) ?? ended.get(name);
    if (command === undefined) return judge.broken(`${name}: ended, and nobody asked for it`);
    const { outcome } = event;
    if (command.ends > 0 && command.restores === restores) {
      judge.broken(`${name} ${command.name}: ended twice`);
    }
    if (outcome !== "expired" && outcome !== "withdrawn") {
      compare(name, command, outcome);
      command.outcome = outcome;
    }
    command.ends += 1;
    command.restores = restores;
    waiting.delete(name);
    due.drop(name);
    ended.set(name, command);
  }

  function takeStored(event: CommandEvent) {
    const name = `${event.pager}/${event.id}`;
    if (event.kind === "commandQueued") begin(name, event.pager, event.command);
    if (event.kind === "commandEnded") takeEnded(name, event);
    const command = event.kind === "commandResultKept" ? ended.get(name) : undefined;
    if (command !== undefined && event.kind === "commandResultKept") {
      compare(name, command, event.outcome);
    }
  }

  function takeRestore(): void {
    restores += 1;
    for (const [name, { copied }] of waiting) {
      if (copied) continue;
      waiting.delete(name);
      due.drop(name);
    }
  }

  function look(nowMs: number): void {
    for (const name of due.passed(nowMs)) {
      const command = waiting.get(name);
      if (command?.excused) judge.excused(EXCUSE);
      else
        judge.broken(`${name} ${command?.name}: it was calm, its pager spoke, and it did not end`);
    }
  }

  /** Nobody can reach a pager that is silent: from when it speaks on, the command can reach it. */
  function takeSpoke(pager: string, atMs: number): void {
    for (const [name, one] of waiting) {
      if (one.pager === pager && !due.has(name)) due.set(name, atMs + PROMISE_MS);
    }
  }

  return {
    take(event: WorldEvent) {
      look(event.atMs);
      doubt.take(event);
      if (event.kind === "off" && doubt.inDoubt(event.pager)) {
        for (const one of waiting.values()) if (one.pager === event.pager) one.excused = true;
      }
      if (event.kind === "phase") isCalm = event.phase === "calm";
      if (event.kind === "platform" && event.act === "restore") takeRestore();
      if (event.kind === "platform" && event.act === "backup") {
        for (const one of waiting.values()) one.copied = true;
      }
      if (event.kind !== "stored") return;
      if ("id" in event.event) takeStored(event.event);
      if (isCalm && "piv" in event.event) takeSpoke(event.event.pager, event.atMs);
    },
  };
}

export const commandEndsOnce: CheckerKind = {
  name: "command-ends-once",
  rule: "A command ends once, in one way, and in the calm when its pager has spoken.",
  create: createCommandEndsOnce,
};
