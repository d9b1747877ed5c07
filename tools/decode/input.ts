// From an input's octets to the datagrams in it: which kind of input it is, and its reader.
// Opens nothing and knows no keys. What one reader can't read does not stop it.

import { SMS_MARK } from "../../protocol/base64.ts";
import { OnekeyError } from "../../sdk/error.ts";
import { octetsOfBase64 } from "./base64-text.ts";
import { isCapture, readCapture } from "./capture.ts";
import type { Found, Input, InputKind, Place, Unread } from "./found.ts";
import { udpInOctets, udpOf } from "./frame.ts";
import {
  hexPieces,
  hexShare,
  isHexLine,
  type Line,
  linesOf,
  octetsOfHex,
  withoutPrompt,
} from "./hex-text.ts";
import { hasHexRun, hasSerialMark, readLog } from "./log-text.ts";
import { isPduLine, readPdu, readSmsText } from "./sms-text.ts";

export const INPUT_KINDS: readonly InputKind[] = ["hex", "base64", "pcap", "serial", "sms"];

/** A text with one wrong sign is still hex: base64 of so many of its digits does not happen. */
const HEX_SHARE_MIN = 0.8;
/** First octets of what is neither a capture file nor a text, and what to do about it. */
const PACKED = [
  { octets: [0x1f, 0x8b], cure: "it is packed by gzip: unpack it with gunzip." },
  { octets: [0x28, 0xb5, 0x2f, 0xfd], cure: "it is packed by zstd: unpack it with unzstd." },
  { octets: [0x42, 0x5a, 0x68], cure: "it is packed by bzip2: unpack it with bunzip2." },
  { octets: [0x50, 0x4b, 0x03, 0x04], cure: "it is a zip: unpack it." },
];

/** All that is in an input; `as` says of which kind it is, else it is recognised. */
export function readInput(octets: Uint8Array, as?: InputKind): Input {
  const kind = as ?? (isCapture(octets) ? "pcap" : kindOfText(textOf(octets)));
  if (kind === "pcap") return { kind, ...readFrames(octets) };
  if (kind === undefined) throw unknownError(octets);
  const lines = linesOf(textOf(octets));
  const input: Input = { kind, ...readLines(lines, kind, as === undefined) };
  if (input.entries.length > 0) return input;
  const trouble = { code: "nothing-here", is: kind } as const;
  return { ...input, entries: [{ place: { kind: "line", number: 1 }, trouble }] };
}

// internal

/** UTF-8, or what its first octets say: programs on Windows write UTF-16 into files. */
function textOf(octets: Uint8Array): string {
  const [first, second] = octets;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(octets);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(octets);
  return new TextDecoder("utf-8").decode(octets);
}

function kindOfText(text: string): InputKind | undefined {
  if (hasSerialMark(text)) return "serial";
  const lines = linesOf(text).filter((line) => line.text.trim() !== "");
  if (lines.length === 0) return undefined;
  if (lines.every((line) => isHexLine(line.text))) return "hex";
  if (text.includes(SMS_MARK)) return lines.length === 1 ? "sms" : "serial";
  if (lines.length === 1 && isAlmostHex(lines[0])) return "hex";
  if (lines.every((line) => !("code" in octetsOfBase64(line.text)))) return "base64";
  if (lines.filter(isAlmostHex).length * 2 > lines.length) return "hex";
  return hasHexRun(text) ? "serial" : undefined;
}

function isAlmostHex({ text }: Line): boolean {
  return hexShare(text) >= HEX_SHARE_MIN;
}

function unknownError(octets: Uint8Array): OnekeyError {
  const packed = PACKED.find((one) => one.octets.every((octet, i) => octets[i] === octet));
  const cure =
    packed?.cure ??
    (octets.length === 0
      ? "it is empty: give a datagram, or the name of a file."
      : octets.includes(0)
        ? "it is no capture file and no text: give pcap or pcapng, or octets as hex (xxd -p FILE)."
        : "it is no hex, no base64, no capture file, no serial log and no short message: " +
          "name a file that is there, or say with --as what it should be.");
  return new OnekeyError("bad-input", `The input can't be read: ${cure}`);
}

type Entries = Omit<Input, "kind">;

function readFrames(octets: Uint8Array): Entries {
  const entries: (Found | Unread)[] = [];
  let passedOver = 0;
  let number = 0;
  for (const frame of readCapture(octets)) {
    number += 1;
    const place: Place = { kind: "packet", number };
    if ("code" in frame) {
      entries.push({ place, trouble: frame });
      continue;
    }
    const udp = udpOf(frame);
    if (udp === undefined) passedOver += 1;
    else if ("trouble" in udp) entries.push({ place, ...udp });
    else entries.push({ place, carrier: "udp", atMs: frame.atMs, ...udp });
  }
  return { entries, passedOver };
}

function readLines(lines: Line[], kind: InputKind, recognised: boolean): Entries {
  if (kind === "serial") return readLog(lines);
  if (kind === "hex") return { entries: readHex(lines, recognised), passedOver: 0 };
  const written = lines.filter((line) => line.text.trim() !== "");
  if (kind === "base64") return { entries: written.map(base64Entry), passedOver: 0 };
  const entries = written.map(smsEntry).filter((entry) => entry !== undefined);
  return { entries, passedOver: written.length - entries.length };
}

/**
 * Hex that can be no datagram but a modem's line is that, unless it is told what it is; a whole frame
 * gives the datagram in it.
 */
function readHex(lines: Line[], recognised: boolean): (Found | Unread)[] {
  return hexPieces(lines).map(({ number, octets }) => {
    const place: Place = { kind: "line", number };
    if ("code" in octets) return { place, trouble: octets };
    const udp = udpInOctets(octets);
    if (udp !== undefined) return { place, carrier: "udp", ...udp };
    return recognised && isPduLine(octets) ? pduEntry(octets, place) : { place, bytes: octets };
  });
}

function base64Entry({ number, text }: Line): Found | Unread {
  const place: Place = { kind: "line", number };
  const bytes = octetsOfBase64(text);
  return "code" in bytes ? { place, trouble: bytes } : { place, bytes };
}

/** A modem's other words, such as "+CMT: ,38", give nothing. */
function smsEntry({ number, text }: Line): Found | Unread | undefined {
  const place: Place = { kind: "line", number };
  if (text.includes(SMS_MARK)) {
    const message = readSmsText(text);
    return "code" in message ? { place, trouble: message } : { place, carrier: "sms", ...message };
  }
  if (/^\s*(\+|AT|OK|ERROR)/i.test(text)) return undefined;
  const octets = octetsOfHex(withoutPrompt(text));
  return "code" in octets ? { place, trouble: octets } : pduEntry(octets, place);
}

function pduEntry(octets: Uint8Array, place: Place): Found | Unread {
  const message = readPdu(octets);
  return "code" in message ? { place, trouble: message } : { place, carrier: "sms", ...message };
}
