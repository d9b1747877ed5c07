// SMS through a provider: what leaves, what doesn't, and what its HTTP interface may do to us.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { fromSmsText, toSmsText } from "../../protocol/base64.ts";
import { ACK, encodePacket, UNAUTHORIZED } from "../../protocol/coap.ts";
import type { Source } from "../../sdk/gateway/datagram.ts";
import { smsProvider } from "../../sdk/gateway/sms-provider.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { hexOf, toOctets } from "../../sdk/octets.ts";
import { createVirtualClock, type VirtualClock } from "../../tools/simulator/clock.ts";
import { closeRigs, openRig, type Rig } from "./rig.ts";
import { openEnds, type ProviderEnd, providerEnd, rounds, sealed, until } from "./sms-ends.ts";

const TOKEN = "provider-secret-4711";
const PHONE = "+8613800138000";
const TO: Source = { carrier: "sms", address: PHONE, port: 0 };

const open: ProviderEnd[] = [];
test.after.each(async () => {
  await closeRigs();
  for (const one of open.splice(0)) await one.close();
});

async function scene() {
  const provider = await providerEnd();
  open.push(provider);
  const clock = createVirtualClock();
  const trace: string[] = [];
  const sms = smsProvider({
    url: provider.url,
    token: TOKEN,
    clock,
    trace: (line) => void trace.push(line),
  });
  const ends = openEnds();
  return { provider, clock, trace, sms, ends };
}

/** So many have left, and each was answered: the timer of a request ends with it. */
async function done(provider: ProviderEnd, count: number, clock: VirtualClock): Promise<void> {
  await until(() => provider.bodies.length === count && clock.pendingTimers === 0);
}

test("an SMS to a number that was not heard goes as text, with the token [wire §5]", async () => {
  const { provider, clock, sms, ends } = await scene();
  const carrier = await sms.open(ends);
  carrier.send(sealed(1), TO);
  await done(provider, 1, clock);
  await carrier.close();
  assert.equal(provider.bodies, [{ to: PHONE, text: toSmsText(sealed(1)) }]);
  assert.equal(provider.authorizations, [`Bearer ${TOKEN}`]);
  assert.is(ends.failures(), 0);
});

test("what is too long for text goes as 8-bit data, and what is too long for that not at all", async () => {
  const { provider, clock, sms, ends } = await scene();
  const carrier = await sms.open(ends);
  const [longest, data, more] = [sealed(1, 117), sealed(2, 140), sealed(3, 141)];
  assert.equal([longest.length, data.length, more.length], [117, 140, 141]);
  for (const bytes of [longest, data, more]) carrier.send(bytes, TO);
  await done(provider, 2, clock);
  await carrier.close();
  provider.bodies.sort((a, b) => Number("data" in a) - Number("data" in b));
  assert.equal(provider.bodies, [
    { to: PHONE, text: toSmsText(longest) },
    { to: PHONE, data: hexOf(data) },
  ]);
  assert.is(ends.failures(), 1);
});

test("nothing unsealed costs an SMS", async () => {
  const { provider, sms, ends } = await scene();
  const carrier = await sms.open(ends);
  const empty = new Uint8Array(0);
  const error = { type: ACK, code: UNAUTHORIZED, messageId: 1, token: empty, options: [] };
  carrier.send(toOctets(encodePacket(nodeMachine, { ...error, payload: empty })), TO);
  carrier.send(Uint8Array.of(1, 2, 3), TO);
  await rounds();
  await carrier.close();
  assert.equal(provider.bodies, []);
  assert.is(ends.failures(), 2);
});

test("a sender's name is not answered", async () => {
  const { provider, sms, ends } = await scene();
  const carrier = await sms.open(ends);
  for (const address of ["Onekey", "+", "+86 138", "12", "+1&x=2"]) {
    carrier.send(sealed(1), { ...TO, address });
  }
  await rounds();
  await carrier.close();
  assert.equal(provider.bodies, []);
  assert.is(ends.failures(), 5);
});

test("a number gets ten SMS at once and one a minute after that", async () => {
  const { provider, clock, sms, ends } = await scene();
  const carrier = await sms.open(ends);
  for (let i = 0; i < 15; i++) carrier.send(sealed(i), TO);
  await done(provider, 10, clock);
  assert.is(ends.failures(), 5);
  clock.advanceBy(60_000);
  carrier.send(sealed(20), TO);
  carrier.send(sealed(21), TO);
  carrier.send(sealed(20), { ...TO, address: "+4670825135" });
  await done(provider, 12, clock);
  await carrier.close();
  assert.is(ends.failures(), 6);
});

