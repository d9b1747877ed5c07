// What a reader of input hands on: the octets of a datagram and where they stood, or what it could
// not read there. Types only: what is found is judged by others.

import type { Fault } from "../../protocol/fault.ts";
import type { CarrierName } from "../../sdk/events.ts";

export type InputKind = "hex" | "base64" | "pcap" | "serial" | "sms";

/** Where in the input something stood; numbers begin with 1. */
export interface Place {
  kind: "line" | "packet" | "request";
  number: number;
}

/** From a pager up, or down to it. */
export type Way = "up" | "down";

/** Both ends of a UDP datagram. */
export interface Flow {
  from: string;
  fromPort: number;
  to: string;
  toPort: number;
}

export interface Found {
  place: Place;
  bytes: Uint8Array;
  /** Absent: the octets came by themselves. */
  carrier?: CarrierName;
  /** What the carrier says of it, which proves nothing. */
  way?: Way;
  flow?: Flow;
  /** The other end's phone number, as it stands in a short message. */
  phone?: string;
  /** When it was captured: milliseconds since 1970. */
  atMs?: number;
}

export type TroubleCode =
  /** In texts. */
  | "bad-digit"
  | "odd-digits"
  | "bad-base64"
  | "cut-base64"
  | "nothing-here"
  | "dump-gap"
  | "not-ours"
  | "bad-line"
  | "bad-sms"
  /** In capture files. */
  | "file-cut"
  | "bad-length"
  | "bad-capture"
  | "bad-version"
  | "bad-link"
  | "no-interface"
  /** In one packet of them. */
  | "packet-cut"
  | "in-parts"
  | "bad-packet";

export interface Trouble {
  code: TroubleCode;
  /** Place of an octet in the file or packet, counted from 0, or of a character in its line, from 1. */
  at?: number;
  /** What stands there, and what would be right. */
  is?: number | string;
  of?: number | string;
  fault?: Fault;
}

export interface Unread {
  place: Place;
  trouble: Trouble;
  /** In a packet whose both ends could be read. */
  flow?: Flow;
}

/** What a whole input gave, in its order. */
export interface Input {
  kind: InputKind;
  entries: (Found | Unread)[];
  /** Lines or packets that are nothing of ours. */
  passedOver: number;
}

export function isUnread(entry: Found | Unread): entry is Unread {
  return "trouble" in entry;
}
