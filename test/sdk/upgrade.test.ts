// A database of an older version goes on: what was in it is there, and its pagers are still heard.
// Rows are written by hand, as that version's tables had them.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { APPLICATION_ID, STEPS } from "../../sdk/store/schema.ts";
import { openSqlite } from "../../sdk/store/sqlite.ts";
import { createVirtualClock } from "../../tools/simulator/clock.ts";

const folders: string[] = [];
test.after.each(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A database as the version with so many steps left it. */
function older(steps: number): { file: string; db: Database.Database } {
  const folder = mkdtempSync(join(tmpdir(), "onekey-upgrade-"));
  folders.push(folder);
  const file = join(folder, "onekey.db");
  const db = new Database(file);
  for (const step of STEPS.slice(0, steps)) db.exec(step);
  db.pragma(`application_id = ${APPLICATION_ID}`);
  db.pragma(`user_version = ${steps}`);
  return { file, db };
}

const ALARM = "P-000001/aaaaaa/300";

/** A pager that was heard 7 numbers far, with one open alarm and a word that waits. */
function fillFirst(db: Database.Database): void {
  const alarm = { id: ALARM, pager: "P-000001", number: 300, kind: "sos", stage: "taken" };
  const body = { ...alarm, priority: 1, standing: "active", raisedAtMs: 1, repeats: 0 };
  const rest = { mistake: false, notes: [], seq: 1, owner: "王芳", takenAtMs: 2 };
  db.exec('INSERT INTO events VALUES (1, 1, \'{"kind":"beat"}\')');
  db.exec("INSERT INTO pagers VALUES (1, 'P-000001', 'one', 'active', 1)");
  db.exec("INSERT INTO contexts VALUES ('aaaaaa', 'P-000001', 0, x'010203')");
  db.exec("INSERT INTO contexts VALUES ('bbbbbb', 'P-000001', 1, x'040506')");
  db.prepare("INSERT INTO links VALUES (?, 6, ?, 9, '192.0.2.1', 4000, 5, 50, 0, -90, 4)").run(
    "aaaaaa",
    Buffer.from(`7f${"00".repeat(15)}`, "hex"),
  );
  db.prepare("INSERT INTO alarms VALUES (?, 1, 0, ?)").run(
    ALARM,
    JSON.stringify({ ...body, ...rest, positions: [] }),
  );
  db.prepare("INSERT INTO words VALUES (?, 'P-000001', 300, 'taken', 2)").run(ALARM);
}

test("what the first version left is there under the newest, and nothing in it is doubted", async () => {
  const { file, db } = older(1);
  fillFirst(db);
  db.close();
  const store = openSqlite({ file, clock: createVirtualClock() });
  const line = await store.line("aaaaaa");
  assert.equal([line?.pager, line?.slot, line?.isPending ?? false], ["P-000001", 0, false]);
  assert.equal([line?.link?.highest, line?.link?.nextPiv, line?.link?.port], [6, 9, 4000]);
  assert.not.ok(line?.link?.windowLost);
  assert.equal(await store.kidsOf("P-000001"), ["aaaaaa", "bbbbbb"]);
  assert.equal(
    (await store.words()).map((word) => [word.alarm, word.word]),
    [[ALARM, "taken"]],
  );
  const [receipt] = await store.commit({
    facts: [{ kind: "close", alarm: ALARM, operator: "王芳", outcome: "real" }],
    links: [],
  });
  assert.ok("event" in receipt);
  assert.is((await store.alarm(ALARM))?.stage, "closed");
  await store.close();
});

for (let steps = 1; steps < STEPS.length; steps++) {
  test(`version ${steps} comes to the same tables as a new database`, async () => {
    const tables = (file: string): unknown[] => {
      const db = new Database(file, { readonly: true });
      const rows = db.prepare("SELECT name, sql FROM sqlite_master ORDER BY name").all();
      db.close();
      return rows;
    };
    const { file, db } = older(steps);
    db.close();
    await openSqlite({ file, clock: createVirtualClock() }).close();
    const fresh = older(0);
    fresh.db.close();
    await openSqlite({ file: fresh.file, clock: createVirtualClock() }).close();
    assert.equal(tables(file), tables(fresh.file));
  });
}

test.run();
