// AES-CCM against RFC 3610 §8: all 24 packet vectors under their numbers. Those with our parameters
// (tag of 8 octets, length field of 2) are sealed and opened; the others lend their key streams.

import { createCipheriv } from "node:crypto";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { toHex } from "../../protocol/bytes.ts";
import { ccmOf } from "../../protocol/ccm.ts";
import type { Ccm } from "../../protocol/machine.ts";
import { nodeBlocks, nodeMachine } from "../../sdk/machine.ts";
import { octetsOf } from "../../sdk/octets.ts";
import { hex } from "./octets.ts";

const IMPLEMENTATIONS: [string, Ccm][] = [
  ["ccmOf over AES blocks", ccmOf(nodeBlocks, nodeMachine.bytes)],
  ["the machine of the platform", nodeMachine.ccm],
];

/** Of the vectors 1 to 12, and of those from 13 on. */
const KEYS = ["c0c1c2c3c4c5c6c7c8c9cacbcccdcecf", "d7828d13b2b0bdc325a76236df93cc6b"];

interface Vector {
  number: number;
  tagOctets: 8 | 10;
  nonce: string;
  aad: string;
  text: string;
  sealed: string;
}

/** [RFC 3610 §8] */
const VECTORS: Vector[] = [
  {
    number: 1,
    tagOctets: 8,
    nonce: "00000003020100a0a1a2a3a4a5",
    aad: "0001020304050607",
    text: "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e",
    sealed: "588c979a61c663d2f066d0c2c0f989806d5f6b61dac38417e8d12cfdf926e0",
  },
  {
    number: 2,
    tagOctets: 8,
    nonce: "00000004030201a0a1a2a3a4a5",
    aad: "0001020304050607",
    text: "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
    sealed: "72c91a36e135f8cf291ca894085c87e3cc15c439c9e43a3ba091d56e10400916",
  },
  {
    number: 3,
    tagOctets: 8,
    nonce: "00000005040302a0a1a2a3a4a5",
    aad: "0001020304050607",
    text: "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20",
    sealed: "51b1e5f44a197d1da46b0f8e2d282ae871e838bb64da8596574adaa76fbd9fb0c5",
  },
  {
    number: 4,
    tagOctets: 8,
    nonce: "00000006050403a0a1a2a3a4a5",
    aad: "000102030405060708090a0b",
    text: "0c0d0e0f101112131415161718191a1b1c1d1e",
    sealed: "a28c6865939a9a79faaa5c4c2a9d4a91cdac8c96c861b9c9e61ef1",
  },
  {
    number: 5,
    tagOctets: 8,
    nonce: "00000007060504a0a1a2a3a4a5",
    aad: "000102030405060708090a0b",
    text: "0c0d0e0f101112131415161718191a1b1c1d1e1f",
    sealed: "dcf1fb7b5d9e23fb9d4e131253658ad86ebdca3e51e83f077d9c2d93",
  },
  {
    number: 6,
    tagOctets: 8,
    nonce: "00000008070605a0a1a2a3a4a5",
    aad: "000102030405060708090a0b",
    text: "0c0d0e0f101112131415161718191a1b1c1d1e1f20",
    sealed: "6fc1b011f006568b5171a42d953d469b2570a4bd87405a0443ac91cb94",
  },
  {
    number: 7,
    tagOctets: 10,
    nonce: "00000009080706a0a1a2a3a4a5",
    aad: "0001020304050607",
    text: "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e",
    sealed: "0135d1b2c95f41d5d1d4fec185d166b8094e999dfed96c048c56602c97acbb7490",
  },
  {
    number: 8,
    tagOctets: 10,
    nonce: "0000000a090807a0a1a2a3a4a5",
    aad: "0001020304050607",
    text: "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
    sealed: "7b75399ac0831dd2f0bbd75879a2fd8f6cae6b6cd9b7db24c17b4433f434963f34b4",
  },
  {
    number: 9,
    tagOctets: 10,
    nonce: "0000000b0a0908a0a1a2a3a4a5",
    aad: "0001020304050607",
    text: "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20",
    sealed: "82531a60cc24945a4b8279181ab5c84df21ce7f9b73f42e197ea9c07e56b5eb17e5f4e",
  },
  {
    number: 10,
    tagOctets: 10,
    nonce: "0000000c0b0a09a0a1a2a3a4a5",
    aad: "000102030405060708090a0b",
    text: "0c0d0e0f101112131415161718191a1b1c1d1e",
    sealed: "07342594157785152b074098330abb141b947b566aa9406b4d999988dd",
  },
  {
    number: 11,
    tagOctets: 10,
    nonce: "0000000d0c0b0aa0a1a2a3a4a5",
    aad: "000102030405060708090a0b",
    text: "0c0d0e0f101112131415161718191a1b1c1d1e1f",
    sealed: "676bb20380b0e301e8ab79590a396da78b834934f53aa2e9107a8b6c022c",
  },
  {
    number: 12,
    tagOctets: 10,
    nonce: "0000000e0d0c0ba0a1a2a3a4a5",
    aad: "000102030405060708090a0b",
    text: "0c0d0e0f101112131415161718191a1b1c1d1e1f20",
    sealed: "c0ffa0d6f05bdb67f24d43a4338d2aa4bed7b20e43cd1aa31662e7ad65d6db",
  },
  {
    number: 13,
    tagOctets: 8,
    nonce: "00412b4ea9cdbe3c9696766cfa",
    aad: "0be1a88bace018b1",
    text: "08e8cf97d820ea258460e96ad9cf5289054d895ceac47c",
    sealed: "4cb97f86a2a4689a877947ab8091ef5386a6ffbdd080f8e78cf7cb0cddd7b3",
  },
  {
    number: 14,
    tagOctets: 8,
    nonce: "0033568ef7b2633c9696766cfa",
    aad: "63018f76dc8a1bcb",
    text: "9020ea6f91bdd85afa0039ba4baff9bfb79c7028949cd0ec",
    sealed: "4ccb1e7ca981befaa0726c55d378061298c85c92814abc33c52ee81d7d77c08a",
  },
  {
    number: 15,
    tagOctets: 8,
    nonce: "00103fe41336713c9696766cfa",
    aad: "aa6cfa36cae86b40",
    text: "b916e0eacc1c00d7dcec68ec0b3bbb1a02de8a2d1aa346132e",
    sealed: "b1d23a2220ddc0ac900d9aa03c61fcf4a559a4417767089708a776796edb723506",
  },
  {
    number: 16,
    tagOctets: 8,
    nonce: "00764c63b8058e3c9696766cfa",
    aad: "d0d0735c531e1becf049c244",
    text: "12daac5630efa5396f770ce1a66b21f7b2101c",
    sealed: "14d253c3967b70609b7cbb7c499160283245269a6f49975bcadeaf",
  },
  {
    number: 17,
    tagOctets: 8,
    nonce: "00f8b678094e3b3c9696766cfa",
    aad: "77b60f011c03e1525899bcae",
    text: "e88b6a46c78d63e52eb8c546efb5de6f75e9cc0d",
    sealed: "5545ff1a085ee2efbf52b2e04bee1e2336c73e3f762c0c7744fe7e3c",
  },
  {
    number: 18,
    tagOctets: 8,
    nonce: "00d560912d3f703c9696766cfa",
    aad: "cd9044d2b71fdb8120ea60c0",
    text: "6435acbafb11a82e2f071d7ca4a5ebd93a803ba87f",
    sealed: "009769ecabdf48625594c59251e6035722675e04c847099e5ae0704551",
  },
  {
    number: 19,
    tagOctets: 10,
    nonce: "0042fff8f1951c3c9696766cfa",
    aad: "d85bc7e69f944fb8",
    text: "8a19b950bcf71a018e5e6701c91787659809d67dbedd18",
    sealed: "bc218daa947427b6db386a99ac1aef23ade0b52939cb6a637cf9bec2408897c6ba",
  },
  {
    number: 20,
    tagOctets: 10,
    nonce: "00920f40e56cdc3c9696766cfa",
    aad: "74a0ebc9069f5b37",
    text: "1761433c37c5a35fc1f39f406302eb907c6163be38c98437",
    sealed: "5810e6fd25874022e80361a478e3e9cf484ab04f447efff6f0a477cc2fc9bf548944",
  },
  {
    number: 21,
    tagOctets: 10,
    nonce: "0027ca0c7120bc3c9696766cfa",
    aad: "44a3aa3aae6475ca",
    text: "a434a8e58500c6e41530538862d686ea9e81301b5ae4226bfa",
    sealed: "f2beed7bc5098e83feb5b31608f8e29c38819a89c8e776f1544d4151a4ed3a8b87b9ce",
  },
  {
    number: 22,
    tagOctets: 10,
    nonce: "005b8ccbcd9af83c9696766cfa",
    aad: "ec46bb63b02520c33c49fd70",
    text: "b96b49e21d621741632875db7f6c9243d2d7c2",
    sealed: "31d750a09da3ed7fddd49a2032aabf17ec8ebf7d22c8088c666be5c197",
  },
  {
    number: 23,
    tagOctets: 10,
    nonce: "003ebe94044b9a3c9696766cfa",
    aad: "47a65ac78b3d594227e85e71",
    text: "e2fcfbb880442c731bf95167c8ffd7895e337076",
    sealed: "e882f1dbd38ce3eda7c23f04dd65071eb41342acdf7e00dccec7ae52987d",
  },
  {
    number: 24,
    tagOctets: 10,
    nonce: "008d493b30ae8b3c9696766cfa",
    aad: "6e37a6ef546d955d34ab6059",
    text: "abf21c0b02feb88f856df4a37381bce3cc128517d4",
    sealed: "f32905b88a641b04b9c9ffb58cc390900f3da12ab16dce9e82efa16da62059",
  },
];

