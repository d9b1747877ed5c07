// Capture files made octet by octet for tests: links, IPv4 and IPv6, both forms of file.

export interface Frame {
  link: number;
  bytes: number[];
  atMs?: number;
  /** Octets that the capture kept; all without it. */
  kept?: number;
}

export interface Ends {
  fromPort?: number;
  toPort?: number;
}

export const AT_MS = 1_700_000_000_412;

const u16 = (value: number) => [value >> 8, value & 255];
const u32 = (value: number) => [...u16(value >>> 16), ...u16(value & 0xffff)];

export function udp(bytes: Uint8Array, { fromPort = 40_000, toPort = 5683 }: Ends = {}): number[] {
  return [...u16(fromPort), ...u16(toPort), ...u16(8 + bytes.length), 0, 0, ...bytes];
}

/** 10.0.0.7 to 192.0.2.1; `parts` are flags and place of a fragment. */
export function ipv4(inside: number[], more: { protocol?: number; parts?: number } = {}): number[] {
  const { protocol = 17, parts = 0 } = more;
  const head = [0x45, 0, ...u16(20 + inside.length), 0, 1, ...u16(parts), 64, protocol, 0, 0];
  return [...head, 10, 0, 0, 7, 192, 0, 2, 1, ...inside];
}

/** 2001:db8::7 to 2001:db8::1. */
export function ipv6(inside: number[], next = 17): number[] {
  const address = (last: number) => [0x20, 1, 0x0d, 0xb8, ...Array(11).fill(0), last];
  return [0x60, 0, 0, 0, ...u16(inside.length), next, 64, ...address(7), ...address(1), ...inside];
}

const MACS = Array(12).fill(2);

/** A packet of IP behind the head of each link that is read. */
export const LINKS: Record<string, (ip: number[], type: number) => Frame> = {
  Ethernet: (ip, type) => ({ link: 1, bytes: [...MACS, ...u16(type), ...ip] }),
  "Ethernet with two VLAN tags": (ip, type) => ({
    link: 1,
    bytes: [...MACS, 0x88, 0xa8, 0, 5, 0x81, 0, 0, 6, ...u16(type), ...ip],
  }),
  "Ethernet with padding": (ip, type) => ({
    link: 1,
    bytes: [...MACS, ...u16(type), ...ip, 0, 0, 0, 0, 0],
  }),
  "raw IP": (ip) => ({ link: 101, bytes: ip }),
  "raw IP by version": (ip, type) => ({ link: type === 0x0800 ? 228 : 229, bytes: ip }),
  "Linux cooked": (ip, type) => ({ link: 113, bytes: [...Array(14).fill(1), ...u16(type), ...ip] }),
  "Linux cooked 2": (ip, type) => ({
    link: 276,
    bytes: [...u16(type), ...Array(18).fill(1), ...ip],
  }),
  "loopback, little": (ip, type) => ({
    link: 0,
    bytes: [type === 0x0800 ? 2 : 30, 0, 0, 0, ...ip],
  }),
  "loopback, big": (ip, type) => ({ link: 0, bytes: [0, 0, 0, type === 0x0800 ? 2 : 24, ...ip] }),
  "loopback of OpenBSD": (ip, type) => ({
    link: 108,
    bytes: [0, 0, 0, type === 0x0800 ? 2 : 24, ...ip],
  }),
};

/** A frame of raw IPv4 with one datagram. */
export function rawFrame(bytes: Uint8Array, ends: Ends = {}): Frame {
  return { link: 228, bytes: ipv4(udp(bytes, ends)) };
}

export interface Form {
  little?: boolean;
  nano?: boolean;
}

function writerOf(little: boolean) {
  const order = (octets: number[]) => (little ? [...octets].reverse() : octets);
  return { w16: (value: number) => order(u16(value)), w32: (value: number) => order(u32(value)) };
}

/** The older form; all frames are of the first one's link. */
export function pcapOf(frames: Frame[], { little = true, nano = false }: Form = {}): Uint8Array {
  const { w16, w32 } = writerOf(little);
  const head = [...w32(nano ? 0xa1b23c4d : 0xa1b2c3d4), ...w16(2), ...w16(4), ...w32(0), ...w32(0)];
  const octets = [...head, ...w32(65_535), ...w32(frames[0]?.link ?? 228)];
  for (const { bytes, atMs = AT_MS, kept = bytes.length } of frames) {
    const parts = (atMs % 1000) * (nano ? 1_000_000 : 1000);
    octets.push(...w32(Math.floor(atMs / 1000)), ...w32(parts));
    octets.push(...w32(kept), ...w32(bytes.length), ...bytes.slice(0, kept));
  }
  return Uint8Array.from(octets);
}

export type Block = "enhanced" | "simple" | "old";

export interface NgForm {
  little?: boolean;
  block?: Block;
  /** Options of each interface, as octets. */
  options?: number[];
  /** Counts of time in a second. */
  perSecond?: number;
}

/** The newer form: a section, an interface for each frame, and a block that nobody knows. */
export function pcapngOf(frames: Frame[], form: NgForm = {}): Uint8Array {
  const { little = true, block = "enhanced", options = [], perSecond = 1_000_000 } = form;
  const { w16, w32 } = writerOf(little);
  const padded = (octets: number[]) => [...octets, ...Array((4 - (octets.length % 4)) % 4).fill(0)];
  const blockOf = (type: number[], body: number[]) => {
    const length = w32(12 + body.length);
    return [...type, ...length, ...body, ...length];
  };
  const any = Array(8).fill(255);
  const octets = blockOf(
    [0x0a, 0x0d, 0x0d, 0x0a],
    [...w32(0x1a2b3c4d), ...w16(1), ...w16(0), ...any],
  );
  frames.forEach(({ link, bytes, atMs = AT_MS, kept = bytes.length }, i) => {
    octets.push(...blockOf(w32(1), [...w16(link), 0, 0, ...w32(0), ...options]));
    octets.push(...blockOf(w32(0xbad), [1, 2, 3, 4]));
    const count = (BigInt(atMs) * BigInt(perSecond)) / 1000n;
    const time = [...w32(Number(count >> 32n)), ...w32(Number(count & 0xffffffffn))];
    const lengths = [...w32(kept), ...w32(bytes.length)];
    const data = padded(bytes.slice(0, kept));
    if (block === "simple") octets.push(...blockOf(w32(3), [...w32(bytes.length), ...data]));
    else if (block === "old") {
      octets.push(...blockOf(w32(2), [...w16(i), 0, 0, ...time, ...lengths, ...data]));
    } else octets.push(...blockOf(w32(6), [...w32(i), ...time, ...lengths, ...data]));
  });
  return Uint8Array.from(octets);
}
