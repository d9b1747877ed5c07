// Proof that the tests and the storms catch: each patch in breaks/ takes one promise out of a copy.
// All of them are proven by `npm run breaks`; here each fits, and the two quickest are proven.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { projectFolder } from "../tools/build/project.ts";
import { CHECKERS } from "../tools/simulator/storm/checkers/checkers.ts";
import { BREAKS } from "./breaks/breaks.ts";
import { applyPatch, copySources, dropCopy, patchFile } from "./breaks/copy.ts";
import { prove } from "./breaks/prove.ts";

const CHANGED_LINES_MAX = 5;
/** One that a storm catches in its first seed, one that a test catches. */
const QUICKEST = ["content-under-request-nonce", "word-obeyed-before-shown-fresh"];
const SEEDS_MAX = 3;

const plain = copySources();
test.after(() => dropCopy(plain));

test("every patch is in the list, in the order of names", () => {
  const patches = readdirSync(join(projectFolder, "test/breaks"))
    .filter((name) => name.endsWith(".patch"))
    .map((name) => name.replace(".patch", ""));
  const names = BREAKS.map(({ name }) => name);
  assert.equal(names, patches.sort());
});

for (const { name, caughtBy } of BREAKS) {
  test(`the patch "${name}" fits, and takes out five lines at most`, () => {
    const text = readFileSync(patchFile(name), "utf8");
    const put = text.match(/^\+(?!\+\+)/gm)?.length ?? 0;
    const taken = text.match(/^-(?!--)/gm)?.length ?? 0;
    assert.ok(Math.max(put, taken) <= CHANGED_LINES_MAX);
    applyPatch(plain, name, "--check");
  });

  if (!("storm" in caughtBy)) continue;
  test(`"${name}" is expected of checkers that there are`, () => {
    const checkers = CHECKERS.map((checker) => checker.name);
    for (const checker of caughtBy.storm) assert.ok(checkers.includes(checker), checker);
  });
}

for (const one of BREAKS.filter(({ name }) => QUICKEST.includes(name))) {
  test(`"${one.name}" is caught`, async () => {
    const { isCaught, by, text } = await prove(one, { plain, seedsMax: SEEDS_MAX });
    assert.ok(isCaught, `${by}: ${text}`);
  });
}

test.run();
