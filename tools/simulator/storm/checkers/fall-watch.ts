// Falls that a pager has felt and not called for yet, and presses that may have taken one back.
// Judges nothing.

import { FALL_GRACE_S_KEY } from "../../../../protocol/settings.ts";
import type { WorldEvent } from "../world-event.ts";
import { callOf } from "./calls.ts";
import { createKeyWatch, heldMs, type Press } from "./key-watch.ts";

export interface Fall {
  readonly fellMs: number;
  readonly graceMs: number;
  /** Power went in its grace: nobody asks any more. */
  wasCut: boolean;
}

export interface FallWatch {
  take(event: WorldEvent): void;
  /** The one that its call would be of. */
  find(pager: string): Fall | undefined;
  /** Any press since then: whatever it meant, the wearer has answered. */
  isAnswered(pager: string): boolean;
  /** One short press, and nothing before or behind it: that takes a fall back. */
  isTakenBack(pager: string, nowMs: number): boolean;
}

/** Cues of the fall, of its call, and of the click itself. */
const BESIDE: readonly string[] = ["tick", "fallen", "checkinDelivered", "raised", "notActivated"];
const SHORT_MS = 2500;
/** So long behind its grace a fall that raised nothing is no longer known. */
const FORGOTTEN_MS = 60000;
/** A click counts behind this much quiet. */
const QUIET_MS = 1000;

const isClick = ({ fromMs, untilMs }: Press, nowMs: number) =>
  untilMs + QUIET_MS < nowMs && untilMs - fromMs < SHORT_MS;

export function createFallWatch(): FallWatch {
  const falls = new Map<string, Fall>();
  const graces = new Map<string, number>();
  const keys = createKeyWatch();
  /** A press may have meant something else there: a ring, a test, an alarm. */
  const saidMs = new Map<string, number>();
  const keyMs = new Map<string, number>();

  function isAnswered(pager: string): boolean {
    const fellMs = falls.get(pager)?.fellMs ?? Infinity;
    return keys.isDown(pager) || (keyMs.get(pager) ?? -Infinity) >= fellMs;
  }

  function takeMotion({ pager, what, atMs }: Extract<WorldEvent, { kind: "motion" }>): void {
    const graceMs = (graces.get(pager) ?? 0) * 1000;
    if (what < 2 || graceMs === 0) return;
    const before = falls.get(pager);
    const isOver = before === undefined || atMs > before.fellMs + before.graceMs + FORGOTTEN_MS;
    if (!isOver && !before.wasCut && !isAnswered(pager)) return;
    falls.set(pager, { fellMs: atMs, graceMs, wasCut: false });
  }

  const pressesOf = (pager: string, nowMs: number) => {
    const fall = falls.get(pager);
    const since = fall?.fellMs ?? Infinity;
    return keys.presses(pager, nowMs).filter(({ untilMs }) => untilMs > since);
  };

  return {
    take(event) {
      keys.take(event);
      if (event.kind === "settings") {
        graces.set(event.pager, event.numbers[FALL_GRACE_S_KEY - 1]);
      }
      if (event.kind === "key") keyMs.set(event.pager, event.atMs);
      if (event.kind === "motion") takeMotion(event);
      if (event.kind === "cue" && !BESIDE.includes(event.cue)) saidMs.set(event.pager, event.atMs);
      if (event.kind === "log" && callOf(event.text)?.letter === "F") falls.delete(event.pager);
      if (event.kind !== "off") return;
      const fall = falls.get(event.pager);
      if (fall !== undefined) fall.wasCut = true;
    },
    find: (pager) => falls.get(pager),
    isAnswered,
    isTakenBack(pager, nowMs) {
      const fall = falls.get(pager);
      const presses = pressesOf(pager, nowMs);
      if (fall === undefined || fall.wasCut || presses.length !== 1) return false;
      const [press] = presses;
      const { fellMs } = fall;
      const isSaid = (saidMs.get(pager) ?? -Infinity) > fellMs;
      return !isSaid && press.fromMs > fellMs && isClick(press, nowMs) && heldMs(press, nowMs) > 40;
    },
  };
}
