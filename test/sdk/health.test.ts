// What stands in a pager's row of its firmware, its last self-test and its battery.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Values } from "../../protocol/declaration.ts";
import { encodeMessage } from "../../protocol/message-codec.ts";
import { ACTIVATION, HEALTH, SELF_TESTED } from "../../protocol/messages.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import type { PagerRow } from "../../sdk/store/store.ts";
import { scene } from "./command-scene.ts";
import { closeRigs, eventsOf } from "./rig.ts";

test.after.each(closeRigs);

/** One pager, what it says, and its row as the API shows it. */
async function spoken() {
  const { rig, pager } = await scene();
  const say = async (letter: string, payload: Uint8Array) => {
    await rig.deliver(pager.say(letter, payload).bytes);
  };
  return {
    rig,
    say,
    health: (values: Values<typeof HEALTH>) =>
      say(HEALTH.letter, encodeMessage(nodeMachine, HEALTH, values) as Uint8Array),
    tested: (values: Values<typeof SELF_TESTED>) =>
      say(SELF_TESTED.letter, encodeMessage(nodeMachine, SELF_TESTED, values) as Uint8Array),
    async row() {
      const { firmware, failedParts, daysLeft, healthAtMs } = (await rig.platform.pagers.get(
        pager.id,
      )) as PagerRow;
      return { firmware, failedParts, daysLeft, healthAtMs };
    },
  };
}

const NOTHING = {
  firmware: undefined,
  failedParts: undefined,
  daysLeft: undefined,
  healthAtMs: undefined,
};

test("a health report stands in the pager's row, and over a restart, and in the log as it was said", async () => {
  const { rig, row, health } = await spoken();
  assert.equal(await row(), NOTHING);
  await health({ firmware: 7, faults: 4, failed: 16 + 32 + 1024, daysLeft: 41, wear: 3 });
  const healthAtMs = rig.clock.nowMs();
  const told = { firmware: 7, failedParts: ["gnss", "sim", "signal"], daysLeft: 41, healthAtMs };
  assert.equal(await row(), told);
  await rig.restart();
  assert.equal(await row(), told);
  const event = (await eventsOf(rig)).find(({ kind }) => kind === "told");
  assert.ok(event?.kind === "told" && event.message === "health");
  assert.equal(event.values, { firmware: 7, faults: 4, failed: 1072, daysLeft: 41, wear: 3 });
});

test("a newer one takes its place: what passes now has not failed, and days that nobody knows are gone", async () => {
  const { row, health } = await spoken();
  await health({ firmware: 7, faults: 0, failed: 1, daysLeft: 41 });
  await health({ firmware: 8, faults: 0, failed: 0 });
  const { healthAtMs, ...rest } = await row();
  assert.equal(rest, { firmware: 8, failedParts: [], daysLeft: undefined });
});

test("a self-test says at once what failed, and a part of a newer pager is named by its bit", async () => {
  const { row, tested } = await spoken();
  await tested({ number: 0, passed: 1, failed: 128 + 2048 });
  assert.equal(await row(), { ...NOTHING, failedParts: ["roundTrip", "part11"] });
});

test("the firmware is known from the first word on", async () => {
  const { row, say } = await spoken();
  const chip = Uint8Array.of(1, 2, 3, 4);
  const first = encodeMessage(nodeMachine, ACTIVATION, { firmware: 5, board: 1, chip });
  await say(ACTIVATION.letter, first as Uint8Array);
  assert.equal(await row(), { ...NOTHING, firmware: 5 });
});

test.run();
