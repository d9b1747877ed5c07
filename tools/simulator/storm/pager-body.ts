// A pager in the world: key, storage, battery, modem and processor, with power that comes and goes.
// What it decides is the real firmware's; this file only gives it power, places and time.

import { FELL } from "../../../firmware/motion/fall.ts";
import type { Clock } from "../../../sdk/clock.ts";
import { type ProvisioningOrder, provisioningPages } from "../../serial/provision.ts";
import type { Chance } from "../chance.ts";
import type { Faults } from "../faults.ts";
import { createWalk, type Gnss } from "../gnss.ts";
import { createModem, type SimModem } from "../modem.ts";
import type { ModemEvent } from "../modem-state.ts";
import type { Network } from "../network.ts";
import { type Battery, createBattery } from "./battery.ts";
import { writeAtBench } from "./bench.ts";
import type { CareCell, Senses } from "./care.ts";
import { createFlash, type Flash } from "./flash.ts";
import type { Ground } from "./ground.ts";
import type { Hand, Place } from "./hand.ts";
import { type Processor, startProcessor } from "./processor.ts";
import { alarmOf } from "./processor-board.ts";
import type { Texter, TextPath } from "./text-path.ts";
import type { Weather } from "./weather.ts";
import type { See, WorldEvent } from "./world-event.ts";

export interface PagerTraits {
  readonly firstMs: number;
  readonly driftPpm: number;
  readonly roundMsMax: number;
  readonly batteryMs: number;
  /** What is in the battery at first, 0 to 1; drawn where not given. */
  readonly batteryShare?: number;
}

export interface PagerBodyOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly see: See;
  readonly id: string;
  readonly network: Network;
  readonly texts: TextPath;
  readonly faults: Faults;
  readonly order: ProvisioningOrder;
  readonly traits: PagerTraits;
  /** Nothing but its provisioning stands in it; else the bench draws what it has lived through. */
  readonly isNew?: boolean;
  /** The sky over it; where not given it has one in the street, and none elsewhere. */
  readonly gnss?: Gnss;
  /** Where its wearer is, in the place of that. */
  readonly ground?: Ground;
  readonly senses?: Senses;
  /** What the desk has set for its wearer before. */
  readonly care?: readonly CareCell[];
  /** What its modem says and is told. */
  readonly log?: (event: ModemEvent) => void;
}

export interface PagerBody extends Hand {
  /** A short message from the network, which comes or vanishes in a full store. */
  text(from: string, words: string): void;
  /** Its accelerometer feels this, as the core's input says it; false where it wasn't asked to. */
  feel(what: number): boolean;
  /** Shows it to whoever looks. */
  look(): void;
  /** Nothing breaks it any more: it has power and coverage, and stays so. */
  calm(): void;
}

type OffCause = Extract<WorldEvent, { kind: "off" }>["cause"];

/** Off until somebody puts the battery back; a reset takes a second. */
const CUT_MS_MAX = 3600000;
const BOOT_MS = 1000;
/** Below this a transmit burst can break the supply [bg96 trap 8]. */
const WEAK_MV = 3600;
const EMPTY_SHARE = 0;
const ALIVE_SHARE = 0.05;
const LOOK_MS = 1800000;
const TIME_WRONG_MS = 3 * 365 * 86400000;
/** Of what an accelerometer feels; the battery comes loose so soon behind it. */
const KNOCK_MS_MIN = 2500;
const KNOCK_MS_MAX = 15000;
const BED_MS_MIN = 60000;
const BED_MS_MAX = 1800000;

/** What the network says that time is: right, or wrong by as much as it likes. */
function networkTime(clock: Clock, weather: Weather, chance: Chance): () => number {
  return () => {
    const wrong = weather.strikes("networkTimeWrong");
    return clock.nowMs() + (wrong ? chance.between(-TIME_WRONG_MS, TIME_WRONG_MS) : 0);
  };
}

