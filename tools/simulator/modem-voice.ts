// Calls by voice of the simulated modem: dialled, ringing, picked up, ended by either side or the network.
// Where no callee is given it has no voice, as on the RAK5010, and refuses.

import { emitLine } from "./modem-line.ts";
import { type Call, cmeError, type Handlers, OK, type Reply } from "./modem-reply.ts";
import { later, nowMs, type Sim, say, strikes } from "./modem-state.ts";
import {
  ACTIVE,
  ALERTING,
  type Callee,
  DIALING,
  INCOMING,
  type SimCall,
} from "./modem-voice-state.ts";

const NETWORK_RINGS_MS = 1500;
const RING_MS = 5000;
const BUSY_MS = 3000;
const NETWORK_GIVES_UP_MS = 45000;
const LISTED_LATE_MS = 2000;
const DROPPED_MS = 5000;
const OLD_END_MS = 200;
const VOICEMAIL: Callee = { answersMs: 10000, talksMs: 30000 };
const NOBODY: Callee = { answersMs: -1, talksMs: 0 };

function isRegistered(sim: Sim): boolean {
  return sim.registration === 1 || sim.registration === 5;
}

/** Later, if this call is still there. */
function inCall(sim: Sim, ms: number, call: SimCall, run: () => void): void {
  later(sim, ms, () => (sim.voice.calls.includes(call) ? run() : undefined));
}

/** Somebody waits for it to be picked up. */
export function isCalled(sim: Sim): boolean {
  return sim.voice.calls.some((call) => call.state === INCOMING);
}

/** The call is gone; `word` is what the modem says of it. */
function endCall(sim: Sim, call: SimCall, word: string): void {
  say(sim, "voice", `${call.number} ended: ${word}`);
  sim.voice.calls = sim.voice.calls.filter((one) => one !== call);
  const held = sim.voice.held;
  if (call.ours && held !== undefined) held(word);
  else emitLine(sim, word);
}

function pickUp(sim: Sim, call: SimCall, talksMs: number): void {
  say(sim, "voice", `${call.number} picked up`);
  call.state = ACTIVE;
  sim.voice.held?.("OK");
  const endMs = strikes(sim, "callDropped") ? DROPPED_MS : talksMs;
  if (endMs >= 0) inCall(sim, endMs, call, () => endCall(sim, call, "NO CARRIER"));
}

/** A restart of the modem: who talked hears nothing any more. */
export function dropCalls(sim: Sim): void {
  for (const call of sim.voice.calls) say(sim, "voice", `${call.number} ended by the modem`);
  sim.voice.calls = [];
  sim.voice.held = undefined;
}

/** The end of a call before, said when it is no news any more. */
export function sayOldEnd(sim: Sim): void {
  if (sim.options.callee === undefined || !strikes(sim, "callEndOld")) return;
  later(sim, OLD_END_MS, () => emitLine(sim, "NO CARRIER"));
}

/** An octet while ATD is still to be answered breaks the call off (V.250 §5.6). */
export function cancelHeld(sim: Sim): void {
  const call = sim.voice.calls.find((one) => one.ours);
  if (sim.voice.held !== undefined && call !== undefined) endCall(sim, call, "NO CARRIER");
}

function ring(sim: Sim, call: SimCall): void {
  emitLine(sim, "RING");
  if (sim.volatile.get("+CLIP") === "1") {
    emitLine(sim, `+CLIP: "${call.number}",${call.number === "" ? 128 : 145}`);
  }
  inCall(sim, RING_MS, call, () => (call.state === INCOMING ? ring(sim, call) : undefined));
}

/** Somebody calls from outside; without a network, or while it is busy, nothing comes of it. */
export function callIn(sim: Sim, number: string): void {
  if (sim.power !== "on" || !isRegistered(sim) || sim.voice.calls.length > 0) return;
  const shown = strikes(sim, "callerWithheld") ? "" : number;
  const call: SimCall = { number: shown, ours: false, state: INCOMING, listedFromMs: 0 };
  say(sim, "voice", `${number} calls`);
  sim.voice.calls.push(call);
  ring(sim, call);
}

