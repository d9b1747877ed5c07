// One datagram, or one place that can't be read, in lines for people: 80 columns where that is possible.
// Colours are handed in; without them the text is plain. Shows no key.

import { OSCORE, type Packet, pathOf, URI_PATH } from "../../protocol/coap.ts";
import { hexOf } from "../../sdk/octets.ts";
import { say, type Words } from "../desk/words/words.ts";
import { endText } from "./address-text.ts";
import { codeText, typeName } from "./coap-names.ts";
import type { Row } from "./decode.ts";
import { closedWords, faultWords, troubleWords } from "./fault-words.ts";
import type { Found, Place, Unread, Way } from "./found.ts";
import type { FieldMeaning, Meaning } from "./meaning.ts";
import { optionText } from "./option-text.ts";
import { padTo, widthOf, wrapped } from "./text-columns.ts";
import { isoText } from "./value-text.ts";
import { otherWords, unitWords } from "./words.ts";

/** How a kind of text is made to stand out. */
export type Paint = (kind: "place" | "name" | "quiet" | "good" | "bad", text: string) => string;

const COLUMNS = 80;
const ARROWS: Record<Way, string> = { up: "↑ up", down: "↓ down" };
/** Octets of a payload without meaning that are shown. */
const PAYLOAD_SHOWN = 24;
/** Said already: the seal by itself, the path behind its method. */
const NOT_SHOWN = [OSCORE, URI_PATH];
/** Of longer notations machines get the rest. */
const NOTATION_SHOWN = 1200;

export function rowText(row: Row | Unread, paint: Paint): string[] {
  if ("trouble" in row) {
    return [
      placeLine(row.place, {}, paint),
      ...badLines(troubleWords[row.trouble.code](row.trouble), paint),
    ];
  }
  const { decoded, faults, meaning } = row;
  const { closed } = decoded;
  const lines = [placeLine(decoded.found.place, decoded.found, paint), headLine(row)];
  if (closed !== undefined) lines.push(...closedLines(row, paint));
  if (decoded.packet !== undefined && decoded.sealed === undefined && faults.length === 0) {
    lines.push(...plainLines(row, paint));
  }
  lines.push(...openedLines(row, paint));
  for (const { fault, path, at } of faults) {
    lines.push(...faultLines(faultWords[fault], `${fault} ${path}`, at, paint));
  }
  const { fault, at = -1 } = meaning?.notation ?? {};
  if (fault !== undefined) lines.push(...faultLines(faultWords[fault], `${fault} cbor`, at, paint));
  return lines;
}

export function placeText({ kind, number }: Place): string {
  return `${kind} ${number}`;
}

// internal

function both(words: Words): string {
  return say(words, "both");
}

function placeLine(place: Place, found: Partial<Found>, paint: Paint): string {
  const { atMs, flow, carrier, phone, bytes } = found;
  const said = [
    atMs === undefined ? "" : isoText(atMs),
    flow && `${endText(flow.from, flow.fromPort)} → ${endText(flow.to, flow.toPort)}`,
    carrier === undefined || carrier === "udp" ? "" : carrier,
    phone,
    bytes && `${bytes.length} octets`,
  ].filter((text) => text !== undefined && text !== "");
  return paint("place", [placeText(place), ...said].join("  "));
}

/** What anybody sees who sees the octets. */
function headLine({ decoded, way }: Row): string {
  const { packet, sealed, found, asked } = decoded;
  if (packet === undefined) return `  ${hexStart(found.bytes)}`;
  const parts = [
    way === undefined ? "" : ARROWS[way],
    `${typeName(packet.type)} ${codeText(packet.code)}`,
    `id ${packet.messageId}`,
    packet.token.length === 0 ? "" : `token ${hexOf(packet.token)}`,
    sealed?.kid === undefined ? "" : `kid ${hexOf(sealed.kid)}`,
    sealed?.piv === undefined ? "" : `PIV ${sealed.piv}`,
    sealed === undefined ? "" : `${sealed.packet.payload.length} sealed`,
    asked === undefined ? "" : `answers ${placeText(asked.found.place)}`,
  ];
  return `  ${parts.filter((text) => text !== "").join("  ")}`;
}

function hexStart(bytes: Uint8Array): string {
  const start = hexOf(bytes.subarray(0, PAYLOAD_SHOWN));
  return bytes.length > PAYLOAD_SHOWN ? `${start}…` : start;
}

