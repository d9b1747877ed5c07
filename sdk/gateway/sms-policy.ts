// How often the octets of one exchange leave, and when the next one may begin, by carrier. Pure.
// An SMS costs money and takes its time: it leaves once, and no other follows before two minutes.

import { dueInMs, newExchange, stepExchange } from "../../protocol/exchange.ts";
import type { CarrierName } from "../events.ts";

/** From one SMS of an exchange to the first of the next; networks often take half of it [wire §5]. */
export const SMS_EXCHANGE_MS = 120_000;

/** An exchange whose octets have left once. */
export interface Sending {
  dueInMs(nowMs: number): number;
  /** As `stepExchange` says: the same octets again, wait, or begin the next exchange. */
  step(nowMs: number): "send" | "wait" | "over";
}

/** `chance` is 31 random bits. */
export function beginSending(carrier: CarrierName, now: { atMs: number; chance: number }): Sending {
  const { atMs, chance } = now;
  if (carrier === "sms") {
    const restMs = (nowMs: number): number => Math.max(0, atMs + SMS_EXCHANGE_MS - nowMs);
    return { dueInMs: restMs, step: (nowMs) => (restMs(nowMs) === 0 ? "over" : "wait") };
  }
  const exchange = newExchange(atMs, chance);
  return {
    dueInMs: (nowMs) => dueInMs(exchange, nowMs),
    step: (nowMs) => stepExchange(exchange, nowMs),
  };
}
