// A pager in the field gets a new context: whatever is lost, it is never without one that works.

import { join } from "node:path";
import Database from "better-sqlite3";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { DATABASE_FILE } from "../../sdk/platform.ts";
import { fieldWorld, kinds, type Plan, type World } from "./field-world.ts";
import { closeRigs } from "./rig.ts";

test.after.each(closeRigs);

/** The renewal is whole at both ends, and nothing was doubled on the way. */
async function isWhole({ rig, id, field, first, spare, events, accepts }: World): Promise<void> {
  const row = await rig.platform.commands.get(id, 1);
  assert.equal([row?.command, row?.outcome], ["renew", "done"]);
  const fresh = field.inUse();
  assert.is(fresh.kid, row?.values.kid);
  assert.ok(await accepts(fresh), "the new one works");
  assert.ok(await accepts(first), "the one before is the spare now");
  assert.not.ok(await accepts(spare), "and what its slot held is refused");
  assert.is(rig.platform.counters()["unknown-kid"], 1);
  const told = await events();
  assert.equal(kinds(told, "contextActive", "commandEnded", "contextDropped"), [
    "contextActive",
    "commandEnded",
    "contextDropped",
  ]);
  assert.is(rig.platform.counters()["used-numbers"], 0);
}

test("a renewal fills the slot not in use, and the pager goes on under it [wire §1.5]", async () => {
  const made = await fieldWorld();
  const row = await made.renew();
  assert.equal(Object.keys(row.values), ["slot", "kid"]);
  assert.is(row.values.slot, 1);
  await made.live();
  await isWhole(made);
});

const DAY_MS = 24 * 3600_000;

/** How many datagrams a renewal takes when nothing is lost. */
const DATAGRAMS = 6;

test("a renewal without a loss takes six datagrams", async () => {
  const made = await fieldWorld();
  await made.renew();
  await made.live();
  assert.is(made.datagrams(), DATAGRAMS);
});

for (let lost = 1; lost <= DATAGRAMS + 1; lost++) {
  test(`datagram ${lost} of a renewal is lost, and the platform restarts behind any [wire §1.5]`, async () => {
    for (let restart = 0; restart <= DATAGRAMS + 2; restart++) {
      const made = await fieldWorld();
      await made.renew();
      await made.live({ lost, restart });
      await isWhole(made);
      await closeRigs();
    }
  });

  test(`datagram ${lost} is lost while an alarm is raised, which is delivered once [wire §1.5]`, async () => {
    for (let raise = 0; raise <= 5; raise++) {
      const made = await fieldWorld();
      await made.renew();
      await made.live({ lost, raise, restart: raise + 1 });
      assert.equal(made.field.delivered, [7]);
      assert.equal(kinds(await made.events(), "alarmRaised"), ["alarmRaised"]);
      await isWhole(made);
      await closeRigs();
    }
  });
}

test("at each step of a renewal every context that the pager holds works [wire §1.5]", async () => {
  for (let stop = 1; stop <= DATAGRAMS; stop++) {
    const made = await fieldWorld();
    await made.renew();
    // From here on nothing comes through.
    const plan: Plan = { restart: stop };
    const crash = new Error("stop");
    const { rig } = made;
    const restart = rig.restart;
    rig.restart = async () => {
      await restart();
      throw crash;
    };
    await made.live(plan).catch((error: unknown) => assert.is(error, crash));
    for (const held of made.field.slots) {
      assert.ok(held !== undefined && (await made.accepts(held)), `behind datagram ${stop}`);
    }
    await closeRigs();
  }
});

test("renewed again and again, the slots take turns and two contexts are left [wire §1.5]", async () => {
  const made = await fieldWorld();
  const { rig, id, field } = made;
  const kids = new Set<string>([made.first.kid, made.spare.kid]);
  for (const slot of [1, 0, 1, 0]) {
    const before = field.inUse();
    const row = await made.renew();
    assert.is(row.values.slot, slot);
    await made.live();
    assert.is((await rig.platform.commands.get(id, row.id))?.outcome, "done");
    assert.not.ok(kids.has(field.inUse().kid), "a new key identifier each time");
    kids.add(field.inUse().kid);
    assert.ok(await made.accepts(before));
    rig.clock.advanceBy(1000);
    assert.ok(await made.accepts(field.inUse()));
    // A copy of the database of the day before would know neither context.
    const code = await made.renew().then(
      () => "renewed",
      (error: { code?: string }) => error.code,
    );
    assert.is(code, "renewed-lately");
    await rig.pass(DAY_MS);
  }
  const db = new Database(join(rig.dir, DATABASE_FILE), { readonly: true });
  const states = db.prepare("SELECT state FROM contexts ORDER BY state").pluck().all();
  db.close();
  assert.equal(states, ["active", "active", "dropped", "dropped", "dropped", "dropped"]);
});

test.run();
