// Whether power may go now without the pager losing what it knows: from its storage as seen outside.
// A cut excuses nothing, and neither does slowness: each prefix of what is written is a good state.

import type { WorldEvent } from "../world-event.ts";
import { createStalls } from "./stalls.ts";

export interface JournalDoubt {
  take(event: WorldEvent): void;
  /** Asked at `off`: its journal may lack what it has said and heard. */
  inDoubt(pager: string): boolean;
  /**
   * Asked at `off`: it may lack an alarm too, or a stage of one. Neither a weak battery nor a
   * refused erase is a reason: the page in force keeps room for calls [pager §1.2, §2.2].
   */
  callInDoubt(pager: string): boolean;
  /** One context went with a restore and the other with its journal: nothing of it can be opened. */
  isStranded(pager: string): boolean;
  /**
   * Asked at `off`: with a low battery the page in force had no room left for what was said. The room
   * that it keeps for calls is for their usual course, and not for one that is given back again and again.
   */
  isFull(pager: string): boolean;
  /** Its battery may be too low for an erase: what is no call is owed where the page is full. */
  isLow(pager: string): boolean;
  /** Asked at `off`: its journal is gone, which it can see: no number may come again. */
  isBlank(pager: string): boolean;
}

/** The journal's pages [pager §1.1]; the two before it hold the identity. */
const FIRST_JOURNAL_PAGE = 2;
/** Nothing is erased below 3.5 V [pager §1.2]; between two looks it may have been lower. */
const LOW_MV = 3600;
const SAME_STEP_MS = 100;
/** After these a record must have been written. */
const WRITTEN = /^(raised.*|delivered|taken|closed|delivered [mxocFZN])$/;

const LOSING: readonly string[] = ["storageErased", "allErased", "recordBent"];

interface Doubt {
  /** A write failed, and no page was written anew since; and how that stood before the last one. */
  refused: boolean;
  refusedBefore: boolean;
  /** A write or an erase failed, and no page was written anew since. */
  failed: boolean;
  /** The last failure, and how it stood before that. */
  failedMs: number;
  failedBefore: boolean;
  /** Nothing of it is left, or the newest record is not, and the pager will see that. */
  blank: boolean;
  /** With a low battery a full page stays as it is, and the fact is owed. */
  owed: boolean;
  /** Erased, and not written yet; -1 for none. */
  erased: number;
  wroteMs: number;
  batteryMv: number;
}

function newDoubt(batteryMv: number): Doubt {
  return {
    refused: false,
    refusedBefore: false,
    failed: false,
    failedMs: -Infinity,
    failedBefore: false,
    blank: false,
    owed: false,
    erased: -1,
    wroteMs: -Infinity,
    batteryMv,
  };
}

const isLow = ({ batteryMv }: Doubt) => batteryMv > 0 && batteryMv < LOW_MV;

type Access = Extract<WorldEvent, { kind: "storage" }>;

function takeAccess(doubt: Doubt, { act, page, outcome, atMs }: Access): void {
  const stands = outcome === "good" || outcome === "slow";
  // What is written once more at once, and then stands, has not failed.
  const isAgain = stands && act === "write" && doubt.failedMs === atMs;
  if (isAgain) {
    doubt.failed = doubt.failedBefore;
    doubt.refused = doubt.refusedBefore;
  }
  if (outcome === "failed") {
    doubt.refusedBefore = doubt.refused;
    doubt.refused = doubt.refused || act === "write";
    doubt.failedBefore = doubt.failed;
    doubt.failedMs = atMs;
    doubt.failed = true;
  }
  if (act === "write" && stands) {
    // Behind an erase the whole of a page is written: all that the pager knows.
    if (doubt.erased === page) {
      doubt.failed = false;
      doubt.refused = false;
      doubt.owed = false;
    }
    doubt.wroteMs = atMs;
  }
  doubt.erased = act === "erase" && stands ? page : -1;
}

export function createJournalDoubt(): JournalDoubt {
  const stalls = createStalls();
  const doubts = new Map<string, Doubt>();

  /** Pagers whose new keys a restore may have taken from the platform; and those with no others left. */
  const renewed = new Set<string>();
  const unknown = new Set<string>();
  const stranded = new Set<string>();

  function doubtOf(pager: string): Doubt {
    const doubt = doubts.get(pager) ?? newDoubt(0);
    doubts.set(pager, doubt);
    return doubt;
  }

  function takeLine({ pager, text, atMs }: Extract<WorldEvent, { kind: "log" }>): void {
    const doubt = doubtOf(pager);
    if (!isLow(doubt) || !WRITTEN.test(text)) return;
    const sinceMs = atMs - doubt.wroteMs;
    if (sinceMs > SAME_STEP_MS + stalls.slackMs(pager, doubt.wroteMs)) doubt.owed = true;
  }

  function takeKeys(event: WorldEvent): void {
    if (event.kind === "stored" && event.event.kind === "contextActive") {
      renewed.add(event.event.pager);
    }
    if (event.kind === "platform" && event.act === "restore") {
      for (const pager of renewed) unknown.add(pager);
    }
    if (event.kind === "log" && /^slot \d dropped/.test(event.text) && unknown.has(event.pager)) {
      stranded.add(event.pager);
    }
  }

  return {
    take(event) {
      takeKeys(event);
      if (event.kind === "storage") {
        stalls.take(event);
        if (event.page >= FIRST_JOURNAL_PAGE) takeAccess(doubtOf(event.pager), event);
      }
      if (event.kind === "fault" && LOSING.includes(event.name)) {
        doubtOf(event.pager).blank = true;
      }
      if (event.kind === "log") takeLine(event);
      if (event.kind === "look") doubtOf(event.pager).batteryMv = event.look.batteryMv;
      if (event.kind === "on") {
        doubts.set(event.pager, newDoubt(doubtOf(event.pager).batteryMv));
      }
    },
    isStranded: (pager) => stranded.has(pager),
    isFull: (pager) => doubtOf(pager).owed,
    isLow: (pager) => isLow(doubtOf(pager)),
    isBlank: (pager) => doubtOf(pager).blank,
    callInDoubt(pager) {
      const { refused, blank } = doubtOf(pager);
      return blank || refused;
    },
    inDoubt(pager) {
      const { failed, owed, blank } = doubtOf(pager);
      return blank || failed || owed;
    },
  };
}