test("of a queue that is full the oldest goes; the same octets wait once", async () => {
  const { provider, sms, ends } = await scene();
  provider.answer = () => undefined;
  const carrier = await sms.open(ends);
  const phone = (i: number) => `+49${10_000 + i}`;
  for (let i = 0; i < 4; i++) carrier.send(sealed(1), { ...TO, address: phone(i) });
  await until(() => provider.bodies.length === 4);
  for (let i = 4; i < 604; i++) carrier.send(sealed(1), { ...TO, address: phone(i) });
  assert.is(ends.failures(), 100);
  for (let i = 0; i < 20; i++) carrier.send(sealed(1), { ...TO, address: phone(600) });
  assert.is(ends.failures(), 100);
  await carrier.close();
  assert.is(ends.failures(), 604, "all that had not left is counted");
});

test("what has waited two minutes leaves no more: its pager has asked again", async () => {
  const { provider, clock, sms, ends } = await scene();
  const held: (() => void)[] = [];
  provider.answer = (response) => void held.push(() => response.end());
  const carrier = await sms.open(ends);
  for (let i = 0; i < 6; i++) carrier.send(sealed(i), TO);
  await until(() => held.length === 4);
  clock.advanceBy(19_000);
  for (const answer of held.splice(0)) answer();
  await until(() => held.length === 2);
  for (let i = 6; i < 8; i++) carrier.send(sealed(i), TO);
  await until(() => held.length === 4);
  carrier.send(sealed(8), TO);
  // Each that got no answer is given up after 20 s; those behind it are too old by then.
  for (let i = 0; i < 4; i++) clock.advanceBy(31_000);
  await until(() => ends.failures() === 5);
  await carrier.close();
  assert.is(provider.bodies.length, 8);
});

const ANSWERS: [name: string, status: number, headers: Record<string, string>, why: string][] = [
  ["refuses the token", 401, {}, "status 401"],
  ["has a fault of its own", 500, {}, "status 500"],
  ["sends us elsewhere", 302, { location: "http://127.0.0.1:9/" }, "no connection"],
];

for (const [name, status, headers, why] of ANSWERS) {
  test(`a provider that ${name} is counted, and nothing is sent twice`, async () => {
    const { provider, trace, sms, ends } = await scene();
    provider.answer = (response) => void response.writeHead(status, headers).end("x");
    const carrier = await sms.open(ends);
    carrier.send(sealed(1), TO);
    await until(() => ends.failures() === 1);
    await carrier.close();
    assert.is(provider.bodies.length, 1);
    assert.equal(trace, [`- sms provider: ${why}`]);
  });
}

test("a provider that isn't there is counted; no line names it, its token or a number", async () => {
  const { provider, trace, sms, ends } = await scene();
  await provider.close();
  const carrier = await sms.open(ends);
  carrier.send(sealed(1), TO);
  await until(() => ends.failures() === 1);
  await carrier.close();
  assert.equal(trace, ["- sms provider: no connection"]);
});

test("a provider that never answers is given up after 20 s", async () => {
  const { provider, clock, trace, sms, ends } = await scene();
  provider.answer = () => undefined;
  const carrier = await sms.open(ends);
  carrier.send(sealed(1), TO);
  await until(() => provider.bodies.length === 1);
  clock.advanceBy(19_999);
  await rounds();
  assert.is(ends.failures(), 0);
  clock.advanceBy(1);
  await until(() => ends.failures() === 1);
  assert.equal(trace, ["- sms provider: no answer in time"]);
  await carrier.close();
  assert.is(clock.pendingTimers, 0);
});

test("an address of the provider in the open is refused, and not repeated in the error", () => {
  for (const url of ["http://sms.example/send?key=4711", "ftp://sms.example", "sms.example/4711"]) {
    try {
      smsProvider({ url, token: TOKEN });
      assert.unreachable(url);
    } catch (error) {
      assert.is((error as { code: string }).code, "bad-option");
      assert.not.match((error as Error).message, /4711/);
    }
  }
  for (const url of ["https://sms.example/send", "http://localhost:9/", "http://[::1]:9/"]) {
    assert.ok(smsProvider({ url, token: TOKEN }));
  }
});

type Hand = (body: unknown, authorization?: string) => Promise<[status: number, text: string]>;

/** What a provider does that hands an SMS in, with a token of the platform's unless told otherwise. */
async function handTo(rig: Rig): Promise<Hand> {
  const token = await rig.platform.createSmsToken("sms provider");
  return async (body, authorization = `Bearer ${token}`) => {
    const response = await fetch(`${rig.platform.http.url}/api/sms`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization },
      body: JSON.stringify(body),
    });
    return [response.status, await response.text()];
  };
}

async function platformScene(): Promise<{ rig: Rig; hand: Hand }> {
  const { sms } = await scene();
  const rig = await openRig({ carriers: [sms.open], mount: sms.mount });
  return { rig, hand: await handTo(rig) };
}

