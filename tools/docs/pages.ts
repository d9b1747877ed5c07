// Every page that is made from the declarations: where it lies and what must stand in it.
// Reads the pages as they are, because prose between tables is kept; writes nothing.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../build/project.ts";
import { cddl } from "./cddl.ts";
import { fillPlace } from "./places.ts";
import { readmeTables } from "./readme-tables.ts";
import { makeVectors, vectorsText } from "./vectors.ts";
import { vectorsPage } from "./vectors-page.ts";

export interface Page {
  /** From the project's folder. */
  path: string;
  /** What must stand there. */
  text: string;
  /** What stands there; "" for no such file. */
  found: string;
}

function foundAt(path: string): string {
  try {
    return readFileSync(join(projectFolder, path), "utf8");
  } catch {
    return ""; // not made yet, which is as good as empty
  }
}

function readmeText(found: string): string {
  return Object.entries(readmeTables()).reduce(
    (page, [name, made]) => fillPlace(page, name, made),
    found,
  );
}

export function pages(): Page[] {
  const vectors = makeVectors();
  const texts: [string, (found: string) => string][] = [
    ["protocol/pager.cddl", cddl],
    ["protocol/vectors.json", () => vectorsText(vectors)],
    ["protocol/vectors.md", () => vectorsPage(vectors)],
    ["protocol/README.md", readmeText],
  ];
  return texts.map(([path, textOf]) => {
    const found = foundAt(path);
    return { path, text: textOf(found), found };
  });
}
