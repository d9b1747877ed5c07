// Map tiles from the command line: the page is told of them and allowed to load them, else neither.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { openPlatform } from "../../sdk/platform.ts";
import {
  addTileOptions,
  imageSources,
  mountTiles,
  type TileOptions,
} from "../../tools/cli/tiles.ts";

const ADDRESS = "https://tiles.example/{z}/{x}/{y}.png";

function parse(words: string[]): TileOptions {
  const command = addTileOptions(new Command()).exitOverride();
  command.configureOutput({ writeErr: () => undefined });
  return command.parse(words, { from: "user" }).opts<TileOptions>();
}

async function settingsWith(words: string[]): Promise<{ status: number; policy: string }> {
  const options = parse(words);
  const dataDir = mkdtempSync(join(tmpdir(), "onekey-tiles-"));
  const platform = await openPlatform({
    dataDir,
    udpPort: 0,
    httpPort: 0,
    imageSources: imageSources(options),
    mount: (app) => mountTiles(app, options),
  });
  try {
    const headers = { authorization: `Bearer ${await platform.createToken("test")}` };
    const answer = await fetch(`${platform.http.url}/desk/settings.json`, { headers });
    const policy = answer.headers.get("content-security-policy") ?? "";
    if (answer.status === 200) {
      const { tiles } = (await answer.json()) as { tiles: unknown };
      assert.equal(tiles, { address: ADDRESS, credit: "tiles.example", datum: "gcj02" });
    }
    return { status: answer.status, policy };
  } finally {
    await platform.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

test("without tiles the page is told of none and may name no other host", async () => {
  const { status, policy } = await settingsWith([]);
  assert.is(status, 404);
  assert.not.match(policy, /https:/);
});

test("with tiles the page is told where they are, and may load from that host alone", async () => {
  const { status, policy } = await settingsWith(["--tiles", ADDRESS, "--tiles-datum", "gcj02"]);
  assert.is(status, 200);
  assert.match(policy, /img-src [^;]*https:\/\/tiles\.example(;| )/);
});

test("an address that is none, or has no place for a tile's number, is refused", () => {
  for (const text of ["tiles", "ftp://h/{z}/{x}/{y}", "https://tiles.example/{z}/{x}.png"]) {
    assert.throws(() => parse(["--tiles", text]), /address with \{z\}/);
  }
});

test.run();
