// What each datagram weighs at worst, in octets of UDP payload [wire §6].
// Builds real sealed packets; `npx tsx test/protocol/sizes.test.ts` holds them to their bounds.

import * as coap from "../../protocol/coap.ts";
import type { Declaration, Field } from "../../protocol/declaration.ts";
import { encodeMessage } from "../../protocol/message-codec.ts";
import { BEAT, CHECK_IN, SOS, WORD } from "../../protocol/messages.ts";
import { sealAnswer, sealRequest } from "../../protocol/oscore.ts";
import { encodePiv } from "../../protocol/oscore-option.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { PAGER, PLATFORM } from "./contexts.ts";
import { hex } from "./octets.ts";

/** The largest number, which has three octets. */
const PIV = 16777215;
const ORIGIN = { kid: PAGER.senderId, piv: encodePiv(nodeMachine, PIV) };
const PLACE = ["latitude", "longitude", "uncertaintyM", "fromCells", "ageS"];

function packet(code: number, letter: string, payload: ReturnType<typeof hex>): coap.Packet {
  const options = letter === "" ? [] : [coap.pathOption(nodeMachine, letter)];
  return { type: coap.CON, code, messageId: 65535, token: hex("ff"), options, payload };
}

/** The values of a message that take most octets: each field is tried at both ends and flagged. */
function widest(declaration: Declaration, without: string[]): Record<string, number> {
  const values: Record<string, number> = {};
  const octets = () => encodeMessage(nodeMachine, declaration, values).length;
  for (const field of declaration.fields.filter((one: Field) => !without.includes(one.name))) {
    const size = (value: number) => {
      values[field.name] = value;
      return octets();
    };
    if (field.flag !== "") values[field.flag] = 1;
    if (size(field.min) < size(field.max)) values[field.name] = field.max;
    else values[field.name] = field.min;
  }
  return values;
}

function requestOctets(declaration: Declaration, without: string[]): number {
  const payload = encodeMessage(nodeMachine, declaration, widest(declaration, without));
  const request = packet(coap.POST, declaration.letter, payload);
  return coap.encodePacket(nodeMachine, sealRequest(nodeMachine, PAGER, PIV, request)).length;
}

function answerOctets(payload: ReturnType<typeof hex>, ownPiv: number | undefined): number {
  const answer = packet(coap.CHANGED, "", payload);
  const sealed = sealAnswer(nodeMachine, PLATFORM, ORIGIN, ownPiv, answer);
  return coap.encodePacket(nodeMachine, sealed).length;
}

export interface Size {
  name: string;
  octets: number;
  /** The bound of [wire §6]. */
  octetsMax: number;
}

export function sizes(): Size[] {
  const word = encodeMessage(
    nodeMachine,
    WORD,
    widest(WORD, []) as { what: number; value: number },
  );
  return [
    { name: "sos with everything", octets: requestOctets(SOS, []), octetsMax: 50 },
    { name: "sos without position", octets: requestOctets(SOS, PLACE), octetsMax: 40 },
    { name: "check-in without position", octets: requestOctets(CHECK_IN, PLACE), octetsMax: 40 },
    { name: "beat", octets: requestOctets(BEAT, []), octetsMax: 48 },
    { name: "bare answer", octets: answerOctets(hex(""), undefined), octetsMax: 16 },
    { name: "answer with content", octets: answerOctets(word, PIV), octetsMax: 28 },
  ];
}
