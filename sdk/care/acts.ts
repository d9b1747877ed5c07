// What an operator may do with an alarm, and why not: pure rules over the row as it stands.
// Asked inside the store's transaction, so that two takes can't both be right.

import type { EventBody, Fact } from "../events.ts";
import type { AlarmRow } from "./alarms.ts";

export type Act = Extract<Fact, { kind: "take" | "note" | "release" | "close" | "reopen" }>;

export type RefusalCode =
  | "unknown-alarm"
  | "already-taken"
  | "not-taken"
  | "not-owner"
  | "already-closed"
  | "not-closed"
  | "closed-too-long"
  | "superseded";

export interface Refusal {
  refused: RefusalCode;
  /** Who has the alarm, or who closed it. */
  owner?: string;
}

/** What the row itself doesn't know. */
export interface Standpoint {
  atMs: number;
  /** Its pager no longer has it in hand: a newer alarm came, or the keys it came under are gone. */
  isSuperseded(): boolean;
}

/**
 * So long a close may be taken back: whoever closed the wrong row sees it soon. Later the wearer
 * has long put the pager down, and is rung up instead.
 */
export const REOPEN_MS_MAX = 3600 * 1000;

/** The event that the act becomes, or why it is refused. */
export function judgeAct(
  row: AlarmRow | undefined,
  act: Act,
  standpoint: Standpoint,
): EventBody | Refusal {
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
    case "release":
      if (row.stage === "closed") return { refused: "already-closed", owner: row.closedBy };
      if (row.stage !== "taken") return { refused: "not-taken" };
      // Nobody's work is taken away: who has it gives it back.
      if (row.owner !== operator) return { refused: "not-owner", owner: row.owner };
      return { kind: "alarmReleased", pager, alarm, operator, text: act.text };
    case "close":
      if (row.stage === "closed") return { refused: "already-closed", owner: row.closedBy };
      // Any operator may close what was taken: shifts change, and the log says who did.
      if (row.stage !== "taken") return { refused: "not-taken" };
      return { kind: "alarmClosed", pager, alarm, operator, outcome: act.outcome, text: act.text };
    case "reopen":
      if (row.stage !== "closed") return { refused: "not-closed", owner: row.owner };
      if (standpoint.atMs - (row.closedAtMs ?? 0) > REOPEN_MS_MAX) {
        return { refused: "closed-too-long" };
      }
      // The pager obeys a reopening of its last alarm only [wire §2.2].
      if (standpoint.isSuperseded()) return { refused: "superseded" };
      return { kind: "alarmReopenedByDesk", pager, alarm, operator, text: act.text };
  }
}
