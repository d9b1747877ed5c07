// A message spoiled by its own declaration: one thing is wrong with it, or nothing is.
// What must come of it is for others to judge; here octets are made.

import type { Declaration, Field } from "../../protocol/declaration.ts";
import { DATAGRAM_OCTETS_MAX } from "../../protocol/limits.ts";
import type { Chance } from "../../tools/simulator/chance.ts";
import { anyMessage, anyOctets } from "./any-message.ts";
import { head, type Item, integer, octetsOfItem, type Raw, type Width } from "./cbor-items.ts";

interface Draft {
  readonly chance: Chance;
  readonly declaration: Declaration;
  readonly items: Item[];
}

type Spoil = (draft: Draft) => number[];

/** Items that are of no declared type, or not in their one form. */
const STRANGERS: readonly (readonly number[])[] = [
  [0x61, 0x61], // "a"
  [0xf5], // true
  [0xf7], // undefined
  [0xf9, 0x3c, 0x00], // 1.0
  [0xfb, 0x7f, 0xf0, 0, 0, 0, 0, 0, 0], // infinity
  [0xa1, 0x01, 0x02], // {1: 2}
  [0xc1, 0x00], // 1(0)
  [0x40], // h''
  [0x80], // []
  [0x9f, 0xff], // [_ ]
  [0x5f, 0x41, 0x00, 0xff], // (_ h'00')
  [0x1c], // reserved
  [0xf8, 0x10], // a simple value in two octets
  [0xff], // break
];

const INTEGERS = [-1, 0, 23, 24, 255, 256, 65535, 65536, 16777215, 16777216, 2147483647];
const BEYOND: readonly bigint[] = [2147483648n, 4294967295n, 4294967296n, 18446744073709551615n];
const WIDTHS: readonly Width[] = [1, 2, 4, 8];
const COUNTS: readonly bigint[] = [0n, 24n, 255n, 65535n, 2147483647n, 9223372036854775808n];
const DEPTH_MAX = 600;

function pick<T>(chance: Chance, list: readonly T[]): T {
  return list[chance.below(list.length)];
}

/** The place of a field that the message has, or would have next. */
function anyPlace({ chance, declaration, items }: Draft): number {
  return chance.below(Math.min(declaration.fields.length, items.length + 1));
}

function withItem(draft: Draft, at: number, item: Item): number[] {
  const items = [...draft.items];
  while (items.length < at) items.push(null);
  items[at] = item;
  return octetsOfItem(items);
}

/** Just outside of what the field may say, or far outside of what any may. */
function outside(chance: Chance, field: Field): Item {
  const { kind, columns = [] } = field;
  if (kind?.of === "octets") {
    const length = chance.happens(0.5) && field.min > 0 ? field.min - 1 : field.max + 1;
    return anyOctets(chance, Math.min(length, DATAGRAM_OCTETS_MAX));
  }
  if (kind?.of === "list") {
    const rows = chance.happens(0.5) ? Math.max(0, field.min - 1) : field.max + 1;
    const cells = rows * columns.length + (chance.happens(0.3) ? 1 : 0);
    return Array.from(
      { length: Math.min(cells, 400) },
      (_, at) => columns[at % columns.length].max,
    );
  }
  if (chance.happens(0.3)) {
    return { raw: head(chance.below(2), pick(chance, BEYOND)) };
  }
  if (chance.happens(0.3)) return pick(chance, INTEGERS);
  const [low, high] =
    field.table === undefined ? [field.min, field.max] : [0, field.table.length - 1];
  return chance.happens(0.5) ? low - 1 : high + 1;
}

function nested(chance: Chance, depth: number): Raw {
  const opening = pick(chance, [[0x81], [0xc1], [0xa1, 0x00], [0x82, 0x00]]);
  return { raw: [...Array.from({ length: depth }, () => opening).flat(), 0x00] };
}

const SPOILS = {
  nothing: ({ items }) => (items.length === 0 ? [] : octetsOfItem(items)),
  type: (draft) => withItem(draft, anyPlace(draft), { raw: pick(draft.chance, STRANGERS) }),
  bound: (draft) => {
    const at = anyPlace(draft);
    return withItem(draft, at, outside(draft.chance, draft.declaration.fields[at]));
  },
  missing: (draft) => {
    const { chance, items } = draft;
    if (chance.happens(0.5)) return withItem(draft, anyPlace(draft), null);
    return octetsOfItem(items.slice(0, chance.below(items.length + 1)));
  },
  tail: ({ chance, declaration, items }) => {
    const whole = declaration.fields.map((_, at) => items[at] ?? null);
    const more = Array.from({ length: chance.between(1, 4) }, (): Item => {
      if (chance.happens(0.2)) return null;
      return chance.happens(0.3) ? { raw: pick(chance, STRANGERS) } : chance.below(1000);
    });
    return octetsOfItem([...whole, ...more]);
  },
  nesting: (draft) => {
    const depth = 1 + draft.chance.below(draft.chance.happens(0.2) ? DEPTH_MAX : 8);
    const at = draft.chance.happens(0.5) ? anyPlace(draft) : draft.declaration.fields.length;
    return withItem(draft, at, nested(draft.chance, depth));
  },
  width: (draft) => {
    const at = anyPlace(draft);
    const item = draft.items[at];
    const width = pick(draft.chance, WIDTHS);
    if (typeof item === "number") return withItem(draft, at, { raw: integer(item, width) });
    const whole = octetsOfItem(draft.items);
    return [...head(4, draft.items.length, width), ...whole.slice(1)];
  },
  count: ({ chance, items }) => {
    const near = BigInt(Math.max(0, items.length + chance.between(-1, 2)));
    const count = chance.happens(0.5) ? near : pick(chance, COUNTS);
    const rest = items.flatMap(octetsOfItem);
    return [...head(pick(chance, [2, 3, 4, 4, 4, 5]), count), ...rest];
  },
  length: (draft) => {
    const announced = head(pick(draft.chance, [2, 4]), pick(draft.chance, COUNTS));
    return withItem(draft, anyPlace(draft), { raw: [...announced, 0x00] });
  },
  cut: ({ chance, items }) => {
    const whole = octetsOfItem(items);
    return whole.slice(0, chance.below(whole.length));
  },
  behind: ({ chance, items }) => [
    ...octetsOfItem(items),
    ...anyOctets(chance, chance.between(1, 5)),
  ],
  random: ({ chance }) => [...anyOctets(chance, chance.below(40))],
} satisfies Record<string, Spoil>;

export type SpoilName = keyof typeof SPOILS;
export const SPOIL_NAMES = Object.keys(SPOILS) as SpoilName[];

/** A message of this declaration with one thing wrong; a quarter of them are as they should be. */
export function spoiled(
  chance: Chance,
  declaration: Declaration,
): { spoil: SpoilName; payload: Uint8Array } {
  const spoil = chance.happens(0.25) ? "nothing" : pick(chance, SPOIL_NAMES);
  const draft = { chance, declaration, items: anyMessage(chance, declaration) };
  return { spoil, payload: Uint8Array.from(SPOILS[spoil](draft)) };
}
