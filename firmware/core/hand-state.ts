// What a pager remembers of the hand: key, beat, battery, what the desk has asked for.
// Data only; a part of the record in state.ts.

/** Bits of the parts light, motor and sound. */
export const OUTPUTS = 262;

export interface Key {
  /** Level of the last edge and its time; `down` follows after the bounce. */
  rawDown: boolean;
  rawMs: number;
  down: boolean;
  pressMs: number;
  releaseMs: number;
  ticks: number;
  /** This press has raised or repeated an alarm already. */
  held: boolean;
  clicks: number;
  /** How long this press must last; read when it begins. */
  holdMs: number;
  /** Down for longer than anybody holds. */
  stuck: boolean;
  /** This press has ended a ring: it is no click. */
  hushed: boolean;
  /** Trains of clicks that said something since `trainsMs`. */
  trains: number;
  trainsMs: number;
}

export interface Beat {
  sinceMs: number;
  waitMs: number;
  everReady: boolean;
  missed: boolean;
  /** Nothing was answered since a beat was missed; the wearer is told at `toldMs` and then again. */
  lost: boolean;
  toldMs: number;
  tellWaitMs: number;
  /** Bits of what was wrong at a beat since the last health report that was answered. */
  faults: number;
  /** The next one is due so long behind this; and when the last one was made, 0 not known. */
  healthMs: number;
  healthWaitMs: number;
  healthS: number;
}

/** The three low levels of the battery; 0 none. */
export interface BatteryLevels {
  level: number;
  /** The worst one of this discharge. */
  reached: number;
  chargeMs: number;
  /** The wearer is owed the level's cue; by day only where it came by itself. */
  owed: boolean;
  byDay: boolean;
  owedMs: number;
  waitMs: number;
  /** The most that it had off the charger, and since which hour of this run; -1 on it. */
  mostPercent: number;
  sinceH: number;
}

/** What the desk has asked for and still goes on. */
export interface Order {
  /** The word; 0 none. */
  what: number;
  /** Of the command; 0 where nobody waits for a result. */
  id: number;
  sinceMs: number;
  forMs: number;
  cueMs: number;
  /** Of a press test: its hold was felt. Of a self-test: the key went down. */
  held: boolean;
}

export interface SelfTest {
  parts: number;
  /** Of the question to the platform, and how long the answer took; -1 none yet. */
  itemId: number;
  answerMs: number;
  /** Faults of storage before. */
  faults: number;
  /** Bits of GNSS and motion once they answer; seconds until the first fix, -1 none yet. */
  heard: number;
  fixS: number;
  /** Bits of the last test that ended. */
  failed: number;
}

export function newKey(): Key {
  return {
    rawDown: false,
    rawMs: 0,
    down: false,
    pressMs: 0,
    releaseMs: 0,
    ticks: 0,
    held: false,
    clicks: 0,
    holdMs: 0,
    stuck: false,
    hushed: false,
    trains: 0,
    trainsMs: 0,
  };
}

export function newBeat(): Beat {
  return {
    sinceMs: 0,
    waitMs: 0,
    everReady: false,
    missed: false,
    lost: false,
    toldMs: 0,
    tellWaitMs: 0,
    faults: 0,
    healthMs: 0,
    healthWaitMs: 0,
    healthS: 0,
  };
}

export function newBattery(): BatteryLevels {
  return {
    level: 0,
    reached: 0,
    chargeMs: 0,
    owed: false,
    byDay: false,
    owedMs: 0,
    waitMs: 0,
    mostPercent: 0,
    sinceH: -1,
  };
}
