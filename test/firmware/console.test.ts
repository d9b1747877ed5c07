// The console of a provisioned pager: closed, opened by a hold on the charger, never telling a key.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { toHex } from "../../protocol/bytes.ts";
import { blankStorage } from "./storage.ts";
import { readyWorld, World } from "./world.ts";

function told(world: World): boolean[] {
  return world.trace.flatMap(({ effect }) => (effect.kind === "console" ? [effect.open] : []));
}

function printed(world: World): string[] {
  return world.trace.flatMap(({ effect }) => (effect.kind === "print" ? [effect.text] : []));
}

function plug(world: World, charging = true): void {
  world.input({ kind: "battery", batteryMv: 3900, charging });
}

test("a provisioned pager shuts its console at its start, and one without keys leaves it open", () => {
  const world = new World();
  world.boot();
  assert.equal(told(world), [false]);
  const blank = new World({ storage: blankStorage() });
  blank.boot();
  blank.run(3600000);
  assert.equal(told(blank), [true]);
});

test("a hold while it charges opens the console for ten minutes, and is an alarm all the same", () => {
  const world = readyWorld();
  plug(world);
  world.hold();
  assert.is(world.platform.alarms.length, 1);
  assert.equal(told(world), [false, true]);
  world.run(599000);
  assert.equal(told(world), [false, true]);
  world.run(2000);
  assert.equal(told(world), [false, true, false]);
});

test("what the hold raised leaves before the console opens", () => {
  const world = readyWorld();
  plug(world);
  world.hold();
  const kinds = world.trace.map(({ effect }) => effect.kind);
  assert.ok(kinds.indexOf("send") < kinds.lastIndexOf("console"));
});

test("a hold off the charger opens nothing, and a click on it neither", () => {
  const world = readyWorld();
  world.hold();
  plug(world);
  world.press(200);
  world.run(2000);
  assert.equal(told(world), [false]);
});

test("a line at a closed console is not heard [pager §5]", () => {
  const world = readyWorld();
  world.input({ kind: "line", text: "state" });
  world.input({ kind: "line", text: "test" });
  world.run(70000);
  assert.equal(printed(world), []);
  assert.equal(world.cues(), []);
  assert.equal(world.platform.ofLetter("k"), []);
});

test("an open console says the plain facts, and tries the parts", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  plug(world);
  world.hold();
  world.bring(world.platform.close(world.platform.alarms[0]));
  world.run(5000);
  world.input({ kind: "line", text: "state" });
  assert.match(printed(world)[0], /^ready \d+ 4 -97 3900( \d+)+$/);
  world.input({ kind: "line", text: "test" });
  world.run(70000);
  assert.is(world.platform.ofLetter("k").length, 1);
  assert.ok(world.cues().includes("selfTest"));
});

test("nothing that the console can print holds a key, an identifier or a position", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  world.input({
    kind: "fix",
    latitude: 261234567,
    longitude: 1177654321,
    uncertaintyM: 20,
    timeS: 0,
  });
  plug(world);
  world.hold();
  world.bring(world.platform.close(world.platform.alarms[0]));
  const lines = [
    "state",
    "test",
    "log",
    "key",
    "",
    "E.dumpStr()",
    "x".repeat(500),
    "require('Flash')",
  ];
  for (const text of lines) {
    world.input({ kind: "line", text });
    world.run(1000);
  }
  const all = printed(world).join("\n");
  assert.ok(all.length > 0);
  for (const context of world.state.identity.contexts) {
    const secrets = [context.senderKey, context.recipientKey, context.commonIv, context.senderId];
    for (const secret of secrets) {
      const text = String.fromCharCode(...Array.from(secret));
      const list = Array.from(secret).join(",");
      for (const form of [toHex(secret), text, list]) assert.not.ok(all.includes(form), form);
    }
  }
  assert.not.match(all, /26\.?1234|117\.?7654/);
});

test.run();
