// Chance as the platform sees it: handed in, so that one seed gives one world.

/** Fresh octets. In service they must come from a generator made for keys. */
export type Random = (length: number) => Uint8Array;

/** Node's own generator. `globalThis.crypto` refuses more than 65,536 octets at a time. */
export const systemRandom: Random = (length) => crypto.getRandomValues(new Uint8Array(length));
