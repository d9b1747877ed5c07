// One wearer's day in one world: the real firmware, modem driver, gateway and store on one stepped clock.
// Never says what happened in words; a listener gets each event with its time of the day.

import { abilities } from "../../../firmware/core/abilities.ts";
import { MOVED } from "../../../firmware/motion/fall.ts";
import type { AlarmRow } from "../../../sdk/care/alarms.ts";
import { createChance } from "../chance.ts";
import { createVirtualClock, type VirtualClock } from "../clock.ts";
import { fairWeather } from "../storm/fair-weather.ts";
import { type OnePager, openOnePager } from "../storm/one-pager.ts";
import { runUntil } from "../storm/world.ts";
import type { Seen, WorldEvent } from "../storm/world-event.ts";
import { createWalker, type Walker } from "./places.ts";
import {
  ACTS,
  type Act,
  type ActName,
  ATTENDANCES,
  type ChapterName,
  type Coverage,
  OPERATOR,
  timeOf,
  WEARER,
} from "./script.ts";

/** An event of the world, or an act of the script; `atMs` counts from the day's midnight in China. */
export type DayEvent =
  | WorldEvent
  | {
      readonly atMs: number;
      readonly kind: "act";
      readonly act: ActName;
      readonly chapter?: ChapterName;
    };

export interface DayOptions {
  readonly seed: number;
  onEvent(event: DayEvent): void;
}

/** 2026-09-01, midnight in China. */
const MIDNIGHT_MS = Date.UTC(2026, 7, 31, 16);
const MOVE_MS = 240000;
const MINUTE_MS = 60000;
/** Of the bench, and then of the desk. */
const SETTINGS_VERSION = 1;
/** An old cell: a good one outlasts any story (`onekey energy`). */
const BATTERY_MS = 19.7 * 3600000;
const SHARE_AT_FIRST = 0.6;
/** The accelerometer felt that she moves. */

interface Scene extends OnePager {
  readonly clock: VirtualClock;
  readonly walker: Walker;
  /** What of datagrams there is. */
  readonly air: { coverage: Coverage };
  moves: boolean;
}

function setCoverage({ air, body }: Scene, coverage: Coverage): void {
  air.coverage = coverage;
  body.setPlace(coverage === "none" ? "lift" : "home");
}

function press({ clock, body }: Scene, ms: number): void {
  body.setKey(true);
  clock.after(ms, () => body.setKey(false));
}

function perform(scene: Scene, act: Act): void {
  const { body, walker, platform } = scene;
  if (act.charging !== undefined) body.setCharging(act.charging);
  if (act.coverage !== undefined) setCoverage(scene, act.coverage);
  if (act.sky !== undefined) walker.setSky(act.sky);
  if (act.indoors !== undefined) walker.setIndoors(act.indoors);
  if (act.walk !== undefined) walker.walk(act.walk.to, act.walk.minutes * MINUTE_MS);
  if (act.moves !== undefined) scene.moves = act.moves;
  if (act.pressMs !== undefined) press(scene, act.pressMs);
  if (act.settings !== undefined) {
    platform.ask(body.id, "changeSettings", { settings: SETTINGS_VERSION, list: act.settings });
  }
}

/** While she is up the accelerometer feels it every few minutes. */
function stir(scene: Scene): void {
  if (scene.moves) scene.body.feel(MOVED);
  scene.clock.after(MOVE_MS, () => stir(scene));
}

/** The operator takes each alarm, and closes it when it is over. */
function attend(scene: () => Scene, seen: Seen): void {
  if (seen.kind !== "stored" || seen.event.kind !== "alarmRaised") return;
  const { alarm, letter } = seen.event;
  const attendance = ATTENDANCES[letter];
  if (attendance === undefined) return;
  const { clock, platform } = scene();
  clock.after(attendance.takeMs, () => platform.take(alarm));
  clock.after(attendance.closeMs, () => platform.close(alarm, attendance.outcome));
}

async function openScene({ seed, onEvent }: DayOptions): Promise<Scene> {
  const startMs = MIDNIGHT_MS + timeOf(ACTS[0]);
  const clock = createVirtualClock(startMs);
  const walker = createWalker(clock);
  const air: Scene["air"] = { coverage: "full" };
  let scene: Scene;
  const see = (seen: Seen): void => {
    onEvent({ atMs: clock.nowMs() - MIDNIGHT_MS, ...seen } as WorldEvent);
    attend(() => scene, seen);
  };
  const world = await openOnePager({
    clock,
    chance: createChance(seed).fork("day"),
    see,
    weather: fairWeather(
      (name) => air.coverage === "little" && (name === "upLost" || name === "downLost"),
    ),
    name: WEARER,
    operator: OPERATOR,
    traits: {
      firstMs: 0,
      driftPpm: 0,
      roundMsMax: 10000,
      batteryMs: BATTERY_MS,
      batteryShare: SHARE_AT_FIRST,
    },
    isNew: true,
    gnss: walker,
  });
  scene = { ...world, clock, walker, air, moves: false };
  return scene;
}

/** A time of the wire, in seconds since 2020, as milliseconds of the day [wire §6]. */
export function dayMsOf(timeS: number): number {
  return Date.UTC(2020, 0, 1) + timeS * 1000 - MIDNIGHT_MS;
}

/** The alarms of the day, as the desk has them at its end. */
export async function runDay(options: DayOptions): Promise<AlarmRow[]> {
  const before = { ...abilities };
  // What a board with a receiver and an accelerometer says of itself.
  Object.assign(abilities, { zones: true, motion: true });
  try {
    const scene = await openScene(options);
    const { clock, platform } = scene;
    const startMs = clock.nowMs();
    for (const act of ACTS) {
      const inMs = timeOf(act) - timeOf(ACTS[0]);
      clock.after(inMs, () => {
        options.onEvent({ atMs: timeOf(act), kind: "act", act: act.name, chapter: act.chapter });
        perform(scene, act);
      });
    }
    stir(scene);
    const endMs = startMs + timeOf(ACTS[ACTS.length - 1]) - timeOf(ACTS[0]);
    await runUntil(clock, platform, endMs, () => true);
    const rows = await platform.rows();
    platform.end();
    return rows;
  } finally {
    Object.assign(abilities, before);
  }
}
