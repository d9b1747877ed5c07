// What left the gateway held against what came in: who may be answered, how often, with what.

import {
  CHANGED,
  CON,
  decodePacket,
  OSCORE,
  optionValue,
  type Packet,
  POST,
} from "../../protocol/coap.ts";
import { isFault } from "../../protocol/fault.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { type Context, openAnswer } from "../../protocol/oscore.ts";
import { checkPiv, markPiv, newWindow, type Window } from "../../protocol/replay.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { hexOf } from "../../sdk/octets.ts";
import type { Case } from "./cases.ts";
import type { Look } from "./look.ts";
import type { Judge } from "./rules.ts";

export interface Answers {
  /** Whether the platform has used this number of its own before; it has from now on. */
  isUsed(kid: string, piv: number): boolean;
  /** All that one datagram got. */
  judge(one: Case, seen: Look, answers: readonly Bytes[]): void;
}

const GAIN_MAX = 3;
const ERROR_MIN = 128;

export function isSealed(bytes: Bytes): boolean {
  const packet = decodePacket(nodeMachine, bytes);
  return !isFault(packet) && optionValue(packet, OSCORE) !== undefined;
}

/** The platform's own request: a word on its way, which answers nothing. */
export function isWord(bytes: Bytes): boolean {
  const packet = decodePacket(nodeMachine, bytes);
  return !isFault(packet) && packet.code === POST;
}

export interface AnswersOptions {
  /** The pagers' halves, by key identifier. */
  readonly contexts: ReadonlyMap<string, Context>;
  /** The platform was told to speak to strangers: errors by the book, and its list of resources. */
  readonly discovery: boolean;
}

/** What a stranger may get an answer to, where strangers get any. */
const OF_STRANGERS: readonly Look["stage"][] = ["unread", "empty", "unsealed", "answer"];

export function makeAnswers(judge: Judge, options: AnswersOptions): Answers {
  const { contexts, discovery } = options;
  const windows = new Map<string, Window>();

  const isUsed = (kid: string, piv: number): boolean => {
    const window = windows.get(kid) ?? newWindow(nodeMachine);
    windows.set(kid, window);
    const isSeen = checkPiv(window, piv) === "seen";
    markPiv(window, piv);
    return isSeen;
  };

  const judgeStranger = (one: Case, packet: Packet, bytes: Bytes): void => {
    const isSealed = optionValue(packet, OSCORE) !== undefined;
    if (!isSealed && bytes.length <= GAIN_MAX * one.octets.length) return;
    judge.broken("amplified", `a stranger got ${hexOf(bytes)}`, one);
  };

  const judgeError = (one: Case, seen: Look, packet: Packet, bytes: Bytes): void => {
    const isBare = packet.options.length === 0 && packet.payload.length === 0;
    const isShort = bytes.length <= GAIN_MAX * one.octets.length;
    const isDue = seen.packet?.type === CON && packet.code >= ERROR_MIN;
    if (isBare && isShort && isDue) return;
    judge.broken("amplified", `answered in the clear: ${hexOf(bytes)}`, one);
  };

  const judgeSealed = (one: Case, seen: Look, packet: Packet): void => {
    const context = contexts.get(seen.kid ?? "");
    const opened =
      context === undefined || seen.origin === undefined || seen.stage !== "opened"
        ? undefined
        : openAnswer(nodeMachine, context, seen.origin, packet);
    if (opened === undefined || isFault(opened)) {
      judge.broken("answer", `"${seen.stage}" got what opens to ${opened?.fault}`, one);
      return;
    }
    const { code, payload, piv } = opened;
    const inner = opened.options.filter(({ number }) => number !== OSCORE);
    if (piv === undefined) {
      const isBare = code === CHANGED && payload.length === 0 && inner.length === 0;
      if (!isBare) judge.broken("answer", "content under the request's number", one);
    } else if (isUsed(seen.kid ?? "", piv)) {
      judge.broken("number", `${piv} under ${seen.kid} again`, one);
    }
  };

  return {
    isUsed,
    judge(one, seen, answers) {
      if (answers.length === 0) return;
      const isStranger = OF_STRANGERS.includes(seen.stage);
      const mayAnswer = isStranger ? discovery : seen.stage !== "stranger";
      if (!mayAnswer) {
        judge.broken("silence", `"${seen.stage}" got ${hexOf(answers[0])}`, one);
        return;
      }
      if (answers.length > 1) judge.broken("one answer", `${answers.length} of them`, one);
      for (const bytes of answers) {
        const packet = decodePacket(nodeMachine, bytes);
        if (isFault(packet)) judge.broken("answer", `it is no CoAP: ${hexOf(bytes)}`, one);
        else if (isStranger) judgeStranger(one, packet, bytes);
        else if (optionValue(packet, OSCORE) === undefined) judgeError(one, seen, packet, bytes);
        else judgeSealed(one, seen, packet);
      }
    },
  };
}
