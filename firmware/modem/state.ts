// State of the BG96 driver as one plain record, and the few moves that every phase makes.
// Pure: a move changes the record and adds outputs; it never decides which phase comes next.

import type { Bytes, Machine } from "../../protocol/machine.ts";
import type { RadioOutput } from "../board/radio.ts";
import { hasVoice } from "../core/abilities.ts";
import type { RadioState } from "../core/input.ts";
import { type Assist, newAssist } from "./assist-state.ts";
import { type Channel, type Command, clearChannel, newChannel, startCommand } from "./at.ts";
import { type Cell, newCell } from "./cell-state.ts";
import * as limits from "./limits.ts";
import { type Name, newName } from "./name-state.ts";
import type { Phase } from "./phase.ts";
import { type Opening, type Socket, socketsOf } from "./socket-state.ts";
import { loseCalls, setAnew, talksStill, type Voice, voiceOf } from "./voice-state.ts";

export interface Bg96Settings {
  /** Access point name; "" leaves the network's own. */
  apn: string;
  /** "ip:port" of each platform address, in the core's order. */
  addresses: string[];
  /** The board can pulse the modem's reset pin. */
  resets?: boolean;
}

/** The recovery ladder: do it again; restart the modem by command; switch it off and on; by its reset pin. */
export type Rung = "retry" | "reset" | "power" | "pin";

export interface Send {
  address: number;
  bytes: Bytes;
}

export interface OutText {
  id: number;
  to: string;
  text: string;
}

/** Short messages: settings first, then texts that leave, then what lies in the store. */
export interface Sms {
  /** The modem has its settings since the last start; refused, they wait so long from then. */
  set: boolean;
  waitMs: number;
  refusedMs: number;
  texts: OutText[];
  /** The first of them was begun. */
  sending: boolean;
  /** A text has left since the last start: an answer may come by text. */
  spoke: boolean;
  /** The store is to be looked at. */
  look: boolean;
  /** Where it is read next, of so many places, and how many messages are left to find. */
  at: number;
  places: number;
  left: number;
  /** What was read and is to be deleted; -1 nothing. */
  gone: number;
}

export interface Modem {
  machine: Machine;
  settings: Bg96Settings;
  nowMs: number;
  outputs: RadioOutput[];
  channel: Channel;
  phase: Phase;
  enteredMs: number;
  /** Position inside the phase, attempts at it, and when it was reached. */
  step: number;
  tries: number;
  stepMs: number;
  rung: Rung;
  resets: boolean;
  failures: number;
  /** What the core was told last of them. */
  failuresTold: number;
  /** RDY was heard: it is on, and no pulse may switch it off. */
  awake: boolean;
  /** How far it may rest now, and the profile of the last setup: 0 deeply, 1 lightly. */
  rest: number;
  profile: number;
  /** The port is released. */
  resting: boolean;
  radio: RadioState;
  signalDbm: number;
  /** Registration state on LTE and on GSM, as the modem numbers them; -1 unknown. */
  lte: number;
  gsm: number;
  cell: Cell;
  name: Name;
  assist: Assist;
  /** An alarm is open. */
  urgent: boolean;
  /** How many settings of its sleep it was told since an alarm began or was over, see setup.ts. */
  savingTold: number;
  /** How the network is looked for, see cycle.ts. */
  plan: number;
  operators: string[];
  /** Why the card was not ready when it was asked last; 10 none, 11 PIN, 12 PUK. */
  cardFault: number;
  /** The context is to be left and activated anew. */
  renewContext: boolean;
  opening: Opening;
  sockets: Socket[];
  sends: Send[];
  /** What the running send hands over when its prompt comes. */
  sending: Bytes;
  sms: Sms;
  /** What the core was told last of texts. */
  textsTold: boolean;
  /** Socket id that is being read. */
  reading: number;
  everSent: boolean;
  sentMs: number;
  /** Sends since a datagram came back, and when the first of them left. */
  unanswered: number;
  unansweredMs: number;
  chore: number;
  choreMs: number;
  rounds: number;
  clockKnown: boolean;
  locate: boolean;
  /** Woken from its sleep for satellites alone, no network; what is sent wakes the rest of it. */
  alone: boolean;
  gnssOn: boolean;
  /** It has answered since it was wanted, and the core was told so. */
  gnssTold: boolean;
  /** Last act of the receiver, and how long to wait from it. */
  gnssMs: number;
  gnssWaitMs: number;
  /** Time text of the last fix seen; a fix counts only when it moved on. */
  fixMark: string;
  /** Of boards with voice. */
  voice?: Voice;
}

