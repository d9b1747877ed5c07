// What a newer version may say: each message with a tail that this one does not know.
// A reader passes over it and reads what it knows.

import { toHex } from "../../protocol/bytes.ts";
import { MESSAGES } from "../../protocol/messages.ts";
import { arrayOf, goodOf, hex } from "./items.ts";
import { payloadOf } from "./values.ts";

export interface LongerVector {
  name: string;
  message: string;
  payload: string;
  /** The same message without the tail. */
  knownPayload: string;
}

export function longerVectors(): LongerVector[] {
  const TAIL = ["05", "a1613102", "43010203"];
  return MESSAGES.map((message) => {
    const { said, items } = goodOf(message);
    return {
      name: `${message.name}, with a tail of a newer version`,
      message: message.name,
      payload: arrayOf([...items, ...TAIL.map(hex)]),
      knownPayload: toHex(payloadOf(message, said)),
    };
  });
}
