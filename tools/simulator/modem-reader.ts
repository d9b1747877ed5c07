// How the simulated modem reads commands and paces answers: one at a time, prompts counted.
// Knows no command; the tables of handlers come from the file of each subject.

import { ASSIST } from "./modem-assist.ts";
import { GNSS } from "./modem-gnss.ts";
import { emit, emitLine, withNoise } from "./modem-line.ts";
import { NAMES } from "./modem-names.ts";
import { brownOut, restart } from "./modem-power.ts";
import { RADIO } from "./modem-radio.ts";
import {
  type Call,
  ERROR,
  type Handlers,
  type Reply,
  readCall,
  splitOutside,
} from "./modem-reply.ts";
import { SETTINGS } from "./modem-settings.ts";
import { SMS } from "./modem-sms.ts";
import { SOCKETS } from "./modem-sockets.ts";
import { later, nowMs, type Prompt, type Sim, say, strikes } from "./modem-state.ts";
import { cancelHeld, isCalled, VOICE } from "./modem-voice.ts";

const HANDLERS: Handlers = {
  ...SETTINGS,
  ...RADIO,
  ...NAMES,
  ...SOCKETS,
  ...GNSS,
  ...ASSIST,
  ...SMS,
  ...VOICE,
};
const LATE_MS = 16000;
const INPUT_MAX = 4096;
const GAP_MS = 20;
/** Behind its sleep it hears nothing for so long; no manual that we have says how long. */
const WAKE_MS = 50;
/** What the line's noise has made of a command. */
const UNKNOWN = "?";
const CTRL_Z = "\x1a";
const ESCAPE = "\x1b";
/** A driver may not send again sooner than this while an answer is owed [bg96 trap 3]. */
const LIMITS_MS: Readonly<Record<string, number>> = {
  "": 0,
  "+COPS": 0,
  "+QISEND": 5000,
  "+QISENDEX": 5000,
  "+QIRD": 5000,
  "+CFUN": 15000,
  "+QIDEACT": 40000,
  "+QPOWD": 40000,
  "+CPSMS": 60000,
  "+CEDRXS": 60000,
  // It may take 120 s, but from 60 s on it is a step on the driver's ladder [pager §2.6].
  "+CMGS": 60000,
  D: 5000,
  A: 10000,
  "+QIACT": 150000,
};
const LIMIT_MS = 2000;
/** A driver's clock may run a little faster than ours. */
const DRIFT = 0.999;

function violate(sim: Sim, text: string): void {
  sim.violations.push(text);
  say(sim, "violation", text);
}

function answerText(reply: Reply): string {
  const lines = reply.lines ?? [];
  const final = reply.final ?? "OK";
  let text = lines.map((line) => `\r\n${line}\r\n`).join("");
  if (reply.body !== undefined) text += `${reply.body}\r\n`;
  return final === "" ? text : `${text}\r\n${final}\r\n`;
}

/** Puts the answer on the line, with an unasked line in its midst where that fault strikes. */
function finish(sim: Sim, reply: Reply): void {
  sim.running = undefined;
  const final = reply.final ?? "OK";
  say(sim, "answer", [...(reply.lines ?? []), final].filter((text) => text !== "").join(" / "));
  if (final !== "" && strikes(sim, "urcInAnswer")) {
    emit(sim, answerText({ ...reply, final: "" }));
    emitLine(sim, '+CMTI: "ME",3');
    emit(sim, `\r\n${final}\r\n`);
  } else if (isCalled(sim) && strikes(sim, "ringInAnswer")) {
    emit(sim, answerText({ ...reply, final: "" }));
    emitLine(sim, "RING");
    emit(sim, final === "" ? "" : `\r\n${final}\r\n`);
  } else if (final !== "" && sim.midLines.length > 0) {
    emit(sim, answerText({ ...reply, final: "" }));
    for (const line of sim.midLines.splice(0)) emitLine(sim, line);
    emit(sim, `\r\n${final}\r\n`);
  } else emit(sim, answerText(reply));
  reply.after?.();
  if (reply.restart === true) restart(sim);
  readOn(sim);
}

function settle(sim: Sim, name: string, reply: Reply): void {
  if (reply.brownOut !== undefined) {
    brownOut(sim);
    if (reply.brownOut === "both") sim.options.onBrownOut?.();
    return;
  }
  if (reply.prompt !== undefined) {
    const prompt = reply.prompt;
    later(sim, sim.timing.answerMs, () => {
      emit(sim, prompt.word === undefined ? "\r\n> " : `\r\n${prompt.word}\r\n`);
      sim.prompt = { ...prompt, text: "", done: (text) => settle(sim, name, prompt.done(text)) };
      readOn(sim);
    });
    return;
  }
  if (reply.held !== undefined) {
    reply.held((end) => finish(sim, end));
    return;
  }
  const lateMs = name !== "" && name !== UNKNOWN && strikes(sim, "answerLate") ? LATE_MS : 0;
  later(sim, sim.timing.answerMs + (reply.delayMs ?? 0) + lateMs, () => finish(sim, reply));
}

