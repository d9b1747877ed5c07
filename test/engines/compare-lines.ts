// What an engine said beside what it should have said, line by line.
// Judges text only; how an engine is run is said in the files beside this one.

import * as assert from "uvu/assert";
import { withFieldNames } from "../../tools/build/short-fields.ts";

/** The first line that differs says most; the whole is compared too. */
export function compareLines(lines: string[], expected: string[]): void {
  const at = expected.findIndex((line, place) => line !== lines[place]);
  if (at >= 0) assert.is(`${at}: ${lines[at]}`, `${at}: ${expected[at]}`);
  assert.is(lines.length, expected.length);
}

/** The build shortens the names of fields; a fault's path says them. */
export function namedLines(lines: string[], { fields }: { fields: Record<string, string> }) {
  return lines.map((line) => withFieldNames(line, fields));
}
