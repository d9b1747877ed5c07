// Every alarm that a pager raised: whether it was stored, what its wearer was told, what may be lost.
// The one excuse of a lost alarm stands here: the pager went off while its journal was in doubt.

import type { WorldEvent } from "../world-event.ts";
import { callOf } from "./calls.ts";
import { createJournalDoubt } from "./journal-doubt.ts";
import { createRecent, listOf } from "./recent.ts";
import { isResumed, type Rank, stepsBack, toldBy } from "./told.ts";

export interface AlarmEntry {
  readonly id: string;
  readonly pager: string;
  readonly raisedMs: number;
  stored: boolean;
  /** The last stage that its wearer was told. */
  told: Rank;
  /** So often may that still be an earlier one than before. */
  backs: number;
  /** It was given back or opened again. */
  wasBack: boolean;
  /**
   * Its pager has another in hand: no word of the desk changes this one any more [wire §2.2], and its
   * wearer is told of that one only.
   */
  superseded: boolean;
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

export const isDone = ({ stored, told, superseded }: AlarmEntry) =>
  stored && (told > 0 || superseded);

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

  function supersede(entry: AlarmEntry): void {
    entry.superseded = true;
    settle(entry);
  }

  function begin({ alarm, pager, atMs, text }: Line): AlarmEntry {
    const superseded = callOf(text)?.isBeside === true;
    const entry = {
      id: alarm,
      pager,
      raisedMs: atMs,
      stored: false,
      told: 0 as Rank,
      backs: 0,
      wasBack: false,
      superseded,
      excused: false,
    };
    open.set(alarm, entry);
    const list = listOf(last, pager);
    if (!superseded) for (const older of list) supersede(older);
    list.push(entry);
    if (list.length > LAST_KEPT) list.shift();
    return entry;
  }

  function takeLine(line: Line): AlarmEntry | undefined {
    if (callOf(line.text) === undefined && !isResumed(line.text)) return undefined;
    // Where power went behind the cue, the line that says "raised" was never written.
    const entry = find(line.alarm) ?? begin(line);
    entry.excused = doubt.isStranded(line.pager);
    return entry;
  }

  function takeStage(event: Extract<WorldEvent, { kind: "cue" | "log" }>): AlarmEntry | undefined {
    const rank = toldBy(event);
    const entry = rank === 0 ? undefined : find(event.alarm);
    if (entry === undefined || rank === entry.told) return undefined;
    if (rank < entry.told) {
      if (entry.backs === 0) return undefined;
      entry.backs -= 1;
    }
    entry.told = rank;
    return settle(entry);
  }

  function excuse(pager: string): void {
    const isLost = doubt.callInDoubt(pager) || doubt.isStranded(pager);
    const isFull = doubt.isFull(pager);
    if (isLost) for (const entry of open.values()) if (entry.pager === pager) entry.excused = true;
    for (const entry of last.get(pager) ?? []) {
      if (isLost || (isFull && entry.wasBack)) entry.excused = true;
    }
  }

  return {
    find,
    open: () => open.values(),
    take(event) {
      doubt.take(event);
      if (event.kind === "off" || (event.kind === "log" && doubt.isStranded(event.pager))) {
        excuse(event.pager);
      }
      if (event.kind === "cue") return takeStage(event);
      if (event.kind === "log") return takeLine(event) ?? takeStage(event);
      const back = find(stepsBack(event) ?? "");
      if (back !== undefined) {
        back.backs += 1;
        back.wasBack = true;
      }
      if (event.kind !== "stored" || event.event.kind !== "alarmRaised") return undefined;
      const entry = find(event.event.alarm);
      if (entry === undefined) return undefined;
      entry.stored = true;
      return settle(entry);
    },
  };
}
