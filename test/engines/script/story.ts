// A pager and a platform that speak to each other in one file, for stories told on every engine.
// Written in the dialect; the platform here is only as clever as the stories need.

import type { Effect } from "../../../firmware/core/effect.ts";
import { encodeIdentity } from "../../../firmware/core/identity.ts";
import type { Input } from "../../../firmware/core/input.ts";
import { blankJournal } from "../../../firmware/core/journal.ts";
import { createState, type State } from "../../../firmware/core/state.ts";
import { dueInMs, step } from "../../../firmware/core/step.ts";
import { putBytes, toHex } from "../../../protocol/bytes.ts";
import {
  ACK,
  CHANGED,
  CON,
  decodePacket,
  encodePacket,
  POST,
  pathOption,
} from "../../../protocol/coap.ts";
import { isFault } from "../../../protocol/fault.ts";
import type { Bytes, Machine } from "../../../protocol/machine.ts";
import { encodeMessage } from "../../../protocol/message-codec.ts";
import { WORD } from "../../../protocol/messages.ts";
import {
  type Context,
  openRequest,
  readSealed,
  type Sealed,
  sealAnswer,
  sealRequest,
} from "../../../protocol/oscore.ts";
import type { Say } from "./wire.ts";

const PAGE_OCTETS = 4096;
/** Shortly before the milliseconds wrap, which happens while the key is held. */
const START_MS = 2147478000;

export function octets(machine: Machine, length: number, first: number): Bytes {
  const bytes = machine.bytes(length);
  for (let i = 0; i < length; i++) bytes[i] = (first + 7 * i) % 256;
  return bytes;
}

function contextOf(machine: Machine, slot: number): Context {
  return {
    senderId: octets(machine, 3, 192 + slot),
    recipientId: octets(machine, 1, slot),
    senderKey: octets(machine, 16, 3 + slot),
    recipientKey: octets(machine, 16, 90 + slot),
    commonIv: octets(machine, 13, 17 + slot),
  };
}

function platformEnd(pager: Context): Context {
  return {
    senderId: pager.recipientId,
    recipientId: pager.senderId,
    senderKey: pager.recipientKey,
    recipientKey: pager.senderKey,
    commonIv: pager.commonIv,
  };
}

function pageOf(machine: Machine, image: Bytes): Bytes {
  const page = machine.bytes(PAGE_OCTETS);
  for (let i = 0; i < PAGE_OCTETS; i++) page[i] = 255;
  putBytes(page, 0, image);
  return page;
}

function laterMs(atMs: number, forMs: number): number {
  const later = atMs + forMs;
  return later > 2147483647 ? later - 2147483647 - 2147483647 - 2 : later;
}

function effectLine(effect: Effect): string {
  switch (effect.kind) {
    case "write":
      return "write " + effect.page + " " + effect.offset + " " + toHex(effect.bytes);
    case "erase":
      return "erase " + effect.page;
    case "send":
      return "send " + effect.address + " " + toHex(effect.bytes);
    case "locate":
      return effect.on ? "locate on" : "locate off";
    case "urgent":
      return effect.on ? "urgent on" : "urgent off";
    case "search":
      return "search " + effect.behindMs;
    case "motion":
      return "motion " + effect.level;
    case "startRadio":
      return "start radio";
    case "text":
      return "text " + effect.id + " " + effect.to + " " + effect.text;
    case "dial":
      return "dial " + effect.number;
    case "answer":
      return "answer";
    case "cue":
      return "cue " + effect.name;
    case "network":
      return "network " + effect.apn + " " + effect.addresses.join(" ") + " " + effect.name;
    case "assist":
      return "assist " + effect.url;
    case "hash":
      return "hash " + effect.page + " " + effect.octets;
    case "restart":
      return "restart";
    case "console":
      return effect.open ? "console open" : "console closed";
    case "print":
      return "print " + effect.text;
    case "log":
      return "log " + effect.event + " " + effect.alarm + " " + effect.detail;
  }
}

export interface Story {
  machine: Machine;
  say: Say;
  state: State;
  atMs: number;
  pages: Bytes[];
  platform: Context;
  piv: number;
  /** What the pager sent last; no octets before the first. */
  heard: Bytes;
  /** No octets where nobody can read it: such a pager says no first word. */
  chip: Bytes;
}

/** A page as it comes from the factory. */
export function erasePage(story: Story, page: number): void {
  story.pages[page] = pageOf(story.machine, story.machine.bytes(0));
}

export function perform(story: Story, effects: Effect[]): void {
  for (let i = 0; i < effects.length; i++) {
    const effect = effects[i];
    if (effect.kind === "write") putBytes(story.pages[effect.page], effect.offset, effect.bytes);
    if (effect.kind === "erase") erasePage(story, effect.page);
    if (effect.kind === "send") story.heard = effect.bytes;
    story.say(story.atMs + " " + effectLine(effect));
  }
}

export function take(story: Story, input: Input): void {
  perform(story, step(story.machine, story.state, input));
}

