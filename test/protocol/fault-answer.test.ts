// The answer of each fault: one row a code, and only what RFC 7252 and RFC 8613 name.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { BAD_OPTION, BAD_REQUEST, UNAUTHORIZED } from "../../protocol/coap.ts";
import type { FaultCode } from "../../protocol/fault.ts";
import { answerOfFault } from "../../protocol/fault-answer.ts";
import { projectFolder } from "../../tools/build/project.ts";

/** The codes as the sources declare them: a type leaves nothing behind to ask. */
const source = readFileSync(join(projectFolder, "protocol/fault.ts"), "utf8");
const declared = source.slice(source.indexOf("FaultCode ="), source.indexOf("export interface"));
const codes = [...declared.matchAll(/\| "([a-z-]+)"/g)].map((match) => match[1] as FaultCode);

test("every fault has a row, and every row a code of the standards or silence", () => {
  assert.ok(codes.length >= 18, `${codes.length} codes were found`);
  for (const code of codes) {
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
