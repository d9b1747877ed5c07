// What an operator may do with an alarm, and why not: pure rules over the row as it stands.
// Asked inside the store's transaction, so that two takes can't both be right.

import type { EventBody, Fact } from "../events.ts";
import type { AlarmRow } from "./alarms.ts";

export type Act = Extract<Fact, { kind: "take" | "note" | "close" }>;

export type RefusalCode = "unknown-alarm" | "already-taken" | "not-taken" | "already-closed";

export interface Refusal {
  refused: RefusalCode;
  /** Who has the alarm, or who closed it. */
  owner?: string;
}

/** The event that the act becomes, or why it is refused. */
export function judgeAct(row: AlarmRow | undefined, act: Act): EventBody | Refusal {
  if (row === undefined) return { refused: "unknown-alarm" };
  const { id: alarm, pager } = row;
  const { operator } = act;
  switch (act.kind) {
    case "note":
      return { kind: "alarmNoted", pager, alarm, operator, text: act.text };
    case "take":
      if (row.stage === "closed") return { refused: "already-closed", owner: row.closedBy };
      if (row.stage === "taken") return { refused: "already-taken", owner: row.owner };
      return { kind: "alarmTaken", pager, alarm, operator };
    case "close":
      if (row.stage === "closed") return { refused: "already-closed", owner: row.closedBy };
      // Any operator may close what was taken: shifts change, and the log says who did.
      if (row.stage !== "taken") return { refused: "not-taken" };
      return { kind: "alarmClosed", pager, alarm, operator, outcome: act.outcome, text: act.text };
  }
}
