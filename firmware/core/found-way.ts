// The address that the platform's name led to: a further way for calls for help [wire §4.6].
// Never stands in the place of one that was provisioned, and proves nothing: anybody may have named it.

import { fromText } from "../../protocol/bytes.ts";
import { FOUND_KEY } from "../../protocol/settings.ts";
import { isOpen } from "./alarm.ts";
import { leftMs } from "./due.ts";
import { noteSettings } from "./journal.ts";
import { FOUND_MS } from "./limits.ts";
import type { Moment } from "./moment.ts";
import { putCell, textOf } from "./settings.ts";
import { tellNetwork } from "./settings-change.ts";

/** The radio found it, or "" drops it. What is no address is nothing. */
export function takeWay(moment: Moment, address: string): void {
  const state = moment.pager;
  const before = textOf(state, FOUND_KEY);
  putCell(state.settings, FOUND_KEY, fromText(moment.machine, address));
  state.link.foundMs = moment.nowMs;
  if (textOf(state, FOUND_KEY) === before) return;
  noteSettings(moment, [FOUND_KEY]);
  tellNetwork(moment);
}

/** Nobody has answered there for a day. In an alarm every way stays. */
export function advanceWay(moment: Moment): void {
  const state = moment.pager;
  const over = leftMs(moment.nowMs, state.link.foundMs, FOUND_MS) === 0;
  if (over && !isOpen(state)) takeWay(moment, "");
}
