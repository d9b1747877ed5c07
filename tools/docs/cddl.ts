// The wire in CDDL [RFC 8610], made from the declarations. Text only: nothing is judged here.
//
// A writer's array says null for what is absent inside and never ends with null. Groups say just
// that: from an optional field on there is either the value and perhaps more, or null and then
// surely more. A reader also passes over a tail: all fields that it knows, null or not, and more.

import type { Column, Declaration, Field } from "../../protocol/declaration.ts";
import { MESSAGES } from "../../protocol/messages.ts";
import { type NamedField, namedFields, nameOf } from "./field-names.ts";

const LINE_OCTETS_MAX = 96;

/** Names that every CDDL file has already [RFC 8610 §D]; as labels zcbor refuses them. */
const PRELUDE = new Set(
  [
    "any uint nint int bstr bytes tstr text tdate time number biguint bignint bigint integer",
    "unsigned decfrac bigfloat eb64url eb64legacy eb16 encoded-cbor uri b64url b64legacy regexp",
    "mime-message cbor-any float16 float32 float64 float16-32 float32-64 float false true bool",
    "nil null undefined",
  ].flatMap((line) => line.split(" ")),
);

interface Maker {
  fields: NamedField[];
  /** Rules of tails by what is in them: messages with the same end share them. */
  tails: Map<string, { name: string; text: string }>;
  /** Messages by what is in them: those that say the same share their rules. */
  messages: Map<string, string>;
}

function label(field: { name: string }): string {
  return PRELUDE.has(field.name) ? `${field.name}-value` : field.name;
}

function typeOf(maker: Maker, message: Declaration, field: Field): string {
  if (field === message.fields[0] && message.word !== undefined) return `${message.word}`;
  return `${nameOf(field, maker.fields)}-field`;
}

function entry(maker: Maker, message: Declaration, field: Field): string {
  return `${label(field)}: ${typeOf(maker, message, field)}`;
}

/** A list on one line, or an entry a line where that is too long. */
function rule(name: string, open: string, entries: string[], close: string): string {
  const line = `${name} = ${open}${entries.join(", ")}${close}`;
  if (line.length <= LINE_OCTETS_MAX) return line;
  return `${name} = ${open}\n${entries.map((one) => `  ${one}`).join(",\n")}\n${close}`;
}

/** A group of these fields, of which at least one is said and the last one said is no null. */
function tailOf(maker: Maker, message: Declaration, fields: readonly Field[]): string {
  const [first, ...rest] = fields;
  const value = entry(maker, message, first);
  if (rest.length === 0) return value;
  const key = fields.map((field) => entry(maker, message, field)).join();
  const known = maker.tails.get(key);
  if (known !== undefined) return known.name;
  const name = `${message.name}-${label(first)}`;
  const held = { name, text: "" };
  maker.tails.set(key, held);
  const next = tailOf(maker, message, rest);
  const line = `${name} = ((${value}, ? ${next}) // (nil, ${next}))`;
  const lines = `${name} = (\n  (${value}, ? ${next}) //\n  (nil, ${next})\n)`;
  held.text = line.length <= LINE_OCTETS_MAX ? line : lines;
  return name;
}

/** The rule of what a writer writes, and the tails that are new with it. */
function messageRules(maker: Maker, message: Declaration): string[] {
  const fields = message.fields;
  const headOf = fields.reduce((count, field, at) => (field.needed ? at + 1 : count), 0);
  const entries = fields
    .slice(0, headOf)
    .map((field) => `${entry(maker, message, field)}${field.needed ? "" : " / nil"}`);
  const before = maker.tails.size;
  if (headOf < fields.length) {
    const tail = tailOf(maker, message, fields.slice(headOf));
    entries.push(headOf === 0 ? tail : `? ${tail}`);
  }
  const tails = [...maker.tails.values()].slice(before).map((one) => one.text);
  return [rule(`${message.name}-message`, "[", entries, "]"), ...tails];
}

/** The rule of what a newer version may write, so that a reader of this one passes over the rest. */
function longerRule(maker: Maker, message: Declaration): string {
  const entries = message.fields.map(
    (field) => `${entry(maker, message, field)}${field.needed ? "" : " / nil"}`,
  );
  return rule(`${message.name}-longer`, "[", [...entries, "+ any"], "]");
}

function messageText(maker: Maker, message: Declaration): string {
  const type = message.confirmable ? "confirmable" : "non-confirmable";
  const word = message.word === undefined ? "" : `, word ${message.word}`;
  const place = `${message.direction}, ${message.letter}${word}`;
  const head = `; ${message.name}: ${place}, ${type}, since version ${message.since}`;
  const key = message.fields.map((field) => entry(maker, message, field)).join();
  const same = maker.messages.get(key);
  maker.messages.set(key, same ?? message.name);
  const rules =
    same === undefined
      ? [...messageRules(maker, message), longerRule(maker, message)]
      : [`${message.name}-message = ${same}-message`, `${message.name}-longer = ${same}-longer`];
  return [head, ...rules].join("\n");
}

