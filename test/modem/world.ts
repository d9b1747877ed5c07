// A small world for tests of the driver: clock, network, simulated modem, a platform's UDP end.
// Stands in for the core: sends again until something comes back. Asserts nothing.

import type { Radio, RadioInput, RadioOutput } from "../../firmware/board/radio.ts";
import type { Input, RadioState } from "../../firmware/core/input.ts";
import { createBg96 } from "../../firmware/modem/bg96.ts";
import { nodeMachine } from "../../sdk/machine.ts";
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
  /** The platform's own port; 0 takes a free one, which must be bound before the start. */
  readonly port?: number;
  readonly apn?: string;
  /** False: the board has no reset pin of its modem. */
  readonly resets?: boolean;
  readonly modem?: Partial<ModemOptions>;
  /** Added to the pager's clock, so that it wraps where a test wants it. */
  readonly offsetMs?: number;
  readonly network?: (clock: VirtualClock) => Network;
  /** Changes what the modem says on its way to the driver. */
  readonly onSerial?: (text: string) => string;
  /** False: the platform says nothing. */
  readonly answers?: boolean;
  /** It thinks so long before it answers. */
  readonly answerMs?: number;
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
  readonly resets: number[];
  /** Texts that the platform got, and that came back to the pager. */
  readonly arrived: string[];
  readonly answered: string[];
  /** Texts that the network carried. */
  readonly carried: { atMs: number; to: string; text: string }[];
  radioState(): RadioState | undefined;
  /** Behind so many failures of the run before. */
  start(failures?: number): void;
  send(text: string, address?: number): void;
  text(id: number, to: string, text: string): void;
  locate(on: boolean): void;
  /** The core allows a look at assistance data. */
  assist(url: string): void;
  /** The way as the core tells it. */
  way(addresses: string[], name: string): void;
  /** An alarm is open, or none is any more. */
  urgent(on: boolean): void;
  /** Something happened that ends a rest between two searches which has lasted so long. */
  search(behindMs: number): void;
  /** Another access point name, and the same addresses. */
  elsewhere(apn: string): void;
  /** Of boards with voice. */
  dial(number: string): void;
  answer(number: string): void;
  /** The processor starts again and has forgotten everything. */
  restart(): void;
  /** As the loop does with each tick: 1 lightly, 0 deeply, -1 not at all. */
  rest(rest: number): void;
  /** Milliseconds of the world that it took; undefined when the limit passed first. */
  runUntil(limitMs: number, done: () => boolean): number | undefined;
  /** Sends at 0, 4, 12 s and so on, as the core does, until the platform's answer came. */
  deliver(text: string, limitMs: number): number | undefined;
}

const octets = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));
const textOf = (bytes: ArrayLike<number>) => Buffer.from(Array.from(bytes)).toString("latin1");

/** The radio under test on the pager's clock: steps it, and wakes it when it wants to be. */
function drive(clock: VirtualClock, offsetMs: number, create: () => Radio) {
  const startMs = clock.nowMs();
  let radio: Radio | undefined;
  let perform = (_output: RadioOutput) => {};
  let cancel = () => {};
  const atMs = () => (clock.nowMs() - startMs + offsetMs) | 0;
  function step(input: RadioInput): void {
    radio ??= create();
    for (const output of radio.step(input)) perform(output);
    cancel();
    const inMs = radio.dueInMs(atMs());
    cancel = inMs < 0 ? () => {} : clock.after(inMs, () => step({ kind: "tick", atMs: atMs() }));
  }
  return {
    step,
    atMs,
    onOutput(run: (output: RadioOutput) => void) {
      perform = run;
    },
    /** The processor starts again and has forgotten everything. */
    restart() {
      radio = create();
      step({ kind: "start", atMs: atMs(), failures: 0 });
    },
  };
}

/** The platform's end: answers whatever comes. */
function openPlatform(
  clock: VirtualClock,
  network: Network,
  { port = PLATFORM_PORT, answers = true, answerMs = 0 }: WorldOptions,
  arrived: string[],
) {
  const socket = network.open({
    port,
    peer: true,
    onDatagram(bytes, from) {
      arrived.push(textOf(bytes));
      const answer = octets(`answer ${textOf(bytes)}`);
      if (answers && answerMs === 0) socket.send(answer, from);
      else if (answers) clock.after(answerMs, () => socket.send(answer, from));
    },
    onFault(text) {
      throw new Error(`the platform's end cannot be opened: ${text}`);
    },
  });
  return socket;
}

