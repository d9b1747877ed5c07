// The gateway killed with SIGKILL between receiving and answering: exactly one alarm stands.
// A real process, real sockets on this machine, a real database.

import { type ChildProcess, fork } from "node:child_process";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { openPlatform, type Platform } from "../../sdk/platform.ts";
import { makeTestPager } from "./test-pager.ts";

const PROGRAM = fileURLToPath(new URL("./gateway-process.ts", import.meta.url));
const LIMIT_MS = 30_000;

const toUndo: (() => Promise<void> | void)[] = [];

test.after.each(async () => {
  for (const undo of toUndo.splice(0).reverse()) await undo();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "onekey-kill-"));
  toUndo.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function open(dataDir: string): Promise<Platform> {
  return openPlatform({ dataDir, udpPort: 0, httpPort: 0 });
}

async function openPort(): Promise<Socket> {
  const socket = createSocket("udp4");
  toUndo.push(() => void socket.close());
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return socket;
}

/** The child's next message. */
async function hear(child: ChildProcess): Promise<{ port: number }> {
  const [message] = await once(child, "message", { signal: AbortSignal.timeout(LIMIT_MS) });
  return message;
}

/** Sends to a gateway that stands still at `step`, and kills it there; what it answered. */
async function sendAndKill(dataDir: string, step: string, bytes: Uint8Array): Promise<number> {
  const child = fork(PROGRAM, [dataDir, step], { execArgv: ["--import", "tsx"] });
  toUndo.push(() => void child.kill("SIGKILL"));
  const { port } = await hear(child);
  const socket = await openPort();
  let answers = 0;
  socket.on("message", () => {
    answers += 1;
  });
  const reached = hear(child);
  socket.send(bytes, port, "127.0.0.1");
  await reached;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
  return answers;
}

async function answerTo(socket: Socket, bytes: Uint8Array, port: number): Promise<Uint8Array> {
  const answer = once(socket, "message", { signal: AbortSignal.timeout(LIMIT_MS) });
  socket.send(bytes, port, "127.0.0.1");
  return (await answer)[0];
}

for (const step of ["received", "opened", "stored", "answered"]) {
  test(`killed at "${step}": sent again, the alarm stands once and is answered`, async () => {
    const dataDir = newFolder();
    const before = await open(dataDir);
    const { provisioning } = await before.pagers.register({ person: { name: "王" } });
    await before.close();

    const pager = makeTestPager(provisioning.contexts[0]);
    const said = pager.report("s", { number: 512 });
    assert.is(await sendAndKill(dataDir, step, said.bytes), 0, "no answer before the kill");

    const after = await open(dataDir);
    toUndo.push(() => after.close());
    const stood = (await after.alarms.list()).length;
    assert.is(stood, step === "stored" || step === "answered" ? 1 : 0);
    const socket = await openPort();
    const { port } = after.udp;
    assert.ok(pager.open(said, await answerTo(socket, said.bytes, port)), "the same octets");
    const fresh = pager.report("s", { number: 512 });
    assert.ok(pager.open(fresh, await answerTo(socket, fresh.bytes, port)), "a new exchange");
    const ids = (await after.alarms.list()).map((alarm) => alarm.id);
    assert.equal(ids, [`P-000001/${pager.kid}/512`]);
  });
}

test.run();
