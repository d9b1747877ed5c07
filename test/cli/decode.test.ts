// `onekey decode` as a process: its inputs, what it prints, its exit codes, keys and refusals.

import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CommanderError } from "commander";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { OnekeyError } from "../../sdk/error.ts";
import { decodeCommand } from "../../tools/cli/decode.ts";
import { ipv4, pcapngOf, pcapOf, rawFrame, udp } from "../decode/capture-files.ts";
import { answer, forged, KEY_FILE, MASTER_FILE, sos, taken } from "../decode/sealed.ts";

const MAIN = fileURLToPath(new URL("../../tools/cli/main.ts", import.meta.url));
const LIMIT_MS = 60_000;
const folder = mkdtempSync(join(tmpdir(), "onekey-decode-"));
const keys = join(folder, "pager.json");
const master = join(folder, "master.json");
const capture = join(folder, "alarm.pcap");
const SOS = sos();
const TAKEN = taken();
const HEX = Buffer.from(SOS.bytes).toString("hex");

writeFileSync(keys, KEY_FILE);
writeFileSync(master, MASTER_FILE);
writeFileSync(capture, alarmCapture());
test.after(() => rmSync(folder, { recursive: true, force: true }));

/** An alarm, its answer, "taken" and the pager's answer to that, among other traffic. */
function alarmCapture(): Uint8Array {
  const up = (bytes: Uint8Array) => rawFrame(bytes);
  const down = (bytes: Uint8Array) => {
    const frame = rawFrame(bytes, { fromPort: 5683, toPort: 40_000 });
    frame.bytes.splice(12, 8, 192, 0, 2, 1, 10, 0, 0, 7);
    return frame;
  };
  return pcapOf([
    up(SOS.bytes),
    { link: 228, bytes: ipv4(udp(Uint8Array.of(1, 2), { fromPort: 53, toPort: 53 })) },
    down(answer(SOS)),
    down(TAKEN.bytes),
    up(answer(TAKEN)),
  ]);
}

