// The real interpreter is killed behind each write of its own storage, from the hold to the close.
// Real time, real processes, a real platform; skipped aloud where the interpreter is missing.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { openPlatform, type Platform } from "../sdk/platform.ts";
import { linuxBundle } from "./flow-pager.ts";
import { openPager } from "./interpreter-pager.ts";
import { need, ran } from "./need.ts";

const espruino = need("espruino");
const socat = need("socat");
/** An alarm that is taken and closed makes fewer accesses. */
const CUTS_MAX = 30;
/** So many pagers at once: each mostly waits for its own key and modem. */
const AT_ONCE = 8;

interface Life {
  /** Killed on the way, or whole because it made fewer accesses. */
  cut: boolean;
  alarms: number;
  cues: string[];
}

/** An alarm from the hold to its close, with the process killed behind the n-th access. */
async function live(platform: Platform, dir: string, n: number, binary: string): Promise<Life> {
  const pager = await openPager(platform, dir, n, binary);
  const own = async () =>
    (await platform.alarms.list()).filter((alarm) => alarm.pager === pager.id);
  const life: Life = { cut: false, alarms: 0, cues: [] };
  pager.evaluate(`cutAfter(${n})`);
  pager.setKey(true);
  for (let line = await pager.next(); line !== "cue closed"; line = await pager.next()) {
    if (line.startsWith("end ")) throw new Error(`cut ${n}: ${line}`);
    if (line === "cut") {
      life.cut = true;
      await pager.restart();
      // A wearer who was told nothing yet holds on.
      if (!life.cues.includes("cue raised")) pager.setKey(true);
    }
    if (!line.startsWith("cue ") || line === "cue tick") continue;
    life.cues.push(line);
    if (line === "cue raised") pager.setKey(false);
    const [alarm] = await own();
    if (line === "cue delivered" && alarm.stage === "delivered") {
      await platform.alarms.take(alarm.id, "Li");
    }
    if (line === "cue taken" && alarm.stage === "taken")
      await platform.alarms.close(alarm.id, "Li", "real");
  }
  life.alarms = (await own()).length;
  const { sha256 } = await linuxBundle;
  ran({ engine: "espruino", version: pager.version, bundle: sha256, tests: 1 });
  await pager.close();
  return life;
}

test("the interpreter killed behind any write of its storage delivers its alarm exactly once", async () => {
  if (espruino === undefined || socat === undefined) return;
  const dir = mkdtempSync(join(tmpdir(), "onekey-cut-"));
  const platform = await openPlatform({ dataDir: join(dir, "data"), udpPort: 0, httpPort: 0 });
  try {
    let cuts = 0;
    let whole = false;
    for (let first = 1; !whole && first < CUTS_MAX; first += AT_ONCE) {
      const lives = await Promise.all(
        Array.from({ length: AT_ONCE }, (_, at) => live(platform, dir, first + at, espruino)),
      );
      for (const [at, { cut, alarms, cues }] of lives.entries()) {
        assert.is(alarms, 1, `killed behind access ${first + at}: ${cues.join(", ")}`);
        if (cut) cuts += 1;
        else whole = true;
      }
    }
    console.log(`${cuts} accesses of storage were cut`);
    assert.ok(whole && cuts >= 5, `${cuts} cuts`);
  } finally {
    await platform.close();
    rmSync(dir, { recursive: true, force: true });
  }
});

test.run();
