// `onekey modem`: what it refuses, and one datagram over a pseudo-terminal in real time.

import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Input } from "../../firmware/core/input.ts";
import { createBg96 } from "../../firmware/modem/bg96.ts";
import { systemClock } from "../../sdk/clock.ts";
import { OnekeyError } from "../../sdk/error.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { modemCommand } from "../../tools/cli/modem.ts";
import { openSerialLine } from "../../tools/simulator/serial-port.ts";
import { need } from "../need.ts";

async function refusal(args: string[]): Promise<OnekeyError> {
  try {
    await modemCommand().parseAsync(args, { from: "user" });
  } catch (error) {
    assert.instance(error, OnekeyError);
    return error as OnekeyError;
  }
  throw new Error(`accepted: ${args.join(" ")}`);
}

test("a serial line that is not there is one sentence that says what to do", async () => {
  const error = await refusal(["--port", "/dev/onekey-no-such-line"]);
  assert.is(error.code, "serial-failed");
  assert.match(
    error.message,
    /cannot open \/dev\/onekey-no-such-line.*name a serial line that is there/,
  );
});

test("a recording that can't be read is refused before the line is opened", async () => {
  const error = await refusal(["--port", "/dev/onekey-no-such-line", "--gnss", "/no/such/file"]);
  assert.is(error.code, "file-unreadable");
});

test("shares and seeds that are none are refused with an example", async () => {
  for (const args of [
    ["--loss", "2"],
    ["--loss", "some"],
    ["--faults", "x"],
    ["--seed", "1.5"],
  ]) {
    const command = modemCommand()
      .exitOverride()
      .configureOutput({ writeErr: () => {} });
    let said = "";
    try {
      await command.parseAsync(["--port", "x", ...args], { from: "user" });
    } catch (error) {
      said = error instanceof Error ? error.message : String(error);
    }
    assert.match(said, /give a (share between|whole number)/, args.join(" "));
  }
});

/** Two joined pseudo-terminals; resolves when both are there. */
async function openPair(socat: string, dir: string) {
  const ends = [join(dir, "pager"), join(dir, "modem")];
  const child = spawn(socat, ["-d", "-d", ...ends.map((end) => `pty,raw,echo=0,link=${end}`)], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  for await (const line of createInterface({ input: child.stderr })) {
    if (line.includes("starting data transfer")) break;
  }
  return { pager: ends[0], modem: ends[1], child };
}

/** The driver on a real line and the system's clock, until the answer to its datagram came. */
async function deliverOver(path: string, address: string, text: string): Promise<Input[]> {
  const inputs: Input[] = [];
  const startMs = systemClock.nowMs();
  const atMs = () => systemClock.nowMs() - startMs;
  const radio = createBg96(nodeMachine, { apn: "", addresses: [address] });
  let wake = () => {};
  const line = await openSerialLine(path, {
    onText: (piece) => step({ kind: "serial", atMs: atMs(), text: piece }),
    onLost: (reason) => assert.unreachable(reason),
  });
  const came = new Promise<void>((resolve) => {
    wake = resolve;
  });
  let cancel = () => {};
  function step(input: Parameters<typeof radio.step>[0]): void {
    for (const output of radio.step(input)) {
      if (output.kind === "write") line.write(output.text);
      if (output.kind !== "input") continue;
      inputs.push(output.input);
      if (output.input.kind === "datagram") wake();
      if (output.input.kind === "radio" && output.input.state === "ready") {
        const bytes = Uint8Array.from(Buffer.from(text, "latin1"));
        queueMicrotask(() => step({ kind: "send", atMs: atMs(), address: 0, bytes }));
      }
    }
    cancel();
    const inMs = radio.dueInMs(atMs());
    if (inMs >= 0) cancel = systemClock.after(inMs, () => step({ kind: "tick", atMs: atMs() }));
  }
  step({ kind: "start", atMs: 0, failures: 0 });
  await came;
  cancel();
  await line.close();
  return inputs;
}

const socat = need("socat");

if (socat !== undefined) {
  test("on a pseudo-terminal a datagram goes out by real UDP and comes back", async () => {
    const dir = mkdtempSync(join(tmpdir(), "onekey-modem-"));
    const pair = await openPair(socat, dir);
    const platform = createSocket("udp4");
    platform.on("message", (message, from) => platform.send(message, from.port, from.address));
    platform.bind(0, "127.0.0.1");
    await once(platform, "listening");
    const printed: Record<string, unknown>[] = [];
    const log = console.log;
    console.log = (line: string) => void printed.push(JSON.parse(line));
    const running = modemCommand().parseAsync(["--port", pair.modem, "--json"], { from: "user" });

    const text = String.fromCharCode(...Array.from({ length: 250 }, (_, octet) => octet));
    const address = `127.0.0.1:${platform.address().port}`;
    const inputs = await deliverOver(pair.pager, address, text);

    process.emit("SIGINT");
    await running;
    console.log = log;
    const datagram = inputs.find((input) => input.kind === "datagram");
    assert.ok(datagram?.kind === "datagram");
    assert.is(Buffer.from(Array.from(datagram.bytes)).toString("latin1"), text);
    const kinds = new Set(printed.map((line) => line.kind));
    for (const kind of ["gnss", "line", "command", "answer", "sent", "received", "end"]) {
      assert.ok(kinds.has(kind), `no line of kind ${kind}`);
    }
    const end = printed.find((line) => line.kind === "end");
    assert.ok(end !== undefined && Number(end.sent) >= 1 && end.sentLost === 0);
    platform.close();
    pair.child.kill();
    await once(pair.child, "exit");
    rmSync(dir, { recursive: true });
  });
}

test.run();
