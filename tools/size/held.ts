// How long the device lets a hold wait for its first datagram, in the simulator's time [design §7].
// What the interpreter computes meanwhile is not in it: its clock stands still there.

import { createChance } from "../simulator/chance.ts";
import { createVirtualClock } from "../simulator/clock.ts";
import { fairWeather } from "../simulator/storm/fair-weather.ts";
import { openOnePager } from "../simulator/storm/one-pager.ts";
import type { PlatformBody } from "../simulator/storm/platform-body.ts";
import { runUntil } from "../simulator/storm/world.ts";
import type { Seen } from "../simulator/storm/world-event.ts";
import type { Budget } from "./budget.ts";

const HELD_MS_MAX = 300;
/** A write of one record to flash; it holds the processor, and the simulator writes in no time. */
const WRITE_MS = 5;
const MINUTE_MS = 60000;
const PRESS_MS = 4000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Behind so long without a word the modem sleeps, and its port is released. */
const IDLE_MS = 10 * MINUTE_MS;
const CLOSED_MS = 65000;
/** Each hold comes at another moment of the modem's rounds. */
const APART_MS = 1237;
const HOLDS = 12;

export interface Held {
  /** From the cue to the modem's last octet of the datagram, with the writes before it. */
  ms: number;
  writes: number;
}

/** What is seen of each hold: its cue, the writes since the key went down, what the modem sends. */
function createStopwatch(clock: { nowMs(): number }) {
  const held: Held[] = [];
  let raisedMs = -1;
  let writes = 0;
  return {
    held,
    press() {
      writes = 0;
    },
    see(seen: Seen) {
      if (seen.kind === "storage") writes += 1;
      if (seen.kind === "cue" && seen.cue === "raised") raisedMs = clock.nowMs();
    },
    sent() {
      if (raisedMs < 0) return;
      held.push({ ms: clock.nowMs() - raisedMs + writes * WRITE_MS, writes });
      raisedMs = -1;
    },
  };
}

/** Holds of one pager that is registered, at rest in between; each alarm is taken and closed. */
export async function holdAgainAndAgain(): Promise<Held[]> {
  const clock = createVirtualClock();
  const watch = createStopwatch(clock);
  let desk: PlatformBody | undefined;
  const { platform, body } = await openOnePager({
    clock,
    chance: createChance(1).fork("held"),
    see(seen) {
      watch.see(seen);
      if (seen.kind !== "stored" || seen.event.kind !== "alarmRaised") return;
      const { alarm } = seen.event;
      clock.after(MINUTE_MS / 2, () => desk?.take(alarm));
      clock.after(MINUTE_MS, () => desk?.close(alarm));
    },
    weather: fairWeather(() => false),
    name: "held",
    traits: { firstMs: 0, driftPpm: 0, roundMsMax: 10000, batteryMs: 1000 * DAY_MS },
    log(event) {
      if (event.kind === "sent") watch.sent();
    },
  });
  desk = platform;
  const run = (ms: number) => runUntil(clock, platform, clock.nowMs() + ms, () => true);
  for (let hold = 0; hold < HOLDS; hold++) {
    // Every third one comes right behind the end of the alarm before: the modem is awake and busy.
    await run((hold % 3 === 2 ? CLOSED_MS : IDLE_MS) + hold * APART_MS);
    watch.press();
    body.setKey(true);
    clock.after(PRESS_MS, () => body.setKey(false));
    await run(PRESS_MS);
  }
  await run(IDLE_MS);
  platform.end();
  return watch.held;
}

export async function heldBudgets(): Promise<Budget[]> {
  const held = await holdAgainAndAgain();
  return [
    {
      what: "held to first datagram, the device's waits",
      // A hold without a datagram is as late as can be.
      measured: held.length < HOLDS ? DAY_MS : Math.max(...held.map(({ ms }) => ms)),
      allowed: HELD_MS_MAX,
      unit: "ms",
    },
  ];
}
