// What the ready modem does: sends first, then reads, texts, chores and fixes.
// Never counts SEND OK as delivered; only what comes back says that the path works [bg96 trap 2].

import { fromText, toHex } from "../../protocol/bytes.ts";
import { spanMs } from "../../protocol/span.ts";
import { hasVoice } from "../core/abilities.ts";
import { answerAssist, stepAssist } from "./assist.ts";
import type { Answer } from "./at.ts";
import { askNetwork, takeNetworkName } from "./cell.ts";
import { answerGnss, stepGnss, stopGnss } from "./gnss.ts";
import * as limits from "./limits.ts";
import { askName } from "./name.ts";
import { noteRegistrationAnswer } from "./network.ts";
import { stepSaving } from "./setup.ts";
import { stepSms } from "./sms.ts";
import { answerOpening, openAgain, stepOpening } from "./sockets.ts";
import { ask, climb, enterPhase, isRegistered, type Modem, setRest, tellRadio } from "./state.ts";
import { clockSeconds, fieldAt, fieldsOf, unquote, wholeOf } from "./text.ts";
import { inCall, stepVoice } from "./voice.ts";

function stepSend(modem: Modem): number {
  if (modem.tries > 0) {
    const leftMs = limits.refusedMs - spanMs(modem.nowMs, modem.stepMs);
    if (leftMs > 0) return leftMs;
  }
  if (modem.gnssOn) return stopGnss(modem); // a send stops it first [bg96 trap 9]
  const send = modem.sends[0];
  const octets = send.bytes.length;
  modem.sending = send.bytes;
  const text =
    octets > limits.hexOctetsMax
      ? "AT+QISEND=" + send.address + "," + octets
      : "AT+QISENDEX=" + send.address + ',"' + toHex(send.bytes) + '"';
  ask(modem, { tag: "send", text: text, prefix: "", limitMs: limits.trafficMs });
  return limits.trafficMs;
}

function stepRead(modem: Modem, id: number): number {
  const text = "AT+QIRD=" + id + ",1500";
  ask(modem, { tag: "read", text: text, prefix: "+QIRD", limitMs: limits.trafficMs });
  modem.reading = id;
  // What comes from here on is told anew, also before the answer that there is nothing [bg96 trap 5].
  modem.sockets[id].unread = false;
  return limits.trafficMs;
}

function unreadSocket(modem: Modem): number {
  for (let at = 0; at < modem.sockets.length; at++) {
    if (modem.sockets[at].open && modem.sockets[at].unread) return at;
  }
  return -1;
}

/** A round of chores is over: read unasked now and then, and note how long all was well. */
function finishChores(modem: Modem): number {
  modem.rounds++;
  modem.chore = 0;
  modem.choreMs = modem.nowMs;
  modem.sms.look = true;
  const cell = modem.cell;
  cell.asked = cell.place === "" || cell.said !== "";
  for (let at = 0; at < modem.sockets.length; at++) modem.sockets[at].unread = true;
  if (spanMs(modem.nowMs, modem.enteredMs) >= limits.soundMs) modem.failures = 0;
  openAgain(modem);
  return 0;
}

/** Chores by number: signal, LTE registration, GSM registration, clock, wind-up. */
function stepChore(modem: Modem): number {
  const limitMs = limits.answerMs;
  switch (modem.chore) {
    case 0:
      ask(modem, { tag: "signal", text: "AT+QCSQ", prefix: "+QCSQ", limitMs: limitMs });
      return limitMs;
    case 1:
      ask(modem, { tag: "+CEREG", text: "AT+CEREG?", prefix: "+CEREG", limitMs: limitMs });
      return limitMs;
    case 2:
      // Of the two networks the other one matters only where this one is missing.
      if (modem.lte !== 1 && modem.lte !== 5) {
        ask(modem, { tag: "+CGREG", text: "AT+CGREG?", prefix: "+CGREG", limitMs: limitMs });
        return limitMs;
      }
      modem.chore++;
      return 0;
    case 3:
      if (!modem.clockKnown || modem.rounds % limits.clockRounds === 0) {
        ask(modem, { tag: "clock", text: "AT+CCLK?", prefix: "+CCLK", limitMs: limitMs });
        return limitMs;
      }
      modem.chore++;
      return 0;
    default:
      return finishChores(modem);
  }
}

function choreLeftMs(modem: Modem): number {
  if (modem.chore > 0 || modem.rounds === 0) return 0;
  const busy = modem.everSent && spanMs(modem.nowMs, modem.sentMs) < limits.busyMs;
  const everyMs = busy ? limits.choreBusyMs : limits.choreIdleMs;
  return everyMs - spanMs(modem.nowMs, modem.choreMs);
}

/** Rests when nothing goes on: lightly, heard by the network, or deeply until the next send. */
function stepRest(modem: Modem, waitMs: number): number {
  if (modem.rest < 0 || modem.locate || waitMs < limits.restMsMin) return waitMs;
  if (modem.channel.running !== undefined || modem.resting) return waitMs;
  const leftMs = limits.busyMs - spanMs(modem.nowMs, modem.sentMs);
  if (leftMs > 0) return leftMs < waitMs ? leftMs : waitMs;
  if (modem.rest > 0) setRest(modem, true);
  else enterPhase(modem, "asleep");
  return modem.rest > 0 ? waitMs : 0;
}

