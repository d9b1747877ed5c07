// The simulated BG96: octets in, octets out, over any byte stream; sockets, sky and time handed in.
// This file only reads commands and paces answers; each subject has its own `modem-*.ts`.

import { emit, emitLine, withNoise } from "./modem-line.ts";
import { GNSS } from "./modem-gnss.ts";
import { armSleep, boot, brownOut, pulse, restart } from "./modem-power.ts";
import { restoreNetwork, RADIO } from "./modem-radio.ts";
import { ERROR, type Handlers, type Reply, readCall, splitOutside } from "./modem-reply.ts";
import { SETTINGS } from "./modem-settings.ts";
import { newMessages, SMS, storeMessage } from "./modem-sms.ts";
import { closeSockets, leaveSockets, SOCKETS } from "./modem-sockets.ts";
import {
  later,
  type ModemOptions,
  nowMs,
  type Power,
  type Sim,
  say,
  strikes,
  TIMING,
} from "./modem-state.ts";

const HANDLERS: Handlers = { ...SETTINGS, ...RADIO, ...SOCKETS, ...GNSS, ...SMS };
const LATE_MS = 16000;
const INPUT_MAX = 4096;
const GAP_MS = 20;
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
  "+CMGS": 120000,
  "+QIACT": 150000,
};
const LIMIT_MS = 2000;

export interface SimModem {
  /** Octets from the pager, one character each, cut anywhere. */
  fromPager(text: string): void;
  onToPager(listen: (text: string) => void): void;
  /** The power key was held for so many milliseconds. */
  powerKey(ms: number): void;
  /** A short message from the network; false when it vanished in a full store. */
  deliverMessage(from: string, text: string): boolean;
  readonly power: Power;
  readonly registration: number;
  readonly gnssOn: boolean;
  /** What a driver did that it must not; empty for a good one. */
  readonly violations: readonly string[];
  close(): void;
}

function newSim(options: ModemOptions): Sim {
  return {
    options,
    timing: { ...TIMING, ...options.timing },
    power: "off",
    life: 0,
    powerMs: options.clock.nowMs(),
    volatile: new Map(),
    stored: new Map(),
    echo: true,
    fresh: true,
    input: "",
    prompt: undefined,
    running: undefined,
    freeMs: Number.NEGATIVE_INFINITY,
    heardMs: Number.NEGATIVE_INFINITY,
    toPager: () => undefined,
    registration: 0,
    everRegistered: false,
    contextUp: false,
    connectedUntilMs: 0,
    socketError: 0,
    sockets: Array.from({ length: 12 }),
    held: [],
    gnssOn: false,
    fixFromMs: 0,
    staleUntilMs: 0,
    lastFix: undefined,
    messages: newMessages(),
    violations: [],
  };
}

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
      emit(sim, "\r\n> ");
      sim.prompt = { ...prompt, text: "", done: (text) => settle(sim, name, prompt.done(text)) };
      readOn(sim);
    });
    return;
  }
  const lateMs = name !== "" && strikes(sim, "answerLate") ? LATE_MS : 0;
  later(sim, sim.timing.answerMs + (reply.delayMs ?? 0) + lateMs, () => finish(sim, reply));
}

/** Several commands in one line share one answer, which ends at the first that fails. */
function runCommands(sim: Sim, text: string): { name: string; reply: Reply } {
  let name = "";
  let whole: Reply = {};
  for (const part of splitOutside(text, ";")) {
    const call = readCall(part.trim());
    const handler = call === undefined ? undefined : HANDLERS[call.name];
    name = call?.name ?? "?";
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
  sim.running = { name: "", sinceMs: nowMs(sim) };
  const { name, reply } = runCommands(sim, command[1]);
  sim.running = { name, sinceMs: nowMs(sim) };
  settle(sim, name, reply);
}

/** Octets for a prompt: counted, or to Ctrl-Z or Escape. */
function feedPrompt(sim: Sim): boolean {
  const prompt = sim.prompt;
  if (prompt === undefined) return false;
  const end = prompt.left >= 0 ? prompt.left - prompt.text.length : sim.input.search(/[\x1a\x1b]/) + 1;
  const length = prompt.left < 0 && end === 0 ? sim.input.length : Math.min(end, sim.input.length);
  prompt.text += sim.input.slice(0, length);
  sim.input = sim.input.slice(length);
  const done = prompt.left >= 0 ? prompt.text.length >= prompt.left : end > 0;
  if (!done) return false;
  sim.prompt = undefined;
  prompt.done(prompt.left >= 0 ? prompt.text : prompt.text.replace(/\x1a$/, ""));
  return true;
}

/** Reads what has come, as far as a running command lets it. */
function readOn(sim: Sim): void {
  while (sim.input !== "") {
    if (sim.prompt !== undefined) {
      if (!feedPrompt(sim)) return;
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
    if (owedMs < (LIMITS_MS[running.name] ?? LIMIT_MS)) {
      violate(sim, `sent ${owedMs} ms after ${running.name}, whose answer is owed`);
    }
  } else if (sim.input === "" && now - sim.heardMs < GAP_MS) {
    violate(sim, `sent ${now - sim.heardMs} ms after the last line`);
  }
}

function fromPager(sim: Sim, text: string): void {
  if (sim.power !== "on" || text === "") return;
  watchDriver(sim);
  sim.input = (sim.input + withNoise(sim, text)).slice(-INPUT_MAX);
  readOn(sim);
}

/** Found switched on: alone, or left by an earlier life of the processor with context and ids. */
function beginOn(sim: Sim, left: boolean): void {
  sim.power = "on";
  sim.powerMs = nowMs(sim) - sim.timing.readyMs;
  sim.fresh = false;
  restoreNetwork(sim, left);
  armSleep(sim);
  if (left) leaveSockets(sim);
}

export function createModem(options: ModemOptions): SimModem {
  const sim = newSim(options);
  if (strikes(sim, "alreadyOn")) beginOn(sim, true);
  else if (options.power === "on") beginOn(sim, false);
  else if (options.selfPowered === true) boot(sim, sim.timing.readyMs);
  return {
    fromPager: (text) => fromPager(sim, text),
    onToPager(listen) {
      sim.toPager = listen;
    },
    powerKey: (ms) => pulse(sim, ms),
    deliverMessage: (from, text) => storeMessage(sim, from, text),
    get power() {
      return sim.power;
    },
    get registration() {
      return sim.registration;
    },
    get gnssOn() {
      return sim.gnssOn;
    },
    violations: sim.violations,
    close() {
      closeSockets(sim);
      sim.life++;
      sim.power = "off";
    },
  };
}
