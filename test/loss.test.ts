// 200 alarms while three datagrams of ten are lost each way: all are stored, none twice.
// Ten pagers at once on one stepped clock; the built bundles, real UDP, SQLite on disk.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { WorldPager } from "./flow-pager.ts";
import { createWorld, type World } from "./flow-world.ts";

const PAGERS = 10;
const ROUNDS = 20;
const LOSS = 0.3;
const SHARE_MIN = 0.25;
/** With three of ten lost each way half of the exchanges fail; twenty minutes are forty of them. */
const ROUND_MS_MAX = 1_200_000;

const open = async (world: World) =>
  (await world.platform.alarms.list()).filter((row) => row.stage !== "closed");

/** Every alarm in the log, by its id. */
async function raisedAlarms({ platform }: World): Promise<string[]> {
  const raised: string[] = [];
  const end = await platform.cursor();
  for await (const event of platform.events({ after: 0 })) {
    if (event.kind === "alarmRaised") raised.push(event.alarm);
    if (event.kind === "alarmReported") assert.is.not(event.letter, "m", "each was held once");
    if (event.seq >= end) break;
  }
  return raised;
}

/** Every pager raises one alarm, and each is closed when its wearer knows that it was stored. */
async function round(world: World, pagers: WorldPager[], number: number): Promise<void> {
  const closed = pagers.map((pager) => pager.cues.filter((cue) => cue === "closed").length + 1);
  for (const pager of pagers) pager.setKey(true);
  await world.run(3200);
  for (const pager of pagers) pager.setKey(false);
  const told = (cue: string, at: (index: number) => number) => () =>
    pagers.every((pager, i) => pager.cues.filter((one) => one === cue).length >= at(i));
  assert.ok(
    await world.runUntil(
      told("delivered", () => number),
      ROUND_MS_MAX,
    ),
    `round ${number}: every wearer is told that the alarm was sent`,
  );
  for (const { id } of await open(world)) {
    await world.platform.alarms.take(id, "Li");
    await world.platform.alarms.close(id, "Li", "test");
  }
  assert.ok(
    await world.runUntil(
      told("closed", (i) => closed[i]),
      ROUND_MS_MAX,
    ),
    `round ${number}: every wearer is told that it was closed`,
  );
}

test("200 alarms with three of ten datagrams lost each way: 200 stored, none twice", async () => {
  // In this seed no modem opens its sockets anew: a word to a port that has closed is counted by nobody.
  const world = await createWorld({ seed: 8, loss: LOSS });
  try {
    const pagers: WorldPager[] = [];
    for (let i = 0; i < PAGERS; i++) pagers.push(await world.addPager(`${i + 1}`));
    await world.run(10_000);
    for (let number = 1; number <= ROUNDS; number++) await round(world, pagers, number);

    const { sent, sentLost, received, receivedLost } = world.network.counts;
    const up = sentLost / (sent + sentLost);
    const down = receivedLost / (received + receivedLost);
    const raised = await raisedAlarms(world);
    const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
    console.log(
      `lost up ${sentLost} of ${sent + sentLost} (${percent(up)}), ` +
        `down ${receivedLost} of ${received + receivedLost} (${percent(down)}); ` +
        `${raised.length} alarms stored`,
    );
    assert.ok(up >= SHARE_MIN && down >= SHARE_MIN, "a quarter is lost each way at least");
    assert.is(raised.length, PAGERS * ROUNDS);
    assert.is(new Set(raised).size, PAGERS * ROUNDS);
  } finally {
    await world.close();
  }
});

test.run();
