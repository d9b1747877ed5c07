// State of the simulated BG96 as one record, and the moves that all its parts make.
// Decides nothing: what a command or a fault does stands in the file of its subject.

import type { Clock } from "../../sdk/clock.ts";
import type { Chance } from "./chance.ts";
import type { FaultName, Faults } from "./faults.ts";
import type { Fix, Gnss } from "./gnss.ts";
import type { Callee, SimVoice } from "./modem-voice-state.ts";
import type { Endpoint, Network, UdpSocket } from "./network.ts";

export type ModemEventKind =
  | "power"
  | "command"
  | "answer"
  | "radio"
  | "sent"
  | "received"
  | "fix"
  | "sms"
  | "voice"
  | "fault"
  /** Something that a driver must never do. */
  | "violation";

export interface ModemEvent {
  readonly atMs: number;
  readonly kind: ModemEventKind;
  readonly text: string;
}

/** How long things take, in milliseconds. */
export interface Timing {
  readonly answerMs: number;
  /** Pulse to RDY, and RDY to APP RDY. */
  readonly readyMs: number;
  readonly appReadyMs: number;
  readonly simMs: number;
  readonly restartMs: number;
  readonly offMs: number;
  readonly registerMs: number;
  readonly activateMs: number;
  readonly openMs: number;
  /** Receiver on to its first fix. */
  readonly firstFixMs: number;
  /** The radio stays connected so long after the last datagram. */
  readonly connectedMs: number;
}

export const TIMING: Timing = {
  answerMs: 15,
  readyMs: 5000,
  appReadyMs: 2000,
  simMs: 600,
  restartMs: 3000,
  offMs: 2000,
  registerMs: 3000,
  activateMs: 400,
  openMs: 120,
  firstFixMs: 5000,
  connectedMs: 10000,
};

export interface ModemOptions {
  readonly clock: Clock;
  readonly network: Network;
  readonly gnss: Gnss;
  readonly chance: Chance;
  readonly faults: Faults;
  readonly log?: (event: ModemEvent) => void;
  readonly timing?: Partial<Timing>;
  /** False: the network grants no power saving, and the modem stays on. */
  readonly grants?: boolean;
  /** "on": powered, registered after `registerMs`. The default is "off". */
  readonly power?: "off" | "on";
  /** Nobody can press its power key: it comes back by itself 5 s after it went off. */
  readonly selfPowered?: boolean;
  /** Every network refuses this SIM. */
  readonly barred?: boolean;
  /** The only radio technology on the air; all where left out. */
  readonly air?: Technology;
  /** The operator that it finds by itself refuses this SIM. */
  readonly refused?: boolean;
  /** False: no SIM is fitted; "pin": one that wants its PIN. */
  readonly sim?: boolean | "pin";
  /** What the network says that time is; the clock's time where not given. */
  readonly networkTimeMs?: () => number;
  /** A text left for this number; the network's delay is the host's. */
  readonly onText?: (to: string, text: string) => void;
  /** Who is at this number when it is dialled; where it is left out the modem has no voice. */
  readonly callee?: (number: string) => Callee;
  /** What a host's name leads to, an address each; left out, all names lead to this machine. */
  readonly names?: (host: string) => readonly string[];
  /** The supply broke in for the processor too: the host restarts the pager. */
  readonly onBrownOut?: () => void;
}

export interface Inbox {
  octets: string;
  readonly from: Endpoint;
}

export interface SimSocket {
  readonly kind: "UDP" | "UDP SERVICE";
  readonly host: string;
  readonly port: number;
  readonly mode: number;
  /** Undefined for an id that an earlier life of the processor left behind. */
  readonly udp: UdpSocket | undefined;
  inbox: Inbox[];
  /** "recv" was said and not all was read since: it is not said again [bg96 trap 5]. */
  announced: boolean;
  readonly octets: { received: number; read: number };
}

export interface Message {
  readonly from: string;
  readonly text: string;
  readonly time: string;
  read: boolean;
}

export interface Prompt {
  /** Octets to be counted; -1 reads to Ctrl-Z. */
  left: number;
  text: string;
  done(text: string): void;
}

export type Power = "off" | "booting" | "on" | "stopping" | "asleep";

