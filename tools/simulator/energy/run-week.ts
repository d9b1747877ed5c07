// One pager through one named week: the real firmware, modem driver and platform, and a meter beside.
// Decides nothing about currents, and lets nothing fail.

import { abilities } from "../../../firmware/core/abilities.ts";
import { MOVED } from "../../../firmware/motion/fall.ts";
import { createChance } from "../chance.ts";
import { createVirtualClock, type VirtualClock } from "../clock.ts";
import { fairWeather } from "../storm/fair-weather.ts";
import { openOnePager } from "../storm/one-pager.ts";
import type { PagerBody } from "../storm/pager-body.ts";
import type { PlatformBody } from "../storm/platform-body.ts";
import { WORKS } from "../storm/stir.ts";
import { runUntil } from "../storm/world.ts";
import type { See, Seen } from "../storm/world-event.ts";
import type { Usage } from "./currents.ts";
import { createMeter, type Meter } from "./meter.ts";
import { type Act, MOVES_EACH_MIN, UP, type Week } from "./weeks.ts";

export interface RunOptions {
  readonly week: Week;
  /** Of the setting; those of the week come with it. */
  readonly settings: readonly (readonly [key: number, value: number])[];
  readonly days: number;
}

const MINUTE_MS = 60000;
const DAY_MIN = 24 * 60;
const DAY_MS = DAY_MIN * MINUTE_MS;
/** Before the week: the first start, the settings, and what they begin. */
const BENCH_MS = 60 * MINUTE_MS;
const TAKE_MS = 2 * MINUTE_MS;
const CLOSE_MS = 40 * MINUTE_MS;
const SEED = 1;
/** The accelerometer felt that somebody moves; and each half hour it says that it works. */
const WORKS_MIN = 30;
/** Behind the settings of the bench. */
const SETTINGS_VERSION = 2;

export interface WeekRun {
  readonly usage: Usage;
  /** From the cue of the last hold to the first datagram behind it; undefined where nobody held. */
  readonly heldMs: number | undefined;
}

interface Scene {
  readonly clock: VirtualClock;
  readonly platform: PlatformBody;
  readonly body: PagerBody;
  readonly meter: Meter;
  readonly read: () => WeekRun;
}

/** An operator takes each alarm, and closes it when it is over. */
function attend(clock: VirtualClock, platform: () => PlatformBody, seen: Seen): void {
  if (seen.kind !== "stored" || seen.event.kind !== "alarmRaised") return;
  const { alarm } = seen.event;
  clock.after(TAKE_MS, () => platform().take(alarm));
  clock.after(CLOSE_MS, () => platform().close(alarm));
}

async function openScene(week: Week): Promise<Scene> {
  const clock = createVirtualClock();
  const chance = createChance(SEED).fork("energy");
  const meter = createMeter(clock);
  let raisedMs = Number.NaN;
  let heldMs: number | undefined = 0;
  const see: See = (seen) => {
    if (seen.kind === "cue") meter.cue(seen.cue);
    if (seen.kind === "cue" && seen.cue === "raised") {
      raisedMs = clock.nowMs();
      heldMs = undefined;
    }
    if (seen.kind === "left") heldMs ??= clock.nowMs() - raisedMs;
    attend(clock, () => platform, seen);
  };
  const { platform, body } = await openOnePager({
    clock,
    chance,
    see,
    weather: fairWeather((name) => {
      if (name === "cutAtStep") meter.step();
      return false;
    }),
    name: week.name,
    // The battery of this world doesn't end: how long a real one lasts is what is asked.
    traits: { firstMs: 0, driftPpm: 0, roundMsMax: 10000, batteryMs: 1000 * DAY_MS },
    log: (event) => meter.modem(event),
  });
  return {
    clock,
    platform,
    body,
    meter,
    read: () => ({ usage: meter.read(), heldMs: Number.isNaN(raisedMs) ? undefined : heldMs }),
  };
}

function perform(clock: VirtualClock, body: PagerBody, act: Act): void {
  if (act.place !== undefined) body.setPlace(act.place);
  if (act.pressMs === undefined) return;
  body.setKey(true);
  clock.after(act.pressMs, () => body.setKey(false));
}

/** What the accelerometer feels: somebody who is up moves now and then, who walks all the time. */
function stir({ body, meter }: Scene, { acts }: Week, minute: number): void {
  const walks = acts.findLast((act) => act.place !== undefined && act.minute <= minute);
  const eachMin = MOVES_EACH_MIN[walks?.place === "street" ? "street" : "home"];
  const up = minute >= UP.from && minute < UP.to;
  if (up && minute % eachMin === 0) body.feel(MOVED);
  if (minute % WORKS_MIN === 0) meter.sensor(body.feel(WORKS));
}

function plan(scene: Scene, week: Week, days: number): void {
  const { clock, body } = scene;
  for (let minute = 0; minute < days * DAY_MIN; minute++) {
    clock.after(minute * MINUTE_MS, () => stir(scene, week, minute % DAY_MIN));
  }
  for (let day = 0; day < days; day++) {
    for (const act of week.acts) {
      if (act.day !== undefined && act.day !== day) continue;
      clock.after(day * DAY_MS + act.minute * MINUTE_MS, () => perform(clock, body, act));
    }
  }
}

/** What was counted in the days of the week; the hour at the bench before it is left out. */
export async function runWeek(options: RunOptions): Promise<WeekRun> {
  const before = { ...abilities };
  // What the RAK5010 says of itself.
  Object.assign(abilities, { zones: true, motion: true });
  try {
    return await countWeek(options);
  } finally {
    Object.assign(abilities, before);
  }
}

async function countWeek({ week, settings, days }: RunOptions): Promise<WeekRun> {
  const scene = await openScene(week);
  const { clock, platform, body } = scene;
  const run = (ms: number) => runUntil(clock, platform, clock.nowMs() + ms, () => true);
  await run(BENCH_MS / 2);
  const list = [...week.settings, ...settings].map(([key, value]) => [key, value]);
  if (list.length > 0) {
    platform.ask(body.id, "changeSettings", { settings: SETTINGS_VERSION, list });
  }
  await run(BENCH_MS / 2);
  scene.read();
  plan(scene, week, days);
  await run(days * DAY_MS);
  const result = scene.read();
  platform.end();
  return result;
}
