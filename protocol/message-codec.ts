// One encoder and one decoder for every message, led by its declaration [wire §6].
// Never holds an alarm back: a value that can't be said is left out, the message still goes.

import {
  finish,
  isNull,
  newReader,
  newWriter,
  type Reader,
  readArray,
  readInt,
  skipItem,
  skipNull,
  type Writer,
  writeInt,
  writeNull,
} from "./cbor.ts";
import { codeDown, codeUp } from "./codes.ts";
import type { Declaration, Field, Many, Values } from "./declaration.ts";
import { type Fault, type FaultCode, makeFault } from "./fault.ts";
import type { Bytes, Machine } from "./machine.ts";

type Numbers = Record<string, number | undefined>;
type Manies = Record<string, Many | undefined>;

/** Of an array of so many: no message has more than 23 fields. */
const ARRAY_HEAD = 128;

/** Whether the number can be said: it is needed, or in bounds, or of a table that has ends. */
function isSaid(field: Field, value: number): boolean {
  if (field.needed === true || field.table !== undefined) return true;
  return value >= field.min && value <= field.max;
}

/** The number that goes over the wire, before the flag. */
function wireNumber(field: Field, value: number): number {
  const table = field.table;
  if (table !== undefined) {
    return field.round === "up" ? codeUp(table, value) : codeDown(table, value);
  }
  if (value < field.min) return field.min;
  return value > field.max ? field.max : value;
}

/** Writes the value, or null where there is none or it can't be said; whether it was said. */
function writeField(writer: Writer, field: Field, values: Numbers): boolean {
  const value = values[field.name];
  const kind = field.kind;
  if (value !== undefined && kind !== undefined) {
    const many = value as unknown as Many;
    if (kind.isSaid(field, many)) {
      kind.write(writer, many);
      return true;
    }
  } else if (value !== undefined && isSaid(field, value)) {
    const wire = wireNumber(field, value);
    writeInt(writer, field.flag !== undefined && values[field.flag] === 1 ? -1 - wire : wire);
    return true;
  }
  writeNull(writer);
  return false;
}

/**
 * The payload of a message. A value outside its bounds is left out, or, if it is a number of a needed
 * field, held to the nearest bound: no value may keep an alarm from leaving. Trailing absent values
 * are cut.
 */
export function encodeMessage<D extends Declaration>(
  machine: Machine,
  declaration: D,
  values: Values<D>,
): Bytes {
  const fields = declaration.fields;
  const writer = newWriter(machine, 1 + 5 * fields.length);
  // The head has one octet and is known last: behind the last value that was said.
  writer.at = 1;
  let count = 0;
  let end = 0;
  for (let i = 0; i < fields.length; i++) {
    if (writeField(writer, fields[i], values as Numbers)) {
      count = i + 1;
      end = writer.at;
    }
  }
  if (count > 0) writer.bytes[0] = ARRAY_HEAD + count;
  writer.at = end;
  return finish(machine, writer);
}

/** Reads a number into `values`; what was wrong, or "". */
function readNumber(reader: Reader, field: Field, values: Numbers): FaultCode | "" {
  let wire = readInt(reader);
  if (reader.fault !== "") return reader.fault;
  if (field.flag !== undefined) {
    values[field.flag] = wire < 0 ? 1 : 0;
    if (wire < 0) wire = -1 - wire;
  }
  const table = field.table;
  if (table !== undefined) {
    if (wire < 0 || wire >= table.length) return "out-of-bounds";
    wire = table[wire];
  } else if (wire < field.min || wire > field.max) {
    return "out-of-bounds";
  }
  values[field.name] = wire;
  return "";
}

/** Reads one field into `values`; what was wrong, or "". */
function readField(
  machine: Machine,
  reader: Reader,
  field: Field,
  values: Numbers,
): FaultCode | "" {
  if (field.kind === undefined) return readNumber(reader, field, values);
  const many = field.kind.read(machine, reader);
  if (reader.fault !== "") return reader.fault;
  (values as unknown as Manies)[field.name] = many;
  return field.kind.isSaid(field, many) ? "" : "out-of-bounds";
}

/** Passes over what a newer version put behind the fields known here. */
function tailFault(reader: Reader, count: number): FaultCode | "" {
  for (let i = 0; i < count; i++) {
    // An absent last value would have been cut, so one form is left [wire §6].
    if (i === count - 1 && isNull(reader)) return "not-canonical";
    skipItem(reader);
  }
  if (reader.fault !== "") return reader.fault;
  return reader.at < reader.bytes.length ? "trailing-octets" : "";
}

/**
 * The values in a payload, or the fault and the field it is in. Flags are 0 or 1 where their field
 * is there. Only the one deterministic form is read; an unknown tail is passed over.
 */
export function decodeMessage<D extends Declaration>(
  machine: Machine,
  declaration: D,
  payload: Bytes,
): Values<D> | Fault {
  const values: Numbers = {};
  const name = declaration.name;
  const reader = newReader(payload);
  const count = payload.length === 0 ? 0 : readArray(reader);
  if (reader.fault !== "") return makeFault(reader.fault, name);
  // Nothing to say is said by no octets at all.
  if (count === 0 && payload.length > 0) return makeFault("not-canonical", name);
  const fields = declaration.fields;
  for (let i = 0; i < fields.length; i++) {
    let code: FaultCode | "" = "";
    if (i < count && !isNull(reader)) code = readField(machine, reader, fields[i], values);
    else if (fields[i].needed === true) code = "missing-field";
    else if (i === count - 1) code = "not-canonical";
    else if (i < count) skipNull(reader);
    if (code !== "") return makeFault(code, name + "." + fields[i].name);
  }
  const code = tailFault(reader, count - fields.length);
  if (code !== "") return makeFault(code, name);
  return values as Values<D>;
}
