// The Espruino bundle: words as numbers, TypeScript lowered to ES5, one scope, made small, tokenised.
// Builds text only; what is wrong with a bundle is found by the bundle check of the tests.

import { createHash } from "node:crypto";
import { join, relative } from "node:path";
import { type OutputChunk, type Plugin, rollup } from "rollup";
import ts from "typescript";
import { SLOT_OCTETS_MAX } from "../../firmware/core/image-slots.ts";
import { OnekeyError } from "../../sdk/error.ts";
import { cutText, cutTraced, type Traced } from "./cut-text.ts";
import { kept, sourcesHash } from "./kept.ts";
import { ownOctets } from "./own-octets.ts";
import { projectFolder } from "./project.ts";
import { shrink } from "./shrink.ts";
import { storedTokens, tokenise } from "./tokenise.ts";
import { uniqueVars } from "./unique-vars.ts";
import { type KeptWord, type Words, wordsOf } from "./words.ts";

export type EspruinoBoard = "rak5010" | "espruino-linux";

/** What a slot holds, and what the stock interpreter's Storage holds of it beside the loader [pager §1.3]. */
export const IMAGE_OCTETS_MAX = SLOT_OCTETS_MAX;
/** What two images may have in the 20 pages of the stock interpreter, the spare one compressed [design §7]. */
export const IMAGE_OCTETS_STOCK = 44 * 1024;

const ENTRIES: Record<EspruinoBoard, string> = {
  rak5010: "firmware/espruino/rak5010.ts",
  "espruino-linux": "firmware/espruino/linux.ts",
};

/** What begins an image, and is never renewed itself. */
const LOADERS: Record<EspruinoBoard, string> = {
  rak5010: "firmware/espruino/rak5010-loader.ts",
  "espruino-linux": "firmware/espruino/linux-loader.ts",
};

/** Of everything that is done for each board: the choices of `onekey build`, sizes, checks of bundles. */
export const ESPRUINO_BOARDS = Object.keys(ENTRIES) as EspruinoBoard[];

const PLATFORM = "firmware/espruino/globals.d.ts";

/**
 * On Linux the interpreter begins with a third of the board's variables. It takes more where they run
 * out, but not for a native call that wants several in one piece, as AES does: so it takes them first.
 */
const GROW = '!function(){for(var s="0123456789";s.length<2e5;)s+=s}();';

/** Everything that a board's bundle is made of. */
const SOURCES = ["firmware", "protocol", "tools/build"];

export interface EspruinoBundle {
  /** Readable ES5; this is what the bundle check reads, because minifying hides faults. */
  plain: string;
  /** What an engine runs. */
  minified: string;
  /** Of `minified`: the wire's fields by the short names that its faults say. */
  fields: Record<string, string>;
  /** Texts of the sources that stand in `minified`, and why none of them is a number. */
  words: KeptWord[];
  /** Of `stored`, by path of the source from the project's folder. */
  octetsByFile: Record<string, number>;
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

function lower(words: Words): Plugin {
  return {
    name: "lower-to-es5",
    transform(code, id) {
      if (!id.endsWith(".ts")) return null;
      const text = cutText(code, words.cuts.get(id) ?? []);
      const { outputText } = ts.transpileModule(text, { fileName: id, compilerOptions: lowering });
      return { code: outputText, map: null };
    },
  };
}

async function bundled(entry: string, words: Words, defines: Defines): Promise<OutputChunk> {
  const bundle = await rollup({
    input: join(projectFolder, entry),
    plugins: [ownOctets(), lower(words)],
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
  return output[0];
}

/** The bundle's text, each line with the place of its file in `moduleIds`. */
function traced({ code, modules, moduleIds }: OutputChunk): Traced {
  const lines = code.split("\n");
  const files = new Uint16Array(lines.length);
  let at = 0;
  moduleIds.forEach((id, file) => {
    for (const line of (modules[id]?.code ?? "").split("\n")) {
      // The bundler indents, and puts lines of its own between files.
      while (at < lines.length && lines[at]?.trim() !== line.trim()) at++;
      files[at] = file;
      at++;
    }
  });
  const origins = new Uint16Array(code.length);
  let from = 0;
  lines.forEach((line, place) => {
    origins.fill(files[place] ?? 0, from, from + line.length + 1);
    from += line.length + 1;
  });
  return { text: code, origins };
}

function countOctets({ text, origins }: Traced, paths: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { from, octets } of storedTokens(text)) {
    const path = relative(projectFolder, paths[origins[from] ?? 0] ?? "");
    counts[path] = (counts[path] ?? 0) + octets.length;
  }
  return counts;
}

/** What a program has as text. */
export function textsIn(program: string): Set<string> {
  const texts = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node)) texts.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("bundle.js", program, ts.ScriptTarget.ES5));
  return texts;
}

/** What runs the bundle: a chip has the memory that it has, and the interpreter on Linux takes more. */
export type Runner = "chip" | "linux";

/** What is made; the rest of a bundle follows from it. */
type Texts = Pick<EspruinoBundle, "plain" | "minified" | "fields" | "words" | "octetsByFile">;

async function makeTexts(entry: string, defines: Defines, runner: Runner): Promise<Texts> {
  const words = wordsOf(entry, PLATFORM);
  const chunk = await bundled(entry, words, defines);
  const lowered = traced(chunk);
  const plain = cutTraced(lowered, uniqueVars(lowered.text));
  const { minified, fields } = await shrink(plain);
  const first = runner === "chip" ? "" : GROW;
  const said = textsIn(minified.text);
  return {
    plain: plain.text,
    minified: first + minified.text,
    fields,
    words: words.kept.filter(({ word }) => said.has(word)),
    octetsByFile: countOctets(minified, chunk.moduleIds),
  };
}

function bundleOf(texts: Texts): EspruinoBundle {
  const sha256 = createHash("sha256").update(texts.minified).digest("hex");
  return { ...texts, sha256, stored: tokenise(texts.minified) };
}

async function keptBundle(entry: string, define: Defines, runner: Runner): Promise<EspruinoBundle> {
  const hash = sourcesHash(SOURCES, JSON.stringify([entry, define]));
  return bundleOf(await kept(hash, () => makeTexts(entry, define, runner)));
}

/** Bundles any entry file; paths are relative to the project's folder. */
export async function bundleEspruino(
  entry: string,
  defines: Defines = {},
  runner: Runner = "linux",
): Promise<EspruinoBundle> {
  return bundleOf(await makeTexts(entry, defines, runner));
}

/** The bundle of a board. `espruino-linux` needs `MODEM_TTY`, the path of the modem's serial line. */
export async function buildEspruino(options: {
  board: EspruinoBoard;
  define?: Defines;
}): Promise<EspruinoBundle> {
  const runner: Runner = options.board === "espruino-linux" ? "linux" : "chip";
  return keptBundle(ENTRIES[options.board], options.define ?? {}, runner);
}

/** The boot file of a board, which takes one of its images and begins it. */
export async function buildLoader(board: EspruinoBoard): Promise<EspruinoBundle> {
  return keptBundle(LOADERS[board], {}, "chip");
}

/** For the interpreter on Linux: the loader, and behind it the image that it has from the factory. */
export function linuxProgram(loader: EspruinoBundle, factory: EspruinoBundle): string {
  return `${loader.minified}\nfunction onekeyFactory(){${factory.minified}}\nonekeyLoad(onekeyFactory);`;
}
