// The weather over one pager, or over the platform: which faults strike now, and that they are seen.
// Never does what a fault does.

import type { Clock } from "../../../sdk/clock.ts";
import type { FaultDraw } from "../fault-draw.ts";
import type { StormFaultName } from "./storm-faults.ts";
import type { See } from "./world-event.ts";

export interface Weather {
  /** At an opportunity: does it strike now? Never once it is calm. */
  strikes(name: StormFaultName): boolean;
  /** Whether this climate has the fault at all. */
  has(name: StormFaultName): boolean;
  /** Runs each time that this fault comes by itself, until it is calm. */
  often(name: StormFaultName, run: () => void): void;
  /** It came by other ways than chance: the battery is empty. */
  struck(name: StormFaultName): void;
  /** From now on nothing strikes. */
  calm(): void;
}

export interface WeatherOptions {
  readonly clock: Clock;
  readonly draw: FaultDraw<StormFaultName>;
  /** Id of the pager; "" for the platform. */
  readonly pager: string;
  readonly see: See;
}

export function createWeather({ clock, draw, pager, see }: WeatherOptions): Weather {
  let isCalm = false;
  const tell = (name: StormFaultName) => see({ kind: "fault", pager, name });

  function often(name: StormFaultName, run: () => void): void {
    const waitMs = isCalm ? undefined : draw.waitMs(name);
    if (waitMs === undefined) return;
    clock.after(waitMs, () => {
      if (isCalm) return;
      draw.struck(name);
      tell(name);
      run();
      often(name, run);
    });
  }

  return {
    strikes(name) {
      if (isCalm || !draw.strikes(name)) return false;
      tell(name);
      return true;
    },
    has: (name) => draw.climate[name] !== undefined,
    often,
    struck(name) {
      draw.struck(name);
      tell(name);
    },
    calm() {
      isCalm = true;
    },
  };
}
