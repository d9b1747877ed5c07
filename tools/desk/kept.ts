// What the desk keeps in the browser: operator's name, language, tiles. Never anything of a person.
import { LANGUAGES, type Language } from "./words/words.ts";

export interface Tiles {
  /** Empty: plain ground, nothing is fetched. */
  address: string;
  credit: string;
  datum: "wgs84" | "gcj02";
}

export interface Kept {
  operator: string;
  language: Language;
  /** Absent: what the platform gives. */
  tiles?: Tiles;
}

/** What is needed of the browser's storage. */
export interface Shelf {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
}

const KEY = "onekey.desk";

/** A tile address must be HTTP and hold all three places to fill in. */
export function isTileAddress(address: string): boolean {
  const holds = ["{z}", "{x}", "{y}"].every((part) => address.includes(part));
  return holds && /^https?:\/\//.test(address);
}

function readTiles(value: unknown): Tiles | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { address, credit, datum } = value as Record<string, unknown>;
  if (typeof address !== "string") return undefined;
  if (address !== "" && !isTileAddress(address)) return undefined;
  return {
    address,
    credit: typeof credit === "string" ? credit : "",
    datum: datum === "gcj02" ? "gcj02" : "wgs84",
  };
}

/** Reads what an earlier page kept; whatever is not understood counts as not kept. */
export function parseKept(text: string | null): Kept {
  let value: Record<string, unknown> = {};
  try {
    value = JSON.parse(text ?? "{}") as Record<string, unknown>;
  } catch {
    value = {}; // Another program's text under our name: start afresh.
  }
  const language = LANGUAGES.find((one) => one === value?.language) ?? "both";
  const operator = typeof value?.operator === "string" ? value.operator : "";
  return { operator, language, tiles: readTiles(value?.tiles) };
}

export function readKept(shelf: Pick<Shelf, "getItem">): Kept {
  return parseKept(shelf.getItem(KEY));
}

export function writeKept(shelf: Pick<Shelf, "setItem">, kept: Kept): void {
  shelf.setItem(KEY, JSON.stringify(kept));
}

/** Reads the tiles that the platform gives in settings.json, shape `{tiles: {address, ...}}`. */
export function parseTiles(settings: unknown): Tiles | undefined {
  if (typeof settings !== "object" || settings === null) return undefined;
  return readTiles((settings as Record<string, unknown>).tiles);
}