/** What a test does with a world once its parts are joined. */
function actsOf(world: Pick<World, "clock" | "inputs" | "answered" | "send">) {
  const { clock, inputs, answered, send } = world;

  function radioState(): RadioState | undefined {
    const last = inputs.findLast((input) => input.kind === "radio");
    return last?.kind === "radio" ? last.state : undefined;
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

  return { radioState, runUntil, deliver };
}

export function createWorld(options: WorldOptions = {}): World {
  const clock = createVirtualClock();
  const chance = createChance(options.seed ?? 1);
  const network = options.network?.(clock) ?? createMemoryNetwork({ clock });
  const seen = {
    events: [] as ModemEvent[],
    inputs: [] as Input[],
    writes: [] as { atMs: number; text: string }[],
    pulses: [] as number[],
    resets: [] as number[],
    arrived: [] as string[],
    answered: [] as string[],
    carried: [] as { atMs: number; to: string; text: string }[],
  };
  const platform = openPlatform(clock, network, options, seen.arrived);
  const line = drive(clock, options.offsetMs ?? 0, () => {
    const addresses = options.addresses ?? [`127.0.0.1:${platform.port}`];
    const resets = options.resets ?? true;
    return createBg96(nodeMachine, { apn: options.apn ?? "", addresses, resets });
  });
  const modem = createModem({
    clock,
    network,
    chance: chance.fork("modem"),
    gnss: options.gnss ?? createWalk({ chance: chance.fork("walk") }),
    faults: options.faults ?? scriptFaults(),
    log: (event) => seen.events.push(event),
    onText: (to, text) => seen.carried.push({ atMs: clock.nowMs(), to, text }),
    onBrownOut: () => line.restart(),
    ...options.modem,
  });
  line.onOutput((output) => {
    if (output.kind === "write") {
      seen.writes.push({ atMs: clock.nowMs(), text: output.text });
      modem.fromPager(output.text);
    } else if (output.kind === "rest") {
      modem.rest(output.on);
    } else if (output.kind === "pulse" && output.reset === true) {
      seen.resets.push(output.ms);
      clock.after(output.ms, () => modem.resetPin(output.ms));
    } else if (output.kind === "pulse") {
      seen.pulses.push(output.ms);
      clock.after(output.ms, () => modem.powerKey(output.ms));
    } else {
      seen.inputs.push(output.input);
      if (output.input.kind === "datagram") seen.answered.push(textOf(output.input.bytes));
    }
  });
  modem.onToPager((said) => {
    const text = options.onSerial?.(said) ?? said;
    line.step({ kind: "serial", atMs: line.atMs(), text });
  });
  const send = (text: string, address = 0) =>
    line.step({ kind: "send", atMs: line.atMs(), address, bytes: octets(text) });
  return {
    clock,
    modem,
    network,
    ...seen,
    ...actsOf({ clock, send, inputs: seen.inputs, answered: seen.answered }),
    start: (failures = 0) => line.step({ kind: "start", atMs: line.atMs(), failures }),
    send,
    text: (id, to, text) => line.step({ kind: "text", atMs: line.atMs(), id, to, text }),
    restart: () => line.restart(),
    dial: (number) => line.step({ kind: "dial", atMs: line.atMs(), number }),
    answer: (number) => line.step({ kind: "answer", atMs: line.atMs(), number }),
    urgent: (on) => line.step({ kind: "urgent", atMs: line.atMs(), on }),
    search: (behindMs) => line.step({ kind: "search", atMs: line.atMs(), behindMs }),
    elsewhere: (apn) => {
      const addresses = options.addresses ?? [`127.0.0.1:${platform.port}`];
      line.step({ kind: "network", atMs: line.atMs(), apn, addresses, name: "" });
    },
    rest: (rest) => line.step({ kind: "tick", atMs: line.atMs(), rest }),
    assist: (url) => line.step({ kind: "assist", atMs: line.atMs(), url }),
    way: (addresses, name) =>
      line.step({ kind: "network", atMs: line.atMs(), apn: options.apn ?? "", addresses, name }),
    locate: (on) => line.step({ kind: "locate", atMs: line.atMs(), on }),
  };
}
