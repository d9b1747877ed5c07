// The page vectors.md: every vector octet by octet, with its reading beside it.
// Long octet strings and lists are cut here; vectors.json has them whole.

import { fromHex } from "../../protocol/bytes.ts";
import type { Declaration } from "../../protocol/declaration.ts";
import { declarationOf, declarationOfWord } from "../../protocol/message-lookup.ts";
import { MESSAGES, WORD } from "../../protocol/messages.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import type { MessageVector } from "./message-vectors.ts";
import { type Line, readDatagram, readPayload, readPlaintext } from "./reading.ts";
import type { SealedVector } from "./seal.ts";
import { table } from "./table.ts";
import type { Vectors } from "./vectors.ts";

/** Hex beyond this goes to the next line, and what takes many lines is cut. */
const HEX_COLUMNS = 34;
const HEX_LINES_MAX = 12;
const HEX_LINES_SHOWN = 3;
/** Of a long list the first rows are shown. */
const LINES_MAX = 40;

function hexPieces(hex: string): string[] {
  const pieces: string[] = [];
  for (const part of hex.split(" ")) {
    for (let at = 0; at < part.length; at += HEX_COLUMNS - 2) {
      const piece = part.slice(at, at + HEX_COLUMNS - 2);
      const last = pieces.at(-1);
      if (last !== undefined && at === 0 && last.length + 1 + piece.length < HEX_COLUMNS) {
        pieces[pieces.length - 1] = `${last} ${piece}`;
      } else pieces.push(piece);
    }
  }
  if (pieces.length <= HEX_LINES_MAX) return pieces.length === 0 ? [""] : pieces;
  const rest = pieces.slice(HEX_LINES_SHOWN).join("").length / 2;
  return [...pieces.slice(0, HEX_LINES_SHOWN), `... ${rest} octets more`];
}

/** A text in quotes is cut where it is long. */
function shortened(reading: string): string {
  return reading.length <= 90 ? reading : `${reading.slice(0, 84)} ..."`;
}

function lineText([hex, reading]: Line): string {
  const [first, ...rest] = hexPieces(hex);
  const head = `${first.padEnd(HEX_COLUMNS)} ${shortened(reading)}`.trimEnd();
  return [head, ...rest].join("\n");
}

function linesText(lines: Line[]): string {
  const texts = lines.slice(0, LINES_MAX).map(lineText);
  if (lines.length > LINES_MAX) texts.push(`... ${lines.length - LINES_MAX} values more`);
  return texts.join("\n");
}

const bytesOf = (hex: string) => fromHex(nodeMachine, hex);

/** What the payload of a step is; undefined for a piece of a body, or nothing at all. */
function declarationOfStep(step: SealedVector, message?: Declaration): Declaration | undefined {
  if (step.payload === "" && message === undefined) return undefined;
  if (message !== undefined) return message;
  if (step.path !== "" && step.from === "pager") return declarationOf(step.path);
  return declarationOfWord(bytesOf(step.payload)[1]) ?? WORD;
}

function sealedText(step: SealedVector, message: Declaration | undefined): string {
  const to = step.from === "pager" ? "platform" : "pager";
  const datagram = bytesOf(step.datagram);
  const under = step.piv === undefined ? "under its request's nonce" : `number ${step.piv}`;
  const head = `${step.from} to ${to}, slot ${step.context}, ${under}: ${datagram.length} octets`;
  return [
    head,
    linesText(readDatagram(datagram)),
    `nonce ${step.nonce}`,
    `associated data ${step.aad}`,
    "inside",
    linesText(readPlaintext(bytesOf(step.plaintext), message)),
  ].join("\n");
}

const fenced = (text: string): string => `\`\`\`\n${text}\n\`\`\``;

function isInBlocks(steps: SealedVector[]): boolean {
  return steps.filter((step) => step.from === "pager").length > 1;
}

