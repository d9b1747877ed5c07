// Kept bundles: the same sources are built once, and any change of them builds anew.

import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { kept, sourcesHash } from "../../tools/build/kept.ts";
import { projectFolder } from "../../tools/build/project.ts";

const folder = join("node_modules/.cache/onekey", `kept-${process.pid}`);
mkdirSync(join(projectFolder, folder), { recursive: true });
test.after(() => rmSync(join(projectFolder, folder), { recursive: true }));

function write(name: string, text: string): void {
  writeFileSync(join(projectFolder, folder, name), text);
}

test("what was made once is not made again for the same hash", async () => {
  const hash = randomBytes(32).toString("hex");
  let times = 0;
  const make = async () => ({ times: ++times });
  assert.equal([await kept(hash, make), await kept(hash, make)], [{ times: 1 }, { times: 1 }]);
});

test("the hash changes with a file, with its name, and with the words", () => {
  write("a.ts", "1");
  const hashes = [sourcesHash([folder], ""), sourcesHash([folder], "x")];
  write("a.ts", "2");
  hashes.push(sourcesHash([folder], ""));
  write("b.ts", "");
  hashes.push(sourcesHash([folder], ""));
  assert.is(new Set(hashes).size, 4);
  write("c.txt", "no source");
  assert.is(sourcesHash([folder], ""), hashes[3]);
});

test("what fails is not kept, and says so each time", async () => {
  const hash = randomBytes(32).toString("hex");
  const make = async () => {
    throw new Error("no bundle");
  };
  for (let i = 0; i < 2; i++) {
    const words = await kept(hash, make).catch((error: Error) => error.message);
    assert.is(words, "no bundle");
  }
});

test.run();
