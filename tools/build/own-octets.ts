// Of `protocol/bytes.ts` in a bundle for Espruino: what `firmware/espruino/octets.ts` has too is taken
// from there. Whether both mean the same is for `test/espruino/octets.test.ts`.

import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Plugin } from "rollup";
import { projectFolder } from "./project.ts";

const WIRE = join(projectFolder, "protocol/bytes.ts");
const OWN = join(projectFolder, "firmware/espruino/octets.ts");
/** The bundler's own mark of a file that lies nowhere. */
const BOTH = "\0octets";

export function ownOctets(): Plugin {
  return {
    name: "own-octets",
    resolveId(source, importer) {
      if (importer === undefined || importer === BOTH) return null;
      return resolve(dirname(importer), source) === WIRE ? BOTH : null;
    },
    load(id) {
      if (id !== BOTH) return null;
      const text = readFileSync(OWN, "utf8");
      const names = [...text.matchAll(/^export function (\w+)/gm)].map(([, name]) => name);
      // What is named stands before what comes with all the rest.
      const [wire, own] = [WIRE, OWN].map((path) => JSON.stringify(path));
      return `export * from ${wire}; export { ${names.join()} } from ${own};`;
    },
  };
}
