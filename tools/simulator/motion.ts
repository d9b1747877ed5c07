// What an accelerometer would say of one motion: 25 samples a second in mg, drawn from a chance.
// Made of postures, turns, swings and blows; no recording is in it and none is judged by it.

import type { Chance } from "./chance.ts";

export type Vector = [number, number, number];

export const MOTIONS = [
  "fallForward",
  "fallBackward",
  "fallSideways",
  "fallFromChair",
  "sitDown",
  "lieDown",
  "turnInBed",
  "stumble",
  "jump",
  "walk",
  "stairs",
  "run",
  "carRide",
  "bend",
  "rest",
  "pagerDropped",
  "pagerThrownOnBed",
] as const;
export type MotionName = (typeof MOTIONS)[number];

const RATE_HZ = 25;
const G_MG = 1000;
const NOISE_MG = 15;

const UPRIGHT: Vector = [0, 0, 1];
const LYING: Record<"forward" | "backward" | "sideways", Vector> = {
  forward: [1, 0, 0.1],
  backward: [-1, 0, 0.15],
  sideways: [0.1, 1, 0.1],
};
const SITTING: Vector = [-0.35, 0, 0.94];

interface Pen {
  samples: Vector[];
  posture: Vector;
  chance: Chance;
}

/** Samples of the motion, with four to six seconds of its beginning and of its end around it. */
export function motionOf(name: MotionName, chance: Chance): Vector[] {
  const pen: Pen = { samples: [], posture: UPRIGHT, chance };
  STORIES[name](pen);
  return pen.samples;
}

// internal

function unit([x, y, z]: Vector): Vector {
  const size = Math.hypot(x, y, z);
  return [x / size, y / size, z / size];
}

/** One sample: gravity by the present posture, and so much more of it or less. */
function put(pen: Pen, share: number): void {
  const noise = () => (pen.chance.next() + pen.chance.next() - 1) * NOISE_MG;
  const [x, y, z] = unit(pen.posture).map((part) => Math.round(part * share * G_MG + noise()));
  pen.samples.push([x, y, z]);
}

function rest(pen: Pen, seconds: number): void {
  for (let i = 0; i < seconds * RATE_HZ; i++) put(pen, 1);
}

function turn(pen: Pen, to: Vector, seconds: number, share = 1): void {
  const from = pen.posture;
  const steps = Math.max(1, Math.round(seconds * RATE_HZ));
  for (let i = 1; i <= steps; i++) {
    const part = i / steps;
    pen.posture = from.map((one, axis) => one + (to[axis] - one) * part) as Vector;
    put(pen, share);
  }
}

/** A blow of so many g, over within an eighth of a second. */
function blow(pen: Pen, shares: readonly number[]): void {
  for (const share of shares) put(pen, share);
}

/** So many swings a second around one g. */
function swing(pen: Pen, seconds: number, hz: number, swingShare: number): void {
  const phase = pen.chance.next();
  for (let i = 0; i < seconds * RATE_HZ; i++) {
    put(pen, 1 + swingShare * Math.sin(2 * Math.PI * (phase + (hz * i) / RATE_HZ)));
  }
}

function between(pen: Pen, low: number, high: number): number {
  return low + (high - low) * pen.chance.next();
}

function walk(pen: Pen, seconds: number): void {
  swing(pen, seconds, between(pen, 1.6, 2), between(pen, 0.2, 0.4));
}

function fall(pen: Pen, to: Vector): void {
  turn(pen, to.map((part, axis) => (part + UPRIGHT[axis]) / 2) as Vector, 0.4, 0.5);
  turn(pen, to, 0.2, 0.4);
  blow(pen, [between(pen, 2.3, 6), between(pen, 1.2, 2), 0.8, 1.2]);
  swing(pen, between(pen, 0.3, 1), 3, 0.25);
  rest(pen, between(pen, 5, 7));
}

const STORIES: Record<MotionName, (pen: Pen) => void> = {
  fallForward: (pen) => {
    walk(pen, 5);
    fall(pen, LYING.forward);
  },
  fallBackward: (pen) => {
    walk(pen, 5);
    fall(pen, LYING.backward);
  },
  fallSideways: (pen) => {
    rest(pen, 5);
    fall(pen, LYING.sideways);
  },
  fallFromChair: (pen) => {
    pen.posture = SITTING;
    rest(pen, 5);
    fall(pen, LYING.forward);
  },
  sitDown: (pen) => {
    rest(pen, 5);
    turn(pen, SITTING, 0.8);
    blow(pen, [between(pen, 1.4, 2.8), 0.8]);
    rest(pen, 6);
  },
  lieDown: (pen) => {
    pen.posture = SITTING;
    rest(pen, 5);
    turn(pen, LYING.backward, between(pen, 1.2, 3));
    blow(pen, [between(pen, 1.1, 1.6), 0.9]);
    rest(pen, 6);
  },
  turnInBed: (pen) => {
    pen.posture = LYING.backward;
    rest(pen, 5);
    turn(pen, LYING.sideways, between(pen, 0.8, 2), 1.2);
    rest(pen, 6);
  },
  stumble: (pen) => {
    walk(pen, 5);
    blow(pen, [0.6, between(pen, 2.2, 4), 1.6, 0.7]);
    walk(pen, 5);
  },
  jump: (pen) => {
    rest(pen, 5);
    blow(pen, [1.6, 0.2, 0.1, 0.1, 0.2, between(pen, 3, 6), 1.5, 0.8]);
    rest(pen, 6);
  },
  walk: (pen) => walk(pen, 30),
  stairs: (pen) => {
    swing(pen, 15, 1.6, between(pen, 0.3, 0.6));
    blow(pen, [between(pen, 2, 2.8), 0.7]);
    swing(pen, 8, 1.6, between(pen, 0.3, 0.6));
  },
  run: (pen) => {
    swing(pen, 20, 2.7, between(pen, 1, 2));
    rest(pen, 6);
  },
  carRide: (pen) => {
    rest(pen, 4);
    turn(pen, SITTING, 1);
    blow(pen, [between(pen, 1.5, 2.4), 0.9]);
    for (let i = 0; i < 20; i++) {
      swing(pen, 2, between(pen, 3, 9), between(pen, 0.05, 0.2));
      blow(pen, [between(pen, 1.2, 2.3), between(pen, 0.5, 0.9)]);
    }
    turn(pen, UPRIGHT, 1);
    rest(pen, 5);
  },
  bend: (pen) => {
    rest(pen, 5);
    turn(pen, LYING.forward, 1);
    rest(pen, 2);
    turn(pen, UPRIGHT, 1);
    rest(pen, 5);
  },
  rest: (pen) => rest(pen, 30),
  pagerDropped: (pen) => {
    rest(pen, 5);
    blow(pen, [0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.05, between(pen, 6, 8), 2, 0.4]);
    pen.posture = LYING.sideways;
    rest(pen, 8);
  },
  pagerThrownOnBed: (pen) => {
    rest(pen, 5);
    turn(pen, LYING.backward, 0.5, 0.1);
    blow(pen, [between(pen, 1.2, 1.7), 0.8, 1.1]);
    rest(pen, 8);
  },
};
