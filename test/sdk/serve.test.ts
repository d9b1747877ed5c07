// `onekey serve` as a process: what it prints, how it stops, and what it says when it can't start.

import { type ChildProcess, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { openPlatform } from "../../sdk/platform.ts";

const MAIN = fileURLToPath(new URL("../../tools/cli/main.ts", import.meta.url));
const LIMIT_MS = 30_000;
const PAGE = "<p>desk</p>";

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

interface Running {
  child: ChildProcess;
  /** The first line of its output. */
  firstLine(): Promise<string>;
  ended: Promise<Ended>;
}

const children: ChildProcess[] = [];
const folders: string[] = [];

test.after.each(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "onekey-serve-"));
  folders.push(folder);
  return folder;
}

function onekey(...words: string[]): Running {
  const child = spawn(process.execPath, ["--import", "tsx", MAIN, ...words]);
  children.push(child);
  let out = "";
  let err = "";
  child.stdout.on("data", (octets) => {
    out += octets;
  });
  child.stderr.on("data", (octets) => {
    err += octets;
  });
  const ended = once(child, "close", { signal: AbortSignal.timeout(LIMIT_MS) }).then(
    ([code]): Ended => ({ code: code as number | null, out, err }),
  );
  return {
    child,
    ended,
    async firstLine() {
      while (!out.includes("\n")) {
        const gone = ended.then(({ err: why }) => Promise.reject(new Error(why)));
        await Promise.race([once(child.stdout, "data"), gone]);
      }
      return out.slice(0, out.indexOf("\n"));
    },
  };
}

/** Any free ports, and a page of one line, so that no desk is built for a test. */
function serve(dataDir: string, ...words: string[]): Running {
  const desk = newFolder();
  writeFileSync(join(desk, "index.html"), PAGE);
  const ports = ["--udp", "0", "--http", "0"];
  return onekey("serve", "--data", dataDir, "--desk", desk, ...ports, ...words);
}

interface Facts {
  udp: string;
  http: string;
  link: string;
}

async function factsOf(running: Running): Promise<Facts> {
  return JSON.parse(await running.firstLine()) as Facts;
}

/** One sentence on the error output, exit code 1, and nothing else. */
function assertOneSentence(ended: Ended, says: RegExp): void {
  assert.is(ended.code, 1);
  assert.is(ended.out, "");
  const lines = ended.err.trimEnd().split("\n");
  assert.is(lines.length, 1, ended.err);
  assert.match(lines[0], /^onekey: .+\.$/);
  assert.match(lines[0], says);
}

test("with --restored it prepares a database that was put back, says so and ends", async () => {
  const dataDir = newFolder();
  const platform = await openPlatform({ dataDir, udpPort: 0, httpPort: 0 });
  await platform.close();
  const ended = await onekey("serve", "--data", dataDir, "--restored").ended;
  assert.is(ended.code, 0, ended.err);
  assert.match(ended.out, /no number that was used since the copy will serve again/);
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`it prints its addresses and a link that opens, and stops in peace at ${signal}`, async () => {
    const running = serve(newFolder(), "--json");
    const { http, link, udp } = await factsOf(running);
    assert.match(udp, /^127\.0\.0\.1:\d+$/);
    assert.ok(link.startsWith(`${http}/open?token=`));
    assert.is((await fetch(link, { redirect: "manual" })).status, 303);
    assert.is((await fetch(link, { redirect: "manual" })).status, 401);
    running.child.kill(signal);
    const ended = await running.ended;
    assert.equal([ended.code, ended.err], [0, ""]);
  });
}

test("the desk's page stands behind the link", async () => {
  const { http, link } = await factsOf(serve(newFolder(), "--json"));
  assert.is((await fetch(http)).status, 401);
  const opened = await fetch(link, { redirect: "manual" });
  const cookie = (opened.headers.get("set-cookie") ?? "").split(";")[0];
  const page = await fetch(http, { headers: { cookie } });
  assert.is(await page.text(), PAGE);
  const outside = await fetch(`${http}/..%2f..%2fetc%2fpasswd`, { headers: { cookie } });
  assert.is(outside.status, 404);
});

