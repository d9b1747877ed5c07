// Vectors of every message: values, payload, and the sealed datagrams that carry it.
// Numbers follow from the message's letter or word, so that a new message changes no other's vector.

import { toHex } from "../../protocol/bytes.ts";
import { CON, NON, POST, pathOption } from "../../protocol/coap.ts";
import type { Declaration, Field } from "../../protocol/declaration.ts";
import { DATAGRAM_OCTETS_MAX, PIV_MAX } from "../../protocol/limits.ts";
import { MESSAGES } from "../../protocol/messages.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { pushed } from "./block-vectors.ts";
import { CONTEXTS } from "./contexts.ts";
import type { Json } from "./json.ts";
import type { Cell, Said, Value } from "./said.ts";
import { packetOf, type SealedVector, sealedRequest } from "./seal.ts";
import { fullest, payloadOf, variantsOf } from "./values.ts";

export interface MessageVector {
  name: string;
  message: string;
  direction: "up" | "down";
  letter: string;
  word?: number;
  values: { [name: string]: Json };
  payload: string;
  /** One datagram, or a push in blocks with its answers; none where the platform sends no such. */
  sealed: SealedVector[];
}

/** Partial IVs of one, of two and of three octets. */
const PIV_OF: Record<string, number> = {
  smallest: 0,
  ordinary: 256,
  flagged: 512,
  gaps: 768,
  fullest: 1024,
  former: 1280,
};
/** A push takes a number a block. */
const PUSH_PIV = 65_536;
const PUSH_BLOCKS = 64;

/** The first word, sealed under no other number: letters and words are few and never change. */
function codeOf(message: Declaration): number {
  if (message.direction === "up") return message.letter.charCodeAt(0);
  return message.word ?? 24;
}

function pivOf(message: Declaration, variant: string): number {
  const code = codeOf(message);
  return variant === "widest" ? PIV_MAX - code : PIV_OF[variant] + code;
}

function cellJson(cell: Cell): Json {
  return typeof cell === "number" ? cell : toHex(cell);
}

/** Numbers as they are, octets as hex, lists as lists of rows. */
function valueJson(field: Field | undefined, value: Value): Json {
  if (!Array.isArray(value)) return cellJson(value);
  const width = field?.columns?.length ?? 1;
  const rows: Json[] = [];
  for (let at = 0; at < value.length; at += width) {
    rows.push(value.slice(at, at + width).map(cellJson));
  }
  return rows;
}

function valuesJson(message: Declaration, said: Said): { [name: string]: Json } {
  return Object.fromEntries(
    Object.entries(said).map(([name, value]) => {
      const field = message.fields.find((one) => one.name === name);
      return [name, valueJson(field, value)];
    }),
  );
}

function sealedWhole(message: Declaration, piv: number, said: Said): SealedVector {
  const packet = packetOf(message.confirmable ? CON : NON, piv, {
    code: POST,
    options: [pathOption(nodeMachine, message.letter)],
    payload: payloadOf(message, said),
  });
  const from = message.direction === "up" ? "pager" : "platform";
  return sealedRequest(CONTEXTS[0], from, piv, packet);
}

function fitsDatagram(sealed: SealedVector): boolean {
  return sealed.datagram.length <= 2 * DATAGRAM_OCTETS_MAX;
}

function sealedOf(message: Declaration, variant: string, said: Said): SealedVector[] {
  const whole = sealedWhole(message, pivOf(message, variant), said);
  if (fitsDatagram(whole)) return [whole];
  // Only what goes up is put together from blocks.
  if (message.direction === "down") return [];
  const firstPiv = PUSH_PIV + PUSH_BLOCKS * codeOf(message);
  return pushed(CONTEXTS[0], firstPiv, message.letter, payloadOf(message, said));
}

function vectorOf(message: Declaration, variant: string, said: Said): MessageVector {
  return {
    name: `${message.name}, ${variant}`,
    message: message.name,
    direction: message.direction,
    letter: message.letter,
    word: message.word,
    values: valuesJson(message, said),
    payload: toHex(payloadOf(message, said)),
    sealed: sealedOf(message, variant, said),
  };
}

function vectorsOf(message: Declaration): MessageVector[] {
  const variants = variantsOf(message);
  const vectors = variants.map(([variant, said]) => vectorOf(message, variant, said));
  const tooLong = variants.some(
    ([, said]) => !fitsDatagram(sealedWhole(message, pivOf(message, "widest"), said)),
  );
  if (!tooLong) return vectors;
  const piv = pivOf(message, "fullest");
  const fitting = fullest(message, (said) => fitsDatagram(sealedWhole(message, piv, said)));
  return [...vectors, vectorOf(message, "fullest", fitting)];
}

export function messageVectors(): MessageVector[] {
  return MESSAGES.flatMap(vectorsOf);
}
