// Lines of a separate receiver: what becomes a fix, what doesn't, and what no line can do.
// Generated sentences and hostile ones; recorded ones are for nmea-real.test.ts.

import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Fix, finishEpoch, newNmeaReader, takeNmea } from "../../firmware/gnss/nmea.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { createChance } from "../../tools/simulator/chance.ts";
import { createWalk } from "../../tools/simulator/gnss.ts";
import { exactSeven, sentence } from "./nmea-lines.ts";

const PLACE = "3107.4070,N,12107.4070,E";
const LATITUDE = 311234500;
const LONGITUDE = 1211234500;
/** 23 August 2026, 06:19:51. */
const TIME_S = (Date.UTC(2026, 7, 23, 6, 19, 51) - Date.UTC(2020, 0, 1)) / 1000;
const rmc = (time: string, rest = `A,${PLACE},0.1,10.0,230826,,,A`) => `GNRMC,${time},${rest}`;
const gga = (time: string, rest = `${PLACE},1,09,1.1,62.2,M,9.0,M,,`) => `GNGGA,${time},${rest}`;

function read(lines: string[]): { fixes: Fix[]; counts: number[] } {
  const reader = newNmeaReader();
  takeNmea(nodeMachine, reader, lines.map((line) => `${line}\r\n`).join(""));
  finishEpoch(nodeMachine, reader);
  return { fixes: reader.fixes, counts: [reader.used, reader.other, reader.bad] };
}

const fixesOf = (...bodies: string[]) => read(bodies.map(sentence)).fixes;

test("RMC and GGA of one time of day are one fix, whatever their order, at once", () => {
  for (const bodies of [
    [rmc("061951.00"), gga("061951.00")],
    [gga("061951.00"), rmc("061951.00")],
  ]) {
    const reader = newNmeaReader();
    takeNmea(nodeMachine, reader, bodies.map((body) => `${sentence(body)}\r\n`).join(""));
    assert.equal(reader.fixes, [
      {
        latitude: LATITUDE,
        longitude: LONGITUDE,
        uncertaintyM: 10,
        timeS: TIME_S,
        satellites: 9,
        mode: 0,
      },
    ]);
    takeNmea(nodeMachine, reader, `${sentence(bodies[0])}\n`);
    finishEpoch(nodeMachine, reader);
    assert.is(reader.fixes.length, 1, "once");
  }
});

test("every talker counts alike", () => {
  for (const talker of ["GP", "GL", "GA", "GB", "BD", "GQ", "GI", "GN", "QZ"]) {
    const lines = [rmc("061951"), gga("061951")].map((body) => talker + body.slice(2));
    assert.is(fixesOf(...lines).length, 1, talker);
  }
});

test("what only one kind of sentence says is a fix when the next time of day begins", () => {
  const gll = (time: string) => `GPGLL,${PLACE},${time},A,A`;
  for (const body of [rmc, gga, gll]) {
    const reader = newNmeaReader();
    takeNmea(nodeMachine, reader, `${sentence(body("235959.90"))}\n`);
    assert.is(reader.fixes.length, 0);
    takeNmea(nodeMachine, reader, `${sentence(body("000000.00"))}\n`);
    assert.is(reader.fixes.length, 1);
    finishEpoch(nodeMachine, reader);
    finishEpoch(nodeMachine, reader);
    assert.is(reader.fixes.length, 2);
  }
});

test("no fix where status, quality or mode says so, whatever the other sentence says", () => {
  const good = rmc("061951.00");
  for (const rest of ["V", "A"].flatMap((status) => {
    return ["N", "E", "M", "S", "Z", "AA"].map((mode) => `${status},${PLACE},,,230826,,,${mode}`);
  })) {
    assert.equal(fixesOf(rmc("061951.00", rest), gga("061951.00")), [], rest);
  }
  for (const quality of ["", "0", "6", "7", "8", "9", "12", "-1", "x"]) {
    const bad = gga("061951.00", `${PLACE},${quality},09,1.1,62.2,M,9.0,M,,`);
    assert.equal(fixesOf(bad, good), [], quality);
    assert.equal(fixesOf(bad), [], quality);
  }
  for (const tail of ["V,A", "A,N", "A,E", "V"]) {
    assert.equal(fixesOf(`GPGLL,${PLACE},061951.00,${tail}`), [], tail);
  }
  assert.equal(fixesOf(gga("061951"), "GNGSA,A,1,,,,,,,,,,,,,1.9,1.1,1.6"), []);
  for (const mode of ["A", "D", "F", "P", "R", ""]) {
    assert.is(fixesOf(rmc("061951", `A,${PLACE},,,230826,,,${mode}`)).length, 1, mode);
  }
});

