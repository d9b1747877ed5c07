// The script on a Lua machine; the bundle returns `text`, all lines in one.

import { runScript } from "../script/script.ts";
import { luaMachine } from "./machine.ts";

const lines: string[] = [];
runScript(luaMachine, function (line) {
  lines.push(line);
});

export const text = lines.join("\n");
