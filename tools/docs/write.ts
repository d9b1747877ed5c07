// `npm run docs`: writes the CDDL, the vectors and the tables of the wire anew from its declarations.
// Says which files changed; what is written is checked by test/protocol/docs.test.ts.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../build/project.ts";
import { pages } from "./pages.ts";

for (const { path, text, found } of pages()) {
  if (text !== found) writeFileSync(join(projectFolder, path), text);
  console.log(`${text === found ? "as it was" : "written  "} ${path}, ${text.length} characters`);
}
