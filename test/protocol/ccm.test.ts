// AES-CCM-16-64-128 against RFC 3610: every packet vector with a tag of 8 octets, by its number.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { toHex } from "../../protocol/bytes.ts";
import { ccmOf } from "../../protocol/ccm.ts";
import type { Bytes, Ccm } from "../../protocol/machine.ts";
import { nodeBlocks, nodeMachine } from "../../sdk/machine.ts";
import { hex } from "./octets.ts";

const IMPLEMENTATIONS: [string, Ccm][] = [
  ["ccmOf over AES blocks", ccmOf(nodeBlocks, nodeMachine.bytes)],
  ["node's own CCM", nodeMachine.ccm],
];

const KEY_1 = "c0c1c2c3c4c5c6c7c8c9cacbcccdcecf";
const KEY_13 = "d7828d13b2b0bdc325a76236df93cc6b";

interface Vector {
  number: number;
  key: string;
  nonce: string;
  aad: string;
  text: string;
  sealed: string;
}

/** [RFC 3610 §8]: numbers 7 to 12 and 19 to 24 have a tag of 10 octets, which isn't ours. */
const VECTORS: Vector[] = [
  {
    number: 1,
    key: KEY_1,
    nonce: "00000003020100a0a1a2a3a4a5",
    aad: "0001020304050607",
    text: "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e",
    sealed: "588c979a61c663d2f066d0c2c0f989806d5f6b61dac38417e8d12cfdf926e0",
  },
  {
    number: 2,
    key: KEY_1,
    nonce: "00000004030201a0a1a2a3a4a5",
    aad: "0001020304050607",
    text: "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
    sealed: "72c91a36e135f8cf291ca894085c87e3cc15c439c9e43a3ba091d56e10400916",
  },
  {
    number: 3,
    key: KEY_1,
    nonce: "00000005040302a0a1a2a3a4a5",
    aad: "0001020304050607",
    text: "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20",
    sealed: "51b1e5f44a197d1da46b0f8e2d282ae871e838bb64da8596574adaa76fbd9fb0c5",
  },
  {
    number: 4,
    key: KEY_1,
    nonce: "00000006050403a0a1a2a3a4a5",
    aad: "000102030405060708090a0b",
    text: "0c0d0e0f101112131415161718191a1b1c1d1e",
    sealed: "a28c6865939a9a79faaa5c4c2a9d4a91cdac8c96c861b9c9e61ef1",
  },
  {
    number: 5,
    key: KEY_1,
    nonce: "00000007060504a0a1a2a3a4a5",
    aad: "000102030405060708090a0b",
    text: "0c0d0e0f101112131415161718191a1b1c1d1e1f",
    sealed: "dcf1fb7b5d9e23fb9d4e131253658ad86ebdca3e51e83f077d9c2d93",
  },
  {
    number: 6,
    key: KEY_1,
    nonce: "00000008070605a0a1a2a3a4a5",
    aad: "000102030405060708090a0b",
    text: "0c0d0e0f101112131415161718191a1b1c1d1e1f20",
    sealed: "6fc1b011f006568b5171a42d953d469b2570a4bd87405a0443ac91cb94",
  },
  {
    number: 13,
    key: KEY_13,
    nonce: "00412b4ea9cdbe3c9696766cfa",
    aad: "0be1a88bace018b1",
    text: "08e8cf97d820ea258460e96ad9cf5289054d895ceac47c",
    sealed: "4cb97f86a2a4689a877947ab8091ef5386a6ffbdd080f8e78cf7cb0cddd7b3",
  },
  {
    number: 14,
    key: KEY_13,
    nonce: "0033568ef7b2633c9696766cfa",
    aad: "63018f76dc8a1bcb",
    text: "9020ea6f91bdd85afa0039ba4baff9bfb79c7028949cd0ec",
    sealed: "4ccb1e7ca981befaa0726c55d378061298c85c92814abc33c52ee81d7d77c08a",
  },
  {
    number: 15,
    key: KEY_13,
    nonce: "00103fe41336713c9696766cfa",
    aad: "aa6cfa36cae86b40",
    text: "b916e0eacc1c00d7dcec68ec0b3bbb1a02de8a2d1aa346132e",
    sealed: "b1d23a2220ddc0ac900d9aa03c61fcf4a559a4417767089708a776796edb723506",
  },
  {
    number: 16,
    key: KEY_13,
    nonce: "00764c63b8058e3c9696766cfa",
    aad: "d0d0735c531e1becf049c244",
    text: "12daac5630efa5396f770ce1a66b21f7b2101c",
    sealed: "14d253c3967b70609b7cbb7c499160283245269a6f49975bcadeaf",
  },
  {
    number: 17,
    key: KEY_13,
    nonce: "00f8b678094e3b3c9696766cfa",
    aad: "77b60f011c03e1525899bcae",
    text: "e88b6a46c78d63e52eb8c546efb5de6f75e9cc0d",
    sealed: "5545ff1a085ee2efbf52b2e04bee1e2336c73e3f762c0c7744fe7e3c",
  },
  {
    number: 18,
    key: KEY_13,
    nonce: "00d560912d3f703c9696766cfa",
    aad: "cd9044d2b71fdb8120ea60c0",
    text: "6435acbafb11a82e2f071d7ca4a5ebd93a803ba87f",
    sealed: "009769ecabdf48625594c59251e6035722675e04c847099e5ae0704551",
  },
];

