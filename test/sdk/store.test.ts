// The SQLite store: one transaction, a log that only grows, state that follows from it.

import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type AlarmRow, reduceAlarm } from "../../sdk/care/alarms.ts";
import type { Fact } from "../../sdk/events.ts";
import { holdFolder } from "../../sdk/store/data-folder.ts";
import { APPLICATION_ID, STEPS } from "../../sdk/store/schema.ts";
import { openSqlite } from "../../sdk/store/sqlite.ts";
import type { Link, Receipt, Store } from "../../sdk/store/store.ts";
import { createVirtualClock } from "../../tools/simulator/clock.ts";
import { closeRigs, openRig } from "./rig.ts";

test.after.each(closeRigs);

function newFile(): string {
  return join(mkdtempSync(join(tmpdir(), "onekey-store-")), "onekey.db");
}

function open(file = newFile()): Store {
  return openSqlite({ file, clock: createVirtualClock() });
}

async function commit(store: Store, ...facts: Fact[]): Promise<Receipt[]> {
  return store.commit({ facts, links: [] });
}

function register(kid: string): Fact {
  const contexts = [{ kid, slot: 0, sealed: Uint8Array.of(1, 2, 3) }];
  return { kind: "register", standing: "active", person: { name: "王" }, contexts };
}

function alarm(pager: string, number: number, piv = number): Fact {
  return { kind: "alarm", pager, kid: "aaaaaa", piv, number, letter: "s", report: {} };
}

function kindOf(receipt: Receipt): string {
  if ("event" in receipt) return receipt.event.kind;
  return "known" in receipt ? "known" : receipt.refused;
}

function codeOf(run: () => unknown): string {
  try {
    run();
    return "none";
  } catch (error) {
    return (error as { code: string }).code;
  }
}

test("facts of one batch see each other, and cursors only grow", async () => {
  const store = open();
  const receipts = await commit(
    store,
    register("aaaaaa"),
    alarm("P-000001", 1),
    alarm("P-000001", 1, 2),
    { kind: "take", alarm: "P-000001/aaaaaa/1", operator: "王芳" },
    { kind: "take", alarm: "P-000001/aaaaaa/1", operator: "李明" },
  );
  assert.equal(receipts.map(kindOf), [
    "pagerRegistered",
    "alarmRaised",
    "alarmReported",
    "alarmTaken",
    "already-taken",
  ]);
  const log = await store.events(0, 100);
  assert.equal(
    log.map((event) => event.seq),
    [1, 2, 3, 4],
  );
  await store.close();
});

test("a batch that can't be stored whole is not stored at all", async () => {
  const store = open();
  await commit(store, register("aaaaaa"));
  const bad = { ...register("bbbbbb"), person: 1n } as unknown as Fact;
  let failed = false;
  await commit(store, alarm("P-000001", 1), bad).catch(() => {
    failed = true;
  });
  assert.ok(failed);
  assert.is(await store.lastSeq(), 1);
  assert.is(await store.alarm("P-000001/aaaaaa/1"), undefined);
  await store.close();
});

test("a key identifier belongs to one pager", async () => {
  const store = open();
  const receipts = await commit(store, register("aaaaaa"), register("aaaaaa"), register("bbbbbb"));
  assert.equal(receipts.map(kindOf), ["pagerRegistered", "kid-taken", "pagerRegistered"]);
  assert.equal(
    (await store.pagers()).map((pager) => pager.id),
    ["P-000001", "P-000002"],
  );
  await store.close();
});

test("the state is what the log gives when it is reduced again from the start", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const place = { latitude: 366512345, longitude: 1170345678, uncertaintyM: 100 };
  await rig.deliver(
    pager.report("s", { number: 1, time: 5 }).bytes,
    pager.report("r", { number: 1, ...place }).bytes,
    pager.report("s", { number: 2, ...place }).bytes,
    pager.report("m", { number: 1, battery: 20 }).bytes,
  );
  const id = `${pager.id}/${pager.kid}/1`;
  await rig.platform.alarms.take(id, "王芳");
  await rig.platform.alarms.note(id, "李明", "电话无人接听");
  await rig.deliver(pager.result(1, 1).bytes);
  await rig.platform.alarms.close(id, "王芳", "real", "送医");
  await rig.deliver(pager.report("r", { number: 1, ...place }).bytes);

  const rows = new Map<string, AlarmRow>();
  const cursor = await rig.platform.cursor();
  for await (const event of rig.platform.events({ after: 0 })) {
    if ("alarm" in event && event.alarm !== undefined) {
      const row = reduceAlarm(rows.get(event.alarm), event);
      if (row !== undefined) rows.set(event.alarm, row);
    }
    if (event.seq === cursor) break;
  }
  const stored = await rig.platform.alarms.list();
  assert.is(stored.length, 2);
  for (const row of stored) assert.equal(JSON.parse(JSON.stringify(rows.get(row.id))), row);
});

test("a platform number is never set back, whatever a batch says [wire §1.2]", async () => {
  const store = open();
  await commit(store, register("aaaaaa"));
  const link: Link = { kid: "aaaaaa", highest: 5, seen: new Uint8Array(16), nextPiv: 40 };
  await store.commit({ facts: [], links: [link] });
  await store.commit({ facts: [], links: [{ ...link, nextPiv: 7 }] });
  assert.is((await store.line("aaaaaa"))?.link?.nextPiv, 40);
  await store.close();
});

