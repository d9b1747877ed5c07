// A capture file of UDP datagrams over IPv4, as Wireshark reads it. Knows nothing of their contents.
// Each conversation has a port and an address of its own: by them answers find their requests.

export interface Captured {
  octets: Uint8Array;
  /** Which conversation it is of. */
  conversation: number;
  up: boolean;
}

const LINK_RAW_IPV4 = 228;
const UDP = 17;
const COAP_PORT = 5683;
const PAGER_PORT = 40_000;
/** Addresses of documentation [RFC 5737]. */
const PLATFORM = [192, 0, 2, 1];
const PAGERS = [198, 51, 100];

/** Number of 16 bits, network order. */
const u16 = (value: number): number[] => [value >> 8, value & 255];

function frameOf({ octets, conversation, up }: Captured): Buffer {
  const pager = [...PAGERS, 1 + (conversation % 250)];
  const ports = [u16(PAGER_PORT + conversation), u16(COAP_PORT)];
  const places = [pager, PLATFORM];
  if (!up) {
    ports.reverse();
    places.reverse();
  }
  const udp = [...ports.flat(), ...u16(8 + octets.length), 0, 0, ...octets];
  const length = u16(20 + udp.length);
  return Buffer.from([0x45, 0, ...length, 0, 1, 0, 0, 64, UDP, 0, 0, ...places.flat(), ...udp]);
}

/** The file, one frame a millisecond. */
export function captureOf(list: Captured[]): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(65_535, 16);
  head.writeUInt32LE(LINK_RAW_IPV4, 20);
  const frames = list.flatMap((captured, at) => {
    const frame = frameOf(captured);
    const record = Buffer.alloc(16);
    record.writeUInt32LE(Math.floor(at / 1000), 0);
    record.writeUInt32LE((at % 1000) * 1000, 4);
    record.writeUInt32LE(frame.length, 8);
    record.writeUInt32LE(frame.length, 12);
    return [record, frame];
  });
  return Buffer.concat([head, ...frames]);
}
