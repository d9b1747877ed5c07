// Which fields are one and the same: two messages may use one name for values of other bounds.
// The tables and the CDDL tell them apart by the same names; nothing of the wire is decided here.

import type { Declaration, Field } from "../../protocol/declaration.ts";
import { MESSAGES } from "../../protocol/messages.ts";

export interface NamedField {
  /** The field's own name, or with its message before it where that name has another meaning. */
  name: string;
  field: Field;
  /** Every message that has it. */
  messages: string[];
}

/** All that makes a value of the field what it is; whether it may be absent does not. */
function keyOf(field: Field): string {
  const { name, unit, min, max, flag, table, columns, since } = field;
  return JSON.stringify([name, field.kind?.of, unit, min, max, flag, table, columns, since]);
}

/** Each field once, in the order in which the messages bring them. */
export function namedFields(messages: readonly Declaration[] = MESSAGES): NamedField[] {
  const found = new Map<string, NamedField>();
  const names = new Set<string>();
  for (const message of messages) {
    for (const field of message.fields) {
      const known = found.get(keyOf(field));
      if (known !== undefined) {
        if (!known.messages.includes(message.name)) known.messages.push(message.name);
        continue;
      }
      const name = names.has(field.name) ? `${message.name}-${field.name}` : field.name;
      names.add(name);
      found.set(keyOf(field), { name, field, messages: [message.name] });
    }
  }
  return [...found.values()];
}

/** The name that `namedFields` gives to a field of a message. */
export function nameOf(field: Field, all: NamedField[]): string {
  const key = keyOf(field);
  return all.find((one) => keyOf(one.field) === key)?.name ?? field.name;
}
