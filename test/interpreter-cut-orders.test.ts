// The real interpreter is killed behind each write of a change of settings and of a renewal of keys.
// Real time, real processes, a real platform; skipped aloud where the interpreter is missing.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { openPlatform, type Platform } from "../sdk/platform.ts";
import { linuxBundle } from "./flow-pager.ts";
import { type InterpreterPager, openPager } from "./interpreter-pager.ts";
import { need, ran } from "./need.ts";

const espruino = need("espruino");
const socat = need("socat");
/** So many pagers at once: each mostly waits for its own key and modem. */
const AT_ONCE = 9;
const BY = "Li";
const DECLARED: [number, number | string][] = [
  [1, 3000],
  [3, 30],
  [68, ""],
];
const CHANGED: [number, number | string][] = [
  [1, 1500],
  [3, 60],
  [68, "+8613812345678"],
];

interface Order {
  name: string;
  /** Asked of the platform once the pager was heard. */
  ask(platform: Platform, pager: string): Promise<unknown>;
  /** So many accesses at least: those behind the last one are lives without a cut. */
  accessesMin: number;
}

const SETTINGS: Order = {
  name: "changeSettings",
  accessesMin: 6,
  ask: (platform, pager) =>
    platform.commands.send(pager, {
      command: "changeSettings",
      values: { settings: 1, list: CHANGED },
      by: BY,
    }),
};

const RENEWAL: Order = {
  name: "renew",
  accessesMin: 6,
  ask: (platform, pager) => platform.pagers.renew(pager, BY),
};

/** Passes over what it says until one of these; a pager that ends is a fault. */
async function until(pager: InterpreterPager, ...wanted: string[]): Promise<string> {
  for (;;) {
    const line = await pager.next();
    if (line.startsWith("end ")) throw new Error(line);
    if (wanted.some((one) => line === one || line.endsWith(` ${one}`))) return line;
  }
}

async function click(pager: InterpreterPager): Promise<void> {
  pager.evaluate("press(200)");
  await until(pager, "cue checkinDelivered");
}

/** A hold until it is felt, then delivered, taken and closed. */
async function callForHelp(platform: Platform, pager: InterpreterPager): Promise<void> {
  pager.setKey(true);
  await until(pager, "cue raised");
  pager.setKey(false);
  await until(pager, "cue delivered");
  const [alarm] = (await platform.alarms.list()).filter((one) => one.pager === pager.id);
  await platform.alarms.take(alarm.id, BY);
  await until(pager, "cue taken");
  await platform.alarms.close(alarm.id, BY, "real");
  await until(pager, "cue closed");
}

/** What it says its settings are. */
async function readSettings(platform: Platform, pager: InterpreterPager) {
  const after = await platform.cursor();
  await platform.commands.send(pager.id, { command: "readSettings", by: BY });
  for await (const event of platform.events({ after })) {
    if (event.kind === "told" && event.message === "settings" && event.pager === pager.id) {
      return event.values;
    }
  }
  throw new Error("the platform has closed");
}

/** All of the change or nothing of it, as the pager says it. */
async function expectWhole(platform: Platform, pager: InterpreterPager, where: string) {
  const { settings, list } = await readSettings(platform, pager);
  assert.ok(Array.isArray(list), where);
  const said = (key: number) =>
    (list as unknown[]).find((_, i, all) => i % 2 > 0 && all[i - 1] === key);
  for (const [key, value] of settings === 1 ? CHANGED : DECLARED) {
    const wanted = typeof value === "number" ? value : Buffer.from(value).toString("hex");
    assert.is(said(key), wanted, `${where}: ${key} of version ${settings}`);
  }
}

/** True where the order was cut; it makes fewer accesses otherwise. */
async function live(
  order: Order,
  platform: Platform,
  dir: string,
  n: number,
  binary: string,
): Promise<boolean> {
  const where = `${order.name}, killed behind access ${n}`;
  const pager = await openPager(platform, dir, n, binary);
  try {
    await click(pager);
    pager.evaluate(`cutAfter(${n})`);
    await order.ask(platform, pager.id);
    const cut = (await until(pager, "cut", "delivered o")) === "cut";
    if (cut) await pager.restart();
    else pager.evaluate("cutAfter(0)");
    await callForHelp(platform, pager);
    await click(pager);
    const alarms = (await platform.alarms.list()).filter((alarm) => alarm.pager === pager.id);
    assert.is(alarms.length, 1, where);
    await expectWhole(platform, pager, where);
    const { sha256 } = await linuxBundle;
    ran({ engine: "espruino", version: pager.version, bundle: sha256, tests: 1 });
    return cut;
  } finally {
    await pager.close();
  }
}

async function cutEverywhere(order: Order): Promise<void> {
  if (espruino === undefined || socat === undefined) return;
  const dir = mkdtempSync(join(tmpdir(), "onekey-cut-"));
  const platform = await openPlatform({ dataDir: join(dir, "data"), udpPort: 0, httpPort: 0 });
  try {
    let cuts = 0;
    let whole = false;
    for (let first = 1; !whole; first += AT_ONCE) {
      const lives = await Promise.all(
        Array.from({ length: AT_ONCE }, (_, at) =>
          live(order, platform, dir, first + at, espruino),
        ),
      );
      for (const cut of lives) {
        if (cut) cuts += 1;
        else whole = true;
      }
    }
    console.log(`${cuts} accesses of ${order.name} were cut`);
    assert.ok(cuts >= order.accessesMin, `${cuts} cuts`);
  } finally {
    await platform.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

test("the interpreter killed behind any write of a change of settings has the old or the new ones, and delivers an alarm once", () =>
  cutEverywhere(SETTINGS));

test("the interpreter killed behind any write of a renewal of keys has a context that works, and delivers an alarm once", () =>
  cutEverywhere(RENEWAL));

test.run();
