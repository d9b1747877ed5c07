// What nature gives a pager: whether it is on, its radio ready, satellites to be seen, and where it truly is.
// Judges nothing; knows what was amiss, and since when nothing was.

import type { WorldEvent } from "../world-event.ts";
import type { Spot } from "./zone-ground.ts";

/** A part of the way, until the next one begins. */
export interface Stretch extends Spot {
  readonly fromMs: number;
  /** Fixes are to be had, and were since then; Infinity where they are not. */
  fairMs: number;
}

export interface WearerWatch {
  take(event: WorldEvent): void;
  /** The newest is the last. */
  way(pager: string): readonly Stretch[];
  /** When a fix may have been wrong, oldest first; of those within seconds the first. */
  lies(pager: string): readonly number[];
  /** Settings in force; undefined while it is off. */
  numbers(pager: string): readonly number[] | undefined;
  zones(pager: string): readonly string[];
}

/** A fix is made wrong by these. */
const LIES = /^(fixJump|modem (octetLost|octetDoubled|fixStale))$/;
/** And late, or not at all, by these. */
const AMISS =
  /^(fixJump|modem (fix|gnss|assistance|hung|octet|answer|urc|setting|sleep|brown|payload|first)|write|erase|burst)/;
const KEPT = 3000;
const LIES_MS = 20000;

interface Wearer {
  way: Stretch[];
  lies: number[];
  isOn: boolean;
  isReady: boolean;
  sky: boolean;
  fairMs: number;
  numbers: readonly number[] | undefined;
  zones: readonly string[];
}

export function createWearerWatch(): WearerWatch {
  const wearers = new Map<string, Wearer>();

  function wearerOf(pager: string): Wearer {
    const wearer = wearers.get(pager) ?? {
      way: [],
      lies: [],
      isOn: false,
      isReady: false,
      sky: false,
      fairMs: Infinity,
      numbers: undefined,
      zones: [],
    };
    wearers.set(pager, wearer);
    return wearer;
  }

  function add(wearer: Wearer, { latitude, longitude }: Spot, fromMs: number): void {
    const isFair = wearer.isOn && wearer.isReady && wearer.sky;
    if (!isFair) wearer.fairMs = Infinity;
    else if (wearer.fairMs === Infinity) wearer.fairMs = fromMs;
    const { fairMs, way } = wearer;
    way.push({ latitude, longitude, fromMs, fairMs });
    if (way.length > KEPT) way.splice(0, KEPT / 2);
  }

  /** Here, from now on, something else holds. */
  function turn(wearer: Wearer, atMs: number): void {
    const last = wearer.way.at(-1);
    if (last !== undefined) add(wearer, last, atMs);
  }

  function takeFault({ pager, name, atMs }: Extract<WorldEvent, { kind: "fault" }>): void {
    if (pager === "" || !AMISS.test(name)) return;
    const wearer = wearerOf(pager);
    const last = wearer.way.at(-1);
    if (last !== undefined && wearer.fairMs < Infinity) {
      wearer.fairMs = atMs;
      last.fairMs = atMs;
    }
    if (!LIES.test(name) || atMs - (wearer.lies.at(-1) ?? -Infinity) < LIES_MS) return;
    wearer.lies.push(atMs);
    if (wearer.lies.length > KEPT) wearer.lies.splice(0, KEPT / 2);
  }

  function takePower(event: Extract<WorldEvent, { kind: "on" | "off" }>): void {
    const wearer = wearerOf(event.pager);
    wearer.isOn = event.kind === "on";
    wearer.isReady = false;
    if (!wearer.isOn) wearer.numbers = undefined;
    turn(wearer, event.atMs);
  }

  return {
    take(event) {
      if (event.kind === "fault") takeFault(event);
      if (event.kind === "on" || event.kind === "off") takePower(event);
      if (event.kind === "settings") {
        const wearer = wearerOf(event.pager);
        wearer.numbers = event.numbers;
        wearer.zones = event.zones;
      }
      if (event.kind === "ground") {
        const wearer = wearerOf(event.pager);
        wearer.sky = event.sky;
        add(wearer, event, event.atMs);
      }
      if (event.kind !== "radio") return;
      const wearer = wearerOf(event.pager);
      const isReady = event.state === "ready";
      if (isReady === wearer.isReady) return;
      wearer.isReady = isReady;
      turn(wearer, event.atMs);
    },
    way: (pager) => wearers.get(pager)?.way ?? [],
    lies: (pager) => wearers.get(pager)?.lies ?? [],
    numbers: (pager) => wearers.get(pager)?.numbers,
    zones: (pager) => wearers.get(pager)?.zones ?? [],
  };
}
