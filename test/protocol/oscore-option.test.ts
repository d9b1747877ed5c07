// The OSCORE option against RFC 8613: the examples of section 6.1's form and every refusal.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { toHex } from "../../protocol/bytes.ts";
import { isFault } from "../../protocol/fault.ts";
import {
  decodeOscoreOption,
  decodePiv,
  encodeOscoreOption,
  encodePiv,
  type OscoreOption,
} from "../../protocol/oscore-option.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { guarded, hex } from "./octets.ts";

/** [RFC 8613 §6.3, §C.4 to §C.8], what is in it. */
const EXAMPLES: [string, OscoreOption][] = [
  ["", {}],
  ["0100", { piv: hex("00") }],
  ["0914", { piv: hex("14"), kid: hex("") }],
  ["091400", { piv: hex("14"), kid: hex("00") }],
  ["090525", { piv: hex("05"), kid: hex("25") }],
  ["1905044461746525", { piv: hex("05"), kidContext: hex("44617465"), kid: hex("25") }],
  ["19140837cbf3210017a2d3", { piv: hex("14"), kidContext: hex("37cbf3210017a2d3"), kid: hex("") }],
  ["0bffffffc0ffee", { piv: hex("ffffff"), kid: hex("c0ffee") }],
  ["1000", { kidContext: hex("") }],
  ["0807", { kid: hex("07") }],
];

for (const [octets, option] of EXAMPLES) {
  test(`option "${octets}": both ways`, () => {
    assert.is(toHex(encodeOscoreOption(nodeMachine, option)), octets);
    assert.equal(decodeOscoreOption(nodeMachine, guarded(hex(octets))), option);
  });
}

/** What is wrong, octets. */
const REFUSALS: [string, string][] = [
  ["no flag, but an octet for it", "00"],
  ["reserved bit 7", "8100"],
  ["reserved bit 6", "4100"],
  ["reserved bit 5", "2100"],
  ["the reserved length 6", "06010203040506"],
  ["the reserved length 7", "0701020304050607"],
  ["a Partial IV above 2^24 - 1", "0401000000"],
  ["a Partial IV cut short", "0201"],
  ["a Partial IV with a zero that could go", "020001"],
  ["a kid context without its length", "1101"],
  ["a kid context cut short", "1101020a"],
  ["octets behind the Partial IV that no flag announces", "010203"],
  ["a kid of 8 octets", "09140001020304050607"],
];

for (const [name, octets] of REFUSALS) {
  test(`refused: ${name}`, () => {
    const option = decodeOscoreOption(nodeMachine, guarded(hex(octets)));
    assert.ok(isFault(option));
    assert.is(isFault(option) ? option.fault : "", "bad-oscore-option");
  });
}

test("a number has the shortest Partial IV, and 0 has one octet [RFC 8613 §5]", () => {
  for (const [piv, octets] of [
    [0, "00"],
    [255, "ff"],
    [256, "0100"],
    [65535, "ffff"],
    [65536, "010000"],
    [16777215, "ffffff"],
  ] as const) {
    assert.is(toHex(encodePiv(nodeMachine, piv)), octets);
    assert.is(decodePiv(hex(octets)), piv);
  }
});

test("an option has one form: what is read is written back octet by octet", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 12 }), (octets) => {
      if (octets.length > 0) octets[0] %= 32;
      const option = decodeOscoreOption(nodeMachine, guarded(octets));
      if (!isFault(option)) assert.equal(encodeOscoreOption(nodeMachine, option), octets);
    }),
    { numRuns: 2000 },
  );
});

test.run();
