// What a test may need beyond `npm ci`, and the aloud skip where it is missing.
// Never installs anything and never runs what it finds.

import { accessSync, appendFileSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { projectFolder } from "../tools/build/project.ts";

/** Things a bare machine may lack. `REQUIRE=espruino,chromium` turns their absence into a failure. */
export type NeedName =
  | "espruino"
  | "chromium"
  | "tshark"
  | "socat"
  | "luac"
  | "nmea"
  | "libcoap"
  | "zcbor";

interface Lookup {
  /** Environment variable that names the path and goes before everything else. */
  variable: string;
  /** Program names looked for on the PATH. */
  programs: string[];
  /** Fixed places, relative ones from the project's folder. */
  places: string[];
  /** What to do about it, in words. */
  cure: string;
}

const LOOKUPS: Record<NeedName, Lookup> = {
  espruino: {
    variable: "ESPRUINO",
    programs: ["espruino"],
    places: [],
    cure: "put Espruino 2v29 for Linux on the PATH as `espruino`, or name it in ESPRUINO",
  },
  chromium: {
    variable: "CHROMIUM",
    programs: ["chromium", "chromium-browser", "google-chrome"],
    places: ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/snap/bin/chromium"],
    cure: "install the package `chromium`, or name the browser in CHROMIUM",
  },
  tshark: {
    variable: "TSHARK",
    programs: ["tshark"],
    places: ["/usr/bin/tshark"],
    cure: "install the package `tshark`",
  },
  socat: {
    variable: "SOCAT",
    programs: ["socat"],
    places: ["/usr/bin/socat"],
    cure: "install the package `socat`",
  },
  luac: {
    variable: "LUAC",
    programs: ["luac5.3", "luac"],
    places: [],
    cure: "install the package `lua5.3`",
  },
  libcoap: {
    variable: "LIBCOAP",
    programs: ["coap-client-notls", "coap-client"],
    places: [],
    cure: "install the package `libcoap3-bin`, or name its client in LIBCOAP",
  },
  zcbor: {
    variable: "ZCBOR",
    programs: ["zcbor"],
    places: [],
    cure: "install `zcbor` with pip",
  },
  nmea: {
    variable: "NMEA",
    programs: [],
    places: ["../shared/nmea"],
    cure: "name a folder of recorded receivers' output in NMEA",
  },
};

/** One line of what a test file reports to the runner beside uvu's own totals. */
export type TestReport =
  | { kind: "skip"; name: NeedName; reason: string }
  | { kind: "ran"; engine: string; version: string; bundle: string; tests: number };

function report(line: TestReport): void {
  const file = process.env.TEST_REPORT;
  if (file !== undefined && file !== "") appendFileSync(file, `${JSON.stringify(line)}\n`);
}

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // absent or not ours to run: both mean "not here"
  }
}

function find(lookup: Lookup): string | undefined {
  const named = process.env[lookup.variable];
  if (named !== undefined && named !== "") return existsSync(named) ? named : undefined;
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const program of lookup.programs) {
      const path = join(folder, program);
      if (folder !== "" && runnable(path)) return path;
    }
  }
  return lookup.places
    .map((place) => (place.startsWith("/") ? place : join(projectFolder, place)))
    .find((path) => existsSync(path));
}

/** The names that REQUIRE lists. */
export function required(): string[] {
  return (process.env.REQUIRE ?? "").split(",").map((name) => name.trim());
}

/**
 * Path of a program or folder that a test needs, or undefined where it is missing; then the skip
 * is printed and counted. Throws where `REQUIRE` names it, so that the test file is red.
 */
export function need(name: NeedName): string | undefined {
  const lookup = LOOKUPS[name];
  const path = find(lookup);
  if (path !== undefined) return path;
  const reason = `${name} is not here: ${lookup.cure}`;
  if (required().includes(name)) throw new Error(`REQUIRE names ${name}, but ${reason}`);
  console.log(`SKIP ${reason}`);
  report({ kind: "skip", name, reason });
  return undefined;
}

/** A row of the engine table that the runner prints: which engine ran which bundle. */
export interface EngineRun {
  engine: string;
  /** What the engine says of itself, in its own words. */
  version: string;
  /** SHA-256 of the program it ran, hex. */
  bundle: string;
  /** Tests that ran on it. */
  tests: number;
}

export function ran(row: EngineRun): void {
  report({ kind: "ran", ...row });
}
