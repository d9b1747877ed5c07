// The same kinds of cases turned round: what comes down to a pager, held against what it may do with it.
// The real core, with an alarm under way; time stands still, so that only a datagram moves it.

import type { Effect } from "../../firmware/core/effect.ts";
import type { Input } from "../../firmware/core/input.ts";
import { ORIGINS_MAX, OUTBOX_MAX } from "../../firmware/core/limits.ts";
import { createState, type State } from "../../firmware/core/state.ts";
import { dueInMs, step } from "../../firmware/core/step.ts";
import { newPull, stepPull } from "../../protocol/block-pull.ts";
import { newPush, stepPush } from "../../protocol/block-push.ts";
import {
  ACK,
  BLOCK_1,
  BLOCK_2,
  CHANGED,
  decodePacket,
  EMPTY,
  OSCORE,
  optionValue,
  type Packet,
  POST,
} from "../../protocol/coap.ts";
import { isFault } from "../../protocol/fault.ts";
import { BODY_OCTETS_MAX } from "../../protocol/limits.ts";
import type { Machine } from "../../protocol/machine.ts";
import { openAnswer, openRequest, readSealed } from "../../protocol/oscore.ts";
import { logText } from "../../sdk/log-text.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { PAGER_ENDS, PLATFORM_ENDS } from "../firmware/contexts.ts";
import { provisionedStorage } from "../firmware/storage.ts";
import { type Case, caseOf } from "./cases.ts";
import { type Judge, textOfError } from "./rules.ts";
import { type Asked, downSide, type Side } from "./sides.ts";
import { isFaultCode } from "./tally.ts";

export interface PagerHalf {
  readonly side: Side;
  /** Makes the case and hands it to the pager. */
  take(seed: number, index: number): void;
  /** How often each fault was met, by its code. */
  readonly faults: Record<string, number>;
  /** Datagrams that were authentic and new. */
  readonly opened: number;
}

/** A pager is started anew after so many: words of all kinds find an alarm that is open. */
const RESTART_EVERY = 500;
const FAULT_LINE = /^refused datagram, [a-z]+: ([a-z-]+)/;
/** To each platform address once, and what the datagram itself has asked for. */
const SENDS_MAX = 3;
const TAG_OCTETS_OF_PUSH = 8;

type WithoutTime<T> = T extends unknown ? Omit<T, "atMs"> : never;

export function pagerHalf(judge: Judge, machine: Machine): PagerHalf {
  const faults: Record<string, number> = {};
  let pager = startedPager(machine);
  const side = downSide(
    PLATFORM_ENDS.map((context) => ({ context, mayLeap: false })),
    askedBy(pager),
  );
  let opened = 0;
  let taken = 0;

  const count = (code: string): void => {
    faults[code] = (faults[code] ?? 0) + 1;
  };

  const take = (one: Case): void => {
    taken += 1;
    if (taken % RESTART_EVERY === 0) pager = startedPager(machine);
    const inside = authentic(nodeMachine, pager, one.octets);
    const before = markOf(pager);
    const effects = inputs(machine, pager, { kind: "datagram", bytes: one.octets });
    const moved = effects.some(({ kind }) => kind !== "log") || before !== markOf(pager);
    if (inside === undefined && moved) {
      judge.broken("unmoved", `${before} to ${markOf(pager)}`, one);
    }
    judgeBounds(machine, judge, pager, effects, one);
    for (const effect of effects) {
      const code =
        effect.kind === "log"
          ? FAULT_LINE.exec(logText(effect.event, effect.detail))?.[1]
          : undefined;
      if (isFaultCode(code)) count(code);
    }
    if (inside === undefined) return;
    opened += 1;
    for (const code of faultsOfBodies(nodeMachine, inside)) count(code);
  };

  return {
    side,
    faults,
    get opened() {
      return opened;
    },
    take(seed, index) {
      const one = caseOf(side, seed, index);
      try {
        take(one);
      } catch (error) {
        judge.broken("throw", `on the pager: ${textOfError(error)}`, one);
      }
    },
  };
}

// internal

/** A pager whose alarm is under way and was not answered yet. */
function startedPager(machine: Machine): Running {
  const pager = { state: createState(machine), nowMs: 1000 };
  const { pages } = provisionedStorage();
  const identity = pages.slice(0, 2);
  const journal = pages.slice(2, 4);
  inputs(machine, pager, { kind: "boot", seed: 7, keyDown: false, identity, journal });
  inputs(machine, pager, { kind: "radio", state: "ready", signalDbm: -97, texts: true });
  inputs(machine, pager, { kind: "key", down: true });
  run(machine, pager, 4000);
  inputs(machine, pager, { kind: "key", down: false });
  run(machine, pager, 60_000);
  return pager;
}