const BAD_BODIES: unknown[] = [
  {},
  { from: PHONE },
  { from: PHONE, data: "00", text: "OK1:" },
  { from: PHONE, data: "0" },
  { from: PHONE, data: "zz" },
  { from: PHONE, data: "" },
  { from: PHONE, data: "00".repeat(141) },
  { from: PHONE, text: "" },
  { from: PHONE, text: "x".repeat(2001) },
  { from: "", text: "x" },
  { from: "1".repeat(21), text: "x" },
  { from: "\u0007", text: "x" },
  { data: "00" },
  [],
];

test("an SMS comes in with a token only, and only as declared", async () => {
  const { rig, hand } = await platformScene();
  assert.is((await hand({ from: PHONE, data: "00" }, "Bearer nonsense"))[0], 401);
  assert.is((await hand({ from: PHONE, data: "00" }, ""))[0], 401);
  for (const body of BAD_BODIES) {
    const [status, text] = await hand(body);
    assert.is(status, 400, JSON.stringify(body));
    assert.not.match(text, /8613800138000/);
  }
  assert.is(rig.platform.counters().received, 0);
});

test("a stranger's text is counted, opened by nobody, and no fault to its provider", async () => {
  const { rig, hand } = await platformScene();
  for (const text of ["Your code is 4711", "OK1:?", "ok1:QAEC"]) {
    assert.equal(await hand({ from: PHONE, text }), [200, '{"ours":false}']);
  }
  assert.is(rig.platform.counters()["carrier-errors"], 3);
  assert.is(rig.platform.counters().received, 0);
});

test("an SMS of octets is one datagram from that number, whoever wrote it", async () => {
  const { rig, hand } = await platformScene();
  assert.equal(await hand({ from: PHONE, data: "40010203" }), [200, '{"ours":true}']);
  assert.equal(await hand({ from: "Onekey", text: toSmsText(sealed(1)) }), [200, '{"ours":true}']);
  await rig.settle();
  assert.is(rig.platform.counters().received, 2);
});

test("a provider's token opens its one route, and a program's token every other", async () => {
  const { rig, hand } = await platformScene();
  const ours = await rig.platform.createSmsToken("sms provider");
  const programs = await rig.platform.createToken("shift plan");
  const get = async (path: string, token: string): Promise<number> => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${rig.platform.http.url}${path}`, { headers })).status;
  };
  for (const path of ["/api/alarms", "/api/pagers", "/api/events", "/openapi.json", "/api/sms/x"]) {
    assert.is(await get(path, ours), 401, path);
  }
  assert.is(await get("/api/alarms", programs), 200);
  const body = { from: PHONE, data: "40010203" };
  assert.is((await hand(body, `Bearer ${programs}`))[0], 401);
  assert.is((await hand(body, `Bearer ${ours}`))[0], 200);
});

test("the route is in the document", async () => {
  const { rig } = await platformScene();
  const token = await rig.platform.createToken("test");
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${rig.platform.http.url}/openapi.json`, { headers });
  const { paths } = (await response.json()) as { paths: Record<string, object> };
  assert.equal(Object.keys(paths["/api/sms"]), ["post"]);
});

test("before and after the platform takes SMS, the provider is told to send again", async () => {
  const { sms } = await scene();
  const hand = await handTo(await openRig({ mount: sms.mount }));
  assert.is((await hand({ from: PHONE, data: "00" }))[0], 503);
  const carrier = await sms.open(openEnds());
  assert.is((await hand({ from: PHONE, data: "00" }))[0], 200);
  await carrier.close();
  assert.is((await hand({ from: PHONE, data: "00" }))[0], 503);
});

test("the platform answers in the form in which the number last spoke [wire §5]", async () => {
  const { provider, clock, sms, ends } = await scene();
  const hand = await handTo(await openRig({ mount: sms.mount }));
  const carrier = await sms.open(ends);
  const heard = [
    { data: hexOf(sealed(1)) },
    { text: toSmsText(sealed(3)) },
    { text: "a stranger by this number" },
  ];
  for (const [at, content] of heard.entries()) {
    await hand({ from: PHONE, ...content });
    carrier.send(sealed(10 + at), TO);
    await done(provider, at + 1, clock);
  }
  await carrier.close();
  assert.equal(provider.bodies[0], { to: PHONE, data: hexOf(sealed(10)) });
  assert.equal(fromSmsText(nodeMachine, provider.bodies[1].text), sealed(11));
  assert.equal(fromSmsText(nodeMachine, provider.bodies[2].text), sealed(12));
  assert.is(ends.received.length, 2);
});

test.run();
