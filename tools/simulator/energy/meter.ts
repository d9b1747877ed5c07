// How long a pager's modem, port, receiver, motor and light were in which state, from what is seen.
// Knows no current, and looks into no state: the modem's own events, cues and steps are all it has.

import { type CueName, cueOf } from "../../../firmware/core/cues.ts";
import type { Clock } from "../../../sdk/clock.ts";
import type { ModemEvent } from "../modem-state.ts";
import type { Usage } from "./currents.ts";

/** The radio lets go of the network so long after the last datagram; then the next one connects anew. */
const CONNECTED_MS = 10000;
const REGISTERED = ["1", "5"];

export interface Meter {
  modem(event: ModemEvent): void;
  cue(name: CueName): void;
  /** Whether the accelerometer runs from now on. */
  sensor(runs: boolean): void;
  step(): void;
  /** What was counted since the last call. */
  read(): Usage;
}

function blank(): Usage {
  return {
    spanS: 0,
    offS: 0,
    savingS: 0,
    flightS: 0,
    searchS: 0,
    asleepS: 0,
    awakeS: 0,
    connections: 0,
    gnssS: 0,
    sensorS: 0,
    uartS: 0,
    steps: 0,
    motorS: 0,
    lightS: 0,
  };
}

/** What many small spans have left behind the milliseconds is no time. */
const wholeMs = (seconds: number) => Math.round(seconds * 1000) / 1000;

/** Steps are milliseconds on, off, on, ... */
function onS(steps: readonly number[]): number {
  let ms = 0;
  for (let at = 0; at < steps.length; at += 2) ms += steps[at];
  return ms / 1000;
}

export function createMeter(clock: Clock): Meter {
  let usage = blank();
  let sinceMs = clock.nowMs();
  let connectedMs = Number.NEGATIVE_INFINITY;
  const is = {
    power: "off",
    registered: false,
    gnss: false,
    sensor: false,
    flight: false,
    port: true,
    slow: false,
    steady: false,
  };

  function modemState(): "offS" | "savingS" | "flightS" | "searchS" | "asleepS" | "awakeS" {
    if (is.power === "off") return "offS";
    if (is.power === "asleep") return "savingS";
    // The receiver's figure was measured with the radio off, and is that of the whole modem.
    if (is.power === "on" && is.flight) return is.port && !is.gnss ? "awakeS" : "flightS";
    if (is.power !== "on" || !is.registered) return "searchS";
    return !is.port && is.slow ? "asleepS" : "awakeS";
  }

  /** Brings every count to this moment. */
  function settle(): void {
    const spanS = (clock.nowMs() - sinceMs) / 1000;
    sinceMs = clock.nowMs();
    usage.spanS += spanS;
    usage[modemState()] += spanS;
    if (is.gnss) usage.gnssS += spanS;
    if (is.sensor) usage.sensorS += spanS;
    if (is.port) usage.uartS += spanS;
    if (is.steady) usage.lightS += spanS;
  }

  function connect(): void {
    const nowMs = clock.nowMs();
    if (nowMs - connectedMs > CONNECTED_MS) usage.connections++;
    connectedMs = nowMs;
  }

  function notePower(text: string): void {
    if (text.startsWith("port ")) is.port = text === "port there";
    if (!["off", "booting", "on", "stopping", "asleep"].includes(text)) return;
    is.power = text;
    is.registered = false;
    is.flight = false;
    is.gnss = false;
    is.slow = false;
  }

  function noteRadio(text: string): void {
    const [word, state] = text.split(" ");
    if (word !== "registration") return;
    is.registered = REGISTERED.includes(state);
    if (is.registered) connect();
  }

  return {
    modem({ kind, text }) {
      settle();
      if (kind === "power") notePower(text);
      if (kind === "radio") noteRadio(text);
      if (kind === "sent" || kind === "received" || kind === "sms") connect();
      if (kind === "command" && text === "AT+QSCLK=1") is.slow = true;
      if (kind === "command" && text.startsWith("AT+CFUN=")) is.flight = text === "AT+CFUN=4";
      if (kind === "command" && text.startsWith("AT+QGPS=1")) is.gnss = true;
      if (kind === "command" && text === "AT+QGPSEND") is.gnss = false;
    },
    cue(name) {
      settle();
      const cue = cueOf(name);
      usage.motorS += onS(cue.vibration);
      usage.lightS += onS(cue.light.steps);
      is.steady = cue.steady !== "off";
    },
    sensor(runs) {
      settle();
      is.sensor = runs;
    },
    step() {
      usage.steps++;
    },
    read() {
      settle();
      const counted = Object.entries(usage).map(([name, value]) => [name, wholeMs(value)]);
      usage = blank();
      return Object.fromEntries(counted);
    },
  };
}
