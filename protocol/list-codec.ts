// Values that are more than one number: octet strings, and lists of rows with columns [wire §6].
// Only a board whose messages have such fields carries this file: their declarations name it.

import {
  isOctets,
  type Reader,
  readArray,
  readBytes,
  readInt,
  type Writer,
  writeArray,
  writeBytes,
  writeInt,
} from "./cbor.ts";
import type { Column, Field, Kind, List, Many } from "./declaration.ts";
import type { Bytes, Machine } from "./machine.ts";

/** An octet string whose length the field's bounds are about. */
export const OCTETS: Kind & { readonly of: "octets" } = {
  of: "octets",
  isSaid(field: Field, value: Many): boolean {
    // As octets: on Lua a length is counted in another way where it may be a list's.
    const octets = (value as Bytes).length;
    return octets >= field.min && octets <= field.max;
  },
  write(writer: Writer, value: Many): void {
    writeBytes(writer, value as Bytes);
  },
  read(machine: Machine, reader: Reader): Many {
    return readBytes(machine, reader);
  },
};

function isCellSaid(column: Column, cell: number | Bytes): boolean {
  if (typeof cell === "number") return cell >= column.min && cell <= column.max;
  return column.octetsMax > 0 && cell.length <= column.octetsMax;
}

function isListSaid(field: Field, value: Many): boolean {
  const list = value as List;
  const columns = field.columns as readonly Column[];
  const width = columns.length;
  if (list.length % width !== 0) return false;
  if (list.length < field.min * width || list.length > field.max * width) return false;
  for (let i = 0; i < list.length; i++) {
    if (!isCellSaid(columns[i % width], list[i])) return false;
  }
  return true;
}

export function writeCell(writer: Writer, cell: number | Bytes): void {
  if (typeof cell === "number") writeInt(writer, cell);
  else writeBytes(writer, cell);
}

/** A flat array of numbers and octets. */
export function writeCells(writer: Writer, list: List): void {
  writeArray(writer, list.length);
  for (let i = 0; i < list.length; i++) writeCell(writer, list[i]);
}

export function readCells(machine: Machine, reader: Reader): (number | Bytes)[] {
  const list: (number | Bytes)[] = [];
  // Each cell takes an octet at least, which `readArray` has seen: a count makes no room by itself.
  const cells = readArray(reader);
  for (let i = 0; i < cells && reader.fault === ""; i++) {
    list.push(isOctets(reader) ? readBytes(machine, reader) : readInt(reader));
  }
  return list;
}

/** A flat array of rows, each cell by its column; the field's bounds are about the rows. */
export const LIST: Kind & { readonly of: "list" } = {
  of: "list",
  // A method like the others: Lua hands the record itself to methods, and not to plain functions.
  isSaid(field: Field, value: Many): boolean {
    return isListSaid(field, value);
  },
  write(writer: Writer, value: Many): void {
    writeCells(writer, value as List);
  },
  read(machine: Machine, reader: Reader): Many {
    return readCells(machine, reader);
  },
};
