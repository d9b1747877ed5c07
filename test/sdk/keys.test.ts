// Key derivation against the vectors of RFC 8613, under their numbers, and secrets at rest.

import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { deriveContext, mirrorOf } from "../../sdk/keys.ts";
import { hexOf, octetsOf } from "../../sdk/octets.ts";
import { systemRandom } from "../../sdk/random.ts";
import { openVaultFor, type Vault } from "../../sdk/seal.ts";
import type { Store } from "../../sdk/store/store.ts";

const SECRET = "0102030405060708090a0b0c0d0e0f10";
const SALT = "9e7ca92223786340";

interface Vector {
  section: string;
  salt: string;
  idContext?: string;
  clientId: string;
  serverId: string;
  clientKey: string;
  serverKey: string;
  commonIv: string;
}

const VECTORS: Vector[] = [
  {
    section: "C.1",
    salt: SALT,
    clientId: "",
    serverId: "01",
    clientKey: "f0910ed7295e6ad4b54fc793154302ff",
    serverKey: "ffb14e093c94c9cac9471648b4f98710",
    commonIv: "4622d4dd6d944168eefb54987c",
  },
  {
    section: "C.2",
    salt: "",
    clientId: "00",
    serverId: "01",
    clientKey: "321b26943253c7ffb6003b0b64d74041",
    serverKey: "e57b5635815177cd679ab4bcec9d7dda",
    commonIv: "be35ae297d2dace910c52e99f9",
  },
  {
    section: "C.3",
    salt: SALT,
    idContext: "37cbf3210017a2d3",
    clientId: "",
    serverId: "01",
    clientKey: "af2a1300a5e95788b356336eeecd2b92",
    serverKey: "e39a0c7c77b43f03b4b39ab9a268699f",
    commonIv: "2ca58fb85ff1b81c0b7181b85e",
  },
];

for (const vector of VECTORS) {
  test(`RFC 8613 ${vector.section}: client and server derive each other's keys`, () => {
    const master = { secret: octetsOf(SECRET), salt: octetsOf(vector.salt) };
    const client = deriveContext(master, {
      senderId: octetsOf(vector.clientId),
      recipientId: octetsOf(vector.serverId),
      idContext: vector.idContext === undefined ? undefined : octetsOf(vector.idContext),
    });
    assert.is(hexOf(client.senderKey), vector.clientKey);
    assert.is(hexOf(client.recipientKey), vector.serverKey);
    assert.is(hexOf(client.commonIv), vector.commonIv);
    const server = mirrorOf(client);
    assert.is(hexOf(server.senderKey), vector.serverKey);
    assert.is(hexOf(server.recipientKey), vector.clientKey);
    assert.is(hexOf(server.senderId), vector.serverId);
  });
}

/** The two calls of a store that a vault makes. */
function metaStore(): Store {
  const kept = new Map<string, string>();
  const store: Pick<Store, "meta" | "setMeta"> = {
    meta: async (name) => kept.get(name),
    setMeta: async (name, value) => void kept.set(name, value),
  };
  return store as Store;
}

async function vaultIn(dataDir: string, store: Store): Promise<Vault> {
  return openVaultFor(store, { dataDir, random: systemRandom });
}

async function codeOf(run: () => unknown): Promise<string> {
  try {
    await run();
    return "none";
  } catch (error) {
    return (error as { code: string }).code;
  }
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), "onekey-keys-"));

test("the key file is made once, for its owner only", async () => {
  const dataDir = newFolder();
  const store = metaStore();
  await vaultIn(dataDir, store);
  const file = join(dataDir, "onekey.kek");
  assert.is(statSync(file).mode & 0o777, 0o600);
  const before = readFileSync(file, "utf8");
  await vaultIn(dataDir, store);
  assert.is(readFileSync(file, "utf8"), before);
});

test("what was sealed opens under its own label only, and not when a bit was changed", async () => {
  const vault = await vaultIn(newFolder(), metaStore());
  const sealed = vault.seal("context/a1b2c3/0", octetsOf(SECRET));
  assert.is(hexOf(vault.open("context/a1b2c3/0", sealed)), SECRET);
  assert.not.ok(hexOf(sealed).includes(SECRET));
  assert.throws(() => vault.open("context/a1b2c3/1", sealed));
  sealed[14] ^= 1;
  assert.throws(() => vault.open("context/a1b2c3/0", sealed));
});

test("a database without its key file is refused, and no new key is made", async () => {
  const store = metaStore();
  await vaultIn(newFolder(), store);
  const elsewhere = newFolder();
  assert.is(await codeOf(() => vaultIn(elsewhere, store)), "key-file-missing");
  assert.not.ok(existsSync(join(elsewhere, "onekey.kek")));
});

test("a database with another's key file, or a damaged one, is refused", async () => {
  const store = metaStore();
  const dataDir = newFolder();
  await vaultIn(dataDir, store);
  const other = newFolder();
  await vaultIn(other, metaStore());
  assert.is(await codeOf(() => vaultIn(other, store)), "key-file-wrong");
  writeFileSync(join(dataDir, "onekey.kek"), "no key\n");
  assert.is(await codeOf(() => vaultIn(dataDir, store)), "key-file-wrong");
});

test.run();
