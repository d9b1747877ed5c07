// A small world for tests of the driver: clock, network, simulated modem, a platform's UDP end.
// Stands in for the core: sends again until something comes back. Asserts nothing.

import type { Radio, RadioInput, RadioOutput } from "../../firmware/board/radio.ts";
import type { Input, RadioState } from "../../firmware/core/input.ts";
import { createBg96 } from "../../firmware/modem/bg96.ts";
import { createChance } from "../../tools/simulator/chance.ts";
import { createVirtualClock } from "../../tools/simulator/clock.ts";
import { type Faults, scriptFaults } from "../../tools/simulator/faults.ts";
import { createWalk, type Gnss } from "../../tools/simulator/gnss.ts";
import { createMemoryNetwork } from "../../tools/simulator/memory-network.ts";
import { createModem } from "../../tools/simulator/modem.ts";
import type { ModemEvent, ModemOptions } from "../../tools/simulator/modem-state.ts";
import type { Network } from "../../tools/simulator/network.ts";

export const PLATFORM_PORT = 5683;

type VirtualClock = ReturnType<typeof createVirtualClock>;

export interface WorldOptions {
  readonly faults?: Faults;
  readonly seed?: number;
  readonly gnss?: Gnss;
  readonly addresses?: string[];
  readonly apn?: string;
  readonly modem?: Partial<ModemOptions>;
  /** Added to the pager's clock, so that it wraps where a test wants it. */
  readonly offsetMs?: number;
  readonly network?: (clock: VirtualClock) => Network;
  /** Changes what the modem says on its way to the driver. */
  readonly onSerial?: (text: string) => string;
  /** False: the platform says nothing. */
  readonly answers?: boolean;
}

export interface World {
  readonly clock: VirtualClock;
  readonly modem: ReturnType<typeof createModem>;
  readonly network: Network;
  readonly events: ModemEvent[];
  /** What the core was told, in order. */
  readonly inputs: Input[];
  readonly writes: { atMs: number; text: string }[];
  readonly pulses: number[];
  /** Texts that the platform got, and that came back to the pager. */
  readonly arrived: string[];
  readonly answered: string[];
  radioState(): RadioState | undefined;
  start(): void;
  send(text: string, address?: number): void;
  locate(on: boolean): void;
  /** Milliseconds of the world that it took; undefined when the limit passed first. */
  runUntil(limitMs: number, done: () => boolean): number | undefined;
  /** Sends at 0, 4, 12 s and so on, as the core does, until the platform's answer came. */
  deliver(text: string, limitMs: number): number | undefined;
}

const octets = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));
const textOf = (bytes: ArrayLike<number>) => Buffer.from(Array.from(bytes)).toString("latin1");

/** Joins a radio to a modem, as a board and its loop do. */
function join(world: {
  clock: VirtualClock;
  radio: () => Radio;
  offsetMs: number;
  perform(output: RadioOutput): void;
}) {
  const startMs = world.clock.nowMs();
  let cancel = () => {};
  const atMs = () => (world.clock.nowMs() - startMs + world.offsetMs) | 0;
  function step(input: RadioInput): void {
    for (const output of world.radio().step(input)) world.perform(output);
    cancel();
    const inMs = world.radio().dueInMs(atMs());
    cancel =
      inMs < 0 ? () => {} : world.clock.after(inMs, () => step({ kind: "tick", atMs: atMs() }));
  }
  return { step, atMs };
}

export function createWorld(options: WorldOptions = {}): World {
  const clock = createVirtualClock();
  const chance = createChance(options.seed ?? 1);
  const network = options.network?.(clock) ?? createMemoryNetwork({ clock });
  const events: ModemEvent[] = [];
  const inputs: Input[] = [];
  const writes: { atMs: number; text: string }[] = [];
  const pulses: number[] = [];
  const arrived: string[] = [];
  const answered: string[] = [];
  const settings = {
    apn: options.apn ?? "",
    addresses: options.addresses ?? [`127.0.0.1:${PLATFORM_PORT}`],
  };
  let radio = createBg96(settings);

  const platform = network.open({
    port: PLATFORM_PORT,
    peer: true,
    onDatagram(bytes, from) {
      arrived.push(textOf(bytes));
      if (options.answers !== false) platform.send(octets(`answer ${textOf(bytes)}`), from);
    },
    onFault: (text) => assertNever(text),
  });

  const modem = createModem({
    clock,
    network,
    chance: chance.fork("modem"),
    gnss: options.gnss ?? createWalk({ chance: chance.fork("walk") }),
    faults: options.faults ?? scriptFaults(),
    log: (event) => events.push(event),
    onBrownOut() {
      radio = createBg96(settings);
      line.step({ kind: "start", atMs: line.atMs() });
    },
    ...options.modem,
  });

  const line = join({
    clock,
    radio: () => radio,
    offsetMs: options.offsetMs ?? 0,
    perform(output) {
      if (output.kind === "write") {
        writes.push({ atMs: clock.nowMs(), text: output.text });
        modem.fromPager(output.text);
      } else if (output.kind === "pulse") {
        pulses.push(output.ms);
        clock.after(output.ms, () => modem.powerKey(output.ms));
      } else {
        inputs.push(output.input);
        if (output.input.kind === "datagram") answered.push(textOf(output.input.bytes));
      }
    },
  });
  modem.onToPager((said) => {
    const text = options.onSerial?.(said) ?? said;
    line.step({ kind: "serial", atMs: line.atMs(), text });
  });

  function radioState(): RadioState | undefined {
    const last = inputs.findLast((input) => input.kind === "radio");
    return last?.kind === "radio" ? last.state : undefined;
  }

  function send(text: string, address = 0): void {
    line.step({ kind: "send", atMs: line.atMs(), address, bytes: octets(text) });
  }

  function runUntil(limitMs: number, done: () => boolean): number | undefined {
    const startMs = clock.nowMs();
    while (!done()) {
      if (clock.nowMs() - startMs >= limitMs || !clock.advanceToNext()) return undefined;
    }
    return clock.nowMs() - startMs;
  }

  function deliver(text: string, limitMs: number): number | undefined {
    const startMs = clock.nowMs();
    const waits = [4000, 8000, 13000];
    const came = () => answered.includes(`answer ${text}`);
    const leftMs = () => limitMs - (clock.nowMs() - startMs);
    for (let round = 0; !came(); round++) {
      if (leftMs() <= 0) return undefined;
      if (radioState() !== "ready") runUntil(leftMs(), () => radioState() === "ready");
      send(text);
      runUntil(waits[round % waits.length], () => came() || radioState() !== "ready");
    }
    return clock.nowMs() - startMs;
  }

  return {
    clock,
    modem,
    network,
    events,
    inputs,
    writes,
    pulses,
    arrived,
    answered,
    radioState,
    start: () => line.step({ kind: "start", atMs: line.atMs() }),
    send,
    locate: (on) => line.step({ kind: "locate", atMs: line.atMs(), on }),
    runUntil,
    deliver,
  };
}

function assertNever(text: string): never {
  throw new Error(`the platform's end cannot be opened: ${text}`);
}
