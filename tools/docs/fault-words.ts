// What each fault means, in words: for the table of faults. A code without words does not compile.

import type { FaultCode } from "../../protocol/fault.ts";

/** In the order of the table: the datagram, its seal, its contents, bodies, text forms. */
export const FAULT_WORDS: Record<FaultCode, string> = {
  truncated: "the octets end before what they announce",
  "too-long": "more octets than this carrier or body may have",
  "bad-version": "another version of CoAP",
  "bad-token": "a token of more than 8 octets",
  "bad-code": "a code of a reserved class, or one that does not belong there",
  "bad-option": "an option that is malformed, or critical and not known",
  "too-many-options": "more options than are read",
  "bad-marker": "a payload marker with nothing behind it, or a mark that is not ours",
  "bad-empty": "an empty message that is not empty",
  "no-oscore-option": "nobody has sealed it",
  "bad-oscore-option": "an OSCORE option that is malformed, or not a request's",
  "unknown-kid": "a kid that nobody here has",
  "not-authentic": "the tag is wrong: forged, damaged, or of another key",
  "missing-field": "a needed value is absent",
  "bad-type": "a value of another type",
  "out-of-bounds": "a value outside its bounds",
  "not-canonical": "the same could be said in fewer octets",
  "trailing-octets": "octets behind the end of what was announced",
  "bad-block": "a block that does not go on where the last one ended",
  "bad-character": "in a text form: a character that the form has not",
  "bad-checksum": "in a text form: the line was damaged on its way",
};
