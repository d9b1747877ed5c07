// One wearer: presses in all lengths, goes about and away, sleeps, falls, puts the pager on its charger.
// Knows only what a hand can do; never looks into the pager nor at what it says.

import type { Clock } from "../../../sdk/clock.ts";
import type { Chance } from "../chance.ts";
import { createFinger, type Finger } from "./finger.ts";
import type { Ground } from "./ground.ts";
import type { Hand, Place } from "./hand.ts";
import { startStir } from "./stir.ts";
import type { Weather } from "./weather.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const CHARGER_ON_HOUR = 21;
const CHARGER_OFF_HOUR = 7;
const SLEEP_MS = 8 * HOUR_MS;
/**
 * What proves, once it is calm, that a new alarm goes through. Not before all that the storm left
 * behind had its fifteen minutes: a further hold of an open alarm would open it again at the desk.
 */
const LAST_HOLD_MS = 3500;
const LAST_HOLD_AFTER_MS = 16 * MINUTE_MS;
const LAST_CLICK_AFTER_MS = 4 * MINUTE_MS;

export interface Wearer {
  /** The storm is over: home, on the charger, one last hold and one click; then nothing more. */
  calm(): void;
}

export interface WearerOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly hand: Hand;
  readonly ground: Ground;
}

export function startWearer(options: WearerOptions): Wearer {
  const { clock, weather, hand } = options;
  const chance = options.chance.fork("finger");
  const finger = createFinger({ clock, chance: options.chance.fork("bounce"), weather, hand });
  const ways = startWays(options, finger, () => stir.walk());
  const charger = startCharger(options);
  const stir = startStir({ ...options, finger, isAsleep: () => ways.isAsleep });
  let isCalm = false;

  const act = (spans: () => number[]) => () => {
    if (!isCalm && !ways.isAsleep && !stir.isStill) finger.play(spans());
  };
  weather.often(
    "wearerShort",
    act(() => [chance.between(800, 2700)]),
  );
  weather.often(
    "wearerHold",
    act(() => [holdMs(chance)]),
  );
  weather.often(
    "wearerMinute",
    act(() => [MINUTE_MS]),
  );
  weather.often(
    "wearerTwice",
    act(() => [holdMs(chance), chance.between(1000, 5000), holdMs(chance)]),
  );
  weather.often(
    "wearerClick",
    act(() => [clickMs(chance)]),
  );
  weather.often(
    "wearerClicks",
    act(() => clicksMs(chance)),
  );

  return {
    calm() {
      if (isCalm) return;
      isCalm = true;
      finger.letGo();
      ways.calm();
      stir.calm();
      charger.calm();
      clock.after(LAST_HOLD_AFTER_MS + chance.between(0, 10_000), () => {
        finger.play([LAST_HOLD_MS]);
        const clickAfterMs = LAST_HOLD_MS + LAST_CLICK_AFTER_MS;
        clock.after(clickAfterMs, () => finger.play([clickMs(chance)]));
      });
    },
  };
}

// internal

/** Well over the hold time, and well before a minute [design §4]. */
const holdMs = (chance: Chance) => chance.between(3300, 6000);
const clickMs = (chance: Chance) => chance.between(80, 500);

/** Clicks with gaps so short that they count as one gesture [pager §3]. */
function clicksMs(chance: Chance): number[] {
  const spans = [clickMs(chance)];
  for (let more = chance.below(5); more > 0; more--) {
    spans.push(chance.between(150, 450), clickMs(chance));
  }
  return spans;
}

function oneOf(part: number): typeof STROLL {
  if (part < STROLL.part) return STROLL;
  return part < STROLL.part + WALK.part ? WALK : RIDE;
}

interface Ways {
  readonly isAsleep: boolean;
  calm(): void;
}

/** How far, how fast, and how long there: around the house, out of the neighbourhood, by bus. */
const STROLL = { part: 0.4, fromM: 20, toM: 250, metresPerS: 0.8 };
const WALK = { part: 0.4, fromM: 400, toM: 1600, metresPerS: 1.2 };
const RIDE = { part: 0.2, fromM: 2000, toM: 9000, metresPerS: 9 };
const HOME_M_PER_S = 12;

/** Where the wearer is: at home, in the street or in bed, and now and then in a lift. */
function startWays(options: WearerOptions, finger: Finger, walk: () => void): Ways {
  const { clock, weather, hand, ground } = options;
  const chance = options.chance.fork("ways");
  const roads = options.chance.fork("roads");
  let base: Place = "home";
  let cancelWay: (() => void) | undefined;
  let cancelLift: (() => void) | undefined;
  let isCalm = false;

  function beAt(place: Place, ms: number): void {
    base = place;
    if (cancelLift === undefined) hand.setPlace(base);
    cancelWay?.();
    cancelWay = clock.after(ms, goHome);
  }

  /** On foot or not, the pager is shaken on the way. */
  function goTo(northM: number, eastM: number, metresPerS: number): number {
    const takesMs = ground.goTo(northM, eastM, metresPerS);
    walk();
    return takesMs;
  }

  function goHome(): void {
    cancelWay?.();
    cancelWay = undefined;
    base = "home";
    goTo(0, 0, HOME_M_PER_S);
    if (cancelLift === undefined) hand.setPlace(base);
  }

  /** Out, some time there, and back; so long at least as the way is. */
  function goOut(): void {
    const way = oneOf(roads.next());
    const angle = roads.next() * 2 * Math.PI;
    const metres = roads.between(way.fromM, way.toM);
    const stayMs = chance.between(10, 60) * MINUTE_MS;
    const there: [number, number] = [metres * Math.cos(angle), metres * Math.sin(angle)];
    const outMs = goTo(...there, way.metresPerS);
    beAt("street", 2 * outMs + stayMs);
    clock.after(outMs + stayMs, () => {
      if (base === "street") goTo(0, 0, way.metresPerS);
    });
  }

  function leaveLift(): void {
    if (cancelLift === undefined) return;
    cancelLift();
    cancelLift = undefined;
    hand.setPlace(base);
  }

  weather.often("wearerWalk", () => {
    if (!isCalm && base === "home") goOut();
  });
  weather.often("wearerLift", () => {
    if (isCalm || base === "bed" || cancelLift !== undefined) return;
    hand.setPlace("lift");
    cancelLift = clock.after(chance.between(1, 10) * MINUTE_MS, leaveLift);
  });
  weather.often("wearerSleep", () => {
    if (isCalm || base === "bed" || finger.isBusy) return;
    leaveLift();
    goTo(0, 0, HOME_M_PER_S);
    beAt("bed", SLEEP_MS);
  });

  return {
    get isAsleep() {
      return base === "bed";
    },
    calm() {
      isCalm = true;
      cancelLift?.();
      cancelLift = undefined;
      goHome();
    },
  };
}

/** Evening by evening on the charger until the morning, by the world's own day. */
function startCharger({ clock, weather, hand }: WearerOptions): { calm(): void } {
  const untilMs = (hour: number) => (hour * HOUR_MS - (clock.nowMs() % DAY_MS) + DAY_MS) % DAY_MS;

  function evening(): void {
    if (!weather.strikes("wearerForgets")) hand.setCharging(true);
    cancel = clock.after(untilMs(CHARGER_OFF_HOUR), morning);
  }

  function morning(): void {
    if (hand.charging) hand.setCharging(false);
    cancel = clock.after(untilMs(CHARGER_ON_HOUR), evening);
  }

  let cancel = clock.after(untilMs(CHARGER_ON_HOUR), evening);
  return {
    calm() {
      cancel();
      hand.setCharging(true);
    },
  };
}