function badLines(words: Words, paint: Paint): string[] {
  return [words.en, words.zh].flatMap((text) => told(text, "bad", paint));
}

function told(text: string, kind: "bad" | "quiet", paint: Paint): string[] {
  return wrapped(text, COLUMNS, "  ").map((line) => paint(kind, line));
}

function faultLines(words: Words, what: string, at: number, paint: Paint): string[] {
  const octet = at < 0 ? "" : `, octet ${at}`;
  return told(`${both(words)} (${what}${octet})`, "bad", paint);
}

function closedLines({ decoded }: Row, paint: Paint): string[] {
  const { closed } = decoded;
  if (closed === undefined) return [];
  const words = closedWords[closed.why](closed.kid ?? "");
  return told(both(words), closed.why === "wrong-tag" ? "bad" : "quiet", paint);
}

/** What is not sealed: discovery, errors, resets. */
function plainLines({ decoded }: Row, paint: Paint): string[] {
  const { packet } = decoded;
  if (packet === undefined) return [];
  const words = packet.code === 0 ? otherWords.empty : otherWords.unsealed;
  const options = packet.options.map(optionText).join("  ");
  const payload = Uint8Array.from(packet.payload);
  return [
    paint("quiet", `  ${both(words)}`),
    ...(options === "" ? [] : wrapped(options, COLUMNS, "  ")),
    ...(payload.length === 0 ? [] : [`  ${payload.length} octets: ${hexStart(payload)}`]),
  ];
}

function openedLines({ decoded, meaning, wholeOctets }: Row, paint: Paint): string[] {
  const packet = decoded.opened?.packet;
  if (packet === undefined || meaning === undefined) return [];
  const options = packet.options.filter((option) => !NOT_SHOWN.includes(option.number));
  const said = [
    methodText(packet),
    packet.piv === undefined ? "" : `PIV ${packet.piv}`,
    ...options.map(optionText),
  ];
  const inside = said.filter((text) => text !== "").join("  ");
  const title = `${paint("name", both(meaning.words))}  ${paint("good", inside)}`;
  const whole =
    wholeOctets === undefined ? [] : [`  ${both(otherWords.whole)}: ${wholeOctets} octets`];
  return [
    `  ${title}`,
    ...whole,
    ...payloadLines(Uint8Array.from(packet.payload), meaning, paint),
    ...meaning.fields.flatMap((field) => fieldLines(field, meaning, paint)),
    ...tailLines(meaning),
  ];
}

/** A method with its path, or the code of an answer. */
function methodText(packet: Packet): string {
  const path = pathOf(packet);
  return path === "" ? codeText(packet.code) : `${codeText(packet.code)} /${path}`;
}

function payloadLines(payload: Uint8Array, meaning: Meaning, paint: Paint): string[] {
  if (meaning.notation !== undefined) {
    const { text } = meaning.notation;
    const left = text.length - NOTATION_SHOWN;
    const shown =
      left > 0 ? `${text.slice(0, NOTATION_SHOWN)}… ${both(unitWords.more(left))}` : text;
    return told(shown, "quiet", paint);
  }
  if (payload.length === 0) return [];
  if (meaning.hides) return [`  ${both(unitWords.hidden(payload.length))}`];
  return [`  ${payload.length} octets: ${hexStart(payload)}`];
}

/** Names in two columns as wide as the widest of the message, values behind them. */
function fieldLines(field: FieldMeaning, { fields }: Meaning, paint: Paint): string[] {
  const en = Math.max(...fields.map(({ words }) => widthOf(words.en)));
  const zh = Math.max(...fields.map(({ words }) => widthOf(words.zh)));
  const { words, shown, flag, row, rows = [] } = field;
  const label = `    ${padTo(words.zh, zh)}  ${padTo(words.en, en)}  `;
  const indent = " ".repeat(widthOf(label));
  const said = shown.words === undefined ? shown.plain : `${shown.plain} ${both(shown.words)}`;
  const all = [said, ...(flag === undefined ? [] : [both(flag.words)])].join(", ");
  const value = wrapped(all, COLUMNS, indent);
  const first = `${label}${value[0].trimStart()}`;
  const code =
    row === undefined ? "" : paint("quiet", `  ${both(unitWords.row)} ${row.at}/${row.of - 1}`);
  return [`${first}${code}`, ...value.slice(1), ...rows.map((one) => `      ${one}`)];
}

function tailLines({ tail }: Meaning): string[] {
  return tail === 0 ? [] : [`    ${both(otherWords.tail)}: ${tail}`];
}
