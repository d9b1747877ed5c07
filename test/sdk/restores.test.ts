// A database put back from a copy, twice: no number of the platform serves again.

import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { DATABASE_FILE, markRestored, openPlatform } from "../../sdk/platform.ts";
import { openSqlite } from "../../sdk/store/sqlite.ts";
import { createVirtualClock } from "../../tools/simulator/clock.ts";

const JUMP = 1048576;

async function newPlatform(): Promise<{ dataDir: string; kid: string; copy: string }> {
  const dataDir = mkdtempSync(join(tmpdir(), "onekey-restores-"));
  const platform = await openPlatform({ dataDir, udpPort: 0, httpPort: 0 });
  const { provisioning } = await platform.pagers.register({ name: "one" });
  await platform.close();
  const copy = join(dataDir, "copy");
  cpSync(join(dataDir, DATABASE_FILE), copy);
  return { dataDir, kid: provisioning.contexts[0].kid, copy };
}

async function nextPivOf(dataDir: string, kid: string): Promise<number | undefined> {
  const file = join(dataDir, DATABASE_FILE);
  const store = openSqlite({ file, clock: createVirtualClock() });
  const line = await store.line(kid);
  await store.close();
  return line?.link?.nextPiv;
}

test("the same copy, put back twice, begins at other numbers each time [wire §1.2]", async () => {
  const { dataDir, kid, copy } = await newPlatform();
  for (const times of [1, 2, 3]) {
    cpSync(copy, join(dataDir, DATABASE_FILE));
    await markRestored(dataDir);
    assert.is(await nextPivOf(dataDir, kid), times * JUMP);
  }
});

test("a count that can't be read is an error, and changes nothing", async () => {
  const { dataDir, kid } = await newPlatform();
  writeFileSync(join(dataDir, "onekey.kek.restores"), "many\n");
  let code = "";
  await markRestored(dataDir).catch((error) => {
    code = error.code;
  });
  assert.is(code, "file-unreadable");
  assert.is(await nextPivOf(dataDir, kid), undefined);
  assert.is(readFileSync(join(dataDir, "onekey.kek.restores"), "utf8"), "many\n");
});

test("while a platform runs on the folder it is refused", async () => {
  const { dataDir } = await newPlatform();
  const platform = await openPlatform({ dataDir, udpPort: 0, httpPort: 0 });
  let code = "";
  await markRestored(dataDir).catch((error) => {
    code = error.code;
  });
  await platform.close();
  assert.is(code, "data-in-use");
});

test.run();
