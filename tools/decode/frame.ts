// A captured frame down to its UDP datagram: the link's head, IPv4 or IPv6, UDP.
// Never throws and puts nothing together: a datagram in parts is a trouble. Checksums are not looked
// at: they are often made by the network card, behind the place where frames are captured.

import { addressText } from "./address-text.ts";
import type { Captured } from "./captured.ts";
import type { Flow, Trouble } from "./found.ts";

export interface UdpDatagram {
  flow: Flow;
  bytes: Uint8Array;
}

/** A trouble of a datagram; both ends are known where their octets are there. */
export interface BadFrame {
  trouble: Trouble;
  flow?: Flow;
}

const IPV4 = 0x0800;
const IPV6 = 0x86dd;
const UDP = 17;
/** Tags of virtual networks, each four octets before the type. */
const TAGS = [0x8100, 0x88a8, 0x9100];
/** What may stand between head and UDP in IPv6 [RFC 8200 §4.1], and the one that makes parts. */
const EXTENSIONS = [0, 43, 60, 135];
const PART_HEADER = 44;
const TAGS_MAX = 4;
const EXTENSIONS_MAX = 8;

/** Octets of the link's head and the type behind it; undefined for a link that is not known. */
type LinkReader = (view: DataView) => { at: number; type: number } | "cut" | undefined;

const LINKS: Record<number, LinkReader> = {
  0: (view) => nullHead(view, "host"),
  108: (view) => nullHead(view, "network"),
  1: (view) => typeBehind(view, 12),
  12: rawHead,
  14: rawHead,
  101: rawHead,
  113: (view) => typeBehind(view, 14),
  228: () => ({ at: 0, type: IPV4 }),
  229: () => ({ at: 0, type: IPV6 }),
  276: (view) => (view.byteLength < 20 ? "cut" : { at: 20, type: view.getUint16(0) }),
};

/** The datagram; undefined for a frame of something else. */
export function udpOf(frame: Captured): UdpDatagram | BadFrame | undefined {
  const reader = LINKS[frame.link];
  if (reader === undefined) return { trouble: { code: "bad-link", is: frame.link } };
  const head = reader(viewOf(frame.bytes));
  if (head === "cut") return cutOf(frame);
  if (head === undefined) return undefined;
  const packet = frame.bytes.subarray(head.at);
  if (head.type === IPV4) return readIpv4(frame, packet);
  return head.type === IPV6 ? readIpv6(frame, packet) : undefined;
}

/** A frame that was printed as hex, such as by tcpdump -x or tshark -x: every length in it fits. */
export function udpInOctets(octets: Uint8Array): UdpDatagram | undefined {
  for (const link of PRINTED_LINKS) {
    const udp = udpOf({ link, bytes: octets, octets: octets.length });
    if (udp === undefined || "trouble" in udp) continue;
    const { bytes } = udp;
    const left = octets.byteOffset + octets.length - bytes.byteOffset - bytes.length;
    if (left === 0 || (link === ETHERNET && left <= PADDING_MAX)) return udp;
  }
  return undefined;
}

// internal

const ETHERNET = 1;
const PRINTED_LINKS = [101, ETHERNET, 276, 113];
/** Ethernet fills short frames up. */
const PADDING_MAX = 18;

function viewOf(octets: Uint8Array): DataView {
  return new DataView(octets.buffer, octets.byteOffset, octets.length);
}

/** Cut by the capture, or else shorter than it says. */
function cutOf(frame: Captured, flow?: Flow): BadFrame {
  const is = frame.bytes.length;
  if (is < frame.octets) return { trouble: { code: "packet-cut", is, of: frame.octets }, flow };
  return { trouble: { code: "bad-packet", is }, flow };
}

/** A type at `at`, or behind the tags that stand there. */
function typeBehind(view: DataView, at: number): ReturnType<LinkReader> {
  for (let i = 0; i <= TAGS_MAX; i++) {
    const place = at + 4 * i;
    if (place + 2 > view.byteLength) return "cut";
    const type = view.getUint16(place);
    if (!TAGS.includes(type)) return { at: place + 2, type };
  }
  return undefined;
}