test("after a restore every counter has jumped, also of a context that the copy never heard [wire §1.2]", async () => {
  const store = open();
  await commit(store, register("aaaaaa"), register("bbbbbb"));
  const link: Link = { kid: "aaaaaa", highest: 5, seen: new Uint8Array(16).fill(3), nextPiv: 40 };
  await store.commit({ facts: [], links: [link] });
  await store.restored(1);
  assert.is((await store.line("aaaaaa"))?.link?.nextPiv, 1048576);
  assert.is((await store.line("aaaaaa"))?.link?.highest, 5);
  assert.is((await store.line("bbbbbb"))?.link?.nextPiv, 1048576);
  assert.is((await store.line("bbbbbb"))?.link?.highest, -1);
  await store.restored(3);
  assert.is((await store.line("aaaaaa"))?.link?.nextPiv, 3 * 1048576);
  // A count that was lost begins again, and must not lead back.
  await store.restored(1);
  assert.is((await store.line("aaaaaa"))?.link?.nextPiv, 4 * 1048576);
  await store.close();
});

test("after a restore no window is believed, whatever the copy heard, until a commit says so [wire §1.3]", async () => {
  const store = open();
  await commit(store, register("aaaaaa"), register("bbbbbb"));
  const link: Link = { kid: "aaaaaa", highest: 5, seen: new Uint8Array(16), nextPiv: 40 };
  await store.commit({ facts: [], links: [link] });
  assert.is((await store.line("aaaaaa"))?.link?.windowLost, false);
  await store.restored(1);
  for (const kid of ["aaaaaa", "bbbbbb"]) {
    assert.is((await store.line(kid))?.link?.windowLost, true);
  }
  await store.commit({ facts: [], links: [{ ...link, windowLost: false, bottom: 9 }] });
  const kept = (await store.line("aaaaaa"))?.link;
  assert.equal([kept?.windowLost, kept?.bottom, kept?.nextPiv], [false, 9, 1048576]);
  assert.is((await store.line("bbbbbb"))?.link?.windowLost, true);
  await store.close();
});

test("a database of the first version keeps its links, and learns of carriers and windows", async () => {
  const file = newFile();
  const db = new Database(file);
  db.exec(STEPS[0]);
  db.pragma(`application_id = ${APPLICATION_ID}`);
  db.pragma("user_version = 1");
  db.exec(`INSERT INTO contexts VALUES ('aaaaaa', 'P-000001', 0, x'01');
    INSERT INTO links VALUES ('aaaaaa', 5, zeroblob(16), 40, '192.0.2.7', 9, 1, 80, 0, -90, 1)`);
  db.close();
  const store = open(file);
  const link = (await store.line("aaaaaa"))?.link;
  assert.equal([link?.highest, link?.nextPiv, link?.address], [5, 40, "192.0.2.7"]);
  assert.equal([link?.carrier, link?.windowLost, link?.bottom], [undefined, false, -1]);
  await store.close();
});

test("what was committed is there when the file is opened again", async () => {
  const file = newFile();
  const store = open(file);
  await commit(store, register("aaaaaa"), alarm("P-000001", 1));
  await store.close();
  const again = open(file);
  assert.is((await again.alarms(10)).length, 1);
  assert.is(await again.lastSeq(), 2);
  await again.close();
});

test("a database of a newer version is refused in a sentence, and left as it is", async () => {
  const file = newFile();
  await open(file).close();
  const db = new Database(file);
  db.pragma(`user_version = ${STEPS.length + 1}`);
  db.close();
  const before = readFileSync(file);
  assert.is(
    codeOf(() => open(file)),
    "database-newer",
  );
  assert.equal(readFileSync(file), before);
});

test("another program's database and a file that is none are refused", () => {
  const foreign = newFile();
  const db = new Database(foreign);
  db.exec("CREATE TABLE accounts (id INTEGER)");
  db.close();
  assert.is(
    codeOf(() => open(foreign)),
    "database-foreign",
  );
  const text = newFile();
  writeFileSync(
    text,
    "these are not the pages of a database, but enough octets to look at\n".repeat(9),
  );
  assert.is(
    codeOf(() => open(text)),
    "database-foreign",
  );
});

test("the file keeps a write-ahead log and is for its owner only", async () => {
  const file = newFile();
  const store = open(file);
  await store.close();
  assert.is(statSync(file).mode & 0o777, 0o600);
  const db = new Database(file);
  assert.is(db.pragma("journal_mode", { simple: true }), "wal");
  db.close();
});

test("a data folder is held by one process at a time", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "onekey-store-"));
  const release = holdFolder(dataDir);
  assert.is(
    codeOf(() => holdFolder(dataDir)),
    "data-in-use",
  );
  release();
  holdFolder(dataDir)();
});

test("no key and no token stands in the database", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const link = await rig.platform.openLink();
  const token = await rig.platform.createToken("test");
  const file = join(rig.dir, "onekey.db");
  const octets = Buffer.concat([readFileSync(file), readFileSync(`${file}-wal`)]);
  const key = readFileSync(join(rig.dir, "onekey.kek"), "utf8").trim();
  const [context] = pager.registered.provisioning.contexts;
  for (const hex of [key, context.senderKey, context.recipientKey, context.commonIv]) {
    assert.is(octets.indexOf(Buffer.from(hex, "hex")), -1);
    assert.is(octets.indexOf(hex), -1);
  }
  assert.is(octets.indexOf(link.slice(link.indexOf("token=") + 6)), -1);
  assert.is(octets.indexOf(token), -1);
});

test.run();
