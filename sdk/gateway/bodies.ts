// Bodies that no datagram holds: logs and settings on their way up, images on their way down.
// Knows neither socket nor seal: takes what was opened, says what is to be sealed [wire §6].

import type { Reply } from "../../protocol/block.ts";
import { type Assembly, assemble, settle } from "../../protocol/block-assembly.ts";
import { type Body, serveBlock } from "../../protocol/block-pull.ts";
import {
  BAD_OPTION,
  BLOCK_1,
  BLOCK_2,
  GET,
  METHOD_NOT_ALLOWED,
  NOT_FOUND,
  OSCORE,
  optionValue,
  type Packet,
  POST,
  pathOf,
  REQUEST_TAG,
  refusedCritical,
  SIZE_1,
  URI_PATH,
} from "../../protocol/coap.ts";
import { BLOCK_EXPONENT, BODY_OCTETS_MAX } from "../../protocol/limits.ts";
import type { Machine } from "../../protocol/machine.ts";
import { IMAGE_LETTER, LOG, SETTINGS } from "../../protocol/messages.ts";
import type { Clock } from "../clock.ts";

export interface BodiesOptions {
  machine: Machine;
  clock: Clock;
  /**
   * The image that this pager is to have; undefined where there is none for it. It and its `read`
   * throw where the image is not what it was.
   */
  imageFor(pager: string): Body | undefined;
  /** An image that could not be served, and why. */
  fault(error: unknown): void;
}

export interface BodyAnswer {
  /** Under the platform's own number: it has content [wire §1.1]. */
  reply: Reply;
  /**
   * The request as one datagram would have brought it. Its reply leaves only after it was stored,
   * and then `stored` is told; until then each copy of its last block brings it again.
   */
  whole?: Packet;
  stored(): void;
}

export interface Bodies {
  /** Undefined for a request that has nothing to do with blocks. */
  answer(speaker: { pager: string; kid: string }, request: Packet): BodyAnswer | undefined;
  held(): { bodies: number; octets: number };
}

/** The messages that may be too long for one datagram. */
const BODY_LETTERS: string[] = [LOG.letter, SETTINGS.letter];
const KNOWN_OPTIONS = [OSCORE, URI_PATH, BLOCK_1, BLOCK_2];
const OF_BLOCKS = [BLOCK_1, SIZE_1, REQUEST_TAG];

/** The oldest goes when there are more, or when all together take more room. */
const BODIES_MAX = 1024;
const OCTETS_MAX = 8 * 1024 * 1024;
/** EXCHANGE_LIFETIME after the last block [RFC 7959 §2.5]. */
const AGE_MS_MAX = 247_000;

export function makeBodies(options: BodiesOptions): Bodies {
  const { machine, clock } = options;
  /** One a key identifier, the one that was heard longest ago first. */
  const bodies = new Map<string, HeldBody>();

  const forget = (): void => {
    const nowMs = clock.nowMs();
    let octets = octetsOf(bodies);
    for (const [kid, { assembly, atMs }] of bodies) {
      const tooMany = bodies.size > BODIES_MAX || octets > OCTETS_MAX;
      if (!tooMany && nowMs - atMs <= AGE_MS_MAX) return;
      octets -= assembly.bytes.length;
      bodies.delete(kid);
    }
  };

  const take = (kid: string, letter: string, request: Packet): BodyAnswer => {
    forget();
    const before = bodies.get(kid);
    const mine = before?.letter === letter ? before.assembly : undefined;
    const { reply, held, body } = assemble(machine, mine, request, BODY_OCTETS_MAX);
    if (held !== undefined || mine !== undefined) bodies.delete(kid);
    if (held !== undefined) bodies.set(kid, { letter, assembly: held, atMs: clock.nowMs() });
    forget();
    if (held === undefined || body === undefined) return answerOf(reply);
    const stored = (): void => settle(machine, held);
    return { reply, whole: wholeOf(request, body), stored };
  };
  const refused = (code: number): BodyAnswer =>
    answerOf({ code, options: [], payload: machine.bytes(0) });

  /** A damaged image is none: whoever runs the platform hears of it, and its pager waits no longer. */
  const serve = (pager: string, request: Packet): BodyAnswer => {
    try {
      const image = options.imageFor(pager);
      if (image === undefined) return refused(NOT_FOUND);
      return answerOf(serveBlock(machine, image, request, BLOCK_EXPONENT));
    } catch (error) {
      options.fault(error);
      return refused(NOT_FOUND);
    }
  };

  return {
    answer({ pager, kid }, request) {
      const letter = pathOf(request);
      const isImage = letter === IMAGE_LETTER;
      const isBlock = BODY_LETTERS.includes(letter) && optionValue(request, BLOCK_1) !== undefined;
      if (!isImage && !isBlock) return undefined;
      if (refusedCritical(request, KNOWN_OPTIONS) !== 0) return refused(BAD_OPTION);
      if (request.code !== (isImage ? GET : POST)) return refused(METHOD_NOT_ALLOWED);
      return isBlock ? take(kid, letter, request) : serve(pager, request);
    },
    held: () => ({ bodies: bodies.size, octets: octetsOf(bodies) }),
  };
}

// internal

interface HeldBody {
  letter: string;
  assembly: Assembly;
  atMs: number;
}

function answerOf(reply: Reply): BodyAnswer {
  return { reply, stored: () => undefined };
}

function octetsOf(bodies: Map<string, HeldBody>): number {
  let octets = 0;
  for (const { assembly } of bodies.values()) octets += assembly.bytes.length;
  return octets;
}

function wholeOf(request: Packet, payload: Packet["payload"]): Packet {
  const options = request.options.filter((option) => !OF_BLOCKS.includes(option.number));
  return { ...request, options, payload };
}
