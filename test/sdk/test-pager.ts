// A pager for tests of the platform: seals requests and opens answers with the wire's own code.
// No key, no cue, no outbox: it says what a test tells it to say.

import {
  ACK,
  CHANGED,
  CON,
  decodePacket,
  ECHO,
  encodePacket,
  NON,
  optionValue,
  type Packet,
  POST,
  pathOf,
  pathOption,
} from "../../protocol/coap.ts";
import type { Option } from "../../protocol/coap-body.ts";
import { isFault } from "../../protocol/fault.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { decodeMessage, encodeMessage } from "../../protocol/message-codec.ts";
import { declarationOfWord } from "../../protocol/message-lookup.ts";
import * as messages from "../../protocol/messages.ts";
import {
  type Context,
  type Origin,
  openAnswer,
  openRequest,
  readSealed,
  sealAnswer,
  sealRequest,
} from "../../protocol/oscore.ts";
import { encodePiv } from "../../protocol/oscore-option.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { octetsOf, toOctets } from "../../sdk/octets.ts";
import type { ProvisionedContext } from "../../sdk/register.ts";

export interface Said {
  bytes: Uint8Array;
  origin: Origin;
  piv: number;
}

/** A message down in full. */
export interface Command {
  name: string;
  values: Record<string, number | Bytes | readonly (number | Bytes)[]>;
}

export interface Heard {
  /** Absent for the bare answer. */
  content?: messages.Word;
  /** The same in full, where it is a command. */
  command?: Command;
  /** The platform's own number, where the answer has one. */
  piv?: number;
  octets: number;
  type: number;
}

/** An answer that asks for a proof. */
export interface Asked {
  code: number;
  echo: Bytes;
  piv?: number;
}

export interface TestPager {
  readonly kid: string;
  readonly context: Context;
  /** A sealed request with the next number, or with `piv`. */
  say(letter: string, payload: Bytes, options?: SayOptions): Said;
  /** Every request from now on brings this value, as a pager's do once it was asked for one. */
  bring(echo: Bytes | undefined): void;
  report(letter: "s" | "m" | "r" | "x" | "c", values: messages.Report, piv?: number): Said;
  beat(values?: Partial<messages.Beat>): Said;
  result(what: number, number: number, ending?: { outcome?: number; detail?: number }): Said;
  poll(): Said;
  /** Opens an answer to `said`; undefined when it is not one. */
  open(said: Said, bytes: Bytes): Heard | undefined;
  /** Opens an answer that asks for Echo; undefined when it is not one. */
  asked(said: Said, bytes: Bytes): Asked | undefined;
  /** Opens a word that the platform sent by itself, and makes the bare answer to it. */
  obey(bytes: Bytes): Obeyed | undefined;
}

export interface Obeyed {
  word: messages.Word;
  command?: Command;
  piv: number;
  answer: Uint8Array;
}

export interface SayOptions {
  piv?: number;
  type?: number;
  /** POST unless said. */
  code?: number;
  /** Beside the path. */
  options?: Option[];
}

const NOTHING = new Uint8Array(0);

