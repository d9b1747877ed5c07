// What brings datagrams and takes them away: UDP, SMS, a serial line. Octets and where they go.
// Knows nothing of what they mean; every carrier leads to the one gateway.

import type { Bytes } from "../../protocol/machine.ts";
import { OnekeyError } from "../error.ts";
import type { CarrierName } from "../events.ts";
import type { Datagram, Source } from "./datagram.ts";

export interface Carrier {
  readonly name: CarrierName;
  /** Returns at once; what could not leave is told to `failed`. `to` is one of its own sources. */
  send(bytes: Bytes, to: Source): void;
  close(): Promise<void>;
}

/** What the gateway gives to a carrier. */
export interface CarrierEnds {
  receive(datagram: Datagram): void;
  /** Something could not leave, or the carrier complained: counted, and nothing more [wire §2.4]. */
  failed(): void;
}

export type OpenCarrier = (ends: CarrierEnds) => Promise<Carrier>;

/** All carriers of a gateway as one. */
export interface Carriers {
  /** By the carrier that `to` names. */
  send(bytes: Bytes, to: Source): void;
  close(): Promise<void>;
}

/** Opens one after the other; when one can't be opened, those before it are closed again. */
export async function openCarriers(opens: OpenCarrier[], ends: CarrierEnds): Promise<Carriers> {
  const carriers = new Map<CarrierName, Carrier>();
  const close = async (): Promise<void> => {
    for (const carrier of carriers.values()) await carrier.close();
    carriers.clear();
  };
  try {
    for (const open of opens) {
      const carrier = await open(ends);
      const { name } = carrier;
      if (carriers.has(name)) {
        await carrier.close();
        throw new OnekeyError("bad-option", `There are two carriers "${name}": hand in one of it.`);
      }
      carriers.set(name, carrier);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    send(bytes, to) {
      const carrier = carriers.get(to.carrier);
      // The pager was last heard by a carrier that this platform has no more.
      if (carrier === undefined) ends.failed();
      else carrier.send(bytes, to);
    },
    close,
  };
}
