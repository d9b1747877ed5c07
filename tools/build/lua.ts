// The Lua bundle: TypeScript turned into one Lua 5.3 text by typescript-to-lua.
// A warning of the compiler fails the build: `n ? a : b` on a number is only a warning there.

import { join } from "node:path";
import ts from "typescript";
import * as tstl from "typescript-to-lua";
import { OnekeyError } from "../../sdk/error.ts";
import { projectFolder } from "./project.ts";

const options: tstl.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es5.d.ts"],
  types: ["@typescript-to-lua/language-extensions"],
  strict: true,
  skipLibCheck: true,
  rewriteRelativeImportExtensions: true,
  verbatimModuleSyntax: true,
  rootDir: projectFolder,
  outDir: join(projectFolder, "dist/lua"),
  luaTarget: tstl.LuaTarget.Lua53,
  luaLibImport: tstl.LuaLibImportKind.RequireMinimal,
  luaBundle: "bundle.lua",
  noImplicitSelf: true,
  noImplicitGlobalVariables: true,
  noHeader: true,
};

function showDiagnostics(diagnostics: readonly ts.Diagnostic[]): string {
  return ts.formatDiagnostics(diagnostics, {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => projectFolder,
    getNewLine: () => "\n",
  });
}

/** One Lua text of the entry file and all it imports; the text returns the entry's exports. */
export function buildLua(entry: string): string {
  const entryFile = join(projectFolder, entry);
  let bundle = "";
  const { diagnostics } = tstl.transpileFiles(
    [entryFile],
    { ...options, luaBundleEntry: entryFile },
    (path, text) => {
      if (path.endsWith("bundle.lua")) bundle = text;
    },
  );
  if (diagnostics.length > 0) {
    const words = showDiagnostics(diagnostics);
    throw new OnekeyError("build-failed", `${entry} does not become Lua:\n${words}`);
  }
  return bundle;
}
