// The radio is off and the receiver may be used: between two searches without a network, and for a fix
// between beats. Never with an alarm open [pager §2.6]: then, as behind `search`, the next search begins.

import { spanMs } from "../../protocol/span.ts";
import type { Answer } from "./at.ts";
import { answerGnss, stepGnss } from "./gnss.ts";
import * as limits from "./limits.ts";
import { sleepOff } from "./power.ts";
import { ask, enterPhase, type Modem, setRest, setStep } from "./state.ts";

/** Five minutes, ten, fifteen; between beats, where nobody counts on being heard, four times as long. */
function lullMs(modem: Modem): number {
  const times = modem.failures < 3 ? modem.failures : 3;
  return limits.lullMs * (modem.profile === 0 ? 4 * times : times);
}

/** Something has happened behind a lull of so many milliseconds: it is over. */
export function endLull(modem: Modem, behindMs: number): void {
  if (modem.phase !== "lull" || spanMs(modem.nowMs, modem.enteredMs) < behindMs) return;
  enterPhase(modem, "setup");
}

export function stepLull(modem: Modem): number {
  if (modem.step === 0) {
    // Its receiver works on, and it hears at once what is wanted of it; off it would have to boot.
    ask(modem, { tag: "off", text: "AT+CFUN=4", prefix: "", limitMs: limits.functionMs });
    return limits.functionMs;
  }
  const leftMs = lullMs(modem) - spanMs(modem.nowMs, modem.enteredMs);
  if (leftMs <= 0 && !modem.alone) {
    enterPhase(modem, "pause");
    return 0;
  }
  const gnssMs = stepGnss(modem);
  if (gnssMs >= 0) return gnssMs;
  if (!modem.alone) {
    setRest(modem, true);
    return leftMs;
  }
  sleepOff(modem);
  return 0;
}

export function answerLull(modem: Modem, answer: Answer): void {
  // Silence is for the ladder, whatever was asked.
  if (modem.step > 0 || answer.final === "silent") answerGnss(modem, answer);
  else setStep(modem, 1);
}
