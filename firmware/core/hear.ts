// What comes in: datagrams opened into plain facts, or counted and forgotten.
// Obeys nothing: what a fact means is for commands.ts. Anybody can forge four octets [wire §2.4].

import { equalBytes } from "../../protocol/bytes.ts";
import {
  ACK,
  CHANGED,
  CON,
  decodePacket,
  ECHO,
  encodePacket,
  optionValue,
  type Packet,
  POST,
  pathOf,
  UNAUTHORIZED,
} from "../../protocol/coap.ts";
import { emptyPacket } from "../../protocol/coap-matching.ts";
import { FAULT_CODES, type Fault, isFault } from "../../protocol/fault.ts";
import {
  LOG_REFUSED,
  WHY_ANSWER,
  WHY_CODE,
  WHY_KID,
  WHY_MAX,
  WHY_NO_KID,
  WHY_OBEYED,
  WHY_OLD,
  WHY_PATH,
  WHY_TOKEN,
  WHY_UNFRESH,
  WHY_WORD,
} from "../../protocol/log-events.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { decodeMessage } from "../../protocol/message-codec.ts";
import { WORD, type Word } from "../../protocol/messages.ts";
import {
  type Answer,
  openAnswer,
  openRequest,
  readSealed,
  type Sealed,
  sealAnswer,
} from "../../protocol/oscore.ts";
import { checkPiv, markPiv } from "../../protocol/replay.ts";
import { hasUpdates } from "./abilities.ts";
import { count, FORGED, MALFORMED, REPEATED, UNASKED, UNFRESH, UNKNOWN } from "./counts.ts";
import type { Sent } from "./link-state.ts";
import { log, type Moment } from "./moment.ts";
import type { State } from "./state.ts";

/** `payload` is the whole of it: a command says more than every word does. */
export interface HeardWord extends Word {
  payload: Bytes;
}

/** What a datagram says; empty where it says nothing that counts. */
export interface Heard {
  /** What an answer that has opened was an answer to, whatever it says: way and slot work. */
  opened?: Sent;
  /** The platform has stored what this exchange brought. */
  delivered?: Sent;
  /** The platform answered this exchange, whatever it said: nothing more is sent for it. */
  ended?: Sent;
  word?: HeardWord;
  /** The platform's own number under which the word came. */
  wordPiv?: number;
  /** The platform wants proof that we are here now [wire §1.3]. */
  challenged?: boolean;
  /** An authentic word that may be old: the platform is to be asked [wire §4.4]. */
  doubtful?: boolean;
  /** The answer to a question for a block of an image. */
  block?: Packet;
  /** Leaves behind what the word does. */
  answer?: Bytes;
}

/** Counted, and nothing else: what kind of refusal (a place of counts.ts), and why. */
export function refuse(moment: Moment, kind: number, why: number): Heard {
  count(moment.pager.counts, kind);
  log(moment, LOG_REFUSED, 0, kind * WHY_MAX + why);
  return {};
}

function whyOf(fault: Fault): number {
  return FAULT_CODES.indexOf(fault.fault);
}

function findSent(state: State, token: Bytes): Sent | undefined {
  const sent = state.link.sent;
  for (let i = sent.length - 1; i >= 0; i--) {
    if (token.length === 1 && token[0] === sent[i].token) return sent[i];
  }
  return undefined;
}

/**
 * An answer with content was made for a number of this very run, so it is fresh, and so is what
 * the platform numbers above it. What it numbered below may be a copy from before [wire §4.4].
 */
function learnFresh(state: State, slot: number, piv: number): void {
  if (state.link.freshPiv[slot] >= 0) return;
  state.link.freshPiv[slot] = piv;
  markPiv(state.link.windows[slot], piv);
}

function hearWord(moment: Moment, payload: Bytes): HeardWord | undefined {
  const word = decodeMessage(moment.machine, WORD, payload);
  if (!isFault(word)) return { what: word.what, value: word.value, payload: payload };
  refuse(moment, UNKNOWN, isFault(word) ? whyOf(word) : WHY_WORD);
  return undefined;
}

function hearOpened(moment: Moment, sent: Sent, opened: Answer): Heard {
  const state = moment.pager;
  if (opened.piv !== undefined) {
    if (opened.piv <= sent.answerPiv) return refuse(moment, REPEATED, WHY_ANSWER);
    sent.answerPiv = opened.piv;
    learnFresh(state, sent.slot, opened.piv);
  }
  const echo = optionValue(opened, ECHO);
  state.link.echo = echo;
  const heard: Heard = { opened: sent };
  if (hasUpdates() && sent.letter === "u" && opened.code !== UNAUTHORIZED) {
    heard.ended = sent;
    heard.block = opened;
    return heard;
  }
  if (opened.code === CHANGED) heard.delivered = sent;
  else if (opened.code !== UNAUTHORIZED || echo === undefined) {
    return refuse(moment, UNKNOWN, WHY_CODE);
  }
  // A second challenge right behind a proof waits for the next exchange: no endless exchange.
  if (opened.code === CHANGED || !sent.withEcho) heard.ended = sent;
  heard.wordPiv = opened.piv;
  heard.challenged = echo !== undefined && heard.delivered !== undefined && !sent.withEcho;
  if (opened.payload.length > 0) heard.word = hearWord(moment, opened.payload);
  return heard;
}

