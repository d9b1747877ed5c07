// The AT channel: one command at a time, answers read by line and by counted octets.
// Pure: it knows no state of the modem, sends nothing itself and holds no timer.

import { spanMs } from "../../protocol/span.ts";
import { hasVoice } from "../core/abilities.ts";
import { gapMs, settleMs } from "./limits.ts";
import type { Phase } from "./phase.ts";
import { fieldAt, fieldsOf, wholeOf } from "./text.ts";

export interface Command {
  /** What the driver calls it; comes back with the answer. */
  tag: string;
  /** Phase of the driver that asked; an answer for a phase that was left is passed over. */
  phase: Phase;
  text: string;
  /** Lines that belong to this command begin with it; "" when it has none [bg96 trap 3]. */
  prefix: string;
  /** The command's own limit: nothing else is sent before it passed or the answer came. */
  limitMs: number;
}

export interface Answer {
  command: Command;
  /** "sent" and "refused" are SEND OK and SEND FAIL; "silent" is the limit passed. */
  final: "ok" | "error" | "sent" | "refused" | "silent";
  /** Number of a CME error, else 0. */
  error: number;
  lines: string[];
  /** Counted octets, one character each. */
  payload: string;
}

export type ChannelEvent =
  | { kind: "answer"; answer: Answer }
  /** A line that no command waits for. */
  | { kind: "line"; line: string }
  /** The modem wants the body of the text or datagram that the running command began. */
  | { kind: "prompt" };

export interface Channel {
  text: string;
  /** Octets of a payload still to come; 0 while reading by line. */
  countLeft: number;
  payload: string;
  lines: string[];
  running: Command | undefined;
  /** The running command has had its prompt. */
  prompted: boolean;
  sentMs: number;
  /** When the last octet came, and the silence wanted after it. */
  heardMs: number;
  gapMs: number;
}

const lineMax = 1024;
const linesMax = 8;
/** Commands that may be asked for a body. */
const PROMPTED: string[] = ["smsText", "send"];

export function newChannel(nowMs: number): Channel {
  return {
    text: "",
    countLeft: 0,
    payload: "",
    lines: [],
    running: undefined,
    prompted: false,
    sentMs: nowMs,
    heardMs: nowMs,
    gapMs: gapMs,
  };
}

export function startCommand(channel: Channel, nowMs: number, command: Command): string {
  channel.running = command;
  channel.prompted = false;
  channel.gapMs = gapMs;
  channel.sentMs = nowMs;
  channel.lines = [];
  channel.payload = "";
  return command.text + "\r";
}

/** Forgets a half-read line and the running command: the modem restarted. */
export function clearChannel(channel: Channel): void {
  channel.running = undefined;
  channel.countLeft = 0;
  channel.lines = [];
  channel.payload = "";
}

/** Asks for a quiet line before the next command. */
export function holdChannel(channel: Channel): void {
  channel.gapMs = settleMs;
}

export function feedChannel(channel: Channel, nowMs: number, text: string): void {
  channel.text = channel.text + text;
  channel.heardMs = nowMs;
}

function finish(channel: Channel, command: Command, final: Answer["final"], error: number): Answer {
  const answer: Answer = {
    command: command,
    final: final,
    error: error,
    lines: channel.lines,
    payload: channel.payload,
  };
  clearChannel(channel);
  return answer;
}

function isFinal(line: string): boolean {
  return line === "OK" || line.indexOf("ERROR") >= 0;
}

/**
 * Milliseconds left for the running command; 0 when its limit passed, or when a message that is being
 * read has ended: a stranger's text may hold "OK" or "RDY" in a line of its own, so that only
 * silence behind a final line ends it [bg96 trap 4].
 */
export function commandLeftMs(channel: Channel, nowMs: number): number {
  const command = channel.running;
  if (command === undefined) return 0;
  const limitMs = command.limitMs - spanMs(nowMs, channel.sentMs);
  const lines = channel.lines;
  if (command.tag !== "smsRead" || lines.length === 0) return limitMs > 0 ? limitMs : 0;
  const quietMs = settleMs - spanMs(nowMs, channel.heardMs);
  const endMs = isFinal(lines[lines.length - 1]) && quietMs < limitMs ? quietMs : limitMs;
  return endMs > 0 ? endMs : 0;
}