/** A phase in which nothing is asked of the modem's network says "starting". */
function radioOf(modem: Modem, phase: Phase): RadioState {
  if (modem.alone || phase === "ready" || phase === "asleep") return "ready";
  if (phase === "lull") return "off";
  if (phase === "register") return modem.lte === 3 && modem.gsm === 3 ? "denied" : "searching";
  if ((phase === "pause" || phase === "probe") && modem.radio === "off") return "off";
  if (phase === "sim" && modem.radio === "denied") return "denied";
  return "starting";
}

function newSms(texts: OutText[]): Sms {
  return {
    set: false,
    waitMs: 0,
    refusedMs: 0,
    texts: texts,
    sending: false,
    spoke: false,
    look: true,
    at: 0,
    places: 0,
    left: 0,
    gone: -1,
  };
}

export function newModem(machine: Machine, settings: Bg96Settings): Modem {
  return {
    machine: machine,
    settings: settings,
    nowMs: 0,
    outputs: [],
    channel: newChannel(0),
    phase: "probe",
    enteredMs: 0,
    step: 0,
    tries: 0,
    stepMs: 0,
    rung: "retry",
    resets: settings.resets === true,
    failures: 0,
    failuresTold: 0,
    awake: false,
    rest: -1,
    profile: 1,
    resting: false,
    radio: "off",
    signalDbm: 0,
    lte: -1,
    gsm: -1,
    cell: newCell(),
    name: newName(""),
    assist: newAssist(""),
    urgent: false,
    savingTold: 0,
    plan: 0,
    operators: [],
    cardFault: 0,
    renewContext: false,
    opening: { id: 0, step: "seek", tries: 0, sinceMs: 0 },
    sockets: socketsOf(settings.addresses),
    sends: [],
    sending: [],
    sms: newSms([]),
    textsTold: false,
    reading: 0,
    everSent: false,
    sentMs: 0,
    unanswered: 0,
    unansweredMs: 0,
    chore: 0,
    choreMs: 0,
    rounds: 0,
    clockKnown: false,
    locate: false,
    alone: false,
    gnssOn: false,
    gnssTold: false,
    gnssMs: 0,
    gnssWaitMs: 0,
    fixMark: "",
  };
}

export function isRegistered(modem: Modem): boolean {
  return modem.lte === 1 || modem.lte === 5 || modem.gsm === 1 || modem.gsm === 5;
}

/** Past set-up and search: the modem is in use. */
export function pastRegister(modem: Modem): boolean {
  return modem.phase === "context" || modem.phase === "open" || modem.phase === "ready";
}

/** Texts need the network and their settings, and no context. */
export function canText(modem: Modem): boolean {
  return pastRegister(modem) && modem.sms.set && isRegistered(modem);
}

/** Tells the core what became of a text. */
export function tellText(modem: Modem, id: number, good: boolean): void {
  modem.outputs.push({
    kind: "input",
    input: { kind: "texted", atMs: modem.nowMs, id: id, good: good },
  });
}

/** The text that was begun has ended. Those behind it wait until they can leave. */
export function endText(modem: Modem, good: boolean): void {
  const sms = modem.sms;
  if (!sms.sending) return;
  sms.sending = false;
  tellText(modem, sms.texts[0].id, good);
  sms.texts = sms.texts.slice(1);
}

