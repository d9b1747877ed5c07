// `onekey demo`: platform, desk and virtual pagers on this computer, each the built bundle.
// Everything it stores lies in a fresh folder that goes when it ends, unless one is named.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { mountFolder } from "../../sdk/api/app.ts";
import { systemClock } from "../../sdk/clock.ts";
import { OnekeyError } from "../../sdk/error.ts";
import { HTTP_PORT, openPlatform, type Platform } from "../../sdk/platform.ts";
import { buildEspruino } from "../build/espruino.ts";
import { createPlayer, readRecording } from "../simulator/gnss-player.ts";
import { PAGER_TTY } from "../simulator/pty-pair.ts";
import { type DemoPagers, startDemoPagers } from "./demo-pagers.ts";
import { mountDemo } from "./demo-routes.ts";
import { deskFolder } from "./desk-folder.ts";
import { portOf, stopSignal } from "./running.ts";
import { addTileOptions, imageSources, mountTiles, type TileOptions } from "./tiles.ts";

interface DemoOptions extends TileOptions {
  pagers: number;
  engine: "host" | "espruino";
  http?: number;
  host: string;
  data?: string;
  gnss?: string;
  json?: boolean;
}

export const demoCommand = addTileOptions(new Command("demo"))
  .description("platform, desk and virtual pagers to press, on this computer")
  .option("--pagers <count>", "how many virtual pagers, 1 to 50", countOf, 1)
  .addOption(
    new Option("--engine <engine>", "what runs the bundle: this process, or an interpreter")
      .choices(["host", "espruino"])
      .default("host"),
  )
  .option("--http <port>", `HTTP port; without it ${HTTP_PORT}, or any free one`, portOf)
  .option("--host <address>", "address to listen on", "127.0.0.1")
  .option("--data <dir>", "keep the platform's data in this folder")
  .option("--gnss <file>", "where the wearers are: recorded NMEA instead of a walk")
  .option("--json", "print for machines")
  .action(demo);

// internal

async function demo(options: DemoOptions): Promise<void> {
  const say = (text: string) => {
    if (options.json !== true) process.stdout.write(`${text}\n`);
  };
  const dir = mkdtempSync(join(tmpdir(), "onekey-demo-"));
  const closers: (() => Promise<void> | void)[] = [
    () => rmSync(dir, { recursive: true, force: true }),
  ];
  try {
    const gnss = playerOf(options.gnss);
    say("building the firmware bundle and the desk ...");
    const [bundle, desk] = await Promise.all([
      buildEspruino({ board: "espruino-linux", define: { MODEM_TTY: PAGER_TTY } }),
      deskFolder(undefined),
    ]);
    let pagers: DemoPagers | undefined;
    const platform = await openDemoPlatform(options, join(dir, "data"), desk, () => {
      if (pagers !== undefined) return pagers;
      throw new OnekeyError("closed", "The virtual pagers are still starting: try again.");
    });
    closers.push(() => platform.close());
    pagers = await startDemoPagers({
      platform,
      count: options.pagers,
      code: bundle.minified,
      espruino: options.engine === "espruino" ? (process.env.ESPRUINO ?? "espruino") : undefined,
      dir: join(dir, "pagers"),
      gnss,
      onEnd: (pager, reason) => process.stderr.write(`onekey: pager ${pager}: ${reason}\n`),
    });
    const started = pagers;
    closers.push(() => started.close());
    await announce(options, platform, started, bundle.sha256, say);
    await stopSignal();
    say("stopping ...");
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

/** Without a named port a busy one is no reason to stop: any free one will do. */
async function openDemoPlatform(
  options: DemoOptions,
  dataDir: string,
  deskDir: string,
  pagers: () => DemoPagers,
): Promise<Platform> {
  const open = (httpPort: number) =>
    openPlatform({
      dataDir: options.data ?? dataDir,
      udpPort: 0,
      httpPort,
      host: options.host,
      imageSources: imageSources(options),
      mount(app) {
        mountDemo(app, pagers);
        mountTiles(app, options);
        mountFolder(app, deskDir);
      },
      onFault: (error) => process.stderr.write(`onekey: ${error}\n`),
    });
  try {
    return await open(options.http ?? HTTP_PORT);
  } catch (error) {
    const busy = error instanceof OnekeyError && error.code === "port-taken";
    if (!busy || options.http !== undefined) throw error;
    return open(0);
  }
}

async function announce(
  options: DemoOptions,
  platform: Platform,
  pagers: DemoPagers,
  bundle: string,
  say: (text: string) => void,
): Promise<void> {
  const link = await platform.openLink();
  if (options.json === true) {
    const facts = { link, udp: platform.udp.port, engine: pagers.engine, bundle };
    process.stdout.write(`${JSON.stringify(facts)}\n`);
    return;
  }
  say(`
  Onekey 一键通 demo

  open   ${link}
         (this link opens the desk once; 此链接只能打开一次)

  pagers ${options.pagers} on ${pagers.engine}
  bundle ${bundle}
  udp    127.0.0.1:${platform.udp.port}

  Hold the key for 3 seconds, then take the alarm.  按住 3 秒，然后接警。  Ctrl-C ends.
`);
}

function playerOf(file: string | undefined) {
  if (file === undefined) return undefined;
  const recording = readRecording(file);
  return () => createPlayer({ recording, startMs: systemClock.nowMs() });
}

function countOf(text: string): number {
  const count = Number(text);
  if (/^\d{1,2}$/.test(text) && count >= 1 && count <= 50) return count;
  throw new InvalidArgumentError("give a count from 1 to 50");
}
