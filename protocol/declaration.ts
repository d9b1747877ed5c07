// The shape of a declared message: letter, fields in order, units, bounds; and the types that follow.
// Types only: what is declared stands in fields.ts and messages.ts, message-codec.ts works by it.

import type { Reader, Writer } from "./cbor.ts";
import type { Bytes, Machine } from "./machine.ts";

/** The rows of a list behind one another. */
export type List = readonly (number | Bytes)[];

/** A value that is more than one number. */
export type Many = Bytes | List;

/** How such values are judged, written and read. */
export interface Kind {
  readonly of: "octets" | "list";
  /** Whether the value is in the bounds of its field. */
  isSaid(field: Field, value: Many): boolean;
  /** Writes what `isSaid` has let through. */
  write(writer: Writer, value: Many): void;
  /** What stands there, whatever its bounds; not whole where the reader has a fault afterwards. */
  read(machine: Machine, reader: Reader): Many;
}

/** One of the numbers of a row; with `octetsMax` above 0 it may be octets instead, up to so many. */
export interface Column {
  readonly name: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly octetsMax: number;
}

export interface Field {
  readonly name: string;
  /** Absent for an int32. */
  readonly kind?: Kind;
  readonly unit: string;
  /** Bounds of the value in its unit. With a table, values outside go to its ends. */
  readonly min: number;
  readonly max: number;
  /** Without it the message is refused; other fields may be absent. */
  readonly needed?: true;
  /** A yes-or-no that rides on the sign: not set is v, set is -1 - v, of equal size. */
  readonly flag?: string;
  /** Values by their code, ascending; absent where the number itself goes over the wire. */
  readonly table?: readonly number[];
  /** Which row of the table a value between two rows takes. */
  readonly round?: "up" | "down";
  /** What a row of a list holds. */
  readonly columns?: readonly Column[];
  /** Version of the wire that brought the field. Fields are only ever added, behind the last. */
  readonly since: number;
}

export interface Declaration {
  readonly name: string;
  /** Uri-Path of the resource. */
  readonly letter: string;
  /** Whether the request is confirmable [wire §3]. */
  readonly confirmable: boolean;
  readonly direction: "up" | "down";
  /** Of a message down: the value of its first field, which tells it from the others. */
  readonly word?: number;
  readonly since: number;
  readonly fields: readonly Field[];
}

type Fields<D extends Declaration> = D["fields"][number];

type ValueOf<F extends Field> = F extends { kind: { of: "octets" } }
  ? Bytes
  : F extends { kind: { of: "list" } }
    ? List
    : number;

/** The values of a message: what is needed, what may be absent, and the flags (0 or 1). */
export type Values<D extends Declaration> = {
  [F in Fields<D> as F extends { needed: true } ? F["name"] : never]: ValueOf<F>;
} & {
  [F in Fields<D> as F extends { needed: true } ? never : F["name"]]?: ValueOf<F>;
} & {
  [F in Fields<D> as F extends { flag: infer Flag extends string } ? Flag : never]?: number;
};