test("serve --link makes another link while the platform runs", async () => {
  const dataDir = newFolder();
  const platform = await openPlatform({ dataDir, udpPort: 0, httpPort: 0 });
  const http = platform.http.url;
  const made = await onekey("serve", "--data", dataDir, "--link").ended;
  assert.is(made.code, 0);
  const link = made.out.trim();
  assert.ok(link.startsWith(`${http}/open?token=`));
  assert.is((await fetch(link, { redirect: "manual" })).status, 303);
  await platform.close();
});

test("a folder that another onekey uses is refused: two counters would be one too many", async () => {
  const dataDir = newFolder();
  const platform = await openPlatform({ dataDir, udpPort: 0, httpPort: 0 });
  const ended = await serve(dataDir).ended;
  await platform.close();
  assertOneSentence(ended, /in use by another onekey: stop that one/);
});

test("a UDP port that is taken is one sentence that says what to do", async () => {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  const ended = await serve(newFolder(), "--udp", `${port}`).ended;
  socket.close();
  assertOneSentence(ended, new RegExp(`UDP port ${port} .* is taken: .* --udp`));
});

test("an HTTP port that is taken is one sentence that says what to do", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const ended = await serve(newFolder(), "--http", `${port}`).ended;
  server.close();
  assertOneSentence(ended, new RegExp(`HTTP port ${port} .* is taken: .* --http`));
});

test("an address that this machine has not is one sentence", async () => {
  assertOneSentence(await serve(newFolder(), "--host", "192.0.2.1").ended, /--host/);
});

test("a data folder that can't be written is one sentence", async () => {
  const file = join(newFolder(), "file");
  writeFileSync(file, "");
  const says = /not writable \(\w+\): .*choose another folder with --data/;
  assertOneSentence(await serve(file).ended, says);
  assertOneSentence(await serve(join(file, "below")).ended, says);
  if (process.getuid?.() === 0) return; // The superuser may write everywhere.
  const closed = join(newFolder(), "closed");
  mkdirSync(closed);
  chmodSync(closed, 0o500);
  assertOneSentence(await serve(closed).ended, says);
});

test("a database of a newer version is one sentence", async () => {
  const dataDir = newFolder();
  await (await openPlatform({ dataDir, udpPort: 0, httpPort: 0 })).close();
  const db = new Database(join(dataDir, "onekey.db"));
  db.pragma("user_version = 99");
  db.close();
  assertOneSentence(await serve(dataDir).ended, /version 99 .*install a newer onekey/);
});

test("a database whose key file is gone is one sentence", async () => {
  const dataDir = newFolder();
  await (await openPlatform({ dataDir, udpPort: 0, httpPort: 0 })).close();
  rmSync(join(dataDir, "onekey.kek"));
  assertOneSentence(await serve(dataDir).ended, /key file .* is missing/);
});

test("bad options and unknown commands are one sentence, for machines one JSON line", async () => {
  const runs: [Running, RegExp][] = [
    [onekey("serve", "--udp", "70000"), /0 to 65535/],
    [onekey("serve", "--colour"), /unknown option '--colour'/],
    [onekey("server"), /no command server/],
    [serve(newFolder(), "--desk", newFolder()), /holds no index.html/],
  ];
  for (const [running, says] of runs) assertOneSentence(await running.ended, says);
  const json = await onekey("serve", "--http", "x", "--json").ended;
  assert.is(json.code, 1);
  assert.is(JSON.parse(json.err).error.code, "bad-option");
});

test("every command is in the help, which ends well", async () => {
  const help = await onekey("--help").ended;
  assert.is(help.code, 0);
  for (const name of ["demo", "serve", "build", "modem"]) assert.ok(help.out.includes(name));
});

test.run();
