// The datagram that stands behind a case before anything is wrong with it: sealed, new, as declared.
// From seed and index alone, so that any case can be made again without those before it.

import { ACK, CHANGED, CON, NON, POST, URI_PATH } from "../../protocol/coap.ts";
import { type Chance, createChance } from "../../tools/simulator/chance.ts";
import { anyMessage, anyOctets } from "./any-message.ts";
import { octetsOfItem } from "./cbor-items.ts";
import {
  bodyOf,
  datagramOf,
  oscoreOption,
  payloadTail,
  pivOf,
  type RawHeader,
  type RawOption,
  sealText,
} from "./packets.ts";
import { type Asked, letterOf, type Sender, type Side } from "./sides.ts";

export interface Base {
  readonly sender: Sender;
  /** The sender's own number; of an answer absent where it goes under the request's. */
  readonly number?: number;
  /** The request that this answers. */
  readonly asked?: Asked;
  readonly header: RawHeader;
  /** Inner code, options, payload. */
  readonly text: readonly number[];
}

/** Of what comes down so many answer something. */
const ANSWERS = 0.5;

export function chanceOf(side: Side, seed: number, index: number, name: string): Chance {
  return createChance(seed).fork(`${side.name} ${name} ${index}`);
}

export function pathOptions(letter: string): RawOption[] {
  return [{ number: URI_PATH, value: [...Buffer.from(letter, "latin1")] }];
}

export function textOf(code: number, letter: string, payload: Iterable<number>): number[] {
  const options = letter === "" ? [] : pathOptions(letter);
  return [code, ...bodyOf(options, payloadTail([...payload]))];
}

/** Each sender counts by itself: its case number so and so many has that number. */
export function baseOf(side: Side, seed: number, index: number): Base {
  const chance = chanceOf(side, seed, index, "base");
  const { asked, declarations, senders } = side;
  const number = 1 + Math.floor(index / senders.length);
  const declaration = declarations[chance.below(declarations.length)];
  const items = anyMessage(chance, declaration);
  const payload = items.length === 0 ? [] : octetsOfItem(items);
  const messageId = index & 0xffff;
  if (asked.length > 0 && chance.happens(ANSWERS)) {
    const request = asked[chance.below(asked.length)];
    const { token } = request;
    return {
      sender: senders[request.sender],
      number: chance.happens(0.7) ? number : undefined,
      asked: request,
      header: { version: 1, type: ACK, code: CHANGED, messageId, token },
      text: textOf(CHANGED, "", chance.happens(0.8) ? payload : []),
    };
  }
  const isConfirmable = chance.happens(0.1) ? !declaration.confirmable : declaration.confirmable;
  const token = [...anyOctets(chance, chance.happens(0.8) ? 1 : chance.below(9))];
  return {
    sender: senders[index % senders.length],
    number,
    header: { version: 1, type: isConfirmable ? CON : NON, code: POST, messageId, token },
    text: textOf(POST, letterOf(declaration), payload),
  };
}

/** Ciphertext and tag of the text, and the number that the option shows. */
export function sealedBase(base: Base): { piv: number[]; sealed: number[] } {
  const { asked, number, sender, text } = base;
  const owner = sender.context.senderId as Uint8Array;
  const own = number === undefined ? undefined : pivOf(number);
  const input = {
    owner: own === undefined && asked !== undefined ? asked.kid : owner,
    piv: own ?? asked?.piv ?? [],
    requestKid: asked?.kid ?? owner,
    requestPiv: asked?.piv ?? own ?? [],
  };
  return { piv: own ?? [], sealed: sealText(sender.context, input, text) };
}

/** Of a request its sender; an answer names nobody. */
export function kidOf({ asked, sender }: Base): number[] | undefined {
  return asked === undefined ? [...(sender.context.senderId as Uint8Array)] : undefined;
}

export function datagramOfBase(base: Base): Uint8Array {
  const { piv, sealed } = sealedBase(base);
  const option = oscoreOption({ piv, kid: kidOf(base) });
  return datagramOf(base.header, bodyOf([option], payloadTail(sealed)));
}
