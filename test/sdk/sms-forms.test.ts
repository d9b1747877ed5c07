// The two forms of an SMS of ours, and which one a number gets.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { toSmsText } from "../../protocol/base64.ts";
import { makeSmsForms } from "../../sdk/gateway/sms-forms.ts";
import { nodeMachine } from "../../sdk/machine.ts";

const PHONE = "+8613800138000";
const BYTES = Uint8Array.of(64, 1, 2, 3);
const TEXT = toSmsText(BYTES) as string;

test("a number gets the form that it last spoke, text before it spoke [wire §5]", () => {
  const forms = makeSmsForms(nodeMachine);
  assert.equal(forms.write(PHONE, BYTES), { text: TEXT });
  assert.equal(forms.read(PHONE, { data: BYTES }), BYTES);
  assert.equal(forms.write(PHONE, BYTES), { data: BYTES });
  assert.equal(forms.write("+4670825135", BYTES), { text: TEXT }, "each its own");
  assert.equal(forms.read(PHONE, { text: TEXT }), BYTES);
  assert.equal(forms.write(PHONE, BYTES), { text: TEXT });
});

test("a stranger's text and a damaged one hold nothing and change no form", () => {
  const forms = makeSmsForms(nodeMachine);
  forms.read(PHONE, { data: BYTES });
  for (const text of ["Your code is 4711", `${TEXT}=`, ""]) {
    assert.is(forms.read(PHONE, { text }), undefined);
  }
  assert.equal(forms.write(PHONE, BYTES), { data: BYTES });
});

test("text holds 117 octets, 8-bit data 140, and one SMS no more", () => {
  const forms = makeSmsForms(nodeMachine);
  const kindOf = (octets: number) =>
    Object.keys(forms.write(PHONE, new Uint8Array(octets)) ?? { none: 0 })[0];
  assert.equal([117, 118, 140, 141].map(kindOf), ["text", "data", "data", "none"]);
});

test("ten thousand numbers are kept, and of more the one that was silent longest goes", () => {
  const forms = makeSmsForms(nodeMachine);
  const phone = (i: number) => `+${100_000 + i}`;
  for (let i = 0; i < 10_000; i++) forms.read(phone(i), { data: BYTES });
  forms.read(phone(0), { data: BYTES });
  assert.equal(forms.write(phone(1), BYTES), { data: BYTES });
  forms.read(phone(10_000), { data: BYTES });
  assert.equal(forms.write(phone(1), BYTES), { text: TEXT });
  assert.equal(forms.write(phone(0), BYTES), { data: BYTES });
});

test.run();
