// The import rules of `.dependency-cruiser.cjs`, each proved by an offence planted in a small house.
// That the real tree keeps them is a check of its own in `npm test`.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { projectFolder } from "../../tools/build/project.ts";

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
}

/** Runs the real settings over a house made of these files; returns "rule: from -> to" lines. */
function violations(files: Record<string, string>): string[] {
  const house = mkdtempSync(join(tmpdir(), "onekey-imports-"));
  try {
    for (const name of [".dependency-cruiser.cjs", "tsconfig.json", "package.json"]) {
      cpSync(join(projectFolder, name), join(house, name));
    }
    symlinkSync(join(projectFolder, "node_modules"), join(house, "node_modules"));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(house, path)), { recursive: true });
      writeFileSync(join(house, path), text);
    }
    const folders = [...new Set(Object.keys(files).map((path) => path.split("/")[0]))];
    const program = join(
      projectFolder,
      "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
    );
    const options = ["--config", ".dependency-cruiser.cjs", "--output-type", "json"];
    const run = spawnSync(process.execPath, [program, ...options, ...folders], {
      cwd: house,
      encoding: "utf8",
      maxBuffer: 1 << 26,
    });
    if (run.stdout === "") throw new Error(`dependency-cruiser printed nothing: ${run.stderr}`);
    const found: Violation[] = JSON.parse(run.stdout).summary.violations;
    return found.map((one) => `${one.rule.name}: ${one.from} -> ${one.to}`).sort();
  } finally {
    rmSync(house, { recursive: true });
  }
}

const good = {
  "protocol/bytes.ts": "export const size = 1;\n",
  "protocol/cbor.ts": 'import { size } from "./bytes.ts";\nexport const two = size + size;\n',
  "firmware/core/step.ts":
    'import { two } from "../../protocol/cbor.ts";\nexport const step = two;\n',
  "firmware/modem/bg96.ts": 'import { step } from "../core/step.ts";\nexport const modem = step;\n',
  "firmware/board/loop.ts": 'import { step } from "../core/step.ts";\nexport const loop = step;\n',
  "firmware/espruino/pager.ts":
    'import { loop } from "../board/loop.ts";\nexport const s = require("Storage") + loop;\n',
  "firmware/luatos/pager.ts": 'import { loop } from "../board/loop.ts";\nexport const l = loop;\n',
  "sdk/gateway.ts":
    'import { connect } from "node:net";\nimport { Hono } from "hono";\nimport { two } from "../protocol/cbor.ts";\nexport const all = [connect, Hono, two];\n',
  "tools/simulator/host.ts":
    'import { all } from "../../sdk/gateway.ts";\nimport { loop } from "../../firmware/board/loop.ts";\nexport const tool = [all, loop];\n',
  "tools/desk/page.ts":
    'import type { all } from "../../sdk/gateway.ts";\nexport type Page = typeof all;\n',
  "test/flow.test.ts":
    'import { tool } from "../tools/simulator/host.ts";\nexport const t = tool;\n',
};

test("a house that keeps the rules has no violation", () => {
  assert.equal(violations(good), []);
});

const planted: [file: string, imports: string, rule: string][] = [
  ["protocol/a.ts", "../sdk/gateway.ts", "protocol-alone"],
  ["protocol/b.ts", "../firmware/core/step.ts", "protocol-alone"],
  ["protocol/c.ts", "node:crypto", "protocol-alone"],
  ["protocol/d.ts", "hono", "protocol-alone"],
  ["firmware/core/a.ts", "../modem/bg96.ts", "core-alone"],
  ["firmware/core/b.ts", "../board/loop.ts", "core-alone"],
  ["firmware/core/c.ts", "node:fs", "core-alone"],
  ["firmware/core/d.ts", "../../sdk/gateway.ts", "core-alone"],
  ["firmware/gnss/a.ts", "../core/step.ts", "gnss-alone"],
  ["firmware/motion/a.ts", "../core/step.ts", "motion-alone"],
  ["firmware/modem/a.ts", "../espruino/pager.ts", "firmware-platform-free"],
  ["firmware/modem/b.ts", "node:net", "firmware-platform-free"],
  ["firmware/board/a.ts", "../../tools/simulator/host.ts", "firmware-platform-free"],
  ["firmware/espruino/a.ts", "../luatos/pager.ts", "firmware-espruino"],
  ["firmware/espruino/b.ts", "../../sdk/gateway.ts", "firmware-espruino"],
  ["firmware/luatos/a.ts", "../espruino/pager.ts", "firmware-luatos"],
  ["sdk/a.ts", "../firmware/core/step.ts", "sdk-not-upward"],
  ["sdk/b.ts", "../tools/simulator/host.ts", "sdk-not-upward"],
  ["sdk/c.ts", "uvu", "no-dev-package-at-run-time"],
  ["sdk/d.ts", "./absent.ts", "no-unresolved"],
  ["tools/a.ts", "../test/flow.test.ts", "tools-not-test"],
  ["tools/desk/a.ts", "../../sdk/gateway.ts", "desk-in-the-browser"],
  ["tools/desk/b.ts", "node:fs", "desk-without-node"],
];

test("each planted import is refused by its rule, and nothing else is", () => {
  const files: Record<string, string> = { ...good };
  for (const [file, imports] of planted) files[file] = `import ${JSON.stringify(imports)};\n`;
  const found = violations(files).map((line) => line.split(" -> ")[0]);
  assert.equal(found, planted.map(([file, , rule]) => `${rule}: ${file}`).sort());
});

test("a circle of two files is refused, also one of types alone", () => {
  const found = violations({
    "sdk/a.ts": 'import { b } from "./b.ts";\nexport const a = () => b;\n',
    "sdk/b.ts": 'import { a } from "./a.ts";\nexport const b = () => a;\n',
    "protocol/c.ts": 'import type { D } from "./d.ts";\nexport type C = D[];\n',
    "protocol/d.ts": 'import type { C } from "./c.ts";\nexport type D = C[];\n',
  });
  const rules = found.map((line) => line.split("/")[0]);
  assert.equal(rules, ["no-cycle: protocol", "no-cycle: sdk"]);
});

test.run();