/** What goes over the wire: numbers as they are or codes of a table, below 0 with the flag set. */
function numberType(field: Field): string {
  const min = field.table === undefined ? field.min : 0;
  const max = field.table === undefined ? field.max : field.table.length - 1;
  return `${field.flag === undefined ? min : -1 - max}..${max}`;
}

function octetsType(min: number, max: number): string {
  return min === max ? `bstr .size ${min}` : `bstr .size (${min}..${max})`;
}

/** A column as a type of its own, which some parsers need at the end of a group. */
function cellRules(name: string, column: Column): string[] {
  const range = `${column.min}..${column.max}`;
  const comment = `; ${name}: ${column.unit}, ${column.min} to ${column.max}`;
  if (column.octetsMax === 0) return [comment, `${name} = ${range}`];
  return [
    `${comment}; or octets, up to ${column.octetsMax} of them`,
    `${name} = ${range} / ${name}-octets`,
    `${name}-octets = ${octetsType(0, column.octetsMax)}`,
  ];
}

function listRules(name: string, field: Field, rows: Map<string, string>): string[] {
  const columns = field.columns ?? [];
  const key = JSON.stringify(columns);
  const known = rows.get(key);
  const row = known ?? `${name}-row`;
  const list = `${name}-field = [${field.min}*${field.max} ${row}]`;
  if (known !== undefined) return [list];
  rows.set(key, row);
  const entries = columns.map((column) => `${label(column)}: ${name}-${column.name}`);
  const cells = columns.flatMap((column) => cellRules(`${name}-${column.name}`, column));
  return [list, rule(row, "(", entries, ")"), ...cells];
}

function fieldComment({ name, field }: NamedField): string {
  const bounds = `${field.min} to ${field.max}`;
  const said =
    field.kind?.of === "octets"
      ? `${field.unit}, ${bounds} of them`
      : field.kind?.of === "list"
        ? `${bounds} ${field.unit} behind one another in one array`
        : `${field.unit}, ${bounds}`;
  const code =
    field.table === undefined
      ? ""
      : `; as the code 0 to ${field.table.length - 1} of its row, goes ${field.round}`;
  const value = field.table === undefined ? "value" : "code";
  const flag = field.flag === undefined ? "" : `; with ${field.flag} it is -1 - ${value}`;
  return `; ${name}: ${said}${code}${flag}`;
}

function fieldText(named: NamedField, rows: Map<string, string>): string {
  const { name, field } = named;
  const rules =
    field.kind?.of === "list"
      ? listRules(name, field, rows)
      : field.kind?.of === "octets"
        ? [`${name}-field = ${octetsType(field.min, field.max)}`]
        : [`${name}-field = ${numberType(field)}`];
  return [fieldComment(named), ...rules].join("\n");
}

/** As many types a line as fit. */
function choice(name: string, types: string[]): string {
  const line = `${name} = ${types.join(" / ")}`;
  if (line.length <= LINE_OCTETS_MAX) return line;
  const lines: string[] = [];
  for (const type of types) {
    const last = lines.at(-1);
    if (last === undefined || `  ${last} / ${type} /`.length > LINE_OCTETS_MAX) lines.push(type);
    else lines[lines.length - 1] = `${last} / ${type}`;
  }
  return `${name} =\n  ${lines.join(" /\n  ")}`;
}

const bothOf = (message: Declaration): string[] => [
  `${message.name}-message`,
  `${message.name}-longer`,
];

const HEAD = `; The payloads of Onekey's pagers and of their platform, in CDDL (RFC 8610).
; Made from protocol/messages.ts by \`npm run docs\`: change the declarations, not this file.
;
; A payload is one item in the one deterministic form of RFC 8949 section 4.2. What CDDL can't say:
; - a message that has nothing to say has no octets at all, and never an empty array;
; - numbers and lengths take the fewest octets, and nothing stands behind the array;
; - the last item of an unknown tail is no null either.
;
; NAME-message is what a writer of this version writes: null for what is absent inside, and the last
; value said is the last item. NAME-longer is what a newer version may write: a reader of this one
; reads the fields that it knows and passes over the rest. Labels only name things; "-value" stands
; where the bare name is one of CDDL's own.
`;

function resources(): string {
  const ups = MESSAGES.filter((message) => message.direction === "up");
  const words = MESSAGES.filter((message) => message.word !== undefined);
  const letters = [...new Set(ups.map((message) => message.letter))];
  return [
    choice("payload", [...letters.map((letter) => `resource-${letter}`), "resource-d"]),
    "",
    "; What a pager posts to a resource of the platform",
    ...letters.map((letter) =>
      choice(`resource-${letter}`, ups.filter((one) => one.letter === letter).flatMap(bothOf)),
    ),
    "",
    "; What the platform posts to d of a pager, or answers with",
    choice("resource-d", words.flatMap(bothOf)),
  ].join("\n");
}

/** The whole file. */
export function cddl(): string {
  const maker: Maker = { fields: namedFields(), tails: new Map(), messages: new Map() };
  const rows = new Map<string, string>();
  const messages = MESSAGES.map((message) => messageText(maker, message));
  const fields = maker.fields.map((named) => fieldText(named, rows));
  return `${[HEAD + resources(), ...messages, ...fields].join("\n\n")}\n`;
}
