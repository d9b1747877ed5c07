// The one loop: runs the core and a radio on any board. It decides nothing and waits for nothing.
// Every interrupt, octet and timer becomes an input in one queue; one input is taken at a time.

import type { Machine } from "../../protocol/machine.ts";
import { LANGUAGE_KEY, PROFILE_KEY } from "../../protocol/settings.ts";
import { hasVoice } from "../core/abilities.ts";
import { isOpen } from "../core/alarm.ts";
import { cueOf } from "../core/cues.ts";
import type { Effect } from "../core/effect.ts";
import type { Input } from "../core/input.ts";
import { isPressed } from "../core/key.ts";
import { PAGES_IDENTITY, PAGES_JOURNAL } from "../core/limits.ts";
import { numberOf } from "../core/settings.ts";
import { createState, type State } from "../core/state.ts";
import { dueInMs, step } from "../core/step.ts";
import type { Board } from "./board.ts";
import type { Radio, RadioInput } from "./radio.ts";

/** A slower write counts as a fault: it would hold an alarm back [wire §1.4]. */
const WRITE_MS_MAX = 200;

export interface Loop {
  /** Reads storage and the key, and begins. Call once, after every interrupt source is set up. */
  start(): void;
  /**
   * An input from the board: key, battery, clock. Safe to call from inside another one. An edge
   * of the key comes with the time that it had, and before `wake`, however long the board was busy.
   */
  input(input: Input): void;
  /** Octets from the modem, one character each. */
  serial(text: string): void;
  /** The board's one timer ran out. */
  wake(): void;
  /** For a panel or a test to read; never to write. */
  state: State;
}

function readPages(board: Board, first: number) {
  return [board.readPage(first), board.readPage(first + 1)];
}

