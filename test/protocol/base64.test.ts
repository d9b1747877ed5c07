// Base64 in its one form, and the text SMS: what fits, what is a stranger's, what is damaged.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  fromBase64,
  fromSmsText,
  isSmsText,
  SMS_MARK,
  toBase64,
  toSmsText,
} from "../../protocol/base64.ts";
import { fromText } from "../../protocol/bytes.ts";
import * as coap from "../../protocol/coap.ts";
import type { Declaration } from "../../protocol/declaration.ts";
import { type FaultCode, isFault } from "../../protocol/fault.ts";
import { DATAGRAM_OCTETS_MAX, SMS_TEXT_MAX, SMS_TEXT_OCTETS_MAX } from "../../protocol/limits.ts";
import { encodeMessage } from "../../protocol/message-codec.ts";
import { MESSAGES } from "../../protocol/messages.ts";
import { sealRequest } from "../../protocol/oscore.ts";
import { packText } from "../../protocol/sms-septets.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { toOctets } from "../../sdk/octets.ts";
import { type AnyValues, anyOf } from "./any-values.ts";
import { PAGER } from "./contexts.ts";
import { guarded, hex } from "./octets.ts";

/** [RFC 4648 §10], without its padding. */
const PUBLISHED: [text: string, base64: string][] = [
  ["", ""],
  ["f", "Zg"],
  ["fo", "Zm8"],
  ["foo", "Zm9v"],
  ["foob", "Zm9vYg"],
  ["fooba", "Zm9vYmE"],
  ["foobar", "Zm9vYmFy"],
];

for (const [text, base64] of PUBLISHED) {
  test(`"${text}" is "${base64}", both ways [RFC 4648 §10]`, () => {
    const bytes = fromText(nodeMachine, text);
    assert.is(toBase64(guarded(bytes)), base64);
    assert.equal(fromBase64(nodeMachine, base64), bytes);
  });
}

const BAD: [name: string, text: string, fault: FaultCode][] = [
  ["padding", "Zg==", "bad-character"],
  ["one digit alone", "Z", "truncated"],
  ["one digit behind four", "Zm9vZ", "truncated"],
  ["a blank", "Zm 9v", "truncated"],
  ["a line end", "Zm9v\r\nAA", "bad-character"],
  ["the URL-safe alphabet", "-_-_", "bad-character"],
  ["a letter of another script", "Zm9ж", "bad-character"],
  ["four bits left over that are not zero", "Zh", "not-canonical"],
  ["two bits left over that are not zero", "Zm9", "not-canonical"],
];

for (const [name, text, fault] of BAD) {
  test(`${name} is refused as ${fault}`, () => {
    assert.equal(fromBase64(nodeMachine, text), { fault, path: "base64" });
  });
}

test("any octets go there and back, and Node's own base64 agrees", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const text = toBase64(bytes);
      assert.is(text, Buffer.from(bytes).toString("base64").replace(/=+$/, ""));
      assert.equal(fromBase64(nodeMachine, text), bytes);
    }),
  );
});

test("what is read is written again as the same text, or refused", () => {
  const digits = fc.constantFrom(..."AQgwZz09+/=-_ \n");
  fc.assert(
    fc.property(fc.array(digits, { maxLength: 24 }), (letters) => {
      const text = letters.join("");
      const bytes = fromBase64(nodeMachine, text);
      if (!isFault(bytes)) assert.is(toBase64(bytes), text);
    }),
  );
});

test("text of more octets than a datagram has is refused before anything is made of it", () => {
  const longest = toBase64(new Uint8Array(DATAGRAM_OCTETS_MAX));
  assert.is((fromBase64(nodeMachine, longest) as Uint8Array).length, DATAGRAM_OCTETS_MAX);
  assert.equal(fromBase64(nodeMachine, `${longest}AA`), { fault: "too-long", path: "base64" });
});

test("a text SMS is the mark and the base64 of one datagram [wire §5]", () => {
  const bytes = hex("40010203 ffee");
  assert.is(toSmsText(bytes), "OK1:QAECA//u");
  assert.equal(fromSmsText(nodeMachine, "OK1:QAECA//u"), bytes);
});