export function endByFar(sim: Sim): void {
  for (const call of sim.voice.calls) endCall(sim, call, "NO CARRIER");
}

function calleeAt(sim: Sim, number: string): Callee {
  if (strikes(sim, "callVoicemail")) return VOICEMAIL;
  return sim.options.callee?.(number) ?? NOBODY;
}

/** What becomes of a call that was dialled. */
function goOn(sim: Sim, call: SimCall): void {
  if (strikes(sim, "callBusy")) {
    inCall(sim, BUSY_MS, call, () => endCall(sim, call, "BUSY"));
    return;
  }
  inCall(sim, NETWORK_RINGS_MS, call, () => {
    call.state = ALERTING;
  });
  const callee = strikes(sim, "callUnanswered") ? NOBODY : calleeAt(sim, call.number);
  if (callee.answersMs < 0) {
    inCall(sim, NETWORK_GIVES_UP_MS, call, () => endCall(sim, call, "NO ANSWER"));
  } else {
    inCall(sim, NETWORK_RINGS_MS + callee.answersMs, call, () => pickUp(sim, call, callee.talksMs));
  }
}

function violate(sim: Sim, text: string): void {
  sim.violations.push(text);
  say(sim, "violation", text);
}

function answerDial(sim: Sim, call: Call): Reply {
  if (sim.options.callee === undefined) return cmeError(sim, 4);
  if (!isRegistered(sim)) return cmeError(sim, 30);
  if (sim.voice.calls.length > 0) {
    violate(sim, "dialled while another call was there");
    return cmeError(sim, 3);
  }
  if (strikes(sim, "callRefused")) return { final: "NO CARRIER" };
  const number = call.args[0];
  say(sim, "voice", `dials ${number}`);
  const lateMs = strikes(sim, "callListedLate") ? LISTED_LATE_MS : 0;
  const ours = { number, ours: true, state: DIALING, listedFromMs: nowMs(sim) + lateMs };
  sim.voice.calls.push(ours);
  goOn(sim, ours);
  if (!strikes(sim, "callHeld")) {
    sayOldEnd(sim);
    return OK;
  }
  return {
    held(done) {
      sim.voice.held = (final) => {
        sim.voice.held = undefined;
        done({ final });
      };
    },
  };
}

function answerPickUp(sim: Sim): Reply {
  const call = sim.voice.calls.find((one) => one.state === INCOMING);
  if (call === undefined) return { final: "NO CARRIER" };
  pickUp(sim, call, -1);
  return OK;
}

function answerHangUp(sim: Sim): Reply {
  for (const call of sim.voice.calls) {
    if (call.state === ACTIVE) violate(sim, `hung up on ${call.number}`);
    say(sim, "voice", `${call.number} hung up`);
  }
  sim.voice.calls = [];
  return OK;
}

/** The packet context stands in the list as a call of mode 1. */
function answerList(sim: Sim): Reply {
  const context = sim.contextUp ? ['+CLCC: 1,0,0,1,0,"",128'] : [];
  const listed = sim.voice.calls.filter((call) => call.listedFromMs <= nowMs(sim));
  const lines = listed.map(
    (call, at) => `+CLCC: ${at + 2},${call.ours ? 0 : 1},${call.state},0,0,"${call.number}",145`,
  );
  return { lines: [...context, ...lines] };
}

export const VOICE: Handlers = {
  D: answerDial,
  A: answerPickUp,
  H: answerHangUp,
  "+CLIP": (sim, call) => {
    if (sim.options.callee === undefined) return cmeError(sim, 4);
    sim.volatile.set(call.name, call.args[0]);
    return OK;
  },
  "+CLCC": answerList,
};
