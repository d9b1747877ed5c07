// A readable ES5 bundle made small, step by step, with the same meaning on an engine that does not
// hoist. What each step does stands in the file of its name.

import { SourceMap } from "node:module";
import { minify } from "terser";
import { OnekeyError } from "../../sdk/error.ts";
import { cutTraced, joinTraced, type Traced } from "./cut-text.ts";
import { declareFirst } from "./declare-first.ts";
import { dropUnread } from "./drop-unread.ts";
import { hoistLiterals } from "./hoist-literals.ts";
import { inlineCalls } from "./inline-calls.ts";
import { inlineConstants } from "./inline-constants.ts";
import { platformNames, reservedNames } from "./reserved-names.ts";
import { shifts } from "./shifts.ts";
import { shortFields } from "./short-fields.ts";
import { shortNames } from "./short-names.ts";
import { uniqueNames } from "./unique-names.ts";

export interface Shrunk {
  minified: Traced;
  /** Of `minified`: the wire's fields by the short names that its faults say. */
  fields: Record<string, string>;
}

/** The minifier's own map of its text, as origins of its signs. */
function originsBy(map: string, { text, origins }: Traced, code: string): Uint16Array {
  const source = new SourceMap(JSON.parse(map));
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const found = new Uint16Array(code.length);
  for (let at = 0; at < code.length; at++) {
    const entry = source.findEntry(0, at);
    const known = "originalLine" in entry;
    found[at] = known ? origins[starts[entry.originalLine] + entry.originalColumn] : 0;
  }
  return found;
}

async function minified(traced: Traced, reserved: string[]): Promise<Traced> {
  const { code, map } = await minify(traced.text, {
    ecma: 5,
    toplevel: true,
    // A `for` with nothing but a condition is longer than a `while`, as stored.
    compress: { passes: 3, keep_fargs: false, pure_getters: true, loops: false },
    mangle: { toplevel: true, properties: { reserved, builtins: true } },
    sourceMap: true,
  });
  if (code === undefined || typeof map !== "string") {
    throw new OnekeyError("build-failed", "minifying gave nothing");
  }
  return { text: code, origins: originsBy(map, traced, code) };
}

export async function shrink(plain: Traced): Promise<Shrunk> {
  const { cuts, fields } = shortFields(plain.text, platformNames(plain.text));
  let at = cutTraced(plain, cuts);
  const reserved = reservedNames(at.text);
  const names = new Set(reserved);
  at = cutTraced(at, dropUnread(at.text, reserved));
  at = cutTraced(at, inlineConstants(at.text));
  at = cutTraced(at, shifts(at.text));
  at = cutTraced(at, uniqueNames(at.text));
  at = joinTraced(at, inlineCalls(at.text));
  at = await minified(at, reserved);
  at = cutTraced(at, declareFirst(at.text));
  at = cutTraced(at, hoistLiterals(at.text, names));
  at = cutTraced(at, shortNames(at.text, names));
  return { minified: at, fields };
}