/** Lets time pass by the moments that the pager names. */
export function pass(story: Story, ms: number): void {
  let left = ms;
  let due = dueInMs(story.state, story.atMs);
  while (due >= 0 && due <= left) {
    story.atMs = laterMs(story.atMs, due);
    left -= due;
    take(story, { kind: "tick", atMs: story.atMs });
    due = dueInMs(story.state, story.atMs);
    if (due === 0) break;
  }
  story.atMs = laterMs(story.atMs, left);
  take(story, { kind: "tick", atMs: story.atMs });
}

export function press(story: Story, ms: number): void {
  take(story, { kind: "key", atMs: story.atMs, down: true });
  pass(story, ms);
  take(story, { kind: "key", atMs: story.atMs, down: false });
}

/** What the pager sent last, opened; its octets are said. */
function openLast(story: Story): Sealed | undefined {
  const packet = decodePacket(story.machine, story.heard);
  const sealed = isFault(packet) ? packet : readSealed(story.machine, packet);
  const opened = isFault(sealed) ? sealed : openRequest(story.machine, story.platform, sealed);
  if (isFault(opened)) story.say("not opened: " + opened.fault);
  if (isFault(sealed) || isFault(opened)) return undefined;
  story.say("opened " + toHex(opened.payload));
  return sealed;
}

/** Answers what the pager sent last, with a word under a number of its own. */
export function answer(story: Story, what: number, value: number): void {
  const machine = story.machine;
  const sealed = openLast(story);
  if (sealed === undefined || sealed.kid === undefined || sealed.pivBytes === undefined) return;
  story.piv += 1;
  const origin = { kid: sealed.kid, piv: sealed.pivBytes };
  const answered = sealAnswer(machine, story.platform, origin, story.piv, {
    type: ACK,
    code: CHANGED,
    messageId: sealed.packet.messageId,
    token: sealed.packet.token,
    options: [],
    payload: encodeMessage(machine, WORD, { what: what, value: value }),
  });
  const bytes = encodePacket(machine, answered);
  take(story, { kind: "datagram", atMs: story.atMs, bytes: bytes });
}

/** The platform says these octets by itself. */
export function sayPayload(story: Story, payload: Bytes): void {
  const machine = story.machine;
  story.piv += 1;
  const sealed = sealRequest(machine, story.platform, story.piv, {
    type: CON,
    code: POST,
    messageId: 7,
    token: octets(machine, 2, 5),
    options: [pathOption(machine, WORD.letter)],
    payload: payload,
  });
  const bytes = encodePacket(machine, sealed);
  take(story, { kind: "datagram", atMs: story.atMs, bytes: bytes });
}

export function sayWord(story: Story, what: number, value: number): void {
  sayPayload(story, encodeMessage(story.machine, WORD, { what: what, value: value }));
}

/** A start; `batteryMv` is 0 where the board can't say so soon. */
export function bootAt(story: Story, batteryMv: number): void {
  story.state = createState(story.machine);
  take(story, {
    kind: "boot",
    atMs: story.atMs,
    seed: 2000000011,
    keyDown: false,
    batteryMv: batteryMv,
    charging: false,
    identity: [story.pages[0], story.pages[1]],
    journal: [story.pages[2], story.pages[3]],
    board: 1,
    chip: story.chip,
  });
}

export function boot(story: Story): void {
  bootAt(story, 0);
}

/** A provisioned pager that was never switched on, shortly before its milliseconds wrap. */
export function newStory(machine: Machine, say: Say): Story {
  const blank = machine.bytes(0);
  const identity = encodeIdentity(machine, {
    contexts: [contextOf(machine, 0), contextOf(machine, 1)],
    dropped: [false, false],
    addresses: ["192.0.2.1:5683", "192.0.2.2:5683"],
    apn: "cmiot",
  });
  say("identity " + toHex(identity));
  return {
    machine: machine,
    say: say,
    state: createState(machine),
    atMs: START_MS,
    pages: [
      pageOf(machine, identity),
      pageOf(machine, blank),
      pageOf(machine, blankJournal(machine)),
      pageOf(machine, blank),
    ],
    platform: platformEnd(contextOf(machine, 0)),
    piv: 40,
    heard: blank,
    chip: blank,
  };
}

/** The other context of the same pager: the spare that is used when the first is lost. */
export function useSpare(story: Story): void {
  story.platform = platformEnd(contextOf(story.machine, 1));
}

export function radioReady(story: Story, signalDbm: number): void {
  take(story, {
    kind: "radio",
    atMs: story.atMs,
    state: "ready",
    signalDbm: signalDbm,
    texts: true,
  });
}

export function fix(story: Story, latitude: number, longitude: number, uncertaintyM: number): void {
  take(story, {
    kind: "fix",
    atMs: story.atMs,
    latitude: latitude,
    longitude: longitude,
    uncertaintyM: uncertaintyM,
    timeS: 199999990,
  });
}
