// The dialect of code that runs on Espruino, on Lua and on Node, as a check over the syntax tree.
// Why each rule holds stands in its own message; the rules are in the files `dialect-*.ts`.

import type ts from "typescript";
import { numberRules } from "./dialect-numbers.ts";
import { orderRules } from "./dialect-order.ts";
import type { DialectRule, Reach } from "./dialect-rule.ts";
import { syntaxRules } from "./dialect-syntax.ts";
import { typeRules } from "./dialect-types.ts";
import { lineOf, nameOf, type Offence, walk } from "./program.ts";

export const dialectRules: DialectRule[] = [
  ...numberRules,
  ...syntaxRules,
  ...typeRules,
  ...orderRules,
];

export interface DialectScope {
  /** Folders, each with its last slash. */
  folders: string[];
  reach: Reach;
}

/** Where the dialect holds: whole in what becomes Lua too, in part where only Espruino runs it. */
export const dialectScopes: DialectScope[] = [
  {
    folders: [
      "protocol/",
      "firmware/core/",
      "firmware/gnss/",
      "firmware/motion/",
      "firmware/modem/",
      "firmware/board/",
      "test/engines/script/",
    ],
    reach: "shared",
  },
  { folders: ["firmware/espruino/"], reach: "firmware" },
];

/** One offence a rule and line. */
export function dialectOffences(
  file: ts.SourceFile,
  checker: ts.TypeChecker,
  rules: DialectRule[],
): Offence[] {
  const found = new Map<string, Offence>();
  walk(file, (node) => {
    for (const rule of rules) {
      if (!rule.finds(node, checker)) continue;
      const line = lineOf(node);
      const offence = { file: nameOf(file), line, rule: rule.name, instead: rule.instead };
      if (!found.has(`${rule.name} ${line}`)) found.set(`${rule.name} ${line}`, offence);
    }
  });
  return [...found.values()].sort((a, b) => a.line - b.line);
}

export function rulesFor(reach: Reach): DialectRule[] {
  return dialectRules.filter((rule) => reach === "shared" || rule.reach === "firmware");
}
