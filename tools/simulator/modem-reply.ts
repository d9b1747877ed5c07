// The form of commands and answers of the simulated modem, and its error texts.
// Pure: neither a state nor a stream is touched here.

import type { Sim } from "./modem-state.ts";

export interface Call {
  /** `+QIOPEN`, `E`, `I`, `&F`, "" for a bare AT. */
  readonly name: string;
  /** AT+X=..., AT+X?, AT+X=?, AT+X */
  readonly form: "set" | "read" | "test" | "run";
  /** Arguments without their quotes. */
  readonly args: readonly string[];
}

export interface Reply {
  readonly lines?: readonly string[];
  /** Counted octets behind the first line. */
  readonly body?: string;
  /** "OK" when left out; "" for none. */
  readonly final?: string;
  /** On top of the usual time. */
  readonly delayMs?: number;
  /** Runs when the answer is on the line. */
  readonly after?: () => void;
  /** Octets are asked for first: so many, or -1 up to Ctrl-Z; `done` gives the answer. */
  readonly prompt?: { readonly left: number; readonly word?: string; done(text: string): Reply };
  /** The answer comes when this is called with it, however late. */
  readonly held?: (done: (reply: Reply) => void) => void;
  /** When the answer is on the line the modem starts again. */
  readonly restart?: boolean;
  /** No answer: the supply breaks in now, for the modem or for the processor too. */
  readonly brownOut?: "modem" | "both";
}

export type Handler = (sim: Sim, call: Call) => Reply;
export type Handlers = Readonly<Record<string, Handler>>;

export const OK: Reply = {};
export const ERROR: Reply = { final: "ERROR" };

const ERROR_TEXTS: Readonly<Record<number, string>> = {
  3: "operation not allowed",
  4: "operation not supported",
  30: "no network service",
  10: "SIM not inserted",
  13: "SIM failure",
  14: "SIM busy",
  50: "incorrect parameters",
  501: "Invalid parameter(s)",
  504: "Session is ongoing",
  505: "Session not active",
  506: "Operation timeout",
  509: "XTRA is not enabled",
  516: "Not fixed now",
};

export const SOCKET_ERRORS: Readonly<Record<number, string>> = {
  0: "operate successfully",
  550: "unknown error",
  552: "invalid parameters",
  556: "socket bind failed",
  558: "socket write failed",
  561: "open PDP context failed",
  563: "socket identity has been used",
  566: "socket connect failed",
  570: "PDP context broken down",
};

/** An error in the form that `AT+CMEE` asked for. */
export function cmeError(sim: Sim, code: number): Reply {
  const form = sim.volatile.get("+CMEE") ?? "0";
  if (form === "0") return ERROR;
  const text = form === "2" ? (ERROR_TEXTS[code] ?? String(code)) : String(code);
  return { final: `+CME ERROR: ${text}` };
}

/** Splits at a mark outside quotes. */
export function splitOutside(text: string, mark: string): string[] {
  const parts = [""];
  let quoted = false;
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    if (letter === mark && !quoted) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts;
}

const unquote = (text: string) => text.trim().replace(/^"(.*)"$/, "$1");

/** One command without its AT; undefined when it has no known form. */
export function readCall(text: string): Call | undefined {
  if (text === "") return { name: "", form: "run", args: [] };
  const extended = /^(\+[A-Z0-9]+)(=\?|\?|=(.*))?$/is.exec(text);
  if (extended !== null) {
    const name = extended[1].toUpperCase();
    if (extended[2] === undefined) return { name, form: "run", args: [] };
    if (extended[2] === "?") return { name, form: "read", args: [] };
    if (extended[2] === "=?") return { name, form: "test", args: [] };
    return { name, form: "set", args: splitOutside(extended[3], ",").map(unquote) };
  }
  const dial = /^D(\+?\d+);$/i.exec(text);
  if (dial !== null) return { name: "D", form: "run", args: [dial[1]] };
  const basic = /^(&?[A-Z])(\d*)$/i.exec(text);
  if (basic === null) return undefined;
  return { name: basic[1].toUpperCase(), form: "run", args: [basic[2]] };
}