test("no fix where the place can't be one", () => {
  for (const place of [
    "9000.0001,N,12107.4070,E",
    "9100.0000,N,12107.4070,E",
    "3160.0000,N,12107.4070,E",
    "3107.4070,N,18000.0001,E",
    "3107.4070,N,99907.4070,E",
    "3107.4070,X,12107.4070,E",
    "3107.4070,E,12107.4070,N",
    "3107.4070,N,2107.4070,E",
    "310704070,N,12107.4070,E",
    "31.5,N,12107.4070,E",
    "31-7.4070,N,12107.4070,E",
    "3107.40.70,N,12107.4070,E",
    "3107.4070,,12107.4070,",
    ",,,",
    "",
  ]) {
    assert.equal(fixesOf(rmc("061951", `A,${place},,,230826,,,A`)), [], place);
    assert.equal(fixesOf(gga("061951", `${place},1,09,1.1,,,,,,`)), [], place);
  }
  assert.is(fixesOf(rmc("061951", "A,9000.0000,S,18000.0000,W,,,230826,,,A"))[0].latitude, -9e8);
});

test("uncertainty follows the dilution, is never 0, and is wide where nobody said one [wire §6]", () => {
  const metres = (hdop: string) =>
    fixesOf(gga("061951", `${PLACE},1,09,${hdop},62.2,M,9.0,M,,`))[0].uncertaintyM;
  assert.equal(
    ["0.5", "2", "2.01", "4.55", "20", "99.99", "", "0", "0.00", "-3", "9".repeat(30)].map(metres),
    [10, 10, 11, 23, 100, 500, 50, 50, 50, 50, 50],
  );
  const [, second] = fixesOf(
    rmc("061951"),
    "GNGSA,A,2,,,,,,,,,,,,,1.9,7.0,1.6",
    rmc("061952"),
    "GNGSA,A,3,,,,,,,,,,,,,1.9,8.0,1.6",
  );
  assert.equal([second.uncertaintyM, second.mode], [40, 3]);
});

test("the time is the date's and the time of day's of one moment, or none", () => {
  assert.is(fixesOf(gga("061951"))[0].timeS, 0);
  const zda = (time: string, day = "23,08,2026") => `GPZDA,${time},${day},00,00`;
  assert.is(fixesOf(gga("061951"), zda("061951.00"))[0].timeS, TIME_S);
  assert.is(fixesOf(gga("061951"), zda("061950.00"))[0].timeS, 0);
  assert.is(fixesOf(gga("061951"), zda("061951.00", "23,08,1926"))[0].timeS, 0);
  for (const date of ["", "320826", "231326", "230880", "2308", "a30826"]) {
    assert.is(fixesOf(rmc("061951", `A,${PLACE},,,${date},,,A`))[0].timeS, 0, date);
  }
  for (const time of ["", "06", "246000", "066000", "061961", "06195a", "-61951"]) {
    assert.equal(fixesOf(rmc(time), gga(time)), [], time);
  }
});

test("a line that is cut, mixed up, overlong or wrong in its sum is counted and says nothing", () => {
  const good = [sentence(rmc("061951")), sentence(gga("061951"))];
  const wrong = good[0].replace("3107", "3108");
  const cut = good[0].slice(0, 40);
  for (const line of [wrong, cut, good[0].slice(1), `${good[0]}0`, "x".repeat(5000), "$", "é"]) {
    const { fixes, counts } = read([line, ...good]);
    assert.is(fixes.length, 1, line);
    assert.equal(counts, [2, 0, 1], line);
  }
  assert.equal(read([`${cut}${good[0]}`, good[1]]).counts, [2, 0, 1], "the next one is whole");
  assert.equal(read([sentence("GPGSV,1,1,00"), sentence("PMTK001,314,3")]).counts, [0, 2, 0]);
});

test("a line without an end takes no more room than the longest sentence", () => {
  const reader = newNmeaReader();
  for (let i = 0; i < 1000; i++) takeNmea(nodeMachine, reader, ",".repeat(i));
  assert.ok(reader.rest.length <= 120);
  takeNmea(nodeMachine, reader, `\n${sentence(rmc("061951"))}\n${sentence(gga("061951"))}\n`);
  assert.is(reader.fixes.length, 1);
  assert.ok(reader.sentence.ends.length <= 120);
});

