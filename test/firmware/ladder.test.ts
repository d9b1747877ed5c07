// The radio's failures in a row outlive a restart of the processor [pager §2.7].

import { test } from "uvu";
import * as assert from "uvu/assert";
import { RADIO_RESETS } from "../../firmware/core/counts.ts";
import { blankStorage, storageWithRoom } from "./storage.ts";
import { World } from "./world.ts";

/** What the radio was told of the run before at its last start. */
function handedOver(world: World): number | undefined {
  const starts = world.trace.flatMap(({ effect }) =>
    effect.kind === "startRadio" ? [effect.failures] : [],
  );
  return starts.at(-1);
}

test("failures of the radio are handed to it at the next start, until it has told their end [pager §2.7]", () => {
  const world = new World();
  world.boot();
  assert.is(handedOver(world), 0);
  for (const failures of [2, 3, 0]) {
    world.input({ kind: "ladder", failures });
    world.reboot();
    assert.is(handedOver(world), failures);
  }
});

test("the place of the radio's search is handed to it while an alarm is open, and not without one [pager §2.6]", () => {
  const world = new World();
  world.boot();
  world.radio("ready");
  world.hold();
  world.run(5000);
  world.input({ kind: "ladder", failures: 2 + 4 * 2 });
  world.reboot();
  assert.is(handedOver(world), 2 + 4 * 2);
  world.radio("ready");
  const [alarm] = world.platform.alarms;
  world.bring(world.platform.close(alarm));
  world.run(1000);
  world.reboot();
  assert.is(handedOver(world), 2);
});

test("they are kept when the journal turns its page, beside the starts of a weak battery", () => {
  const world = new World({ storage: storageWithRoom(100) });
  world.batteryMv = 4100;
  world.boot();
  world.input({ kind: "ladder", failures: 3 });
  for (let round = 0; world.count("erase") === 0 && round < 100; round++) {
    world.press(100);
    world.run(10000);
  }
  assert.ok(world.count("erase") > 0, "the page never turned");
  world.reboot();
  assert.is(handedOver(world), 3);
});

test("the third failure in a row counts as one restart of the radio", () => {
  const world = new World();
  world.boot();
  for (const failures of [2, 3, 7, 11, 8, 2, 0, 2, 3]) world.input({ kind: "ladder", failures });
  assert.is(world.state.counts[RADIO_RESETS], 2);
});

test("a pager without keys writes nothing of its radio", () => {
  const world = new World({ storage: blankStorage() });
  world.boot();
  world.input({ kind: "ladder", failures: 3 });
  assert.is(world.count("write"), 0);
});

test.run();