function messageSection(vector: MessageVector): string {
  const message = MESSAGES.find((one) => one.name === vector.message) as Declaration;
  const whole = vector.sealed.length === 1;
  const texts = whole
    ? vector.sealed.map((step) => sealedText(step, message))
    : [linesText(readPayload(message, bytesOf(vector.payload)))];
  const note = whole
    ? []
    : vector.sealed.length === 0
      ? ["No datagram holds it, and nothing that goes down is put together from blocks."]
      : [
          `${vector.payload.length / 2} octets, pushed in ${vector.sealed.length / 2} blocks like the log below.`,
        ];
  return [`### ${vector.name}`, ...note, ...texts.map(fenced)].join("\n\n");
}

function exchangeSection({ name, note, steps }: Vectors["exchanges"][number]): string {
  const inBlocks = isInBlocks(steps) && /blocks/.test(name);
  const texts = steps.map((step) => {
    const isBody = inBlocks && step.payload !== "";
    const known = isBody ? undefined : declarationOfStep(step);
    // A capital letter of a later version begins as every call for help does.
    const isLater = !isBody && step.payload !== "" && known === undefined;
    return fenced(sealedText(step, isLater ? declarationOf("s") : known));
  });
  return [`### ${name}`, `${note[0].toUpperCase()}${note.slice(1)}.`, ...texts].join("\n\n");
}

function short(hex: string): string {
  return hex.length <= 80 ? `\`${hex}\`` : `\`${hex.slice(0, 72)}\` ... ${hex.length / 2} octets`;
}

const code = (hex: string): string => (hex === "" ? "no octets" : short(hex));

function contextsTable(vectors: Vectors): string {
  const rows: [string, (one: Vectors["contexts"][number]) => string][] = [
    ["master secret", (one) => one.masterSecret],
    ["master salt", (one) => one.masterSalt],
    ["kid of the pager", (one) => one.pagerId],
    ["kid of the platform", (one) => one.platformId],
    ["sender key of the pager", (one) => one.pagerKey],
    ["sender key of the platform", (one) => one.platformKey],
    ["common IV", (one) => one.commonIv],
  ];
  const slots = vectors.contexts.map((one) => `slot ${one.slot}`);
  return table(
    ["", ...slots],
    rows.map(([name, hexOf]) => [name, ...vectors.contexts.map((one) => `\`${hexOf(one)}\``)]),
  );
}

const HEAD = `# Vectors, octet by octet

Made by \`npm run docs\` from the declarations, like [\`vectors.json\`](vectors.json), which has the
same for programs, whole. The rules are in [\`README.md\`](README.md). Left the octets, right what they
say; first the datagram as everybody sees it, then what was sealed in it.

The master secrets are published here: never provision a pager with them.`;

/** The whole page. */
export function vectorsPage(vectors: Vectors): string {
  const longer = vectors.longer.map((one) => [one.name, code(one.payload)]);
  const payloads = vectors.refusedPayloads.map((one) => {
    return [one.name, code(one.payload), one.fault, one.path, one.answer];
  });
  const datagrams = vectors.refusedDatagrams.map((one) => {
    return [one.name, code(one.datagram), one.fault, one.path, one.answer];
  });
  const carriers = vectors.carriers.map((one) => `${one.name}\n\n${fenced(one.carried.trimEnd())}`);
  return `${[
    HEAD,
    "## The contexts",
    contextsTable(vectors),
    "## Messages",
    ...vectors.messages.map(messageSection),
    "## Exchanges",
    ...vectors.exchanges.map(exchangeSection),
    "## Of a newer version",
    "Read like the ordinary message; what stands behind its fields is passed over.",
    table(["payload of", "octets"], longer),
    "## Payloads that are refused",
    "Each inside a good seal.",
    table(["what is wrong", "octets", "fault", "path", "answer"], payloads),
    "## Datagrams that are refused",
    "Each sent to the platform, which knows slot 0 and has seen no number.",
    table(["what is wrong", "octets", "fault", "path", "answer"], datagrams),
    "## Other carriers",
    ...carriers,
  ].join("\n\n")}\n`;
}
