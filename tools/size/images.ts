// What the images of the Espruino boards weigh as stored, and which folder brings how much.
// Builds them, or takes the ones that were built from the same sources.

import {
  buildEspruino,
  type Defines,
  ESPRUINO_BOARDS,
  type EspruinoBoard,
  IMAGE_OCTETS_MAX,
  IMAGE_OCTETS_STOCK,
} from "../build/espruino.ts";
import { PAGER_TTY } from "../simulator/pty-pair.ts";
import type { Budget } from "./budget.ts";

export interface ImageSize {
  board: EspruinoBoard;
  octets: number;
  /** The heaviest first. */
  folders: { folder: string; octets: number }[];
}

function foldersOf(octetsByFile: Record<string, number>): ImageSize["folders"] {
  const sums = new Map<string, number>();
  for (const [path, octets] of Object.entries(octetsByFile)) {
    const folder = path.slice(0, path.lastIndexOf("/"));
    sums.set(folder, (sums.get(folder) ?? 0) + octets);
  }
  const folders = [...sums].map(([folder, octets]) => ({ folder, octets }));
  return folders.sort((a, b) => b.octets - a.octets);
}

export async function imageSizes(): Promise<ImageSize[]> {
  const sizes: ImageSize[] = [];
  for (const board of ESPRUINO_BOARDS) {
    const define: Defines = board === "espruino-linux" ? { MODEM_TTY: PAGER_TTY } : {};
    const { stored, octetsByFile } = await buildEspruino({ board, define });
    sizes.push({ board, octets: stored.length, folders: foldersOf(octetsByFile) });
  }
  return sizes;
}

export function imageBudgets(sizes: readonly ImageSize[]): Budget[] {
  const images: Budget[] = sizes.map(({ board, octets }) => ({
    what: `image of ${board}, as stored`,
    measured: octets,
    allowed: IMAGE_OCTETS_MAX,
    unit: "octets",
  }));
  const stock: Budget = {
    what: "the same, were its spare in Storage",
    measured: sizes[0].octets,
    allowed: IMAGE_OCTETS_STOCK,
    unit: "octets",
  };
  const why = "needs no room there, slots have it: firmware/README.md";
  return [...images, sizes[0].octets > IMAGE_OCTETS_STOCK ? { ...stock, why } : stock];
}