interface Running {
  readonly state: State;
  nowMs: number;
}

function inputs(machine: Machine, pager: Running, input: WithoutTime<Input>): Effect[] {
  return step(machine, pager.state, { ...input, atMs: pager.nowMs } as Input);
}

/** By the moments that the pager names. */
function run(machine: Machine, pager: Running, ms: number): void {
  const endMs = pager.nowMs + ms;
  for (;;) {
    const dueMs = dueInMs(pager.state, pager.nowMs);
    if (dueMs < 0 || pager.nowMs + dueMs > endMs) break;
    pager.nowMs += dueMs;
    inputs(machine, pager, { kind: "tick" });
  }
}

function askedBy({ state }: Running): Asked[] {
  return state.link.sent.map(({ token, piv, slot }) => ({
    token: [token],
    kid: PAGER_ENDS[slot].senderId as Uint8Array,
    piv: [...(piv as Uint8Array)],
    sender: slot,
  }));
}

/** All that a datagram may change but by being authentic. */
function markOf({ state }: Running): string {
  const { alarm, clock, link, outbox, identity, lastCue } = state;
  return JSON.stringify([
    alarm,
    clock,
    outbox,
    lastCue,
    identity.dropped,
    link.freshPiv,
    link.address,
    link.echo === undefined,
    link.sent.length,
    link.windows.map(({ highest }) => highest),
  ]);
}

/** What is inside, where the seal is right and its request is one of this pager's. */
function authentic(machine: Machine, { state }: Running, octets: Uint8Array): Packet | undefined {
  const packet = decodePacket(machine, octets);
  if (isFault(packet)) return undefined;
  if (packet.code === CHANGED) {
    for (const { token, piv, slot } of state.link.sent) {
      if (packet.token.length !== 1 || packet.token[0] !== token) continue;
      const origin = { kid: PAGER_ENDS[slot].senderId, piv };
      const answer = openAnswer(machine, PAGER_ENDS[slot], origin, packet);
      if (!isFault(answer)) return answer;
    }
    return undefined;
  }
  if (packet.code !== POST) return undefined;
  const sealed = readSealed(machine, packet);
  if (isFault(sealed)) return undefined;
  for (const context of PAGER_ENDS) {
    const request = openRequest(machine, context, sealed);
    if (!isFault(request)) return request;
  }
  return undefined;
}

function judgeBounds(
  machine: Machine,
  judge: Judge,
  { state }: Running,
  effects: Effect[],
  one: Case,
): void {
  const sends = effects.flatMap((effect) => (effect.kind === "send" ? [effect.bytes] : []));
  if (sends.length > SENDS_MAX) judge.broken("pager", `${sends.length} datagrams at once`, one);
  for (const bytes of sends) {
    const packet = decodePacket(machine, bytes);
    const isSealed = !isFault(packet) && optionValue(packet, OSCORE) !== undefined;
    // An answer that came separately is acknowledged in the clear [RFC 7252 §5.2.2].
    const isEmpty = !isFault(packet) && packet.type === ACK && packet.code === EMPTY;
    if (!isSealed && !isEmpty) judge.broken("pager", "it sent something unsealed", one);
  }
  if (state.outbox.length > OUTBOX_MAX) judge.broken("pager", "the outbox is too long", one);
  if (state.link.sent.length > ORIGINS_MAX) judge.broken("pager", "too many origins", one);
}

/** The two machines of bodies take the same answers, each as if it had asked for a block. */
function faultsOfBodies(machine: Machine, answer: Packet): string[] {
  const pull = newPull(machine, BODY_OCTETS_MAX);
  const push = newPush(machine.bytes(TAG_OCTETS_OF_PUSH), BODY_OCTETS_MAX);
  const found: string[] = [];
  for (const [number, stepped] of [
    [BLOCK_2, () => stepPull(machine, pull, answer)],
    [BLOCK_1, () => stepPush(push, answer)],
  ] as const) {
    if (optionValue(answer, number) === undefined) continue;
    const result: unknown = stepped();
    if (isFault(result)) found.push(result.fault);
  }
  return found;
}
