// What goes down to pagers as octets: the content of a word or command, and the sealed request with it.
// Knows whose answer comes back; decides neither when anything leaves nor what is next.

import { CHANGED, CON, encodePacket, type Packet, POST, pathOption } from "../../protocol/coap.ts";
import { isFault } from "../../protocol/fault.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { WORD } from "../../protocol/messages.ts";
import { type Context, type Origin, openAnswer, sealRequest } from "../../protocol/oscore.ts";
import { encodePiv } from "../../protocol/oscore-option.ts";
import { commandNamed, RENEW_COMMAND } from "../care/command-names.ts";
import { hexOf } from "../octets.ts";
import type { Random } from "../random.ts";
import { type Content, contentOfWord, payloadOf } from "./answer.ts";
import { commandOctets } from "./command-content.ts";
import type { Line, Lines } from "./lines.ts";
import { type Carried, isWord } from "./waiting.ts";

export interface Contents {
  /** Undefined where it can't be said now. */
  of(one: Carried): Content | undefined;
  /** Loads what `of` needs: the keys that a renewal brings are those of a line like any other. */
  find(one: Carried): Promise<void>;
}

export function makeContents({ machine, lines }: { machine: Machine; lines: Lines }): Contents {
  const find = async (one: Carried): Promise<void> => {
    const kid = renewedKid(one);
    if (kid !== undefined) await lines.find(kid);
  };
  return {
    find,
    of(one) {
      if (isWord(one)) return contentOfWord(one);
      const kid = renewedKid(one);
      const octets = commandOctets(machine, one, kid === undefined ? undefined : lines.cached(kid));
      // For the next time that it is asked for; a store that fails is told of by its commits.
      if (octets === undefined) void find(one).catch(() => undefined);
      const what = commandNamed(one.command)?.word;
      return octets === undefined || what === undefined
        ? undefined
        : { what, value: one.id, octets };
    },
  };
}

export interface Sendings {
  /** A request under `piv`, which is on disk before these octets leave. */
  seal(one: Carried, line: Line, own: { piv: number; content: Content }): Bytes;
  /** What the pager's authentic answer belongs to; undefined for any other packet. */
  answeredBy(packet: Packet): Carried | undefined;
}

/** Answers may be late: those to so many sendings are still known. */
const ORIGINS_MAX = 10_000;
const TOKEN_OCTETS = 4;

export function makeSendings({ machine, random }: { machine: Machine; random: Random }): Sendings {
  /** By token. */
  const origins = new Map<string, { context: Context; origin: Origin; one: Carried }>();
  let messageId = int31(random) % 65536;
  return {
    seal(one, { context }, { piv, content }) {
      const token = random(TOKEN_OCTETS);
      messageId = (messageId + 1) % 65536;
      const packet: Packet = {
        type: CON,
        code: POST,
        messageId,
        token,
        options: [pathOption(machine, WORD.letter)],
        payload: payloadOf(machine, content),
      };
      const origin = { kid: context.senderId, piv: encodePiv(machine, piv) };
      origins.set(hexOf(token), { context, origin, one });
      if (origins.size > ORIGINS_MAX) origins.delete(origins.keys().next().value as string);
      return encodePacket(machine, sealRequest(machine, context, piv, packet));
    },
    answeredBy(packet) {
      const sent = origins.get(hexOf(packet.token));
      if (sent === undefined) return undefined;
      const answer = openAnswer(machine, sent.context, sent.origin, packet);
      return isFault(answer) || answer.code !== CHANGED ? undefined : sent.one;
    },
  };
}

export function int31(random: Random): number {
  const [a, b, c, d] = random(4);
  return ((a & 0x7f) << 24) | (b << 16) | (c << 8) | d;
}

// internal

function renewedKid(one: Carried): string | undefined {
  return isWord(one) || one.command !== RENEW_COMMAND ? undefined : `${one.values.kid}`;
}
