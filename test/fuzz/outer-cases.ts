// What can be wrong around a seal: header, token, number, key identifier, options in the clear.
// Most of it is not covered by the seal, so that what is inside stays authentic.

import { ACK, CHANGED, EMPTY, GET, OSCORE, POST, RST } from "../../protocol/coap.ts";
import type { Chance } from "../../tools/simulator/chance.ts";
import { anyOctets } from "./any-message.ts";
import { type Base, kidOf, pathOptions, sealedBase } from "./base.ts";
import { anyOption, DAMAGED } from "./inner-cases.ts";
import {
  bodyOf,
  datagramOf,
  oscoreOption,
  payloadTail,
  type RawHeader,
  type RawOption,
} from "./packets.ts";
import type { Side } from "./sides.ts";

interface Draft {
  readonly chance: Chance;
  readonly side: Side;
  base: Base;
  header: RawHeader;
  /** What the OSCORE option shows, where that is not what was sealed. */
  piv?: number[];
  kid?: number[] | "absent";
  kidContext?: number[];
  /** The option as it is, or none. */
  option?: RawOption | "absent";
  readonly options: RawOption[];
  /** Behind the options, instead of marker and sealed text. */
  tail?: readonly number[];
}

type Turn = (draft: Draft) => void;

const LEAP_MAX = 0x40000;

function another(side: Side, chance: Chance): number[] {
  const { context } = side.senders[chance.below(side.senders.length)];
  return [...(context.senderId as Uint8Array)];
}

function withNumber(draft: Draft, number: number): void {
  draft.base = { ...draft.base, number: Math.min(0xffffff, Math.max(0, number)) };
}

const TURNS = {
  version: ({ chance, header }) => {
    header.version = [0, 2, 3][chance.below(3)];
  },
  token: ({ chance, header }) => {
    header.token = [...anyOctets(chance, chance.below(9))];
    if (chance.happens(0.5)) header.tokenLength = chance.below(16);
  },
  type: ({ chance, header }) => {
    header.type = chance.below(4);
  },
  code: ({ chance, header }) => {
    header.code = chance.happens(0.5)
      ? chance.below(256)
      : [GET, POST, 5, CHANGED, 132][chance.below(5)];
  },
  "message id": ({ chance, header }) => {
    header.messageId = chance.below(65536);
  },
  "old number": (draft) => withNumber(draft, (draft.base.number ?? 0) - draft.chance.below(300)),
  "number ahead": (draft) => {
    const leap = draft.base.sender.mayLeap ? LEAP_MAX : 30;
    withNumber(draft, (draft.base.number ?? 0) + draft.chance.below(leap));
  },
  "wrong number": (draft) => {
    draft.piv = [...anyOctets(draft.chance, draft.chance.between(1, 3))];
  },
  "shape of number": (draft) => {
    const { chance } = draft;
    const length = chance.happens(0.3) ? chance.below(8) : chance.between(0, 5);
    draft.piv = chance.happens(0.5) ? Array(length).fill(0) : [...anyOctets(chance, length)];
  },
  kid: (draft) => {
    const { chance, side } = draft;
    draft.kid = chance.happens(0.4)
      ? another(side, chance)
      : [...anyOctets(chance, chance.happens(0.5) ? 3 : chance.below(10))];
    if (chance.happens(0.1)) draft.kid = "absent";
  },
  "kid context": (draft) => {
    draft.kidContext = [...anyOctets(draft.chance, draft.chance.below(9))];
  },
  "OSCORE option": (draft) => {
    const { chance } = draft;
    const value = [...anyOctets(chance, chance.below(16))];
    // As many octets as a length can have that still fits a datagram.
    if (chance.happens(0.2)) value.splice(0, 2, 0x19, 1, chance.below(256));
    draft.option = { number: OSCORE, value };
  },
  "no seal": (draft) => {
    draft.option = "absent";
    if (draft.chance.happens(0.5)) draft.options.push(...pathOptions("s"));
  },
  "two seals": (draft) => {
    draft.options.push({ number: OSCORE, value: [...anyOctets(draft.chance, 4)] });
  },
  "outer options": (draft) => {
    const count = draft.chance.happens(0.1) ? 17 : draft.chance.between(1, 3);
    for (let i = 0; i < count; i++) draft.options.push(anyOption(draft.chance));
  },
  body: (draft) => {
    draft.tail = DAMAGED[draft.chance.below(DAMAGED.length)];
  },
  payload: (draft) => {
    draft.tail = payloadTail([...anyOctets(draft.chance, draft.chance.below(30))]);
  },
  empty: (draft) => {
    const { chance, header } = draft;
    header.code = EMPTY;
    header.type = chance.below(4);
    header.token = [];
    if (chance.happens(0.2)) return;
    draft.option = "absent";
    draft.tail = chance.happens(0.2) ? [chance.below(256)] : [];
  },
  answer: ({ chance, header }) => {
    header.type = [ACK, RST, header.type][chance.below(3)];
    header.code = [CHANGED, 69, 129, 132, 160][chance.below(5)];
  },
} satisfies Record<string, Turn>;

export type TurnName = keyof typeof TURNS;
export const TURN_NAMES = Object.keys(TURNS) as TurnName[];

function written(draft: Draft): Uint8Array {
  const { base, header, kidContext, options, option } = draft;
  const { piv, sealed } = sealedBase(base);
  const kid = draft.kid === "absent" ? undefined : (draft.kid ?? kidOf(base));
  const shown = option ?? oscoreOption({ piv: draft.piv ?? piv, kid, kidContext });
  const all = shown === "absent" ? options : [shown, ...options];
  return datagramOf(header, bodyOf(all, draft.tail ?? payloadTail(sealed)));
}

/** The base with one or two things changed around its seal. */
export function outerCase(
  chance: Chance,
  side: Side,
  base: Base,
): { turns: TurnName[]; octets: Uint8Array } {
  const turns = Array.from(
    { length: chance.between(1, 2) },
    () => TURN_NAMES[chance.below(TURN_NAMES.length)],
  );
  const draft: Draft = { chance, side, base, header: { ...base.header }, options: [] };
  for (const name of turns) TURNS[name](draft);
  return { turns, octets: written(draft) };
}
