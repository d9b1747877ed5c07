// One pager in a world of its own: storage, time that steps, an air that may lose, a platform.
// Drives the real core only through its inputs, its effects and the moment that `dueInMs` names.

import type { Effect } from "../../firmware/core/effect.ts";
import { SLOT_PAGE } from "../../firmware/core/image-slots.ts";
import type { Input, RadioState } from "../../firmware/core/input.ts";
import { createState, type State } from "../../firmware/core/state.ts";
import { dueInMs, step } from "../../firmware/core/step.ts";
import { fromSmsText, toSmsText } from "../../protocol/base64.ts";
import { isFault } from "../../protocol/fault.ts";
import { TEXT_KEY_MIN } from "../../protocol/settings.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { beginImage, hashPages } from "./images.ts";
import { type Octets, Platform } from "./platform.ts";
import { provisionedStorage, repowered, type Storage } from "./storage.ts";

/** One way through the air, by datagram and by text. */
const AIR_MS = 40;
const TEXT_AIR_MS = 3000;
/** What the modem needs to get rid of a text. */
const TEXT_MS = 2000;

/** The pager ended this run by itself. */
export class Restart extends Error {}

type WithoutTime<T> = T extends unknown ? Omit<T, "atMs"> : never;

export interface WorldOptions {
  storage?: Storage;
  platform?: Platform;
  atMs?: number;
}

export class World {
  state: State = createState(nodeMachine);
  storage: Storage;
  platform: Platform;
  nowMs: number;
  trace: { atMs: number; effect: Effect }[] = [];
  /** Datagrams that the pager sent, in order, arrived or not. */
  air: Octets[] = [];
  /** Set to false and nothing that the pager sends arrives. */
  up = true;
  /** Set to false and nothing that the platform sends arrives. */
  down = true;
  /** What the board reads at a start; left out where it can't say so soon. */
  batteryMv?: number;
  charging?: boolean;
  /** Asked for each datagram on the air, either way; true loses it. */
  lost: () => boolean = () => false;
  /** Texts that left the pager, in order, arrived or not. */
  texts: { atMs: number; to: string; text: string }[] = [];
  /** Set to false and the modem gets rid of no text, or no text arrives, up or down. */
  textsLeave = true;
  textsUp = true;
  textsDown = true;

  /** What its maker burned into its processor; most stories need none. */
  chip: Octets | undefined;
  /** Asked to start anew it ends its run there, as a board does: `Restart` is thrown. */
  restartEnds = false;
  /** How often the pager asked to be started anew. */
  restarts = 0;
  /** The way that the radio was last told. */
  network: Extract<Effect, { kind: "network" }> | undefined;
  /** Whether a datagram to the address with this index arrives. */
  reaches: (address: string) => boolean = () => true;

  private given: [number, number | string][] = [];
  private flying: {
    atMs: number;
    datagram: Octets;
    up: boolean;
    byText: boolean;
    address?: number;
  }[] = [];
  private texting: { atMs: number; id: number }[] = [];
  /** What the board says of effects. */
  private told: Input[] = [];

  constructor(options: WorldOptions = {}) {
    this.storage = options.storage ?? provisionedStorage();
    this.platform = options.platform ?? new Platform();
    this.nowMs = options.atMs ?? 1000;
  }

  boot(keyDown = false): void {
    const pages = this.storage.pages.slice(0, SLOT_PAGE).map((page) => page.slice());
    this.input({
      kind: "boot",
      seed: 12345,
      keyDown,
      batteryMv: this.batteryMv,
      charging: this.charging,
      identity: pages.slice(0, 2),
      journal: pages.slice(2, 4),
      image: beginImage(this.storage),
      ...(this.chip === undefined ? {} : { chip: this.chip, board: 1 }),
    });
  }

  /** Power goes and comes back: a new run over the same pages; power may go again at `cutAt`. */
  reboot(keyDown = false, cutAt = -1, unwritten = 0): void {
    this.storage = repowered(this.storage);
    this.storage.cutAt = cutAt;
    this.storage.unwritten = unwritten;
    this.state = createState(nodeMachine);
    for (const [key, value] of this.given) this.put(key, value);
    this.nowMs = 700;
    this.flying = [];
    this.texting = [];
    this.boot(keyDown);
  }

  /** A setting as if it had always been so: a number or a text. */
  set(key: number, value: number | string): void {
    this.given.push([key, value]);
    this.put(key, value);
  }

  private put(key: number, value: number | string): void {
    const { numbers, texts } = this.state.settings;
    if (typeof value === "number") numbers[key - 1] = value;
    else texts[key - TEXT_KEY_MIN] = value;
  }

  /** An SMS reaches the pager now. */
  text(text: string, from = "+8613900000000"): void {
    this.input({ kind: "sms", from, text });
  }

  input(input: WithoutTime<Input>): void {
    this.take({ ...input, atMs: this.clockMs() } as Input);
  }

  /** An edge that the board comes to tell only now: it was busy. */
  lateEdge(down: boolean, agoMs: number): void {
    this.take({ kind: "key", atMs: (this.nowMs - agoMs) | 0, down });
  }

  /** A datagram reaches the pager now, as if over the air. */
  bring(datagram: Octets): void {
    this.input({ kind: "datagram", bytes: datagram });
  }

