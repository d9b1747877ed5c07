// The first word: what the pager is, said until it was answered, and again with another SIM card.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { isFault } from "../../protocol/fault.ts";
import { LOG_CARD } from "../../protocol/log-events.ts";
import { decodeMessage } from "../../protocol/message-codec.ts";
import { ACTIVATION } from "../../protocol/messages.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { World } from "./world.ts";

const CHIP = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const ICCID = "89860012345678901234";
const OTHER = "89860012345678905678";

/** A pager with a chip that starts, or starts again over the same pages. */
function start(world: World, iccid = ICCID): void {
  world.chip = CHIP;
  if (world.state.booted) world.reboot();
  else world.boot();
  world.input({ kind: "card", iccid, imei: "867530012345678" });
  world.radio("ready");
  world.run(5000);
}

test("the first word says board, chip, card and modem, once [wire §1.5]", () => {
  const world = new World();
  start(world);
  const [said, ...more] = world.platform.ofLetter("a");
  assert.equal(more, []);
  const values = decodeMessage(nodeMachine, ACTIVATION, said.payload);
  if (isFault(values)) throw values;
  assert.equal([values.firmware, values.board], [1, 1]);
  assert.equal([...(values.chip as Uint8Array)], [...CHIP]);
  assert.is(Buffer.from(values.iccid as Uint8Array).toString(), ICCID);
  assert.ok(world.state.activated);
  start(world);
  world.run(60_000);
  assert.is(world.platform.ofLetter("a").length, 1);
});

test("another SIM card is told, and the next start with it says nothing", () => {
  const world = new World();
  start(world);
  start(world, OTHER);
  start(world, OTHER);
  start(world, "");
  assert.is(world.platform.ofLetter("a").length, 2);
});

test("a card that can't be used leaves one row in the log, and what was read stays known", () => {
  const world = new World();
  start(world);
  const rows = () =>
    world.trace.flatMap(({ effect }) =>
      effect.kind === "log" && effect.event === LOG_CARD ? [effect.detail] : [],
    );
  for (let again = 0; again < 3; again++) {
    world.input({ kind: "card", iccid: "", imei: "", fault: 11 });
  }
  assert.equal(rows(), [11]);
  assert.is(world.state.card.iccid, ICCID);
  world.input({ kind: "card", iccid: ICCID, imei: "" });
  assert.equal(rows(), [11, 0]);
});

test("the first word goes before all but help, and again until it was answered", () => {
  const world = new World();
  world.up = false;
  start(world);
  world.press(200);
  world.run(90_000);
  assert.not.ok(world.state.activated);
  world.up = true;
  world.run(120_000);
  const letters = world.platform.stored.map(({ letter }) => letter);
  assert.ok(letters.includes("a") && letters.includes("c"));
  assert.ok(world.state.activated);
});

test("a pager that was never activated calls for help at once [R-10]", () => {
  const world = new World();
  world.up = false;
  start(world);
  world.hold();
  world.up = true;
  world.run(40_000);
  assert.is(world.platform.stored[0].letter, "s");
  assert.is(world.platform.alarms.length, 1);
});

test("a pager whose chip can't be read says no first word and works", () => {
  const world = new World();
  world.boot();
  world.radio("ready");
  world.run(60_000);
  assert.is(world.platform.ofLetter("a").length, 0);
  assert.is(world.platform.ofLetter("b").length, 1);
});

test.run();
