// The address that the platform's name led to: a further way for help, kept, and dropped where nobody answers.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { FOUND_MS } from "../../firmware/core/limits.ts";
import { textOf } from "../../firmware/core/settings.ts";
import { WORD_CLOSED } from "../../protocol/messages.ts";
import { FOUND_KEY, NAME_KEY } from "../../protocol/settings.ts";
import { change, knownWorld, resultOf } from "./known-world.ts";
import { PowerCut } from "./storage.ts";
import type { World } from "./world.ts";

const LITERAL = "192.0.2.1:5683";
const FOUND = "198.51.100.7:5683";
const NAME = "pager.example:5683";
const HOUR_MS = 3_600_000;
const DONE = 0;

const bring = (world: World, address: string) => world.input({ kind: "way", address });
const sends = (world: World, from: number) =>
  world.trace.slice(from).flatMap(({ effect }) => (effect.kind === "send" ? [effect.address] : []));

/** Told the name by command. */
function namedWorld(): World {
  const world = knownWorld();
  const id = change(world, 1, [NAME_KEY, NAME]);
  world.run(1000);
  assert.equal(resultOf(world, id), [DONE, 0]);
  return world;
}

test("a name is told to the radio as it is changed, in no trial, and behind a reset", () => {
  const world = namedWorld();
  assert.equal(world.network, {
    kind: "network",
    apn: "cmiot",
    addresses: [LITERAL],
    name: NAME,
  });
  assert.is(world.state.settings.trial.id, 0);
  world.network = undefined;
  world.reboot();
  assert.is((world.network as { name: string } | undefined)?.name, NAME);
});

test("help goes to the address that was found too, behind those that were provisioned, also after a reset [wire §4.6]", () => {
  const world = namedWorld();
  bring(world, FOUND);
  for (let run = 0; run < 2; run++) {
    assert.equal(world.network?.addresses, [LITERAL, FOUND]);
    const from = world.trace.length;
    world.hold();
    assert.equal(sends(world, from).slice(0, 2), [0, 1]);
    world.run(5000);
    assert.is(world.state.alarm.stage, "delivered");
    world.reboot();
    world.radio("ready");
  }
  assert.equal(world.platform.complaints, []);
});

test("help that only the address that was found can carry is delivered at once", () => {
  const world = namedWorld();
  bring(world, FOUND);
  world.reaches = (address) => address === FOUND;
  world.hold();
  world.run(200);
  assert.is(world.state.alarm.stage, "delivered");
});

test("where nobody answers at the address that was found, help is delivered as soon as without it", () => {
  const world = namedWorld();
  bring(world, FOUND);
  world.reaches = (address) => address !== FOUND;
  world.hold();
  world.run(200);
  assert.is(world.state.alarm.stage, "delivered");
  assert.is(world.state.link.address, 0);
});

test("what is no address, or one that is provisioned, adds no way", () => {
  const world = namedWorld();
  for (const address of ["", "1.2.3:5683", "fe80::1:5683", '1.2.3.4":5683', "1.2.3.4:0", LITERAL]) {
    bring(world, address);
    assert.equal(world.network?.addresses, [LITERAL], address);
    assert.equal([world.state.link.ways, world.state.link.ownWays], [1, 1]);
  }
});

test("another address takes its place, and the same one writes nothing", () => {
  const world = namedWorld();
  bring(world, FOUND);
  const writes = world.count("write");
  bring(world, FOUND);
  assert.is(world.count("write"), writes);
  bring(world, "198.51.100.8:5683");
  assert.equal(world.network?.addresses, [LITERAL, "198.51.100.8:5683"]);
});

test("a day without an opened answer there drops it, but never in an alarm [wire §4.6]", () => {
  const world = namedWorld();
  bring(world, FOUND);
  world.run(FOUND_MS - HOUR_MS);
  assert.is(textOf(world.state, FOUND_KEY), FOUND);
  world.hold();
  world.run(5000);
  // The copy that came by it was answered too, or nobody was there.
  world.run(FOUND_MS);
  assert.is(textOf(world.state, FOUND_KEY), FOUND);
  const { number } = world.state.alarm;
  world.bring(world.platform.say(WORD_CLOSED, number));
  world.run(FOUND_MS + HOUR_MS);
  assert.is(textOf(world.state, FOUND_KEY), "");
  assert.equal(world.network?.addresses, [LITERAL]);
  world.reboot();
  assert.equal(world.network?.addresses, [LITERAL]);
});

test("an answer that opens there keeps it, a datagram that does not open keeps nothing", () => {
  const world = namedWorld();
  bring(world, FOUND);
  world.reaches = (address) => address === FOUND;
  world.run(FOUND_MS - HOUR_MS);
  world.hold();
  world.run(1000);
  assert.is(world.state.alarm.stage, "delivered");
  world.bring(world.platform.say(WORD_CLOSED, world.state.alarm.number));
  world.run(2 * HOUR_MS);
  assert.is(textOf(world.state, FOUND_KEY), FOUND);
  const forged = namedWorld();
  bring(forged, FOUND);
  forged.run(FOUND_MS - HOUR_MS);
  forged.input({ kind: "datagram", bytes: new Uint8Array([0x51, 0x44, 1, 2, 3]), address: 1 });
  forged.run(2 * HOUR_MS);
  assert.is(textOf(forged.state, FOUND_KEY), "");
});

test("where two exchanges went unanswered, lesser things go there too, and are answered", () => {
  const world = namedWorld();
  bring(world, FOUND);
  world.reaches = (address) => address === FOUND;
  const from = world.trace.length;
  world.press(200);
  world.run(120_000);
  const addresses = sends(world, from);
  assert.equal(addresses.slice(0, 3), [0, 0, 0]);
  assert.ok(addresses.includes(1));
  assert.is(world.platform.ofLetter("c").length, 1);
  assert.is(world.state.outbox.length, 0);
});

test("in a trial of another way nothing but help goes to the address that was found", () => {
  const world = namedWorld();
  bring(world, FOUND);
  world.reaches = (address) => address === FOUND;
  change(world, 2, [64, "198.51.100.9:5683"]);
  const from = world.trace.length;
  world.run(9 * 60_000);
  assert.ok(sends(world, from).every((address) => address === 0));
  assert.is(world.state.settings.trial.id > 0, true);
});

test("a cut at any stroke of taking it leaves it or not, and what was provisioned always", () => {
  for (let cutAt = 0, cut = true; cut; cutAt++) {
    const world = namedWorld();
    world.storage.cutAt = world.storage.strokes + cutAt;
    cut = false;
    try {
      bring(world, FOUND);
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      cut = true;
    }
    world.storage.cutAt = -1;
    world.reboot();
    world.radio("ready");
    assert.is(world.network?.addresses[0], LITERAL);
    assert.is(world.network?.name, NAME);
    if (!cut) assert.equal(world.network?.addresses, [LITERAL, FOUND]);
    world.hold();
    world.run(1000);
    assert.is(world.state.alarm.stage, "delivered", `cut ${cutAt}`);
  }
});

test.run();
