// An update from its asking to the last block: the right image to the right pager, and to nobody else.

import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { WORD_UPDATE } from "../../protocol/messages.ts";
import { hashOf, IMAGES_FOLDER } from "../../sdk/image-files.ts";
import { octetsOf } from "../../sdk/octets.ts";
import { bodyOf } from "../protocol/block-ends.ts";
import { fieldWorld } from "./field-world.ts";
import {
  addImage,
  BY,
  codeOf,
  freshPull,
  overwrite,
  pull,
  pullBlock,
  scene,
  tellBoard,
  WHOLE,
} from "./image-scene.ts";
import { closeRigs, eventsOf, openRig } from "./rig.ts";
import { makeTestPager } from "./test-pager.ts";

test.after.each(() => closeRigs());

const SMALL = bodyOf(1300, 5);

test("an update is told to the pager with version, length and hash, and the image pulled whole", async () => {
  const { rig, pager } = await scene();
  const { hash } = await addImage(rig);
  const row = await rig.platform.pagers.update(pager.id, { hash, by: BY });
  assert.equal(row.values, { firmware: 2, octets: WHOLE.length, hash });
  assert.equal([row.by, row.state], [BY, "waiting"]);
  await rig.settle();
  const told = rig.takeSent().map(({ bytes }) => pager.obey(bytes)?.command);
  const [{ values }] = told.filter((one) => one?.name === "update") as { values: object }[];
  const wired = { what: WORD_UPDATE, id: row.id, firmware: 2, octets: WHOLE.length };
  assert.equal({ ...values, hash: undefined }, { ...wired, hash: undefined });
  const state = freshPull();
  const image = await pull(rig, pager, state);
  assert.equal(image, WHOLE);
  assert.equal(state.etag, octetsOf(hash).slice(0, 8));
  assert.is(hashOf(image as Uint8Array), hash);
});

test("the pager's result ends the update, and there is nothing more to pull", async () => {
  const { rig, pager, update } = await scene();
  const { id } = await update((await addImage(rig)).hash);
  assert.is((await pullBlock(rig, pager, freshPull())).step, "block");
  await rig.deliver(pager.result(WORD_UPDATE, id, { outcome: 0 }).bytes);
  assert.is((await rig.platform.commands.get(pager.id, id))?.outcome, "done");
  assert.is(await pull(rig, pager), "refused");
});

test("an update that failed says why in a word, and one of a newer pager its number", async () => {
  const { rig, pager, update } = await scene();
  const first = await update((await addImage(rig)).hash);
  await rig.deliver(pager.result(WORD_UPDATE, first.id, { outcome: 3, detail: 6 }).bytes);
  const failed = await rig.platform.commands.get(pager.id, first.id);
  assert.equal([failed?.outcome, failed?.detail, failed?.why], ["failed", 6, "notProved"]);
  const next = await update((await addImage(rig)).hash);
  await rig.deliver(pager.result(WORD_UPDATE, next.id, { outcome: 3, detail: 99 }).bytes);
  const newer = await rig.platform.commands.get(pager.id, next.id);
  assert.equal([newer?.outcome, newer?.detail, newer?.why], ["failed", 99, undefined]);
});

test("a pager that nothing is asked of is told that there is no image", async () => {
  const { rig, pager } = await scene();
  assert.is(await pull(rig, pager), "refused");
  await addImage(rig);
  assert.is(await pull(rig, pager), "refused", "that there is one is not enough");
});

test("a pull goes on behind a restart of the platform, where it was", async () => {
  const { rig, pager, update } = await scene();
  await update((await addImage(rig, { bytes: SMALL })).hash);
  const state = freshPull();
  const first = await pullBlock(rig, pager, state);
  await rig.restart();
  const second = await pullBlock(rig, pager, state);
  await rig.restart();
  const third = await pullBlock(rig, pager, state);
  assert.equal(
    [first, second, third].map(({ step }) => step),
    ["block", "block", "last"],
  );
  const octets = [first, second, third].flatMap((one) => [...one.octets]);
  assert.equal(Uint8Array.from(octets), SMALL);
});

