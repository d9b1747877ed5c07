// The BG96 as a radio: inputs in, outputs out; each phase has its own file.
// Pure: no clock, no port and no timer of its own; it asks for ticks by `dueInMs`.

import { shiftDown, toText } from "../../protocol/bytes.ts";
import { DATAGRAM_OCTETS_MAX } from "../../protocol/limits.ts";
import type { Machine } from "../../protocol/machine.ts";
import { spanMs } from "../../protocol/span.ts";
import type { Radio, RadioInput, RadioOutput } from "../board/radio.ts";
import { hasVoice } from "../core/abilities.ts";
import { newAssist } from "./assist-state.ts";
import {
  type Answer,
  commandLeftMs,
  expireCommand,
  feedChannel,
  holdChannel,
  newChannel,
  nextEvent,
} from "./at.ts";
import { tellCell } from "./cell.ts";
import { tellLadder } from "./cycle.ts";
import * as limits from "./limits.ts";
import { noteLine } from "./lines.ts";
import { answerLull, endLull, stepLull } from "./lull.ts";
import { newName } from "./name-state.ts";
import { answerNetwork, stepNetwork } from "./network.ts";
import type { Phase } from "./phase.ts";
import { answerPower, stepPower, wakeModem } from "./power.ts";
import { answerSetup, stepSetup } from "./setup.ts";
import { answerSms, stepSms, takePrompt } from "./sms.ts";
import { answerOpening, changeSettings, stepOpen } from "./sockets.ts";
import {
  type Bg96Settings,
  canText,
  enterPhase,
  type Modem,
  newModem,
  pastRegister,
  setRest,
  tellRadio,
  tellText,
} from "./state.ts";
import { answerReady, stepReady, takePayload } from "./traffic.ts";
import { answerVoice, noteCall, stepVoice, takeVoice, tellCall } from "./voice.ts";

const roundsMax = 16;
const BEFORE_SETUP: Phase[] = ["pause", "probe", "wake", "down", "settle", "asleep"];

function onAnswer(modem: Modem, answer: Answer): void {
  takePayload(modem, answer);
  const command = answer.command;
  if (hasVoice() && command.tag.indexOf("call") === 0) {
    // A call goes on while the way for datagrams is looked for.
    if (modem.phase === "register" || pastRegister(modem)) answerVoice(modem, answer);
    return;
  }
  const expects = command.prefix !== "" && command.prefix !== "+QIACT";
  // OK without its line may be the end of an earlier answer: let the rest come [bg96 trap 3].
  if (answer.final === "ok" && expects && answer.lines.length === 0) holdChannel(modem.channel);
  if (command.tag.indexOf("sms") === 0) {
    // Of texts each phase behind the SIM takes the answer: a text must not leave twice.
    if (modem.phase === "register" || pastRegister(modem)) answerSms(modem, answer);
    return;
  }
  if (command.phase !== modem.phase) return; // its phase was left while it ran
  switch (modem.phase) {
    case "setup":
      answerSetup(modem, answer);
      return;
    case "sim":
    case "register":
    case "context":
      answerNetwork(modem, answer);
      return;
    case "lull":
      answerLull(modem, answer);
      return;
    case "open":
      answerOpening(modem, answer);
      return;
    case "ready":
      answerReady(modem, answer);
      return;
    default:
      answerPower(modem, answer);
  }
}

/** From now on the body's own limit counts. */
function onPrompt(modem: Modem): void {
  const command = modem.channel.running;
  if (command === undefined) return;
  modem.channel.sentMs = modem.nowMs;
  if (command.tag === "assist") {
    modem.outputs.push({ kind: "write", text: modem.assist.url });
    return;
  }
  if (command.tag === "send") {
    modem.outputs.push({ kind: "write", text: toText(modem.sending) });
    return;
  }
  command.limitMs = limits.textMs;
  takePrompt(modem);
}

function stepPhase(modem: Modem): number {
  if (modem.phase === "register" || modem.phase === "context" || modem.phase === "open") {
    if (hasVoice()) stepVoice(modem);
    // While the way for datagrams is still looked for.
    if (!hasVoice() || modem.channel.running === undefined) stepSms(modem);
    if (modem.channel.running !== undefined) return commandLeftMs(modem.channel, modem.nowMs);
  }
  switch (modem.phase) {
    case "setup":
      return stepSetup(modem);
    case "sim":
    case "register":
    case "context":
      return stepNetwork(modem);
    case "lull":
      return stepLull(modem);
    case "open":
      return stepOpen(modem);
    case "ready":
      return stepReady(modem);
    default:
      return stepPower(modem);
  }
}

/** Does all that can be done now; milliseconds until something is due. */
function work(modem: Modem): number {
  for (let round = 0; round < roundsMax; round++) {
    const channel = modem.channel;
    const late = expireCommand(channel, modem.nowMs);
    if (late !== undefined) onAnswer(modem, late);
    let event = nextEvent(channel);
    while (event !== undefined) {
      if (event.kind === "answer") onAnswer(modem, event.answer);
      else if (event.kind === "line") {
        if (hasVoice()) noteCall(modem, event.line);
        noteLine(modem, event.line);
      } else onPrompt(modem);
      event = nextEvent(channel);
    }
    if (channel.running !== undefined) return commandLeftMs(channel, modem.nowMs);
    const gapMs = channel.gapMs - spanMs(modem.nowMs, channel.heardMs);
    if (gapMs > 0) return gapMs;
    const waitMs = stepPhase(modem);
    if (waitMs > 0) return waitMs;
  }
  return limits.gapMs;
}

