// Where the project lies: the nearest folder upwards that has a package.json.
// The same from the sources and from the packed, compiled files.

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

function upwards(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : upwards(dirname(folder));
}

export const projectFolder = upwards(dirname(fileURLToPath(import.meta.url)));
