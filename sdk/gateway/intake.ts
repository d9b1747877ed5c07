// What waits to be opened, sorted: new numbers first, repeats last, floods of one source shed.
// Reads faster than it works, so that under overload this file chooses what is lost, not a socket.

import type { Clock } from "../clock.ts";
import { type Buckets, makeBuckets } from "./buckets.ts";

export type Lane =
  /** A known line and a number that it has not seen. */
  | "fresh"
  /** A line that is not in memory: its first message, or a key identifier of nobody. */
  | "unloaded"
  /** A number seen before: a repeat or a replay. */
  | "seen";

export interface Intake<Item> {
  offer(lane: Lane, source: string, item: Item): void;
  waiting(): number;
}

export interface IntakeOptions<Item> {
  clock: Clock;
  work(item: Item): void;
  shed(item: Item): void;
}

/** Items worked on before the socket is read again: fewer than one reading brings. */
const TURN_ITEMS = 16;
/** Of these, so many at least for lines not in memory: a pager's first alarm is among them. */
const TURN_UNLOADED = 4;
/** From here on there is more work than time [wire §3]. */
export const OVERLOAD_ITEMS = 512;
const WAITING_MAX = 8192;
/** Per key identifier and source address, never per key identifier alone. */
const SOURCE_RATE = { perSecond: 4, burst: 16 };

export function makeIntake<Item>(options: IntakeOptions<Item>): Intake<Item> {
  const lanes: Record<Lane, Item[]> = { fresh: [], unloaded: [], seen: [] };
  const buckets: Buckets = makeBuckets(options.clock, SOURCE_RATE);
  let scheduled = false;

  const waiting = (): number => lanes.fresh.length + lanes.unloaded.length + lanes.seen.length;

  const isShed = (lane: Lane, source: string): boolean => {
    if (waiting() < OVERLOAD_ITEMS) return false;
    return lane === "seen" || waiting() >= WAITING_MAX || !buckets.take(source);
  };

  const schedule = (): void => {
    if (scheduled || waiting() === 0) return;
    scheduled = true;
    setImmediate(turn);
  };

  const turn = (): void => {
    scheduled = false;
    const items = lanes.unloaded.splice(0, TURN_UNLOADED);
    for (const lane of ["fresh", "unloaded", "seen"] as const) {
      items.push(...lanes[lane].splice(0, TURN_ITEMS - items.length));
    }
    schedule();
    items.forEach(options.work);
  };

  return {
    offer(lane, source, item) {
      if (isShed(lane, source)) {
        options.shed(item);
        return;
      }
      lanes[lane].push(item);
      schedule();
    },
    waiting,
  };
}
