// Assistance data at the simulated modem: its own HTTP client, one file, and what the receiver has of it.
// Knows no content: what an address gives is a status code of the world's.

import { emitLineLater } from "./modem-line.ts";
import { type Call, cmeError, ERROR, type Handlers, OK, type Reply } from "./modem-reply.ts";
import { gmtText } from "./modem-settings.ts";
import { nowMs, type Sim, say, strikes } from "./modem-state.ts";

const FETCH_MS = 9000;
const SAVE_MS = 1500;
/** One week. */
const LASTS_MIN = 10080;
const NO_DATA = '0,"1980/01/05,19:00:00"';
/** Of its HTTP client: input timed out, no name found, file error; of the receiver: file error. */
const NO_INPUT = 703;
const NO_HOST = 714;
const FILE_ERROR = 725;
const NO_FILE = 522;

const isOn = (sim: Sim) => sim.stored.get("xtra") === "1";

/** The address comes in counted octets behind CONNECT. */
function answerUrl(sim: Sim, call: Call): Reply {
  const left = Number(call.args[0]);
  if (call.form !== "set" || !(left > 0)) return ERROR;
  if (strikes(sim, "connectNever"))
    return { ...cmeError(sim, NO_INPUT), delayMs: 1000 * Number(call.args[1] ?? "60") };
  return {
    prompt: {
      left,
      word: "CONNECT",
      done(text) {
        sim.url = text;
        return OK;
      },
    },
  };
}

function answerGet(sim: Sim): Reply {
  if (sim.url === "" || !sim.contextUp) return ERROR;
  say(sim, "radio", `fetches ${sim.url}`);
  const silent = strikes(sim, "fetchSilent");
  const failed = strikes(sim, "fetchFails");
  const code = strikes(sim, "fetchMissing") ? 404 : 200;
  sim.fetched = !failed && code === 200;
  const line = failed ? `+QHTTPGET: ${NO_HOST}` : `+QHTTPGET: 0,${code},59748`;
  return { after: () => (silent ? undefined : emitLineLater(sim, FETCH_MS, line)) };
}

function answerSave(sim: Sim): Reply {
  if (!sim.fetched) return ERROR;
  const failed = strikes(sim, "saveFails");
  if (!failed) sim.stored.set("xtra2.bin", "there");
  const line = `+QHTTPREADFILE: ${failed ? FILE_ERROR : 0}`;
  return { after: () => emitLineLater(sim, SAVE_MS, line) };
}

/** What it has, or: take this file. */
function answerData(sim: Sim, call: Call): Reply {
  if (!isOn(sim)) return cmeError(sim, 509);
  if (call.form === "read") return { lines: [`+QGPSXTRADATA: ${dataText(sim)}`] };
  const there = call.args[0] === "UFS:xtra2.bin" && sim.stored.has("xtra2.bin");
  if (!there || sim.volatile.get("+QGPSXTRATIME") === undefined || strikes(sim, "assistRefused")) {
    return cmeError(sim, NO_FILE);
  }
  sim.assistMs = nowMs(sim);
  say(sim, "fix", "assistance data taken");
  return OK;
}

function dataText(sim: Sim): string {
  const isOld = sim.assistMs === undefined || nowMs(sim) - sim.assistMs > LASTS_MIN * 60000;
  return isOld ? NO_DATA : `${LASTS_MIN},"${gmtText(sim, (sim.assistMs ?? 0) - nowMs(sim))}"`;
}

export const ASSIST: Handlers = {
  "+QHTTPURL": answerUrl,
  "+QHTTPGET": answerGet,
  "+QHTTPREADFILE": answerSave,
  "+QGPSXTRA": (sim, call) => {
    if (call.form === "read") return { lines: [`+QGPSXTRA: ${sim.stored.get("xtra") ?? "0"}`] };
    sim.stored.set("xtra", call.args[0] ?? "0");
    return OK;
  },
  "+QGPSXTRATIME": (sim, call) => {
    if (!isOn(sim)) return cmeError(sim, 509);
    if (!/^\d{4}(\/\d\d){2},\d\d(:\d\d){2}$/.test(call.args[1] ?? "")) return cmeError(sim, 501);
    sim.volatile.set("+QGPSXTRATIME", call.args[1]);
    return OK;
  },
  "+QGPSXTRADATA": answerData,
};
