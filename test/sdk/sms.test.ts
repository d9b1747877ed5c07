// An alarm that only SMS could carry: sealed, through modem or provider, stored, answered, opened.
// The platform is the real one; only the network between two modems is a test's.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { fromSmsText, toSmsText } from "../../protocol/base64.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { encodeSubmit, phoneOf, type Sms, toPduLine, toPhone } from "../../protocol/sms-pdu.ts";
import { smsModem } from "../../sdk/gateway/sms-modem.ts";
import { smsProvider } from "../../sdk/gateway/sms-provider.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { hexOf, octetsOf } from "../../sdk/octets.ts";
import { createVirtualClock } from "../../tools/simulator/clock.ts";
import { closeRigs, openRig, type Rig } from "./rig.ts";
import {
  type ModemEnd,
  modemEnd,
  type ProviderEnd,
  providerEnd,
  rounds,
  submitted,
  until,
} from "./sms-ends.ts";

const open: ProviderEnd[] = [];
test.after.each(async () => {
  await closeRigs();
  for (const one of open.splice(0)) await one.close();
});

const PLATFORM = "+8610086000000";
const PAGER = "+8613800138000";
const PLACE = { latitude: 366512345, longitude: 1170345678, uncertaintyM: 30, ageS: 60 };

type Form = (bytes: Uint8Array) => Partial<Sms>;
const asData: Form = (data) => ({ data });
const asText: Form = (bytes) => ({ text: toSmsText(bytes) as string });

/** What the pager's own modem is told, and what the network makes of it for the platform's. */
function carry(modem: ModemEnd, content: Partial<Sms>): void {
  const tpdu = encodeSubmit(nodeMachine, { ...toPhone(PLATFORM), ...content }) as Bytes;
  const { data, text } = submitted(toPduLine(tpdu));
  modem.hand({ ...toPhone(PAGER), data, text, stamp: "26090112345632" });
}

/** The datagram in a message to the pager, and in which form it came. */
function heard(pdu: string): { form: "data" | "text"; bytes: Uint8Array } {
  const sms = submitted(pdu);
  assert.is(phoneOf(sms), PAGER);
  const bytes = sms.data ?? fromSmsText(nodeMachine, sms.text ?? "");
  return { form: sms.data === undefined ? "text" : "data", bytes: bytes as Uint8Array };
}

async function modemScene() {
  const modem = modemEnd();
  const clock = createVirtualClock();
  const rig = await openRig({ clock, carriers: [smsModem({ line: modem.line, clock })] });
  return { rig, modem, clock, pager: await rig.addPager() };
}

for (const [name, form] of [
  ["data", asData],
  ["text", asText],
] as const) {
  test(`a sealed alarm as ${name} in an SMS is stored and answered as ${name} [wire §5]`, async () => {
    const { rig, modem, pager } = await modemScene();
    const said = pager.report("s", { number: 512, ...PLACE });
    carry(modem, form(said.bytes));
    await until(() => modem.pdus.length === 1);

    const [alarm] = await rig.platform.alarms.list();
    assert.equal([alarm.number, alarm.positions[0].latitude], [512, PLACE.latitude]);
    const answer = heard(modem.pdus[0]);
    assert.is(answer.form, name);
    assert.is(pager.open(said, answer.bytes)?.octets, 16);
    assert.is(pager.open(said, answer.bytes)?.content, undefined);
    assert.equal(rig.takeSent(), [], "nothing by UDP");
    assert.is(rig.platform.counters()["carrier-errors"], 0);
  });
}

test("the same SMS twice makes one event, and the same answer again [wire §1.1]", async () => {
  const { rig, modem, pager } = await modemScene();
  const said = pager.report("s", { number: 1 });
  carry(modem, asData(said.bytes));
  await until(() => modem.pdus.length === 1);
  const cursor = await rig.platform.cursor();
  carry(modem, asData(said.bytes));
  await until(() => modem.pdus.length === 2);
  assert.is(await rig.platform.cursor(), cursor);
  assert.is(modem.pdus[1], modem.pdus[0]);
});

test("an alarm by UDP and again by SMS is one alarm [wire §5]", async () => {
  const { rig, modem, pager } = await modemScene();
  const first = pager.report("s", { number: 7 });
  const second = pager.report("s", { number: 7 });
  await rig.deliver(first.bytes);
  carry(modem, asText(second.bytes));
  await until(() => modem.pdus.length === 1);
  assert.is((await rig.platform.alarms.list()).length, 1);
  assert.is(pager.open(second, heard(modem.pdus[0]).bytes)?.octets, 16);
});