export function createLoop(machine: Machine, board: Board, radio: Radio): Loop {
  const state = createState(machine);
  const waiting: Input[] = [];
  let busy = false;
  /** The page whose erase was refused: nothing is written over what stands there. */
  let refused = -1;
  let started = false;
  let way: RadioInput | undefined;

  function store(page: number, turning: boolean, startedMs: number, good: boolean): void {
    const atMs = board.nowMs();
    if (good && atMs - startedMs <= WRITE_MS_MAX) return;
    const failed = !good;
    waiting.push({
      kind: "storageFault",
      atMs: atMs,
      page: page,
      failed: failed,
      turning: turning,
    });
  }

  /** What failed is written once more: bits that are cleared already take the same octets again. */
  function write(effect: Extract<Effect, { kind: "write" }>): boolean {
    const first = board.writePage(effect.page, effect.offset, effect.bytes);
    return first || board.writePage(effect.page, effect.offset, effect.bytes);
  }

  function pulse(ms: number, reset: boolean): void {
    if (!reset) board.pulsePowerKey(ms);
    else if (board.pulseReset !== undefined) board.pulseReset(ms);
  }

  /** Before its start a radio hears nothing: it would switch the modem on [pager §2.3]. */
  function feed(input: RadioInput): void {
    if (input.kind === "start") started = true;
    if (!started) return;
    const outputs = radio.step(input);
    for (let i = 0; i < outputs.length; i++) {
      const output = outputs[i];
      if (output.kind === "write") board.serialWrite(output.text);
      if (output.kind === "pulse") pulse(output.ms, output.reset === true);
      if (output.kind === "rest") board.modemRest(output.on);
      if (output.kind === "input") waiting.push(output.input);
    }
  }

  function tellHash(page: number, octets: number): void {
    if (board.hashPages === undefined) return;
    waiting.push({ kind: "hash", atMs: board.nowMs(), hash: board.hashPages(page, octets) });
  }

  function performVoice(effect: Effect, atMs: number): void {
    if (effect.kind === "dial") {
      feed({ kind: "dial", atMs: atMs, number: effect.number });
    }
    if (effect.kind === "answer") {
      feed({ kind: "answer", atMs: atMs, number: effect.number });
    }
  }

  function tellWay(effect: Extract<Effect, { kind: "network" }>, atMs: number): void {
    way = {
      kind: "network",
      atMs: atMs,
      apn: effect.apn,
      addresses: effect.addresses,
      name: effect.name,
    };
    feed(way);
  }

  /** What the radio is told beside datagrams. */
  function performRadio(effect: Effect, atMs: number): void {
    switch (effect.kind) {
      case "text":
        feed({ kind: "text", atMs: atMs, id: effect.id, to: effect.to, text: effect.text });
        break;
      case "locate":
      case "urgent":
        feed({ kind: effect.kind, atMs: atMs, on: effect.on });
        break;
      case "search":
        feed({ kind: "search", atMs: atMs, behindMs: effect.behindMs });
        break;
      case "network":
        tellWay(effect, atMs);
        break;
      case "assist":
        feed({ kind: "assist", atMs: atMs, url: effect.url });
        break;
    }
  }

  function perform(effect: Effect): void {
    const atMs = board.nowMs();
    if (hasVoice()) performVoice(effect, atMs);
    switch (effect.kind) {
      case "write":
        if (effect.page === refused) break;
        store(effect.page, effect.offset === 0, atMs, write(effect));
        break;
      case "erase": {
        const good = board.erasePage(effect.page);
        refused = good ? -1 : effect.page;
        store(effect.page, true, atMs, good);
        break;
      }
      case "send":
        feed({ kind: "send", atMs: atMs, address: effect.address, bytes: effect.bytes });
        break;
      case "startRadio":
        feed({ kind: "start", atMs: atMs, failures: effect.failures });
        // The way may have been told before: settings are read before the radio may begin.
        if (way !== undefined) feed(way);
        break;
      case "motion":
        if (board.motion !== undefined) board.motion(effect.level);
        break;
      case "hash":
        tellHash(effect.page, effect.octets);
        break;
      case "restart":
        board.restart();
        break;
      case "cue":
        board.play(cueOf(effect.name), numberOf(state, LANGUAGE_KEY), state.notice);
        break;
      case "console":
        board.console(effect.open);
        break;
      case "print":
        board.print(effect.text);
        break;
      case "log":
        board.log(effect.event, effect.alarm, effect.detail);
        break;
      default:
        performRadio(effect, atMs);
    }
  }

  function drain(): void {
    while (waiting.length > 0) {
      const input = waiting.shift() as Input;
      const effects = step(machine, state, input);
      for (let i = 0; i < effects.length; i++) perform(effects[i]);
    }
  }

  function schedule(): void {
    const nowMs = board.nowMs();
    let inMs = board.roundMsMax;
    const coreMs = dueInMs(state, nowMs);
    if (coreMs >= 0 && coreMs < inMs) inMs = coreMs;
    const radioMs = radio.dueInMs(nowMs);
    if (radioMs >= 0 && radioMs < inMs) inMs = radioMs;
    board.wakeIn(inMs);
  }

  // What a board reports while an effect is performed waits its turn; the outermost call drains.
  function run(): void {
    if (busy) return;
    busy = true;
    try {
      drain();
    } finally {
      busy = false;
      schedule();
    }
  }

  return {
    state: state,
    start: function () {
      waiting.push({
        kind: "boot",
        atMs: board.nowMs(),
        seed: board.seed(),
        keyDown: board.keyDown(),
        board: board.code,
        chip: board.chip(),
        outputs: board.outputs,
        batteryMv: board.batteryMv(),
        charging: board.charging(),
        image: board.image,
        identity: readPages(board, PAGES_IDENTITY),
        journal: readPages(board, PAGES_JOURNAL),
      });
      run();
    },
    input: function (input) {
      waiting.push(input);
      run();
    },
    serial: function (text) {
      feed({ kind: "serial", atMs: board.nowMs(), text: text });
      run();
    },
    wake: function () {
      const atMs = board.nowMs();
      waiting.push({ kind: "tick", atMs: atMs });
      // With an alarm open nothing rests, nor under a hand: what it says shall find the modem awake [pager §4].
      const awake = isOpen(state) || isPressed(state.key);
      const rest = awake ? -1 : numberOf(state, PROFILE_KEY);
      feed({ kind: "tick", atMs: atMs, rest: rest });
      run();
      // Behind a whole round: where each one throws, the watchdog starts the pager anew [pager §2.7].
      board.kickWatchdog();
    },
  };
}
