// A new image on its way into a pager: only in peace and on the charger, and back where it doesn't prove itself.
// The board's loader is that of images.ts; the core is the same whichever image is said to run.

import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  HEAD_AT,
  headPage,
  pageOfSlot,
  SLOT_OCTETS_MAX,
  SLOT_PAGES,
} from "../../firmware/core/image-slots.ts";
import { UPDATE_BEGINS_MAX, UPDATE_CALM_MS, UPDATE_PROVE_MS } from "../../firmware/core/limits.ts";
import { headOf } from "./images.ts";
import {
  charge,
  chargedWorld,
  comeBack,
  imageOf,
  live,
  onSlots,
  order,
  resultsOf,
} from "./update-world.ts";
import type { World } from "./world.ts";

const DONE = 0;
const REFUSED = 2;
const FAILED = 3;
const BUSY = 4;
const MINUTE_MS = 60_000;
const [, , TOO_LONG, NO_IMAGE, WRONG_HASH, STORAGE, NOT_PROVED, GIVEN_UP] = [
  0, 1, 2, 3, 4, 5, 6, 7,
];
const IMAGE = imageOf(10_001);

/** Up to the restart into the new image. */
function begin(world: World, image = IMAGE, id = 77): void {
  order(world, image, id);
  assert.ok(live(world, 5 * MINUTE_MS), "a restart");
}

function runs(world: World): [slot: number, trial: boolean] {
  return [world.state.image.slot, world.state.image.trial];
}

test("a new image is pulled, checked, begun, and kept once it has proved itself [pager §1.3]", () => {
  const world = chargedWorld();
  begin(world);
  assert.equal(runs(world), [1, true]);
  assert.equal(resultsOf(world), []);
  assert.not.ok(live(world, UPDATE_PROVE_MS - 2000));
  assert.equal(runs(world), [1, true], "not at once");
  assert.not.ok(live(world, 5 * MINUTE_MS));
  assert.equal(runs(world), [1, false]);
  assert.equal(resultsOf(world), [[DONE, 0]]);
  assert.ok(headOf(world.storage, 1)?.good);
  // 20 blocks, and each asked for once.
  assert.is(world.platform.blocks, 20);
  comeBack(world);
  assert.equal(runs(world), [1, false]);
  assert.equal(world.platform.complaints, []);
});

test("the slot's head is erased first and written last", () => {
  const world = chargedWorld();
  order(world, IMAGE);
  assert.ok(live(world, 5 * MINUTE_MS));
  const accesses = onSlots(world);
  assert.is(accesses[0].kind, "erase");
  assert.is(accesses[0].page, headPage(1));
  const pages = new Set(accesses.flatMap(({ kind, page }) => (kind === "erase" ? [page] : [])));
  assert.is(pages.size, SLOT_PAGES);
  const last = accesses[accesses.length - 1];
  assert.equal(
    [last.kind, last.page, last.kind === "write" && last.offset],
    ["write", headPage(1), HEAD_AT],
  );
});

test("updates take the slots in turn, and the one that runs is not touched", () => {
  const world = chargedWorld();
  for (const [at, slot] of [1, 2, 1].entries()) {
    world.trace = [];
    begin(world, imageOf(9000, at + 5), 100 + at);
    const first = pageOfSlot(slot);
    for (const { page } of onSlots(world)) assert.ok(page >= first && page < first + SLOT_PAGES);
    assert.equal(runs(world), [slot, true]);
    live(world, 5 * MINUTE_MS);
    assert.equal(runs(world), [slot, false]);
    assert.equal(resultsOf(world, 100 + at), [[DONE, 0]]);
  }
});

test("off the charger or on a weak battery nothing is erased [pager §1.2]", () => {
  const world = chargedWorld();
  charge(world, false);
  order(world, IMAGE);
  assert.not.ok(live(world, 30 * MINUTE_MS));
  charge(world, true, 3600);
  assert.not.ok(live(world, 30 * MINUTE_MS));
  assert.equal(onSlots(world), []);
  charge(world, true);
  assert.ok(live(world, 5 * MINUTE_MS), "then it begins");
});

test("taken off the charger in the middle it stops, and begins anew on the charger", () => {
  const world = chargedWorld();
  order(world, IMAGE);
  world.run(500);
  assert.ok(onSlots(world).length > 10);
  charge(world, false);
  world.run(1000);
  world.trace = [];
  const { blocks } = world.platform;
  world.run(10 * MINUTE_MS);
  assert.equal(onSlots(world), []);
  assert.is(world.platform.blocks, blocks);
  charge(world, true);
  world.run(UPDATE_CALM_MS - 1000);
  assert.equal(onSlots(world), []);
  assert.ok(live(world, 5 * MINUTE_MS));
  live(world, 5 * MINUTE_MS);
  assert.equal(resultsOf(world), [[DONE, 0]]);
});

