// Who may speak to the pager by cable or Bluetooth, and the little that it says there [pager §5].
// Never says a key, a number of a counter or a position, and evaluates nothing.

import { LOG_CONSOLE } from "../../protocol/log-events.ts";
import { leftMs } from "./due.ts";
import { STAGES } from "./journal.ts";
import { CONSOLE_MS } from "./limits.ts";
import { log, type Moment } from "./moment.ts";
import { startSelfTest } from "./self-test.ts";
import type { State } from "./state.ts";

function setConsole(moment: Moment, open: boolean): void {
  moment.pager.console.open = open;
  moment.effects.push({ kind: "console", open: open });
}

/** Open only where there is nothing to protect yet. */
export function startConsole(moment: Moment): void {
  setConsole(moment, moment.pager.identity.contexts.length === 0);
}

/** A hold on the charger. The alarm that it raises is raised all the same, and leaves first. */
export function askConsole(moment: Moment): void {
  if (moment.pager.charging) moment.pager.console.asked = true;
}

/** One line from whoever is there: "test" tries the parts, and any is answered with radio, what
 * waits, stage, dBm, mV, and what was counted in the order of counts.ts. */
export function takeLine(moment: Moment, text: string): void {
  const state = moment.pager;
  if (!state.console.open) return;
  if (text === "test") startSelfTest(moment, 0, 0);
  const numbers = [STAGES.indexOf(state.alarm.stage), state.link.signalDbm, state.batteryMv];
  let line = state.link.radio + " " + state.outbox.length;
  for (let i = 0; i < numbers.length; i++) line += " " + numbers[i];
  for (let i = 0; i < state.counts.length; i++) line += " " + state.counts[i];
  moment.effects.push({ kind: "print", text: line });
}

export function consoleDueInMs(state: State, nowMs: number): number {
  const console = state.console;
  if (console.asked) return 0;
  if (!console.open || state.identity.contexts.length === 0) return -1;
  return leftMs(nowMs, console.sinceMs, CONSOLE_MS);
}

export function advanceConsole(moment: Moment): void {
  const console = moment.pager.console;
  if (consoleDueInMs(moment.pager, moment.nowMs) !== 0) return;
  const open = console.asked;
  console.asked = false;
  console.sinceMs = moment.nowMs;
  if (open === console.open) return;
  setConsole(moment, open);
  log(moment, LOG_CONSOLE, 0, open ? 1 : 0);
}
