// The cell by which the modem is registered: its number from registration lines, its network asked behind them.
// Never asks while a datagram waits, and never says a cell of a network that was left.

import { isHex, putUint, toHex } from "../../protocol/bytes.ts";
import type { Answer } from "./at.ts";
import * as limits from "./limits.ts";
import { ask, isRegistered, type Modem } from "./state.ts";
import { fieldAt, fieldsOf, unquote, wholeOf } from "./text.ts";

/** Access as the modem numbers it, at the place of the wire's code of radio. */
const RADIOS = "0789";

function padded(text: string, digits: number): string {
  let whole = text;
  while (whole.length < digits) whole = "0" + whole;
  return whole;
}

/** Takes area, cell and access, which begin at this field. What is known of another cell is void. */
export function notePlace(modem: Modem, fields: string[], at: number): void {
  const area = unquote(fieldAt(fields, at));
  const cell = unquote(fieldAt(fields, at + 1));
  const access = fieldAt(fields, at + 2);
  const number = access === "0" ? padded(area, 4) + padded(cell, 4) : padded(cell, 8);
  const good = access.length === 1 && RADIOS.indexOf(access) >= 0 && number.length === 8;
  const place = good && cell !== "" && isHex(number) ? access + number : "";
  const known = modem.cell;
  if (place === known.place) return;
  known.place = place;
  known.asked = place === "";
  known.said = "";
}

/** Whether it was asked: with a round of chores it is asked again, where nothing came of it. */
export function askNetwork(modem: Modem): boolean {
  const known = modem.cell;
  if (known.asked) return false;
  known.asked = true;
  const limitMs = limits.answerMs;
  ask(modem, { tag: "network", text: "AT+QNWINFO", prefix: "+QNWINFO", limitMs: limitMs });
  return true;
}

/** An answer that another cell has overtaken may be of another network. */
export function takeNetworkName(modem: Modem, answer: Answer): void {
  const known = modem.cell;
  if (!known.asked || known.place === "" || answer.lines.length === 0) return;
  const name = unquote(fieldAt(fieldsOf(answer.lines[0]), 1));
  const number = wholeOf(name.slice(0, 3) + padded(name.slice(3), 3));
  const long = name.length - 5;
  if (number === undefined || long < 0 || long > 1) return;
  const head = [0, 0, 0];
  putUint(head, 0, (2 * RADIOS.indexOf(known.place.charAt(0)) + long) * 1048576 + number, 3);
  known.said = toHex(head) + known.place.slice(1);
}

/** Tells the core what changed; nothing is known of a cell by which it is not registered. */
export function tellCell(modem: Modem): void {
  const known = modem.cell;
  const cell = isRegistered(modem) ? known.said : "";
  if (cell === known.told) return;
  known.told = cell;
  modem.outputs.push({ kind: "input", input: { kind: "cell", atMs: modem.nowMs, cell: cell } });
}
