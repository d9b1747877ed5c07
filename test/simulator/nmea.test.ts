// Recorded NMEA: sentences, epochs, rubbish; the player; real receivers' files where present.

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { OnekeyError } from "../../sdk/error.ts";
import { createPlayer, readRecording } from "../../tools/simulator/gnss-player.ts";
import { fixFields } from "../../tools/simulator/modem-gnss.ts";
import { degreesOf, readNmea, sentenceFields } from "../../tools/simulator/nmea.ts";
import { createWorld } from "../modem/world.ts";
import { need } from "../need.ts";

/** A sentence with its checksum. */
function sentence(body: string): string {
  let sum = 0;
  for (const letter of body) sum ^= letter.charCodeAt(0);
  return `$${body}*${sum.toString(16).padStart(2, "0").toUpperCase()}`;
}

const RMC = sentence("GNRMC,061951.00,A,3107.4070,N,12107.4070,E,0.10,10.00,230826,,,A");
const GGA = sentence("GNGGA,061951.00,3107.4070,N,12107.4070,E,1,09,1.1,62.2,M,9.0,M,,");

test("a sentence counts only whole and with its right checksum", () => {
  assert.is(sentenceFields(RMC)?.[0], "GNRMC");
  for (const line of [
    RMC.slice(0, -1),
    `${RMC}0`,
    RMC.replace("3107", "3108"),
    RMC.slice(1),
    "$*00x",
    "",
  ]) {
    assert.is(sentenceFields(line), undefined, line);
  }
});

test("degrees and minutes become degrees; what can't be a place does not", () => {
  assert.is(degreesOf("3107.4070", "N", 90)?.toFixed(7), "31.1234500");
  assert.is(degreesOf("12107.4070", "W", 180)?.toFixed(7), "-121.1234500");
  for (const [text, half] of [
    ["9100.0000", "N"],
    ["3160.0000", "N"],
    ["3107.4070", "X"],
    ["", "N"],
    ["31.5", "N"],
    ["-3107.40", "N"],
  ]) {
    assert.is(degreesOf(text, half, 90), undefined, `${text}${half}`);
  }
});

test("sentences of one time are one epoch, whatever their order and talker", () => {
  const recording = readNmea([GGA, RMC].join("\r\n"));
  assert.is(recording.epochs.length, 1);
  const fix = recording.epochs[0].fix;
  assert.ok(fix);
  assert.is(fixFields(fix, "2"), "061951.00,31.12345,121.12345,1.1,62.2,3,10.00,0.2,0.1,230826,09");
  assert.is(fixFields(fix, "0").slice(9, 31), ",3107.4070N,12107.4070");
});

test("comments, rubbish, other sentences and epochs without a fix are passed over and counted", () => {
  const recording = readNmea(
    [
      "# a comment",
      "",
      "garbage \xff\x00",
      RMC.replace("*", "*0"),
      sentence("GPGSV,1,1,00"),
      sentence("PMTK001,314,3"),
      sentence("GPGGA,061950.00,,,,,0,00,,,M,0.0,M,,"),
      sentence("GPRMC,061950.00,V,,,,,,,230826,,,N"),
      GGA,
      RMC,
    ].join("\n"),
  );
  assert.equal(recording.counts, { used: 4, other: 2, comments: 2, rubbish: 2 });
  assert.equal(
    recording.epochs.map((epoch) => epoch.fix !== undefined),
    [false, true],
  );
});

test("the player gives one epoch a second in file order, loops, and keeps the world's time", () => {
  const bodies = [1, 2, 3].map((second) =>
    sentence(`GPGGA,00000${second}.00,310${second}.0000,N,12107.4070,E,1,09,1.1,62.2,M,9.0,M,,`),
  );
  const recording = readNmea(bodies.join("\n"));
  const startMs = Date.UTC(2026, 8, 1);
  const player = createPlayer({ recording, startMs });
  const minutes = [0, 999, 1000, 2500, 3000, 7200_000].map((ms) =>
    (((player.fixAt(startMs + ms)?.latitude ?? 0) - 31) * 60).toFixed(2),
  );
  assert.equal(minutes, ["1.00", "1.00", "2.00", "3.00", "1.00", "1.00"]);
  assert.is(player.fixAt(startMs + 61000)?.time, "000101.0");
  assert.is(player.fixAt(startMs)?.date, "010926");
  const recorded = createPlayer({ recording, startMs, time: "recorded" });
  assert.is(recorded.fixAt(startMs + 1000)?.time, "000002.00");
});