test("two pagers that pull at once get each its own image", async () => {
  const { rig, pager, update } = await scene();
  const other = await rig.addPager();
  await tellBoard(rig, other, "air780eg");
  const { hash } = await addImage(rig, { bytes: bodyOf(1100, 7), board: "air780eg" });
  await update((await addImage(rig, { bytes: SMALL })).hash);
  await rig.platform.pagers.update(other.id, { hash, by: BY });
  await rig.settle();
  const [one, two] = [freshPull(), freshPull()];
  const begun = [await pullBlock(rig, pager, one), await pullBlock(rig, other, two)];
  const rest = [await pull(rig, pager, one), await pull(rig, other, two)] as Uint8Array[];
  assert.equal(Buffer.concat([begun[0].octets, rest[0]]).equals(SMALL), true);
  assert.equal(Buffer.concat([begun[1].octets, rest[1]]).equals(bodyOf(1100, 7)), true);
});

test("an update whose time is over gives no block any more, in the middle of a pull either", async () => {
  const { rig, pager } = await scene();
  const { hash } = await addImage(rig);
  const asked = { hash, by: BY, expiresInS: 60 };
  const { id } = await rig.platform.pagers.update(pager.id, asked);
  await rig.settle();
  const state = freshPull();
  assert.is((await pullBlock(rig, pager, state)).step, "block");
  rig.clock.advanceBy(59_999);
  await rig.settle();
  assert.is((await pullBlock(rig, pager, state)).step, "block");
  rig.clock.advanceBy(1);
  assert.is((await pullBlock(rig, pager, state)).step, "refused");
  await rig.pass(1000);
  assert.is((await rig.platform.commands.get(pager.id, id))?.outcome, "expired");
  assert.is(await pull(rig, pager), "refused");
});

test("another image takes the place of the one that waits, and the pull begins anew [wire §6]", async () => {
  const { rig, pager, update } = await scene();
  const first = await update((await addImage(rig)).hash);
  const state = freshPull();
  for (let at = 0; at < 3; at++) await pullBlock(rig, pager, state);
  const bytes = bodyOf(3000, 5);
  const second = await update((await addImage(rig, { bytes, firmware: 3 })).hash);
  assert.equal(await pull(rig, pager, state), bytes);
  assert.is(state.restarts, 1);
  assert.is((await rig.platform.commands.get(pager.id, first.id))?.outcome, "withdrawn");
  await rig.restart();
  const rows = await rig.platform.commands.list(pager.id);
  assert.equal(
    rows.map(({ id, state: stands }) => [id, stands]),
    [
      [second.id, "waiting"],
      [first.id, "ended"],
    ],
  );
  assert.equal(await pull(rig, pager), bytes);
});

test("asked again for the same image it is the update that waits", async () => {
  const { rig, update } = await scene();
  const { hash } = await addImage(rig);
  const first = await update(hash);
  assert.equal(await update(hash), first);
  await addImage(rig, { firmware: 5 });
  const corrected = await update(hash);
  assert.equal([corrected.id, corrected.values.firmware], [first.id + 1, 5]);
});

test("an image for another board than the pager told is refused, whatever else is said", async () => {
  const { rig, pager, update } = await scene();
  const { hash } = await addImage(rig, { board: "air780eg" });
  assert.is(await codeOf(update(hash)), "other-board");
  assert.is(await codeOf(update(hash, true)), "other-board");
  assert.equal(await rig.platform.commands.list(pager.id), []);
  assert.is(await pull(rig, pager), "refused");
});

test("a pager that never told its board gets an image only where that is said to be known", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const { hash } = await addImage(rig, { bytes: SMALL });
  const asked = { hash, by: BY };
  assert.is(await codeOf(rig.platform.pagers.update(pager.id, asked)), "board-unknown");
  await rig.platform.pagers.update(pager.id, { ...asked, anyBoard: true });
  await rig.settle();
  assert.equal(await pull(rig, pager), SMALL);
});

