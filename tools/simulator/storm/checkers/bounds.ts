// What fills up stays inside its bounds: outbox, exchanges, work of the gateway, erases of storage.
// And the driver never does what the modem's manual forbids.

import type { Look, WorldEvent } from "../world-event.ts";
import type { CheckerKind, Judge } from "./checker.ts";

/** Sixteen items, and what is let in behind them: an alarm, its report, a poll, a beat. */
const OUTBOX_MAX = 20;
const SENT_MAX = 8;
const PENDING_MAX = 9000;
/** What the maker of the flash promises for one page. */
const ERASES_MAX = 10000;

function faultOf({ outbox, sent, erases }: Look): string | undefined {
  if (outbox > OUTBOX_MAX) return `${outbox} items wait`;
  if (sent > SENT_MAX) return `${sent} exchanges are remembered`;
  const most = Math.max(0, ...erases);
  return most < ERASES_MAX ? undefined : `a page was erased ${most} times`;
}

function createBounds(judge: Judge) {
  return {
    take(event: WorldEvent) {
      if (event.kind === "violation") judge.broken(`${event.pager}: the driver ${event.text}`);
      if (event.kind === "look") {
        const fault = faultOf(event.look);
        if (fault === undefined) judge.good();
        else judge.broken(`${event.pager}: ${fault}`);
      }
      if (event.kind !== "load") return;
      if (event.pending <= PENDING_MAX) judge.good();
      else judge.broken(`the gateway holds ${event.pending} pieces of work`);
    },
  };
}

export const bounds: CheckerKind = {
  name: "bounds",
  rule: "Outbox, exchanges, work and erases stay in bounds, and the driver obeys the manual.",
  create: createBounds,
};
