// A separate receiver's lines, read the same way on every engine: fixes and counts as lines of text.
// Decides nothing: the lines of Node are the measure, and the test compares.

import { finishEpoch, newNmeaReader, takeNmea } from "../../../firmware/gnss/nmea.ts";
import { toHex } from "../../../protocol/bytes.ts";
import type { Machine } from "../../../protocol/machine.ts";
import type { Say } from "./wire.ts";

/** Edges of places, dilutions and times; each becomes an RMC and a GGA of one moment. */
const PLACES = [
  "3107.4070,N,12107.4070,E",
  "9000.0000,N,18000.0000,W",
  "8959.999999999,S,17959.999999999,E",
  "0000.0000001,S,00000.0000003,W",
  "4134.49821229,N,09345.03351845,W",
  "0000.0000,N,00000.0000,E",
  "9000.0001,N,18000.0000,W",
];
const DILUTIONS = ["0.5", "1.1", "99.99", "", "2147483648", "7"];
const DATES = ["230826", "290228", "311279", "010120", "", "320826"];

function lineOf(machine: Machine, body: string): string {
  let sum = 0;
  for (let i = 0; i < body.length; i++) sum = sum ^ body.charCodeAt(i);
  const octet = machine.bytes(1);
  octet[0] = sum;
  return "$" + body + "*" + toHex(octet) + "\r\n";
}

export function sayGnss(machine: Machine, say: Say): void {
  const reader = newNmeaReader();
  let text = "# a comment\r\n$GPRMC,0619\n$$GPGSA*0\n$GPGSV,1,1,00*79\n";
  for (let i = 0; i < PLACES.length; i++) {
    const time = "23595" + i + ".50";
    const date = DATES[i % DATES.length];
    const hdop = DILUTIONS[i % DILUTIONS.length];
    text += lineOf(machine, "GNRMC," + time + ",A," + PLACES[i] + ",0.1,," + date + ",,,A");
    text += lineOf(machine, "GNGSA,A,3,01,02,,,,,,,,,,,1.9," + hdop + ",1.6");
    text += lineOf(
      machine,
      "GBGGA," + time + "," + PLACES[i] + ",1,0" + i + "," + hdop + ",62.2,M,,M,,",
    );
  }
  text += lineOf(machine, "GPGLL," + PLACES[0] + ",000000,A,D");
  for (let at = 0; at < text.length; at += 33) {
    takeNmea(machine, reader, text.slice(at, at + 33));
  }
  finishEpoch(machine, reader);
  for (let i = 0; i < reader.fixes.length; i++) {
    const fix = reader.fixes[i];
    const place = fix.latitude + " " + fix.longitude + " " + fix.uncertaintyM;
    say("fix " + place + " " + fix.timeS + " " + fix.satellites + " " + fix.mode);
  }
  say("lines " + reader.used + " " + reader.other + " " + reader.bad);
}
