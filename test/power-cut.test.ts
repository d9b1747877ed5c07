// The pager loses its power at any moment after the hold: the alarm arrives, once.
// The built bundle with its storage kept; cut inside each storage access, and between any two events.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { WorldPager } from "./flow-pager.ts";
import { createWorld, type World } from "./flow-world.ts";

const MINUTE_MS = 60_000;
/** An alarm makes fewer storage accesses and fewer events than this. */
const CUTS_MAX = 60;

const alarmsOf = async (world: World, pager: WorldPager) =>
  (await world.platform.alarms.list()).filter((row) => row.pager === pager.id);

async function mustDeliverOnce(world: World, pager: WorldPager, when: string): Promise<void> {
  const told = () => pager.cues.includes("delivered");
  assert.ok(await world.runUntil(told, 5 * MINUTE_MS), `${when}: the wearer is told`);
  assert.is((await alarmsOf(world, pager)).length, 1, `${when}: one alarm stands`);
}

/** Holds the key and cuts the power in the n-th storage access from then on; false without one. */
async function cutInAccess(world: World, n: number): Promise<boolean> {
  let armed = false;
  let accesses = 0;
  let isCut = false;
  const pager = await world.addPager(`access ${n}`, {
    storageChance() {
      if (!armed) return "good";
      accesses += 1;
      return accesses === n ? "power cut" : "good";
    },
    onEnd: () => {
      isCut = true;
    },
  });
  await world.run(5000);
  armed = true;
  pager.setKey(true);
  await world.runUntil(() => isCut || pager.cues.includes("delivered"), MINUTE_MS);
  const raised = pager.cues.includes("raised");
  if (isCut) await pager.cutPower();
  // Cut before the alarm was in storage: the wearer, who was told nothing yet, holds on.
  if (isCut && !raised) pager.setKey(true);
  await mustDeliverOnce(world, pager, `cut in storage access ${n}`);
  pager.setKey(false);
  await pager.close();
  return isCut;
}

/** Cuts the power so many events after "raised"; false when it was delivered before that. */
async function cutAfterEvents(world: World, events: number): Promise<boolean> {
  const pager = await world.addPager(`event ${events}`);
  await world.run(5000);
  pager.setKey(true);
  await world.runUntil(() => pager.cues.includes("raised"), MINUTE_MS);
  let left = events;
  await world.runUntil(() => left-- === 0, MINUTE_MS);
  const early = !pager.cues.includes("delivered");
  await pager.cutPower();
  if (early) await mustDeliverOnce(world, pager, `cut ${events} events after raised`);
  await pager.close();
  return early;
}

test("cut in any storage access from the key on: one alarm arrives", async () => {
  const world = await createWorld({ seed: 3 });
  try {
    let n = 1;
    while (n < CUTS_MAX && (await cutInAccess(world, n))) n++;
    console.log(`${n - 1} storage accesses were cut`);
    assert.ok(n > 1 && n < CUTS_MAX);
  } finally {
    await world.close();
  }
});

test("cut between any two events from raised to delivered: one alarm arrives", async () => {
  const world = await createWorld({ seed: 4 });
  try {
    let events = 0;
    while (events < CUTS_MAX && (await cutAfterEvents(world, events))) events++;
    console.log(`cut at ${events} places`);
    assert.ok(events > 1 && events < CUTS_MAX);
  } finally {
    await world.close();
  }
});

test.run();