test("taken goes as a sealed SMS to the number that was heard last, and its answer ends it", async () => {
  const { rig, modem, pager } = await modemScene();
  carry(modem, asText(pager.report("s", { number: 3 }).bytes));
  await until(() => modem.pdus.length === 1);
  const [alarm] = await rig.platform.alarms.list();
  await rig.platform.alarms.take(alarm.id, "王芳");
  await until(() => modem.pdus.length === 2);
  const word = heard(modem.pdus[1]);
  assert.is(word.form, "text");
  const obeyed = pager.obey(word.bytes);
  assert.equal(obeyed?.word, { what: 1, value: 3 });
  carry(modem, asText(obeyed?.answer ?? new Uint8Array(0)));
  await until(() => rig.platform.counters()["words-answered"] === 1);
});

test("a word by SMS leaves once in two minutes, however often it is not answered [wire §5]", async () => {
  const { rig, modem, clock, pager } = await modemScene();
  carry(modem, asText(pager.report("s", { number: 3 }).bytes));
  await until(() => modem.pdus.length === 1);
  const [alarm] = await rig.platform.alarms.list();
  await rig.platform.alarms.take(alarm.id, "王芳");
  await until(() => modem.pdus.length === 2);
  for (let second = 0; second < 119; second++) {
    clock.advanceBy(1000);
    await rounds();
  }
  assert.is(modem.pdus.length, 2);
  clock.advanceBy(1000);
  await until(() => modem.pdus.length === 3);
  assert.is.not(modem.pdus[2], modem.pdus[1], "the next exchange has a number of its own");
});

test("forged, damaged and strangers' messages make no event and cost no SMS [wire §2.4]", async () => {
  const { rig, modem, pager } = await modemScene();
  const cursor = await rig.platform.cursor();
  const forged = pager.report("s", { number: 1 }).bytes;
  forged[forged.length - 1] ^= 1;
  for (const content of [asData(forged), asText(forged), asData(Uint8Array.of(1, 2, 3))]) {
    carry(modem, content);
  }
  carry(modem, { text: "Your code is 4711" });
  await until(() => rig.platform.counters().received === 3);
  await rig.settle();
  await rounds();
  assert.is(await rig.platform.cursor(), cursor);
  assert.equal(modem.pdus, []);
});

/** A platform with a provider, and what the provider does with an SMS to the platform. */
async function providerScene(): Promise<{
  rig: Rig;
  provider: ProviderEnd;
  hand(body: object): Promise<string>;
}> {
  const provider = await providerEnd();
  open.push(provider);
  const sms = smsProvider({ url: provider.url, token: "secret-4711" });
  const rig = await openRig({ carriers: [sms.open], mount: sms.mount });
  const token = await rig.platform.createSmsToken("sms provider");
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const hand = async (body: object): Promise<string> => {
    const url = `${rig.platform.http.url}/api/sms`;
    return (await fetch(url, { method: "POST", headers, body: JSON.stringify(body) })).text();
  };
  return { rig, provider, hand };
}

test("an alarm through a provider is stored and answered, as data and as text [wire §5]", async () => {
  const { rig, provider, hand } = await providerScene();
  const pager = await rig.addPager();
  const one = pager.report("s", { number: 1, ...PLACE });
  const two = pager.report("s", { number: 2, ...PLACE });
  assert.is(await hand({ from: PAGER, data: hexOf(one.bytes) }), '{"ours":true}');
  await until(() => provider.bodies.length === 1);
  assert.is(await hand({ from: PAGER, text: toSmsText(two.bytes) }), '{"ours":true}');
  await until(() => provider.bodies.length === 2);
  assert.is((await rig.platform.alarms.list()).length, 2);
  const [data, text] = provider.bodies;
  assert.equal([data.to, text.to], [PAGER, PAGER]);
  assert.is(pager.open(one, octetsOf(data.data))?.octets, 16);
  assert.is(pager.open(two, fromSmsText(nodeMachine, text.text) as Uint8Array)?.octets, 16);
  assert.not.match(rig.trace.join("\n"), /4711|13800138000/);
});

test.run();
