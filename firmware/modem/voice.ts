// Calls by voice through the modem: dialled, looked at each second, picked up where the core says so.
// Ends no call but one that still rings, and takes no word for a call's end but the modem's list.

import { spanMs } from "../../protocol/span.ts";
import type { RadioInput } from "../board/radio.ts";
import { type Answer, holdChannel } from "./at.ts";
import { stopGnss } from "./gnss.ts";
import * as limits from "./limits.ts";
import { ask, climb, isRegistered, type Modem } from "./state.ts";
import { fieldAt, fieldsOf, unquote } from "./text.ts";
import { IDLE, RINGS, TALKS, UNABLE, voiceOf } from "./voice-state.ts";

/** Lines that say that a call has changed; which one, and how, only the list tells. */
const WORDS: string[] = ["RING", "NO CARRIER", "BUSY", "NO ANSWER", "NO DIALTONE", "CONNECT"];
/** Errors of a modem that can't call at all: not allowed, not supported. */
const notAllowed = 3;
const notSupported = 4;

/** Ours rings, or somebody talks. */
export function inCall(modem: Modem): boolean {
  return voiceOf(modem).stage !== IDLE;
}

export function takeVoice(modem: Modem, input: RadioInput): void {
  const voice = voiceOf(modem);
  if (input.kind === "answer") voice.take = input.number;
  if (input.kind !== "dial") return;
  // Who believes that nobody talks is told once more.
  if (voice.stage === TALKS) voice.told = IDLE;
  else voice.number = input.number;
}

function tellCaller(modem: Modem, number: string): void {
  modem.outputs.push({
    kind: "input",
    input: { kind: "incoming", atMs: modem.nowMs, number: number },
  });
}

export function noteCall(modem: Modem, line: string): void {
  const named = line.indexOf("+CLIP:") === 0;
  if (!named && WORDS.indexOf(line) < 0) return;
  voiceOf(modem).look = true;
  // With each ring: an alarm may have been raised since the one before.
  if (named) tellCaller(modem, unquote(fieldAt(fieldsOf(line), 0)));
}

function askCall(modem: Modem, tag: string, text: string): number {
  const limitMs = tag === "callTake" ? limits.trafficMs : limits.answerMs;
  const prefix = tag === "callLook" ? "+CLCC" : "";
  ask(modem, { tag: tag, text: text, prefix: prefix, limitMs: limitMs });
  return limitMs;
}

/** What is wanted, by what the list has just shown. */
function act(modem: Modem): number {
  const voice = voiceOf(modem);
  if (voice.take !== "") {
    voice.take = "";
    voice.look = true;
    return askCall(modem, "callTake", "ATA");
  }
  if (voice.stage === RINGS || voice.called) {
    voice.stage = IDLE;
    voice.called = false;
    voice.look = true;
    return askCall(modem, "callEnd", "ATH");
  }
  const number = voice.number;
  voice.number = "";
  voice.stage = RINGS;
  voice.told = RINGS;
  voice.rings = false;
  voice.dialMs = modem.nowMs;
  return askCall(modem, "callDial", "ATD" + number + ";");
}

/**
 * Milliseconds until it wants to be called again; -1 where there is nothing to do. What waits for the
 * network to be dialled goes with the alarm that wanted it.
 */
export function stepVoice(modem: Modem): number {
  const voice = voiceOf(modem);
  if (!modem.urgent) voice.number = "";
  // What was dialled just now, and stands in no list yet, may be picked up already.
  const clear = voice.stage === IDLE || voice.rings;
  const wants = voice.take !== "" || (voice.number !== "" && isRegistered(modem) && clear);
  // A call goes by the receiver's path [bg96 trap 9].
  if (wants && modem.gnssOn && modem.phase === "ready") return stopGnss(modem);
  if (!voice.set) {
    voice.set = true;
    return askCall(modem, "callSet", "AT+CLIP=1");
  }
  const sinceMs = spanMs(modem.nowMs, voice.lookMs);
  const ready = wants && voice.seen;
  if (ready && !voice.look && sinceMs < limits.callSeenMs) return act(modem);
  if (!wants && !voice.look && voice.stage === IDLE) return -1;
  const leftMs = limits.callPollMs - sinceMs;
  if (!ready && !voice.look && leftMs > 0) return leftMs;
  voice.look = false;
  return askCall(modem, "callLook", "AT+CLCC");
}

/** `+CLCC: <id>,<direction>,<state>,<0 for voice>,<many>,"<number>",<type>`, a line a call. */
function takeList(modem: Modem, lines: string[]): void {
  const voice = voiceOf(modem);
  let stage = IDLE;
  let from = "";
  voice.called = false;
  for (let at = 0; at < lines.length; at++) {
    const fields = fieldsOf(lines[at]);
    const state = fieldAt(fields, 2);
    if (fieldAt(fields, 3) !== "0") continue; // the packet context stands in the list too
    if (state === "4" || state === "5") {
      voice.called = true;
      from = unquote(fieldAt(fields, 5));
    } else if (state === "2" || state === "3") {
      if (stage === IDLE) stage = RINGS;
    } else stage = TALKS;
  }
  if (stage !== IDLE) voice.refused = 0;
  voice.rings = stage === RINGS;
  // A call may be listed late, and the end of the one before it said late.
  const young = spanMs(modem.nowMs, voice.dialMs) < limits.callListMs;
  if (stage !== IDLE || voice.stage !== RINGS || !young) voice.stage = stage;
  // Another one may call by now: a stranger is never picked up.
  if (!voice.called || from !== voice.take || stage === TALKS) voice.take = "";
  if (voice.called && voice.take === "") tellCaller(modem, from);
  // Picked up in the moment when another one was to be dialled.
  if (stage === TALKS) voice.number = "";
}

export function answerVoice(modem: Modem, answer: Answer): void {
  const voice = voiceOf(modem);
  const dialled = answer.command.tag === "callDial";
  const silent = answer.final === "silent";
  // One that keeps its channel for a call, or has none, would only hold datagrams back.
  const refused = silent || answer.error === notAllowed || answer.error === notSupported;
  if (dialled && refused) voice.refused += 1;
  if (voice.refused >= limits.callRefusedMax) voice.stage = UNABLE;
  if (silent) climb(modem);
  else if (answer.command.tag === "callLook") {
    voice.lookMs = modem.nowMs;
    voice.seen = answer.final === "ok";
    if (voice.seen) takeList(modem, answer.lines);
  } else if (answer.final !== "ok") holdChannel(modem.channel); // its OK may still come
}

/** Tells the core what became of a call; of one that it has given up for another, nothing. */
export function tellCall(modem: Modem): void {
  const voice = voiceOf(modem);
  const stage = voice.stage;
  const told = voice.told;
  if (stage === told) return;
  voice.told = stage;
  if (stage === RINGS || (stage === IDLE && voice.number !== "")) return;
  if (stage === UNABLE) {
    voice.refused = 0;
    voice.stage = IDLE;
    voice.told = IDLE;
  }
  modem.outputs.push({
    kind: "input",
    input: {
      kind: "call",
      atMs: modem.nowMs,
      state:
        stage === TALKS
          ? "answered"
          : stage === UNABLE
            ? "unable"
            : told === TALKS
              ? "ended"
              : "failed",
    },
  });
}
