// The bundle of an entry file with another file in the place of the loop, so that its board can be judged.
// Not what ships: nothing is made small, and no word is a number.

import { join } from "node:path";
import { rollup } from "rollup";
import ts from "typescript";
import { projectFolder } from "../../tools/build/project.ts";

const LOOP = join(projectFolder, "firmware/board/loop.ts");
const GIVEN_LOOP = join(projectFolder, "test/board/bundle/given-loop.ts");

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES5,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  ignoreDeprecations: "6.0",
};

export async function boardBundle(entry: string, define: Record<string, string>): Promise<string> {
  const bundle = await rollup({
    input: join(projectFolder, entry),
    plugins: [
      {
        name: "board-alone",
        load: (id) => (id === LOOP ? `export * from ${JSON.stringify(GIVEN_LOOP)};` : null),
        transform(code, id) {
          if (id === LOOP) return null;
          return { code: ts.transpileModule(code, { compilerOptions }).outputText, map: null };
        },
      },
    ],
  });
  const intro = Object.entries(define)
    .map(([name, value]) => `var ${name} = ${JSON.stringify(value)};`)
    .join("\n");
  const { output } = await bundle.generate({ format: "iife", strict: false, intro });
  await bundle.close();
  return output[0].code;
}
