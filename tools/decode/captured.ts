// One frame of a capture file, and bounds that both forms of such files keep. Types and numbers only.

export interface Captured {
  /** Type of the link (LINKTYPE_), by which its first octets are read. */
  link: number;
  bytes: Uint8Array;
  /** Octets of the frame on the link; more than were captured where it was cut. */
  octets: number;
  /** Milliseconds since 1970; absent where the form has none. */
  atMs?: number;
}

/** Longer frames are of no network: a length field that is damaged (as in tcpdump's own bound). */
export const FRAME_OCTETS_MAX = 262_144;
