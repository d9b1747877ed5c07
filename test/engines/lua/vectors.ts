// The vectors on a Lua machine; the bundle returns `text`, all lines in one.

import { sayVectors } from "../script/vectors.ts";
import { luaMachine } from "./machine.ts";

/** A global that stands before the bundle. */
declare const VECTOR_LINES: string;

const lines: string[] = [];
sayVectors(luaMachine, VECTOR_LINES, function (line) {
  lines.push(line);
});

export const text = lines.join("\n");
