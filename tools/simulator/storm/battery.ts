// The pager's battery as one number that falls and rises with time: enough to be low, and to end.
// Not the energy model: what costs how much is not known here.

import type { Clock } from "../../../sdk/clock.ts";

const EMPTY_MV = 3300;
const FULL_MV = 4200;
/** From empty to full on the charger. */
const CHARGE_MS = 3 * 3600000;

export interface Battery {
  /** 0 to 1. */
  share(): number;
  /** At rest; 3300 when it is empty. */
  batteryMv(): number;
  readonly charging: boolean;
  setCharging(on: boolean): void;
  /** Another battery, a full one. */
  fill(): void;
  /** The processor and the modem draw from it, or don't. */
  setLoad(on: boolean): void;
}

export interface BatteryOptions {
  readonly clock: Clock;
  /** From full to empty. */
  readonly lastsMs: number;
  /** 0 to 1, at first. */
  readonly share: number;
}

export function createBattery({ clock, lastsMs, share: first }: BatteryOptions): Battery {
  let share = first;
  let sinceMs = clock.nowMs();
  let charging = false;
  let load = true;

  /** Brings the share to this moment. */
  function settle(): number {
    const ms = clock.nowMs() - sinceMs;
    sinceMs += ms;
    if (charging) share += ms / CHARGE_MS;
    if (load) share -= ms / lastsMs;
    share = Math.min(1, Math.max(0, share));
    return share;
  }

  return {
    share: settle,
    batteryMv: () => Math.round(EMPTY_MV + settle() * (FULL_MV - EMPTY_MV)),
    get charging() {
      return charging;
    },
    setCharging(on) {
      settle();
      charging = on;
    },
    fill() {
      settle();
      share = 1;
    },
    setLoad(on) {
      settle();
      load = on;
    },
  };
}