const STRANGERS = [
  "",
  "OK1",
  "ok1:QAEC",
  " OK1:QAEC",
  "OK2:QAEC",
  "Your code is 4711",
  "OK 1:QAEC",
];

test("a stranger's text is told apart without a key", () => {
  for (const text of STRANGERS) {
    assert.not(isSmsText(text), text);
    assert.equal(fromSmsText(nodeMachine, text), { fault: "bad-marker", path: "sms.text" });
  }
});

test("a text of ours that was damaged says how", () => {
  assert.equal(fromSmsText(nodeMachine, "OK1:QAF"), { fault: "not-canonical", path: "base64" });
  assert.equal(fromSmsText(nodeMachine, "OK1:QAEC "), { fault: "truncated", path: "base64" });
});

test("117 octets fill a text SMS, and 118 are refused", () => {
  const text = toSmsText(new Uint8Array(SMS_TEXT_OCTETS_MAX)) as string;
  assert.ok(text.length <= SMS_TEXT_MAX);
  const more = new Uint8Array(SMS_TEXT_OCTETS_MAX + 1);
  assert.ok(SMS_MARK.length + toBase64(more).length > SMS_TEXT_MAX);
  assert.equal(toSmsText(more), { fault: "too-long", path: "sms.text" });
});

test("every character of the form is one septet of the 7-bit alphabet, with its ASCII code", () => {
  const every = SMS_MARK + toBase64(Uint8Array.from({ length: 256 }, (_, at) => (at * 37) % 256));
  assert.is(new Set(every).size, 65);
  for (const letter of every) {
    const octet = new Uint8Array(1);
    assert.ok(packText(octet, 0, letter));
    assert.is(octet[0], letter.charCodeAt(0));
  }
});

/** These go in blocks, or wait for a carrier of datagrams: a track, the log, all settings. */
const LONGER = ["t", "g", "p"];

/** The message at its largest, sealed under the largest number: each field is drawn many times. */
function largest(declaration: Declaration): Uint8Array {
  let values: AnyValues = {};
  const octets = () => encodeMessage(nodeMachine, declaration, values as never);
  for (const field of declaration.fields) {
    const rest = values;
    let most = -1;
    let best: AnyValues = rest;
    const draws = fc.sample(anyOf(field), { numRuns: 400, seed: 5 });
    const flags = field.flag === undefined ? [{}] : [{}, { [field.flag]: 1 }];
    for (const value of draws) {
      for (const flag of flags) {
        values = { ...needed(declaration), ...rest, [field.name]: value, ...flag };
        if (octets().length <= most) continue;
        most = octets().length;
        best = { ...rest, [field.name]: value, ...flag };
      }
    }
    values = best;
  }
  const packet: coap.Packet = {
    type: coap.CON,
    code: coap.POST,
    messageId: 65535,
    token: hex("ff"),
    options: [coap.pathOption(nodeMachine, declaration.letter)],
    payload: octets(),
  };
  return toOctets(
    coap.encodePacket(nodeMachine, sealRequest(nodeMachine, PAGER, 16777215, packet)),
  );
}

function needed(declaration: Declaration): AnyValues {
  const fields = declaration.fields.filter((field) => field.needed);
  return Object.fromEntries(
    fields.map((field) => [field.name, fc.sample(anyOf(field), { numRuns: 1, seed: 1 })[0]]),
  );
}

const ups = MESSAGES.filter((one: Declaration) => one.direction === "up");
for (const declaration of ups.filter((one: Declaration) => !LONGER.includes(one.letter))) {
  test(`the largest ${declaration.name} fits one text SMS [wire §5]`, () => {
    const sealed = largest(declaration);
    const text = toSmsText(sealed);
    assert.type(text, "string", `${sealed.length} octets`);
    assert.ok((text as string).length <= SMS_TEXT_MAX);
    assert.equal(fromSmsText(nodeMachine, text as string), sealed);
    console.log(`${declaration.name}: ${sealed.length} octets, ${(text as string).length} of 160`);
  });
}

test.run();
