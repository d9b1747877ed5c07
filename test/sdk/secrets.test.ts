// Reading master secrets beside a platform: logged before any leaves the vault, and safe while it runs.

import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { OnekeyError } from "../../sdk/error.ts";
import { deriveContext } from "../../sdk/keys.ts";
import { hexOf } from "../../sdk/octets.ts";
import { readSecrets, type SecretsOptions } from "../../sdk/secrets.ts";
import { closeRigs, openRig, type Rig } from "./rig.ts";

test.after.each(closeRigs);

const READER = "王芳";

function read(rig: Rig, more: Partial<SecretsOptions> = {}) {
  return readSecrets({
    dataDir: rig.dir,
    reader: READER,
    kids: [],
    pagers: [],
    clock: rig.clock,
    ...more,
  });
}

async function readings(rig: Rig) {
  const events: unknown[] = [];
  const cursor = await rig.platform.cursor();
  if (cursor === 0) return events;
  for await (const event of rig.platform.events({ after: 0 })) {
    if (event.kind === "secretRead") events.push([event.pager, event.kid, event.reader]);
    if (event.seq === cursor) break;
  }
  return events;
}

async function refusedBy(work: Promise<unknown>): Promise<OnekeyError> {
  try {
    await work;
  } catch (error) {
    assert.instance(error, OnekeyError);
    return error as OnekeyError;
  }
  assert.unreachable("it was not refused");
  throw new Error();
}

/** Something done to the database behind the platform's back. */
function change(dir: string, sql: string): void {
  const db = new Database(join(dir, "onekey.db"));
  db.exec(sql);
  db.close();
}

test("while the platform runs the secret of a kid is read, derives its keys, and is in the log", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const [secret, ...others] = await read(rig, { kids: [pager.kid, "ffffff", "00"] });
  assert.equal(others, []);
  const context = deriveContext(secret.master, secret.ids);
  assert.equal(context, pager.context);
  assert.equal(await readings(rig), [[pager.id, pager.kid, READER]]);
  await rig.deliver(pager.report("s", { number: 1 }).bytes);
  assert.is((await rig.platform.alarms.list()).length, 1, "the platform goes on as before");
});

test("a pager by its id gives all its contexts, each with an event of its own", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  await rig.addPager();
  const secrets = await read(rig, { pagers: [pager.id], kids: [pager.kid] });
  assert.equal(secrets.map(({ kid }) => kid).sort(), [pager.kid, pager.spare.kid].sort());
  assert.is((await readings(rig)).length, 2);
});

test("nothing asked for that is there: nothing read and nothing logged", async () => {
  const rig = await openRig();
  await rig.addPager();
  assert.equal(await read(rig, { kids: ["abcdef"] }), []);
  const error = await refusedBy(read(rig, { pagers: ["P-000099"] }));
  assert.is(error.code, "unknown-pager");
  assert.equal(await readings(rig), []);
});

test("the event is on disk before the vault opens, also where the secret can't be opened then", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  change(rig.dir, `UPDATE contexts SET sealed = zeroblob(60) WHERE kid = '${pager.kid}'`);
  assert.is((await refusedBy(read(rig, { kids: [pager.kid] }))).code, "key-file-wrong");
  assert.is((await readings(rig)).length, 1);
});

test("a reading that can't be logged is none", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  change(
    rig.dir,
    "CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'full'); END",
  );
  const error = await refusedBy(read(rig, { kids: [pager.kid] }));
  assert.is(error.code, "database-failed");
  assert.match(error.message, /can't be logged .*nothing was read/);
  change(rig.dir, "DROP TRIGGER full");
});

test("without its key file nothing is read, logged or made", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const keyFile = join(rig.dir, "onekey.kek");
  renameSync(keyFile, `${keyFile}.away`);
  assert.is((await refusedBy(read(rig, { kids: [pager.kid] }))).code, "key-file-missing");
  writeFileSync(keyFile, `${"00".repeat(32)}\n`);
  assert.is((await refusedBy(read(rig, { kids: [pager.kid] }))).code, "key-file-wrong");
  rmSync(keyFile);
  renameSync(`${keyFile}.away`, keyFile);
  assert.equal(await readings(rig), []);
});

test("a database of another version, of another program, or none, is refused and left as it is", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const asked = { kids: [pager.kid] };
  const version = (value: string) => change(rig.dir, `PRAGMA ${value}`);
  const db = new Database(join(rig.dir, "onekey.db"), { readonly: true });
  const ours = db.pragma("user_version", { simple: true });
  const owner = db.pragma("application_id", { simple: true });
  db.close();
  version("user_version = 0");
  const older = await refusedBy(read(rig, asked));
  assert.equal(
    [older.code, /run the platform of this version on it first/.test(older.message)],
    ["database-older", true],
  );
  version("user_version = 99");
  assert.is((await refusedBy(read(rig, asked))).code, "database-newer");
  version(`user_version = ${ours}`);
  version("application_id = 7");
  assert.is((await refusedBy(read(rig, asked))).code, "database-foreign");
  version(`application_id = ${owner}`);
  const empty = mkdtempSync(join(tmpdir(), "onekey-none-"));
  try {
    assert.is((await refusedBy(read(rig, { ...asked, dataDir: empty }))).code, "file-unreadable");
    writeFileSync(join(empty, "onekey.db"), "no database at all, but a text that is long enough");
    assert.is((await refusedBy(read(rig, { ...asked, dataDir: empty }))).code, "database-failed");
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
  assert.is(hexOf((await read(rig, asked))[0].ids.senderId), pager.kid);
});

test.run();
