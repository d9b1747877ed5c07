// Pins of the RAK5010 as levels: what the world drives, what the bundle drives, and watches.
// Knows no wiring: names of pins in, levels out.

import type { Clock } from "../../../sdk/clock.ts";
import type { Realm } from "./realm.ts";
import type { Guard } from "./timers.ts";

export type Level = 0 | 1;

/** Volts as a fraction of the converter's reference, by pin. */
export type Analog = (pin: string) => number;

interface WatchOptions {
  repeat?: boolean;
  edge?: "rising" | "falling" | "both" | number;
  debounce?: number;
}

interface Watch {
  pin: string;
  options: WatchOptions;
  run: (edge: { state: boolean; time: number; lastTime: number; pin: string }) => void;
  level: Level;
  lastS: number;
  cancel: () => void;
}

export function pinLibrary(
  realm: Realm,
  clock: Clock,
  guard: Guard,
  analog: Analog,
  onPin: (pin: string, level: Level) => void,
) {
  const driven = new Map<string, Level>();
  const outputs = new Map<string, Level>();
  const modes = new Map<string, string>();
  const watches = new Map<number, Watch>();
  let last = 0;

  function levelOf(pin: string): Level {
    const pulled: Level = modes.get(pin) === "input_pullup" ? 1 : 0;
    return driven.get(pin) ?? outputs.get(pin) ?? pulled;
  }

  function report(id: number, watch: Watch): void {
    const level = levelOf(watch.pin);
    if (level === watch.level || watches.get(id) !== watch) return;
    watch.level = level;
    const nowS = clock.nowMs() / 1000;
    const edge = { state: level === 1, time: nowS, lastTime: watch.lastS, pin: watch.pin };
    watch.lastS = nowS;
    const wanted = watch.options.edge ?? "both";
    if (wanted === "rising" && level === 0) return;
    if (wanted === "falling" && level === 1) return;
    if (watch.options.repeat !== true) watches.delete(id);
    guard(() => watch.run(edge));
  }

  /** The level that something outside gives a pin; with `debounce` it must hold that long. */
  function setPin(pin: string, level: Level): void {
    driven.set(pin, level);
    for (const [id, watch] of watches) {
      if (watch.pin !== pin) continue;
      watch.cancel();
      watch.cancel = clock.after(watch.options.debounce ?? 0, () => report(id, watch));
    }
  }

  function setWatch(run: Watch["run"], pin: string, options: WatchOptions = {}): number {
    realm.alive();
    last += 1;
    const lastS = clock.nowMs() / 1000;
    watches.set(last, { pin, options, run, level: levelOf(pin), lastS, cancel: () => undefined });
    return last;
  }

  function clearWatch(...ids: unknown[]): void {
    if (ids.length > 0 && ids[0] === undefined) {
      throw realm.error("clearWatch(undefined) not allowed. Use clearWatch() instead");
    }
    if (ids.length === 0) watches.clear();
    else watches.delete(Number(ids[0]));
  }

  const names = {
    pinMode(pin: string, mode: string) {
      realm.alive();
      modes.set(pin, mode);
    },
    getPinMode: (pin: string) => modes.get(pin) ?? "auto",
    digitalWrite(pin: string, level: unknown) {
      realm.alive();
      const next: Level = Number(level) === 0 ? 0 : 1;
      if (outputs.get(pin) === next) return;
      outputs.set(pin, next);
      onPin(pin, next);
    },
    digitalRead: (pin: string) => levelOf(pin),
    analogRead: (pin: string) => analog(pin),
    setWatch,
    clearWatch,
  };
  return { names, setPin };
}
