// What an opened message means by its declaration: name, fields, values, and what is wrong with it.
// Pure. A message that is not as declared is read as far as it goes, and the fault is placed.

import { newReader, readArray, readInt } from "../../protocol/cbor.ts";
import { BLOCK_1, BLOCK_2, optionValue, pathOf } from "../../protocol/coap.ts";
import type { Declaration, Field, Many } from "../../protocol/declaration.ts";
import { isFault } from "../../protocol/fault.ts";
import { decodeMessage } from "../../protocol/message-codec.ts";
import { declarationOf, declarationOfWord, isCallForHelp } from "../../protocol/message-lookup.ts";
import { IMAGE_LETTER, RENEW, WORD } from "../../protocol/messages.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { toOctets } from "../../sdk/octets.ts";
import { same, type Words } from "../desk/words/words.ts";
import { fieldPlaces, type PlacedFault, placeInMessage } from "./fault-place.ts";
import { type Notation, toNotation } from "./notation.ts";
import type { Decoded } from "./open.ts";
import {
  type NumberValues,
  plainValue,
  rowTexts,
  type Shown,
  shownValue,
  type Value,
} from "./value-text.ts";
import { fieldWords, flagWords, messageWords, otherWords } from "./words.ts";

export interface FieldMeaning {
  name: string;
  words: Words;
  /** Absent for a key, which is never shown. */
  value?: Value;
  unit: string;
  shown: Shown;
  flag?: { name: string; set: boolean; words: Words };
  /** Place of the value in its table, from 0, and how many rows that has. */
  row?: { at: number; of: number };
  /** The rows of a list, or the lines of a text. */
  rows?: string[];
}

export interface Meaning {
  /** By the declaration; "" for what has none. */
  name: string;
  words: Words;
  fields: FieldMeaning[];
  /** Items behind the declared ones, from a newer version. */
  tail: number;
  fault?: PlacedFault;
  /** The payload as it is written in CBOR; absent where it is none. */
  notation?: Notation;
  /** There may be keys in the payload: its octets are not shown. */
  hides: boolean;
}

/** Of an opened datagram; `whole` is the body that it ends. */
export function meaningOf(decoded: Decoded, whole: Uint8Array | undefined): Meaning | undefined {
  const { opened, usage, asked } = decoded;
  const packet = opened?.packet;
  if (opened === undefined || packet === undefined) return undefined;
  const payload = whole ?? toOctets(packet.payload);
  const isAnswer = usage === "answer";
  const path = isAnswer ? (asked?.path ?? "") : pathOf(packet);
  if (path === IMAGE_LETTER) return bare(otherWords.image);
  const block = optionValue(packet, BLOCK_1) ?? optionValue(packet, BLOCK_2);
  if (block !== undefined && whole === undefined && !isAnswer) {
    return { ...bare(otherWords.part), hides: opened.way === "down" };
  }
  if (isAnswer && payload.length === 0) {
    return bare(opened.way === "down" ? otherWords.answer : otherWords.obeyed);
  }
  if (opened.way === "down") return wordMeaning(payload);
  if (isAnswer) return { ...bare(otherWords.obeyed), notation: toNotation(payload) };
  return upMeaning(path, payload);
}

// internal

/** Heads of CBOR: null, and an array of fewer than 24 items, which no message exceeds. */
const NULL = 0xf6;
const ARRAY = 0x80;

function bare(words: Words): Meaning {
  return { name: "", words, fields: [], tail: 0, hides: false };
}

function upMeaning(letter: string, payload: Uint8Array): Meaning {
  const declaration = declarationOf(letter);
  if (declaration !== undefined) return declaredMeaning(declaration, payload, false);
  const words = isCallForHelp(letter) ? otherWords.unknownAlarm : otherWords.unknownLetter;
  return { ...bare(words), notation: notationOf(payload, false) };
}

/** The first value says which word it is. Only what is surely no renewal shows its octets. */
function wordMeaning(payload: Uint8Array): Meaning {
  const reader = newReader(payload);
  readArray(reader);
  const what = readInt(reader);
  const declaration = reader.fault === "" ? declarationOfWord(what) : undefined;
  const hides = declaration === undefined || declaration.name === RENEW.name;
  return declaredMeaning(declaration ?? WORD, payload, hides);
}

function notationOf(payload: Uint8Array, hides: boolean): Notation | undefined {
  return payload.length === 0 ? undefined : toNotation(payload, { hides });
}

function declaredMeaning(declaration: Declaration, payload: Uint8Array, hides: boolean): Meaning {
  const decoded = decodeMessage(nodeMachine, declaration, payload);
  const fault = isFault(decoded) ? placeInMessage(payload, declaration, decoded) : undefined;
  const values = isFault(decoded) ? readBefore(declaration, payload, decoded.path) : decoded;
  const fields = declaration.fields.filter((field) => values[field.name] !== undefined);
  return {
    name: declaration.name,
    words: messageWords[declaration.name] ?? same(declaration.name),
    fields: fields.map((field) => fieldMeaning(declaration, field, values)),
    tail: Math.max(0, fieldPlaces(payload).length - 1 - declaration.fields.length),
    fault,
    notation: notationOf(payload, hides),
    hides,
  };
}

/** The values of the fields before the one that is wrong, as a message of those alone. */
function readBefore(declaration: Declaration, payload: Uint8Array, path: string): NumberValues {
  const places = fieldPlaces(payload);
  const { fields, name } = declaration;
  const wrong = fields.findIndex((field) => `${name}.${field.name}` === path);
  let count = Math.min(wrong < 0 ? fields.length : wrong, places.length - 1);
  while (count > 0 && payload[places[count - 1]] === NULL) count -= 1;
  if (count === 0) return {};
  const before = Uint8Array.of(ARRAY + count, ...payload.subarray(places[0], places[count]));
  const values = decodeMessage(
    nodeMachine,
    { ...declaration, fields: fields.slice(0, count) },
    before,
  );
  return isFault(values) ? {} : (values as NumberValues);
}

function fieldMeaning(declaration: Declaration, field: Field, values: NumberValues): FieldMeaning {
  const value = values[field.name] as number | Many;
  const { name, unit, table, flag } = field;
  const meaning: FieldMeaning = {
    name,
    words: fieldWords[name] ?? same(name),
    value: plainValue(field, value),
    unit,
    shown: shownValue(field, value),
  };
  if (table !== undefined) meaning.row = { at: table.indexOf(value as number), of: table.length };
  if (flag !== undefined) {
    const set = values[flag] === 1;
    const words = flagWords[flag]?.[set ? "set" : "clear"] ?? same(`${flag} ${set}`);
    meaning.flag = { name: flag, set, words };
  }
  meaning.rows = rowTexts(declaration, field, values);
  return meaning;
}
