// New keys in the field: tried, adopted, given up; cut at any stroke, and never one number for two texts.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { slotInUse } from "../../firmware/core/counter.ts";
import { PAGES_JOURNAL } from "../../firmware/core/limits.ts";
import { RENEW } from "../../protocol/messages.ts";
import { knownWorld } from "./known-world.ts";
import { Platform } from "./platform.ts";
import { PowerCut } from "./storage.ts";
import type { World } from "./world.ts";

const DONE = 0;
const REFUSED = 2;
const FAILED = 3;
const BUSY = 4;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3600_000;

function outcomeOf(world: World, id: number): number | undefined {
  const said = world.platform.ofLetter("o").find(({ report }) => report.number === id);
  return said === undefined ? undefined : (said.report.outcome ?? 0);
}

/** Under which of the platform's ends the wearer's click comes now. */
function heardUnder(world: World): number | undefined {
  const before = world.platform.ofLetter("c").length;
  world.press(200);
  world.run(40_000);
  return world.platform.ofLetter("c")[before]?.slot;
}

test("new keys are tried, then used; the ones before are the spare [wire §1.5]", () => {
  const world = knownWorld();
  assert.is(heardUnder(world), 0);
  world.bring(world.platform.renew(5, 1));
  world.run(MINUTE_MS);
  assert.is(outcomeOf(world, 5), DONE);
  assert.is(slotInUse(world.state), 1);
  assert.is(heardUnder(world), 2);
  world.reboot();
  world.radio("ready");
  world.run(MINUTE_MS);
  assert.is(heardUnder(world), 2);
  world.bring(world.platform.renew(6, 0));
  world.run(MINUTE_MS);
  assert.is(outcomeOf(world, 6), DONE);
  assert.is(heardUnder(world), 3);
  assert.equal(world.platform.complaints, []);
});

test("the result of a renewal is said under the new keys", () => {
  const world = knownWorld();
  world.bring(world.platform.renew(5, 1));
  world.run(MINUTE_MS);
  assert.is(world.platform.ofLetter("o")[0].slot, 2);
});

test("a platform that wants a proof first gets it under the new keys [wire §1.3]", () => {
  const world = knownWorld();
  world.down = false;
  world.bring(world.platform.renew(5, 1));
  world.platform.asksEcho = true;
  world.down = true;
  world.run(2 * MINUTE_MS);
  assert.is(outcomeOf(world, 5), DONE);
  assert.is(heardUnder(world), 2);
});

test("keys for the slot in use, and keys that were met before, are refused", () => {
  const world = knownWorld();
  world.bring(world.platform.renew(5, 0));
  world.run(MINUTE_MS);
  assert.is(outcomeOf(world, 5), REFUSED);
  const words = world.platform.order(RENEW, {
    id: 6,
    slot: 1,
    kid: world.platform.ends[1].recipientId,
    platformId: Uint8Array.of(1),
    senderKey: new Uint8Array(16),
    recipientKey: new Uint8Array(16),
    commonIv: new Uint8Array(13),
  });
  world.bring(words);
  world.run(MINUTE_MS);
  assert.is(outcomeOf(world, 6), FAILED);
  assert.is(heardUnder(world), 0);
});

test("with an alarm open no keys are taken, and an alarm on the way keeps its kid", () => {
  const world = knownWorld();
  world.hold();
  world.run(1000);
  world.bring(world.platform.renew(5, 1));
  world.run(1000);
  assert.is(outcomeOf(world, 5), BUSY);
  world.bring(world.platform.close(world.platform.alarms[0]));
  world.run(1000);
  // The wearer holds while the first try of the new keys is on the air.
  world.down = false;
  world.bring(world.platform.renew(6, 1));
  world.hold();
  world.run(45_000);
  world.down = true;
  world.run(30_000);
  const alarm = world.platform.alarms[1];
  assert.is(alarm.slot, 0);
  assert.is(world.platform.alarms.length, 2);
  assert.is(outcomeOf(world, 6), undefined);
  world.bring(world.platform.close(alarm));
  world.run(2 * MINUTE_MS);
  assert.is(outcomeOf(world, 6), DONE);
  assert.is(heardUnder(world), 3);
  assert.equal(world.platform.complaints, []);
});

test("keys that nobody answers are given up after a day, and help goes out all the same", () => {
  const world = knownWorld();
  world.bring(world.platform.renew(5, 1));
  world.platform.ends[2] = { ...world.platform.ends[2], recipientKey: new Uint8Array(16) };
  world.run(DAY_MS + 12 * 3600_000);
  world.platform.complaints = [];
  assert.is(outcomeOf(world, 5), FAILED);
  world.hold();
  world.run(1000);
  assert.is(world.platform.alarms[0]?.slot, 0);
  const sent = world.air.length;
  world.reboot();
  world.radio("ready");
  world.run(20 * MINUTE_MS);
  assert.ok(world.air.length > sent);
  assert.is(world.state.renewal.probes, 0);
});

