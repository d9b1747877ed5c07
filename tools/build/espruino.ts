// The Espruino bundle: TypeScript lowered to ES5, one scope, then minified and tokenised.
// Builds text only; what is wrong with a bundle is found by the bundle check of the tests.

import { createHash } from "node:crypto";
import { join } from "node:path";
import { type Plugin, rollup } from "rollup";
import { minify } from "terser";
import ts from "typescript";
import { OnekeyError } from "../../sdk/error.ts";
import { dropUnread } from "./drop-unread.ts";
import { kept, sourcesHash } from "./kept.ts";
import { projectFolder } from "./project.ts";
import { platformNames, reservedNames } from "./reserved-names.ts";
import { shortFields } from "./short-fields.ts";
import { tokenise } from "./tokenise.ts";
import { uniqueVars } from "./unique-vars.ts";

export type EspruinoBoard = "rak5010" | "espruino-linux";

/** Largest image as stored on the pager [design §7]. */
export const IMAGE_OCTETS_MAX = 44 * 1024;

const ENTRIES: Record<EspruinoBoard, string> = {
  rak5010: "firmware/espruino/rak5010.ts",
  "espruino-linux": "firmware/espruino/linux.ts",
};

/** A word to this interpreter and to no ES5 engine: as a variable's name it ends a program. */
const WORDS_TO_THE_INTERPRETER = ["of"];

/** Everything that a board's bundle is made of. */
const SOURCES = ["firmware", "protocol", "tools/build"];

export interface EspruinoBundle {
  /** Readable ES5; this is what the bundle check reads, because minifying hides faults. */
  plain: string;
  /** What an engine runs. */
  minified: string;
  /** Of `minified`: the wire's fields by the short names that its faults say. */
  fields: Record<string, string>;
  /** Of `minified`, hex. */
  sha256: string;
  /** `minified` in the form in which a pager stores it; runs as it stands. */
  stored: Buffer;
}

/** Values that the build puts in, by the name under which the sources declare them. */
export type Defines = Record<string, string | number>;

// `ignoreDeprecations`: TypeScript 6 is the last one that lowers to ES5, and says so each time.
const lowering: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES5,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  ignoreDeprecations: "6.0",
};

const lower: Plugin = {
  name: "lower-to-es5",
  transform(code, id) {
    if (!id.endsWith(".ts")) return null;
    const { outputText } = ts.transpileModule(code, { fileName: id, compilerOptions: lowering });
    return { code: outputText, map: null };
  },
};

/** What is made; the rest of a bundle follows from it. */
type Texts = Pick<EspruinoBundle, "plain" | "minified" | "fields">;

async function makeTexts(entry: string, defines: Defines): Promise<Texts> {
  const bundle = await rollup({
    input: join(projectFolder, entry),
    plugins: [lower],
    onwarn(warning) {
      throw new OnekeyError("build-failed", `bundling ${entry}: ${warning.message}`);
    },
  });
  const intro = Object.entries(defines)
    .map(([name, value]) => `var ${name} = ${JSON.stringify(value)};`)
    .join("\n");
  const { output } = await bundle.generate({
    format: "iife",
    strict: false,
    generatedCode: "es5",
    intro,
  });
  await bundle.close();
  const plain = uniqueVars(output[0].code);
  const { text, fields } = shortFields(plain, platformNames(plain));
  const reserved = reservedNames(text);
  const { code } = await minify(dropUnread(text, reserved), {
    ecma: 5,
    toplevel: true,
    compress: { passes: 3, keep_fargs: false, pure_getters: true },
    mangle: {
      toplevel: true,
      reserved: WORDS_TO_THE_INTERPRETER,
      properties: { reserved, builtins: true },
    },
  });
  if (code === undefined) throw new OnekeyError("build-failed", `minifying ${entry} gave nothing`);
  return { plain, minified: code, fields };
}

function bundleOf({ plain, minified, fields }: Texts): EspruinoBundle {
  const sha256 = createHash("sha256").update(minified).digest("hex");
  return { plain, minified, fields, sha256, stored: tokenise(minified) };
}

/** Bundles any entry file; paths are relative to the project's folder. */
export async function bundleEspruino(
  entry: string,
  defines: Defines = {},
): Promise<EspruinoBundle> {
  return bundleOf(await makeTexts(entry, defines));
}

/** The bundle of a board. `espruino-linux` needs `MODEM_TTY`, the path of the modem's serial line. */
export async function buildEspruino(options: {
  board: EspruinoBoard;
  define?: Defines;
}): Promise<EspruinoBundle> {
  const entry = ENTRIES[options.board];
  const define = options.define ?? {};
  const hash = sourcesHash(SOURCES, JSON.stringify([entry, define]));
  return bundleOf(await kept(hash, () => makeTexts(entry, define)));
}
