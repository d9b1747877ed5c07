// The tables of protocol/README.md, made from the declarations and from measured datagrams.
// `GOLDEN=write npx tsx test/protocol/readme.test.ts` puts them into the page.

import type { Declaration, Field } from "../../protocol/declaration.ts";
import { MESSAGES } from "../../protocol/messages.ts";
import { table } from "../page-tables.ts";
import { sizes } from "./sizes.ts";

function fieldName(field: Field): string {
  return field.needed ? `**${field.name}**` : field.name;
}

function messageRow(message: Declaration): (string | number)[] {
  const type = message.confirmable ? "CON" : "NON";
  const fields = message.fields.map(fieldName).join(", ");
  const content = fields === "" ? "no octets" : fields;
  return [`\`${message.letter}\``, message.name, message.direction, type, message.since, content];
}

function fieldRow(field: Field): (string | number)[] {
  const wire = field.table === undefined ? "as it is" : `code 0 to ${field.table.length - 1}`;
  const round = field.table === undefined ? "" : `, goes ${field.round}`;
  const bounds = `${field.min} to ${field.max}`;
  return [field.name, field.unit, bounds, wire + round, field.flag, field.since];
}

function fieldRows(): (string | number)[][] {
  const rows = new Map<string, (string | number)[]>();
  for (const message of MESSAGES) {
    for (const field of message.fields) rows.set(field.name, fieldRow(field));
  }
  return [...rows.values()];
}

/** Name of a table's place in the page, and the table. */
export const TABLES: Record<string, string> = {
  messages: table(
    ["letter", "message", "", "type", "since", "array (needed fields bold)"],
    MESSAGES.map(messageRow),
  ),
  fields: table(
    ["field", "unit", "bounds", "on the wire", "flag on its sign", "since"],
    fieldRows(),
  ),
  sizes: table(
    ["UDP payload at worst", "octets", "bound"],
    sizes().map((size) => [size.name, size.octets, size.octetsMax]),
  ),
};
