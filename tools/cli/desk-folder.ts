// The built page of the desk: the folder that was named, or one that is built when it is out of date.
// Serves nothing; loads the bundler only when there is something to build.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { OnekeyError, systemCode } from "../../sdk/error.ts";

const SOURCES = fileURLToPath(new URL("../desk/", import.meta.url));
const BUILT = fileURLToPath(new URL("../../dist/desk", import.meta.url));
const PAGE = "index.html";

/** Rejects with one sentence when the named folder holds no page, or when the page can't be built. */
export async function deskFolder(named: string | undefined): Promise<string> {
  if (named !== undefined) {
    if (existsSync(join(named, PAGE))) return named;
    throw new OnekeyError(
      "bad-option",
      `${named} holds no ${PAGE}: name the folder of a built desk with --desk, or leave it out.`,
    );
  }
  if (isOutOfDate()) await build();
  return BUILT;
}

// internal

function isOutOfDate(): boolean {
  const page = join(BUILT, PAGE);
  if (!existsSync(page)) return true;
  const builtMs = statSync(page).mtimeMs;
  const files = readdirSync(SOURCES, { recursive: true }) as string[];
  return files.some((file) => statSync(join(SOURCES, file)).mtimeMs > builtMs);
}

async function build(): Promise<void> {
  mkdirSync(dirname(BUILT), { recursive: true });
  const made = mkdtempSync(`${BUILT}-`);
  try {
    const { buildDesk } = await import("../build/desk.ts");
    await buildDesk(made);
    putInPlace(made);
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new OnekeyError(
      "build-failed",
      `The desk's page can't be built (${why}): run npm ci, or name a built one with --desk.`,
    );
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/** Whole or not at all; a page that another process has built meanwhile stays, it may be served. */
function putInPlace(made: string): void {
  if (!isOutOfDate()) return;
  rmSync(BUILT, { recursive: true, force: true });
  try {
    renameSync(made, BUILT);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST"].includes(systemCode(error))) throw error;
  }
}