/** Tells the core what the radio can do now. */
export function tellRadio(modem: Modem): void {
  const state = modem.radio;
  const signalDbm = state === "ready" ? modem.signalDbm : 0;
  const texts = canText(modem);
  modem.textsTold = texts;
  modem.outputs.push({
    kind: "input",
    input: { kind: "radio", atMs: modem.nowMs, state: state, signalDbm: signalDbm, texts: texts },
  });
}

export function setRadio(modem: Modem, state: RadioState): void {
  if (modem.radio === state) return;
  modem.radio = state;
  tellRadio(modem);
}

export function setStep(modem: Modem, step: number): void {
  modem.step = step;
  modem.tries = 0;
  modem.stepMs = modem.nowMs;
}

/** Before it is heard again it needs a moment. */
export function setRest(modem: Modem, on: boolean): void {
  if (modem.resting === on) return;
  modem.resting = on;
  modem.channel.heardMs = modem.nowMs;
  modem.channel.gapMs = limits.restGapMs;
  modem.outputs.push({ kind: "rest", on: on });
}

/** Enters a phase at its first step; the core hears of it at once when "ready" ends. */
export function enterPhase(modem: Modem, phase: Phase): void {
  modem.phase = phase;
  modem.enteredMs = modem.nowMs;
  setStep(modem, 0);
  setRest(modem, false);
  if (phase !== "ready") modem.sends = []; // the core sends again, with a newer position
  if (!canText(modem)) endText(modem, false);
  if (phase === "setup") modem.sms = newSms(modem.sms.texts); // a start forgets its form [bg96 trap 10]
  if (hasVoice() && phase === "setup") setAnew(voiceOf(modem));
  setRadio(modem, radioOf(modem, phase));
}

/** Registration changed while searching: "denied" only when every registration is denied. */
export function tellSearch(modem: Modem): void {
  setRadio(modem, radioOf(modem, "register"));
}

/** A limit passed or the modem refused: the next rung of the ladder, behind this phase. */
export function climbBehind(modem: Modem, phase: Phase): void {
  modem.failures++;
  const turn = modem.failures % 4;
  // A power cycle has brought nothing: it may not heed its power key.
  const pin = modem.resets && (modem.rung === "power" || modem.failures % 8 === 0);
  modem.rung = turn === 3 ? "reset" : turn > 0 ? "retry" : pin ? "pin" : "power";
  // A restart would hang up on somebody [design §4].
  if (hasVoice() && talksStill(voiceOf(modem), modem.nowMs)) modem.rung = "retry";
  if (modem.failures >= 4000) modem.failures = 4;
  enterPhase(modem, phase);
}

export function climb(modem: Modem): void {
  climbBehind(modem, "pause");
}

/** No socket is ours any more: registration or context went. */
export function closeAll(modem: Modem): void {
  for (let at = 0; at < modem.sockets.length; at++) modem.sockets[at].open = false;
  modem.opening = { id: 0, step: "seek", tries: 0, sinceMs: modem.nowMs };
}

/** The modem lost its memory: whatever was running will get no answer any more. */
export function forgetModem(modem: Modem): void {
  clearChannel(modem.channel);
  if (hasVoice()) loseCalls(voiceOf(modem));
  modem.awake = false;
  modem.lte = -1;
  modem.gsm = -1;
  modem.gnssOn = false;
  modem.clockKnown = false;
  closeAll(modem);
}

export type Question = Omit<Command, "phase">;

export function ask(modem: Modem, question: Question): void {
  const text = startCommand(modem.channel, modem.nowMs, {
    tag: question.tag,
    phase: modem.phase,
    text: question.text,
    prefix: question.prefix,
    limitMs: question.limitMs,
  });
  modem.outputs.push({ kind: "write", text: text });
}
