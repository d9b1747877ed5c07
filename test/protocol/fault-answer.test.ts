// The answer of each fault: one row a code, and only what RFC 7252 and RFC 8613 name.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { BAD_OPTION, BAD_REQUEST, UNAUTHORIZED } from "../../protocol/coap.ts";
import { FAULT_CODES, type FaultCode } from "../../protocol/fault.ts";
import { answerOfFault } from "../../protocol/fault-answer.ts";

test("every fault has a row, and every row a code of the standards or silence", () => {
  for (const code of FAULT_CODES) {
    const answers = [0, BAD_REQUEST, UNAUTHORIZED, BAD_OPTION];
    assert.ok(answers.includes(answerOfFault(code)), code);
  }
});

const BY_THE_BOOK: [FaultCode, number, string][] = [
  ["bad-oscore-option", BAD_OPTION, "failed to decode COSE"],
  ["unknown-kid", UNAUTHORIZED, "security context not found"],
  ["not-authentic", BAD_REQUEST, "decryption failed"],
  ["no-oscore-option", UNAUTHORIZED, "a request that nobody has shown a right to"],
  ["bad-version", 0, "another version is passed over in silence"],
  ["bad-token", 0, "a message format error is rejected without an answer"],
];

for (const [code, answer, why] of BY_THE_BOOK) {
  test(`${code} deserves ${answer}: ${why} [RFC 8613 §8.2, RFC 7252 §4.2]`, () => {
    assert.is(answerOfFault(code), answer);
  });
}

test.run();
