// What `onekey decode` prints around its datagrams: colours, the end, where Wireshark's file goes.
// Reads nothing and decides nothing about a datagram.

import { basename, dirname, resolve } from "node:path";
import { OnekeyError } from "../../sdk/error.ts";
import { isUnreadable, type Row } from "../decode/decode.ts";
import type { InputKind, Place, Unread } from "../decode/found.ts";
import type { Master } from "../decode/key-file.ts";
import { rowJson } from "../decode/row-json.ts";
import { type Paint, placeText, rowText } from "../decode/row-text.ts";
import { sharedPlatformIds, WIRESHARK_FILE } from "../decode/wireshark.ts";

export interface DecodeOptions {
  as?: InputKind;
  key?: string;
  data?: string;
  reader?: string;
  pager?: string[];
  request?: string[];
  wireshark?: string;
  udp: number;
  json?: boolean;
}

const ESCAPES = { place: "36", name: "1", quiet: "2", good: "32", bad: "31" };
/** So many places are named in the last line; all are marked where they stand. */
const PLACES_NAMED = 8;

/** Colours only where a person looks, and not where NO_COLOR asks for none. */
const paint: Paint = (kind, text) => {
  const { NO_COLOR = "" } = process.env;
  if (!process.stdout.isTTY || NO_COLOR !== "" || text === "") return text;
  return `\u001b[${ESCAPES[kind]}m${text}\u001b[0m`;
};

/** A reader that goes away, such as `head`, ends the command without a word. */
export function stopQuietly(): void {
  process.stdout.on("error", () => process.exit(0));
}

export function tellRow(options: DecodeOptions, row: Row | Unread): void {
  if (options.json === true) print(JSON.stringify(rowJson(row)));
  else print(`${rowText(row, paint).join("\n")}\n`);
}

/** What is counted while rows are printed. */
export interface Sum {
  entries: number;
  datagrams: number;
  sealed: number;
  opened: number;
  passedOver: number;
  bad: number;
  /** The first places that could not be read whole. */
  badAt: Place[];
}

export function newSum(passedOver: number): Sum {
  return { entries: 0, datagrams: 0, sealed: 0, opened: 0, passedOver, bad: 0, badAt: [] };
}

export function addRow(sum: Sum, row: Row | Unread): void {
  sum.entries += 1;
  if (isUnreadable(row)) {
    sum.bad += 1;
    if (sum.badAt.length < PLACES_NAMED) sum.badAt.push(placeOf(row));
  }
  if ("trouble" in row) return;
  sum.datagrams += 1;
  if (row.decoded.sealed !== undefined) sum.sealed += 1;
  if (row.decoded.opened !== undefined) sum.opened += 1;
}

/** The sum; an error where something could not be read, after all that could. */
export function tellEnd(options: DecodeOptions, sum: Sum): void {
  if (options.json !== true) print(sumText(sum));
  if (sum.bad === 0) return;
  const names = sum.badAt.map(placeText).join(", ");
  const rest = sum.bad > PLACES_NAMED ? ", ..." : "";
  throw new OnekeyError(
    "bad-input",
    `${sum.bad} of ${sum.entries} could not be read whole (${names}${rest}): ` +
      "what is wrong stands at each of them above.",
  );
}

export function tellWireshark(options: DecodeOptions, file: string, masters: Master[]): void {
  if (options.json === true) {
    print(JSON.stringify({ wireshark: file, contexts: masters.length }));
    return;
  }
  const name = basename(file);
  const rename = name === WIRESHARK_FILE ? "" : `, named ${WIRESHARK_FILE}`;
  const shared = sharedPlatformIds(masters);
  print(
    [
      `${file}: ${masters.length} contexts, master secrets in the clear, for your account only.`,
      `Wireshark: put it into the folder Help > About > Folders > Personal configuration${rename}.`,
      `tshark:    WIRESHARK_CONFIG_DIR=${dirname(resolve(file))} tshark -r FILE -O coap,oscore`,
      ...(name === WIRESHARK_FILE
        ? []
        : [`           (tshark too wants it named ${WIRESHARK_FILE})`]),
      ...(shared.length === 0
        ? []
        : [
            `Several contexts have the platform id ${shared.join(", ")}: of the platform's own`,
            "requests Wireshark opens only those of the first. Name one pager to see its.",
          ]),
      "Delete the file when it has served.\n",
    ].join("\n"),
  );
}

// internal

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function placeOf(row: Row | Unread): Place {
  return "trouble" in row ? row.place : row.decoded.found.place;
}

function sumText({ datagrams, sealed, opened, passedOver }: Sum): string {
  const others = passedOver === 0 ? "" : `; ${passedOver} others passed over 略过`;
  return paint(
    "quiet",
    `${datagrams} datagrams 报文: ${opened} of ${sealed} opened 已解密${others}`,
  );
}
