// What can be wrong inside of a seal that is right: the message, its options, its path, its code.

import {
  BLOCK_1,
  BLOCK_2,
  CHANGED,
  CONTENT,
  CONTINUE,
  ECHO,
  ETAG,
  GET,
  IF_MATCH,
  OSCORE,
  POST,
  PROXY_URI,
  REQUEST_TAG,
  SIZE_1,
  UNAUTHORIZED,
  URI_HOST,
  URI_PATH,
} from "../../protocol/coap.ts";
import { OPTION_COUNT_MAX } from "../../protocol/limits.ts";
import type { Chance } from "../../tools/simulator/chance.ts";
import { anyOctets } from "./any-message.ts";
import { pathOptions, textOf } from "./base.ts";
import { bodyOf, MARKER, payloadTail, type RawOption } from "./packets.ts";
import { letterOf, type Side } from "./sides.ts";
import { spoiled } from "./spoil.ts";

export interface Inner {
  readonly what: string;
  readonly text: readonly number[];
}

type Make = (chance: Chance, side: Side, code: number) => Inner;

/** Both ends know these; the odd ones that they don't know are critical. */
const NUMBERS = [
  IF_MATCH,
  URI_HOST,
  ETAG,
  OSCORE,
  URI_PATH,
  BLOCK_2,
  BLOCK_1,
  PROXY_URI,
  SIZE_1,
  ECHO,
  REQUEST_TAG,
  2,
  5,
  13,
  258,
  2049,
  65000,
  65535,
];
/** What stands where an option or a payload should. */
export const DAMAGED: readonly (readonly number[])[] = [
  [0xf0],
  [0x0f],
  [0xff - 1],
  [0xe0, 0xff, 0xff, 0xe0, 0xff, 0xff],
  [0xd0],
  [0x0d],
  [0x0e, 0x00],
  [0x0e, 0xff, 0xff],
  [0x05, 1, 2],
  [MARKER],
  [MARKER, MARKER],
];
const ANSWER_CODES = [CHANGED, CONTENT, CONTINUE, UNAUTHORIZED, 67, 128, 132, 136, 141, 160];

function messageOf(chance: Chance, side: Side) {
  const declaration = side.declarations[chance.below(side.declarations.length)];
  const { spoil, payload } = spoiled(chance, declaration);
  return { letter: letterOf(declaration), name: declaration.name, spoil, payload: [...payload] };
}

export function anyOption(chance: Chance): RawOption {
  const number = chance.happens(0.9) ? NUMBERS[chance.below(NUMBERS.length)] : chance.below(65536);
  return { number, value: [...anyOctets(chance, chance.happens(0.8) ? chance.below(5) : 300)] };
}

/** A block of any number and size, whole or not, of a body that this end may know or not. */
const block: Make = (chance, side, code) => {
  const isUp = side.name === "up";
  const isAnswer = code !== POST;
  const letter = isUp ? "gpu"[chance.below(3)] : "d";
  const exponent = chance.happens(0.6) ? chance.below(3) : chance.below(8);
  const number = chance.happens(0.8) ? chance.below(4) : chance.below(0x100000);
  const value = (number << 4) | (chance.below(2) << 3) | exponent;
  const octets = [(value >> 16) & 255, (value >> 8) & 255, value & 255];
  while (octets[0] === 0) octets.shift();
  const more = chance.happens(0.3) ? [anyOption(chance)] : [];
  const tag = { number: REQUEST_TAG, value: [chance.below(3)] };
  const size = 1 << (exponent + 4);
  const length = chance.happens(0.6) ? Math.min(size, 1024) : chance.below(200);
  const options = [
    ...(isAnswer ? [] : pathOptions(letter)),
    { number: chance.happens(0.6) ? BLOCK_1 : BLOCK_2, value: octets },
    ...(chance.happens(0.6) ? [tag] : []),
    ...more,
  ];
  const payload = anyOctets(chance, length);
  const method = isUp && letter === "u" && chance.happens(0.7) ? GET : code;
  return { what: "block", text: [method, ...bodyOf(options, payloadTail([...payload]))] };
};

const message: Make = (chance, side, code) => {
  const { letter, spoil, payload } = messageOf(chance, side);
  return { what: `message ${spoil}`, text: textOf(code, letter, payload) };
};

const options: Make = (chance, side, code) => {
  const { letter, payload } = messageOf(chance, side);
  const many = chance.happens(0.1);
  const count = many ? OPTION_COUNT_MAX + chance.between(-2, 3) : chance.between(1, 3);
  const list = Array.from({ length: count }, () => anyOption(chance));
  const all = [...pathOptions(letter), ...list];
  return {
    what: many ? "many options" : "options",
    text: [code, ...bodyOf(all, payloadTail(payload))],
  };
};

const path: Make = (chance, side, code) => {
  const { payload } = messageOf(chance, side);
  const segments = Array.from({ length: chance.below(4) }, () =>
    Buffer.from(anyOctets(chance, chance.happens(0.8) ? 1 : chance.below(300))),
  );
  // Capital letters are calls for help, also those that nobody knows.
  if (chance.happens(0.3)) segments.splice(0, 3, Buffer.of(65 + chance.below(26)));
  const list = segments.map((value) => ({ number: URI_PATH, value: [...value] }));
  return { what: "path", text: [code, ...bodyOf(list, payloadTail(payload))] };
};

const codes: Make = (chance, side) => {
  const { letter, payload } = messageOf(chance, side);
  return { what: "code", text: textOf(chance.below(256), letter, payload) };
};

const body: Make = (chance, side, code) => {
  const { letter } = messageOf(chance, side);
  const damaged = DAMAGED[chance.below(DAMAGED.length)];
  return { what: "body", text: [code, ...bodyOf(pathOptions(letter), damaged)] };
};

/** Makers and their share of a hundred. */
const SHARES: readonly (readonly [Make, number])[] = [
  [message, 58],
  [options, 12],
  [path, 10],
  [block, 10],
  [codes, 5],
  [body, 5],
];

/** A text to be sealed; `isAnswer`: one that is to be read as the answer to a request. */
export function innerCase(chance: Chance, side: Side, isAnswer: boolean): Inner {
  const code = isAnswer ? ANSWER_CODES[chance.below(ANSWER_CODES.length)] : POST;
  let rest = chance.below(100);
  for (const [make, share] of SHARES) {
    if (rest < share) return make(chance, side, code);
    rest -= share;
  }
  return message(chance, side, code);
}
