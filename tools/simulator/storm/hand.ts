// What persons around a pager can do with it: the finger on its key, where it is, its charger.
// An interface only: the pager itself is in pager-body.ts.

/** Home: coverage, no sky. Street: coverage and sky. Lift: neither. Bed: coverage that comes and goes. */
export type Place = "home" | "street" | "lift" | "bed";

export interface Hand {
  /** The pager's id at the platform. */
  readonly id: string;
  readonly keyDown: boolean;
  setKey(down: boolean): void;
  setPlace(place: Place): void;
  /** Its accelerometer feels this, as the core's input says it. */
  feel(what: number): void;
  readonly charging: boolean;
  setCharging(on: boolean): void;
  /** Millivolts at rest; 0 when it is empty. */
  readonly batteryMv: number;
}
