// A message as its declaration allows it, drawn from chance: the array that it puts on the wire.

import type { Column, Declaration, Field } from "../../protocol/declaration.ts";
import type { Chance } from "../../tools/simulator/chance.ts";
import type { Item } from "./cbor-items.ts";

/** Long texts and lists are drawn short: a whole datagram has 1,280 octets. */
const OCTETS_MAX = 60;
const ROWS_MAX = 5;
const PRESENT = 0.75;

/** The ends and what is near 0 more often than their share. */
export function anyNumber(chance: Chance, min: number, max: number): number {
  switch (chance.below(6)) {
    case 0:
      return min;
    case 1:
      return max;
    case 2:
      return Math.min(max, Math.max(min, chance.below(30)));
    default:
      return chance.between(min, max);
  }
}

export function anyOctets(chance: Chance, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => chance.below(256));
}

function anyCell(chance: Chance, column: Column): Item {
  if (column.octetsMax > 0 && chance.happens(0.4)) {
    return anyOctets(chance, chance.between(0, column.octetsMax));
  }
  return anyNumber(chance, column.min, column.max);
}

/** What one field may say, as an item. */
export function anyItem(chance: Chance, field: Field): Item {
  const { kind, table, columns = [] } = field;
  if (kind?.of === "octets") {
    const longest = Math.max(field.min, Math.min(field.max, OCTETS_MAX));
    return anyOctets(chance, chance.between(field.min, longest));
  }
  if (kind?.of === "list") {
    const rows = chance.between(field.min, Math.min(field.max, ROWS_MAX));
    return Array.from({ length: rows }, () => columns.map((one) => anyCell(chance, one))).flat();
  }
  const value =
    table === undefined ? anyNumber(chance, field.min, field.max) : chance.below(table.length);
  return field.flag !== undefined && chance.happens(0.5) ? -1 - value : value;
}

/** All that a message says, trailing absent values cut; a word is always its own. */
export function anyMessage(chance: Chance, declaration: Declaration): Item[] {
  const items = declaration.fields.map((field, at): Item => {
    if (at === 0 && declaration.word !== undefined) return declaration.word;
    return field.needed || chance.happens(PRESENT) ? anyItem(chance, field) : null;
  });
  while (items.length > 0 && items[items.length - 1] === null) items.pop();
  return items;
}
