// `onekey image` and `onekey update` beside a running platform: what they do, and what they say when they can't.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { hashOf } from "../../sdk/image-files.ts";
import { makeToken, openPlatform, type Platform } from "../../sdk/platform.ts";
import { bodyOf } from "../protocol/block-ends.ts";

const MAIN = fileURLToPath(new URL("../../tools/cli/main.ts", import.meta.url));
const LIMIT_MS = 30_000;
const IMAGE = bodyOf(1300, 3);

interface Scene {
  platform: Platform;
  file: string;
  token: string;
}

const closing: (() => Promise<void> | void)[] = [];
test.after.each(async () => {
  while (closing.length > 0) await closing.pop()?.();
});

async function scene(): Promise<Scene> {
  const dataDir = mkdtempSync(join(tmpdir(), "onekey-image-"));
  closing.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const platform = await openPlatform({ dataDir, udpPort: 0, httpPort: 0 });
  closing.push(() => platform.close());
  const file = join(dataDir, "rak5010.stored");
  writeFileSync(file, IMAGE);
  return { platform, file, token: await makeToken(dataDir, "bench") };
}

interface Ended {
  code: number;
  out: string;
  err: string;
}

async function onekey(token: string, ...words: string[]): Promise<Ended> {
  const env = { ...process.env, ONEKEY_TOKEN: token };
  const child = spawn(process.execPath, ["--import", "tsx", MAIN, ...words], { env });
  let out = "";
  let err = "";
  child.stdout.on("data", (octets) => {
    out += octets;
  });
  child.stderr.on("data", (octets) => {
    err += octets;
  });
  const [code] = await once(child, "close", { signal: AbortSignal.timeout(LIMIT_MS) });
  return { code, out, err };
}

const OF_IMAGE = ["--firmware", "2", "--board", "rak5010", "--operator", "李工"];

test("an image of a file is on the platform afterwards, and its hash is printed", async () => {
  const { platform, file, token } = await scene();
  const url = platform.http.url;
  const { code, out, err } = await onekey(token, "image", file, ...OF_IMAGE, "--url", url);
  assert.equal([code, err], [0, ""]);
  const [first, second] = out.split("\n");
  assert.is(first, hashOf(IMAGE));
  assert.is(second, "firmware 2 for rak5010, 1300 octets, on the platform's disk");
  const [row, ...more] = await platform.images.list();
  assert.equal([row.hash, row.firmware, row.board, row.by], [first, 2, "rak5010", "李工"]);
  assert.is(more.length, 0);
  const words = ["image", file, ...OF_IMAGE, "--url", url, "--json"];
  assert.equal(JSON.parse((await onekey(token, ...words)).out), row);
});

test("what is wrong is one sentence that says what to do, and nothing is added", async () => {
  const { platform, file, token } = await scene();
  const url = platform.http.url;
  const rows: [token: string, words: string[], says: RegExp][] = [
    [token, [`${file}.gone`, ...OF_IMAGE, "--url", url], /name the file of an image/],
    [token, [file, ...OF_IMAGE, "--url", "http://platform.example"], /https:\/\//],
    [token, [file, ...OF_IMAGE, "--url", "http://127.0.0.1:1"], /No platform answers/],
    ["", [file, ...OF_IMAGE, "--url", url], /ONEKEY_TOKEN/],
    ["nonsense", [file, ...OF_IMAGE, "--url", url], /the platform says: Open the desk/],
    [token, [file, "--firmware", "0", "--board", "rak5010", "--url", url], /from 1 to 16777215/],
    [token, [file, "--firmware", "2", "--board", "rak4631", "--url", url], /rak5010/],
  ];
  for (const [secret, words, says] of rows) {
    const { code, out, err } = await onekey(secret, "image", ...words);
    assert.equal([code, out], [1, ""]);
    assert.match(err, /^onekey: [^\n]+\.\n$/);
    assert.match(err, says);
    assert.not.ok(err.includes(token));
  }
  assert.equal(await platform.images.list(), []);
});

test("serve --token makes a token while the platform runs, which adds images", async () => {
  const { platform, file } = await scene();
  const made = await onekey("", "serve", "--data", join(file, ".."), "--token", "bench");
  assert.equal([made.code, made.err], [0, ""]);
  const url = platform.http.url;
  const words = ["image", file, ...OF_IMAGE, "--url", url, "--token", made.out.trim()];
  assert.is((await onekey("", ...words)).code, 0);
  assert.is((await platform.images.list()).length, 1);
});

test("pagers are asked for an update, and one that can't be keeps none of the others from it", async () => {
  const { platform, token } = await scene();
  const ids: string[] = [];
  for (const name of ["1", "2"]) {
    ids.push((await platform.pagers.register({ name })).pager.id);
  }
  const { hash } = await platform.images.add({
    ...{ bytes: IMAGE, firmware: 2, board: "rak5010", by: "李工" },
  });
  const words = ["update", hash, ...ids, "--operator", "李工", "--url", platform.http.url];
  const refused = await onekey(token, ...words);
  assert.is(refused.code, 1);
  assert.match(refused.err, /^onekey: 2 of 2 pagers were not asked[^\n]+\n$/);
  for (const id of ids) assert.match(refused.out, new RegExp(`${id} +[^\n]+ never told its board`));
  const asked = await onekey(token, ...words, "--any-board", "--days", "3");
  assert.equal([asked.code, asked.err], [0, ""]);
  for (const id of ids) {
    const [row, ...more] = await platform.commands.list(id);
    assert.equal([row.command, row.by, row.state, more.length], ["update", "李工", "waiting", 0]);
  }
});

test.run();
