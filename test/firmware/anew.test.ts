// An alarm under keys that the platform has lost: raised anew under the others, and never while it knows them.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { slotInUse } from "../../firmware/core/counter.ts";
import type { Effect } from "../../firmware/core/effect.ts";
import { PAGES_JOURNAL } from "../../firmware/core/limits.ts";
import { WORD_ANEW } from "../../protocol/messages.ts";
import { knownWorld } from "./known-world.ts";
import { Platform } from "./platform.ts";
import { PowerCut } from "./storage.ts";
import type { World } from "./world.ts";

const MINUTE_MS = 60_000;

/** Speaks under keys that a renewal brought. */
function renewedWorld(): World {
  const world = knownWorld();
  world.bring(world.platform.renew(5, 1));
  world.run(MINUTE_MS);
  assert.is(slotInUse(world.state), 1);
  return world;
}

/** Put back from a copy that is older than the renewal. */
function restore(world: World): Platform {
  const restored = new Platform();
  restored.tellsTime = true;
  world.platform = restored;
  return restored;
}

/** Of a platform that was put back, what goes under the lost keys is no fault of the pager. */
function faults({ complaints }: Platform): string[] {
  return complaints.filter((text) => !text.startsWith("unknown kid"));
}

/** A write or an erase of the pages of the identity. */
function isOfKeys(effect: Effect): boolean {
  return (effect.kind === "write" || effect.kind === "erase") && effect.page < PAGES_JOURNAL;
}

test("an alarm that the platform has no keys for is raised anew under the others, once [wire §1.2, §2.3]", () => {
  const world = renewedWorld();
  const restored = restore(world);
  // It has lost its windows, and believes nothing but a call before a proof [wire §1.3].
  restored.asksEcho = true;
  world.press(200);
  world.run(2000);
  world.hold();
  const raised = world.state.alarm.number;
  const heldS = world.state.outbox.find(({ letter }) => letter === "s")?.timeS;
  world.run(3 * MINUTE_MS);
  assert.is(world.state.alarm.stage, "delivered");
  assert.is(slotInUse(world.state), 0);
  assert.equal(
    restored.alarms.map(({ slot, copies }) => ({ slot, copies })),
    [{ slot: 0, copies: 1 }],
  );
  assert.is.not(world.state.alarm.number, raised);
  // When it was held, not when it was said anew.
  const [told] = restored.ofLetter("s");
  assert.is((told.report as { time: number }).time, heldS);
  assert.is(restored.ofLetter("c").length, 1);
  assert.equal(faults(restored), []);
});

test("an alarm that a person had taken before the platform lost it is called for once more", () => {
  const world = renewedWorld();
  world.hold();
  world.run(MINUTE_MS);
  world.bring(world.platform.take(world.platform.alarms[0]));
  world.run(MINUTE_MS);
  assert.is(world.state.alarm.stage, "taken");
  const restored = restore(world);
  world.run(5 * MINUTE_MS);
  assert.is(restored.alarms.length, 1);
  assert.is(world.state.alarm.stage, "delivered");
  assert.equal(world.cues().slice(-2), ["sending", "delivered"]);
  world.bring(restored.close(restored.alarms[0]));
  world.run(MINUTE_MS);
  assert.is(world.state.alarm.stage, "closed");
});

test("a platform that was silent for an hour and has the keys gets the one alarm that it is", () => {
  const world = renewedWorld();
  // Behind a start each context needs a reservation of its own.
  world.reboot();
  world.radio("ready");
  world.run(MINUTE_MS);
  world.platform.listening = false;
  world.hold();
  const raised = world.state.alarm.number;
  const before = world.trace.length;
  world.run(60 * MINUTE_MS);
  // No question costs a record beside the keys: cut in the middle, it could cost the keys in use.
  const keys = world.trace.slice(before).filter(({ effect }) => isOfKeys(effect));
  assert.is(keys.length, 0);
  world.platform.listening = true;
  world.run(2 * MINUTE_MS);
  assert.equal(
    world.platform.alarms.map(({ slot, number }) => [slot, number]),
    [[2, raised]],
  );
  assert.equal(world.platform.complaints, []);
});

test("the word to raise an alarm anew counts only in the answer to the question", () => {
  const world = renewedWorld();
  world.hold();
  world.run(1000);
  const { number } = world.state.alarm;
  const { platform } = world;
  platform.pending.push({ what: WORD_ANEW, value: number, slot: 2 });
  world.run(MINUTE_MS);
  world.bring(platform.say(WORD_ANEW, number));
  world.run(5 * MINUTE_MS);
  assert.is(world.state.alarm.number, number);
  assert.is(platform.alarms.length, 1);
});

test("power that goes at any stroke of it leaves one alarm at the platform", () => {
  for (let cutAt = 0; ; cutAt++) {
    const world = renewedWorld();
    const restored = restore(world);
    world.hold();
    world.run(30_000);
    world.storage.cutAt = world.storage.strokes + cutAt;
    let cut = false;
    try {
      world.run(2 * MINUTE_MS);
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      cut = true;
      world.storage.cutAt = -1;
      world.reboot();
      world.radio("ready");
      world.run(6 * MINUTE_MS);
    }
    assert.is(restored.alarms.length, 1, `cut ${cutAt}`);
    assert.is(world.state.alarm.stage, "delivered", `cut ${cutAt}`);
    assert.equal(faults(restored), [], `cut ${cutAt}`);
    if (!cut) {
      assert.ok(cutAt > 10, `${cutAt} cuts`);
      return;
    }
  }
});

test.run();
