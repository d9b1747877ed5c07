// A board of Espruino in the simulated host, as conformance.ts looks at it: calls go over the console.
// Knows pins by the wiring that is handed in, and decides nothing.

import type { Bytes } from "../../protocol/machine.ts";
import { createVirtualClock, type VirtualClock } from "../../tools/simulator/clock.ts";
import { createHostStorage, type HostStorage } from "../../tools/simulator/espruino/storage.ts";
import { createEspruinoHost } from "../../tools/simulator/espruino-host.ts";
import type { BoardFace } from "./conformance.ts";

/** Which pin does what; where lights hang on the supply low is lit. */
export interface Wiring {
  readonly key: string;
  readonly red: string;
  readonly green: string;
  readonly motor: string;
  readonly powerKey: string;
  /** Of the modem; absent where it is not wired. */
  readonly reset?: string;
  readonly lit: 0 | 1;
}

export interface HostBoard {
  readonly code: string;
  /** Which of the host's two: a chip, or the interpreter on Linux. */
  readonly host: "rak5010" | "espruino-linux";
  /** None on Linux. */
  readonly wiring?: Wiring;
  /** What the converter reads of the battery, as a fraction of its supply. */
  readonly analog: number;
}

interface Life {
  readonly clock: VirtualClock;
  readonly storage: HostStorage;
}

const text = (octets: Bytes) => `new Uint8Array([${Array.from(octets).join()}])`;

/** Calls of the board as lines at the console. */
function boardOver(evaluate: (line: string) => string): BoardFace["board"] {
  const truth = (line: string) => evaluate(line) === "true";
  const number = (line: string) => Number(evaluate(line));
  const octets = (line: string) => evaluate(`[].slice.call(${line}).join()`).split(",").map(Number);
  return {
    roundMsMax: number("board.roundMsMax"),
    code: number("board.code"),
    outputs: number("board.outputs"),
    nowMs: () => number("board.nowMs()"),
    seed: () => number("board.seed()"),
    keyDown: () => truth("board.keyDown()"),
    readPage: (page) => octets(`board.readPage(${page})`),
    writePage: (page, at, bytes) => truth(`board.writePage(${page}, ${at}, ${text(bytes)})`),
    erasePage: (page) => truth(`board.erasePage(${page})`),
    batteryMv: () => number("board.batteryMv()"),
    charging: () => truth("board.charging()"),
    wakeIn: (ms) => void evaluate(`board.wakeIn(${ms})`),
    serialWrite: (said) => void evaluate(`board.serialWrite(${JSON.stringify(said)})`),
    pulsePowerKey: (ms) => void evaluate(`board.pulsePowerKey(${ms})`),
    pulseReset: (ms) => void evaluate(`board.pulseReset(${ms})`),
    modemRest: (on) => void evaluate(`board.modemRest(${on})`),
    console: (open) => void evaluate(`board.console(${open})`),
    print: (said) => void evaluate(`board.print(${JSON.stringify(said)})`),
    kickWatchdog: () => void evaluate("board.kickWatchdog()"),
    restart: () => void evaluate("board.restart()"),
    chip: () => octets("board.chip()"),
    log: (event, alarm, detail) => void evaluate(`board.log(${event}, ${alarm}, ${detail})`),
  };
}

/** What pins tell of it. */
function createPins({ wiring }: HostBoard, clock: VirtualClock) {
  const levels: Record<string, number> = {};
  const pulses: number[] = [];
  const resets: number[] = [];
  let pulseMs = 0;
  const isLit = (pin: string) => levels[pin] === wiring?.lit;
  return {
    pulses,
    resets,
    onPin(pin: string, level: number) {
      const ended = levels[pin] === 1 && level === 0;
      const isKey = pin === wiring?.powerKey;
      const isReset = pin === wiring?.reset;
      if ((isKey || isReset) && level === 1) pulseMs = clock.nowMs();
      if (ended && isKey) pulses.push(clock.nowMs() - pulseMs);
      if (ended && isReset) resets.push(clock.nowMs() - pulseMs);
      levels[pin] = level;
    },
    light({ red, green }: Wiring): string {
      if (isLit(red)) return isLit(green) ? "amber" : "red";
      return isLit(green) ? "green" : "off";
    },
    moves: ({ motor }: Wiring) => isLit(motor),
  };
}

function start(kind: HostBoard, { clock, storage }: Life): BoardFace {
  const { wiring } = kind;
  const pins = createPins(kind, clock);
  let written = "";
  let refused = false;
  let ended = false;
  const host = createEspruinoHost({
    code: kind.code,
    board: kind.host,
    clock,
    storage,
    analog: () => kind.analog,
    onWrite(said) {
      written += said;
    },
    onLine(line) {
      if (line.startsWith("Uncaught")) throw new Error(line);
    },
    onPin: pins.onPin,
    onWatchdog() {
      ended = true;
    },
    storageChance() {
      const outcome = refused ? "fails" : "good";
      refused = false;
      return outcome;
    },
  });
  const face: BoardFace = {
    board: boardOver(host.evaluate),
    clock,
    woken: () => Number(host.evaluate("woken()")),
    written: () => written,
    refuseNext() {
      refused = true;
    },
    restarted() {
      host.kill();
      return start(kind, { clock, storage });
    },
    edges: () => host.evaluate("edges()"),
    isEnded: () => ended,
    setKey: (down) => void host.evaluate(`setKey(${down})`),
  };
  if (wiring === undefined) return face;
  host.setPin(wiring.key, 1);
  return {
    ...face,
    pulses: () => pins.pulses,
    ...(wiring.reset === undefined ? {} : { resets: () => pins.resets }),
    setKey: (down) => host.setPin(wiring.key, down ? 0 : 1),
    play: (cue) => void host.evaluate(`board.play(cueOf("${cue}"), 0, 0)`),
    light: () => pins.light(wiring),
    moves: () => pins.moves(wiring),
    consoleAnswers() {
      host.connect("");
      return host.evaluate("1 + 1") === "2";
    },
  };
}

/** With the clock at these milliseconds, on blank storage. */
export function startHostBoard(kind: HostBoard, startMs: number): BoardFace {
  return start(kind, { clock: createVirtualClock(startMs), storage: createHostStorage() });
}
