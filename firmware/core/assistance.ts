// When the radio may see to assistance data of its receiver: in calm, on the charger, every three days.
// Fetches nothing: the radio does, and nothing waits for it.

import { ASSISTANCE_KEY } from "../../protocol/settings.ts";
import { isOpen } from "./alarm.ts";
import { ASSISTANCE_H } from "./limits.ts";
import type { Moment } from "./moment.ts";
import { textOf } from "./settings.ts";

export function advanceAssistance(moment: Moment): void {
  const state = moment.pager;
  const runs = state.runs;
  const url = textOf(state, ASSISTANCE_KEY);
  const calm = state.charging && state.outbox.length === 0 && !isOpen(state);
  const due = url !== "" && runs.hours >= runs.assistH;
  if (!due || !calm || state.link.radio !== "ready") return;
  runs.assistH = runs.hours + ASSISTANCE_H;
  moment.effects.push({ kind: "assist", url: url });
}
