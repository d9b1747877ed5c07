// One datagram, or one place that can't be read, as an object for machines. Pure; holds no key.

import type { Packet } from "../../protocol/coap.ts";
import { hexOf } from "../../sdk/octets.ts";
import type { Words } from "../desk/words/words.ts";
import { endText } from "./address-text.ts";
import { codeNumber, optionName, typeName } from "./coap-names.ts";
import type { Row } from "./decode.ts";
import { closedWords, faultWords, troubleWords } from "./fault-words.ts";
import type { Found, Place, Unread } from "./found.ts";
import type { Meaning } from "./meaning.ts";
import { isoText } from "./value-text.ts";

export type JsonObject = Record<string, unknown>;

export function rowJson(row: Row | Unread): JsonObject {
  if ("trouble" in row) return unreadJson(row);
  const { decoded, way, meaning } = row;
  const { packet, sealed, asked } = decoded;
  return {
    place: placeJson(decoded.found.place),
    ...carrierJson(decoded.found),
    octets: decoded.found.bytes.length,
    hex: hexOf(decoded.found.bytes),
    way,
    coap: packet && { type: typeName(packet.type), ...packetJson(packet) },
    sealed: sealed && {
      octets: sealed.packet.payload.length,
      kid: sealed.kid && hexOf(sealed.kid),
      piv: sealed.piv,
    },
    answers: asked && placeJson(asked.found.place),
    opened: openedJson(row),
    closed: closedJson(row),
    message: meaning && messageJson(meaning),
    faults: faultsJson(row),
  };
}

// internal

function unreadJson({ place, trouble, flow }: Unread): JsonObject {
  const { code, at, is, of, fault } = trouble;
  const words = troubleWords[code](trouble);
  const ends = flow && {
    from: endText(flow.from, flow.fromPort),
    to: endText(flow.to, flow.toPort),
  };
  return { place: placeJson(place), ...ends, error: { code, at, is, of, fault, ...words } };
}

function placeJson({ kind, number }: Place): JsonObject {
  return { [kind]: number };
}

function carrierJson({ carrier, atMs, flow, phone }: Found): JsonObject {
  return {
    at: atMs === undefined ? undefined : isoText(atMs),
    carrier,
    from: flow && endText(flow.from, flow.fromPort),
    to: flow && endText(flow.to, flow.toPort),
    phone,
  };
}

function packetJson({ code, messageId, token, options }: Packet): JsonObject {
  return {
    code: codeNumber(code),
    messageId,
    token: hexOf(token),
    options: options.map(({ number, value }) => ({
      number,
      name: optionName(number),
      value: hexOf(value),
    })),
  };
}

function openedJson({ decoded, meaning, wholeOctets }: Row): JsonObject | undefined {
  const { opened } = decoded;
  if (opened === undefined) return undefined;
  const { halves, packet } = opened;
  if (packet === undefined) return { kid: halves.kid };
  const { code, options } = packetJson(packet);
  const payload = meaning?.hides === true ? undefined : hexOf(packet.payload);
  const octets = packet.payload.length;
  return { kid: halves.kid, piv: packet.piv, code, options, octets, payload, wholeOctets };
}

function closedJson({ decoded }: Row): JsonObject | undefined {
  const { closed } = decoded;
  if (closed === undefined) return undefined;
  return { ...closed, ...closedWords[closed.why](closed.kid ?? "") };
}

function messageJson(meaning: Meaning): JsonObject {
  const { name, words, fields, tail, notation } = meaning;
  return {
    name,
    ...words,
    notation: notation?.text,
    tail,
    fields: fields.map(({ words: names, shown, flag, ...field }) => ({
      ...field,
      ...names,
      shown: shown.plain,
      means: shown.words,
      flag: flag && { name: flag.name, set: flag.set, ...flag.words },
    })),
  };
}

function faultsJson({ faults, meaning }: Row): JsonObject[] {
  const said = faults.map(({ fault, path, at }) => faultJson(fault, faultWords[fault], path, at));
  const { fault, at } = meaning?.notation ?? {};
  return fault === undefined ? said : [...said, faultJson(fault, faultWords[fault], "cbor", at)];
}

function faultJson(code: string, words: Words, path: string, at: number | undefined): JsonObject {
  return { code, path, octet: at === -1 ? undefined : at, ...words };
}
