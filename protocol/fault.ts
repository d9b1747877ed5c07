// What can be wrong with octets from outside, as a value: nothing here throws.
// A fault says what and where; it never carries the octets themselves.

/** Nothing is ever put in between: the place in this list is what a pager's log says. */
export const FAULT_CODES = [
  /** The octets end before what they announce. */
  "truncated",
  /** More octets than one datagram may have. */
  "too-long",
  /** Octets behind the end of what was announced. */
  "trailing-octets",
  "bad-version",
  "bad-token",
  "bad-code",
  "bad-option",
  "too-many-options",
  /** A payload marker with no payload behind it [RFC 7252 §3]. */
  "bad-marker",
  /** An empty message that isn't empty [RFC 7252 §4.1]. */
  "bad-empty",
  "no-oscore-option",
  "bad-oscore-option",
  /** The sealed packet names a kid that isn't the context's. */
  "unknown-kid",
  /** The tag is wrong: forged, damaged, or sealed under another key. */
  "not-authentic",
  "missing-field",
  "bad-type",
  "out-of-bounds",
  /** The same could be said in fewer octets [RFC 8949 §4.2]. */
  "not-canonical",
  /** A block that doesn't go on where the last one ended [RFC 7959 §2.3]. */
  "bad-block",
  /** In a text form only: a character that the form hasn't. */
  "bad-character",
  /** In a text form only: the line was damaged on its way. */
  "bad-checksum",
] as const;

export type FaultCode = (typeof FAULT_CODES)[number];

export interface Fault {
  fault: FaultCode;
  /** Where: "coap", "oscore", or the message and its field, as in "sos.latitude". */
  path: string;
}

export function makeFault(code: FaultCode, path: string): Fault {
  return { fault: code, path: path };
}

export function isFault<T>(value: T | Fault): value is Fault {
  return typeof value === "object" && (value as Fault).fault !== undefined;
}
