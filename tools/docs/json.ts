// JSON laid out as the house's formatter lays it out: short lists on one line, records never.

const COLUMNS = 100;

export type Json = string | number | boolean | Json[] | { [name: string]: Json | undefined };

function isList(value: Json): value is Json[] {
  return Array.isArray(value);
}

/** On one line, or undefined where a record is in it. */
function flat(value: Json): string | undefined {
  if (!isList(value)) return typeof value === "object" ? undefined : JSON.stringify(value);
  const parts = value.map(flat);
  return parts.includes(undefined) ? undefined : `[${parts.join(", ")}]`;
}

function lay(value: Json, indent: string, before: number): string {
  const line = flat(value);
  if (line !== undefined && (!isList(value) || before + line.length < COLUMNS)) return line;
  const deeper = `${indent}  `;
  if (isList(value)) {
    const items = value.map((one) => deeper + lay(one, deeper, deeper.length));
    return `[\n${items.join(",\n")}\n${indent}]`;
  }
  const entries = Object.entries(value as { [name: string]: Json | undefined }).flatMap(
    ([name, one]) => {
      if (one === undefined) return [];
      const key = `${deeper}${JSON.stringify(name)}: `;
      return [key + lay(one, deeper, key.length)];
    },
  );
  return entries.length === 0 ? "{}" : `{\n${entries.join(",\n")}\n${indent}}`;
}

/** The text of a file. What is undefined in a record is left out. */
export function layJson(value: Json): string {
  return `${lay(value, "", 0)}\n`;
}
