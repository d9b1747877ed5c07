// The name under which an alarm is shown: the person's, else the pager's, else none. Pure.
import type { AlarmRow } from "../../../sdk/care/alarms.ts";
import type { DeskState } from "../desk-state.ts";
import { texts } from "./texts.ts";
import { same, type Words } from "./words.ts";

export function whoOf(row: AlarmRow, { people, pagers }: DeskState): Words {
  const name = people[row.pager]?.name ?? pagers.find((pager) => pager.id === row.pager)?.name;
  return name === undefined || name === "" ? texts.queue.unassigned : same(name);
}

/**
 * What of the pager's standing must be said beside its alarm, which counts all the same [wire §2.6].
 * "Unassigned" is said once: as the name, where there is no other.
 */
export function standingWords(row: AlarmRow, state: DeskState): Words | undefined {
  const isSaid = row.standing === "unassigned" && whoOf(row, state) === texts.queue.unassigned;
  return isSaid ? undefined : texts.standings[row.standing];
}
