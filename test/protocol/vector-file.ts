// The file vectors.json as a stranger has it: read from the file, with values turned into what codecs take.
// Nothing here comes from the generator but the shape of the record.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Declaration } from "../../protocol/declaration.ts";
import { MESSAGES } from "../../protocol/messages.ts";
import { projectFolder } from "../../tools/build/project.ts";
import type { MessageVector } from "../../tools/docs/message-vectors.ts";
import type { SealedVector } from "../../tools/docs/seal.ts";
import type { Vectors } from "../../tools/docs/vectors.ts";
import type { AnyValues, Cell } from "./any-values.ts";

export function readVectors(): Vectors {
  return JSON.parse(readFileSync(join(projectFolder, "protocol/vectors.json"), "utf8")) as Vectors;
}

export function messageOf(name: string): Declaration {
  const message = MESSAGES.find((one) => one.name === name);
  if (message === undefined) throw new Error(`no message ${name}: run \`npm run docs\``);
  return message;
}

export const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));

const cellOf = (cell: number | string): Cell => (typeof cell === "string" ? octets(cell) : cell);

/** Hex becomes octets, rows become one list behind one another. */
export function saidOf(vector: MessageVector): AnyValues {
  const entries = Object.entries(vector.values).map(([name, value]) => {
    if (Array.isArray(value)) {
      return [name, (value as (number | string)[][]).flat().map(cellOf)] as const;
    }
    return [name, cellOf(value as number | string)] as const;
  });
  return Object.fromEntries(entries);
}

/** Every datagram of the file in its order, each conversation by itself. */
export function conversations(vectors: Vectors): { name: string; steps: SealedVector[] }[] {
  const ofMessages = vectors.messages
    .filter((vector) => vector.sealed.length > 0)
    .map(({ name, sealed }) => ({ name, steps: sealed }));
  return [...ofMessages, ...vectors.exchanges.map(({ name, steps }) => ({ name, steps }))];
}
