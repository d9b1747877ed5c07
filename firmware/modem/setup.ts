// What the modem is told after each start: echo off, error numbers, and the settings we rely on.
// Stored settings are read first and written only if they differ: flash wears, some restart it.

import { spanMs } from "../../protocol/span.ts";
import type { Answer } from "./at.ts";
import { iotModeOf, operatorOf, scanModeOf } from "./cycle.ts";
import * as limits from "./limits.ts";
import { ask, climb, enterPhase, type Modem, setStep } from "./state.ts";

interface Setting {
  text: string;
  /** "" for a plain command without an answer of its own. */
  prefix: string;
  /** What the answer begins with when nothing need be written. */
  want: string;
  write: string;
}

function plain(text: string): Setting {
  return { text: text, prefix: "", want: "", write: "" };
}

function stored(text: string, prefix: string, want: string, write: string): Setting {
  return { text: text, prefix: prefix, want: want, write: write };
}

/** Its last argument says "at once". */
function scanSetting(name: string, value: number): Setting {
  const text = "AT+QCFG=" + name;
  return stored(text, "+QCFG", name + "," + value, text + "," + value + ",1");
}

/** Of this step its radio is switched on. */
const RADIO = 3;
/** From this step on: eDRX, then power saving. */
const SAVING = 13;
const SAVINGS = 2;

/** What is written of them: in an alarm the modem hears the network at any time [pager §4]. */
function savingText(modem: Modem, at: number): string {
  // On Cat M1 the network calls each 20.48 s.
  if (at === 0) return modem.urgent ? "AT+CEDRXS=0" : 'AT+CEDRXS=1,4,"0010"';
  // A round each 31 h; the network may call for 2 min behind a send: longer than it is kept awake.
  const saves = modem.profile === 0 && !modem.urgent;
  return saves ? 'AT+CPSMS=1,,,"00111111","00100010"' : "AT+CPSMS=0";
}

/** The step's setting; undefined behind the last one. */
function settingAt(modem: Modem, step: number): Setting | undefined {
  const apn = modem.settings.apn;
  switch (step) {
    case 0:
      return plain("ATE0"); // first thing always [bg96 trap 6]
    case 1:
      return plain("AT+CMEE=1");
    case 2:
      return plain("AT+QGPSEND"); // the processor alone may have restarted with the receiver on
    case RADIO:
      return stored("AT+CFUN?", "+CFUN", "1", "AT+CFUN=1");
    case 4:
      return scanSetting('"nwscanmode"', scanModeOf(modem.plan));
    case 5:
      return scanSetting('"iotopmode"', iotModeOf(modem.plan));
    case 6:
      return stored(
        'AT+QURCCFG="urcport"',
        "+QURCCFG",
        '"urcport","uart1"',
        'AT+QURCCFG="urcport","uart1"',
      );
    case 7:
      return plain("AT+QSCLK=1"); // it sleeps where the board lets it
    case 8:
      if (apn === "") return plain("AT");
      return stored(
        "AT+QICSGP=1",
        "+QICSGP",
        '1,"' + apn + '"',
        'AT+QICSGP=1,1,"' + apn + '","","",1',
      );
    case 9:
      return stored("AT+CTZU?", "+CTZU", "1", "AT+CTZU=1");
    case 10:
      return plain("AT+CEREG=2");
    case 11:
      return plain("AT+CGREG=2");
    case 12:
      if (operatorOf(modem) !== "") return plain('AT+COPS=1,2,"' + operatorOf(modem) + '"');
      return stored("AT+COPS?", "+COPS", "0", "AT+COPS=0");
    case SAVING:
      return stored("AT+CEDRXS?", "+CEDRXS", savingText(modem, 0).slice(12), savingText(modem, 0));
    case SAVING + 1:
      return stored("AT+CPSMS?", "+CPSMS", savingText(modem, 1).slice(9), savingText(modem, 1));
    default:
      return undefined;
  }
}

/** Of these three, reading may take as long as writing. */
function limitOf(text: string, writing: boolean): number {
  if (text.indexOf("AT+COPS") === 0) return limits.operatorMs;
  if (text.indexOf("AT+CPSMS") === 0 || text.indexOf("AT+CEDRXS") === 0) return limits.sleepMs;
  if (text.indexOf("AT+CFUN") === 0 || writing) return limits.functionMs;
  return limits.answerMs;
}

/**
 * An alarm began or is over: the ready modem is told once, in a pause of what was sent and answered.
 * False where nothing is to be told now. What it refuses is not asked again.
 */
export function stepSaving(modem: Modem): boolean {
  const readyMs = spanMs(modem.nowMs, modem.enteredMs);
  const early = readyMs >= 0 && readyMs < limits.restMsMin; // what waits for "ready" goes first
  if (modem.savingTold === SAVINGS || modem.unanswered > 0 || early || modem.resting) return false;
  const text = savingText(modem, modem.savingTold);
  modem.savingTold++;
  ask(modem, { tag: "saving", text: text, prefix: "", limitMs: limits.sleepMs });
  return true;
}

export function stepSetup(modem: Modem): number {
  if (modem.alone && modem.step === RADIO) {
    enterPhase(modem, "lull");
    return 0;
  }
  const setting = settingAt(modem, modem.step);
  // In an alarm neither is asked here: help goes first, and the ready modem is told behind it.
  if (setting === undefined || (modem.urgent && modem.step >= SAVING)) {
    modem.savingTold = modem.urgent ? 0 : SAVINGS;
    enterPhase(modem, "sim");
    return 0;
  }
  const writing = modem.tries === 1;
  const text = writing ? setting.write : setting.text;
  const limitMs = limitOf(text, writing);
  ask(modem, {
    tag: writing ? "write" : "setting",
    text: text,
    prefix: writing ? "" : setting.prefix,
    limitMs: limitMs,
  });
  return limitMs;
}

export function answerSetup(modem: Modem, answer: Answer): void {
  if (answer.final === "silent") {
    climb(modem);
    return;
  }
  const setting = settingAt(modem, modem.step);
  if (setting !== undefined && answer.command.tag === "setting" && answer.final === "ok") {
    const wanted = setting.prefix + ": " + setting.want;
    // Of calls that are off some say nothing at all.
    const differs =
      answer.lines.length > 0
        ? answer.lines[0].indexOf(wanted) !== 0
        : setting.prefix === "+CEDRXS";
    if (setting.prefix !== "" && differs) {
      modem.tries = 1;
      if (setting.prefix === "+QICSGP") modem.renewContext = true; // up with another name
      return;
    }
  }
  setStep(modem, modem.step + 1);
}