function hearAnswer(moment: Moment, packet: Packet): Heard {
  const state = moment.pager;
  const sent = findSent(state, packet.token);
  if (sent === undefined) return refuse(moment, UNASKED, WHY_TOKEN);
  const context = state.identity.contexts[sent.slot];
  const origin = { kid: context.senderId, piv: sent.piv };
  const opened = openAnswer(moment.machine, context, origin, packet);
  if (isFault(opened)) {
    const sealed = opened.fault === "not-authentic";
    return refuse(moment, sealed ? FORGED : MALFORMED, whyOf(opened));
  }
  const heard = hearOpened(moment, sent, opened);
  // A separate answer is sent again until it was acknowledged, each copy anew [RFC 7252 §5.2.2].
  if (packet.type === CON) heard.answer = emptyPacket(moment.machine, ACK, packet.messageId);
  return heard;
}

/** Under the nonce of what it answers only this is ever sealed: always the same octets [wire §1.1]. */
function bareAnswer(moment: Moment, slot: number, sealed: Sealed): Bytes | undefined {
  const machine = moment.machine;
  const packet = sealed.packet;
  if (packet.type !== CON || sealed.kid === undefined || sealed.pivBytes === undefined) {
    return undefined;
  }
  const answer = sealAnswer(
    machine,
    moment.pager.identity.contexts[slot],
    { kid: sealed.kid, piv: sealed.pivBytes },
    undefined,
    {
      type: ACK,
      code: CHANGED,
      messageId: packet.messageId,
      token: packet.token,
      options: [],
      payload: machine.bytes(0),
    },
  );
  return encodePacket(machine, answer);
}

function slotOf(state: State, kid: Bytes): number {
  const identity = state.identity;
  for (let slot = 0; slot < identity.contexts.length; slot++) {
    if (!identity.dropped[slot] && equalBytes(identity.contexts[slot].recipientId, kid)) {
      return slot;
    }
  }
  return -1;
}

function hearPlatform(moment: Moment, packet: Packet): Heard {
  const state = moment.pager;
  const sealed = readSealed(moment.machine, packet);
  if (isFault(sealed)) return refuse(moment, MALFORMED, whyOf(sealed));
  if (sealed.kid === undefined || sealed.piv === undefined) {
    return refuse(moment, MALFORMED, WHY_NO_KID);
  }
  const slot = slotOf(state, sealed.kid);
  if (slot < 0) return refuse(moment, FORGED, WHY_KID);
  const window = state.link.windows[slot];
  const freshPiv = state.link.freshPiv[slot];
  const fresh = freshPiv >= 0 && sealed.piv > freshPiv;
  if (freshPiv >= 0 && (!fresh || checkPiv(window, sealed.piv) === "old")) {
    return refuse(moment, REPEATED, WHY_OLD);
  }
  const opened = openRequest(moment.machine, state.identity.contexts[slot], sealed);
  if (isFault(opened)) return refuse(moment, FORGED, whyOf(opened));
  if (!fresh) {
    refuse(moment, UNFRESH, WHY_UNFRESH);
    return { doubtful: true };
  }
  const heard: Heard = {};
  if (checkPiv(window, sealed.piv) === "seen") {
    refuse(moment, REPEATED, WHY_OBEYED);
    heard.answer = bareAnswer(moment, slot, sealed);
    return heard;
  }
  markPiv(window, sealed.piv);
  if (opened.code !== POST || pathOf(opened) !== WORD.letter) {
    return refuse(moment, UNKNOWN, WHY_PATH);
  }
  heard.word = hearWord(moment, opened.payload);
  heard.wordPiv = sealed.piv;
  if (heard.word !== undefined) heard.answer = bareAnswer(moment, slot, sealed);
  return heard;
}

/** Opens a datagram. What is not authentic changes nothing but a count. */
export function hear(moment: Moment, bytes: Bytes): Heard {
  const packet = decodePacket(moment.machine, bytes);
  if (isFault(packet)) return refuse(moment, MALFORMED, whyOf(packet));
  if (packet.code === POST) return hearPlatform(moment, packet);
  // Empty, reset, unprotected error: not what a sealed answer looks like from outside [wire §2.4].
  if (packet.code !== CHANGED) return refuse(moment, MALFORMED, WHY_CODE);
  return hearAnswer(moment, packet);
}
