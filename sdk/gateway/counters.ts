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
  /** Behind the replay window. */
  "too-old",
  /** Authentic, and not to be read: the message is not as declared. */
  "undecodable",
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
  "stored",
  "answered",
  "errors-sent",
  "words-sent",
  "words-answered",
  /** What the socket complained of: ICMP errors, unreachable pagers. Changes nothing. */
  "socket-errors",
] as const;

export type CounterName = Refusal | (typeof DONE)[number];
export type Counters = Record<CounterName, number>;

export function newCounters(): Counters {
  const zeros = [...REFUSALS, ...DONE].map((name) => [name, 0]);
  return Object.fromEntries(zeros) as Counters;
}
