// The file vectors.json: all vectors of the wire in one record, for whoever writes the other end of it.
// Everything in it is hex, numbers and text; the order is that of the declarations.

import { toHex } from "../../protocol/bytes.ts";
import type { FaultCode } from "../../protocol/fault.ts";
import { answerOfFault } from "../../protocol/fault-answer.ts";
import { type CarrierVector, carrierVectors } from "./carriers.ts";
import { CONTEXTS, type VectorContext } from "./contexts.ts";
import { type ExchangeVector, exchangeVectors } from "./exchanges.ts";
import { type Json, layJson } from "./json.ts";
import { type LongerVector, longerVectors } from "./longer.ts";
import { type MalformedVector, malformedVectors } from "./malformed.ts";
import { type MessageVector, messageVectors } from "./message-vectors.ts";
import { codeText } from "./seal.ts";
import { type SpoiledVector, spoiledVectors } from "./spoiled.ts";

export interface ContextVector {
  slot: number;
  masterSecret: string;
  masterSalt: string;
  pagerId: string;
  platformId: string;
  pagerKey: string;
  platformKey: string;
  commonIv: string;
}

/** "none": silence. */
type Refused = { answer: string };

export interface Vectors {
  about: string[];
  algorithms: { aead: string; hkdf: string };
  contexts: ContextVector[];
  messages: MessageVector[];
  exchanges: ExchangeVector[];
  longer: LongerVector[];
  refusedPayloads: (SpoiledVector & Refused)[];
  refusedDatagrams: (MalformedVector & Refused)[];
  carriers: CarrierVector[];
}

const ABOUT = [
  "Vectors of the wire of Onekey, made by `npm run docs`; vectors.md reads them octet by octet.",
  "The master secrets are public: never provision a pager with them.",
  "messages: values to payload to sealed datagrams; a body too long for one goes in blocks.",
  "Values by name of field; octets are hex, lists are rows; a flag is 0 or 1.",
  "exchanges: requests and answers in order. An answer without piv is under the request's nonce.",
  "longer: what a newer version may say; it reads like knownPayload.",
  "refusedPayloads: inside a good seal; inCddl where pager.cddl refuses it too.",
  "refusedDatagrams: sent to the platform, which knows slot 0 and no number yet.",
];

function contextVector({ slot, masterSecret, masterSalt, pager }: VectorContext): ContextVector {
  return {
    slot,
    masterSecret: toHex(masterSecret),
    masterSalt: toHex(masterSalt),
    pagerId: toHex(pager.senderId),
    platformId: toHex(pager.recipientId),
    pagerKey: toHex(pager.senderKey),
    platformKey: toHex(pager.recipientKey),
    commonIv: toHex(pager.commonIv),
  };
}

/** The code of the answer that a fault deserves, as RFCs write it. */
export function answerText(fault: FaultCode): string {
  const code = answerOfFault(fault);
  return code === 0 ? "none" : codeText(code);
}

function withAnswer<T extends { fault: FaultCode }>(vector: T): T & Refused {
  return { ...vector, answer: answerText(vector.fault) };
}

export function makeVectors(): Vectors {
  return {
    about: ABOUT,
    algorithms: { aead: "AES-CCM-16-64-128", hkdf: "SHA-256" },
    contexts: CONTEXTS.map(contextVector),
    messages: messageVectors(),
    exchanges: exchangeVectors(),
    longer: longerVectors(),
    refusedPayloads: spoiledVectors().map(withAnswer),
    refusedDatagrams: malformedVectors().map(withAnswer),
    carriers: carrierVectors(),
  };
}

export function vectorsText(vectors: Vectors): string {
  return layJson(vectors as unknown as Json);
}