/** The world's faults of the modem, and those of a weak battery. */
function weakFaults(faults: Faults, weather: Weather, batteryMv: () => number): Faults {
  return {
    ...faults,
    strikes(name) {
      if (name !== "brownOutBoth") return faults.strikes(name);
      if (batteryMv() < WEAK_MV && weather.strikes("brownOutLow")) return true;
      return faults.strikes(name);
    },
  };
}

/** What is found at the next start: each of the great losses once, because a pager has one spare slot. */
function strikeFlash(
  flash: Flash,
  weather: Weather,
  lost: { journal: boolean; all: boolean },
): void {
  if (!lost.journal && weather.strikes("storageErased")) {
    lost.journal = true;
    flash.loseJournal();
  }
  if (!lost.all && weather.strikes("allErased")) {
    lost.all = true;
    flash.loseAll();
  }
  if (weather.strikes("recordBent")) flash.bendNewest();
}

function provision(options: PagerBodyOptions, flash: Flash): void {
  const { order, chance, see, id, isNew, care = [] } = options;
  if (isNew === true) {
    for (const { page, bytes } of provisioningPages(order)) flash.provision(page, 0, bytes);
    return;
  }
  const works = writeAtBench(flash, order, chance.fork("age"), care);
  see({ kind: "air", pager: id, way: "texts", works });
}

/** There is one in the street, and none elsewhere. */
function streetSky(chance: Chance, place: () => Place): Gnss {
  const walk = createWalk({ chance: chance.fork("walk") });
  return { fixAt: (nowMs) => (place() === "street" ? walk.fixAt(nowMs) : undefined) };
}

/** Half full at least when the world begins. */
function newBattery(clock: Clock, chance: Chance, traits: PagerTraits): Battery {
  const { batteryMs, batteryShare = 0.5 + chance.next() / 2 } = traits;
  return createBattery({ clock, lastsMs: batteryMs, share: batteryShare });
}

function texterOf({ id, weather, chance }: PagerBodyOptions): Omit<Texter, "deliver"> {
  return { pager: id, weather, chance: chance.fork("texts") };
}