const keyOf = (vector: Vector) => KEYS[vector.number < 13 ? 0 : 1];

test("RFC 3610: all 24 packet vectors are here, twelve of them with our tag", () => {
  assert.equal(
    VECTORS.map((vector) => vector.number),
    Array.from({ length: 24 }, (_, at) => at + 1),
  );
  assert.is(VECTORS.filter((vector) => vector.tagOctets === 8).length, 12);
});

for (const vector of VECTORS) {
  const { number, nonce, aad, text, sealed, tagOctets } = vector;
  const key = keyOf(vector);

  for (const [name, ccm] of IMPLEMENTATIONS) {
    if (tagOctets === 8) {
      test(`RFC 3610 packet vector ${number}, ${name}: sealed and opened`, () => {
        assert.is(toHex(ccm.seal(hex(key), hex(nonce), hex(aad), hex(text))), sealed);
        assert.equal(ccm.open(hex(key), hex(nonce), hex(aad), hex(sealed)), hex(text));
      });
    } else {
      test(`RFC 3610 packet vector ${number}, ${name}: its tag of 10 octets isn't ours, its text is`, () => {
        const ours = toHex(ccm.seal(hex(key), hex(nonce), hex(aad), hex(text)));
        assert.is(ours.slice(0, text.length), sealed.slice(0, text.length));
        assert.is(ours.length, text.length + 16);
        assert.is(ccm.open(hex(key), hex(nonce), hex(aad), hex(sealed)), undefined);
      });
    }
  }

  test(`RFC 3610 packet vector ${number}: node:crypto, asked for its tag, gives the same octets`, () => {
    const cipher = createCipheriv("aes-128-ccm", octetsOf(key), octetsOf(nonce), {
      authTagLength: tagOctets,
    });
    cipher.setAAD(octetsOf(aad), { plaintextLength: text.length / 2 });
    const made = cipher.update(text, "hex", "hex") + cipher.final("hex");
    assert.is(made + cipher.getAuthTag().toString("hex"), sealed);
  });
}

test.run();
