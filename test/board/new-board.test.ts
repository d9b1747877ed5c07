// A board that isn't in the tree, written by the seven steps alone: an alarm of it is stored and taken.
// The bundle runs on the Espruino host; modem, path, gateway and store are those of the storms.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Event } from "../../sdk/events.ts";
import { bundleEspruino } from "../../tools/build/espruino.ts";
import { projectFolder } from "../../tools/build/project.ts";
import { provisioningPages } from "../../tools/serial/provision.ts";
import { createChance } from "../../tools/simulator/chance.ts";
import { createVirtualClock } from "../../tools/simulator/clock.ts";
import { createHostStorage } from "../../tools/simulator/espruino/storage.ts";
import { createEspruinoHost } from "../../tools/simulator/espruino-host.ts";
import { scriptFaults } from "../../tools/simulator/faults.ts";
import { createModem } from "../../tools/simulator/modem.ts";
import { fairWeather } from "../../tools/simulator/storm/fair-weather.ts";
import { createPlatformBody } from "../../tools/simulator/storm/platform-body.ts";
import { createRadioPath, PLATFORM_ADDRESSES } from "../../tools/simulator/storm/radio-path.ts";
import { createTextPath } from "../../tools/simulator/storm/text-path.ts";
import { runUntil } from "../../tools/simulator/storm/world.ts";
import type { Seen } from "../../tools/simulator/storm/world-event.ts";
import { putRawPage } from "../espruino/raw-pages.ts";
import { bundleOffences } from "../house/bundle-check.ts";
import { showOffence } from "../house/program.ts";

const ENTRY = "test/board/bundle/nrf52840dk.ts";
/** Low is down, and low is lit. */
const KEY = "D11";
const RED = "D13";
const GREEN = "D14";
const DTR = "D26";
const POWER_KEY = "D27";

/** Built once a process. */
const kitBundle = bundleEspruino(ENTRY, {}, "chip");

async function startKit() {
  const { minified: code } = await kitBundle;
  const clock = createVirtualClock();
  const chance = createChance(1);
  const weather = fairWeather(() => false);
  const events: Event[] = [];
  const see = (seen: Seen) => {
    if (seen.kind === "stored") events.push(seen.event);
  };
  const path = createRadioPath({ clock, see, weather, chance: chance.fork("path") });
  const texts = createTextPath({ clock, see });
  const desk = { clock, chance: chance.fork("platform"), weather, see, path, texts };
  const platform = await createPlatformBody({ ...desk, onRestore: () => undefined });
  const { pager, provisioning } = await platform.register("kit");
  const storage = createHostStorage();
  const order = { provisioning, addresses: [...PLATFORM_ADDRESSES], apn: "cmiot" };
  for (const { page, bytes } of provisioningPages(order)) {
    putRawPage(storage, page, bytes);
  }
  const modem = createModem({
    clock,
    network: path.addPager(pager.id, weather, chance.fork("way")),
    gnss: { fixAt: () => undefined },
    chance: chance.fork("modem"),
    faults: scriptFaults(),
  });
  const levels: Record<string, number> = {};
  let pulseFromMs = 0;
  const host = createEspruinoHost({
    code,
    board: "rak5010",
    clock,
    storage,
    // 3942 mV behind the divider.
    analog: () => 0.73,
    onWrite: (text) => modem.fromPager(text),
    onLine(line) {
      throw new Error(`the bundle printed: ${line}`);
    },
    onPin(pin, level) {
      if (pin === DTR && levels[DTR] !== undefined) modem.rest(level === 1);
      if (pin === POWER_KEY && level === 1) pulseFromMs = clock.nowMs();
      if (pin === POWER_KEY && levels[pin] === 1) modem.powerKey(clock.nowMs() - pulseFromMs);
      levels[pin] = level;
    },
  });
  modem.onToPager((text) => host.feedSerial(text));
  host.setPin(KEY, 1);
  return {
    host,
    modem,
    platform,
    events,
    levels,
    run: (ms: number) => runUntil(clock, platform, clock.nowMs() + ms, () => true),
  };
}

test("a held key of the kit is an alarm that is stored, taken by a person, and shown as taken", async () => {
  const kit = await startKit();
  const { host, platform, events, levels, run } = kit;
  await run(60_000);
  assert.equal(
    events.filter((event) => event.kind === "pagerBound").map(({ board }) => board),
    [23],
    "it says which board it is, also one that nobody has named",
  );
  host.setPin(KEY, 0);
  await run(3500);
  host.setPin(KEY, 1);
  await run(20_000);
  const alarms = events.flatMap((event) =>
    event.kind === "alarmRaised" ? [{ letter: event.letter, alarm: event.alarm }] : [],
  );
  assert.is(alarms.length, 1);
  const [{ letter, alarm }] = alarms;
  assert.is(letter, "s");
  assert.is(levels[RED] + levels[GREEN], 0, "amber stays: it is stored");
  platform.take(alarm);
  await run(20_000);
  assert.equal(
    events.filter((event) => event.kind === "wordObeyed").map(({ word }) => word),
    ["taken"],
  );
  assert.equal([levels[RED], levels[GREEN]], [1, 0], "green stays: somebody has it");
  assert.is(events.filter((event) => event.kind === "alarmRaised").length, 1);
  assert.equal(kit.modem.violations, []);
  assert.is(host.evaluate("1 + 1"), "", "a provisioned kit has no console");
});

test("a chip's bundle doesn't begin by taking memory, and has nothing that Espruino lacks", async () => {
  const { plain, minified } = await kitBundle;
  assert.not.match(minified, "length<2e5", "that is for the interpreter on Linux alone");
  const offences = bundleOffences([plain], "kit").flat();
  assert.is(offences.map(showOffence).join("\n"), "");
});

/** What is in backquotes and looks like a path, or a command of ours. */
const PATHS = /`([a-z]+\/[\w./-]+)`/g;

test("the seven steps name files that exist", () => {
  const page = readFileSync(join(projectFolder, "firmware/README.md"), "utf8");
  const [, from] = page.split("## A new board\n");
  const [section] = from.split("\n## ");
  const steps = section.split("\n").filter((line) => /^\d\. /.test(line));
  assert.equal(
    steps.map((line) => line.charAt(0)),
    ["1", "2", "3", "4", "5", "6", "7"],
  );
  const paths = [...section.matchAll(PATHS)].map(([, path]) => path);
  assert.ok(paths.length >= 10, `${paths.length} paths are named`);
  // Of this folder, or of the project's.
  const isThere = (path: string) =>
    [path, `firmware/${path}`].some((one) => existsSync(join(projectFolder, one)));
  assert.equal(
    paths.filter((path) => !isThere(path)),
    [],
  );
});

test.run();