  /** Lets time pass by the moments that the pager names and the flights of datagrams. */
  run(ms: number): void {
    const endMs = this.nowMs + ms;
    for (;;) {
      const dueMs = dueInMs(this.state, this.clockMs());
      let nextMs = dueMs < 0 ? endMs : this.nowMs + dueMs;
      const underWay = [...this.flying, ...this.texting];
      for (const one of underWay) if (one.atMs < nextMs) nextMs = one.atMs;
      if (nextMs > endMs) break;
      if (nextMs === endMs && dueMs !== 0 && underWay.every((one) => one.atMs > endMs)) break;
      this.nowMs = nextMs;
      this.land();
      this.input({ kind: "tick" });
    }
    this.nowMs = endMs;
    this.input({ kind: "tick" });
  }

  press(ms: number): void {
    this.input({ kind: "key", down: true });
    this.run(ms);
    this.input({ kind: "key", down: false });
  }

  hold(): void {
    this.press(3100);
    this.run(100);
  }

  radio(state: RadioState, texts = false): void {
    this.input({ kind: "radio", state, signalDbm: -97, texts });
  }

  /** All cues but the ticks. */
  cues(): string[] {
    return this.trace.flatMap(({ effect }) =>
      effect.kind === "cue" && effect.name !== "tick" ? [effect.name] : [],
    );
  }

  /** How often an effect of this kind was asked for. */
  count(kind: Effect["kind"]): number {
    return this.trace.filter(({ effect }) => effect.kind === kind).length;
  }

  private clockMs(): number {
    return this.nowMs | 0;
  }

  private fly(datagram: Octets, up: boolean, address?: number): void {
    if (!(up ? this.up : this.down) || this.lost()) return;
    this.flying.push({ atMs: this.nowMs + AIR_MS, datagram, up, byText: false, address });
  }

  private flyAsText(datagram: Octets, up: boolean): void {
    if (!(up ? this.textsUp : this.textsDown)) return;
    this.flying.push({ atMs: this.nowMs + TEXT_AIR_MS, datagram, up, byText: true });
  }

  /** What arrives now: at the platform, whose answers fly back, or at the pager. */
  private land(): void {
    const arrived = this.flying.filter((one) => one.atMs <= this.nowMs);
    this.flying = this.flying.filter((one) => one.atMs > this.nowMs);
    for (const { datagram, up, byText, address } of arrived) {
      if (!up && byText) this.text(toSmsText(datagram) as string);
      else if (!up) this.input({ kind: "datagram", bytes: datagram, address });
      else if (byText) for (const one of this.platform.hear(datagram)) this.flyAsText(one, false);
      else for (const one of this.platform.hear(datagram)) this.fly(one, false, address);
    }
    const over = this.texting.filter((one) => one.atMs <= this.nowMs);
    this.texting = this.texting.filter((one) => one.atMs > this.nowMs);
    for (const { id } of over) this.input({ kind: "texted", id, good: this.textsLeave });
  }

  /** The modem takes a text; what is sealed goes to the platform. */
  private sendText(effect: Extract<Effect, { kind: "text" }>): void {
    const { id, to, text } = effect;
    if (id !== 0) this.texting.push({ atMs: this.nowMs + TEXT_MS, id });
    if (!this.textsLeave) return;
    this.texts.push({ atMs: this.nowMs, to, text });
    const datagram = fromSmsText(nodeMachine, text);
    if (!isFault(datagram)) this.flyAsText(datagram as Octets, true);
  }

  private store(page: number, turning: boolean, good: boolean): void {
    if (good) return;
    this.told.push({ kind: "storageFault", atMs: this.clockMs(), page, failed: true, turning });
  }

  /** Does one effect; only for what is no input yet. */
  perform(effect: Effect): void {
    if (effect.kind !== "log") this.storage.stroke();
    this.trace.push({ atMs: this.nowMs, effect });
    if (effect.kind === "write") {
      const { page, offset, bytes } = effect;
      this.store(page, offset === 0, this.storage.write(page, offset, bytes));
    }
    if (effect.kind === "hash") {
      const hash = hashPages(this.storage, effect);
      this.told.push({ kind: "hash", atMs: this.clockMs(), hash });
    }
    if (effect.kind === "restart") {
      this.restarts += 1;
      if (this.restartEnds) throw new Restart();
    }
    if (effect.kind === "network") this.network = effect;
    if (effect.kind === "erase") this.store(effect.page, true, this.storage.erase(effect.page));
    if (effect.kind === "text") this.sendText(effect);
    if (effect.kind === "send") {
      this.air.push(effect.bytes as Octets);
      const address = this.network?.addresses[effect.address];
      if (address === undefined || this.reaches(address)) {
        this.fly(effect.bytes as Octets, true, address === undefined ? undefined : effect.address);
      }
    }
  }

  private take(input: Input): void {
    for (const effect of step(nodeMachine, this.state, input)) this.perform(effect);
    while (this.told.length > 0) {
      const fault = this.told.shift() as Input;
      for (const effect of step(nodeMachine, this.state, fault)) this.perform(effect);
    }
  }
}

/** A pager that has booted and is registered. */
export function readyWorld(options: WorldOptions = {}): World {
  const world = new World(options);
  world.boot();
  world.radio("starting");
  world.run(4000);
  world.radio("ready");
  return world;
}
