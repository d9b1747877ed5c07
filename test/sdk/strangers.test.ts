// Strangers at the door: the `coap` package and libcoap's client find out over real UDP what there is,
// and get the proper error for all that they may not have.

import { execFile } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { promisify } from "node:util";
import { Agent, type CoapRequestParams, type IncomingMessage, request } from "coap";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { systemClock } from "../../sdk/clock.ts";
import { resourceList } from "../../sdk/gateway/discovery.ts";
import { need } from "../need.ts";
import { closeRigs, openRig } from "./rig.ts";

interface Door {
  port: number;
  close(): Promise<void>;
}

/** A socket that says to strangers what the gateway says, and nothing to pagers. */
async function openDoor(): Promise<Door> {
  const rig = await openRig({
    discovery: true,
    udpPort: 0,
    openSocket: undefined,
    clock: systemClock,
  });
  return { port: rig.platform.udp.port, close: closeRigs };
}

let door: Door;
test.before.each(async () => {
  door = await openDoor();
});
test.after.each(() => door.close());

/** One request of the `coap` package, on a socket of its own, which it closes by itself. */
async function ask(params: CoapRequestParams): Promise<IncomingMessage> {
  const agent = new Agent({ type: "udp4" });
  const closed = once(agent, "close");
  const asked = request({ hostname: "127.0.0.1", port: door.port, agent, ...params });
  asked.end();
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  await closed;
  return answer;
}

const CORE = "/.well-known/core";

for (const confirmable of [true, false]) {
  const type = confirmable ? "confirmable" : "non-confirmable";
  test(`the coap package, ${type}, finds all resources in link format`, async () => {
    const answer = await ask({ pathname: CORE, confirmable });
    assert.is(answer.code, "2.05");
    assert.is(answer.headers["Content-Format"], "application/link-format");
    assert.is(answer.payload.toString("ascii"), resourceList());
  });
}

/** What the package asks, and the code that it gets. */
const ERRORS: [string, CoapRequestParams, string][] = [
  ["GET of an alarm", { pathname: "/s" }, "4.01"],
  ["POST of an alarm", { pathname: "/s", method: "POST" }, "4.01"],
  ["GET of an image", { pathname: "/u" }, "4.01"],
  ["GET of nothing", { pathname: "/nothing/there" }, "4.04"],
  ["GET of the root", { pathname: "/" }, "4.04"],
  ["PUT of the list", { pathname: CORE, method: "PUT" }, "4.05"],
  ["DELETE of the list", { pathname: CORE, method: "DELETE" }, "4.05"],
  ["the list as JSON", { pathname: CORE, accept: "application/json" }, "4.06"],
  ["a critical option", { pathname: CORE, options: { "If-None-Match": Buffer.of() } }, "4.02"],
  ["a way through to others", { proxyUri: "coap://192.0.2.1/s" }, "5.05"],
];

for (const [name, params, code] of ERRORS) {
  test(`the coap package: ${name} is ${code}`, async () => {
    assert.is((await ask(params)).code, code);
  });
}

test("a ping is met by a reset [RFC 7252 §4.2]", async () => {
  const socket = createSocket("udp4");
  const heard = once(socket, "message");
  socket.send(Uint8Array.of(0x40, 0, 0x12, 0x34), door.port, "127.0.0.1");
  const [bytes] = (await heard) as [Buffer];
  socket.close();
  assert.is(bytes.toString("hex"), "70001234");
});

const libcoap = need("libcoap");
const run = promisify(execFile);

/** What libcoap's client prints: the body, or the code of an error. */
async function printed(path: string, ...options: string[]): Promise<string> {
  const url = `coap://127.0.0.1:${door.port}${path}`;
  const { stdout, stderr } = await run(libcoap as string, ["-B", "5", ...options, url]);
  return (stdout + stderr).trim();
}

if (libcoap !== undefined) {
  for (const options of [[], ["-N"], ["-b", "16"], ["-A", "40"]]) {
    const name = options.length === 0 ? "as it comes" : options.join(" ");
    test(`libcoap's client, ${name}, finds all resources`, async () => {
      assert.is(await printed(CORE, "-m", "get", ...options), resourceList());
    });
  }

  /** What the client asks, and the code that it prints. */
  const LIBCOAP_ERRORS: [string, string, string[], string][] = [
    ["GET of an alarm", "/s", ["-m", "get"], "4.01"],
    ["POST of an alarm", "/s", ["-m", "post", "-e", "help"], "4.01"],
    ["GET of nothing", "/nothing/there", ["-m", "get"], "4.04"],
    ["PUT of the list", CORE, ["-m", "put", "-e", "x"], "4.05"],
    ["FETCH of the list", CORE, ["-m", "fetch", "-e", "x"], "4.05"],
    ["the list as JSON", CORE, ["-m", "get", "-A", "50"], "4.06"],
    ["a critical option", CORE, ["-m", "get", "-O", "19,x"], "4.02 option 19"],
  ];

  for (const [name, path, options, code] of LIBCOAP_ERRORS) {
    test(`libcoap's client: ${name} is ${code}`, async () => {
      assert.is(await printed(path, ...options), code);
    });
  }
}

test.run();
