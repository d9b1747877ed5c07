// SMS through a provider's HTTP interface: a POST for each that leaves, a route of ours for those
// that come in. Its token and the numbers stand in no log line and in no error.

import type { Api } from "../api/app.ts";
import { type Clock, systemClock } from "../clock.ts";
import { OnekeyError } from "../error.ts";
import { nodeMachine } from "../machine.ts";
import { hexOf } from "../octets.ts";
import { privateUrl } from "../private-url.ts";
import type { CarrierEnds, OpenCarrier } from "./carrier.ts";
import type { SmsContent } from "./sms-forms.ts";
import { makeSmsQueue, type SmsOrder, type SmsQueue } from "./sms-queue.ts";
import { addSmsRoute, type TakeSms } from "./sms-route.ts";

export interface SmsProviderOptions {
  /** Gets `{"to", "data"}` (hexadecimal, 8-bit) or `{"to", "text"}` for each SMS; HTTPS. */
  url: string;
  /** Goes with each as `Authorization: Bearer`. */
  token: string;
  clock?: Clock;
  /** One line a failure; without number and content. */
  trace?: (line: string) => void;
}

export interface SmsProvider {
  /** For `carriers` of the platform. */
  open: OpenCarrier;
  /** For `mount` of the platform: `POST /api/sms`, which the provider calls with a token of ours. */
  mount(api: Api): void;
}

const TIMEOUT_MS = 20_000;
const REQUESTS_MAX = 4;

export function smsProvider(options: SmsProviderOptions): SmsProvider {
  const url = urlOf(options.url);
  const { token, clock = systemClock, trace = () => undefined } = options;
  let takeIn: TakeSms | undefined;

  const open: OpenCarrier = async (ends) => {
    const queue = makeSmsQueue({ machine: nodeMachine, clock, failed: ends.failed });
    const post = (order: SmsOrder, signal: AbortSignal): Promise<string | undefined> =>
      postOrder({ url, token }, order, signal);
    const sender = makeSender({ queue, post, clock, trace, failed: ends.failed });
    takeIn = (from, content) => receive(ends, queue, from, content);
    return {
      name: "sms",
      send(bytes, to) {
        queue.put(to.address, bytes);
        sender.wake();
      },
      async close() {
        takeIn = undefined;
        queue.empty();
        await sender.stop();
      },
    };
  };

  return {
    open,
    mount: (api) =>
      addSmsRoute(api, (from, content) => {
        if (takeIn === undefined) {
          throw new OnekeyError("closed", "The platform takes no SMS now: send it again later.");
        }
        return takeIn(from, content);
      }),
  };
}

// internal

/** The token and every number go there. */
function urlOf(text: string): URL {
  const url = privateUrl(text);
  if (url !== undefined) return url;
  throw new OnekeyError(
    "bad-option",
    "The address of the SMS provider can't be used: give its full https:// address.",
  );
}

/** True where the SMS is one of ours; a stranger's is counted and answered like any other. */
function receive(ends: CarrierEnds, queue: SmsQueue, from: string, content: SmsContent): boolean {
  const bytes = queue.forms.read(from, content);
  if (bytes === undefined) {
    ends.failed();
    return false;
  }
  ends.receive({ bytes, from: { carrier: "sms", address: from, port: 0 } });
  return true;
}

/** Undefined when the provider took it, else why it did not. */
async function postOrder(
  provider: { url: URL; token: string },
  order: SmsOrder,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { content, phone: to } = order;
  const body = "data" in content ? { to, data: hexOf(content.data) } : { to, text: content.text };
  try {
    const response = await fetch(provider.url, {
      method: "POST",
      headers: {
        authorization: `Bearer ${provider.token}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(body),
      // A token that follows a redirect is a token given away.
      redirect: "error",
      signal,
    });
    await response.body?.cancel();
    return response.ok ? undefined : `status ${response.status}`;
  } catch {
    // The error's own text may name the address, which may hold a secret of the provider's.
    return signal.aborted ? "no answer in time" : "no connection";
  }
}

interface SenderParts {
  queue: SmsQueue;
  post(order: SmsOrder, signal: AbortSignal): Promise<string | undefined>;
  clock: Clock;
  trace(line: string): void;
  failed(): void;
}

/** A few requests at a time; none is repeated, because the exchange above is. */
function makeSender(parts: SenderParts): { wake(): void; stop(): Promise<void> } {
  const running = new Set<Promise<void>>();
  const endings = new Set<AbortController>();

  const run = async (order: SmsOrder): Promise<void> => {
    const ending = new AbortController();
    endings.add(ending);
    const cancel = parts.clock.after(TIMEOUT_MS, () => ending.abort());
    const why = await parts.post(order, ending.signal);
    cancel();
    endings.delete(ending);
    if (why === undefined) return;
    parts.failed();
    parts.trace(`- sms provider: ${why}`);
  };

  const wake = (): void => {
    while (running.size < REQUESTS_MAX) {
      const order = parts.queue.next();
      if (order === undefined) return;
      const one = run(order).then(() => {
        running.delete(one);
        wake();
      });
      running.add(one);
    }
  };

  return {
    wake,
    async stop() {
      for (const ending of endings) ending.abort();
      await Promise.all(running);
    },
  };
}