for (const [name, waitMs] of [
  ["while the slot is erased", 10],
  ["while the image is pulled", 900],
] as const) {
  test(`a press ${name} ends the update there and calls for help as ever [pager §2.1]`, () => {
    const world = chargedWorld();
    order(world, IMAGE);
    world.run(waitMs);
    world.input({ kind: "key", down: true });
    world.run(100);
    const accesses = onSlots(world).length;
    const { blocks } = world.platform;
    world.run(3000);
    world.input({ kind: "key", down: false });
    world.run(3000);
    assert.is(world.platform.alarms.length, 1);
    assert.is(world.state.alarm.stage, "delivered");
    world.run(10 * MINUTE_MS);
    assert.is(onSlots(world).length, accesses, "not a page more");
    assert.is(world.platform.blocks, blocks, "not a block more");
    world.bring(world.platform.close(world.platform.alarms[0]));
    assert.ok(live(world, 5 * MINUTE_MS), "behind the alarm it begins anew");
    live(world, 5 * MINUTE_MS);
    assert.equal(resultsOf(world), [[DONE, 0]]);
  });
}

test("an alarm that comes while a block is under way leaves at once", () => {
  const world = chargedWorld();
  order(world, IMAGE);
  world.run(800);
  assert.is(world.state.link.flight?.letter, "u");
  world.down = false;
  world.run(1000);
  const before = world.air.length;
  world.input({ kind: "concern", letter: "F", detail: 0 });
  assert.is(world.state.link.flight?.letter, "F");
  assert.is(world.air.length, before + 1);
  world.run(0);
  assert.not.ok(world.state.outbox.some(({ letter }) => letter === "u"));
});

test("with an alarm open an update is refused as busy", () => {
  const world = chargedWorld();
  world.hold();
  world.run(2000);
  order(world, IMAGE);
  world.run(30_000);
  assert.equal(resultsOf(world), [[BUSY, 0]]);
  assert.equal(onSlots(world), []);
});

test("a press in the moment before the restart keeps the old image", () => {
  const world = chargedWorld();
  const { platform } = world;
  const hear = platform.hear.bind(platform);
  const last: Uint8Array[] = [];
  platform.hear = (datagram) => {
    const answers = hear(datagram);
    if (platform.blocks < 20 || last.length > 0) return answers;
    last.push(...answers);
    return [];
  };
  order(world, IMAGE);
  while (last.length === 0) world.run(100);
  world.bring(last[0]);
  assert.is(headOf(world.storage, 1)?.tried, false, "the next start would begin it");
  world.hold();
  world.run(1000);
  assert.is(world.restarts, 0);
  assert.is(world.state.alarm.stage, "delivered");
  comeBack(world);
  assert.equal(runs(world), [0, false]);
});

test("an image with another hash, one that is not there, and one that is too long end with the reason", () => {
  const world = chargedWorld();
  order(world, IMAGE);
  const other = IMAGE.slice();
  other[5000] ^= 1;
  world.platform.image = other;
  assert.not.ok(live(world, 5 * MINUTE_MS));
  assert.equal(resultsOf(world), [[FAILED, NO_IMAGE]], "its ETag is another one");
  order(world, IMAGE, 78);
  world.platform.image = undefined;
  assert.not.ok(live(world, 5 * MINUTE_MS));
  assert.equal(resultsOf(world, 78), [[FAILED, NO_IMAGE]]);
  order(world, imageOf(SLOT_OCTETS_MAX + 1), 79);
  assert.not.ok(live(world, 5 * MINUTE_MS));
  assert.equal(resultsOf(world, 79), [[REFUSED, TOO_LONG]]);
  assert.is(headOf(world.storage, 1), undefined);
});

test("what lies in the slot is looked at, not what was said: one wrong bit and it is no image", () => {
  const world = chargedWorld();
  order(world, IMAGE);
  world.run(1500);
  assert.is(world.state.update.stage, 2);
  world.storage.pages[pageOfSlot(1)][100] &= 0x0f;
  assert.not.ok(live(world, 5 * MINUTE_MS));
  assert.equal(resultsOf(world), [[FAILED, WRONG_HASH]]);
  assert.is(headOf(world.storage, 1), undefined);
});

test("a slot that refuses a write or an erase ends it with the reason", () => {
  for (const page of [pageOfSlot(1) + 1, headPage(1)]) {
    const world = chargedWorld();
    world.storage.broken.add(page);
    order(world, IMAGE);
    assert.not.ok(live(world, 10 * MINUTE_MS));
    assert.equal(resultsOf(world), [[FAILED, STORAGE]]);
    assert.equal(runs(world), [0, false]);
  }
});

