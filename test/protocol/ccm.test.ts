// AES-CCM-16-64-128 beyond the vectors of RFC 3610: what is wrong opens nothing, ours and node's agree,
// and what a message costs.

import { createCipheriv, createDecipheriv } from "node:crypto";
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { ccmOf } from "../../protocol/ccm.ts";
import type { Bytes, Ccm } from "../../protocol/machine.ts";
import { nodeBlocks, nodeMachine } from "../../sdk/machine.ts";
import { hex } from "./octets.ts";

const TAG_OCTETS = 8;
const TAG = { authTagLength: TAG_OCTETS };
const array = (bytes: Bytes) => bytes as Uint8Array;

/** CCM as OpenSSL has it: a stranger who must agree. */
const native: Ccm = {
  seal(key, nonce, aad, plaintext) {
    const cipher = createCipheriv("aes-128-ccm", array(key), array(nonce), TAG);
    cipher.setAAD(array(aad), { plaintextLength: plaintext.length });
    const text = cipher.update(array(plaintext));
    cipher.final();
    return Uint8Array.from([...text, ...cipher.getAuthTag()]);
  },
  open(key, nonce, aad, sealed) {
    const length = sealed.length - TAG_OCTETS;
    if (length < 0) return undefined;
    const decipher = createDecipheriv("aes-128-ccm", array(key), array(nonce), TAG);
    decipher.setAuthTag(array(sealed).subarray(length));
    decipher.setAAD(array(aad), { plaintextLength: length });
    try {
      const plaintext = Uint8Array.from(decipher.update(array(sealed).subarray(0, length)));
      decipher.final();
      return plaintext;
    } catch {
      return undefined; // a wrong tag
    }
  },
};

const IMPLEMENTATIONS: [string, Ccm][] = [
  ["ccmOf over AES blocks", nodeMachine.ccm],
  ["node's own CCM", native],
];

/** Packet vector 1 [RFC 3610 §8]; all of them are in rfc3610.test.ts. */
const VECTOR = {
  key: "c0c1c2c3c4c5c6c7c8c9cacbcccdcecf",
  nonce: "00000003020100a0a1a2a3a4a5",
  aad: "0001020304050607",
  text: "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e",
  sealed: "588c979a61c663d2f066d0c2c0f989806d5f6b61dac38417e8d12cfdf926e0",
};

for (const [name, ccm] of IMPLEMENTATIONS) {
  test(`${name}: one wrong bit anywhere, in each octet of text and tag, opens nothing`, () => {
    const [key, nonce, aad] = [hex(VECTOR.key), hex(VECTOR.nonce), hex(VECTOR.aad)];
    const length = VECTOR.sealed.length / 2;
    for (let at = 0; at < length; at++) {
      const wrong = hex(VECTOR.sealed);
      wrong[at] ^= 1 << (at % 8);
      assert.is(ccm.open(key, nonce, aad, wrong), undefined, `octet ${at}`);
    }
    const otherAad = hex("0001020304050608");
    assert.is(ccm.open(key, nonce, otherAad, hex(VECTOR.sealed)), undefined);
  });

  test(`${name}: fewer octets than a tag open nothing`, () => {
    for (const sealed of ["", "00", "00112233445566"]) {
      const opened = ccm.open(hex(VECTOR.key), hex(VECTOR.nonce), hex(VECTOR.aad), hex(sealed));
      assert.is(opened, undefined);
    }
  });
}

test("ours and node's seal alike, and each opens what the other sealed", () => {
  const ours = nodeMachine.ccm;
  const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  // Without associated data and without text node seals another tag than the RFC; OSCORE has both.
  const aads = fc.uint8Array({ minLength: 1, maxLength: 40 });
  const texts = fc.uint8Array({ maxLength: 300 });
  fc.assert(
    fc.property(octets(16), octets(13), aads, texts, (key, nonce, aad, text) => {
      const sealed = ours.seal(key, nonce, aad, text);
      assert.equal(sealed, native.seal(key, nonce, aad, text));
      assert.equal(native.open(key, nonce, aad, sealed), text);
      assert.equal(ours.open(key, nonce, aad, sealed), text);
    }),
  );
});

test("texts of any lengths under keys in any order seal as each alone would", () => {
  const keys = Array.from({ length: 3 }, (_, at) => new Uint8Array(16).fill(at));
  const [nonce, aad] = [new Uint8Array(13), Uint8Array.of(1, 2, 3)];
  const texts = fc.array(fc.tuple(fc.nat(2), fc.uint8Array({ maxLength: 70 })), { maxLength: 20 });
  fc.assert(
    fc.property(texts, (list) => {
      for (const [at, text] of list) {
        const sealed = nodeMachine.ccm.seal(keys[at], nonce, aad, text);
        assert.equal(sealed, native.seal(keys[at], nonce, aad, text));
        assert.equal(nodeMachine.ccm.open(keys[at], nonce, aad, sealed), text);
      }
    }),
  );
});

test("a key whose octets were changed is another key", () => {
  const [key, nonce, text] = [new Uint8Array(16), new Uint8Array(13), Uint8Array.of(1, 2, 3)];
  const before = nodeMachine.ccm.seal(key, nonce, text, text);
  key[15] = 1;
  const after = nodeMachine.ccm.seal(key, nonce, text, text);
  assert.equal(after, native.seal(key, nonce, text, text));
  assert.not.equal(after, before);
});

test("more keys than are kept seal as well, first and again", () => {
  const keys = Array.from({ length: 6000 }, (_, at) => {
    const key = new Uint8Array(16);
    new DataView(key.buffer).setUint16(0, at);
    return key;
  });
  const [nonce, text] = [new Uint8Array(13), Uint8Array.of(1)];
  for (const key of [...keys, ...keys.slice(0, 10)]) {
    const sealed = nodeMachine.ccm.seal(key, nonce, text, text);
    assert.equal(nodeMachine.ccm.open(key, nonce, text, sealed), text);
  }
});

test("a message costs one CBC and one ECB call each way", () => {
  const calls: string[] = [];
  const counted = ccmOf(
    {
      cbcLast(key: Bytes, blocks: Bytes): Bytes {
        calls.push("cbc");
        return nodeBlocks.cbcLast(key, blocks);
      },
      ecb(key: Bytes, blocks: Bytes): Bytes {
        calls.push("ecb");
        return nodeBlocks.ecb(key, blocks);
      },
    },
    nodeMachine.bytes,
  );
  const [key, nonce, aad] = [hex(VECTOR.key), hex(VECTOR.nonce), hex(VECTOR.aad)];
  counted.seal(key, nonce, aad, hex(VECTOR.text));
  assert.equal(calls.splice(0).sort(), ["cbc", "ecb"]);
  counted.open(key, nonce, aad, hex(VECTOR.sealed));
  assert.equal(calls.sort(), ["cbc", "ecb"]);
});

test.run();