/** Milliseconds until it wants to be called again; 0 when there is more to do at once. */
export function stepReady(modem: Modem): number {
  if (modem.sends.length > 0) return stepSend(modem);
  const unread = unreadSocket(modem);
  if (unread >= 0) return stepRead(modem, unread);
  const callMs = hasVoice() ? stepVoice(modem) : -1;
  if (hasVoice() && modem.channel.running !== undefined) return callMs;
  const smsMs = stepSms(modem);
  if (modem.channel.running !== undefined) return smsMs;
  let waitMs = stepOpening(modem);
  if (waitMs === 0 || modem.channel.running !== undefined) return waitMs;
  if (smsMs >= 0 && (waitMs < 0 || smsMs < waitMs)) waitMs = smsMs;
  const choreMs = choreLeftMs(modem);
  if (choreMs <= 0) return stepChore(modem);
  if (askNetwork(modem) || askName(modem) || stepAssist(modem)) return limits.answerMs;
  if (waitMs < 0 || choreMs < waitMs) waitMs = choreMs;
  // Soon enough that nothing rests in a call.
  if (hasVoice() && callMs >= 0 && callMs < waitMs) waitMs = callMs;
  // A call goes by the receiver's path [bg96 trap 9].
  const calls = hasVoice() && inCall(modem);
  const gnssMs = calls ? -1 : stepGnss(modem);
  if (!calls && modem.channel.running === undefined && stepSaving(modem)) return limits.sleepMs;
  return stepRest(modem, gnssMs >= 0 && gnssMs < waitMs ? gnssMs : waitMs);
}

/** Sends and nothing back for long: the path is dead, whatever the modem says. */
function countUnanswered(modem: Modem): void {
  if (modem.unanswered === 0) modem.unansweredMs = modem.nowMs;
  modem.unanswered++;
  const spentMs = spanMs(modem.nowMs, modem.unansweredMs);
  if (modem.unanswered >= limits.unansweredMin && spentMs >= limits.unansweredMs) {
    modem.unanswered = 0;
    modem.renewContext = true;
    climb(modem);
  }
}

/** The socket or the context went: both are looked at again; the second time, made anew. */
function loseSockets(modem: Modem): void {
  if (modem.failures > 0) {
    modem.renewContext = true;
    climb(modem);
    return;
  }
  modem.failures = 1;
  enterPhase(modem, "register");
}

function answerSend(modem: Modem, answer: Answer): void {
  modem.everSent = true;
  modem.sentMs = modem.nowMs;
  if (answer.final === "refused") {
    modem.tries++;
    modem.stepMs = modem.nowMs;
    if (modem.tries >= limits.refusedMax) climb(modem);
    return;
  }
  if (answer.final === "error") {
    loseSockets(modem);
    return;
  }
  modem.tries = 0;
  modem.sends = modem.sends.slice(1);
  countUnanswered(modem);
}

/** A payload is a datagram in whatever phase its answer comes. */
export function takePayload(modem: Modem, answer: Answer): void {
  if (answer.command.tag !== "read" || answer.payload === "") return;
  modem.unanswered = 0;
  modem.failures = 0;
  modem.name.anew = false;
  modem.name.heardMs = modem.nowMs;
  modem.outputs.push({
    kind: "input",
    input: {
      kind: "datagram",
      atMs: modem.nowMs,
      bytes: fromText(modem.machine, answer.payload),
      address: modem.reading,
    },
  });
}

function answerRead(modem: Modem, answer: Answer): void {
  // Read again until it says 0: no second "recv" comes before that [bg96 trap 5].
  const empty = answer.lines.length > 0 && wholeOf(fieldAt(fieldsOf(answer.lines[0]), 0)) === 0;
  const known = modem.reading < modem.sockets.length; // it may have been dropped meanwhile
  if (known && !empty && answer.final !== "error") modem.sockets[modem.reading].unread = true;
  if (answer.final === "error") loseSockets(modem);
}

/** RSRP on LTE, RSSI on GSM, -140..-44; 0 where the modem gives none. */
function signalOf(answer: Answer): number {
  if (answer.lines.length === 0) return 0;
  const fields = fieldsOf(answer.lines[0]);
  const system = unquote(fieldAt(fields, 0));
  const dbm = wholeOf(fieldAt(fields, system === "GSM" ? 1 : 2));
  if (dbm === undefined || dbm >= 0) return 0;
  return dbm < -140 ? -140 : dbm > -44 ? -44 : dbm;
}

function answerChore(modem: Modem, answer: Answer): void {
  modem.chore++;
  switch (answer.command.tag) {
    case "signal": {
      const signalDbm = signalOf(answer);
      if (signalDbm !== modem.signalDbm) {
        modem.signalDbm = signalDbm;
        tellRadio(modem);
      }
      return;
    }
    case "clock": {
      if (answer.lines.length === 0) return;
      const timeS = clockSeconds(unquote(answer.lines[0].slice(7)));
      if (timeS === 0) return;
      modem.clockKnown = true;
      modem.outputs.push({
        kind: "input",
        input: { kind: "clock", atMs: modem.nowMs, timeS: timeS, source: "network" },
      });
      return;
    }
    default:
      noteRegistrationAnswer(modem, answer);
      if (!isRegistered(modem)) enterPhase(modem, "register");
  }
}

export function answerReady(modem: Modem, answer: Answer): void {
  if (answer.command.tag === "assist") {
    answerAssist(modem, answer);
    return;
  }
  if (answer.final === "silent") {
    climb(modem);
    return;
  }
  switch (answer.command.tag) {
    case "send":
      answerSend(modem, answer);
      return;
    case "read":
      answerRead(modem, answer);
      return;
    case "alive":
    case "close":
    case "open":
      answerOpening(modem, answer);
      return;
    case "gnssOn":
    case "gnssOff":
    case "fix":
      answerGnss(modem, answer);
      return;
    case "saving":
    case "name":
      return;
    case "network":
      takeNetworkName(modem, answer);
      return;
    default:
      answerChore(modem, answer);
  }
}
