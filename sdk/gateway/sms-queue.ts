// What waits to leave by SMS: sealed datagrams only, each once, few a number and none too old.
// Bounded on every side, because an SMS costs money; decides nothing about alarms.

import { decodePacket, OSCORE, optionValue } from "../../protocol/coap.ts";
import { isFault } from "../../protocol/fault.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import type { Clock } from "../clock.ts";
import { hexOf } from "../octets.ts";
import { makeBuckets } from "./buckets.ts";
import { makeSmsForms, type SmsContent, type SmsForms } from "./sms-forms.ts";
import { SMS_EXCHANGE_MS } from "./sms-policy.ts";

export interface SmsOrder {
  phone: string;
  content: SmsContent;
}

export interface SmsQueue {
  readonly forms: SmsForms;
  /** Takes a datagram in, or tells `failed` that it won't leave. */
  put(phone: string, bytes: Bytes): void;
  /** The one that waits longest, now to be sent; too old ones are told to `failed`. */
  next(): SmsOrder | undefined;
  /** Tells `failed` of all that waits. */
  empty(): void;
}

export interface SmsQueueOptions {
  machine: Machine;
  clock: Clock;
  failed(): void;
}

const ORDERS_MAX = 500;
/** Answers to one number: a copy of an old SMS, sent again and again, must not cost without end. */
const PHONE_RATE = { perSecond: 1 / 60, burst: 10 };
/** Names of senders and the like can't be answered. */
const PHONE = /^\+?\d{3,20}$/;

export function makeSmsQueue(options: SmsQueueOptions): SmsQueue {
  const { machine, clock, failed } = options;
  const forms = makeSmsForms(machine);
  const rates = makeBuckets(clock, PHONE_RATE);
  // By number and octets: the same that waits already is not sent twice.
  const orders = new Map<string, SmsOrder & { untilMs: number }>();

  /** An unsealed error or acknowledgement proves nothing to a pager: not worth an SMS [wire §2.4]. */
  const isSealed = (bytes: Bytes): boolean => {
    const packet = decodePacket(machine, bytes);
    return !isFault(packet) && optionValue(packet, OSCORE) !== undefined;
  };

  const drop = (name: string): void => {
    orders.delete(name);
    failed();
  };

  return {
    forms,
    put(phone, bytes) {
      const name = `${phone} ${hexOf(bytes)}`;
      if (orders.has(name)) return;
      const content = PHONE.test(phone) && isSealed(bytes) ? forms.write(phone, bytes) : undefined;
      if (content === undefined || !rates.take(phone)) {
        failed();
        return;
      }
      // By then its pager has asked again, or its word is sent anew.
      orders.set(name, { phone, content, untilMs: clock.nowMs() + SMS_EXCHANGE_MS });
      if (orders.size > ORDERS_MAX) drop(orders.keys().next().value as string);
    },
    next() {
      for (const [name, { untilMs, ...order }] of orders) {
        if (untilMs < clock.nowMs()) {
          drop(name);
          continue;
        }
        orders.delete(name);
        return order;
      }
      return undefined;
    },
    empty() {
      for (const name of [...orders.keys()]) drop(name);
    },
  };
}
