// How a command ended: what pagers say in their results, and what the platform says by itself.
// A code of a newer version is "other", and the code is kept beside it.

import { OUTCOMES, UPDATE_FAULTS } from "../../protocol/codes.ts";
import { CHANGE_SETTINGS, UPDATE } from "../../protocol/messages.ts";
import { settingName } from "../setting-values.ts";

export const COMMAND_OUTCOMES = [
  "done",
  /** The pager has no such command. */
  "unknown",
  "refused",
  "failed",
  /** An alarm is open. */
  "busy",
  /** The pager is of a newer version than this platform. */
  "other",
  /** No result came in time. */
  "expired",
  /** The platform took it back before there was a result. */
  "withdrawn",
] as const;

export type CommandOutcome = (typeof COMMAND_OUTCOMES)[number];

export interface Ending {
  outcome: CommandOutcome;
  /** Of "other": the code as it came. */
  code?: number;
  /** By outcome: of a refused setting its key, of a failure its own number. */
  detail?: number;
  /** Of a change of settings: the name of the one that `detail` is about. */
  setting?: string;
  /** Of an update: why it was refused, or failed. */
  why?: string;
}

/** What a pager says of a command; by leaving the code out it says that it is done. */
export function endingOf({ outcome: code = 0, detail }: Said, command?: string): Ending {
  const outcome = COMMAND_OUTCOMES.find((name) => name === OUTCOMES[code]);
  const ending: Ending = outcome === undefined ? { outcome: "other", code } : { outcome };
  if (detail === undefined) return ending;
  const isSetting = command === CHANGE_SETTINGS.name && detail > 0;
  const why = command === UPDATE.name ? UPDATE_FAULTS[detail] : undefined;
  return {
    ...ending,
    detail,
    ...(isSetting ? { setting: settingName(detail) } : {}),
    ...(why === undefined || why === "" ? {} : { why }),
  };
}

// internal

interface Said {
  outcome?: number;
  detail?: number;
}