for (const [name, ccm] of IMPLEMENTATIONS) {
  for (const vector of VECTORS) {
    test(`RFC 3610 packet vector ${vector.number}, ${name}: sealed and opened`, () => {
      const [key, nonce, aad] = [hex(vector.key), hex(vector.nonce), hex(vector.aad)];
      assert.is(toHex(ccm.seal(key, nonce, aad, hex(vector.text))), vector.sealed);
      assert.equal(ccm.open(key, nonce, aad, hex(vector.sealed)), hex(vector.text));
    });
  }

  test(`${name}: one wrong bit anywhere, in each octet of text and tag, opens nothing`, () => {
    const vector = VECTORS[0];
    const [key, nonce, aad] = [hex(vector.key), hex(vector.nonce), hex(vector.aad)];
    const length = vector.sealed.length / 2;
    for (let at = 0; at < length; at++) {
      const wrong = hex(vector.sealed);
      wrong[at] ^= 1 << (at % 8);
      assert.is(ccm.open(key, nonce, aad, wrong), undefined, `octet ${at}`);
    }
    const otherAad = hex("0001020304050608");
    assert.is(ccm.open(key, nonce, otherAad, hex(vector.sealed)), undefined);
  });

  test(`${name}: fewer octets than a tag open nothing`, () => {
    const vector = VECTORS[0];
    for (const sealed of ["", "00", "00112233445566"]) {
      const opened = ccm.open(hex(vector.key), hex(vector.nonce), hex(vector.aad), hex(sealed));
      assert.is(opened, undefined);
    }
  });
}

test("ours and node's seal alike, and each opens what the other sealed", () => {
  const [[, ours], [, native]] = IMPLEMENTATIONS;
  const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
  const upTo = (maxLength: number) => fc.uint8Array({ maxLength });
  fc.assert(
    fc.property(octets(16), octets(13), upTo(40), upTo(300), (key, nonce, aad, text) => {
      const sealed = ours.seal(key, nonce, aad, text);
      assert.equal(sealed, native.seal(key, nonce, aad, text));
      assert.equal(native.open(key, nonce, aad, sealed), text);
      assert.equal(ours.open(key, nonce, aad, sealed), text);
    }),
  );
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
  const vector = VECTORS[0];
  const [key, nonce, aad] = [hex(vector.key), hex(vector.nonce), hex(vector.aad)];
  counted.seal(key, nonce, aad, hex(vector.text));
  assert.equal(calls.splice(0).sort(), ["cbc", "ecb"]);
  counted.open(key, nonce, aad, hex(vector.sealed));
  assert.equal(calls.sort(), ["cbc", "ecb"]);
});

test.run();
