// The CoAP answer that each fault deserves, by the clause that says so.
// Whether it may be sent at all is for whoever answers: most faults are met by silence [wire §3].

import { BAD_OPTION, BAD_REQUEST, UNAUTHORIZED } from "./coap.ts";
import type { FaultCode } from "./fault.ts";

/** No answer: passed over, or a reset where somebody waits [RFC 7252 §4.2]. */
const SILENCE = 0;

/**
 * By code. What can't be read as CoAP has no token to answer to; the same code may stand for what
 * is wrong inside a message that was opened, and then this is its answer.
 */
const ANSWERS: Record<FaultCode, number> = {
  // A body that can't be read to its end [RFC 7252 §5.9.2].
  truncated: BAD_REQUEST,
  // Refused unread: an answer would serve whoever sends with a false address [RFC 7252 §11.3].
  "too-long": SILENCE,
  // The rest of the message is none of ours [RFC 7252 §5.9.2].
  "trailing-octets": BAD_REQUEST,
  // Another version must be passed over without a word [RFC 7252 §3].
  "bad-version": SILENCE,
  // Lengths 9 to 15 are a message format error [RFC 7252 §3].
  "bad-token": SILENCE,
  // A reserved class [RFC 7252 §4.2].
  "bad-code": SILENCE,
  // Nibble 15 and numbers above 65535 are a message format error [RFC 7252 §3.1].
  "bad-option": SILENCE,
  // Our own bound: more than we read counts as options that we don't know [RFC 7252 §5.4.1].
  "too-many-options": BAD_OPTION,
  // A marker without a payload is a message format error [RFC 7252 §3].
  "bad-marker": SILENCE,
  // Octets behind an empty message are a message format error [RFC 7252 §4.1].
  "bad-empty": SILENCE,
  // Every resource of ours asks for a sealed request [RFC 7252 §5.9.2].
  "no-oscore-option": UNAUTHORIZED,
  // "Failed to decode COSE" [RFC 8613 §8.2].
  "bad-oscore-option": BAD_OPTION,
  // "Security context not found" [RFC 8613 §8.2].
  "unknown-kid": UNAUTHORIZED,
  // "Decryption failed" [RFC 8613 §8.2].
  "not-authentic": BAD_REQUEST,
  // The message is not as declared [RFC 7252 §5.9.2].
  "missing-field": BAD_REQUEST,
  "bad-type": BAD_REQUEST,
  "out-of-bounds": BAD_REQUEST,
  // One meaning has one form: another one is refused like a wrong one [RFC 8949 §4.2].
  "not-canonical": BAD_REQUEST,
  // A size that is reserved, or a number out of turn [RFC 7959 §2.2].
  "bad-block": BAD_REQUEST,
  // What a text form holds was no datagram yet: nobody to answer [wire §5].
  "bad-character": SILENCE,
  "bad-checksum": SILENCE,
};

/** Class × 32 + detail; 0 for none. */
export function answerOfFault(code: FaultCode): number {
  return ANSWERS[code];
}
