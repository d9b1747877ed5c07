// Power of the simulated modem: key, boot, restart, sleep, off; what isn't stored is forgotten.
// Knows no socket command; it only lets go of what a restart loses.

import { emit, emitLine, emitLineLater } from "./modem-line.ts";
import { awaitOtherNetwork, startSearch } from "./modem-radio.ts";
import { closeSockets } from "./modem-sockets.ts";
import { awaitFault, later, nowMs, type Sim, say, strikes } from "./modem-state.ts";
import { dropCalls, sayOldEnd } from "./modem-voice.ts";

const ON_MS_MIN = 500;
const OFF_MS_MIN = 650;
const WAKE_MS_MIN = 200;
const RESET_MS_MIN = 150;
const RESET_MS_MAX = 460;
/** A pulse sooner after PSM POWER DOWN is ignored. */
const ASLEEP_MS_MIN = 1000;
const LATE_READY_MS = 25000;
const SELF_POWER_MS = 5000;
const TIMER_TO_SLEEP_MS = 2000;
const RUBBISH = "\xff";

/** All that lives in RAM is gone, and timers of this life will do nothing. */
function forget(sim: Sim): void {
  closeSockets(sim);
  dropCalls(sim);
  sim.life++;
  sim.volatile = new Map();
  sim.echo = true;
  sim.fresh = true;
  sim.input = "";
  sim.prompt = undefined;
  sim.running = undefined;
  sim.hung = false;
  sim.locked = false;
  sim.registration = 0;
  sim.card = sim.iccid !== "";
  sim.contextUp = false;
  sim.gnssOn = false;
  sim.held = [];
  sim.midLines = [];
  sim.url = "";
  sim.fetched = false;
}

function setPower(sim: Sim, power: Sim["power"]): void {
  sim.power = power;
  sim.powerMs = nowMs(sim);
  say(sim, "power", power);
  if (sim.options.selfPowered === true && (power === "off" || power === "asleep")) {
    later(sim, SELF_POWER_MS, () => boot(sim, sim.timing.readyMs));
  }
}

/** On, whether it booted or was found so: from here on it may hang, or sleep unasked. */
export function awaitTroubles(sim: Sim): void {
  awaitOtherNetwork(sim);
  awaitFault(sim, "hung", () => {
    sim.hung = true;
  });
  awaitFault(sim, "locked", () => {
    sim.hung = true;
    sim.locked = true;
  });
  awaitFault(sim, "sleepUnasked", () => {
    emitLine(sim, "+QPSMTIMER: 3600,10");
    later(sim, TIMER_TO_SLEEP_MS, () => sleep(sim));
  });
}

/** Starts it; RDY comes after so many milliseconds. */
export function boot(sim: Sim, readyMs: number): void {
  forget(sim);
  setPower(sim, "booting");
  const waitMs = strikes(sim, "rdyLate") ? Math.max(readyMs, LATE_READY_MS) : readyMs;
  later(sim, waitMs, () => {
    setPower(sim, "on");
    if (strikes(sim, "wakeRubbish")) emit(sim, RUBBISH);
    emitLine(sim, "RDY");
    sayOldEnd(sim);
    if (sim.options.sim === undefined || sim.options.sim === true)
      emitLineLater(sim, sim.timing.simMs, "+CPIN: READY");
    emitLineLater(sim, sim.timing.simMs + 100, "+QIND: SMS DONE");
    emitLineLater(sim, sim.timing.appReadyMs, "APP RDY");
    startSearch(sim);
    awaitTroubles(sim);
  });
}

/** Off after the usual time; `word` is what it says before. */
export function stop(sim: Sim, word: string): void {
  emitLine(sim, word);
  forget(sim);
  setPower(sim, "stopping");
  later(sim, sim.timing.offMs, () => setPower(sim, "off"));
}

/** `AT+CFUN=1,1`. */
export function restart(sim: Sim): void {
  emitLine(sim, "POWERED DOWN");
  boot(sim, sim.timing.restartMs);
}

/** Into power saving, asked or not: sockets, context and settings that aren't stored are gone. */
export function sleep(sim: Sim): void {
  emitLine(sim, "PSM POWER DOWN");
  forget(sim);
  setPower(sim, "asleep");
}

/** Its port is released or there again, and by DTR it may sleep; what it says meanwhile is an edge. */
export function rest(sim: Sim, on: boolean): void {
  sim.resting = on;
  sim.restMs = nowMs(sim);
  say(sim, "power", on ? "port released" : "port there");
}

/** The supply broke in under the transmit burst: it starts again without a word. */
export function brownOut(sim: Sim): void {
  say(sim, "power", "brown-out");
  boot(sim, sim.timing.readyMs);
}

/** The reset pin was held for so long and released: nothing, where it is off or asleep. */
export function reset(sim: Sim, ms: number): void {
  say(sim, "power", `reset ${ms} ms`);
  const isUp = sim.power === "on" || sim.power === "booting";
  if (isUp && ms >= RESET_MS_MIN && ms <= RESET_MS_MAX) boot(sim, sim.timing.readyMs);
}

/** The power key was held for so long and released. */
export function pulse(sim: Sim, ms: number): void {
  say(sim, "power", `key ${ms} ms`);
  if (sim.locked) return;
  switch (sim.power) {
    case "off":
      if (ms < ON_MS_MIN || strikes(sim, "rdyNever")) return;
      boot(sim, sim.timing.readyMs);
      return;
    case "asleep":
      if (ms < WAKE_MS_MIN || nowMs(sim) - sim.powerMs < ASLEEP_MS_MIN) return;
      boot(sim, sim.timing.restartMs);
      return;
    case "on":
    case "booting":
      // Between 500 and 650 ms nothing is promised: it may switch off [bg96 trap 1].
      if (ms < ON_MS_MIN || (ms < OFF_MS_MIN && sim.options.chance.happens(0.5))) return;
      stop(sim, "NORMAL POWER DOWN");
      return;
    case "stopping":
  }
}
