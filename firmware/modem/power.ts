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
  pulseKey,
  setRadio,
  setStep,
} from "./state.ts";

/** Steps of "down": waiting for the modem's word, after its word, after its word that it sleeps. */
export const downSaid = 1;
export const downAsleep = 2;
/** Step of "wake" after a restart by command: POWERED DOWN is part of it. */
export const wakeReset = 1;

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
  if (answer.final === "silent") setStep(modem, modem.step + 1);
  else enterPhase(modem, "settle");
}
