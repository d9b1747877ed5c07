// The loader of the RAK5010 on the Espruino host: which image it begins, and when it goes back.
// Images are tiny programs here: what a whole one does is the interpreter's test.

import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  encodeHead,
  GOOD_AT,
  HEAD_AT,
  headPage,
  pageOfSlot,
  SLOT_PAGE,
  SLOT_PAGES,
  TRIED_AT,
} from "../../firmware/core/image-slots.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { buildLoader } from "../../tools/build/espruino.ts";
import { createVirtualClock } from "../../tools/simulator/clock.ts";
import {
  createHostStorage,
  type HostStorage,
  type StorageChance,
} from "../../tools/simulator/espruino/storage.ts";
import { createEspruinoHost } from "../../tools/simulator/espruino-host.ts";

const PAGE_OCTETS = 4096;
const PAGES = SLOT_PAGE + 2 * SLOT_PAGES;
const WATCHDOG_MS = 60_000;
const TRIAL_MS_MAX = 1_200_000;

/** Where the page lies: the slots in front, identity and journal behind them at the end. */
function placeOf({ flash }: HostStorage, page: number): number {
  const first = flash.length - PAGES * PAGE_OCTETS;
  return first + (page - SLOT_PAGE) * PAGE_OCTETS;
}

function headPlace(storage: HostStorage, slot: number): number {
  return placeOf(storage, headPage(slot)) + HEAD_AT;
}

interface Image {
  text?: string;
  generation?: number;
  id?: number;
  tried?: boolean;
  good?: boolean;
}

function put(storage: HostStorage, slot: number, image: Image): void {
  const { text = said(`slot ${slot}`), generation = slot, id = 70 + slot } = image;
  const bytes = Buffer.from(text, "latin1");
  storage.flash.set(bytes, placeOf(storage, pageOfSlot(slot)));
  const hash = nodeMachine.sha256(bytes);
  const at = headPlace(storage, slot);
  storage.flash.set(encodeHead(nodeMachine, bytes.length, generation, id, hash) as Uint8Array, at);
  if (image.tried === true || image.good === true)
    storage.flash.fill(0, at + TRIED_AT, at + GOOD_AT);
  if (image.good === true) storage.flash.fill(0, at + GOOD_AT, at + GOOD_AT + 4);
}

const said = (text: string) => `print("${text}");print(global.image.slice(0,4).join(" "));`;

function newStorage(): HostStorage {
  const storage = createHostStorage();
  storage.files.set("onekey", Buffer.from(said("factory"), "latin1"));
  return storage;
}

interface Run {
  lines: string[];
  restarts: number;
  bitten: number;
  let(ms: number): void;
}

async function start(storage: HostStorage, storageChance?: StorageChance): Promise<Run> {
  const clock = createVirtualClock();
  const run: Run = {
    lines: [],
    restarts: 0,
    bitten: 0,
    let: (ms) => clock.advanceBy(ms),
  };
  createEspruinoHost({
    code: (await buildLoader("rak5010")).minified,
    board: "rak5010",
    clock,
    storage,
    storageChance,
    onWrite: () => undefined,
    onLine: (line) => run.lines.push(line),
    onRestart: () => {
      run.restarts += 1;
    },
    onWatchdog: () => {
      run.bitten += 1;
    },
  });
  return run;
}

test("with no image in a slot the factory's runs, and is told so", async () => {
  assert.equal((await start(newStorage())).lines, ["factory", "0 0 0 0"]);
});

test("a new image is begun once: the mark stands before its first line [pager §1.3]", async () => {
  const storage = newStorage();
  put(storage, 1, {});
  const marked = () => storage.flash[headPlace(storage, 1) + TRIED_AT] === 0;
  assert.not.ok(marked());
  assert.equal((await start(storage)).lines, ["slot 1", "1 1 1 71"]);
  assert.ok(marked());
  assert.equal((await start(storage)).lines, ["factory", "0 0 1 0"]);
});

test("one that was kept runs at each start, and the newest of two", async () => {
  const storage = newStorage();
  put(storage, 1, { good: true, generation: 3 });
  put(storage, 2, { good: true, generation: 2 });
  assert.equal((await start(storage)).lines, ["slot 1", "1 0 3 71"]);
  assert.equal((await start(storage)).lines, ["slot 1", "1 0 3 71"]);
});

test("behind a trial in vain the image before it runs, not the factory's, and is told which failed", async () => {
  const storage = newStorage();
  put(storage, 1, { good: true });
  put(storage, 2, { text: 'print(global.image[5]);throw new Error("bad");' });
  const run = await start(storage);
  assert.equal(run.lines, ["0"]);
  assert.is(run.restarts, 1, "an image that fails at its start ends it at once");
  storage.flash.set(Buffer.from("print(global.image[5]);      "), placeOf(storage, pageOfSlot(1)));
  put(storage, 1, { good: true, text: "print(global.image[5]);" });
  assert.equal((await start(storage)).lines, ["72"]);
});

test("one wrong bit, and it is no image", async () => {
  const storage = newStorage();
  put(storage, 1, { good: true });
  storage.flash[placeOf(storage, pageOfSlot(1)) + 3] ^= 1;
  assert.equal((await start(storage)).lines, ["factory", "0 0 0 0"]);
});

test("half a head is none", async () => {
  for (let octets = 0; octets < TRIED_AT - 4; octets += 4) {
    const storage = newStorage();
    put(storage, 1, {});
    const at = headPlace(storage, 1);
    storage.flash.fill(255, at + octets, at + TRIED_AT);
    assert.is((await start(storage)).lines[0], "factory", `${octets} octets of it`);
  }
});

test("where its mark can't be written a new image is not begun", async () => {
  const storage = newStorage();
  put(storage, 1, {});
  assert.equal((await start(storage, () => "fails")).lines, ["factory", "0 0 0 0"]);
});

test("a new image that hangs is ended by the watchdog, one that never proves itself by the loader", async () => {
  const storage = newStorage();
  put(storage, 1, {});
  const hung = await start(storage);
  hung.let(WATCHDOG_MS + 1000);
  assert.is(hung.bitten, 1);
  put(storage, 2, { text: "setInterval(function(){E.kickWatchdog()},10000);" });
  const silent = await start(storage);
  silent.let(TRIAL_MS_MAX - 1000);
  assert.equal([silent.bitten, silent.restarts], [0, 0]);
  silent.let(2000);
  assert.equal([silent.bitten, silent.restarts], [0, 1]);
});

test("one that was kept in time is left alone", async () => {
  const storage = newStorage();
  put(storage, 1, { text: "setInterval(function(){E.kickWatchdog()},10000);" });
  const run = await start(storage);
  const at = headPlace(storage, 1);
  storage.flash.fill(0, at + GOOD_AT, at + GOOD_AT + 4);
  run.let(2 * TRIAL_MS_MAX);
  assert.equal([run.bitten, run.restarts], [0, 0]);
});

test("an interpreter that leaves too little room runs the factory's image, and takes no update", async () => {
  const storage = newStorage();
  const small = { ...storage, flash: storage.flash.subarray(0, (PAGES - 1) * PAGE_OCTETS) };
  small.files.set("onekey", Buffer.from("print(typeof global.image);"));
  assert.equal((await start(small)).lines, ["undefined"]);
});

test.run();
