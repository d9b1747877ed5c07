// `onekey decode` with the keys of a platform that runs, and Wireshark with the file that it writes.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { ACK, CHANGED, CON, encodePacket, POST, pathOption } from "../../protocol/coap.ts";
import { encodeMessage } from "../../protocol/message-codec.ts";
import { WORD } from "../../protocol/messages.ts";
import { sealAnswer, sealRequest } from "../../protocol/oscore.ts";
import { encodePiv } from "../../protocol/oscore-option.ts";
import { mirrorOf } from "../../sdk/keys.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { hexOf, toOctets } from "../../sdk/octets.ts";
import { openPlatform, type Platform } from "../../sdk/platform.ts";
import { pcapOf, rawFrame } from "../decode/capture-files.ts";
import { need, ran } from "../need.ts";
import { makeTestPager, type TestPager } from "../sdk/test-pager.ts";

const tshark = need("tshark");

const MAIN = fileURLToPath(new URL("../../tools/cli/main.ts", import.meta.url));
const LIMIT_MS = 60_000;
const folder = mkdtempSync(join(tmpdir(), "onekey-decode-keys-"));
const capture = join(folder, "alarm.pcap");
const READER = "王芳";
let platform: Platform;
let pager: TestPager;
let id: string;

test.before(async () => {
  platform = await openPlatform({ dataDir: join(folder, "data"), udpPort: 0, httpPort: 0 });
  const registered = await platform.pagers.register({ name: "1" });
  await platform.pagers.register({ name: "2" });
  id = registered.pager.id;
  pager = makeTestPager(registered.provisioning.contexts[0]);
  writeFileSync(capture, pcapOf(exchange()));
});

test.after(async () => {
  await platform.close();
  rmSync(folder, { recursive: true, force: true });
});

/** An alarm, its answer, "taken", and the pager's answer to that. */
function exchange() {
  const { context } = pager;
  const above = mirrorOf(context);
  const report = { number: 5, latitude: 366_512_345, longitude: 1_170_345_678 };
  const alarm = pager.report("s", report, 5);
  const packet = {
    type: ACK,
    code: CHANGED,
    messageId: 36,
    token: Uint8Array.of(5),
    options: [],
    payload: [],
  };
  const answer = sealAnswer(nodeMachine, above, alarm.origin, undefined, packet);
  const word = {
    type: CON,
    code: POST,
    messageId: 900,
    token: Uint8Array.of(0x77),
    options: [pathOption(nodeMachine, "d")],
    payload: encodeMessage(nodeMachine, WORD, { what: 1, value: 5 }),
  };
  const taken = sealRequest(nodeMachine, above, 3, word);
  const origin = { kid: above.senderId, piv: encodePiv(nodeMachine, 3) };
  const bare = { ...packet, messageId: 900, token: word.token };
  const obeyed = sealAnswer(nodeMachine, context, origin, undefined, bare);
  const bytes = (of: typeof taken) => toOctets(encodePacket(nodeMachine, of));
  const back = (octets: Uint8Array) => {
    const frame = rawFrame(octets, { fromPort: 5683, toPort: 40_000 });
    frame.bytes.splice(12, 8, 192, 0, 2, 1, 10, 0, 0, 7);
    return frame;
  };
  return [rawFrame(alarm.bytes), back(bytes(answer)), back(bytes(taken)), rawFrame(bytes(obeyed))];
}

/** As a process of its own, beside the platform that runs in this one. */
async function decode(...words: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", MAIN, "decode", ...words]);
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (piece) => out.push(piece));
  child.stderr.on("data", (piece) => err.push(piece));
  const [code] = await once(child, "close", { signal: AbortSignal.timeout(LIMIT_MS) });
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
}

async function readings(): Promise<string[]> {
  const cursor = await platform.cursor();
  const list: string[] = [];
  for await (const event of platform.events({ after: 0 })) {
    if (event.kind === "secretRead") list.push(`${event.pager} ${event.kid} ${event.reader}`);
    if (event.seq === cursor) break;
  }
  return list;
}

test("with the folder of a platform that runs all is opened, and its log says who read which key", async () => {
  const words = [capture, "--data", join(folder, "data"), "--reader", READER];
  const { code, out, err } = await decode(...words);
  assert.equal([code, err], [0, ""]);
  assert.match(out, /呼救 call for help/);
  assert.match(out, /已接警 taken by a person/);
  assert.match(out, /4 of 4 opened/);
  assert.equal(await readings(), [`${id} ${pager.kid} ${READER}`]);
});

test("no key stands in what is printed, in words or for machines", async () => {
  const words = [capture, "--data", join(folder, "data"), "--reader", READER];
  const { senderKey, recipientKey, commonIv } = pager.context;
  for (const more of [[], ["--json"]]) {
    const { out } = await decode(...words, ...more);
    for (const key of [senderKey, recipientKey, commonIv]) assert.not(out.includes(hexOf(key)));
  }
});

test("tshark opens both directions with exactly the file that --wireshark wrote", async () => {
  const dir = join(folder, "wireshark");
  mkdirSync(dir);
  const file = join(dir, "oscore_contexts");
  const words = [capture, "--data", join(folder, "data"), "--reader", READER, "--wireshark", file];
  assert.is((await decode(...words)).code, 0);
  assert.is(readFileSync(file, "utf8").trimEnd().split("\n").length, 3);
  if (tshark === undefined) return;
  const env = { ...process.env, WIRESHARK_CONFIG_DIR: dir };
  const run = spawnSync(tshark, ["-r", capture, "-O", "coap,oscore"], { encoding: "utf8", env });
  assert.is(run.status, 0, run.stderr);
  const inside = run.stdout.split("Object Security for Constrained RESTful Environments").slice(1);
  const codes = inside.map((text) => /Code: (.+) \(\d+\)/.exec(text)?.[1]);
  assert.equal(codes, ["POST", "2.04 Changed", "POST", "2.04 Changed"]);
  assert.equal(
    inside.map((text) => /Uri-Path: (\w)$/m.exec(text)?.[1]),
    ["s", undefined, "d", undefined],
  );
  assert.not.match(run.stdout, /can't decrypt|Authentication tag check failed/);
  const version = spawnSync(tshark, ["--version"], { encoding: "utf8" }).stdout.split("\n")[0];
  ran({ engine: "tshark", version, bundle: "(none: it read onekey's keys)", tests: 1 });
});

test("a pager by its id, without any input, gives both its contexts to Wireshark", async () => {
  const file = join(folder, "both");
  const before = (await readings()).length;
  const words = ["--data", join(folder, "data"), "--reader", READER, "--pager", id];
  const { code, out } = await decode(...words, "--wireshark", file);
  assert.is(code, 0);
  assert.match(out, /both: 2 contexts, master secrets in the clear/);
  assert.match(out, /named oscore_contexts/);
  assert.is(readFileSync(file, "utf8").trimEnd().split("\n").length, 5);
  assert.is((await readings()).length, before + 2);
});

test("a capture without any pager of this platform reads no secret, and says so", async () => {
  const before = (await readings()).length;
  const words = [
    "4102000709970b011171c45e01ff00010203040506070809",
    "--data",
    join(folder, "data"),
  ];
  const { code, err } = await decode(
    ...words,
    "--reader",
    READER,
    "--wireshark",
    join(folder, "x"),
  );
  assert.is(code, 1);
  assert.match(err, /no pager of this platform is in the input: name one with --pager/);
  assert.is((await readings()).length, before);
});

test.run();
