// Capture files: which of the two forms it is, and its frames as both forms hand them on.
// Reads octets only; what is in a frame says frame.ts.

import type { Captured } from "./captured.ts";
import type { Trouble } from "./found.ts";
import { isPcap, readPcap } from "./pcap.ts";
import { isPcapng, readPcapng } from "./pcapng.ts";

export function isCapture(octets: Uint8Array): boolean {
  return isPcap(octets) || isPcapng(octets);
}

/** The frames of a capture file in their order; a trouble ends it where nothing can be read behind. */
export function readCapture(octets: Uint8Array): Iterable<Captured | Trouble> {
  return isPcapng(octets) ? readPcapng(octets) : readPcap(octets);
}
