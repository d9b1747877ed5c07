// What came under each number of late, and by which carrier: a copy, or another text [wire §1.5].
// Memory only, and bounded: what is not known here counts as a copy.

import { TAG_OCTETS } from "../../protocol/limits.ts";
import type { Bytes } from "../../protocol/machine.ts";
import type { CarrierName } from "../events.ts";
import type { SealedRequest } from "./datagram.ts";

export interface Texts {
  /** Remembers an authentic request. */
  note(request: SealedRequest): void;
  /** The number sealed another text before: two pagers, or one that counts anew [wire §1.5]. */
  isOther(request: SealedRequest): boolean;
  /** The same text came by another carrier first [wire §5]. */
  isByOther(request: SealedRequest): boolean;
}

interface Text {
  carrier: CarrierName;
  marks: number[];
}

/** Some fifteen megabytes; the number remembered first goes first. */
const TEXTS_MAX = 100_000;
/** Texts told apart under one number: a copy of the second one is a copy too. */
const MARKS_MAX = 4;

export function makeTexts(): Texts {
  const texts = new Map<string, Text>();
  const find = ({ kid, piv }: SealedRequest): Text | undefined => texts.get(`${kid} ${piv}`);
  return {
    note(request) {
      const known = find(request);
      const mark = markOf(request.sealed.packet.payload);
      if (known?.marks.includes(mark)) return;
      const { carrier } = known ?? request.from;
      const marks = [mark, ...(known?.marks ?? [])].slice(0, MARKS_MAX);
      texts.set(`${request.kid} ${request.piv}`, { carrier, marks });
      if (texts.size > TEXTS_MAX) texts.delete(texts.keys().next().value as string);
    },
    isOther(request) {
      const known = find(request);
      return known !== undefined && !known.marks.includes(markOf(request.sealed.packet.payload));
    },
    isByOther(request) {
      const known = find(request);
      return known !== undefined && known.carrier !== request.from.carrier;
    },
  };
}

// internal

/**
 * The tag: a digest of the text that only the key can make, and it was verified. Six octets of it
 * are what a number holds exactly.
 */
function markOf(sealed: Bytes): number {
  let mark = 0;
  for (let i = sealed.length - TAG_OCTETS; i < sealed.length - 2; i++)
    mark = mark * 256 + sealed[i];
  return mark;
}
