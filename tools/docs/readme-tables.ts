// The tables of protocol/README.md by the name of their place, made from the declarations.
// The words around them are the page's own.

import {
  AGE_S,
  BATTERY_PERCENT,
  BOARDS,
  CELL_RADIOS,
  NOTICES,
  OUTCOMES,
  UNCERTAINTY_M,
} from "../../protocol/codes.ts";
import type { Declaration, Field } from "../../protocol/declaration.ts";
import type { FaultCode } from "../../protocol/fault.ts";
import { MESSAGES } from "../../protocol/messages.ts";
import {
  NUMBER_BOUNDS,
  NUMBERS,
  RELATIONS,
  SETTING_NAMES,
  type SettingName,
} from "../../protocol/settings.ts";
import { FAULT_WORDS } from "./fault-words.ts";
import { type NamedField, namedFields } from "./field-names.ts";
import { meaningOfField, meaningOfMessage } from "./meanings.ts";
import { messageSizes, ruledSizes, type Size } from "./sizes.ts";
import { type Cell, table } from "./table.ts";
import { answerText } from "./vectors.ts";

function fieldsCell(message: Declaration): string {
  const names = message.fields.map((field) => (field.needed ? `**${field.name}**` : field.name));
  return names.join(", ");
}

function messageRow(message: Declaration): Cell[] {
  const type = message.confirmable ? "CON" : "NON";
  const array = fieldsCell(message);
  const letter = `\`${message.letter}\``;
  return [letter, message.name, type, message.since, array, meaningOfMessage(message)];
}

function wordRow(message: Declaration): Cell[] {
  const array = fieldsCell(message);
  return [message.word ?? "any", message.name, message.since, array, meaningOfMessage(message)];
}

function wireCell(field: Field): string {
  if (field.kind?.of === "octets") return "octets";
  if (field.kind?.of === "list") return "array of rows";
  if (field.table === undefined) return "as it is";
  return `code 0 to ${field.table.length - 1}, goes ${field.round}`;
}

function boundsCell(field: Field): string {
  const many = field.kind === undefined ? "" : field.kind.of === "list" ? " rows" : " octets";
  const bounds = field.min === field.max ? `${field.min}` : `${field.min} to ${field.max}`;
  return bounds + many;
}

/** A name that has several meanings stands bare for the one that most messages mean. */
function nameCell({ field, messages }: NamedField, all: NamedField[]): string {
  const same = all.filter((one) => one.field.name === field.name);
  const most = Math.max(...same.map((one) => one.messages.length));
  const isMain = messages.length === most && (most > 1 || same.length === 1);
  return isMain ? field.name : `${field.name} of ${messages.join(", ")}`;
}

function fieldRow(named: NamedField, all: NamedField[]): Cell[] {
  const { field } = named;
  return [
    nameCell(named, all),
    field.unit,
    boundsCell(field),
    wireCell(field),
    field.flag ?? "",
    field.since,
    meaningOfField(field),
  ];
}

/** Lists of one name have the same columns, in whatever message they are. */
function columnRows(all: NamedField[]): Cell[][] {
  const lists = new Map(all.map(({ field }) => [field.name, field.columns ?? []]));
  return [...lists].flatMap(([name, columns]) =>
    columns.map((column): Cell[] => [
      name,
      column.name,
      column.unit,
      `${column.min} to ${column.max}`,
      column.octetsMax === 0 ? "" : `0 to ${column.octetsMax}`,
    ]),
  );
}

function codeRows(): Cell[][] {
  return AGE_S.map((ageS, code) => [code, UNCERTAINTY_M[code], ageS, BATTERY_PERCENT[code]]);
}

function nameRows(): Cell[][] {
  const lists = [OUTCOMES, NOTICES, BOARDS, CELL_RADIOS];
  const rows = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: rows }, (_, code) => [
    code,
    ...lists.map((list) => list[code] ?? ""),
  ]);
}

function sizeRow({ name, octets, octetsMax, exact }: Size): Cell[] {
  return [name, octets, exact === true ? `= ${octetsMax}` : `<= ${octetsMax}`];
}

function faultRows(): Cell[][] {
  return Object.entries(FAULT_WORDS).map(([code, words]) => {
    return [`\`${code}\``, words, answerText(code as FaultCode)];
  });
}

function settingRow({ key, name, unit }: SettingName): Cell[] {
  if (key > NUMBERS) return [key, name, unit, "", "empty"];
  const [min, max, initial] = NUMBER_BOUNDS.slice(3 * key - 3);
  return [key, name, unit, `${min} to ${max}`, initial];
}

function relationRows(): Cell[][] {
  const nameOf = (key: number) => SETTING_NAMES.find((one) => one.key === key)?.name ?? "";
  return Array.from({ length: RELATIONS.length / 3 }, (_, at) => {
    const [low, gap, high] = RELATIONS.slice(3 * at);
    return [nameOf(low), gap, nameOf(high)];
  });
}

/** Name of a place in the page, and the table that stands there. */
export function readmeTables(): Record<string, string> {
  const all = namedFields();
  const ups = MESSAGES.filter((message) => message.direction === "up");
  const downs = MESSAGES.filter((message) => message.direction === "down");
  return {
    "messages-up": table(
      ["letter", "message", "type", "since", "array", "meaning"],
      ups.map(messageRow),
    ),
    words: table(["word", "message", "since", "array", "meaning"], downs.map(wordRow)),
    fields: table(
      ["field", "unit", "bounds", "on the wire", "flag on its sign", "since", "meaning"],
      all.map((named) => fieldRow(named, all)),
    ),
    columns: table(["list", "column", "unit", "as a number", "as octets"], columnRows(all)),
    codes: table(["code", "uncertainty m", "age s", "battery %"], codeRows()),
    names: table(["code", "outcome", "notice", "board", "radio"], nameRows()),
    sizes: table(
      ["UDP payload at worst", "octets", "bound"],
      [...ruledSizes(), ...messageSizes()].map(sizeRow),
    ),
    settings: table(["key", "setting", "unit", "bounds", "default"], SETTING_NAMES.map(settingRow)),
    relations: table(["low", "gap", "high"], relationRows()),
    faults: table(["fault", "meaning", "CoAP answer"], faultRows()),
  };
}
