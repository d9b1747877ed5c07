// What operators do, told to the store and heard back: alarms, persons, standing of pagers.
// Turns a refusal into an error that says what to do; decides nothing itself.

import type { Alarms } from "./api/host.ts";
import type { RefusalCode } from "./care/acts.ts";
import { type AlarmRow, compareAlarms } from "./care/alarms.ts";
import { OnekeyError } from "./error.ts";
import type { Event, Fact } from "./events.ts";
import type { Commits } from "./gateway/commits.ts";
import type { Store } from "./store/store.ts";

/** Closed alarms that the list still shows, newest first. */
const CLOSED_MAX = 50;

/** Stores a fact; the event that it became, undefined when it was known, an error when refused. */
export async function stateFact(commits: Commits, fact: Fact): Promise<Event | undefined> {
  const receipt = await commits.add({ fact });
  if (receipt === undefined || "known" in receipt) return undefined;
  if ("event" in receipt) return receipt.event;
  throw refusalError(receipt);
}

export function makeAlarms(store: Store, commits: Commits): Alarms {
  const done = async (id: string): Promise<AlarmRow> => {
    const row = await store.alarm(id);
    if (row === undefined) throw refusalError({ refused: "unknown-alarm" });
    return row;
  };
  return {
    list: async () => (await store.alarms(CLOSED_MAX)).sort(compareAlarms),
    get: (id) => store.alarm(id),
    async take(alarm, operator) {
      await stateFact(commits, { kind: "take", alarm, operator });
      return done(alarm);
    },
    async note(alarm, operator, text) {
      await stateFact(commits, { kind: "note", alarm, operator, text });
      return done(alarm);
    },
    async release(alarm, operator, text) {
      await stateFact(commits, { kind: "release", alarm, operator, text });
      return done(alarm);
    },
    async close(alarm, operator, outcome, text) {
      await stateFact(commits, { kind: "close", alarm, operator, outcome, text });
      return done(alarm);
    },
    async reopen(alarm, operator, text) {
      await stateFact(commits, { kind: "reopen", alarm, operator, text });
      return done(alarm);
    },
  };
}

// internal

type AnyRefusal = RefusalCode | "unknown-pager" | "kid-taken" | "numbers-used-up";

function refusalError(refusal: { refused: AnyRefusal; owner?: string }): OnekeyError {
  const { refused, owner = "another operator" } = refusal;
  const facts = { owner };
  switch (refused) {
    case "already-taken":
      return new OnekeyError(refused, `${owner} has this alarm: speak to ${owner}.`, facts);
    case "already-closed":
      return new OnekeyError(refused, `${owner} has closed this alarm.`, facts);
    case "not-taken":
      return new OnekeyError(refused, "Nobody has this alarm: take it first.");
    case "not-owner":
      return new OnekeyError(
        refused,
        `${owner} has this alarm: only ${owner} gives it back.`,
        facts,
      );
    case "not-closed":
      return new OnekeyError(refused, "This alarm is open: there is no close to take back.");
    case "closed-too-long":
      return new OnekeyError(
        refused,
        "It was closed over an hour ago: ring the person up instead.",
      );
    case "superseded":
      return new OnekeyError(
        refused,
        "Its pager has raised a newer alarm or got new keys since: go on with what is newest there.",
      );
    case "unknown-alarm":
      return new OnekeyError(refused, "There is no such alarm: read the list again.");
    case "unknown-pager":
      return new OnekeyError(refused, "There is no such pager: read the list again.");
    case "numbers-used-up":
      return new OnekeyError(
        "database-failed",
        "No command number is left for this pager: register it anew, as another one.",
      );
    case "kid-taken":
      return new OnekeyError("database-failed", "No free key identifier was found: try again.");
  }
}