test("an image that runs already is done at once", () => {
  const world = chargedWorld();
  begin(world);
  live(world, 5 * MINUTE_MS);
  world.trace = [];
  order(world, IMAGE, 99);
  assert.not.ok(live(world, 5 * MINUTE_MS));
  assert.equal(resultsOf(world, 99), [[DONE, 0]]);
  assert.equal(onSlots(world), []);
});

test("a new image that gets no answer gives way to the old one, which says so [pager §1.3]", () => {
  const world = chargedWorld();
  begin(world);
  world.down = false;
  assert.not.ok(live(world, 9 * MINUTE_MS));
  assert.ok(live(world, 2 * MINUTE_MS), "a restart by itself");
  assert.equal(runs(world), [0, false]);
  world.down = true;
  live(world, 5 * MINUTE_MS);
  assert.equal(resultsOf(world), [[FAILED, NOT_PROVED]]);
  assert.is(world.restarts, 2, "and it is not tried again");
  // Another command may try the same image again.
  order(world, IMAGE, 78);
  assert.ok(live(world, 5 * MINUTE_MS));
  assert.equal(runs(world), [1, true]);
});

test("a reset on trial, whatever its cause, brings the old image back", () => {
  const world = chargedWorld();
  begin(world);
  world.run(10_000);
  comeBack(world);
  assert.equal(runs(world), [0, false]);
  live(world, 5 * MINUTE_MS);
  assert.equal(resultsOf(world), [[FAILED, NOT_PROVED]]);
});

test("a new image whose storage fails is not kept", () => {
  const world = chargedWorld();
  begin(world);
  world.storage.broken.add(2).add(3);
  world.press(100);
  world.run(5000);
  assert.not.ok(live(world, 5 * MINUTE_MS));
  assert.equal(runs(world), [1, true]);
  world.storage.broken.clear();
  assert.ok(live(world, 10 * MINUTE_MS));
  assert.equal(runs(world), [0, false]);
});

test("a new image that can't deliver an alarm for two minutes gives way, and the alarm goes on", () => {
  const world = chargedWorld();
  begin(world);
  world.up = false;
  world.hold();
  assert.not.ok(live(world, MINUTE_MS));
  assert.ok(live(world, 2 * MINUTE_MS), "it gives way");
  assert.equal(runs(world), [0, false]);
  world.up = true;
  world.run(MINUTE_MS);
  assert.is(world.platform.alarms.length, 1);
  assert.is(world.state.alarm.stage, "delivered");
});

test("an alarm that is stored is never left for the end of a trial", () => {
  const world = chargedWorld();
  begin(world);
  world.input({ kind: "card", iccid: "", imei: "", fault: 13 });
  world.hold();
  world.run(3000);
  assert.is(world.state.alarm.stage, "delivered");
  assert.not.ok(live(world, 30 * MINUTE_MS));
  assert.equal(runs(world), [1, true]);
  world.bring(world.platform.close(world.platform.alarms[0]));
  assert.ok(live(world, 5 * MINUTE_MS), "closed, it gives way");
  assert.equal(runs(world), [0, false]);
});

test("half of all datagrams lost, it still ends, and the pager asks again for what it has not got", () => {
  const world = chargedWorld();
  let heard = 0;
  world.lost = () => {
    heard += 1;
    return heard % 3 === 0;
  };
  order(world, IMAGE);
  for (let i = 0; i < 3 && resultsOf(world).length === 0; i++) live(world, 60 * MINUTE_MS);
  assert.equal(resultsOf(world), [[DONE, 0]]);
});

test("nobody answers: it waits, begins anew, and gives up before it wears the pages out", () => {
  const world = chargedWorld();
  order(world, IMAGE);
  world.run(500);
  world.platform.listening = false;
  assert.not.ok(live(world, 24 * 60 * MINUTE_MS));
  world.platform.listening = true;
  live(world, 13 * 60 * MINUTE_MS);
  assert.equal(resultsOf(world)[0], [FAILED, GIVEN_UP]);
  const heads = onSlots(world).filter(({ kind, page }) => kind === "erase" && page === headPage(1));
  assert.is(heads.length, UPDATE_BEGINS_MAX);
});

test("a newer command takes the place of one that waits, which ends as busy", () => {
  const world = chargedWorld();
  charge(world, false);
  order(world, IMAGE);
  world.run(1000);
  order(world, imageOf(6000, 9), 78);
  world.run(MINUTE_MS);
  charge(world, true);
  assert.ok(live(world, 5 * MINUTE_MS));
  live(world, 5 * MINUTE_MS);
  assert.equal(resultsOf(world), [[BUSY, 0]]);
  assert.equal(resultsOf(world, 78), [[DONE, 0]]);
});

test.run();
