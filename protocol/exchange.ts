// Sending the same octets again: at 0, 4 and 12 s, each wait times 1 to 1.5 [wire §2.3].
// Pure: chance and time are handed in. Never ends an alarm: after it comes the next exchange.

import { spanMs } from "./span.ts";

/** The waits before the second and the third sending, at least; half as much is added by chance. */
const FIRST_WAIT_MS = 4000;
const SECOND_WAIT_MS = 8000;

/** From the first sending to the next exchange, which has new numbers and the newest position. */
export const EXCHANGE_MS = 30000;

export interface Exchange {
  startMs: number;
  /** How often the octets have left: 1 to 3. */
  sent: number;
  /** Spans from the start to the second and the third sending. */
  secondMs: number;
  thirdMs: number;
}

/** An exchange whose octets leave now; `chance` is 31 random bits. */
export function newExchange(atMs: number, chance: number): Exchange {
  // The two remainders are as good as independent: 2001 and 4001 have no common divisor.
  const secondMs = FIRST_WAIT_MS + (chance % 2001);
  const thirdMs = secondMs + SECOND_WAIT_MS + (chance % 4001);
  return { startMs: atMs, sent: 1, secondMs: secondMs, thirdMs: thirdMs };
}

function dueSpanMs(exchange: Exchange): number {
  if (exchange.sent === 1) return exchange.secondMs;
  return exchange.sent === 2 ? exchange.thirdMs : EXCHANGE_MS;
}

/** Milliseconds until `stepExchange` has something to say; 0 when it has now. */
export function dueInMs(exchange: Exchange, nowMs: number): number {
  const restMs = dueSpanMs(exchange) - spanMs(nowMs, exchange.startMs);
  return restMs > 0 ? restMs : 0;
}

/**
 * What is due: "send" the same octets again (counted as sent), "over" (start the next exchange, or
 * give up what may be given up), or "wait". After a long sleep one call says "send" once only.
 */
export function stepExchange(exchange: Exchange, nowMs: number): "send" | "wait" | "over" {
  const spentMs = spanMs(nowMs, exchange.startMs);
  if (spentMs >= EXCHANGE_MS) return "over";
  if (spentMs < dueSpanMs(exchange)) return "wait";
  exchange.sent = spentMs >= exchange.thirdMs ? 3 : exchange.sent + 1;
  return "send";
}
