// `I2C1` of Espruino: octets to and from whatever hangs on the bus.
// Knows no chip; an address where nothing answers throws, as the interpreter does.

import { octetsOf, type Realm } from "./realm.ts";

/** One chip; `read` and `write` as the bus carries them. */
export interface I2cChip {
  address: number;
  write(octets: number[]): void;
  read(count: number): number[];
}

export function i2cLibrary(realm: Realm, chip?: I2cChip) {
  function at(address: number): I2cChip {
    realm.alive();
    if (chip?.address === address) return chip;
    throw realm.error("I2C .writeTo failure: no ACK");
  }
  return {
    setup() {},
    writeTo(address: number, ...data: unknown[]) {
      at(address).write(
        data.flatMap((one) => (typeof one === "number" ? [one] : [...octetsOf(one)])),
      );
    },
    readFrom: (address: number, count: number) =>
      realm.newOctets(Uint8Array.from(at(address).read(count))),
  };
}
