// A command ends once and in one way, whatever comes twice; in the calm when its pager has spoken.
// Never asks what a pager did for it: that is for the tests of each command.

import type { Event } from "../../../../sdk/events.ts";
import type { WorldEvent } from "../world-event.ts";
import { EXCUSE } from "./alarm-book.ts";
import type { CheckerKind, Judge } from "./checker.ts";
import { createJournalDoubt } from "./journal-doubt.ts";
import { createRecent, type Recent } from "./recent.ts";

const ENDED_KEPT = 2000;
const ELSEWHERE = "its pager speaks from the slot that the renewal would fill";
const DROPPED = /^slot \d dropped/;
const BEGUN_ANEW = "an update is begun anew by the word that comes with a later poll";
const RESTORED = "the database was put back from a copy";

interface Command {
  readonly pager: string;
  readonly name: string;
  /** Of a renewal: the slot that it fills, and under whose context it is never said; else -1. */
  readonly fills: number;
  /** How it ended, as the pager says; "" as long as it has not. */
  outcome: string;
  /** Ends of it in the log, and how many restores there were at the last. */
  ends: number;
  restores: number;
  /** Its pager was off since. */
  wasOff: boolean;
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
  const spokeCalm = new Set<string>();
  /** By pager: the slot under which it was heard last; and the slots of contexts. */
  const spoke = new Map<string, number>();
  const slots = new Map<string, number>();
  /** Pagers that gave up a slot, perhaps before they were ever heard. */
  const dropped = new Set<string>();
  let isCalm = false;
  let restores = 0;

  function begin(name: string, event: Extract<Event, { kind: "commandQueued" }>): void {
    const { pager, command, values } = event;
    const fills = command === "renew" ? Number(values.slot) : -1;
    const fresh = { outcome: "", ends: 0, restores, wasOff: false, excused: false, copied: false };
    waiting.set(name, { ...fresh, pager, name: command, fills });
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
    ended.set(name, command);
  }

  function takeStored(event: CommandEvent) {
    const name = `${event.pager}/${event.id}`;
    if (event.kind === "commandQueued") begin(name, event);
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
    }
  }

  /** Nobody can reach a pager that is silent: only of one that spoke in the calm it is asked. */
  function takeEnd(): void {
    for (const [name, command] of waiting) {
      if (!spokeCalm.has(command.pager)) continue;
      if (command.excused) judge.excused(EXCUSE);
      else if (command.fills === spoke.get(command.pager)) judge.excused(ELSEWHERE);
      // An image that is under way is in memory alone.
      else if (command.name === "update" && command.wasOff) judge.excused(BEGUN_ANEW);
      else
        judge.broken(`${name} ${command.name}: it was calm, its pager spoke, and it did not end`);
    }
  }

  function takeSpoke(pager: string, kid: string): void {
    // Without a renewal slot 0 is used first, and the next one when that is given up.
    if (!slots.has(kid)) slots.set(kid, spoke.has(pager) || dropped.has(pager) ? 1 : 0);
    spoke.set(pager, slots.get(kid) ?? 0);
    if (isCalm) spokeCalm.add(pager);
  }

  function takeOff(pager: string): void {
    const isLost = doubt.inDoubt(pager);
    for (const one of waiting.values()) {
      if (one.pager !== pager) continue;
      one.wasOff = true;
      one.excused ||= isLost;
    }
  }

  function takePlatform(act: Extract<WorldEvent, { kind: "platform" }>["act"]): void {
    if (act === "restore") takeRestore();
    if (act !== "backup") return;
    for (const one of waiting.values()) one.copied = true;
  }

  return {
    take(event: WorldEvent) {
      doubt.take(event);
      if (event.kind === "off") takeOff(event.pager);
      if (event.kind === "log" && DROPPED.test(event.text)) dropped.add(event.pager);
      if (event.kind === "phase") isCalm = event.phase === "calm";
      if (event.kind === "phase" && event.phase === "end") takeEnd();
      if (event.kind === "platform") takePlatform(event.act);
      if (event.kind !== "stored") return;
      if ("id" in event.event) takeStored(event.event);
      if (event.event.kind === "contextActive") slots.set(event.event.kid, event.event.slot);
      if (!("piv" in event.event)) return;
      takeSpoke(event.event.pager, event.event.kid);
    },
  };
}

export const commandEndsOnce: CheckerKind = {
  name: "command-ends-once",
  rule: "A command ends once, in one way, and in the calm when its pager has spoken.",
  create: createCommandEndsOnce,
};
