// Files of keys: what is taken, and that no error repeats what stands in one.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { OnekeyError } from "../../sdk/error.ts";
import { readKeyFile } from "../../tools/decode/key-file.ts";
import { sharedPlatformIds, wiresharkText } from "../../tools/decode/wireshark.ts";
import { KEY_FILE, MASTER_FILE, PAGER } from "./sealed.ts";

const KEY = "00112233445566778899aabbccddeeff";
const ROW = JSON.parse(KEY_FILE).contexts[0];
const MASTER = JSON.parse(MASTER_FILE);

test("a pager's provisioning, alone or as registration gave it, and a master secret", () => {
  const forms = [
    KEY_FILE,
    JSON.stringify({ provisioning: JSON.parse(KEY_FILE) }),
    MASTER_FILE,
    JSON.stringify({ contexts: [MASTER] }),
  ];
  for (const text of forms) {
    const { contexts, masters } = readKeyFile(text, "f");
    assert.equal(contexts[0].senderKey, PAGER.senderKey);
    assert.equal(contexts[0].commonIv, PAGER.commonIv);
    assert.is(masters.length, text.includes("masterSecret") ? 1 : 0);
  }
});

test("salt and ID context may be left out [RFC 8613 §3.2]", () => {
  const { masterSalt, ...bare } = MASTER;
  assert.type(masterSalt, "string");
  const { masters } = readKeyFile(JSON.stringify({ ...bare, idContext: "37cb" }), "f");
  assert.is(masters[0].master.salt.length, 0);
  assert.equal(masters[0].ids.idContext, Uint8Array.of(0x37, 0xcb));
});

const BAD: [name: string, file: unknown, says: RegExp][] = [
  ["no JSON", `{"masterSecret": "${KEY}`, /it is no JSON/],
  ["a list", [ROW], /one JSON object/],
  ["a text", KEY, /one JSON object/],
  ["contexts that are no list", { contexts: ROW }, /contexts must be a list/],
  ["a context that is none", { contexts: [KEY] }, /contexts\[0\] must be an object/],
  [
    "a key that is missing",
    { contexts: [ROW, { ...ROW, senderKey: undefined }] },
    /contexts\[1\]\.senderKey is missing/,
  ],
  [
    "a key that is no text",
    { contexts: [{ ...ROW, senderKey: 7 }] },
    /senderKey must be a text of hex/,
  ],
  [
    "a key that is no hex",
    { contexts: [{ ...ROW, senderKey: `${KEY}x` }] },
    /senderKey must be a text of hex/,
  ],
  [
    "a key that is too short",
    { contexts: [{ ...ROW, recipientKey: KEY.slice(2) }] },
    /recipientKey must have 16 octets and has 15/,
  ],
  [
    "an id that is too long",
    { contexts: [{ ...ROW, kid: KEY }] },
    /kid must have 0 to 7 octets and has 16/,
  ],
  [
    "a master secret that is too short",
    { ...MASTER, masterSecret: "00" },
    /masterSecret must have 16 to 64 octets/,
  ],
  ["an id that is missing", { ...MASTER, recipientId: undefined }, /recipientId is missing/],
  ["nothing of it", {}, /kid is missing/],
];

for (const [name, file, says] of BAD) {
  test(`${name} is refused by file and field, and no digit of a key is repeated`, () => {
    const text = typeof file === "string" && file.startsWith("{") ? file : JSON.stringify(file);
    try {
      readKeyFile(text, "keys.json");
      assert.unreachable(name);
    } catch (error) {
      assert.instance(error, OnekeyError);
      const { code, message } = error as OnekeyError;
      assert.is(code, "bad-input");
      assert.match(message, /^The key file keys\.json can't be used: .*Give the provisioning/);
      assert.match(message, says);
      for (const key of [KEY, ROW.senderKey, MASTER.masterSecret]) {
        assert.not(message.includes(key.slice(0, 8)), message);
      }
    }
  });
}

test("Wireshark gets two lines a context, one for the requests of each end", () => {
  const { masters } = readKeyFile(MASTER_FILE, "f");
  const keys = `"${MASTER.masterSecret}","${MASTER.masterSalt}","","AES-CCM-16-64-128 (CCM*)"`;
  assert.equal(wiresharkText(masters).trimEnd().split("\n").slice(1), [
    `"c45e01","00",${keys}`,
    `"00","c45e01",${keys}`,
  ]);
  assert.equal(sharedPlatformIds(masters), []);
  assert.equal(sharedPlatformIds([...masters, ...masters]), ["00"]);
});

test.run();
