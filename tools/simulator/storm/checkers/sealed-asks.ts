// Requests by the exchange in which they came, so that an answer can be laid beside what it answers.
// Two requests may share an exchange by accident: all of them are told.

import { createRecent } from "./recent.ts";

/** A request by its sender's key identifier and its number. */
export interface Ask {
  readonly kid: string;
  readonly piv: number;
}

export interface SealedAsks {
  /** `end` is an address or a pager. */
  put(end: string, exchange: string, ask: Ask): void;
  /** The newest first. */
  find(end: string, exchange: string): readonly Ask[];
}

const KEPT = 5000;
const SHARED_MAX = 4;
const NONE: readonly Ask[] = [];

export function createSealedAsks(): SealedAsks {
  const asks = createRecent<string, readonly Ask[]>(KEPT);
  return {
    put(end, exchange, ask) {
      const key = `${end} ${exchange}`;
      const others = (asks.get(key) ?? NONE).filter(
        ({ kid, piv }) => kid !== ask.kid || piv !== ask.piv,
      );
      asks.set(key, [ask, ...others].slice(0, SHARED_MAX));
    },
    find: (end, exchange) => asks.get(`${end} ${exchange}`) ?? NONE,
  };
}
