// Satellite receiver of the simulated modem: on, fixes as QGPSLOC fields, off; its faults.
// It shares one radio with the network: what is sent while it is on leaves when it is off.

import type { Fix } from "./gnss.ts";
import { setCell } from "./modem-radio.ts";
import { type Call, cmeError, type Handlers, OK, type Reply } from "./modem-reply.ts";
import { nowMs, type Sim, say, strikes } from "./modem-state.ts";

const FIX_LATE_MS = 60000;
const STALE_MS = 3000;
/** An old fix lies about a kilometre off and an hour back. */
const STALE_DEGREES = 0.01;

function answerOn(sim: Sim, call: Call): Reply {
  if (call.form === "read") return { lines: [`+QGPS: ${sim.gnssOn ? 1 : 0}`] };
  if (sim.gnssOn) return cmeError(sim, 504);
  if (strikes(sim, "assistanceOff")) return cmeError(sim, 509);
  sim.gnssOn = true;
  const late = strikes(sim, "fixLate");
  sim.fixFromMs = nowMs(sim) + (late ? FIX_LATE_MS : sim.timing.firstFixMs);
  sim.staleUntilMs = strikes(sim, "fixStale") ? sim.fixFromMs + STALE_MS : 0;
  return strikes(sim, "gnssOngoing") ? cmeError(sim, 504) : OK;
}

function goOff(sim: Sim): void {
  sim.gnssOn = false;
  const held = sim.held;
  sim.held = [];
  for (const leave of held) leave();
}

function answerOff(sim: Sim): Reply {
  if (!sim.gnssOn) return cmeError(sim, 505);
  goOff(sim);
  return OK;
}

/** `ddmm.mmmm` with its half, or five decimals with a sign, by the mode asked for. */
function placeText(degrees: number, mode: string, halves: string): string {
  if (mode === "2") return degrees.toFixed(5);
  const size = Math.abs(degrees);
  const whole = Math.floor(size);
  const minutes = ((size - whole) * 60).toFixed(mode === "1" ? 6 : 4);
  const width = halves === "NS" ? 2 : 3;
  const text = String(whole).padStart(width, "0") + minutes.padStart(mode === "1" ? 9 : 7, "0");
  return text + (degrees < 0 ? halves[1] : halves[0]);
}

/** The fields behind `+QGPSLOC: `. */
export function fixFields(fix: Fix, mode: string): string {
  return [
    fix.time,
    placeText(fix.latitude, mode, "NS"),
    placeText(fix.longitude, mode, "EW"),
    fix.hdop.toFixed(1),
    fix.altitudeM.toFixed(1),
    fix.mode,
    fix.courseDeg.toFixed(2),
    (fix.speedKnots * 1.852).toFixed(1),
    fix.speedKnots.toFixed(1),
    fix.date,
    String(fix.satellites).padStart(2, "0"),
  ].join(",");
}

function staleFix(sim: Sim, present: Fix): Fix {
  if (sim.lastFix !== undefined) return sim.lastFix;
  const hour = (Number(present.time.slice(0, 2)) + 23) % 24;
  return {
    ...present,
    time: `${String(hour).padStart(2, "0")}${present.time.slice(2, 4)}00.0`,
    latitude: present.latitude - STALE_DEGREES,
  };
}

function answerFix(sim: Sim, call: Call): Reply {
  if (sim.gnssOn && strikes(sim, "gnssInactive")) goOff(sim);
  if (!sim.gnssOn) return cmeError(sim, 505);
  const now = nowMs(sim);
  const mode = call.args[0] ?? "0";
  const fix = sim.options.gnss.fixAt(now);
  setCell(sim, sim.options.gnss.cell?.() ?? sim.cell);
  if (fix === undefined) return cmeError(sim, 516);
  if (now < sim.staleUntilMs) {
    sim.lastFix = staleFix(sim, fix); // it stands still, time and all
    return { lines: [`+QGPSLOC: ${fixFields(sim.lastFix, mode)}`] };
  }
  if (now < sim.fixFromMs) return cmeError(sim, 516);
  if (now < sim.connectedUntilMs && strikes(sim, "fixBlocked")) return cmeError(sim, 516);
  sim.lastFix = fix;
  const fields = fixFields(fix, mode);
  say(sim, "fix", fields);
  return { lines: [`+QGPSLOC: ${fields}`] };
}

export const GNSS: Handlers = {
  "+QGPS": answerOn,
  "+QGPSEND": answerOff,
  "+QGPSLOC": answerFix,
  "+QGPSCFG": () => OK,
  "+QGPSDEL": () => OK,
};
