// The runner goes red on every way in which uvu stays green without having tested.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { projectFolder } from "../../tools/build/project.ts";
import { type FileResult, runFile } from "./run-file.ts";
import { type Row, summary } from "./run-report.ts";

const folder = mkdtempSync(join(tmpdir(), "onekey-runner-"));
test.after(() => rmSync(folder, { recursive: true }));

const head = `import { test, suite } from ${JSON.stringify(import.meta.resolve("uvu"))};
import { need, ran } from ${JSON.stringify(join(projectFolder, "test/need.ts"))};
`;
/** Long enough for a process to start on a busy machine. */
const limits = { limitMs: 12_000, lingerMs: 4_000 };

async function run(name: string, body: string): Promise<FileResult> {
  const file = join(folder, `${name}.test.ts`);
  writeFileSync(file, head + body);
  return runFile(file, projectFolder, limits);
}

test("a file whose tests pass is green, and its totals are read", async () => {
  const result = await run("green", 'test("a", () => {}); test("b", () => {}); test.run();');
  assert.equal([result.passed, result.failed, result.skipped, result.troubles], [2, 0, 0, []]);
});

test("a failing test is red, and its output is kept", async () => {
  const result = await run("red", 'test("a", () => { throw new Error("ouch"); }); test.run();');
  assert.equal([result.passed, result.failed], [0, 1]);
  assert.match(result.output, /ouch/);
});

const traps: { name: string; body: string; trouble: RegExp; failed: number }[] = [
  {
    name: "a forgotten run()",
    body: 'test("a", () => {});',
    trouble: /printed no totals/,
    failed: 1,
  },
  { name: "a file without a test", body: "test.run();", trouble: /no test ran/, failed: 1 },
  {
    name: "a thrown string",
    body: 'test("a", () => { throw "text"; }); test("b", () => {}); test.run();',
    trouble: /no Error was thrown/,
    failed: 2,
  },
  {
    name: "a thrown undefined",
    body: 'test("a", () => {}); test("b", () => { throw undefined; }); test.run();',
    trouble: /no Error was thrown/,
    failed: 1,
  },
  {
    name: "a hook that throws a string",
    body: 'test.before(() => { throw "text"; }); test("a", () => {}); test.run();',
    trouble: /no Error was thrown/,
    failed: 1,
  },
  {
    name: "an error after the totals",
    body: 'test("a", () => {}); test.run(); setTimeout(() => { throw new Error("late"); }, 100);',
    trouble: /ended with code 1/,
    failed: 1,
  },
  {
    name: "a promise rejected outside its test",
    body: 'test("a", () => { void Promise.reject(new Error("lost")); }); test.run();',
    trouble: /no totals|ended with code/,
    failed: 1,
  },
  {
    name: "an open handle",
    body: 'test("a", () => {}); test.run(); setInterval(() => {}, 1000);',
    trouble: /something is still open/,
    failed: 1,
  },
  {
    name: "a test that never ends",
    body: 'test("a", () => new Promise(() => setInterval(() => {}, 1000))); test.run();',
    trouble: /no totals after 12 s/,
    failed: 1,
  },
  {
    name: "a test hidden by only",
    body: 'test("a", () => {}); test.only("b", () => {}); test.run();',
    trouble: /without a reason/,
    failed: 1,
  },
  {
    name: "a skip without a reason",
    body: 'test("a", () => {}); test.skip("b", () => {}); test.run();',
    trouble: /without a reason/,
    failed: 1,
  },
  {
    name: "a process left behind",
    body: `import { spawn } from "node:child_process";
      test("a", () => { spawn("sleep", ["60"], { stdio: "ignore" }).unref(); }); test.run();`,
    trouble: /still ran after it/,
    failed: 1,
  },
  {
    name: "a file that does not compile",
    body: 'test("a", () => { const; }); test.run();',
    trouble: /printed no totals/,
    failed: 1,
  },
];

const results = new Map<string, FileResult>();
test.before(async () => {
  const waiting = [...traps];
  const worker = async () => {
    for (let trap = waiting.pop(); trap !== undefined; trap = waiting.pop()) {
      results.set(trap.name, await run(trap.name.replaceAll(" ", "-"), trap.body));
    }
  };
  await Promise.all([worker(), worker(), worker()]);
});

for (const trap of traps) {
  test(`${trap.name} turns the run red`, () => {
    const result = results.get(trap.name);
    if (result === undefined) throw new Error(`${trap.name} did not run`);
    assert.match(result.troubles.join("; "), trap.trouble);
    assert.is(result.failed, trap.failed);
    assert.not.ok(summary([{ ...result, name: trap.name }]).green);
  });
}

test("a missing need is a skip, and red where REQUIRE names it", async () => {
  const body = `process.env.ESPRUINO = "/nowhere"; process.env.REQUIRE = process.env.PLANTED_REQUIRE;
    const path = need("espruino"); if (path !== undefined) test("a", () => {}); test.run();`;
  process.env.PLANTED_REQUIRE = "";
  const skipped = await run("need-skip", body);
  process.env.PLANTED_REQUIRE = "tshark,espruino";
  const failed = await run("need-required", body);
  delete process.env.PLANTED_REQUIRE;
  assert.equal([skipped.passed, skipped.failed, skipped.skipped], [0, 0, 1]);
  assert.match(skipped.skipReasons[0], /^espruino is not here: put Espruino/);
  assert.equal([failed.passed, failed.failed], [0, 1]);
  assert.match(failed.output, /REQUIRE names espruino/);
});

test("the summary adds up engines by bundle and ends with the totals", async () => {
  const body = `test("a", () => { for (const tests of [1, 2]) {
    ran({ engine: "x", version: "x 1", bundle: "ab", tests }); } }); test.run();`;
  const row: Row = { ...(await run("engines", body)), name: "engines" };
  const { text, green } = summary([row]);
  assert.ok(green);
  assert.match(text, /^ {2}x +x 1 +ab +3$/m);
  assert.is(text.split("\n").at(-1), "1 passed, 0 failed, 0 skipped");
});

test("a filter that fits no file ends the run with code 1", () => {
  const words = ["--import", "tsx", "test/run.ts", "no-such-file-anywhere"];
  const run = spawnSync(process.execPath, words, { cwd: projectFolder, encoding: "utf8" });
  assert.is(run.status, 1);
  assert.match(run.stdout, /No check or test file/);
});

test("a run of nothing is not green", () => {
  assert.not.ok(summary([]).green);
});

test.run();
