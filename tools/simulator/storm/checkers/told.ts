// What a wearer was told of an alarm, and in which order the stages come.
// A cue and a line of the log count alike: the cue is given first, the line follows.

import type { WorldEvent } from "../world-event.ts";

/** 0 for nothing, or that it is being sent; 1 delivered, 2 taken, 3 closed. */
export type Rank = 0 | 1 | 2 | 3;

export const DELIVERED = 1;
export const TAKEN = 2;
export const CLOSED = 3;

export function rankOf(word: string): Rank {
  if (word === "delivered" || word === "waitingAgain") return DELIVERED;
  if (word === "taken") return TAKEN;
  return word === "closed" ? CLOSED : 0;
}

/** The stage that this event tells the wearer of `event.alarm`; 0 where it tells none. */
export function toldBy(event: WorldEvent): Rank {
  if (event.kind === "cue") return rankOf(event.cue);
  return event.kind === "log" ? rankOf(event.text) : 0;
}

/** Behind this the wearer may be told once that nobody has the alarm any more [wire §2.5]. */
export function stepsBack(event: WorldEvent): string | undefined {
  if (event.kind !== "stored") return undefined;
  const body = event.event;
  switch (body.kind) {
    case "alarmReleased":
    case "alarmReopened":
    case "alarmReopenedByDesk":
      return body.alarm;
    case "wordObeyed":
      return body.again === undefined || body.again === "closed" ? undefined : body.alarm;
    default:
      return undefined;
  }
}

/** The pager goes on with an alarm that it found in its journal. */
export const isResumed = (text: string) => text.startsWith("resumed, ");
