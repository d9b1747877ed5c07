// `onekey decode`: octets from the air, a short message or a serial line, in words.
// Opens sealed ones where a key is given; no key is ever taken from the command line or printed there.

import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { OnekeyError, systemCode } from "../../sdk/error.ts";
import { deriveContext } from "../../sdk/keys.ts";
import { COAP_PORT, decodeParsed, type ParsedInput, parseInput } from "../decode/decode.ts";
import type { Found, InputKind } from "../decode/found.ts";
import { octetsOfHex } from "../decode/hex-text.ts";
import { INPUT_KINDS, readInput } from "../decode/input.ts";
import { type KeyFile, readKeyFile } from "../decode/key-file.ts";
import { makeKeyRing } from "../decode/key-ring.ts";
import { wiresharkText } from "../decode/wireshark.ts";
import {
  addRow,
  type DecodeOptions,
  newSum,
  stopQuietly,
  tellEnd,
  tellRow,
  tellWireshark,
} from "./decode-words.ts";
import { portOf } from "./running.ts";

export function decodeCommand(): Command {
  return new Command("decode")
    .description("octets from air, SMS or serial line in words; opens sealed ones given the key")
    .argument(
      "[input]",
      "hex, base64, a short message, or a file of one of these kinds; - for stdin",
    )
    .addOption(new Option("--as <kind>", "what the input is, else recognised").choices(INPUT_KINDS))
    .option("--key <file>", "keys: a pager's provisioning, or its master secret, as JSON")
    .option("--data <dir>", "keys from the folder of a platform, running or not; needs --reader")
    .option(
      "--reader <name>",
      "who reads keys with --data: it goes into the platform's log",
      nameOf,
    )
    .option("--pager <id>", "with --data: keys of this pager too; may be repeated", collect)
    .option("--request <hex>", "a request that an answer belongs to; may be repeated", collect)
    .option("--wireshark <file>", "write the keys as Wireshark and tshark read them")
    .option("--udp <port>", "the platform's port in a capture file", portOf, COAP_PORT)
    .option("--json", "print for machines, one object a datagram")
    .addHelpText(
      "after",
      `
Examples:
  onekey decode 4102000709970b011171c45e01ff...       what anybody sees
  onekey decode alarm.pcap --key pager.json           and what is inside
  onekey decode alarm.pcap --data .onekey --reader 王芳 --wireshark oscore_contexts
  tcpdump -U -w - udp port 5683 | onekey decode -`,
    )
    .action(decode);
}

// internal

/** A capture of a busy day; longer ones are cut by editcap. */
const INPUT_OCTETS_MAX = 64 * 1024 * 1024;
const NAME_LETTERS_MAX = 100;
const NO_KEYS: KeyFile = { contexts: [], masters: [] };

async function decode(input: string | undefined, options: DecodeOptions): Promise<void> {
  checkOptions(options);
  // Keys alone may be asked for, without any octets.
  const isKeysOnly = input === undefined && options.wireshark !== undefined;
  const octets = isKeysOnly ? undefined : await octetsOf(input, options.as);
  const parsed = parse(octets, options);
  const keys = await keysOf(options, parsed.kids);
  if (options.wireshark !== undefined) writeKeys(options, options.wireshark, keys);
  if (octets === undefined) return;
  const sum = newSum(parsed.passedOver);
  stopQuietly();
  for (const row of decodeParsed(parsed, makeKeyRing(keys.contexts), options.udp)) {
    tellRow(options, row);
    addRow(sum, row);
  }
  tellEnd(options, sum);
}

function parse(octets: Uint8Array | undefined, options: DecodeOptions): ParsedInput {
  const requests = (options.request ?? []).map(requestOf);
  const nothing = { kind: "hex", entries: [], passedOver: 0 } as const;
  const input = octets === undefined ? { ...nothing, entries: [] } : readInput(octets, options.as);
  return parseInput(input, requests, options.udp);
}

function checkOptions({ key, data, reader, pager, wireshark }: DecodeOptions): void {
  if (key !== undefined && data !== undefined) {
    throw new OnekeyError("bad-option", "--key and --data are two sources of keys: give one.");
  }
  if (data !== undefined && reader === undefined) {
    throw new OnekeyError(
      "bad-option",
      "--data reads secrets, and the platform's log says who did: give your name with --reader.",
    );
  }
  if (data === undefined && (reader !== undefined || pager !== undefined)) {
    throw new OnekeyError("bad-option", "--reader and --pager belong to --data: give its folder.");
  }
  if (wireshark === undefined) return;
  if (key === undefined && data === undefined) {
    throw new OnekeyError("bad-option", "--wireshark writes keys: give them with --data or --key.");
  }
  if (existsSync(wireshark)) {
    throw new OnekeyError(
      "data-not-writable",
      `${wireshark} is there already and may hold other keys: name another file or move it away.`,
    );
  }
}