test("a file that can't be read, or holds no place, is one sentence that says what to do", () => {
  const dir = mkdtempSync(join(tmpdir(), "onekey-nmea-"));
  const empty = join(dir, "empty.log");
  writeFileSync(empty, `# only this\n${sentence("GPRMC,061950.00,V,,,,,,,230826,,,N")}\n`);
  for (const [path, code] of [
    [join(dir, "absent.log"), "file-unreadable"],
    [dir, "file-unreadable"],
    [empty, "file-without-fix"],
  ]) {
    let caught: unknown;
    try {
      readRecording(path);
    } catch (error) {
      caught = error;
    }
    assert.instance(caught, OnekeyError);
    assert.is((caught as OnekeyError).code, code);
    assert.match((caught as OnekeyError).message, /give --gnss a file/);
  }
  rmSync(dir, { recursive: true });
});

/** ddmm.mmmm as 1e-5 degree by whole numbers alone, rounded half away from zero. */
function exactFive(text: string, half: string): number {
  const [whole, part = ""] = text.split(".");
  const tens = 10n ** BigInt(part.length);
  const minutes = BigInt(whole.slice(-2)) * tens + BigInt(part || "0");
  const numerator = BigInt(whole.slice(0, -2)) * 60n * tens + minutes;
  const value = (numerator * 200000n + 60n * tens) / (120n * tens);
  return half === "S" || half === "W" ? -Number(value) : Number(value);
}

const folder = need("nmea");
const files =
  folder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith(".log"));

for (const name of files) {
  test(`${name}: each of its places comes out of QGPSLOC=2, with five decimals`, () => {
    const recording = readRecording(join(folder ?? "", name));
    assert.is(recording.counts.rubbish, 0);
    const fixes = recording.epochs.flatMap((epoch) => (epoch.fix === undefined ? [] : [epoch.fix]));
    assert.ok(fixes.length > 0);
    for (const fix of fixes) {
      const [, latitude, longitude] = fixFields(fix, "2").split(",");
      assert.match(latitude, /^-?\d{1,2}\.\d{5}$/);
      assert.match(longitude, /^-?\d{1,3}\.\d{5}$/);
    }
  });

  test(`${name}: the pager's first fix is a place of the file`, () => {
    const path = join(folder ?? "", name);
    const recording = readRecording(path);
    const places = new Set<string>();
    for (const epoch of recording.epochs) {
      if (epoch.fix === undefined) continue;
      const [, latitude, longitude] = fixFields(epoch.fix, "2").split(",");
      places.add(`${Math.round(Number(latitude) * 1e7)} ${Math.round(Number(longitude) * 1e7)}`);
    }
    const world = createWorld({ gnss: createPlayer({ recording, startMs: Date.UTC(2026, 8, 1) }) });
    world.start();
    world.locate(true);
    world.runUntil(120000, () => world.inputs.some((input) => input.kind === "fix"));
    const fix = world.inputs.find((input) => input.kind === "fix");
    assert.ok(fix?.kind === "fix", "no fix came");
    assert.ok(places.has(`${fix.latitude} ${fix.longitude}`), `${fix.latitude} ${fix.longitude}`);
  });
}

test("minutes with many decimals are rounded as whole numbers round them", () => {
  for (const [text, half] of [
    ["4134.49821229", "N"],
    ["09345.03351845", "W"],
    ["0000.00031000", "S"],
    ["5959.99999999", "N"],
    ["17959.99999999", "E"],
    ["3107.40700000", "N"],
  ]) {
    const degrees = degreesOf(text, half, 180);
    assert.ok(degrees !== undefined);
    assert.is(Math.round(Number(degrees.toFixed(5)) * 1e5), exactFive(text, half), text);
  }
});

test.run();
