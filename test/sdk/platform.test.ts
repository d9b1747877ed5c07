// The platform as a developer opens it: real sockets, one seed one world, nothing left behind.

import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Event } from "../../sdk/events.ts";
import { openPlatform, type Platform, type PlatformOptions } from "../../sdk/platform.ts";
import { closeRigs, openRig } from "./rig.ts";
import { makeTestPager } from "./test-pager.ts";

const toUndo: (() => Promise<void> | void)[] = [];

test.after.each(async () => {
  for (const undo of toUndo.splice(0).reverse()) await undo();
  await closeRigs();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "onekey-platform-"));
  toUndo.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function open(options: Partial<PlatformOptions> = {}): Promise<Platform> {
  const dataDir = options.dataDir ?? newFolder();
  const platform = await openPlatform({ udpPort: 0, httpPort: 0, ...options, dataDir });
  toUndo.push(() => platform.close());
  return platform;
}

async function openPort(): Promise<Socket> {
  const socket = createSocket("udp4");
  toUndo.push(() => void socket.close());
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return socket;
}

test("an alarm over real UDP is answered, and comes to whoever reads the events", async () => {
  const platform = await open();
  const { pager, provisioning } = await platform.pagers.register({ person: { name: "王" } });
  const own = makeTestPager(provisioning.contexts[0]);
  const said = own.report("s", { number: 7 });
  const socket = await openPort();
  const answer = once(socket, "message");
  const events = platform.events();
  socket.send(said.bytes, platform.udp.port, "127.0.0.1");
  assert.ok(own.open(said, (await answer)[0]));
  for await (const event of events) {
    assert.is(event.kind, "alarmRaised");
    assert.is("pager" in event && event.pager, pager.id);
    break;
  }
});

test("the largest datagram that UDP carries is counted and stops nothing", async () => {
  const platform = await open();
  const { provisioning } = await platform.pagers.register({ person: { name: "王" } });
  const own = makeTestPager(provisioning.contexts[0]);
  const socket = await openPort();
  socket.setSendBufferSize(1 << 20);
  const huge = new Uint8Array(65_507).fill(0x44);
  await new Promise((resolve) => socket.send(huge, platform.udp.port, "127.0.0.1", resolve));
  const said = own.report("s", { number: 1 });
  const answer = once(socket, "message");
  socket.send(said.bytes, platform.udp.port, "127.0.0.1");
  assert.ok(own.open(said, (await answer)[0]));
  assert.is(platform.counters().oversize, 1);
});

test("one seed gives one world: kids, keys, links and trace are the same again", async () => {
  const worlds: unknown[] = [];
  for (let i = 0; i < 2; i++) {
    const rig = await openRig();
    const pager = await rig.addPager();
    await rig.deliver(pager.report("s", { number: 1 }).bytes);
    await rig.platform.alarms.take(`${pager.id}/${pager.kid}/1`, "王芳");
    await rig.pass(40_000);
    const link = (await rig.platform.openLink()).replace(/^.*token=/, "");
    const sent = rig.takeSent().map((one) => Buffer.from(one.bytes).toString("hex"));
    worlds.push({ contexts: pager.registered.provisioning, trace: rig.trace, link, sent });
  }
  assert.equal(worlds[0], worlds[1]);
});

test("registering gives two contexts, each with its own key identifier and keys", async () => {
  const platform = await open();
  const { provisioning } = await platform.pagers.register({});
  const [first, second] = provisioning.contexts;
  assert.equal([first.slot, second.slot], [0, 1]);
  assert.equal([first.platformId, second.platformId], ["00", "01"]);
  const all = [first, second].flatMap((one) => [one.kid, one.senderKey, one.recipientKey]);
  assert.is(new Set(all).size, all.length);
  assert.equal(
    [first.kid, first.senderKey, first.commonIv].map((hex) => hex.length),
    [6, 32, 26],
  );
});

test("a platform that can't start leaves nothing held", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const dataDir = newFolder();
  let code = "";
  await openPlatform({ dataDir, udpPort: 0, httpPort: port }).catch((error) => {
    code = error.code;
  });
  server.close();
  assert.is(code, "port-taken");
  await open({ dataDir });
});

test("the key file may lie elsewhere, and then not beside the database", async () => {
  const dataDir = newFolder();
  const keyFile = join(newFolder(), "kek");
  await open({ dataDir, keyFile });
  assert.ok(existsSync(keyFile));
  assert.not.ok(existsSync(join(dataDir, "onekey.kek")));
});

test("a reader who waits for events ends when the platform closes", async () => {
  const platform = await open();
  const seen: Event[] = [];
  const reading = (async () => {
    for await (const event of platform.events({ after: 0 })) seen.push(event);
  })();
  await platform.pagers.register({});
  await platform.close();
  await reading;
  assert.ok(seen.length <= 1);
});

test("acts on what is not there say so", async () => {
  const platform = await open();
  const codes: string[] = [];
  const note = (error: { code: string }) => void codes.push(error.code);
  await platform.alarms.take("P-000001/aaaaaa/1", "王芳").catch(note);
  await platform.pagers.person("P-000009", "王芳").catch(note);
  await platform.pagers.setStanding("P-000009", "blocked").catch(note);
  assert.equal(codes, ["unknown-alarm", "unknown-pager", "unknown-pager"]);
});

test.run();
