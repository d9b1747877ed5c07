// `onekey serve`: the platform as a process, until it is told to stop.
// Prints addresses and a one-time link; never a key, and no token but that link's.

import { Command } from "commander";
import { mountFolder } from "../../sdk/api/app.ts";
import {
  HTTP_PORT,
  makeLink,
  makeSmsToken,
  makeToken,
  markRestored,
  openPlatform,
  type Platform,
  UDP_PORT,
} from "../../sdk/platform.ts";
import { deskFolder } from "./desk-folder.ts";
import { portOf, stopSignal } from "./running.ts";
import { addSmsOptions, openSms, type SmsOptions } from "./sms.ts";
import { addTileOptions, imageSources, mountTiles, type TileOptions } from "./tiles.ts";

interface ServeOptions extends TileOptions, SmsOptions {
  data: string;
  udp: number;
  http: number;
  host: string;
  desk?: string;
  link?: boolean;
  token?: string;
  smsToken?: boolean;
  discovery?: boolean;
  restored?: boolean;
  trace?: boolean;
  json?: boolean;
}

export const serveCommand = addSmsOptions(addTileOptions(new Command("serve")))
  .description("the platform: gateway, store, API and desk")
  .option("--data <dir>", "folder of the database and its key file", ".onekey")
  .option("--udp <port>", "UDP port for pagers, 0 for any", portOf, UDP_PORT)
  .option("--http <port>", "HTTP port for desk and API, 0 for any", portOf, HTTP_PORT)
  .option("--host <address>", "address to listen on", "127.0.0.1")
  .option("--desk <dir>", "a built page of the desk, instead of building it")
  .option("--token <label>", "print a new token for a program, named so in the log, and end")
  .option("--sms-token", "print a new token with which a provider hands in SMS, and end")
  .option("--link", "print a new one-time link for this data folder and end")
  .option("--restored", "the database was put back from a copy: prepare it once, and end")
  .option("--discovery", "answer strangers at /.well-known/core, and their mistakes, over CoAP")
  .option("--trace", "print a line for each step of each datagram")
  .option("--json", "print for machines")
  .action(serve);

// internal

async function serve(options: ServeOptions): Promise<void> {
  if (options.link === true) {
    const url = `http://${options.host}:${options.http}`;
    print(options, { link: await makeLink(options.data, url) }, (link) => [link.link]);
    return;
  }
  if (options.token !== undefined) {
    const token = await makeToken(options.data, options.token);
    print(options, { token }, () => [token]);
    return;
  }
  if (options.smsToken === true) {
    print(options, { token: await makeSmsToken(options.data) }, ({ token }) => [token]);
    return;
  }
  if (options.restored === true) {
    await markRestored(options.data);
    print(options, { restored: options.data }, () => [
      `${options.data} is ready: no number that was used since the copy will serve again.`,
    ]);
    return;
  }
  const desk = await deskFolder(options.desk);
  const trace = (line: string): void => void process.stdout.write(`${line}\n`);
  const complain = (line: string): void => void process.stderr.write(`onekey: ${line}\n`);
  const sms = await openSms(options, complain);
  const platform = await openPlatform({
    dataDir: options.data,
    udpPort: options.udp,
    httpPort: options.http,
    host: options.host,
    discovery: options.discovery,
    carriers: sms.carriers,
    trace: options.trace === true ? trace : undefined,
    imageSources: imageSources(options),
    mount(app) {
      sms.mount(app);
      mountTiles(app, options);
      mountFolder(app, desk);
    },
    onFault: fault,
  });
  await announce(platform, options);
  await stopSignal();
  await platform.close();
}

async function announce(platform: Platform, options: ServeOptions): Promise<void> {
  const { udp, http } = platform;
  const facts = {
    udp: `${udp.address}:${udp.port}`,
    http: http.url,
    link: await platform.openLink(),
  };
  print(options, facts, () => [
    `pagers: udp ${facts.udp}`,
    `desk:   ${facts.link}`,
    `        (opens once; another: onekey serve --data ${options.data} --link)`,
  ]);
}

function print<Facts>(
  options: ServeOptions,
  facts: Facts,
  lines: (facts: Facts) => string[],
): void {
  const text = options.json === true ? JSON.stringify(facts) : lines(facts).join("\n");
  process.stdout.write(`${text}\n`);
}

/** A disk that failed leaves nothing to do but to end: what is not stored is not answered. */
function fault(error: unknown, ends: boolean): void {
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`onekey: ${ends ? "the store failed, ending" : "fault"}: ${text}\n`);
  if (ends) process.exit(1);
}
