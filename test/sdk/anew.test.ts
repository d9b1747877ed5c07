// A platform that was put back from a copy: asked about keys that it lacks, it says so, and of others nothing.
// The pager is the firmware's core, the platform the real one.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { coreWorld } from "./core-world.ts";

const MINUTE_MS = 60_000;

const raised = (events: { kind: string }[]) => events.filter(({ kind }) => kind === "alarmRaised");

test("an alarm under keys that a restored platform has no keys for is stored once, under the others", async () => {
  const world = await coreWorld();
  const before = world.kidInUse();
  const putBack = await world.rig.backup();
  await world.renew();
  await world.live(2 * MINUTE_MS);
  assert.is.not(world.kidInUse(), before);
  await putBack();
  await world.hold();
  await world.live(4 * MINUTE_MS);
  const alarms = raised(await world.events());
  assert.is(alarms.length, 1);
  assert.is((alarms[0] as { kid?: string }).kid, before);
  assert.is(world.kidInUse(), before);
  await world.rig.platform.close();
});

test("a platform that has the keys is asked in vain: the alarm stays what it is", async () => {
  const world = await coreWorld();
  await world.renew();
  await world.live(2 * MINUTE_MS);
  const kid = world.kidInUse();
  await world.hold();
  // Every answer to the alarm itself is lost for minutes.
  await world.live(4 * MINUTE_MS, { lost: 1, losses: 60 });
  await world.live(2 * MINUTE_MS);
  assert.is(raised(await world.events()).length, 1);
  assert.is(world.kidInUse(), kid);
  await world.rig.platform.close();
});

test.run();