/** The running command's answer when its time is over: "silent" unless a read message has ended. */
export function expireCommand(channel: Channel, nowMs: number): Answer | undefined {
  const command = channel.running;
  if (command === undefined || commandLeftMs(channel, nowMs) > 0) return undefined;
  if (spanMs(nowMs, channel.sentMs) < command.limitMs) return finish(channel, command, "ok", 0);
  channel.text = "";
  channel.payload = "";
  return finish(channel, command, "silent", 0);
}

/** Noise at wake is one octet outside the printable ones at either end. */
function cleanLine(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && (text.charCodeAt(from) < 32 || text.charCodeAt(from) > 126)) from++;
  while (from < to && (text.charCodeAt(to - 1) < 32 || text.charCodeAt(to - 1) > 126)) to--;
  return text.slice(from, to);
}

/** `+CEREG: <mode>,<state>,...`: the second field is no text; the unasked form has no mode. */
export function isReadForm(line: string): boolean {
  const fields = fieldsOf(line);
  return fields.length > 1 && fieldAt(fields, 1).charAt(0) !== '"';
}

function belongs(command: Command, line: string): boolean {
  if (command.prefix === "" || line.indexOf(command.prefix + ":") !== 0) return false;
  if (command.prefix === "+CEREG" || command.prefix === "+CGREG") return isReadForm(line);
  return true;
}

/** A modem may say what became of a call in the place of OK. */
function endsCall(command: Command, line: string): boolean {
  if (command.tag !== "callDial" && command.tag !== "callTake") return false;
  return line === "BUSY" || line.indexOf("NO ") === 0;
}

/** What a line means for the running command; undefined when more is to come. */
function judgeLine(channel: Channel, command: Command, line: string): ChannelEvent | undefined {
  if (command.tag === "smsRead") {
    if (channel.lines.length >= linesMax) channel.lines.pop();
    channel.lines.push(line);
    return undefined;
  }
  if (line.indexOf("AT") === 0) return undefined; // echo, on again after every restart
  if (line.indexOf("SEND") === 0 && command.tag === "send") {
    const final = line === "SEND FAIL" ? "refused" : "sent";
    return { kind: "answer", answer: finish(channel, command, final, 0) };
  }
  if (line === "OK" && command.tag !== "send") {
    return { kind: "answer", answer: finish(channel, command, "ok", 0) };
  }
  if (line === "CONNECT" && command.tag === "assist") return { kind: "prompt" };
  if (hasVoice() && endsCall(command, line)) {
    return { kind: "answer", answer: finish(channel, command, "error", 0) };
  }
  if (line === "ERROR") {
    return { kind: "answer", answer: finish(channel, command, "error", 0) };
  }
  if (line.indexOf("+CME ERROR:") === 0 || line.indexOf("+CMS ERROR:") === 0) {
    const code = wholeOf(line.slice(12));
    const error = code === undefined ? 0 : code;
    return { kind: "answer", answer: finish(channel, command, "error", error) };
  }
  if (!belongs(command, line)) return { kind: "line", line: line };
  if (channel.lines.length < linesMax) channel.lines.push(line);
  if (command.tag === "read") {
    const octets = wholeOf(fieldAt(fieldsOf(line), 0));
    if (octets !== undefined && octets > 0 && octets <= 1500) channel.countLeft = octets;
  }
  return undefined;
}

/** The next thing the modem said; undefined when the text so far holds no whole one. */
export function nextEvent(channel: Channel): ChannelEvent | undefined {
  while (true) {
    if (channel.countLeft > 0) {
      // Counted, never searched: the payload may hold "OK" or "+QIURC" [bg96 trap 4].
      if (channel.text.length < channel.countLeft) return undefined;
      channel.payload = channel.text.slice(0, channel.countLeft);
      channel.text = channel.text.slice(channel.countLeft);
      channel.countLeft = 0;
    }
    const end = channel.text.indexOf("\n");
    if (end < 0) {
      const asked = channel.running !== undefined && PROMPTED.indexOf(channel.running.tag) >= 0;
      if (asked && !channel.prompted && channel.text.charAt(0) === ">") {
        channel.text = "";
        channel.prompted = true;
        return { kind: "prompt" };
      }
      if (channel.text.length > lineMax) channel.text = "";
      return undefined;
    }
    const line = cleanLine(channel.text.slice(0, end));
    channel.text = channel.text.slice(end + 1);
    if (line !== "") {
      const command = channel.running;
      if (command === undefined) return { kind: "line", line: line };
      const event = judgeLine(channel, command, line);
      if (event !== undefined) return event;
    }
  }
}
