// What is only counted: each count has a place in one list, so that it can be kept and said as it is.
// Changes nothing else. The order is what a pager's log means, see sdk/log-text.ts.

import { COUNT_MAX } from "../../protocol/limits.ts";

/** Datagrams that are no CoAP, no OSCORE, or of a kind that nobody sends us. */
export const MALFORMED = 0;
/** The tag is wrong, or nobody knows the key id. */
export const FORGED = 1;
/** Answers to what nobody here asked, or asked too long ago. */
export const UNASKED = 2;
/** Copies: of an answer that counted already, of a request that was obeyed. */
export const REPEATED = 3;
/** Authentic requests that could not be shown fresh. */
export const UNFRESH = 4;
/** Authentic, but of a newer version. */
export const UNKNOWN = 5;
export const STORAGE_FAULTS = 6;
/** Fixes outside the world, or without an uncertainty. */
export const BAD_FIXES = 7;
/** Texts that are no whole sealed ones: nobody is answered. */
export const STRANGE_TEXTS = 8;
/** Starts, exchanges begun, exchanges that nobody answered. */
export const STARTS = 9;
export const EXCHANGES = 10;
export const UNANSWERED = 11;
/** Fixes that say too little; fixes farther off than anybody travels. */
export const POOR_FIXES = 12;
export const FAR_FIXES = 13;
/** Times that the radio failed so often in a row that it was restarted. */
export const RADIO_RESETS = 14;
const COUNTS = 15;

export function newCounts(): number[] {
  const counts: number[] = [];
  for (let i = 0; i < COUNTS; i++) counts.push(0);
  return counts;
}

/** Counts stop at their bound. */
export function count(counts: number[], place: number): void {
  if (counts[place] < COUNT_MAX) counts[place] += 1;
}