interface Cut {
  loseJournal?: boolean;
  /** The platform doesn't say the command again. */
  once?: boolean;
}

/** Renews with a cut at one stroke, then goes on in peace. */
function renewWithCut(cutAt: number, { loseJournal, once }: Cut): { cut: boolean; world: World } {
  const world = knownWorld();
  world.storage.cutAt = world.storage.strokes + cutAt;
  let cut = false;
  try {
    world.bring(world.platform.renew(5, 1));
    world.run(MINUTE_MS);
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
    cut = true;
  }
  world.storage.cutAt = -1;
  if (once) world.platform.pending = [];
  if (loseJournal) {
    world.storage.pages[PAGES_JOURNAL].fill(255);
    world.storage.pages[PAGES_JOURNAL + 1].fill(255);
  }
  if (cut || loseJournal) world.reboot();
  world.radio("ready");
  world.run(DAY_MS);
  return { cut, world };
}

test("a cut at any stroke of a renewal leaves a context that works, and the renewal ends", () => {
  for (let cutAt = 0; ; cutAt++) {
    const { cut, world } = renewWithCut(cutAt, {});
    assert.ok(heardUnder(world) !== undefined, `cut ${cutAt}`);
    assert.is(outcomeOf(world, 5), DONE, `cut ${cutAt}`);
    assert.is(heardUnder(world), 2, `cut ${cutAt}`);
    assert.equal(world.platform.complaints, [], `cut ${cutAt}`);
    if (!cut) break;
  }
});

test("the result of keys that are in use outlives a cut at any stroke, though nobody asks again [wire §4.5]", () => {
  let used = 0;
  for (let cutAt = 0; ; cutAt++) {
    const { cut, world } = renewWithCut(cutAt, { once: true });
    const isUsed = heardUnder(world) === 2;
    assert.is(outcomeOf(world, 5), isUsed ? DONE : undefined, `cut ${cutAt}`);
    if (isUsed) used += 1;
    if (!cut) break;
  }
  assert.ok(used > 20, `${used} cuts behind the first record`);
});

test("a journal lost at any stroke of a renewal leaves a context that works, and no number twice", () => {
  for (let cutAt = 0; ; cutAt++) {
    const { cut, world } = renewWithCut(cutAt, { loseJournal: true });
    assert.ok(heardUnder(world) !== undefined, `cut ${cutAt}`);
    assert.equal(world.platform.complaints, [], `cut ${cutAt}`);
    world.hold();
    world.run(1000);
    assert.is(world.platform.alarms.length, 1, `cut ${cutAt}`);
    if (!cut) break;
  }
});

test("the spare of a renewal whose journal is lost goes on behind all that it had used", () => {
  const world = knownWorld();
  for (let i = 0; i < 5; i++) heardUnder(world);
  world.bring(world.platform.renew(5, 1));
  world.run(MINUTE_MS);
  world.storage.pages[PAGES_JOURNAL].fill(255);
  world.storage.pages[PAGES_JOURNAL + 1].fill(255);
  world.reboot();
  world.radio("ready");
  world.run(MINUTE_MS);
  assert.is(heardUnder(world), 0);
  assert.equal(world.platform.complaints, []);
});

test("a platform restored to before the renewal is found again under the other context", () => {
  const world = knownWorld();
  world.bring(world.platform.renew(5, 1));
  world.run(MINUTE_MS);
  assert.is(heardUnder(world), 2);
  const restored = new Platform();
  restored.tellsTime = true;
  world.platform = restored;
  world.run(3 * DAY_MS);
  restored.complaints = [];
  assert.is(heardUnder(world), 0);
  world.reboot();
  world.radio("ready");
  world.run(MINUTE_MS);
  assert.is(heardUnder(world), 0);
  assert.equal(restored.complaints, []);
});

test("a late answer to a try of new keys counts only where it opens", () => {
  const world = knownWorld();
  world.down = false;
  world.bring(world.platform.renew(5, 1));
  world.run(29_000);
  world.down = true;
  const probe = world.air[world.air.length - 1];
  for (const answer of world.platform.hear(probe)) {
    const bent = answer.slice();
    bent[bent.length - 1] ^= 1;
    world.bring(bent);
    assert.is(slotInUse(world.state), 0);
    world.bring(answer);
  }
  assert.is(slotInUse(world.state), 1);
});

test.run();
