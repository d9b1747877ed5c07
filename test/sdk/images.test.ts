// Images of updates on the platform's disk: whole or not there, whatever happens to file or power.

import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { IMAGE_OCTETS_MAX, VERSION_MAX } from "../../protocol/limits.ts";
import type { NewImage } from "../../sdk/api/host.ts";
import { hashOf, IMAGES_FOLDER, openImageFiles } from "../../sdk/image-files.ts";
import { bodyOf } from "../protocol/block-ends.ts";
import { addImage, BY, codeOf, overwrite, WHOLE } from "./image-scene.ts";
import { closeRigs, eventsOf, openRig, type Rig } from "./rig.ts";

test.after.each(() => closeRigs());

const HASH = hashOf(WHOLE);
const pathOf = ({ dir }: Rig, name = HASH) => join(dir, IMAGES_FOLDER, name);

test("an image is a file of its hash, and the log says who added it", async () => {
  const rig = await openRig();
  const added = await addImage(rig);
  const { addedAtMs, by, ...image } = added;
  assert.equal(image, { hash: HASH, octets: WHOLE.length, firmware: 2, board: "rak5010" });
  assert.equal(Uint8Array.from(readFileSync(pathOf(rig))), WHOLE);
  assert.equal(readdirSync(pathOf(rig, "")), [HASH], "and nothing else is left");
  const [{ seq, atMs, ...event }] = await eventsOf(rig);
  assert.equal(event, { kind: "imageAdded", by: BY, ...image });
  assert.equal([atMs, by], [addedAtMs, BY]);
});

test("the same image again is the same, and nobody hears of it; all are listed, newest first", async () => {
  const rig = await openRig();
  const added = await addImage(rig);
  rig.clock.advanceBy(1000);
  const other = await addImage(rig, { bytes: bodyOf(700, 5), board: "air780eg" });
  rig.clock.advanceBy(1000);
  assert.equal(await addImage(rig, { by: "李工" }), added);
  assert.equal(await rig.platform.images.list(), [other, added]);
  await rig.restart();
  assert.equal(await rig.platform.images.list(), [other, added]);
  assert.is((await eventsOf(rig)).length, 2);
});

test("a version that was mistyped is corrected by saying it again, and the log shows both", async () => {
  const rig = await openRig();
  await addImage(rig, { firmware: 20 });
  const corrected = await addImage(rig, { by: "李工" });
  assert.equal([corrected.firmware, corrected.by], [2, "李工"]);
  assert.equal(await rig.platform.images.list(), [corrected]);
  const events = await eventsOf(rig);
  assert.equal(
    events.map((event) => event.kind === "imageAdded" && [event.firmware, event.by]),
    [
      [20, BY],
      [2, "李工"],
    ],
  );
});

const BAD: [what: string, image: Partial<NewImage>, path: string][] = [
  ["no octets", { bytes: new Uint8Array(0) }, "bytes"],
  ["too many octets", { bytes: new Uint8Array(IMAGE_OCTETS_MAX + 1) }, "bytes"],
  ["version 0", { firmware: 0 }, "firmware"],
  ["a version above all", { firmware: VERSION_MAX + 1 }, "firmware"],
  ["half a version", { firmware: 1.5 }, "firmware"],
  ["a board that nobody has", { board: "rak4631" }, "board"],
  ["nobody", { by: " " }, "by"],
];

for (const [what, image, path] of BAD) {
  test(`refused, and nothing kept: an image of ${what}`, async () => {
    const rig = await openRig();
    const code = await codeOf(addImage(rig, image));
    const text = await addImage(rig, image).catch((error: Error) => error.message);
    assert.is(code, "bad-request");
    assert.match(text as string, new RegExp(`^${path}: `));
    assert.equal(await rig.platform.images.list(), []);
    assert.not.ok(readdirSync(rig.dir).includes(IMAGES_FOLDER));
  });
}

