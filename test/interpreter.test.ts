// The same bundle on the real interpreter: Serial1 on a pseudo-terminal to `onekey modem`.
// Real time, real processes, real sockets; skipped aloud where the interpreter is missing.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { openPlatform, type Platform } from "../sdk/platform.ts";
import { provisioningLines } from "../tools/serial/provision.ts";
import { startInterpreter } from "../tools/simulator/interpreter.ts";
import { openPtyPair } from "../tools/simulator/pty-pair.ts";
import { startVirtualPager } from "../tools/simulator/virtual-pager.ts";
import { linuxBundle } from "./flow-pager.ts";
import { need, ran } from "./need.ts";

const espruino = need("espruino");
const socat = need("socat");
const recordings = need("nmea");
const RECORDING = "neo-m8n.log";

interface Bench {
  platform: Platform;
  dir: string;
  lines: string[];
  /** Resolves at the first line, past or to come, that holds `text`. */
  said(text: string): Promise<void>;
  pager: Awaited<ReturnType<typeof startVirtualPager>>;
  close(): Promise<void>;
}

function startModem(port: string, gnss: string): ChildProcess {
  const words = ["--import", "tsx", "tools/cli/main.ts", "modem", "--port", port, "--gnss", gnss];
  return spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
}

/** Platform, `onekey modem` on one end of a pair of lines, the interpreter on the other. */
async function openBench(binary: string, gnss: string): Promise<Bench> {
  const dir = mkdtempSync(join(tmpdir(), "onekey-interpreter-"));
  const platform = await openPlatform({ dataDir: join(dir, "data"), udpPort: 0, httpPort: 0 });
  const { provisioning } = await platform.pagers.register({ name: "1", person: { name: "Wang" } });
  const pair = await openPtyPair(dir);
  const modem = startModem(pair.modemPath, gnss);
  const lines: string[] = [];
  let heard: () => void = () => {};
  const hear = (line: string) => {
    lines.push(line);
    heard();
  };
  const said = async (text: string) => {
    while (!lines.some((line) => line.includes(text))) {
      const end = lines.find((line) => line.startsWith("end "));
      if (end !== undefined) throw new Error(`${end}, before it said "${text}"`);
      await new Promise<void>((resolve) => {
        heard = resolve;
      });
    }
  };
  createInterface({ input: modem.stdout as NodeJS.ReadableStream }).on("line", (line) =>
    hear(`modem ${line}`),
  );
  modem.on("exit", (code) => hear(`end onekey modem: exit code ${code}`));
  await said("Ctrl-C ends");
  const { minified: code } = await linuxBundle;
  const pager = await startVirtualPager({
    start: (ports) => startInterpreter({ ...ports, code, binary, dir }),
    provisioning: provisioningLines({
      provisioning,
      addresses: [`127.0.0.1:${platform.udp.port}`],
      apn: "cmiot",
    }),
    onCue: (cue) => hear(`cue ${cue}`),
    onLine: (line) => hear(`pager ${line}`),
    onEnd: (reason) => hear(`end ${reason}`),
  });
  return {
    platform,
    dir,
    lines,
    said,
    pager,
    async close() {
      await pager.close();
      const ended = once(modem, "exit");
      if (modem.kill("SIGINT")) await ended;
      await pair.close();
      await platform.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Every place of a recording as the modem tells it: five decimals of a degree. */
function recordedPlaces(file: string): Set<string> {
  const places = new Set<string>();
  const degrees = (text: string, sign: string) => {
    const at = text.indexOf(".") - 2;
    const value = Number(text.slice(0, at)) + Number(text.slice(at)) / 60;
    return (sign === "S" || sign === "W" ? -value : value).toFixed(5);
  };
  const sentence = /^\$..(?:RMC,[^,]*,A|GGA,[^,]*),(\d+\.\d+),([NS]),(\d+\.\d+),([EW])/gm;
  for (const [, lat, ns, lon, ew] of readFileSync(file, "latin1").matchAll(sentence)) {
    places.add(`${degrees(lat, ns)},${degrees(lon, ew)}`);
  }
  return places;
}

async function onBench(run: (bench: Bench, file: string) => Promise<void>): Promise<void> {
  if (espruino === undefined || socat === undefined || recordings === undefined) return;
  const file = join(recordings, RECORDING);
  const bench = await openBench(espruino, file);
  try {
    await run(bench, file);
    const { sha256 } = await linuxBundle;
    ran({ engine: "espruino", version: bench.pager.version, bundle: sha256, tests: 1 });
  } finally {
    await bench.close();
  }
}

test("the bundle on the interpreter raises the alarm with the recorded place", async () => {
  await onBench(async ({ platform, said, pager }, file) => {
    await said("radio ready");
    pager.setKey(true);
    await said("cue raised");
    pager.setKey(false);
    await said("cue delivered");
    const [alarm] = await platform.alarms.list();
    await platform.alarms.take(alarm.id, "Li");
    await said("cue taken");
    await said("delivered r");
    const rows = await platform.alarms.list();
    assert.is(rows.length, 1);
    const [{ latitude, longitude, source }] = rows[0].positions;
    const place = `${(latitude / 1e7).toFixed(5)},${(longitude / 1e7).toFixed(5)}`;
    assert.ok(recordedPlaces(file).has(place), `${place} stands in the recording`);
    assert.is(source, "satellites");
  });
});

test("the interpreter killed right after the hold delivers the alarm once it runs again", async () => {
  await onBench(async ({ platform, said, pager, lines }) => {
    // Before the radio is ready nothing can have left: only storage knows of the alarm.
    await said("radio searching");
    pager.setKey(true);
    await said("cue raised");
    await pager.cutPower();
    assert.not(lines.includes("cue delivered"));
    await said("cue delivered");
    assert.is((await platform.alarms.list()).length, 1);
  });
});

test.run();
