// A case is one datagram of a run: a third are changed sealed octets, a third changed plaintext under
// the right key, a third changed header, key identifier and number. From seed and index alone.

import type { Chance } from "../../tools/simulator/chance.ts";
import { type Base, baseOf, chanceOf, datagramOfBase } from "./base.ts";
import { serialText, smsLine } from "./carried-text.ts";
import { innerCase } from "./inner-cases.ts";
import { changed } from "./octet-changes.ts";
import { outerCase } from "./outer-cases.ts";
import type { Side } from "./sides.ts";

export const THIRDS = ["sealed octets", "plaintext", "header"] as const;
export type Third = (typeof THIRDS)[number];

export interface Case {
  /** Up to the gateway, or turned round and down to a pager. */
  readonly side: Side["name"];
  readonly index: number;
  readonly third: Third;
  /** What was done to it. */
  readonly what: string;
  readonly octets: Uint8Array;
  /** How it comes; `text` where that is by text. */
  readonly carrier: "udp" | "serial" | "sms";
  readonly text?: string;
}

const REPLAYED = 0.15;
const UNTOUCHED = 0.05;
/** Earlier cases of the same sender that a copy may be of. */
const BACK_MAX = 6;
/** Of so many up, one comes by serial line and one by SMS. */
const TEXT_EVERY = 40;

export function caseOf(side: Side, seed: number, index: number): Case {
  const third = THIRDS[index % THIRDS.length];
  const chance = chanceOf(side, seed, index, third);
  const base = baseOf(side, seed, index);
  const { what, octets } = MAKERS[third](chance, side, { seed, index, base });
  return { side: side.name, index, third, what, octets, ...carried(chance, side, index, octets) };
}

// internal

interface Place {
  readonly seed: number;
  readonly index: number;
  readonly base: Base;
}

type Maker = (chance: Chance, side: Side, place: Place) => { what: string; octets: Uint8Array };

const MAKERS: Record<Third, Maker> = {
  "sealed octets": (chance, side, { seed, index, base }) => {
    const back = Math.max(0, index - side.senders.length * chance.between(1, BACK_MAX));
    const earlier = datagramOfBase(baseOf(side, seed, back));
    if (chance.happens(REPLAYED)) return { what: "replay", octets: earlier };
    const octets = datagramOfBase(base);
    if (chance.happens(UNTOUCHED)) return { what: "untouched", octets };
    const { changes, octets: result } = changed(chance, octets, earlier);
    return { what: changes.join(", "), octets: result };
  },
  plaintext: (chance, side, { base }) => {
    const { what, text } = innerCase(chance, side, base.asked !== undefined);
    return { what, octets: datagramOfBase({ ...base, text }) };
  },
  header: (chance, side, { base }) => {
    const { turns, octets } = outerCase(chance, side, base);
    return { what: turns.join(", "), octets };
  },
};

function carried(
  chance: Chance,
  side: Side,
  index: number,
  octets: Uint8Array,
): Pick<Case, "carrier" | "text"> {
  if (side.name === "up" && index % TEXT_EVERY === 1) {
    return { carrier: "serial", text: serialText(chance, octets) };
  }
  if (side.name === "up" && index % TEXT_EVERY === 2) {
    return { carrier: "sms", text: smsLine(chance, octets) };
  }
  return { carrier: "udp" };
}
