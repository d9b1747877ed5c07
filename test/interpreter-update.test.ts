// An image pulled, begun and kept on the real interpreter, which is killed behind each access of its storage.
// Real time, real processes, a real platform; skipped aloud where the interpreter is missing.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { SLOT_PAGES } from "../firmware/core/image-slots.ts";
import { openPlatform, type Platform } from "../sdk/platform.ts";
import { buildLoader, linuxProgram } from "../tools/build/espruino.ts";
import { linuxBundle } from "./flow-pager.ts";
import { type InterpreterPager, openPager } from "./interpreter-pager.ts";
import { need, ran } from "./need.ts";

const espruino = need("espruino");
const socat = need("socat");
const AT_ONCE = 8;
/** Accesses of an update, at most: those of its slot, and of the journal beside them. */
const CUTS_MAX = 40;
/**
 * A program of its own that goes on as the factory's does: what it is told, and what becomes of it, is
 * as with one of 140 blocks, which take a minute and more to pull.
 */
const IMAGE = Buffer.from(`onekeyFactory();//${"0123456789abcdef".repeat(170)}`);
const WEARER = { name: "Li", by: "Li" };

interface Scene {
  platform: Platform;
  binary: string;
  dir: string;
  program: string;
  hash: string;
}

/** Reads on until the pager says such a line, without the number before it. */
async function heard(pager: InterpreterPager, start: string): Promise<string> {
  for (;;) {
    const line = (await pager.next()).replace(/^\d+ /, "");
    if (line.startsWith(start)) return line;
    if (line.startsWith("end ")) throw new Error(`${pager.id} waited for "${start}": ${line}`);
  }
}

/** It has asked for a start, and its process has ended. */
async function startAgain(pager: InterpreterPager): Promise<void> {
  for (let line = await pager.next(); !line.startsWith("end "); ) line = await pager.next();
  await pager.restart();
}

/** A pager that the platform knows, on its charger, with the update asked for. */
async function begin(scene: Scene, n: number): Promise<InterpreterPager> {
  const { platform, dir, binary, program } = scene;
  const pager = await openPager(platform, dir, n, binary, program);
  await heard(pager, "image 0");
  await heard(pager, "delivered a");
  pager.evaluate("charge(true)");
  await platform.pagers.update(pager.id, { hash: scene.hash, by: WEARER.by });
  return pager;
}

/** It calls for help, and feels that somebody has it. */
async function expectHelp({ platform }: Scene, pager: InterpreterPager): Promise<void> {
  pager.setKey(true);
  await heard(pager, "cue raised");
  pager.setKey(false);
  await heard(pager, "cue delivered");
  const [alarm] = (await platform.alarms.list()).filter((one) => one.pager === pager.id);
  await platform.alarms.take(alarm.id, WEARER.name);
  await heard(pager, "cue taken");
  await platform.alarms.close(alarm.id, WEARER.name, "real");
  await heard(pager, "cue closed");
}

async function end(pager: InterpreterPager): Promise<void> {
  const { sha256 } = await linuxBundle;
  ran({ engine: "espruino", version: pager.version, bundle: sha256, tests: 1 });
  await pager.close();
}

/** Killed behind the n-th access of its storage since the update began; true where it was. */
async function cutLife(scene: Scene, n: number): Promise<boolean> {
  const pager = await begin(scene, n);
  pager.evaluate(`cutAfter(${n})`);
  for (let line = await pager.next(); ; line = await pager.next()) {
    if (line.startsWith("end ")) throw new Error(`cut ${n}: ${line}`);
    if (line !== "cut" && line !== "restart") continue;
    if (line === "cut") await pager.restart();
    else await startAgain(pager);
    const runs = await heard(pager, "image ");
    // A cut behind the head's own write falls between two images.
    assert.ok(runs === "image 0" || runs === "image 1 on trial", `cut ${n}: ${runs}`);
    await expectHelp(scene, pager);
    await end(pager);
    return line === "cut";
  }
}

async function outcomeOf({ platform }: Scene, id: string): Promise<unknown> {
  const [command] = await platform.commands.list(id);
  return command.state === "ended" ? command.outcome : command.state;
}

/** Not cut: kept, and there at the next start. */
async function wholeLife(scene: Scene): Promise<void> {
  const pager = await begin(scene, 1000);
  await heard(pager, "restart");
  await startAgain(pager);
  assert.is(await heard(pager, "image "), "image 1 on trial");
  await heard(pager, "update: is kept");
  await heard(pager, "delivered o");
  assert.is(await outcomeOf(scene, pager.id), "done");
  await pager.restart();
  assert.is(await heard(pager, "image "), "image 1");
  await expectHelp(scene, pager);
  await end(pager);
}

/** Killed on trial: the image before it is back, and says so. */
async function trialLife(scene: Scene): Promise<void> {
  const pager = await begin(scene, 1001);
  await heard(pager, "restart");
  await startAgain(pager);
  assert.is(await heard(pager, "image "), "image 1 on trial");
  await pager.restart();
  assert.is(await heard(pager, "image "), "image 0");
  await heard(pager, "delivered o");
  assert.is(await outcomeOf(scene, pager.id), "failed");
  await expectHelp(scene, pager);
  await end(pager);
}

test("the interpreter pulls a whole image, begins it, keeps it, and outlives a kill on the way", async () => {
  if (espruino === undefined || socat === undefined) return;
  const dir = mkdtempSync(join(tmpdir(), "onekey-update-"));
  const platform = await openPlatform({ dataDir: join(dir, "data"), udpPort: 0, httpPort: 0 });
  try {
    const factory = await linuxBundle;
    const program = linuxProgram(await buildLoader("espruino-linux"), factory);
    const { hash } = await platform.images.add({
      bytes: IMAGE,
      firmware: 2,
      board: "espruino-linux",
      by: WEARER.by,
    });
    const scene = { platform, binary: espruino, dir, program, hash };
    let cuts = 0;
    let n = 0;
    let whole = false;
    const work = async () => {
      while (!whole && n < CUTS_MAX) {
        n += 1;
        if (await cutLife(scene, n)) cuts += 1;
        else whole = true;
      }
    };
    await Promise.all([
      wholeLife(scene),
      trialLife(scene),
      ...Array.from({ length: AT_ONCE - 2 }, work),
    ]);
    console.log(`${cuts} accesses of storage were cut`);
    assert.ok(whole && cuts > SLOT_PAGES, `${cuts} cuts`);
  } finally {
    await platform.close();
    rmSync(dir, { recursive: true, force: true });
  }
});

test.run();
