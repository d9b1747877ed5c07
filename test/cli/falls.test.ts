// `onekey falls` over trials in the public formats, drawn here: what it counts, and what it refuses.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { projectFolder } from "../../tools/build/project.ts";
import type { FallReport } from "../../tools/falls/report.ts";
import { sisFallTrial } from "../../tools/falls/sisfall.ts";
import { umaFallTrial } from "../../tools/falls/umafall.ts";
import { createChance } from "../../tools/simulator/chance.ts";
import { type MotionName, motionOf, type Vector } from "../../tools/simulator/motion.ts";

let folder = "";
test.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), "onekey-falls-"));
});
test.after.each(() => rmSync(folder, { recursive: true }));

function run(...words: string[]) {
  const main = join(projectFolder, "tools/cli/main.ts");
  const options = { cwd: projectFolder, encoding: "utf8" } as const;
  return spawnSync(process.execPath, ["--import", "tsx", main, "falls", ...words], options);
}

const drawn = (name: MotionName) => motionOf(name, createChance(5));

/** 200 Hz, 256 steps a g; the other two sensors say nothing of use. */
function sisFall(samples: readonly Vector[]): string {
  const line = (one: Vector) => one.map((mg) => Math.round(mg * 0.256)).join(",");
  const rows = samples.flatMap((one) => Array.from({ length: 8 }, () => line(one)));
  return `${rows.map((row) => `${row},1,2,3,4,5,6;`).join("\r\n")}\r\n`;
}

/** 20 Hz in g at the waist; a phone in the pocket falls all the time, a gyroscope turns. */
function umaFall(samples: readonly Vector[], waist = "WAIST"): string {
  const rows = Array.from({ length: Math.floor((samples.length * 20) / 25) }, (_, i) => {
    const [x, y, z] = samples[Math.floor((i * 25) / 20)].map((mg) => mg / 1000);
    const t = i * 50;
    return [`${t};${i};9;${i % 2};9;0;0`, `${t};${i};${x};${y};${z};0;2`, `${t};${i};9;9;9;1;2`];
  });
  const head = ["% Universidad", "%F4:09; 0; RIGHTPOCKET; phone", `%C4:BE; 2; ${waist}; SensorTag`];
  return [...head, ...rows.flat()].join("\n");
}

const UMA = "UMAFall_Subject_02_";
const STAMP = "2016-06-01_23-01-58.csv";

function writeTrials(): void {
  mkdirSync(join(folder, "SA01"));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write("SA01/F01_SA01_R01.txt", sisFall(drawn("fallForward")));
  write("SA01/F02_SA01_R01.txt", sisFall(drawn("sitDown")));
  write("SA01/D01_SA01_R01.txt", sisFall(drawn("walk")));
  mkdirSync(join(folder, "copy"));
  write("copy/F01_SA01_R01.txt", "a copy of a name counts once");
  write("Readme.txt", "no trial");
  write(`${UMA}Fall_lateralFall_1_${STAMP}`, umaFall(drawn("fallSideways")));
  write(`${UMA}ADL_Hopping_1_${STAMP}`, umaFall(drawn("jump")));
  write(`${UMA}ADL_HandsUp_1_${STAMP}`, umaFall(drawn("walk"), "ANKLE"));
}

test("a trial of either set is read at 25 Hz in mg, from the sensor at the waist alone", () => {
  const samples = drawn("fallForward");
  const sis = sisFallTrial("F01_SA01_R01.txt", sisFall(samples));
  assert.is(sis?.samples.length, 3 * samples.length);
  assert.ok(samples.flat().every((mg, i) => Math.abs(mg - (sis?.samples[i] ?? 0)) <= 3));
  const uma = umaFallTrial(`${UMA}Fall_lateralFall_1_${STAMP}`, umaFall(samples));
  assert.equal([uma?.subject, uma?.activity, uma?.fall], ["02", "lateralFall", true]);
  const seconds = samples.length / 25;
  assert.ok(Math.abs((uma?.samples.length ?? 0) / 75 - seconds) < 0.2);
  assert.equal(uma?.samples.slice(0, 3), samples[0]);
});

test("falls that are told and the rest that is quiet are counted, what is missed is named", () => {
  writeTrials();
  const { status, stdout } = run(folder, "--json");
  assert.is(status, 0);
  const report = JSON.parse(stdout) as FallReport & { unread: number };
  assert.equal(
    report.sets.map(({ set, falls, others }) => [set, falls, others]),
    [
      ["SisFall", { right: 1, all: 2 }, { right: 1, all: 1 }],
      ["UMAFall", { right: 1, all: 1 }, { right: 1, all: 1 }],
    ],
  );
  assert.equal([report.missed, report.false], [["F02_SA01_R01.txt"], []]);
  assert.is(report.unread, 1);
  const text = run(folder).stdout;
  assert.match(text, /SisFall +50\.0 % +1 +1 +100\.0 %/);
  assert.match(text, /missed falls: 1\n {2}F02_SA01_R01\.txt/);
  assert.equal(
    (JSON.parse(run(folder, "--json", "--subjects", "even").stdout) as FallReport).sets.map(
      ({ set }) => set,
    ),
    ["UMAFall"],
  );
});

test("a folder that is none, or holds no trial, is one sentence and no success", () => {
  for (const [words, says] of [
    [[join(folder, "none")], /no folder can be read at .*none/],
    [[folder], /holds no trial of SisFall \(F01_SA01_R01\.txt\) or UMAFall/],
    [[folder, "--subjects", "tall"], /Allowed choices are all, odd, even/],
  ] as const) {
    const { status, stdout, stderr } = run(...words);
    assert.equal([status, stdout], [1, ""]);
    assert.match(stderr, says);
    assert.is(stderr.trim().split("\n").length, 1);
  }
});

test.run();