/** Drivers say the same few lines all day long: each is read once. */
const known = new Map<string, readonly (Call | undefined)[]>();
const KNOWN_MAX = 200;
const KNOWN_LETTERS_MAX = 40;

function callsOf(text: string): readonly (Call | undefined)[] {
  const before = known.get(text);
  if (before !== undefined) return before;
  // The mark behind a number says that the call is one by voice.
  const parts = /^D/i.test(text) ? [text] : splitOutside(text, ";");
  const calls = parts.map((part) => readCall(part.trim()));
  if (text.length <= KNOWN_LETTERS_MAX && known.size < KNOWN_MAX) known.set(text, calls);
  return calls;
}

/** Several commands in one line share one answer, which ends at the first that fails. */
function runCommands(sim: Sim, text: string): { name: string; reply: Reply } {
  let name = "";
  let whole: Reply = {};
  for (const call of callsOf(text)) {
    const handler = call === undefined ? undefined : HANDLERS[call.name];
    name = call?.name ?? UNKNOWN;
    const reply = call === undefined || handler === undefined ? ERROR : handler(sim, call);
    whole = { ...reply, lines: [...(whole.lines ?? []), ...(reply.lines ?? [])] };
    if (reply.final !== undefined) break;
  }
  return { name, reply: whole };
}

function runLine(sim: Sim, line: string): void {
  const fresh = sim.fresh;
  sim.fresh = false;
  if (fresh && strikes(sim, "firstAtLost")) return;
  if (sim.echo) emit(sim, `${line}\r`);
  const command = /^\s*AT(.*)$/is.exec(line);
  if (command === null) return;
  say(sim, "command", line.trim());
  const sinceMs = nowMs(sim);
  const orphan = sim.outOfStep;
  sim.running = { name: "", sinceMs, orphan };
  const { name, reply } = runCommands(sim, command[1]);
  sim.running = { name, sinceMs, orphan };
  settle(sim, name, reply);
}

/** How many octets of the input belong to the prompt, and whether they are its last. */
function promptShare(prompt: Prompt, input: string): { length: number; last: boolean } {
  if (prompt.left >= 0) {
    const length = Math.min(prompt.left - prompt.text.length, input.length);
    return { length, last: prompt.text.length + length >= prompt.left };
  }
  const ends = [input.indexOf(CTRL_Z), input.indexOf(ESCAPE)].filter((at) => at >= 0);
  if (ends.length === 0) return { length: input.length, last: false };
  return { length: Math.min(...ends) + 1, last: true };
}

/** Octets for a prompt: counted, or to Ctrl-Z or Escape. */
function feedPrompt(sim: Sim, prompt: Prompt): boolean {
  const { length, last } = promptShare(prompt, sim.input);
  prompt.text += sim.input.slice(0, length);
  sim.input = sim.input.slice(length);
  if (!last) return false;
  sim.prompt = undefined;
  const text =
    prompt.text.endsWith(CTRL_Z) && prompt.left < 0 ? prompt.text.slice(0, -1) : prompt.text;
  prompt.done(text);
  return true;
}

/** Reads what has come, as far as a running command lets it. */
function readOn(sim: Sim): void {
  while (sim.input !== "") {
    if (sim.prompt !== undefined) {
      if (!feedPrompt(sim, sim.prompt)) return;
    } else {
      const end = sim.input.indexOf("\r");
      if (end < 0 || sim.running !== undefined) return;
      const line = sim.input.slice(0, end).replaceAll("\n", "");
      sim.input = sim.input.slice(end + 1);
      runLine(sim, line);
    }
  }
}

function watchDriver(sim: Sim): void {
  const now = nowMs(sim);
  const running = sim.running;
  if (sim.prompt !== undefined) return;
  if (running !== undefined) {
    const owedMs = now - running.sinceMs;
    if (running.orphan) return;
    if (owedMs < (LIMITS_MS[running.name] ?? LIMIT_MS) * DRIFT) {
      violate(sim, `sent ${owedMs} ms after ${running.name}, whose answer is owed`);
    }
  } else if (sim.input === "" && now - sim.heardMs < GAP_MS) {
    violate(sim, `sent ${now - sim.heardMs} ms after the last line`);
  }
}

/** Octets from the pager; lost while the modem is not on. */
export function fromPager(sim: Sim, text: string): void {
  if (sim.power !== "on" || sim.hung || text === "") return;
  if (sim.resting || nowMs(sim) - sim.restMs < WAKE_MS) {
    violate(sim, "sent to a modem whose port is released, or was just now");
    return;
  }
  watchDriver(sim);
  cancelHeld(sim);
  const heard = withNoise(sim, text);
  sim.outOfStep = heard !== text || sim.running !== undefined || sim.input !== "";
  sim.input = (sim.input + heard).slice(-INPUT_MAX);
  readOn(sim);
}