export function createPagerBody(options: PagerBodyOptions): PagerBody {
  const { clock, chance, weather, see, id, traits } = options;
  const flash = createFlash(weather, chance.fork("flash"));
  const battery = newBattery(clock, chance, traits);
  const gnss = options.ground?.gnss ?? options.gnss ?? streetSky(chance, () => place);
  const timeMs = networkTime(clock, weather, chance.fork("time"));
  let place: Place = "home";
  let keyDown = false;
  let processor: Processor | undefined;
  let isCalm = false;
  let told = 0;
  const lost = { journal: false, all: false };
  /** Off, and somebody or something will switch it on. */
  let comesBack = false;
  const onText = options.texts.addPager({ ...texterOf(options), deliver });
  let modem = newModem();

  function deliver(from: string, words: string): void {
    modem.deliverMessage(from, words);
  }

  function newModem(): SimModem {
    const fresh = createModem({
      clock,
      network: options.network,
      chance: chance.fork("modem"),
      faults: weakFaults(options.faults, weather, () => battery.batteryMv()),
      gnss,
      networkTimeMs: timeMs,
      log: options.log,
      onText,
      onBrownOut: () => clock.after(0, () => off("brownOut")),
    });
    fresh.onToPager((text) => processor?.serial(text));
    fresh.setCoverage(place !== "lift");
    told = 0;
    return fresh;
  }

  function on(): void {
    if (processor !== undefined || battery.share() <= EMPTY_SHARE) return;
    comesBack = false;
    battery.setLoad(true);
    see({ kind: "on", pager: id, keyDown });
    const run = startProcessor({
      clock,
      chance,
      weather,
      see,
      pager: id,
      flash,
      modem: watchedModem(),
      battery,
      keyDown: () => keyDown,
      senses: options.senses,
      ...traits,
      end: (isRestart) => {
        processor = undefined;
        afterOff(isRestart ? "reset" : "cut");
      },
    });
    // Power may have gone while it started.
    if (!run.stopped) processor = run;
  }

  /** The modem, and what it says of the driver. */
  function watchedModem(): Pick<SimModem, "fromPager" | "powerKey" | "resetPin" | "rest"> {
    return {
      fromPager(text) {
        modem.fromPager(text);
        for (; told < modem.violations.length; told++) {
          // While storage held the processor it could not hear what the modem said.
          if (processor?.wasHeld() === true) continue;
          see({ kind: "violation", pager: id, text: modem.violations[told] });
        }
      },
      rest: (on) => modem.rest(on),
      resetPin: (ms) => modem.resetPin(ms),
      powerKey(ms) {
        const isWeak = battery.batteryMv() < WEAK_MV && !battery.charging;
        if (isWeak && weather.strikes("burstLow")) clock.after(0, () => off("brownOut"));
        modem.powerKey(ms);
      },
    };
  }

  function off(cause: OffCause): void {
    if (processor === undefined) return;
    processor.stop();
    processor = undefined;
    afterOff(cause);
  }

  function afterOff(cause: OffCause): void {
    if (!isCalm) strikeFlash(flash, weather, lost);
    see({ kind: "off", pager: id, cause });
    modem.processorRestarts();
    modem.rest(false);
    if (cause === "cut" || cause === "empty") {
      modem.close();
      modem = newModem();
      battery.setLoad(false);
    }
    if (cause === "empty") return;
    comesBack = true;
    const ms = cause === "cut" && !isCalm ? chance.between(BOOT_MS, CUT_MS_MAX) : BOOT_MS;
    clock.after(ms, on);
  }

  /** Each time somebody looks: the battery may have ended, or be charged again. */
  function look(): void {
    if (processor !== undefined && battery.share() <= EMPTY_SHARE) {
      weather.struck("batteryEmpty");
      off("empty");
    } else if (processor === undefined && !comesBack && battery.share() > ALIVE_SHARE) on();
    const state = processor?.state;
    if (state === undefined) return;
    see({
      kind: "look",
      pager: id,
      look: {
        outbox: state.outbox.length,
        sent: state.link.sent.length,
        erases: [...flash.erases],
        open: ["none", "closed"].includes(state.alarm.stage) ? "" : alarmOf(id, state),
        stage: state.alarm.stage,
        batteryMv: battery.batteryMv(),
      },
    });
  }

  function lookAgain(): void {
    look();
    clock.after(LOOK_MS, lookAgain);
  }

  function setCoverage(covered: boolean): void {
    see({ kind: "air", pager: id, way: "coverage", works: covered });
    modem.setCoverage(covered);
  }

  /** In bed coverage comes and goes. */
  function toss(covered: boolean): void {
    if (place !== "bed") return;
    setCoverage(covered);
    clock.after(chance.between(BED_MS_MIN, BED_MS_MAX), () => toss(!covered));
  }

  provision(options, flash);
  weather.often("powerCut", () => off("cut"));
  weather.often("resetAlone", () => off("reset"));
  on();
  clock.after(LOOK_MS, lookAgain);

  return {
    id,
    get keyDown() {
      return keyDown;
    },
    get charging() {
      return battery.charging;
    },
    get batteryMv() {
      return battery.share() <= EMPTY_SHARE ? 0 : battery.batteryMv();
    },
    setKey(down) {
      keyDown = down;
      see({ kind: "key", pager: id, down });
      processor?.key(down);
    },
    setPlace(next) {
      place = next;
      options.ground?.setPlace(next);
      setCoverage(next !== "lift");
      if (next === "bed") toss(false);
    },
    setCharging(on) {
      battery.setCharging(on);
      see({ kind: "charger", pager: id, on });
    },
    text: deliver,
    feel(what) {
      const felt = processor?.feel(what) === true;
      if (what >= FELL && weather.strikes("cutAtFall")) {
        clock.after(chance.between(KNOCK_MS_MIN, KNOCK_MS_MAX), () => off("cut"));
      }
      return felt;
    },
    look,
    calm() {
      isCalm = true;
      if (battery.share() <= ALIVE_SHARE) battery.fill();
      on();
    },
  };
}