function start(modem: Modem, failures: number): void {
  modem.failures = failures % 4;
  modem.plan = shiftDown(failures, 4);
  modem.failuresTold = failures;
  modem.channel = newChannel(modem.nowMs);
  modem.sentMs = modem.nowMs;
  enterPhase(modem, "probe");
}

function takeSend(modem: Modem, input: RadioInput & { kind: "send" }): void {
  const at = input.address;
  const fits = input.bytes.length > 0 && input.bytes.length <= DATAGRAM_OCTETS_MAX;
  if (at < 0 || at >= modem.sockets.length || !fits) return;
  if (modem.phase !== "ready" || !modem.sockets[at].open) {
    tellRadio(modem); // dropped: the core sends again when the radio is ready
    return;
  }
  if (modem.sends.length >= limits.sendsMax) modem.sends = modem.sends.slice(1);
  modem.sends.push({ address: at, bytes: input.bytes });
}

function takeText(modem: Modem, input: RadioInput & { kind: "text" }): void {
  const texts = modem.sms.texts;
  if (texts.length >= limits.textsMax) tellText(modem, input.id, false);
  else texts.push({ id: input.id, to: input.to, text: input.text });
}

/** Another way begins again at setup, where its name is written; before that nothing is lost. */
function takeNetwork(modem: Modem, input: RadioInput & { kind: "network" }): void {
  if (input.name !== modem.name.text) modem.name = newName(input.name);
  if (changeSettings(modem, { apn: input.apn, addresses: input.addresses })) return;
  modem.renewContext = true;
  if (BEFORE_SETUP.indexOf(modem.phase) < 0) enterPhase(modem, "setup");
}

/** What changes how it looks for the network; an alarm waits for no rest [pager §2.6]. */
function takeSearch(modem: Modem, input: RadioInput): void {
  if (input.kind === "network") takeNetwork(modem, input);
  if (input.kind === "search") endLull(modem, input.behindMs);
  if (input.kind !== "urgent") return;
  modem.urgent = input.on;
  modem.savingTold = 0;
  endLull(modem, 0);
}

/** Whether it may rest; another profile is told to the modem by a setup. */
function takeRest(modem: Modem, rest: number): void {
  modem.rest = rest;
  if (rest < 0 || rest === modem.profile) return;
  modem.profile = rest;
  if (BEFORE_SETUP.indexOf(modem.phase) < 0) enterPhase(modem, "setup");
}

/**
 * What is wanted of it, or what it says, ends its rest; a deep one only what is wanted. Satellites alone
 * want no network.
 */
function endRest(modem: Modem, input: RadioInput, due: boolean): void {
  const calm = input.kind === "tick" || input.kind === "serial";
  const alone = input.kind === "locate" && modem.rest === 0;
  if (modem.phase === "asleep") {
    modem.alone = alone;
    if (!calm || modem.rest !== 0) wakeModem(modem);
    return;
  }
  if (modem.alone && !alone && (!calm || modem.rest !== 0)) {
    modem.alone = false;
    endLull(modem, 0);
  }
  if (!modem.resting || (!due && modem.rest >= 0)) return;
  setRest(modem, false);
  if (input.kind !== "serial") return;
  // What it said is lost with the port: it is looked for, the cell with the registration.
  modem.sms.look = true;
  if (modem.chore === 0) modem.chore = 1;
  for (let at = 0; at < modem.sockets.length; at++) modem.sockets[at].unread = true;
}

/** What stands behind datagrams and texts. */
function takeLesser(modem: Modem, input: RadioInput): void {
  if (input.kind === "assist") modem.assist = newAssist(input.url);
  if (hasVoice()) takeVoice(modem, input);
}

/** A driver for one modem; `settings` are those of the provisioned identity. */
export function createBg96(machine: Machine, settings: Bg96Settings): Radio {
  const modem = newModem(machine, settings);
  let waitMs = -1;

  function dueInMs(nowMs: number): number {
    if (waitMs < 0) return -1;
    const leftMs = waitMs - spanMs(nowMs, modem.nowMs);
    return leftMs > 0 ? leftMs : 0;
  }

  function step(input: RadioInput): RadioOutput[] {
    const due = input.kind !== "tick" || dueInMs(input.atMs) === 0;
    modem.nowMs = input.atMs;
    modem.outputs = [];
    if (input.kind === "tick" && input.rest !== undefined) takeRest(modem, input.rest);
    endRest(modem, input, due);
    if (input.kind === "start") start(modem, input.failures);
    else if (input.kind === "serial") feedChannel(modem.channel, modem.nowMs, input.text);
    else if (input.kind === "send") takeSend(modem, input);
    else if (input.kind === "text") takeText(modem, input);
    else if (input.kind === "locate") {
      modem.locate = input.on;
      modem.gnssTold = false;
    } else takeLesser(modem, input);
    takeSearch(modem, input);
    waitMs = work(modem);
    tellCell(modem);
    if (canText(modem) !== modem.textsTold) tellRadio(modem);
    if (hasVoice()) tellCall(modem);
    tellLadder(modem);
    return modem.outputs;
  }

  return { step: step, dueInMs: dueInMs };
}
