// A value that a pager or its platform may well say, for each field by name: for readers of vectors.
// A field that is not here takes the middle of its bounds. Nothing of these values is anybody's own.

import type { Declaration, Field } from "../../protocol/declaration.ts";
import type { Cell, Value } from "./said.ts";

const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
const text = (words: string): Uint8Array => Uint8Array.from(Buffer.from(words, "utf8"));

/** By the field's name, or by message and field where the name alone has two meanings. */
const ORDINARY: Record<string, Value> = {
  number: 300,
  time: 200_000_000,
  battery: 80,
  latitude: 261_234_567,
  longitude: 1_183_456_789,
  uncertaintyM: 40,
  ageS: 20,
  cell: octets("4704e0029a7df4"),
  zone: 2,
  stillS: 14_400,
  level: 2,
  signalDbm: -97,
  state: 5,
  settings: 12,
  firmware: 65_794,
  faults: 8,
  failed: 16,
  passed: 975,
  daysLeft: 41,
  starts: 3,
  exchanges: 130,
  unanswered: 4,
  recoveries: 2,
  fixes: 60,
  missedFixes: 5,
  refused: 1,
  wear: 7,
  storageFaults: 0,
  batteryMv: 3_870,
  runningS: 86_000,
  stepS: 5,
  points: [1, 120, -85, 2, 310, 40],
  what: 5,
  value: 300,
  outcome: 2,
  detail: 17,
  fixS: 34,
  roundTripMs: 1_240,
  id: 7,
  text: text("12:30:05 key down\n12:30:08 alarm 300 raised\n"),
  "notice.text": text("请充电 Please charge me"),
  hash: octets("5b3e0a9174c2d86f"),
  list: [1, 3_000, 2, 43_200, 9, text("cmiot")],
  board: 1,
  chip: octets("7f3a90c4115e02b8"),
  iccid: text("89860123456789012345"),
  imei: text("861234567890123"),
  forS: 3_600,
  notice: 1,
  parts: 1_023,
  "update.octets": 41_216,
  "sendLog.octets": 1_024,
  slot: 1,
  kid: octets("c45e02"),
  platformId: octets("01"),
  senderKey: octets("101112131415161718191a1b1c1d1e1f"),
  recipientKey: octets("202122232425262728292a2b2c2d2e2f"),
  commonIv: octets("303132333435363738393a3b3c"),
};

/** So many octets of the field's own kind: text where it is text, digits where it is digits. */
export function octetsOf(field: Field, count: number): Uint8Array {
  const pattern = field.unit.includes("digits")
    ? "0123456789"
    : field.unit.includes("UTF-8")
      ? "00:00:00 a line of a log\n"
      : "";
  return Uint8Array.from({ length: count }, (_, at) =>
    pattern === "" ? (at * 7) % 256 : pattern.charCodeAt(at % pattern.length),
  );
}

function middle(field: Field): Value {
  const half = Math.floor((field.min + field.max) / 2);
  if (field.kind?.of === "octets") return octetsOf(field, half);
  if (field.kind?.of === "list") {
    const row = (field.columns ?? []).map((column): Cell => Math.max(column.min, 1));
    return Array.from({ length: Math.max(1, field.min) }, () => row).flat();
  }
  return field.table === undefined ? half : field.table[Math.floor(field.table.length / 2)];
}

/** Whether the value can stand in this field: a name may have other bounds in another message. */
function fits(field: Field, value: Value | undefined): value is Value {
  if (value === undefined) return false;
  if (field.kind !== undefined) return typeof value !== "number" && field.kind.isSaid(field, value);
  if (typeof value !== "number") return false;
  if (field.table !== undefined) return field.table.includes(value);
  return value >= field.min && value <= field.max;
}

export function ordinaryValue(message: Declaration, field: Field): Value {
  const named = [ORDINARY[`${message.name}.${field.name}`], ORDINARY[field.name]];
  return named.find((value) => fits(field, value)) ?? middle(field);
}
