// A renewal from the desk's word to the pager's flash and back, with the real core at its far end: any
// datagram lost, the pager reset behind any other, the platform put back to before it.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { type CoreWorld, coreWorld, OPERATOR } from "./core-world.ts";
import { kinds } from "./field-world.ts";
import { closeRigs } from "./rig.ts";

test.after.each(closeRigs);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Of a renewal without a loss. */
const DATAGRAMS = 8;
/** A probe that was lost is tried again soon, a command that was lost is said again at the poll. */
const RENEWED_MS = 10 * MINUTE_MS;

/** New keys at both ends, nothing doubled, and an alarm goes under them. */
async function isWhole(made: CoreWorld, id: number): Promise<void> {
  const { rig, events } = made;
  const row = await rig.platform.commands.get(made.id, id);
  assert.equal([row?.command, row?.outcome], ["renew", "done"]);
  assert.is(made.kidInUse(), row?.values.kid);
  const told = await events();
  assert.equal(kinds(told, "contextActive", "commandEnded", "contextDropped"), [
    "contextActive",
    "commandEnded",
    "contextDropped",
  ]);
  await made.hold();
  await made.live(MINUTE_MS);
  await isDelivered(made, made.kidInUse());
  assert.is(rig.platform.counters()["used-numbers"], 0);
  assert.is(rig.platform.counters()["bad-tag"], 0);
}

/** One alarm, under this key identifier; the wearer knows, and is told when a person takes it. */
async function isDelivered(made: CoreWorld, kid: string): Promise<void> {
  const { rig, pager } = made;
  const alarms = await rig.platform.alarms.list();
  assert.equal(
    alarms.map((alarm) => alarm.id.split("/")[1]),
    [kid],
  );
  assert.ok(pager.cues().includes("delivered"));
  await rig.platform.alarms.take(alarms[0].id, OPERATOR);
  await rig.settle();
  await made.live(MINUTE_MS);
  assert.ok(pager.cues().includes("taken"));
}

test("a renewal with the real core: eight datagrams, and alarms go under the new keys [wire §1.5]", async () => {
  const made = await coreWorld();
  const id = await made.renew();
  await made.live(RENEWED_MS);
  assert.is(made.datagrams(), DATAGRAMS);
  await isWhole(made, id);
});

for (let reset = 1; reset <= DATAGRAMS + 1; reset++) {
  test(`the pager loses power behind datagram ${reset} of its renewal, and any one is lost [wire §1.5]`, async () => {
    for (let lost = 0; lost <= DATAGRAMS + 1; lost++) {
      const made = await coreWorld();
      const id = await made.renew();
      await made.live(RENEWED_MS, { lost, reset });
      await isWhole(made, id);
      await closeRigs();
    }
  });
}

/** Renewed, and then the platform's database is put back to before that. */
async function restored(): Promise<CoreWorld & { before: string }> {
  const made = await coreWorld();
  const before = made.kidInUse();
  const putBack = await made.rig.backup();
  await made.renew();
  await made.live(RENEWED_MS);
  assert.is.not(made.kidInUse(), before);
  await putBack();
  return { ...made, before };
}

test("a platform put back to before a renewal is found again by beats under the spare [wire §1.5]", async () => {
  const made = await restored();
  await made.live(48 * HOUR_MS);
  assert.is(made.kidInUse(), made.before);
  assert.ok((await made.events()).some((event) => event.kind === "beat"));
  await made.hold();
  await made.live(MINUTE_MS);
  await isDelivered(made, made.before);
  assert.is((await made.rig.platform.alarms.list())[0].unproven, undefined);
});

test("renewed again behind that, the pager takes new keys and never those of the lost renewal", async () => {
  const made = await restored();
  const lost = made.kidInUse();
  await made.live(48 * HOUR_MS);
  const id = await made.renew();
  await made.live(RENEWED_MS);
  assert.is((await made.rig.platform.commands.get(made.id, id))?.outcome, "done");
  assert.not.ok([lost, made.before].includes(made.kidInUse()));
});

/** Three beats under each kid that nobody knows any more, then one under the spare and its challenge. */
const CHALLENGE = 8;

for (const [what, losses] of [
  ["the challenge", 1],
  ["each copy of the proof", 4],
] as const) {
  test(`a platform put back is found again although ${what} is lost [wire §1.3]`, async () => {
    const made = await restored();
    const lost = CHALLENGE + Number(losses > 1);
    await made.live(96 * HOUR_MS, { lost, losses });
    assert.is(made.kidInUse(), made.before);
    const beats = (await made.events()).filter((event) => event.kind === "beat");
    assert.is(beats.at(-1)?.kid, made.before);
    assert.ok(beats.length > 2);
  });
}

test.run();
