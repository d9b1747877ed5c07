// Finding the modem switched on, switching it on, and the rungs that switch it off.
// Never pulses before five bare AT stayed unanswered [bg96 trap 1].

import { spanMs } from "../../protocol/span.ts";
import type { Answer } from "./at.ts";
import * as limits from "./limits.ts";
import {
  ask,
  climb,
  enterPhase,
  forgetModem,
  type Modem,
  setRadio,
  setRest,
  setStep,
} from "./state.ts";

/** Steps of "down": waiting for the modem's word, after its word, after its word that it sleeps. */
const downSaid = 1;
const downAsleep = 2;
/** Steps of "asleep": into power saving, its word awaited; off, its word awaited; it is down. */
const asleepOff = 2;
const asleepDown = 4;
/** Step of "wake" after a restart by command: POWERED DOWN is part of it. */
const wakeReset = 1;

function pulseKey(modem: Modem, ms: number): void {
  modem.outputs.push({ kind: "pulse", ms: ms });
}

function stepPause(modem: Modem): number {
  const leftMs = limits.pauseMs - spanMs(modem.nowMs, modem.enteredMs);
  if (leftMs > 0) return leftMs;
  if (modem.rung === "reset") {
    ask(modem, { tag: "reset", text: "AT+CFUN=1,1", prefix: "", limitMs: limits.functionMs });
    return limits.functionMs;
  }
  if (modem.rung === "power") {
    pulseKey(modem, limits.offPulseMs);
    forgetModem(modem);
    enterPhase(modem, "down");
    return limits.downMs;
  }
  if (modem.rung === "pin") {
    modem.outputs.push({ kind: "pulse", ms: limits.resetPulseMs, reset: true });
    forgetModem(modem);
    enterPhase(modem, "wake");
    return limits.wakeMs;
  }
  enterPhase(modem, "probe");
  return 0;
}

function stepProbe(modem: Modem): number {
  if (modem.step < limits.probeCount) {
    ask(modem, { tag: "probe", text: "AT", prefix: "", limitMs: limits.probeMs });
    return limits.probeMs;
  }
  if (modem.awake) {
    modem.awake = false;
    climb(modem);
    return limits.pauseMs;
  }
  pulseKey(modem, limits.onPulseMs);
  forgetModem(modem);
  enterPhase(modem, "wake");
  return limits.wakeMs;
}

function stepWake(modem: Modem): number {
  const leftMs = limits.wakeMs - spanMs(modem.nowMs, modem.enteredMs);
  if (leftMs > 0) return leftMs;
  setRadio(modem, "off");
  climb(modem);
  if (modem.rung === "reset") modem.rung = "power"; // it hears no command
  return limits.pauseMs;
}

function stepDown(modem: Modem): number {
  const limitMs = modem.step === 0 ? limits.downMs : limits.downSettleMs;
  const leftMs = limitMs - spanMs(modem.nowMs, modem.stepMs);
  if (leftMs > 0) return leftMs;
  if (modem.step === downAsleep) {
    pulseKey(modem, limits.wakePulseMs);
    enterPhase(modem, "wake");
    return limits.wakeMs;
  }
  enterPhase(modem, "probe");
  return 0;
}

/** Where the network grants no power saving it is switched off. */
function stepAsleep(modem: Modem): number {
  if (modem.step === asleepDown) return limits.choreIdleMs;
  if (modem.step % 2 === 0) {
    const off = modem.step > 0;
    const text = off ? "AT+QPOWD=1" : 'AT+QCFG="psm/enter",1';
    const limitMs = off ? limits.deactivateMs : limits.functionMs;
    ask(modem, { tag: "sleep", text: text, prefix: "", limitMs: limitMs });
    return limitMs;
  }
  const leftMs = limits.downMs - spanMs(modem.nowMs, modem.stepMs);
  if (leftMs > 0) return leftMs;
  if (modem.step === 1) setStep(modem, asleepOff);
  else enterPhase(modem, "probe");
  return 0;
}

/** Off without power saving: it has no network to come back to. */
export function sleepOff(modem: Modem): void {
  enterPhase(modem, "asleep");
  setStep(modem, asleepOff);
}

/** It said that it goes down. */
export function noteDown(modem: Modem, asleep: boolean): void {
  const wanted = modem.phase === "asleep";
  if (modem.phase === "wake" && modem.step === wakeReset && !asleep) return;
  forgetModem(modem);
  if (!wanted) enterPhase(modem, "down");
  setStep(modem, wanted ? asleepDown : asleep ? downAsleep : downSaid);
  if (wanted) setRest(modem, true);
}

/** Something is wanted of it: switched on again, but not before it is off for good. */
export function wakeModem(modem: Modem): void {
  const sinceMs = modem.stepMs;
  modem.sentMs = modem.nowMs;
  enterPhase(modem, "down");
  setStep(modem, downSaid);
  modem.stepMs = sinceMs;
}

function stepSettle(modem: Modem): number {
  const quietMs = limits.settleMs - spanMs(modem.nowMs, modem.channel.heardMs);
  const leftMs = limits.settleMsMax - spanMs(modem.nowMs, modem.enteredMs);
  if (quietMs > 0 && leftMs > 0) return quietMs < leftMs ? quietMs : leftMs;
  enterPhase(modem, "setup");
  return 0;
}

/** Milliseconds until it wants to be called again; 0 when the phase changed. */
export function stepPower(modem: Modem): number {
  if (modem.phase === "pause") return stepPause(modem);
  if (modem.phase === "probe") return stepProbe(modem);
  if (modem.phase === "wake") return stepWake(modem);
  if (modem.phase === "down") return stepDown(modem);
  if (modem.phase === "asleep") return stepAsleep(modem);
  return stepSettle(modem);
}

export function answerPower(modem: Modem, answer: Answer): void {
  if (answer.command.tag === "reset") {
    if (answer.final === "ok") {
      forgetModem(modem);
      enterPhase(modem, "wake");
      setStep(modem, wakeReset);
    } else {
      enterPhase(modem, "probe");
    }
    return;
  }
  if (answer.final === "silent" || modem.phase === "asleep") setStep(modem, modem.step + 1);
  else enterPhase(modem, "settle");
}
