// Recorded output of real receivers: what the decoder makes of it, beside a library that others keep.
// The library reckons in floats; whole numbers decide the last digit.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Packet, parseNmeaSentence } from "nmea-simple";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Fix, finishEpoch, newNmeaReader, takeNmea } from "../../firmware/gnss/nmea.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { need } from "../need.ts";
import { exactSeven } from "./nmea-lines.ts";

/** Seconds from 1970 to 2020. */
const EPOCH_S = 1577836800;

interface Place {
  latitude: number;
  longitude: number;
  /** As the sentence writes them. */
  texts: string[];
  timeS?: number;
}

/** What the library reads in a line; undefined where it is no sentence or none that it knows. */
function packetOf(line: string): Packet | undefined {
  try {
    return parseNmeaSentence(line);
  } catch (error) {
    // It says all it doesn't like by one kind of error.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** The place that a valid sentence says, by the library. */
function placeOf(line: string): Place | undefined {
  const packet = packetOf(line);
  const fields = line.split(",");
  if (packet === undefined) return undefined;
  const said = (from: number) => fields.slice(from, from + 4);
  if (packet.sentenceId === "RMC" && packet.status === "valid") {
    return { ...packet, texts: said(3), timeS: Math.floor(packet.datetime.getTime() / 1000) };
  }
  if (packet.sentenceId === "GGA" && packet.fixType !== "none")
    return { ...packet, texts: said(2) };
  if (packet.sentenceId === "GLL" && packet.status === "valid")
    return { ...packet, texts: said(1) };
  return undefined;
}

function fixesOf(text: string, pieceSize = text.length): Fix[] {
  const reader = newNmeaReader();
  for (let at = 0; at < text.length; at += pieceSize) {
    takeNmea(nodeMachine, reader, text.slice(at, at + pieceSize));
  }
  finishEpoch(nodeMachine, reader);
  return reader.fixes;
}

/** Times of day with a valid place: each becomes a fix. */
function validTimes(lines: string[]): Set<string> {
  const valid = lines.filter((line) => placeOf(line) !== undefined);
  return new Set(valid.map((line) => line.split(",")[line.slice(3, 6) === "GLL" ? 5 : 1]));
}

const folder = need("nmea");
const files =
  folder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith(".log"));
let sentences = 0;
let fixes = 0;

for (const name of files) {
  const text = readFileSync(join(folder ?? "", name), "latin1");
  const lines = text.split("\n").map((line) => line.trim());

  test(`${name}: each valid sentence is the place that the library reads`, () => {
    for (const line of lines) {
      const place = placeOf(line);
      if (place === undefined) continue;
      const [fix, ...more] = fixesOf(`${line}\r\n`);
      assert.equal(more, []);
      assert.ok(fix, line);
      assert.ok(Math.abs(fix.latitude / 1e7 - place.latitude) <= 1e-7, line);
      assert.ok(Math.abs(fix.longitude / 1e7 - place.longitude) <= 1e-7, line);
      const [latitude, north, longitude, east] = place.texts;
      assert.is(fix.latitude, exactSeven(latitude, north));
      assert.is(fix.longitude, exactSeven(longitude, east));
      sentences++;
    }
  });

  test(`${name}: each time of day with a place is one fix, with its time and an uncertainty`, () => {
    const all = fixesOf(text);
    assert.is(all.length, validTimes(lines).size);
    assert.ok(all.length > 0);
    const places = lines.flatMap((line) => placeOf(line) ?? []);
    const known = new Set(
      places.map(({ texts: [lat, north, lon, east] }) => {
        return `${exactSeven(lat, north)} ${exactSeven(lon, east)}`;
      }),
    );
    const times = new Set(places.map((place) => (place.timeS ?? 0) - EPOCH_S));
    for (const fix of all) {
      assert.ok(known.has(`${fix.latitude} ${fix.longitude}`));
      assert.ok(fix.timeS === 0 || times.has(fix.timeS), `${fix.timeS}`);
      assert.ok(fix.uncertaintyM >= 10 && fix.uncertaintyM < 500);
    }
    for (const size of [1, 7, 64, 1000]) assert.equal(fixesOf(text, size), all, `${size}`);
    fixes += all.length;
  });
}

if (folder !== undefined) {
  test("all files together are at least 200 fixes", () => {
    console.log(`${files.length} files, ${sentences} valid sentences, ${fixes} fixes`);
    assert.ok(files.length >= 6);
    assert.ok(fixes >= 200, `${fixes}`);
    assert.ok(sentences >= fixes);
  });
}

test.run();