/** A file with this name goes before a text that happens to be the same. */
async function octetsOf(input: string | undefined, as?: InputKind): Promise<Uint8Array> {
  if (input === undefined || input === "-") return readStdin();
  if (isThere(input)) return readFile(input);
  if (as === "pcap") {
    throw new OnekeyError("file-unreadable", `There is no file ${input}: name a capture file.`);
  }
  return Buffer.from(input, "utf8");
}

function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false; // a long text is no name of a file
  }
}

function readFile(path: string): Uint8Array {
  try {
    if (statSync(path).size > INPUT_OCTETS_MAX) throw tooLarge();
    return readFileSync(path);
  } catch (error) {
    if (error instanceof OnekeyError) throw error;
    const text = `${path} can't be read (${systemCode(error)}): name a file that you may read.`;
    throw new OnekeyError("file-unreadable", text);
  }
}

async function readStdin(): Promise<Uint8Array> {
  if (process.stdin.isTTY) {
    throw new OnekeyError("bad-option", "give octets or a file: see onekey decode --help.");
  }
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of process.stdin) {
    pieces.push(piece);
    size += piece.length;
    if (size > INPUT_OCTETS_MAX) throw tooLarge();
  }
  return Buffer.concat(pieces);
}

function tooLarge(): OnekeyError {
  const mega = INPUT_OCTETS_MAX / (1024 * 1024);
  return new OnekeyError(
    "bad-input",
    `The input has more than ${mega} MiB: cut it with editcap -c 100000, or filter it first.`,
  );
}

function requestOf(text: string, i: number): Found {
  const bytes = octetsOfHex(text);
  if ("code" in bytes) {
    throw new OnekeyError("bad-option", "--request must be the hex of one sealed request.");
  }
  return { place: { kind: "request", number: i + 1 }, bytes };
}

async function keysOf(options: DecodeOptions, kids: string[]): Promise<KeyFile> {
  if (options.key !== undefined) return keysOfFile(options.key);
  if (options.data === undefined) return NO_KEYS;
  // The store is loaded only by who needs it.
  const { readSecrets } = await import("../../sdk/secrets.ts");
  const secrets = await readSecrets({
    dataDir: options.data,
    reader: options.reader ?? "",
    kids,
    pagers: options.pager ?? [],
  });
  return {
    masters: secrets,
    contexts: secrets.map(({ master, ids }) => deriveContext(master, ids)),
  };
}

function keysOfFile(path: string): KeyFile {
  if (isThere(path)) return readKeyFile(Buffer.from(readFile(path)).toString("utf8"), path);
  // Not repeated here: what stands in an error may be logged.
  if (/^\s*\{/.test(path) || /^[0-9a-fA-F]{26,}$/.test(path)) {
    throw new OnekeyError(
      "bad-option",
      "--key takes the name of a file. A key on the command line stands in the list of processes " +
        "and in the shell's history: write it into a file of mode 0600, and take it for known.",
    );
  }
  throw new OnekeyError("file-unreadable", `There is no key file ${path}: name one that is there.`);
}

function writeKeys(options: DecodeOptions, file: string, keys: KeyFile): void {
  const { masters } = keys;
  if (masters.length === 0) {
    const why =
      options.key === undefined
        ? "no pager of this platform is in the input: name one with --pager."
        : "the key file holds no master secret, from which Wireshark derives keys: use --data.";
    throw new OnekeyError("bad-input", `${file} was not written: ${why}`);
  }
  try {
    // wx: no file that is there is written over, and none that others may read is used.
    writeFileSync(file, wiresharkText(masters), { mode: 0o600, flag: "wx" });
  } catch (error) {
    throw new OnekeyError(
      "data-not-writable",
      `${file} can't be written (${systemCode(error)}): name a file in a folder of yours.`,
    );
  }
  tellWireshark(options, file, masters);
}

function nameOf(text: string): string {
  const name = text.trim();
  if (name !== "" && name.length <= NAME_LETTERS_MAX) return name;
  throw new InvalidArgumentError("give the name of a person");
}

function collect(text: string, list: string[] | undefined): string[] {
  return [...(list ?? []), text];
}
