// What a message says in a vector: values by name. Types only.

export type Cell = number | Uint8Array;
/** A number, octets, or the rows of a list behind one another. */
export type Value = number | Uint8Array | Cell[];
/** By name of field or flag. */
export type Said = Record<string, Value>;
