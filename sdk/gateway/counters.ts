// What the gateway counts: each refused datagram under exactly one name, and the good ones beside.
// Numbers only; nothing here says who or where.

/** Why a datagram made no event. Each refusal raises one of these by one. */
export const REFUSALS = [
  /** Larger than any message of ours. */
  "oversize",
  "not-coap",
  /** CoAP, but not protected, or a damaged OSCORE option. */
  "not-sealed",
  "unknown-kid",
  /** Forged, damaged, or sealed under another key. */
  "bad-tag",
  /** Authentic, and seen before: answered by the same bare answer again [wire §1.1]. */
  "replayed",
  /** Behind the replay window, or below the bottom of one that was begun anew. */
  "too-old",
  /** Authentic, and perhaps old: the replay window was lost, and Echo is asked for [wire §1.3]. */
  "unproven",
  /** Authentic, and not to be read: the message is not as declared. */
  "undecodable",
  /** Authentic, with a critical option that this version has not. */
  "unknown-option",
  /** Authentic, for a resource that this version has not. */
  "unknown-resource",
  /** An answer, acknowledgement or reset that belongs to nothing that was asked. */
  "stray-answer",
  /** Not opened because there was more work than time [wire §3]. */
  "shed",
  /** Opened, and the store could not keep it: no answer left. */
  "not-stored",
] as const;

export type Refusal = (typeof REFUSALS)[number];

const DONE = [
  "received",
  "opened",
  /** Authentic calls for help that are not as declared: stored with nothing known of them. */
  "unread",
  /** Calls for help that were stored before anything has shown them fresh [wire §1.3]. */
  "stored-unproven",
  /** Requests that brought an Echo back, and so ended the time without a replay window. */
  "proven",
  /** Authentic texts under a number that sealed another one before [wire §1.5]. */
  "used-numbers",
  "stored",
  "answered",
  "errors-sent",
  "words-sent",
  "words-answered",
  "commands-sent",
  "commands-answered",
  /** Copies of what came by another carrier before: they made no second event [wire §5]. */
  "other-carrier",
  /** What a carrier complained of: ICMP errors, unreachable pagers. Changes nothing. */
  "carrier-errors",
] as const;

export type CounterName = Refusal | (typeof DONE)[number];
export type Counters = Record<CounterName, number>;

export function newCounters(): Counters {
  const zeros = [...REFUSALS, ...DONE].map((name) => [name, 0]);
  return Object.fromEntries(zeros) as Counters;
}