const minutes = fc
  .tuple(fc.integer({ min: 0, max: 59 }), fc.stringMatching(/^[0-9]{2,9}$/))
  .map(([whole, part]) => `${String(whole).padStart(2, "0")}.${part}`);
const angle = (most: number, width: number) =>
  fc
    .tuple(fc.integer({ min: 0, max: most - 1 }), minutes)
    .map(([degrees, rest]) => String(degrees).padStart(width, "0") + rest);

test("any place of two to nine decimals is rounded as whole numbers round it", () => {
  fc.assert(
    fc.property(
      angle(90, 2),
      fc.constantFrom("N", "S"),
      angle(180, 3),
      fc.constantFrom("E", "W"),
      (latitude, north, longitude, east) => {
        const place = [latitude, north, longitude, east].join(",");
        const [fix] = fixesOf(gga("061951", `${place},1,09,1.1,,,,,,`));
        assert.is(fix.latitude, exactSeven(latitude, north));
        assert.is(fix.longitude, exactSeven(longitude, east));
      },
    ),
    { numRuns: 2000 },
  );
});

test("a generated walk comes out as it went, however its lines are cut into pieces", () => {
  const walk = createWalk({ chance: createChance(7) });
  const texts = Array.from({ length: 60 }, (_, second) => {
    const fix = walk.fixAt(Date.UTC(2026, 8, 1) + 1000 * second);
    assert.ok(fix);
    const angleText = (degrees: number, width: number) => {
      const ten = Math.round(Math.abs(degrees) * 6e8);
      const rest = String(ten % 6e8).padStart(9, "0");
      return `${String(Math.floor(ten / 6e8)).padStart(width, "0")}${rest.slice(0, 2)}.${rest.slice(2)}`;
    };
    const place = [angleText(fix.latitude, 2), "N", angleText(fix.longitude, 3), "E"];
    return { fix, place };
  });
  const text = texts
    .map(({ fix, place }) => {
      const body = rmc(fix.time, `A,${place.join(",")},,,${fix.date},,,A`);
      return `${sentence(body)}\r\n${sentence(gga(fix.time, `${place},1,09,1.1,,,,,,`))}\r\n`;
    })
    .join("");
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 }), (sizes) => {
      const reader = newNmeaReader();
      for (let at = 0, turn = 0; at < text.length; turn++) {
        const size = sizes[turn % sizes.length];
        takeNmea(nodeMachine, reader, text.slice(at, at + size));
        at += size;
      }
      const said = reader.fixes.map(({ latitude, longitude }) => [latitude, longitude]);
      const walked = texts.map(({ place: [latitude, north, longitude, east] }) => [
        exactSeven(latitude, north),
        exactSeven(longitude, east),
      ]);
      assert.equal(said, walked);
      assert.is(reader.bad, 0);
    }),
    { numRuns: 50 },
  );
});

test("whatever comes over the line, no fix comes of a sentence that was changed", () => {
  const lines = [rmc("061951"), gga("061952"), `GPGLL,${PLACE},061953,A,A`].map(sentence);
  const octet = fc.integer({ min: 0, max: 255 });
  const changed = fc.tuple(fc.constantFrom(...lines), fc.nat(), octet).map(([line, at, code]) => {
    const place = 1 + (at % (line.length - 1));
    const now = String.fromCharCode(code);
    return line[place].toLowerCase() === now.toLowerCase()
      ? line.slice(0, place)
      : line.slice(0, place) + now + line.slice(place + 1);
  });
  const rubbish = fc.array(octet, { maxLength: 300 }).map((all) => String.fromCharCode(...all));
  const odd = fc
    .array(fc.constantFrom("$", "*", ",", "\n", "\r", ".", "-", "GPRMC", "GNGGA", "A", "0", "9"))
    .map((all) => all.join(""));
  fc.assert(
    fc.property(fc.array(fc.oneof(changed, rubbish, odd)), (pieces) => {
      const reader = newNmeaReader();
      for (const piece of pieces) takeNmea(nodeMachine, reader, `${piece}\n`);
      finishEpoch(nodeMachine, reader);
      assert.equal(reader.fixes, []);
      assert.ok(reader.rest.length <= 120);
    }),
    { numRuns: 2000 },
  );
});

test.run();
