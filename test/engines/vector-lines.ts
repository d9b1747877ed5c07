// The file vectors.json as the lines that the script of the engines reads, and what it must say to each.
// The lines hold what goes in; what must come out is taken from the file and from nowhere else.

import { toHex } from "../../protocol/bytes.ts";
import { readBody, sortOptions } from "../../protocol/coap-body.ts";
import { isFault } from "../../protocol/fault.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import type { MessageVector } from "../../tools/docs/message-vectors.ts";
import type { SealedVector } from "../../tools/docs/seal.ts";
import type { Vectors } from "../../tools/docs/vectors.ts";
import type { AnyValue, AnyValues } from "../protocol/any-values.ts";
import { conversations, messageOf, octets, saidOf } from "../protocol/vector-file.ts";

export interface VectorLines {
  /** What the script is given. */
  given: string[];
  /** What it must say, line for line. */
  expected: string[];
}

const TYPES = ["CON", "NON", "ACK", "RST"];

function cellText(cell: number | Uint8Array): string {
  return typeof cell === "number" ? `${cell}` : `h${toHex(cell)}`;
}

function valueText(value: AnyValue | undefined, flag: AnyValue | undefined): string {
  if (value === undefined) return "";
  if (Array.isArray(value)) return `l${value.map(cellText).join(",")}`;
  return `${cellText(value)}${flag === 1 ? "!" : ""}`;
}

function messageLine(vector: MessageVector): string {
  const said: AnyValues = saidOf(vector);
  const values = messageOf(vector.message).fields.map((field) =>
    valueText(said[field.name], field.flag === undefined ? 0 : said[field.flag]),
  );
  return `message|${vector.message}|${values.join(";")}`;
}

function codeOf(step: SealedVector): number {
  const [codeClass, detail] = step.code.split(".").map(Number);
  return codeClass * 32 + detail;
}

/** The options inside, from the plaintext. */
function optionsText(step: SealedVector): string {
  const body = readBody(nodeMachine, octets(step.plaintext), 1, step.datagram);
  if (isFault(body)) throw new Error(`${step.plaintext} is no plaintext: ${body.fault}`);
  const options = sortOptions(body.options);
  return options.map(({ number, value }) => `${number}:${toHex(value)}`).join(",");
}

function packetText(step: SealedVector): string {
  const { type, messageId, token, payload } = step;
  return [TYPES.indexOf(type), codeOf(step), messageId, token, optionsText(step), payload].join(
    "|",
  );
}

/** Ends in the order of their lines: the platform of slot 0 first, which reads what is refused. */
function endOf(step: SealedVector): number {
  return 2 * step.context + (step.from === "platform" ? 0 : 1);
}

function stepLine(step: SealedVector): string {
  const piv = step.piv === undefined ? -1 : Number.parseInt(step.piv, 16);
  const head = [endOf(step), piv];
  if (step.code.startsWith("0.")) return ["request", ...head, packetText(step)].join("|");
  const origin = [step.requestKid, step.requestPiv];
  return ["answer", ...head, ...origin, packetText(step)].join("|");
}

function openedLine(step: SealedVector): string {
  const packet = `${TYPES.indexOf(step.type)} ${codeOf(step)} ${step.messageId}`;
  return `opened ${packet} /${step.path} ${step.payload}`;
}

function endLines(vectors: Vectors): string[] {
  return vectors.contexts.flatMap((context) => {
    const { pagerId, platformId, pagerKey, platformKey, commonIv } = context;
    return [
      ["end", platformId, pagerId, platformKey, pagerKey, commonIv].join("|"),
      ["end", pagerId, platformId, pagerKey, platformKey, commonIv].join("|"),
    ];
  });
}

export function vectorLines(vectors: Vectors): VectorLines {
  const given = endLines(vectors);
  const expected: string[] = [];
  const add = (line: string, ...said: string[]): void => {
    given.push(line);
    expected.push(...said);
  };
  for (const vector of vectors.messages) {
    add(messageLine(vector), `payload ${vector.payload}`, `again ${vector.payload}`);
  }
  for (const step of conversations(vectors).flatMap(({ steps }) => steps)) {
    add(stepLine(step), `sealed ${step.datagram}`, openedLine(step));
  }
  for (const { message, payload, knownPayload } of vectors.longer) {
    add(`payload|${message}|${payload}`, `again ${knownPayload}`);
  }
  for (const { message, payload, fault, path } of vectors.refusedPayloads) {
    add(`payload|${message}|${payload}`, `fault ${fault} ${path}`);
  }
  for (const { datagram, fault, path } of vectors.refusedDatagrams) {
    add(`datagram|${datagram}`, `fault ${fault} ${path}`);
  }
  return { given, expected };
}
