// A carrier made of memory, for tests of the platform: what it brings and what was handed to it.
// Stands where an SMS gateway or a serial line would; only octets go in and out.

import type { Bytes } from "../../protocol/machine.ts";
import type { CarrierName } from "../../sdk/events.ts";
import type { CarrierEnds, OpenCarrier } from "../../sdk/gateway/carrier.ts";
import type { Source } from "../../sdk/gateway/datagram.ts";

export interface MemoryCarrier {
  open: OpenCarrier;
  /** A datagram comes in. The test waits for the rig to settle. */
  bring(bytes: Bytes, from: Source): void;
  /** Takes what was sent so far. */
  takeSent(): { bytes: Bytes; to: Source }[];
  isOpen(): boolean;
}

export function memoryCarrier(name: CarrierName): MemoryCarrier {
  const sent: { bytes: Bytes; to: Source }[] = [];
  let ends: CarrierEnds | undefined;
  return {
    open: async (given) => {
      ends = given;
      return {
        name,
        send: (bytes, to) => void sent.push({ bytes, to }),
        close: async () => {
          ends = undefined;
        },
      };
    },
    bring: (bytes, from) => ends?.receive({ bytes, from }),
    takeSent: () => sent.splice(0),
    isOpen: () => ends !== undefined,
  };
}
