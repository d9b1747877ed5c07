// Every alarm that a pager raised: whether it was stored, what its wearer was told, what may be lost.
// The one excuse of a lost alarm stands here: the pager went off while its journal was in doubt.

import type { WorldEvent } from "../world-event.ts";
import { createJournalDoubt } from "./journal-doubt.ts";
import { createRecent, listOf } from "./recent.ts";
import { isResumed, type Rank, toldBy } from "./told.ts";

export interface AlarmEntry {
  readonly id: string;
  readonly pager: string;
  readonly raisedMs: number;
  stored: boolean;
  told: Rank;
  /** Its pager may know nothing of it any more, and is excused for that. */
  excused: boolean;
}

export interface AlarmBook {
  /** The alarm that was changed by the event. */
  take(event: WorldEvent): AlarmEntry | undefined;
  find(alarm: string): AlarmEntry | undefined;
  /** Those that are not stored and told yet. */
  open(): Iterable<AlarmEntry>;
}

export const EXCUSE = "what only its journal had is lost";

const DONE_KEPT = 20000;
/** Alarms of one pager that it may still speak of. */
const LAST_KEPT = 8;

export const isDone = ({ stored, told }: AlarmEntry) => stored && told > 0;

type Line = Extract<WorldEvent, { kind: "log" }>;

export function createAlarmBook(): AlarmBook {
  const doubt = createJournalDoubt();
  const open = new Map<string, AlarmEntry>();
  const done = createRecent<string, AlarmEntry>(DONE_KEPT);
  /** The newest alarms of each pager. */
  const last = new Map<string, AlarmEntry[]>();

  const find = (alarm: string) => open.get(alarm) ?? done.get(alarm);

  function settle(entry: AlarmEntry): AlarmEntry {
    if (isDone(entry) && open.delete(entry.id)) done.set(entry.id, entry);
    return entry;
  }

  function begin({ alarm, pager, atMs }: Line): AlarmEntry {
    const entry = {
      id: alarm,
      pager,
      raisedMs: atMs,
      stored: false,
      told: 0 as Rank,
      excused: false,
    };
    open.set(alarm, entry);
    const list = listOf(last, pager);
    list.push(entry);
    if (list.length > LAST_KEPT) list.shift();
    return entry;
  }

  function takeLine(line: Line): AlarmEntry | undefined {
    if (line.text !== "raised" && !isResumed(line.text)) return undefined;
    // Where power went behind the cue, the line that says "raised" was never written.
    const entry = find(line.alarm) ?? begin(line);
    entry.excused = doubt.isStranded(line.pager);
    return entry;
  }

  function takeStage(event: Extract<WorldEvent, { kind: "cue" | "log" }>): AlarmEntry | undefined {
    const rank = toldBy(event);
    const entry = rank === 0 ? undefined : find(event.alarm);
    if (entry === undefined || rank <= entry.told) return undefined;
    entry.told = rank;
    return settle(entry);
  }

  function excuse(pager: string): void {
    for (const entry of open.values()) if (entry.pager === pager) entry.excused = true;
    for (const entry of last.get(pager) ?? []) entry.excused = true;
  }

  return {
    find,
    open: () => open.values(),
    take(event) {
      doubt.take(event);
      if (event.kind === "off" && doubt.callInDoubt(event.pager)) excuse(event.pager);
      if (event.kind === "log" && doubt.isStranded(event.pager)) excuse(event.pager);
      if (event.kind === "cue") return takeStage(event);
      if (event.kind === "log") return takeLine(event) ?? takeStage(event);
      if (event.kind !== "stored" || event.event.kind !== "alarmRaised") return undefined;
      const entry = find(event.event.alarm);
      if (entry === undefined) return undefined;
      entry.stored = true;
      return settle(entry);
    },
  };
}