test("the largest image is kept and read", async () => {
  const rig = await openRig();
  const bytes = bodyOf(IMAGE_OCTETS_MAX, 7);
  const { hash } = await addImage(rig, { bytes });
  const { octets, read } = openImageFiles(rig.dir).open(hash);
  assert.is(octets, IMAGE_OCTETS_MAX);
  assert.equal(read(IMAGE_OCTETS_MAX - 512, IMAGE_OCTETS_MAX), bytes.slice(-512));
});

/** What can befall a file, and that it was whole before. */
const DAMAGE: [what: string, befall: (path: string) => void][] = [
  ["gone", (path) => rmSync(path)],
  ["cut off", (path) => truncateSync(path, WHOLE.length - 1)],
  ["longer", (path) => appendFileSync(path, "x")],
  ["emptied", (path) => truncateSync(path, 0)],
  ["other octets of the same length", overwrite],
  [
    "another file under its name",
    (path) => {
      writeFileSync(`${path}.other`, bodyOf(WHOLE.length, 9));
      renameSync(`${path}.other`, path);
    },
  ],
  [
    "a folder",
    (path) => {
      rmSync(path);
      mkdirSync(path);
    },
  ],
];

for (const [what, befall] of DAMAGE) {
  test(`a file that is ${what} is no image, even if it was whole before`, async () => {
    const rig = await openRig();
    await addImage(rig);
    const files = openImageFiles(rig.dir);
    const before = files.open(HASH);
    assert.equal(before.read(0, 512), WHOLE.slice(0, 512));
    befall(pathOf(rig));
    const open = async () => files.open(HASH);
    assert.is(await codeOf(open()), "image-damaged");
    assert.is(await codeOf(open()), "image-damaged", "nor at the second look");
    assert.is(await codeOf((async () => before.read(0, 512))()), "image-damaged");
  });
}

test("an image whose file was damaged is mended by adding it again", async () => {
  const rig = await openRig();
  const added = await addImage(rig);
  overwrite(pathOf(rig));
  assert.equal(await addImage(rig), added);
  assert.equal(openImageFiles(rig.dir).open(HASH).read(0, WHOLE.length), WHOLE);
});

test("what was cut off while it was written is no image, and in nobody's way", async () => {
  const rig = await openRig();
  await addImage(rig);
  // Power went while it was written, and behind the file but before the log.
  renameSync(pathOf(rig), pathOf(rig, "unfinished"));
  truncateSync(pathOf(rig, "unfinished"), 30_000);
  const unknown = bodyOf(900, 5);
  writeFileSync(pathOf(rig, hashOf(unknown)), unknown);
  await rig.restart();
  assert.is((await rig.platform.images.list()).length, 1, "the log knows of one only");
  await addImage(rig);
  await addImage(rig, { bytes: unknown });
  assert.equal(readdirSync(pathOf(rig, "")).sort(), [HASH, hashOf(unknown)].sort());
  assert.equal(openImageFiles(rig.dir).open(HASH).read(0, WHOLE.length), WHOLE);
});

test("several that are added at once are all whole", async () => {
  const rig = await openRig();
  const all = [3, 5, 7, 3, 5].map((seed) => bodyOf(40_000, seed));
  const rows = await Promise.all(all.map((bytes) => addImage(rig, { bytes })));
  const files = openImageFiles(rig.dir);
  for (const [at, { hash, octets }] of rows.entries()) {
    assert.equal(files.open(hash).read(0, octets), all[at]);
  }
  assert.is((await rig.platform.images.list()).length, 3);
});

test("an image that is being written when the platform closes is whole and in the log", async () => {
  const rig = await openRig();
  const adding = addImage(rig);
  await rig.restart();
  assert.equal(await rig.platform.images.list(), [await adding]);
  assert.equal(openImageFiles(rig.dir).open(HASH).read(0, WHOLE.length), WHOLE);
});

test("an image that the disk does not take is not in the log, and the next one is taken", async () => {
  const rig = await openRig();
  writeFileSync(pathOf(rig, ""), "a file in the way");
  assert.is(await codeOf(addImage(rig)), "data-not-writable");
  assert.equal(await rig.platform.images.list(), []);
  rmSync(pathOf(rig, ""));
  assert.is((await addImage(rig)).hash, HASH);
});

test.run();
