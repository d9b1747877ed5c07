// One pager in a world of its own: storage, time that steps, an air that may lose, a platform.
// Drives the real core only through its inputs, its effects and the moment that `dueInMs` names.

import type { Effect } from "../../firmware/core/effect.ts";
import type { Input, RadioState } from "../../firmware/core/input.ts";
import { createState, type State } from "../../firmware/core/state.ts";
import { dueInMs, step } from "../../firmware/core/step.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { createPlatform, type Octets, type Platform } from "./platform.ts";
import { provisionedStorage, repowered, type Storage } from "./storage.ts";

/** One way through the air. */
const AIR_MS = 40;

export type Traced = { atMs: number; effect: Effect };

export interface World {
  state: State;
  storage: Storage;
  platform: Platform;
  nowMs: number;
  trace: Traced[];
  /** Set to false and nothing that the pager sends arrives. */
  up: boolean;
  /** Set to false and nothing that the platform sends arrives. */
  down: boolean;
  /** Asked for each datagram on the air, either way; true loses it. */
  lost(): boolean;
  /** Datagrams that reached the air, in order. */
  air: Octets[];
  boot(keyDown?: boolean): void;
  /** Power goes and comes back: a new run over the same pages and milliseconds from `atMs`. */
  reboot(keyDown?: boolean, atMs?: number, cutAt?: number): void;
  input(input: DistributiveOmit<Input, "atMs">): void;
  /** A datagram reaches the pager now, as if over the air. */
  bring(datagram: Octets): void;
  run(ms: number): void;
  press(ms: number): void;
  hold(): void;
  radio(state: RadioState): void;
  cues(): string[];
  logs(): string[];
}

type DistributiveOmit<T, K extends keyof T> = T extends unknown ? Omit<T, K> : never;

export interface WorldOptions {
  storage?: Storage;
  platform?: Platform;
  atMs?: number;
}

function wrapped(atMs: number): number {
  return atMs | 0;
}

export function createWorld(options: WorldOptions = {}): World {
  let onAir: { atMs: number; datagram: Octets; up: boolean }[] = [];
  const faults: Input[] = [];

  const world: World = {
    state: createState(nodeMachine),
    storage: options.storage ?? provisionedStorage(),
    platform: options.platform ?? createPlatform(),
    nowMs: options.atMs ?? 1000,
    trace: [],
    up: true,
    down: true,
    lost: () => false,
    air: [],
    boot(keyDown = false) {
      const pages = world.storage.pages.map((page) => page.slice());
      take({
        kind: "boot",
        atMs: wrapped(world.nowMs),
        seed: 12345,
        keyDown,
        identity: pages.slice(0, 2),
        journal: pages.slice(2, 4),
      });
    },
    reboot(keyDown = false, atMs = 700, cutAt = -1) {
      world.storage = repowered(world.storage);
      world.storage.cutAt = cutAt;
      world.state = createState(nodeMachine);
      world.nowMs = atMs;
      onAir = [];
      world.boot(keyDown);
    },
    input(input) {
      take({ ...input, atMs: wrapped(world.nowMs) } as Input);
    },
    bring(datagram) {
      world.input({ kind: "datagram", bytes: datagram });
    },
    run(ms) {
      const endMs = world.nowMs + ms;
      for (;;) {
        const dueMs = dueInMs(world.state, wrapped(world.nowMs));
        let nextMs = dueMs < 0 ? endMs : world.nowMs + dueMs;
        for (const flying of onAir) if (flying.atMs < nextMs) nextMs = flying.atMs;
        if (nextMs > endMs) break;
        if (nextMs === endMs && dueMs !== 0 && onAir.every((one) => one.atMs > endMs)) break;
        world.nowMs = nextMs;
        land();
        take({ kind: "tick", atMs: wrapped(world.nowMs) });
      }
      world.nowMs = endMs;
      take({ kind: "tick", atMs: wrapped(world.nowMs) });
    },
    press(ms) {
      world.input({ kind: "key", down: true });
      world.run(ms);
      world.input({ kind: "key", down: false });
    },
    hold() {
      world.press(3100);
      world.run(100);
    },
    radio(state) {
      world.input({ kind: "radio", state, signalDbm: -97 });
    },
    cues: () =>
      world.trace.flatMap(({ effect }) =>
        effect.kind === "cue" && effect.name !== "tick" ? [effect.name] : [],
      ),
    logs: () =>
      world.trace.flatMap(({ effect }) =>
        effect.kind === "log" ? [`${effect.alarm} ${effect.text}`] : [],
      ),
  };

  /** What arrives now: at the platform, whose answers fly back, or at the pager. */
  function land(): void {
    const arrived = onAir.filter((one) => one.atMs <= world.nowMs);
    onAir = onAir.filter((one) => one.atMs > world.nowMs);
    for (const one of arrived) {
      if (!one.up) {
        take({ kind: "datagram", atMs: wrapped(world.nowMs), bytes: one.datagram });
        continue;
      }
      for (const answer of world.platform.hear(one.datagram)) {
        if (world.down && !world.lost()) {
          onAir.push({ atMs: world.nowMs + AIR_MS, datagram: answer, up: false });
        }
      }
    }
  }

  function perform(effect: Effect): void {
    if (effect.kind !== "log") world.storage.stroke();
    world.trace.push({ atMs: world.nowMs, effect });
    let good = true;
    if (effect.kind === "write") {
      good = world.storage.write(effect.page, effect.offset, effect.bytes);
    }
    if (effect.kind === "erase") good = world.storage.erase(effect.page);
    if (effect.kind === "write" || effect.kind === "erase") {
      if (!good) faults.push({ kind: "storageFault", atMs: wrapped(world.nowMs), page: effect.page });
    }
    if (effect.kind === "send") {
      world.air.push(effect.bytes as Octets);
      if (world.up && !world.lost()) {
        onAir.push({ atMs: world.nowMs + AIR_MS, datagram: effect.bytes as Octets, up: true });
      }
    }
  }

  function take(input: Input): void {
    for (const effect of step(nodeMachine, world.state, input)) perform(effect);
    while (faults.length > 0) {
      const fault = faults.shift() as Input;
      for (const effect of step(nodeMachine, world.state, fault)) perform(effect);
    }
  }

  return world;
}

/** A pager that has booted and is registered. */
export function readyWorld(options: WorldOptions = {}): World {
  const world = createWorld(options);
  world.boot();
  world.radio("starting");
  world.run(4000);
  world.radio("ready");
  return world;
}