/** Four octets with the family of addresses; each system has its own number for IPv6. */
function nullHead(view: DataView, order: "host" | "network"): ReturnType<LinkReader> {
  if (view.byteLength < 4) return "cut";
  const big = view.getUint32(0);
  // The host's order is not told: families are small numbers, so that one reading is.
  const family = order === "host" && big > 0xffff ? view.getUint32(0, true) : big;
  if (family === 2) return { at: 4, type: IPV4 };
  return [10, 24, 28, 30].includes(family) ? { at: 4, type: IPV6 } : undefined;
}

function rawHead(view: DataView): ReturnType<LinkReader> {
  if (view.byteLength < 1) return "cut";
  const version = view.getUint8(0) >> 4;
  if (version === 4) return { at: 0, type: IPV4 };
  return version === 6 ? { at: 0, type: IPV6 } : undefined;
}

function readIpv4(frame: Captured, packet: Uint8Array): UdpDatagram | BadFrame | undefined {
  if (packet.length < 20) return cutOf(frame);
  const view = viewOf(packet);
  const headOctets = (packet[0] & 15) * 4;
  if (packet[0] >> 4 !== 4 || headOctets < 20) return { trouble: { code: "bad-packet" } };
  if (packet[9] !== UDP) return undefined;
  // 0 where the network card cuts large packets by itself.
  const total = view.getUint16(2) === 0 ? packet.length : view.getUint16(2);
  const parts = view.getUint16(6) & 0x3fff;
  const from = addressText(packet.subarray(12, 16));
  const to = addressText(packet.subarray(16, 20));
  return readUdp(frame, packet.subarray(headOctets, Math.max(headOctets, total)), {
    from,
    to,
    isPart: parts !== 0,
    isFirst: (parts & 0x1fff) === 0,
  });
}

function readIpv6(frame: Captured, packet: Uint8Array): UdpDatagram | BadFrame | undefined {
  if (packet.length < 40) return cutOf(frame);
  if (packet[0] >> 4 !== 6) return { trouble: { code: "bad-packet" } };
  const view = viewOf(packet);
  const length = view.getUint16(4);
  const end = length === 0 ? packet.length : 40 + length;
  let next = packet[6];
  let at = 40;
  let parts = 0;
  for (let i = 0; i < EXTENSIONS_MAX && (next === PART_HEADER || EXTENSIONS.includes(next)); i++) {
    if (at + 8 > packet.length) return cutOf(frame);
    const size = next === PART_HEADER ? 8 : 8 + packet[at + 1] * 8;
    // More to come is the last bit, the place in the whole the upper thirteen [RFC 8200 §4.5].
    if (next === PART_HEADER) parts = view.getUint16(at + 2) & 0xfff9;
    next = packet[at];
    at += size;
  }
  if (next !== UDP) return undefined;
  const ends = {
    from: addressText(packet.subarray(8, 24)),
    to: addressText(packet.subarray(24, 40)),
  };
  return readUdp(frame, packet.subarray(at, Math.max(at, end)), {
    ...ends,
    isPart: parts !== 0,
    isFirst: parts < 8,
  });
}

interface Carried {
  from: string;
  to: string;
  isPart: boolean;
  isFirst: boolean;
}

function readUdp(
  frame: Captured,
  udp: Uint8Array,
  carried: Carried,
): UdpDatagram | BadFrame | undefined {
  const { from, to, isPart, isFirst } = carried;
  // Only the first part has the ports; one word about the whole is enough.
  if (!isFirst) return undefined;
  if (udp.length < 4) return cutOf(frame);
  const view = viewOf(udp);
  const flow = { from, fromPort: view.getUint16(0), to, toPort: view.getUint16(2) };
  if (isPart) return { trouble: { code: "in-parts" }, flow };
  if (udp.length < 8) return cutOf(frame, flow);
  const length = view.getUint16(4);
  if (length < 8) return { trouble: { code: "bad-packet", is: length }, flow };
  if (length > udp.length) return cutOf(frame, flow);
  return { flow, bytes: udp.subarray(8, length) };
}
