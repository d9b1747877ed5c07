// From the SIM to an active packet context: SIM ready, registered, context up.
// Never says "denied" while one of the two registrations may still come.

import { spanMs } from "../../protocol/span.ts";
import type { Answer } from "./at.ts";
import { notePlace } from "./cell.ts";
import { searchLeftMs, searchOn, takeOperators } from "./cycle.ts";
import { answerGnss, stopGnss } from "./gnss.ts";
import * as limits from "./limits.ts";
import {
  ask,
  climb,
  closeAll,
  enterPhase,
  isRegistered,
  type Modem,
  setRadio,
  setStep,
  tellSearch,
} from "./state.ts";
import { fieldAt, fieldsOf, wholeOf } from "./text.ts";

/** The number of the card stays text: as a number it loses digits. */
function tellCard(modem: Modem, iccid: string, fault: number): void {
  modem.outputs.push({
    kind: "input",
    input: { kind: "card", atMs: modem.nowMs, iccid: iccid, imei: "", fault: fault },
  });
}

function stepSim(modem: Modem): number {
  if (modem.step === 1) {
    ask(modem, { tag: "card", text: "AT+QCCID", prefix: "+QCCID", limitMs: limits.answerMs });
    return limits.answerMs;
  }
  const spentMs = spanMs(modem.nowMs, modem.enteredMs);
  if (spentMs >= limits.simMs) {
    setRadio(modem, "denied");
    tellCard(modem, "", modem.cardFault);
    climb(modem);
    return limits.pauseMs;
  }
  const leftMs = modem.tries === 0 ? 0 : limits.simPollMs - spanMs(modem.nowMs, modem.stepMs);
  if (leftMs > 0) return leftMs;
  modem.tries++;
  modem.stepMs = modem.nowMs;
  ask(modem, { tag: "sim", text: "AT+CPIN?", prefix: "+CPIN", limitMs: limits.answerMs });
  return limits.answerMs;
}

function answerSim(modem: Modem, answer: Answer): void {
  if (answer.final === "silent") climb(modem);
  else if (answer.command.tag === "card") {
    if (answer.lines.length > 0) tellCard(modem, answer.lines[0].slice(8), 0);
    enterPhase(modem, "register");
  } else if (answer.lines.length === 0) modem.cardFault = answer.error;
  else if (answer.lines[0] === "+CPIN: READY") setStep(modem, 1);
  // No PIN is ever tried: three wrong ones lock the card for good.
  else modem.cardFault = answer.lines[0] === "+CPIN: SIM PIN" ? 11 : 12;
}

/** Steps of "register": LTE asked, GSM asked, a second of waiting. */
function stepRegister(modem: Modem): number {
  if (isRegistered(modem)) {
    closeAll(modem);
    enterPhase(modem, "context");
    return 0;
  }
  if (searchLeftMs(modem) <= 0) return searchOn(modem);
  if (modem.gnssOn) {
    // Registration and the receiver share one path; help needs the network first [bg96 trap 9].
    return stopGnss(modem);
  }
  if (modem.step < 2) {
    const name = modem.step === 0 ? "+CEREG" : "+CGREG";
    ask(modem, { tag: name, text: "AT" + name + "?", prefix: name, limitMs: limits.answerMs });
    return limits.answerMs;
  }
  const leftMs = limits.registerPollMs - spanMs(modem.nowMs, modem.stepMs);
  if (leftMs > 0) return leftMs;
  setStep(modem, 0);
  return 0;
}

/** Takes a registration state from an answer or from an unasked line; the cell stands behind it. */
export function noteRegistration(modem: Modem, name: string, fields: string[], at: number): void {
  const state = wholeOf(fieldAt(fields, at));
  if (state === undefined) return;
  if (name === "+CEREG") modem.lte = state;
  if (name === "+CGREG") modem.gsm = state;
  if (state === 1 || state === 5) notePlace(modem, fields, at + 1);
}

export function noteRegistrationAnswer(modem: Modem, answer: Answer): void {
  if (answer.lines.length === 0) return;
  noteRegistration(modem, answer.command.tag, fieldsOf(answer.lines[0]), 1);
}

function answerRegister(modem: Modem, answer: Answer): void {
  if (answer.final === "silent") {
    climb(modem);
    return;
  }
  if (answer.command.tag === "gnssOff") {
    answerGnss(modem, answer);
    return;
  }
  if (answer.command.tag === "operators") {
    takeOperators(modem, answer);
    return;
  }
  noteRegistrationAnswer(modem, answer);
  tellSearch(modem);
  setStep(modem, modem.step + 1);
}

/** Steps of "context": is it up? leave it; activate it. */
function stepContext(modem: Modem): number {
  if (modem.step === 0) {
    ask(modem, { tag: "look", text: "AT+QIACT?", prefix: "+QIACT", limitMs: limits.activateMs });
    return limits.activateMs;
  }
  if (modem.step === 1) {
    const limitMs = limits.deactivateMs;
    ask(modem, { tag: "leave", text: "AT+QIDEACT=1", prefix: "", limitMs: limitMs });
    return limitMs;
  }
  ask(modem, { tag: "activate", text: "AT+QIACT=1", prefix: "", limitMs: limits.activateMs });
  return limits.activateMs;
}

function answerContext(modem: Modem, answer: Answer): void {
  if (answer.final === "silent") {
    climb(modem);
    return;
  }
  switch (answer.command.tag) {
    case "look": {
      // After a restart of the processor alone the context is up already [bg96 trap 7].
      const up = answer.lines.length > 0 && fieldAt(fieldsOf(answer.lines[0]), 1) === "1";
      if (up && !modem.renewContext) enterPhase(modem, "open");
      else setStep(modem, up ? 1 : 2);
      return;
    }
    case "leave": {
      const tries = modem.tries;
      setStep(modem, 2);
      modem.tries = tries;
      return;
    }
    default:
      if (answer.final === "ok") {
        modem.renewContext = false;
        modem.name.anew = true;
        enterPhase(modem, "open");
      } else if (modem.tries === 0) {
        setStep(modem, 1);
        modem.tries = 1;
      } else {
        climb(modem);
      }
  }
}

export function stepNetwork(modem: Modem): number {
  if (modem.phase === "sim") return stepSim(modem);
  if (modem.phase === "register") return stepRegister(modem);
  return stepContext(modem);
}

export function answerNetwork(modem: Modem, answer: Answer): void {
  if (modem.phase === "sim") answerSim(modem, answer);
  else if (modem.phase === "register") answerRegister(modem, answer);
  else answerContext(modem, answer);
}