test("a board stays known when the keys that it was told under are gone in the field [wire §1.5]", async () => {
  const { rig, id, field, first, renew, live, accepts } = await fieldWorld();
  await tellBoard(rig, first);
  for (let times = 0; times < 2; times++) {
    await renew();
    await live();
    await rig.pass(24 * 3600_000);
  }
  assert.not.ok(await accepts(first));
  const { hash } = await addImage(rig, { bytes: SMALL });
  await rig.platform.pagers.update(id, { hash, by: BY });
  await rig.settle();
  assert.equal(await pull(rig, field.inUse()), SMALL);
});

test("a pager with new keys from the bench may be another board: its update is withdrawn", async () => {
  const { rig, pager, update } = await scene();
  const { hash } = await addImage(rig, { bytes: SMALL });
  const { id } = await update(hash);
  const { provisioning } = await rig.platform.pagers.provision(pager.id, BY);
  await rig.settle();
  const fresh = makeTestPager(provisioning.contexts[0]);
  assert.is((await rig.platform.commands.get(pager.id, id))?.outcome, "withdrawn");
  assert.is(await pull(rig, fresh), "refused");
  assert.is(await codeOf(update(hash)), "board-unknown");
  await tellBoard(rig, fresh, "air780eg");
  assert.is(await codeOf(update(hash)), "other-board");
});

test("an image that nobody added is refused, and by its name alone nobody can ask for it", async () => {
  const { rig, pager, update } = await scene();
  const hash = hashOf(WHOLE);
  assert.is(await codeOf(update(hash)), "unknown-image");
  assert.is(
    await codeOf(rig.platform.pagers.update("P-999999", { hash, by: BY })),
    "unknown-pager",
  );
  const values = { firmware: 2, octets: WHOLE.length, hash };
  const asked = rig.platform.commands.send(pager.id, { command: "update", values, by: BY });
  const error = await asked.then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  assert.match(error?.message ?? "", /ask with pagers\.update/);
  assert.equal(await rig.platform.commands.list(pager.id), []);
});

test("by whom and for how long are held to the same bounds as for every command", async () => {
  const { rig, pager } = await scene();
  const { hash } = await addImage(rig);
  for (const more of [{ by: " " }, { expiresInS: 0 }, { expiresInS: 2_592_001 }]) {
    const asked = rig.platform.pagers.update(pager.id, { hash, by: BY, ...more });
    assert.is(await codeOf(asked), "bad-request");
  }
});

test("a damaged image is never served and never asked for, and who runs the platform hears why", async () => {
  const faults: unknown[] = [];
  const { rig, pager, update } = await scene({
    onFault: (error, ends) => void faults.push([String(error), ends]),
  });
  const { hash } = await addImage(rig);
  await update(hash);
  const state = freshPull();
  assert.is((await pullBlock(rig, pager, state)).step, "block");
  overwrite(join(rig.dir, IMAGES_FOLDER, hash));
  assert.is((await pullBlock(rig, pager, state)).step, "refused");
  const text = `OnekeyError: The image ${hash} on the platform's disk is damaged (not what it was): add it again.`;
  assert.equal(faults, [[text, false]]);
  await rig.restart();
  assert.is(await pull(rig, pager), "refused", "nor by a platform that never saw it whole");
  assert.is(await codeOf(rig.platform.pagers.update(pager.id, { hash, by: BY })), "image-damaged");
  await addImage(rig);
  assert.equal(await pull(rig, pager), WHOLE, "added again it is there");
});

test("an alarm that comes in the middle of a pull is stored and answered as ever", async () => {
  const { rig, pager, update } = await scene();
  await update((await addImage(rig)).hash);
  const state = freshPull();
  await pullBlock(rig, pager, state);
  const said = pager.report("s", { number: 7 });
  await rig.deliver(said.bytes);
  assert.ok(rig.takeSent().some(({ bytes }) => pager.open(said, bytes) !== undefined));
  assert.is((await rig.platform.alarms.list()).length, 1);
  assert.is((await pullBlock(rig, pager, state)).step, "block");
  assert.not.ok((await eventsOf(rig)).some(({ kind }) => kind === "commandEnded"));
});

test.run();
