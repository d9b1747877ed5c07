// One seed from beginning to end: a world, all checkers beside it, and one verdict.
// Decides nothing about rules; the first checker that says "broken" ends the world.

import type { CheckerKind } from "./checkers/checker.ts";
import { createFirstNames } from "./checkers/first-names.ts";
import type { Climate } from "./climate.ts";
import { createWorld, type WorldOptions } from "./world.ts";
import type { WorldEvent } from "./world-event.ts";

export interface SeedOptions {
  readonly seed: number;
  readonly climate: Climate;
  readonly stormMs: number;
  readonly pagers: number;
  readonly only?: readonly number[];
  readonly checkers: readonly CheckerKind[];
  onEvent?(event: WorldEvent): void;
  onModem?: WorldOptions["onModem"];
}

export interface Broken {
  readonly checker: string;
  readonly rule: string;
  readonly text: string;
  readonly atMs: number;
  /** So many events lead up to it. */
  readonly events: number;
}

export interface Cases {
  good: number;
  /** By reason. */
  excused: Record<string, number>;
}

export interface Verdict {
  readonly seed: number;
  readonly events: number;
  readonly alarms: number;
  readonly broken?: Broken;
  /** By checker, and by fault. */
  readonly cases: Readonly<Record<string, Cases>>;
  readonly faults: Readonly<Record<string, number>>;
}

export async function runSeed(options: SeedOptions): Promise<Verdict> {
  const cases: Record<string, Cases> = {};
  let broken: Broken | undefined;
  let events = 0;
  let alarms = 0;
  let nowMs = 0;
  const breakRule = ({ name, rule }: CheckerKind, text: string) => {
    broken ??= { checker: name, rule, text, atMs: nowMs, events };
  };
  const checkers = options.checkers.map((kind) => {
    const count: Cases = { good: 0, excused: {} };
    cases[kind.name] = count;
    return kind.create({
      good() {
        count.good++;
      },
      broken: (text) => breakRule(kind, text),
      excused(why) {
        count.excused[why] = (count.excused[why] ?? 0) + 1;
      },
    });
  });
  const firstNamed = createFirstNames();
  const world = await createWorld({
    ...options,
    onEvent(event) {
      events++;
      nowMs = event.atMs;
      if (event.kind === "stored" && event.event.kind === "alarmRaised") alarms++;
      options.onEvent?.(event);
      const named = firstNamed(event);
      for (const checker of checkers) checker.take(named);
      return broken === undefined;
    },
  });
  try {
    await world.run(options.stormMs);
  } catch (error) {
    breakRule(CRASHED, error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  return { seed: options.seed, events, alarms, broken, cases, faults: world.counts() };
}

/** Not a checker, but a rule all the same. */
const CRASHED: CheckerKind = {
  name: "throws-nothing",
  rule: "Nothing in firmware or platform throws.",
  create: () => ({ take: () => undefined }),
};
