// Where the desk's map takes its tiles from, if from anywhere: options, permission, settings.
// Without them the map names no host and needs no internet.

import { type Command, InvalidArgumentError, Option } from "commander";
import type { Api } from "../../sdk/api/app.ts";

export interface TileOptions {
  tiles?: string;
  tilesDatum: "wgs84" | "gcj02";
}

/** Adds the options to a command that serves the desk. */
export function addTileOptions(command: Command): Command {
  return command
    .option("--tiles <address>", "map tiles, such as https://host/{z}/{x}/{y}.png", tilesOf)
    .addOption(
      new Option("--tiles-datum <datum>", "what the tiles are drawn in")
        .choices(["wgs84", "gcj02"])
        .default("wgs84"),
    );
}

/** Hosts that the page may then load pictures from. */
export function imageSources({ tiles }: TileOptions): string[] {
  return tiles === undefined ? [] : [new URL(tiles).origin];
}

/** Tells the page; without tiles it is told nothing and draws a grid. */
export function mountTiles(app: Api, { tiles, tilesDatum }: TileOptions): void {
  if (tiles === undefined) return;
  const settings = { tiles: { address: tiles, credit: new URL(tiles).host, datum: tilesDatum } };
  app.get("/desk/settings.json", (c) => c.json(settings));
}

// internal

function tilesOf(text: string): string {
  const isAddress = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  if (isAddress && ["{z}", "{x}", "{y}"].every((part) => text.includes(part))) return text;
  throw new InvalidArgumentError("give an http address with {z}, {x} and {y} in it");
}