/** LTE-M, NB-IoT, GSM. */
export type Technology = "m1" | "nb" | "gsm";

export interface Sim {
  readonly options: ModemOptions;
  readonly timing: Timing;
  power: Power;
  /** Raised at each start and stop: timers of an earlier life do nothing. */
  life: number;
  /** Cancels what runs later. */
  readonly timers: Set<() => void>;
  powerMs: number;
  /** Settings that a restart forgets, and those kept in flash. */
  volatile: Map<string, string>;
  readonly stored: Map<string, string>;
  echo: boolean;
  fresh: boolean;
  input: string;
  prompt: Prompt | undefined;
  /** `orphan`: who asked can't know that this is owed: it restarted since, or was out of step. */
  running: { readonly name: string; readonly sinceMs: number; orphan: boolean } | undefined;
  /** The line's noise or a late answer: what the driver takes for answered is not what was. */
  outOfStep: boolean;
  /** When the line to the pager is free again. */
  freeMs: number;
  /** When the pager last got an octet. */
  heardMs: number;
  toPager: (text: string) => void;
  covered: boolean;
  /** Number of the cell that covers the place where it is. */
  cell: number;
  /** Technology that it searches by or is registered on; "" where it may use none that is there. */
  technology: Technology | "";
  /** The only one that is on the air, where not all are. */
  air: Technology | undefined;
  refused: boolean;
  /** Raised by each search: what an earlier one would have found is void. */
  search: number;
  /** Number of the card, "" where none is fitted, and whether it was found at the last start. */
  iccid: string;
  card: boolean;
  /** Hears nothing and says nothing until it is switched off. */
  hung: boolean;
  /** Nor does its power key end that. */
  locked: boolean;
  /** The pager's port is released; since when it is, or is not. */
  resting: boolean;
  restMs: number;
  registration: number;
  everRegistered: boolean;
  contextUp: boolean;
  connectedUntilMs: number;
  socketError: number;
  /** Said unasked inside the next answer. */
  midLines: string[];
  readonly sockets: (SimSocket | undefined)[];
  /** Datagrams that wait because the receiver has the radio. */
  held: (() => void)[];
  gnssOn: boolean;
  /** What its HTTP client was told, and whether it has it; when the receiver took a file. */
  url: string;
  fetched: boolean;
  assistMs: number | undefined;
  fixFromMs: number;
  staleUntilMs: number;
  lastFix: Fix | undefined;
  readonly messages: (Message | undefined)[];
  readonly voice: SimVoice;
  readonly violations: string[];
}

export function say(sim: Sim, kind: ModemEventKind, text: string): void {
  sim.options.log?.({ atMs: sim.options.clock.nowMs(), kind, text });
}

export function nowMs(sim: Sim): number {
  return sim.options.clock.nowMs();
}

/** Runs later, unless the modem restarted or stopped meanwhile. */
export function later(sim: Sim, ms: number, run: () => void): void {
  const life = sim.life;
  const cancel = sim.options.clock.after(ms, () => {
    sim.timers.delete(cancel);
    if (sim.life === life) run();
  });
  sim.timers.add(cancel);
}

/** For a modem that is taken away: a timer left behind would keep the process alive. */
export function cancelTimers(sim: Sim): void {
  for (const cancel of sim.timers) cancel();
  sim.timers.clear();
}

/** Does the fault strike at this opportunity? */
export function strikes(sim: Sim, name: FaultName): boolean {
  if (!sim.options.faults.strikes(name)) return false;
  say(sim, "fault", name);
  return true;
}

/** Lets a fault that comes by itself strike after its time. */
export function awaitFault(sim: Sim, name: FaultName, run: () => void): void {
  const waitMs = sim.options.faults.waitMs(name);
  if (waitMs === undefined) return;
  later(sim, waitMs, () => {
    // The weather may have cleared meanwhile.
    if (sim.options.faults.waitMs(name) === undefined) return;
    sim.options.faults.struck(name);
    say(sim, "fault", name);
    run();
  });
}

export function octetsOf(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 255);
}

export function textOf(octets: Uint8Array): string {
  return Buffer.from(octets).toString("latin1");
}
