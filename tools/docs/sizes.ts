// What each datagram weighs at worst, in octets of UDP payload, beside its bound [wire §6].
// Weighs real sealed packets; test/protocol/sizes.test.ts holds them to their bounds.

import * as coap from "../../protocol/coap.ts";
import type { Declaration } from "../../protocol/declaration.ts";
import { DATAGRAM_OCTETS_MAX, PIV_MAX } from "../../protocol/limits.ts";
import type { Bytes } from "../../protocol/machine.ts";
import * as messages from "../../protocol/messages.ts";
import { sealAnswer, sealRequest } from "../../protocol/oscore.ts";
import { encodePiv } from "../../protocol/oscore-option.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { CONTEXTS } from "./contexts.ts";
import type { Said } from "./said.ts";
import { NOTHING, packetOf } from "./seal.ts";
import { fullest, payloadOf, widestOf } from "./values.ts";

export interface Size {
  name: string;
  octets: number;
  /** The bound of [wire §6], or what a datagram may have; "=" where it is met exactly. */
  octetsMax: number;
  /** Whether the weight is the bound and no other. */
  exact?: boolean;
}

const [{ pager, platform }] = CONTEXTS;
const PLACE = ["latitude", "longitude", "uncertaintyM", "fromCells", "ageS"];

/** Never beside a position that is fresh: it has rows of its own. */
const CELL = ["cell"];

/** Bounds of [wire §6]; another message may fill a datagram. */
const BOUNDS: Record<string, number> = {
  sos: 50,
  fall: 52,
  leftZone: 52,
  noMovement: 52,
  lowBattery: 52,
  more: 50,
  report: 50,
  mistake: 50,
  checkIn: 50,
  beat: 48,
  health: 80,
};

function without(said: Said, names: string[]): Said {
  return Object.fromEntries(Object.entries(said).filter(([name]) => !names.includes(name)));
}

/** The request that brings these values, under the largest number. */
function requestOctets(message: Declaration, said: Said): number {
  const request = packetOf(message.confirmable ? coap.CON : coap.NON, PIV_MAX, {
    code: coap.POST,
    options: [coap.pathOption(nodeMachine, message.letter)],
    payload: payloadOf(message, said),
  });
  const end = message.direction === "up" ? pager : platform;
  const sealed = sealRequest(nodeMachine, end, PIV_MAX, request);
  return coap.encodePacket(nodeMachine, sealed).length;
}

function answerOctets(payload: Bytes, ownPiv: number | undefined): number {
  const origin = { kid: pager.senderId, piv: encodePiv(nodeMachine, PIV_MAX) };
  const answer = packetOf(coap.ACK, PIV_MAX, { code: coap.CHANGED, payload });
  const sealed = sealAnswer(nodeMachine, platform, origin, ownPiv, answer);
  return coap.encodePacket(nodeMachine, sealed).length;
}

/** What a datagram has beside the payload: one octet of payload, less that octet. */
function frameOctets(): number {
  const alone = requestOctets(messages.SOS, { number: 0 });
  return alone - payloadOf(messages.SOS, { number: 0 }).length;
}

/** What the last point of a track costs, all of its values at their widest. */
function pointOctets(): number {
  const said = widestOf(messages.TRACK);
  const points = said.points as number[];
  const shorter = { ...said, points: points.slice(0, -3) };
  return requestOctets(messages.TRACK, said) - requestOctets(messages.TRACK, shorter);
}

/** A message at its widest, or as much of it as one datagram holds. */
function messageSize(message: Declaration): Size {
  const octetsMax = BOUNDS[message.name] ?? DATAGRAM_OCTETS_MAX;
  const octets = requestOctets(message, without(widestOf(message), CELL));
  if (octets <= DATAGRAM_OCTETS_MAX) return { name: message.name, octets, octetsMax };
  const fits = (said: Said) => requestOctets(message, said) <= DATAGRAM_OCTETS_MAX;
  const held = requestOctets(message, fullest(message, fits));
  return { name: `${message.name}, as much as one holds`, octets: held, octetsMax };
}

/** The table of [wire §6]. */
export function ruledSizes(): Size[] {
  const { SOS, CHECK_IN, TIME, TAKEN } = messages;
  const placeless = (message: Declaration) =>
    requestOctets(message, without(widestOf(message), [...PLACE, ...CELL]));
  const unplaced = (message: Declaration) =>
    requestOctets(message, without(widestOf(message), PLACE));
  const answer = (message: Declaration) =>
    answerOctets(payloadOf(message, widestOf(message)), PIV_MAX);
  return [
    { name: "frame: all but the payload", octets: frameOctets(), octetsMax: 26, exact: true },
    { name: "sos without position", octets: placeless(SOS), octetsMax: 40 },
    { name: "check-in without position", octets: placeless(CHECK_IN), octetsMax: 40 },
    { name: "sos with a cell, without position", octets: unplaced(SOS), octetsMax: 50 },
    {
      name: "sos with a cell and an old position",
      octets: requestOctets(SOS, widestOf(SOS)),
      octetsMax: 58,
    },
    { name: "bare answer", octets: answerOctets(NOTHING, undefined), octetsMax: 16, exact: true },
    { name: "answer with the time", octets: answer(TIME), octetsMax: 28 },
    { name: "answer with taken", octets: answer(TAKEN), octetsMax: 28 },
    { name: "a further point of a track", octets: pointOctets(), octetsMax: 7 },
  ];
}

/** Every message as a request, all of its values at their widest, with a fresh position and so without a cell. */
export function messageSizes(): Size[] {
  return messages.MESSAGES.map(messageSize);
}