function decode(words: string[], input?: string | Uint8Array) {
  const run = spawnSync(process.execPath, ["--import", "tsx", MAIN, "decode", ...words], {
    encoding: "utf8",
    timeout: LIMIT_MS,
    input,
    env: { ...process.env, ONEKEY_KEK_FILE: undefined },
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

/** The error of the command, which main.ts turns into one sentence and exit code 1. */
async function refused(words: string[], says: RegExp): Promise<string> {
  const command = decodeCommand().exitOverride();
  command.configureOutput({ writeErr: () => undefined });
  try {
    await command.parseAsync(words, { from: "user" });
  } catch (error) {
    const { message } = error as Error;
    assert.ok(error instanceof OnekeyError || error instanceof CommanderError, message);
    assert.match(message, says);
    return message;
  }
  assert.unreachable(words.join(" "));
  return "";
}

test("--help tells every option, and shows how it is used", () => {
  const { code, out } = decode(["--help"]);
  assert.is(code, 0);
  for (const word of [
    "--as",
    "--key",
    "--data",
    "--reader",
    "--pager",
    "--request",
    "--wireshark",
    "--udp",
    "--json",
    "Examples:",
  ]) {
    assert.match(out, word);
  }
});

test("an alarm from key to answer, in words", () => {
  const { code, out, err } = decode([capture, "--key", keys]);
  assert.equal([code, err], [0, ""]);
  const part = (i: number) => out.split("\n\n")[i].split("\n");
  assert.equal(part(0), [
    "packet 1  2023-11-14T22:13:20.412Z  10.0.0.7:40000 → 192.0.2.1:5683  50 octets",
    "  ↑ up  CON 0.02 POST  id 7  token 09  kid c45e01  PIV 70001  36 sealed",
    "  呼救 call for help  0.02 POST /s",
    "  [70000, 217000000, -20, -366512345, 1170345678, 15, 12]",
    "    编号      number       70000",
    "    时间      time         2026-11-16T13:46:40Z, 非网络时间 not network time",
    "    电量      battery      80 %, 充电中 charging  表行 row 19/23",
    "    纬度      latitude     36.6512345° S",
    "    经度      longitude    117.0345678° E",
    "    误差半径  uncertainty  1500 m, 卫星定位 from satellites  表行 row 15/23",
    "    位置时龄  age          900 s (15 min)  表行 row 12/23",
  ]);
  assert.match(part(1)[1], /↓ down {2}ACK 2\.04 Changed .* answers packet 1$/);
  assert.match(part(1)[2], /应答：平台已存储 answer: stored by the platform/);
  assert.match(part(2)[2], /已接警 taken by a person/);
  assert.match(part(3)[2], /应答：已收到 answer of the pager/);
  assert.is(part(4)[0], "4 datagrams 报文: 4 of 4 opened 已解密; 1 others passed over 略过");
  assert.not(out.includes("\u001b"), "no colours where nobody looks");
});

test("--json prints one object a datagram", () => {
  const { code, out } = decode([capture, "--key", keys, "--json"]);
  assert.is(code, 0);
  const rows = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.is(rows.length, 4);
  const { hex, message, opened, ...rest } = rows[0];
  assert.is(hex, HEX);
  assert.equal(rest, {
    place: { packet: 1 },
    at: "2023-11-14T22:13:20.412Z",
    carrier: "udp",
    from: "10.0.0.7:40000",
    to: "192.0.2.1:5683",
    octets: 50,
    way: "up",
    coap: {
      type: "CON",
      code: "0.02",
      messageId: 7,
      token: "09",
      options: [{ number: 9, name: "OSCORE", value: "0b011171c45e01" }],
    },
    sealed: { octets: 36, kid: "c45e01", piv: 70_001 },
    faults: [],
  });
  assert.equal(
    { ...opened, payload: opened.payload.length / 2 },
    {
      kid: "c45e01",
      code: "0.02",
      options: [{ number: 11, name: "Uri-Path", value: "73" }],
      octets: 24,
      payload: 24,
    },
  );
  assert.equal(
    [message.name, message.zh, message.en, message.tail],
    ["sos", "呼救", "call for help", 0],
  );
  assert.equal(message.fields[2], {
    name: "battery",
    value: 80,
    unit: "%",
    row: { at: 19, of: 24 },
    zh: "电量",
    en: "battery",
    shown: "80 %",
    flag: { name: "charging", set: true, zh: "充电中", en: "charging" },
  });
  assert.equal(rows[1].answers, { packet: 1 });
});

test("octets as an argument, on stdin, or in a file; without a key what anybody sees", () => {
  const file = join(folder, "sos.hex");
  writeFileSync(file, HEX);
  const forms: [string[], string | undefined][] = [
    [[HEX], undefined],
    [["-"], HEX],
    [[], Buffer.from(HEX).toString()],
    [[file], undefined],
  ];
  for (const [words, input] of forms) {
    const { code, out } = decode(words, input);
    assert.is(code, 0);
    assert.match(out, /kid c45e01 {2}PIV 70001 .*\n {2}未给密钥：用 --key 或 --data no key given/);
    assert.not(out.includes("70000"));
  }
});

test("an answer is opened by a request that is handed in", () => {
  const bare = Buffer.from(answer(SOS)).toString("hex");
  assert.match(decode([bare, "--key", keys]).out, /其请求不在输入中：用 --request/);
  const { code, out } = decode([bare, "--key", keys, "--request", HEX]);
  assert.is(code, 0);
  assert.match(out, /answers request 1\n.*stored by the platform/);
});

test("what can't be read is told at its place, the rest is read, and the exit code is 1", () => {
  const bad = Buffer.from(forged(SOS.bytes)).toString("hex");
  const { code, out, err } = decode([`--key`, keys], `${HEX}\n${HEX}0\n${bad}\nzz\n`);
  assert.is(code, 1);
  assert.match(out, /line 1 {2}50 octets\n.*\n {2}呼救/);
  assert.match(out, /line 2\n {2}101 digits make half an octet: .*\n.*缺半个字节/);
  assert.match(out, /line 3 .*\n.*\n {2}标签错误/);
  assert.match(out, /line 4\n {2}character 1, "z", is no hex digit/);
  assert.is(
    err,
    "onekey: 3 of 4 could not be read whole (line 2, line 3, line 4): " +
      "what is wrong stands at each of them above.\n",
  );
  const json = decode(["--key", keys, "--json"], `${HEX}\n${HEX}0\n`);
  assert.is(json.code, 1);
  const { place, error } = JSON.parse(json.out.split("\n")[1]);
  assert.equal(place, { line: 2 });
  assert.equal([error.code, error.is], ["odd-digits", 101]);
  assert.is(JSON.parse(json.err).error.code, "bad-input");
});

test("a capture file that was cut off is read up to there", () => {
  const file = join(folder, "cut.pcapng");
  writeFileSync(file, pcapngOf([rawFrame(SOS.bytes), rawFrame(TAKEN.bytes)]).slice(0, -9));
  const { code, out, err } = decode([file, "--key", keys]);
  assert.is(code, 1);
  assert.match(out, /呼救 call for help/);
  assert.match(out, /packet 2\n {2}the file ends in the middle, at octet \d+: copy all of it/);
  assert.match(err, /1 of 2 could not be read whole \(packet 2\)/);
});

test("--udp names the platform's port, by which its datagrams are known", () => {
  const file = join(folder, "port.pcap");
  writeFileSync(file, pcapOf([rawFrame(Uint8Array.of(1, 2, 3, 4, 5), { toPort: 7000 })]));
  assert.match(decode([file]).out, /0 datagrams .* 1 others passed over/);
  const { code, out } = decode([file, "--udp", "7000"]);
  assert.is(code, 1);
  assert.match(out, /不是 CoAP 版本 1 not version 1 of CoAP \(bad-version coap, octet 0\)/);
});

test("no key is taken from the command line, and none is repeated", async () => {
  const secret = "000102030405060708090a0b0c0d0e0f";
  for (const given of [secret, JSON.stringify({ masterSecret: secret }), secret.repeat(2)]) {
    const err = await refused([HEX, "--key", given], /stands in the list of processes/);
    assert.not(err.includes(secret.slice(0, 12)));
  }
});

test("options that don't fit together, files that are not there", async () => {
  await refused(
    [HEX, "--key", join(folder, "none.json")],
    /There is no key file .*none\.json: name one/,
  );
  await refused([HEX, "--key", capture], /it is no JSON/);
  await refused([HEX, "--key", keys, "--data", folder], /two sources of keys: give one/);
  await refused([HEX, "--data", folder], /give your name with --reader/);
  await refused([HEX, "--data", folder, "--reader", " "], /give the name of a person/);
  await refused([HEX, "--reader", "x"], /belong to --data/);
  await refused([HEX, "--wireshark", join(folder, "w")], /give them with --data or --key/);
  await refused([HEX, "--request", "xyz"], /--request must be the hex/);
  await refused([HEX, "--as", "morse"], /Allowed choices are hex, base64, pcap, serial, sms/);
  await refused([join(folder, "none.pcap")], /name a file that is there/);
  await refused([join(folder, "none.pcap"), "--as", "pcap"], /There is no file .*none\.pcap/);
  await refused([folder], /can't be read \(EISDIR\): name a file that you may read/);
  await refused([HEX, "--data", folder, "--reader", "x"], /There is no database .*onekey\.db/);
  assert.not(existsSync(join(folder, "onekey.db")), "and none was made");
});

test("--wireshark writes for its owner only, never over a file, and not without a master secret", async () => {
  const dir = join(folder, "ws");
  mkdirSync(dir);
  const file = join(dir, "oscore_contexts");
  const { code, out } = decode(["--key", master, "--wireshark", file]);
  assert.is(code, 0);
  assert.is(statSync(file).mode & 0o777, 0o600);
  assert.match(out, /WIRESHARK_CONFIG_DIR=.*ws tshark -r FILE/);
  assert.not(out.includes("0102030405060708"));
  const text = readFileSync(file, "utf8");
  assert.is(text.trimEnd().split("\n").length, 3);
  await refused(
    [HEX, "--key", master, "--wireshark", file],
    /is there already and may hold other keys/,
  );
  assert.is(readFileSync(file, "utf8"), text);
  refused(
    ["--key", keys, "--wireshark", `${file}2`],
    /holds no master secret, from which Wireshark/,
  );
  assert.not(existsSync(`${file}2`));
  refused(
    ["--key", master, "--wireshark", join(folder, "none", "w")],
    /can't be written \(ENOENT\)/,
  );
});

test("a reader that goes away ends it in peace", () => {
  const many = `${HEX}\n`.repeat(20_000);
  const file = join(folder, "many.hex");
  writeFileSync(file, many);
  const words = `"${process.execPath}" --import tsx "${MAIN}" decode "${file}" | head -n 3`;
  const run = spawnSync("bash", ["-c", `set -o pipefail; ${words}`], {
    encoding: "utf8",
    timeout: LIMIT_MS,
  });
  assert.equal([run.status, run.stderr], [0, ""]);
  assert.is(run.stdout.trimEnd().split("\n").length, 3);
});

test.run();
