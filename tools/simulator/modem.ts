// The simulated BG96: octets in, octets out, over any byte stream; sockets, sky and time handed in.
// This file only builds it; reading is in modem-reader.ts, each subject in a `modem-*.ts`.

import { FIRST_CELL } from "./gnss.ts";
import { awaitTroubles, boot, pulse, reset, rest } from "./modem-power.ts";
import { loseCard, restoreNetwork, setCell, setCoverage } from "./modem-radio.ts";
import { fromPager } from "./modem-reader.ts";
import { newMessages, storeMessage } from "./modem-sms.ts";
import { closeSockets, leaveSockets } from "./modem-sockets.ts";
import {
  cancelTimers,
  type ModemOptions,
  nowMs,
  type Power,
  type Sim,
  strikes,
  TIMING,
} from "./modem-state.ts";
import { callIn, endByFar } from "./modem-voice.ts";
import { newVoice, type SimCall } from "./modem-voice-state.ts";

export interface SimModem {
  /** Octets from the pager, one character each, cut anywhere. */
  fromPager(text: string): void;
  onToPager(listen: (text: string) => void): void;
  /** The pager released its port and lets the modem sleep, or is there again. */
  rest(on: boolean): void;
  /** The power key was held for so many milliseconds. */
  powerKey(ms: number): void;
  /** Its reset pin was. */
  resetPin(ms: number): void;
  /** A short message from the network; false when it vanished in a full store. */
  deliverMessage(from: string, text: string): boolean;
  /** Somebody calls, and rings until it is picked up or ended; "" shows no number. */
  callIn(number: string): void;
  /** The far end, or who calls, puts down. */
  farEndEnds(): void;
  /** Calls as they are. */
  readonly calls: readonly SimCall[];
  /** The processor restarts and forgets what it asked. */
  processorRestarts(): void;
  /** It is carried into coverage or out of it; covered at first. */
  setCoverage(covered: boolean): void;
  /** It is carried into the cell of this number. */
  setCell(cell: number): void;
  /** Another card is put in, which is found at the next start. */
  swapCard(iccid: string): void;
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
    timers: new Set(),
    powerMs: options.clock.nowMs(),
    volatile: new Map(),
    stored: new Map(),
    echo: true,
    fresh: true,
    input: "",
    prompt: undefined,
    running: undefined,
    outOfStep: false,
    freeMs: Number.NEGATIVE_INFINITY,
    heardMs: Number.NEGATIVE_INFINITY,
    toPager: () => undefined,
    covered: true,
    cell: options.gnss.cell?.() ?? FIRST_CELL,
    technology: "m1",
    air: options.air,
    refused: options.refused === true,
    search: 0,
    iccid: options.sim === false ? "" : "89860012345678901234",
    card: options.sim !== false,
    hung: false,
    locked: false,
    resting: false,
    restMs: Number.NEGATIVE_INFINITY,
    registration: 0,
    everRegistered: false,
    contextUp: false,
    connectedUntilMs: 0,
    socketError: 0,
    midLines: [],
    sockets: Array.from({ length: 12 }),
    held: [],
    gnssOn: false,
    url: "",
    fetched: false,
    assistMs: undefined,
    fixFromMs: 0,
    staleUntilMs: 0,
    lastFix: undefined,
    messages: newMessages(),
    voice: newVoice(),
    violations: [],
  };
}

/** Found switched on: alone, or left by an earlier life of the processor with context and ids. */
function beginOn(sim: Sim, left: boolean): void {
  sim.power = "on";
  sim.powerMs = nowMs(sim) - sim.timing.readyMs;
  sim.fresh = false;
  restoreNetwork(sim, left);
  awaitTroubles(sim);
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
    rest: (on) => rest(sim, on),
    powerKey: (ms) => pulse(sim, ms),
    resetPin: (ms) => reset(sim, ms),
    deliverMessage: (from, text) => storeMessage(sim, from, text),
    callIn: (number) => callIn(sim, number),
    farEndEnds: () => endByFar(sim),
    get calls() {
      return sim.voice.calls;
    },
    processorRestarts() {
      if (sim.running !== undefined) sim.running.orphan = true;
    },
    setCoverage: (covered) => setCoverage(sim, covered),
    setCell: (cell) => setCell(sim, cell),
    swapCard(iccid) {
      sim.iccid = iccid;
      loseCard(sim);
    },
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
      cancelTimers(sim);
      sim.life++;
      sim.power = "off";
    },
  };
}