export function makeTestPager(provisioned: ProvisionedContext): TestPager {
  const context: Context = {
    senderId: octetsOf(provisioned.kid),
    recipientId: octetsOf(provisioned.platformId),
    senderKey: octetsOf(provisioned.senderKey),
    recipientKey: octetsOf(provisioned.recipientKey),
    commonIv: octetsOf(provisioned.commonIv),
  };
  let next = 0;
  let echo: Bytes | undefined;

  const say: TestPager["say"] = (letter, payload, options = {}) => {
    const piv = options.piv ?? next;
    next = Math.max(next, piv + 1);
    const packet = requestOf(letter, payload, piv, options.type ?? CON);
    packet.code = options.code ?? POST;
    packet.options.push(...(options.options ?? []));
    if (echo !== undefined) packet.options.push({ number: ECHO, value: echo });
    const sealed = sealRequest(nodeMachine, context, piv, packet);
    const origin = { kid: context.senderId, piv: encodePiv(nodeMachine, piv) };
    return { bytes: toOctets(encodePacket(nodeMachine, sealed)), origin, piv };
  };

  return {
    kid: provisioned.kid,
    context,
    say,
    bring: (value) => {
      echo = value;
    },
    report: (letter, values, piv) =>
      say(letter, encodeMessage(nodeMachine, messages.SOS, values), { piv }),
    beat: (values = {}) => {
      const all = { state: 0, settings: 1, ...values };
      return say("b", encodeMessage(nodeMachine, messages.BEAT, all), { type: NON });
    },
    result: (what, number, ending = {}) =>
      say("o", encodeMessage(nodeMachine, messages.RESULT, { what, number, ...ending })),
    poll: () => say("w", NOTHING),
    open: (said, bytes) => openHeard(context, said, bytes),
    asked: (said, bytes) => openAsked(context, said, bytes),
    obey: (bytes) => obeyWord(context, bytes),
  };
}

function requestOf(letter: string, payload: Bytes, piv: number, type: number): Packet {
  return {
    type,
    code: POST,
    messageId: (piv * 7 + 1) % 65536,
    token: Uint8Array.of(piv % 256),
    options: [pathOption(nodeMachine, letter)],
    payload,
  };
}

function openHeard(context: Context, said: Said, bytes: Bytes): Heard | undefined {
  const packet = decodePacket(nodeMachine, bytes);
  if (isFault(packet)) return undefined;
  const answer = openAnswer(nodeMachine, context, said.origin, packet);
  if (isFault(answer) || answer.code !== CHANGED) return undefined;
  const { piv, type, payload } = answer;
  if (payload.length === 0) return { piv, type, octets: bytes.length };
  const content = decodeMessage(nodeMachine, messages.WORD, payload);
  if (isFault(content)) return undefined;
  const command = commandIn(content.what, payload);
  return { content, command, piv, type, octets: bytes.length };
}

/** What stands behind the first two values of a word: undefined for a word about time or alarms. */
function commandIn(what: number, payload: Bytes): Command | undefined {
  const declaration = declarationOfWord(what);
  if (declaration === undefined || what < messages.LOCATE.word) return undefined;
  const values = decodeMessage(nodeMachine, declaration, payload);
  if (isFault(values)) return undefined;
  return { name: declaration.name, values: values as unknown as Command["values"] };
}

function openAsked(context: Context, said: Said, bytes: Bytes): Asked | undefined {
  const packet = decodePacket(nodeMachine, bytes);
  if (isFault(packet)) return undefined;
  const answer = openAnswer(nodeMachine, context, said.origin, packet);
  if (isFault(answer)) return undefined;
  const value = optionValue(answer, ECHO);
  return value === undefined ? undefined : { code: answer.code, echo: value, piv: answer.piv };
}

function obeyWord(context: Context, bytes: Bytes): Obeyed | undefined {
  const packet = decodePacket(nodeMachine, bytes);
  if (isFault(packet)) return undefined;
  const sealed = readSealed(nodeMachine, packet);
  if (isFault(sealed) || sealed.kid === undefined || sealed.pivBytes === undefined) {
    return undefined;
  }
  const request = openRequest(nodeMachine, context, sealed);
  if (isFault(request) || pathOf(request) !== messages.WORD.letter) return undefined;
  const word = decodeMessage(nodeMachine, messages.WORD, request.payload);
  if (isFault(word)) return undefined;
  const bare = { ...request, type: ACK, code: CHANGED, options: [], payload: NOTHING };
  const origin = { kid: sealed.kid, piv: sealed.pivBytes };
  const answer = sealAnswer(nodeMachine, context, origin, undefined, bare);
  return {
    word,
    command: commandIn(word.what, request.payload),
    piv: sealed.piv ?? -1,
    answer: toOctets(encodePacket(nodeMachine, answer)),
  };
}
