// Wireshark as a stranger to our code: it opens our sealed alarm with the keys alone.
// Skipped aloud where tshark is missing.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { CON, encodePacket, POST, pathOption } from "../protocol/coap.ts";
import type { Bytes } from "../protocol/machine.ts";
import { encodeMessage } from "../protocol/message-codec.ts";
import { SOS } from "../protocol/messages.ts";
import { sealRequest } from "../protocol/oscore.ts";
import { deriveContext } from "../sdk/keys.ts";
import { nodeMachine } from "../sdk/machine.ts";
import { need, ran } from "./need.ts";

const tshark = need("tshark");

const SECRET = Uint8Array.from({ length: 16 }, (_, i) => i + 1);
const SALT = Uint8Array.from({ length: 8 }, (_, i) => 0xa0 + i);
const KID = Uint8Array.of(0xc4, 0x5e, 0x01);
const PLATFORM_ID = Uint8Array.of(0);
const hex = (octets: Bytes) => Buffer.from(octets as Uint8Array).toString("hex");

/** The worst case of the budget: three-octet PIV, far position, uncertainty above 255 m. */
const WORST = {
  number: 70_000,
  time: 217_000_000,
  battery: 80,
  charging: 1,
  latitude: -366_512_345,
  longitude: -1_170_345_678,
  uncertaintyM: 1500,
  ageS: 900,
};

function sealedSos(): { datagram: Uint8Array; payload: string } {
  const context = deriveContext(
    { secret: SECRET, salt: SALT },
    { senderId: KID, recipientId: PLATFORM_ID },
  );
  const payload = encodeMessage(nodeMachine, SOS, WORST);
  const packet = {
    type: CON,
    code: POST,
    messageId: 7,
    token: Uint8Array.of(9),
    options: [pathOption(nodeMachine, SOS.letter)],
    payload,
  };
  const sealed = sealRequest(nodeMachine, context, 70_001, packet);
  return { datagram: encodePacket(nodeMachine, sealed) as Uint8Array, payload: hex(payload) };
}

/** Number of 16 bits, network order. */
const u16 = (value: number) => [value >> 8, value & 255];

/** A capture file of one UDP datagram over IPv4, as a pager's would be. */
function captureOf(datagram: Uint8Array): Buffer {
  const udp = [...u16(40_000), ...u16(5683), ...u16(8 + datagram.length), 0, 0, ...datagram];
  const ip = [
    0x45,
    0,
    ...u16(20 + udp.length),
    0,
    1,
    0,
    0,
    64,
    17,
    0,
    0,
    127,
    0,
    0,
    1,
    127,
    0,
    0,
    1,
  ];
  const frame = Uint8Array.from([...ip, ...udp]);
  const LINK_RAW_IPV4 = 228;
  const head = Buffer.alloc(40);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(65_535, 16);
  head.writeUInt32LE(LINK_RAW_IPV4, 20);
  head.writeUInt32LE(frame.length, 32);
  head.writeUInt32LE(frame.length, 36);
  return Buffer.concat([head, frame]);
}

function dissect(program: string, file: string): string {
  const ids = `"${hex(KID)}","${hex(PLATFORM_ID)}"`;
  const keys = `"${hex(SECRET)}","${hex(SALT)}"`;
  const context = `uat:oscore_contexts:${ids},${keys},"","AES-CCM-16-64-128 (CCM*)"`;
  const run = spawnSync(program, ["-r", file, "-V", "-x", "-o", context], { encoding: "utf8" });
  assert.is(run.status, 0, run.stderr);
  return run.stdout;
}

test("the sos datagram is 50 octets at most in the worst case", () => {
  assert.ok(sealedSos().datagram.length <= 50, `${sealedSos().datagram.length} octets`);
});

test("tshark opens the sos with the keys and shows its path and payload", () => {
  if (tshark === undefined) return;
  const dir = mkdtempSync(join(tmpdir(), "onekey-tshark-"));
  try {
    const { datagram, payload } = sealedSos();
    const file = join(dir, "sos.pcap");
    writeFileSync(file, captureOf(datagram));
    const text = dissect(tshark, file);
    assert.match(text, /Uri-Path: s\b/);
    assert.match(text, /Code: POST/);
    const octets = [...text.matchAll(/^[0-9a-f]{4} {2}((?:[0-9a-f]{2} )+)/gm)];
    const dump = octets.map(([, line]) => line.replaceAll(" ", "")).join("");
    assert.ok(dump.includes(payload), "the opened payload stands in the dump");
    assert.not(hex(datagram).includes(payload), "and not in the datagram");
    const version = spawnSync(tshark, ["--version"], { encoding: "utf8" }).stdout.split("\n")[0];
    ran({ engine: "tshark", version, bundle: "(none: it opened a datagram)", tests: 1 });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test.run();
