// Sealed datagrams of one pager and its platform, made with the wire's own code, for tests of decode.

import {
  ACK,
  CHANGED,
  CON,
  encodePacket,
  type Packet,
  POST,
  pathOption,
} from "../../protocol/coap.ts";
import type { Option } from "../../protocol/coap-body.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { encodeMessage } from "../../protocol/message-codec.ts";
import { SOS, WORD } from "../../protocol/messages.ts";
import { type Origin, sealAnswer, sealRequest } from "../../protocol/oscore.ts";
import { encodePiv } from "../../protocol/oscore-option.ts";
import { deriveContext, mirrorOf } from "../../sdk/keys.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { hexOf, toOctets } from "../../sdk/octets.ts";
import type { Found } from "../../tools/decode/found.ts";

export const SECRET = Uint8Array.from({ length: 16 }, (_, i) => i + 1);
export const SALT = Uint8Array.from({ length: 8 }, (_, i) => 0xa0 + i);
export const KID = Uint8Array.of(0xc4, 0x5e, 0x01);
export const PLATFORM_ID = Uint8Array.of(0);

export const PAGER = deriveContext(
  { secret: SECRET, salt: SALT },
  { senderId: KID, recipientId: PLATFORM_ID },
);
export const PLATFORM = mirrorOf(PAGER);

/** A file as provisioning hands it out. */
export const KEY_FILE = JSON.stringify({
  contexts: [
    {
      slot: 0,
      kid: hexOf(PAGER.senderId),
      platformId: hexOf(PAGER.recipientId),
      senderKey: hexOf(PAGER.senderKey),
      recipientKey: hexOf(PAGER.recipientKey),
      commonIv: hexOf(PAGER.commonIv),
    },
  ],
});

/** A file with the master secret of the same pager. */
export const MASTER_FILE = JSON.stringify({
  masterSecret: hexOf(SECRET),
  masterSalt: hexOf(SALT),
  senderId: hexOf(KID),
  recipientId: hexOf(PLATFORM_ID),
});

export const REPORT = {
  number: 70_000,
  time: 217_000_000,
  battery: 80,
  charging: 1,
  latitude: -366_512_345,
  longitude: 1_170_345_678,
  uncertaintyM: 1500,
  ageS: 900,
};

export interface Said {
  bytes: Uint8Array;
  origin: Origin;
  packet: Packet;
}

interface More {
  piv?: number;
  token?: number;
  messageId?: number;
  code?: number;
  type?: number;
  options?: Option[];
}

const NOTHING = new Uint8Array(0);

function say(way: "up" | "down", letter: string, payload: Bytes, more: More): Said {
  const { piv = 1, token = 9, messageId = 7, code = POST, type = CON, options = [] } = more;
  const context = way === "up" ? PAGER : PLATFORM;
  const packet: Packet = {
    type,
    code,
    messageId,
    token: Uint8Array.of(token),
    options: [pathOption(nodeMachine, letter), ...options],
    payload,
  };
  const sealed = sealRequest(nodeMachine, context, piv, packet);
  const origin = { kid: context.senderId, piv: encodePiv(nodeMachine, piv) };
  return { bytes: toOctets(encodePacket(nodeMachine, sealed)), origin, packet };
}

/** A request of the pager. */
export function sayUp(letter: string, payload: Bytes, more: More = {}): Said {
  return say("up", letter, payload, more);
}

/** A request of the platform. */
export function sayDown(payload: Bytes, more: More = {}): Said {
  return say("down", "d", payload, { token: 0x44, messageId: 99, ...more });
}

export function sos(more: More = {}): Said {
  return sayUp("s", encodeMessage(nodeMachine, SOS, REPORT), { piv: 70_001, ...more });
}

export function taken(more: More = {}): Said {
  return sayDown(encodeMessage(nodeMachine, WORD, { what: 1, value: 70_000 }), { piv: 3, ...more });
}

/** The other end's answer, bare unless it is given a number of its own and content. */
export function answer(
  said: Said,
  own?: { piv: number; payload?: Bytes; code?: number },
): Uint8Array {
  const context = said.origin.kid === PAGER.senderId ? PLATFORM : PAGER;
  const packet: Packet = {
    ...said.packet,
    type: said.packet.type === CON ? ACK : said.packet.type,
    code: own?.code ?? CHANGED,
    options: [],
    payload: own?.payload ?? NOTHING,
  };
  const sealed = sealAnswer(nodeMachine, context, said.origin, own?.piv, packet);
  return toOctets(encodePacket(nodeMachine, sealed));
}

/** The same with one bit of its tag turned over. */
export function forged(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[copy.length - 1] ^= 1;
  return copy;
}

export function foundOf(bytes: Uint8Array, number = 1): Found {
  return { place: { kind: "line", number }, bytes };
}
