// SMS by an attached modem: its set-up, one command at a time, what it hands in, and how it fails.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { toSmsText } from "../../protocol/base64.ts";
import type { Bytes } from "../../protocol/machine.ts";
import {
  ALPHANUMERIC,
  encodeDeliver,
  encodeSubmit,
  type Sms,
  toPduLine,
  toPhone,
} from "../../protocol/sms-pdu.ts";
import type { Carrier } from "../../sdk/gateway/carrier.ts";
import type { Source } from "../../sdk/gateway/datagram.ts";
import { openSmsDialogue } from "../../sdk/gateway/sms-dialogue.ts";
import { smsModem } from "../../sdk/gateway/sms-modem.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { createVirtualClock } from "../../tools/simulator/clock.ts";
import { modemEnd, openEnds, rounds, sealed, submitted, until } from "./sms-ends.ts";

const ESCAPE = "\x1b";
const PHONE = "+8613800138000";
const TO: Source = { carrier: "sms", address: PHONE, port: 0 };
const SETUP = ["AT", "ATE0", "AT+CMEE=1", "AT+CMGF=0", "AT+CNMI=2,2,0,0,0", "AT+CMGL=4"];

const open: Carrier[] = [];
test.after.each(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A modem that is plugged in; `answer` may spoil its answers from the first command on. */
async function scene(answer: (command: string) => string | undefined = () => undefined) {
  const modem = modemEnd();
  modem.answer = answer;
  const clock = createVirtualClock();
  const trace: string[] = [];
  const ends = openEnds();
  const openCarrier = smsModem({
    line: modem.line,
    clock,
    trace: (line) => void trace.push(line),
  });
  const carrier = await openCarrier(ends);
  open.push(carrier);
  /** All is set up, and only the next look is waited for. */
  const idle = () => until(() => clock.pendingTimers === 1 && clock.nextInMs === 300_000);
  return { modem, clock, trace, ends, carrier, idle };
}

const from = (phone: string, content: Partial<Sms>): Sms => ({ ...toPhone(phone), ...content });
const pduOf = (sms: Sms) => toPduLine(encodeDeliver(nodeMachine, sms) as Bytes);

test("a modem is set up for PDU form and for messages handed through [bg96 trap 10]", async () => {
  const { modem, idle } = await scene();
  await idle();
  assert.equal(modem.commands, SETUP);
});

test("a datagram leaves as one message in PDU form, with its length", async () => {
  const { modem, carrier, ends, idle } = await scene();
  await idle();
  carrier.send(sealed(1), TO);
  await idle();
  const sms = from(PHONE, { text: toSmsText(sealed(1)) as string });
  const tpdu = encodeSubmit(nodeMachine, sms) as Bytes;
  assert.is(modem.commands.at(-1), `AT+CMGS=${tpdu.length}`);
  assert.equal(modem.pdus, [toPduLine(tpdu)]);
  assert.equal(submitted(modem.pdus[0]), sms);
  assert.is(ends.failures(), 0);
  assert.not(modem.written().includes(ESCAPE));
});

test("a number that spoke 8-bit is answered in 8-bit, one that spoke text in text [wire §5]", async () => {
  const { modem, carrier, ends, idle } = await scene();
  await idle();
  modem.hand(from(PHONE, { data: sealed(1) }));
  await until(() => ends.received.length === 1);
  carrier.send(sealed(2), TO);
  await until(() => modem.pdus.length === 1);
  modem.hand(from(PHONE, { text: toSmsText(sealed(3)) as string }));
  await until(() => ends.received.length === 2);
  carrier.send(sealed(4), TO);
  await until(() => modem.pdus.length === 2);
  assert.equal(ends.received, [
    { bytes: sealed(1), from: TO },
    { bytes: sealed(3), from: TO },
  ]);
  assert.equal(submitted(modem.pdus[0]), from(PHONE, { data: sealed(2) }));
  assert.is(submitted(modem.pdus[1]).text, toSmsText(sealed(4)));
  await idle();
});

test("one command at a time: the next message waits for the end of the one before", async () => {
  const { modem, carrier, idle } = await scene();
  await idle();
  modem.answer = (command) => (command === "body" ? "" : undefined);
  carrier.send(sealed(1), TO);
  carrier.send(sealed(2), TO);
  await until(() => modem.pdus.length === 1);
  await rounds();
  assert.is(modem.pdus.length, 1);
  modem.say("\r\nOK\r\n");
  await rounds();
  assert.is(modem.pdus.length, 1, "an OK without +CMGS belongs to an older command");
  modem.say("\r\n+CMGS: 7\r\n\r\nOK\r\n");
  await until(() => modem.pdus.length === 2);
  modem.say("\r\n+CMGS: 8\r\n\r\nOK\r\n");
  await idle();
});

test("a second command beside a running one, or on a closed line, is refused", async () => {
  const modem = modemEnd();
  modem.answer = () => "";
  const nothing = (): void => undefined;
  const dialogue = openSmsDialogue({
    line: modem.line,
    clock: createVirtualClock(),
    handed: nothing,
    unasked: nothing,
    ended: nothing,
  });
  const first = dialogue.run({ text: "AT+CSQ", limitMs: 1000 });
  assert.is(await dialogue.run({ text: "AT+COPS?", limitMs: 1000 }), undefined);
  modem.say("\r\n+CSQ: 20,99\r\n\r\nOK\r\n");
  assert.equal(await first, ["+CSQ: 20,99"]);
  await dialogue.close();
  assert.is(await dialogue.run({ text: "AT", limitMs: 1000 }), undefined);
  assert.equal(modem.commands, ["AT+CSQ"]);
});

test("a message that comes in the middle of an answer is heard, and the answer too", async () => {
  const { modem, carrier, ends, idle } = await scene();
  await idle();
  modem.answer = (command) => (command === "body" ? "" : undefined);
  carrier.send(sealed(1), TO);
  await until(() => modem.pdus.length === 1);
  modem.say("\r\n+CMGS: 7\r\n");
  modem.hand(from(PHONE, { data: sealed(2) }));
  modem.say("\r\nOK\r\n");
  await idle();
  assert.equal(ends.received, [{ bytes: sealed(2), from: TO }]);
  assert.is(ends.failures(), 0);
});

test("what was stored while nobody listened is read and deleted, but no draft", async () => {
  const modem = modemEnd();
  modem.stored.set(0, pduOf(from(PHONE, { data: sealed(1) })));
  modem.stored.set(3, pduOf(from(PHONE, { text: "Your code is 4711" })));
  const ends = openEnds();
  const draft = `\r\n+CMGL: 5,2,,20\r\n${"00".repeat(20)}\r\n`;
  modem.answer = (command) =>
    command === "AT+CMGL=4" && modem.stored.size === 0 ? `${draft}\r\nOK\r\n` : undefined;
  const clock = createVirtualClock();
  open.push(await smsModem({ line: modem.line, clock })(ends));
  await until(() => clock.nextInMs === 300_000);
  assert.equal(ends.received, [{ bytes: sealed(1), from: TO }]);
  assert.is(ends.failures(), 1, "the stranger's");
  assert.equal(modem.commands.slice(-2), ["AT+CMGD=0", "AT+CMGD=3"]);
  clock.advanceBy(300_000);
  await until(() => clock.nextInMs === 300_000);
  assert.is(modem.commands.at(-1), "AT+CMGL=4", "the draft stays");
});

test("a message that is announced by its index is fetched", async () => {
  const { modem, ends, idle } = await scene();
  await idle();
  modem.stored.set(4, pduOf(from(PHONE, { data: sealed(1) })));
  modem.say('\r\n+CMTI: "ME",4\r\n');
  await until(() => ends.received.length === 1);
  await idle();
  assert.is(modem.stored.size, 0);
});

test("a modem that starts anew is set up again, by its word or within five minutes", async () => {
  const { modem, clock, idle } = await scene();
  await idle();
  modem.say("\r\nRDY\r\n");
  await until(() => modem.commands.length === 2 * SETUP.length);
  await idle();
  clock.advanceBy(300_000);
  await until(() => modem.commands.length === 3 * SETUP.length);
  await idle();
  assert.equal(modem.commands, [...SETUP, ...SETUP, ...SETUP]);
});

test("a modem that starts anew in the middle of a message: counted, set up, the next one leaves", async () => {
  const { modem, carrier, ends, idle } = await scene();
  await idle();
  modem.answer = (command) => (command === "body" ? "\r\nRDY\r\n" : undefined);
  carrier.send(sealed(1), TO);
  await until(() => modem.pdus.length === 1);
  modem.answer = () => undefined;
  carrier.send(sealed(2), TO);
  await until(() => modem.pdus.length === 2);
  await idle();
  assert.is(ends.failures(), 1);
});

const REFUSALS = ["\r\n+CMS ERROR: 500\r\n", "\r\nERROR\r\n", "\r\n+CME ERROR: 14\r\n"];

for (const text of REFUSALS) {
  test(`a message that is refused by ${text.trim()} is counted, and not sent again by itself`, async () => {
    const { modem, carrier, ends, trace, idle } = await scene();
    await idle();
    modem.answer = (command) => (command === "body" ? text : undefined);
    carrier.send(sealed(1), TO);
    await until(() => ends.failures() === 1);
    await idle();
    assert.is(modem.pdus.length, 1);
    assert.equal(trace, ["- sms modem: not sent"]);
  });
}

test("a prompt that never comes: escaped after two minutes, counted, set up again", async () => {
  const { modem, clock, carrier, ends, idle } = await scene();
  await idle();
  modem.answer = (command) => (command.startsWith("AT+CMGS") ? "" : undefined);
  carrier.send(sealed(1), TO);
  await until(() => modem.commands.at(-1)?.startsWith("AT+CMGS") === true);
  modem.say("\r\n+CREG: 5\r\n\r\n");
  await rounds();
  assert.match(modem.written(), /AT\+CMGS=\d+\r$/, "no message before its prompt");
  clock.advanceBy(120_000);
  await until(() => ends.failures() === 1);
  await idle();
  assert.match(modem.written().replace(ESCAPE, "<escape>"), /AT\+CMGS=\d+\r<escape>AT\r/);
  assert.equal(modem.commands.slice(-SETUP.length), SETUP);
  assert.equal(modem.pdus, []);
});

test("a modem that is silent is tried again and again, and nothing that waits gets old", async () => {
  let mute = true;
  const { modem, clock, carrier, ends, trace, idle } = await scene(() => (mute ? "" : undefined));
  for (let i = 0; i < 30; i++) {
    clock.advanceBy(clock.nextInMs);
    await rounds();
    if (i === 10) carrier.send(sealed(1), TO);
  }
  assert.ok(modem.commands.length > 20);
  assert.equal(new Set(modem.commands), new Set(["AT"]));
  clock.advanceBy(120_000);
  await rounds();
  mute = false;
  clock.advanceBy(10_000);
  await idle();
  assert.is(ends.failures(), 1, "too old");
  assert.equal(modem.pdus, []);
  assert.ok(trace.includes("- sms modem: no answer, tried again soon"));
  carrier.send(sealed(2), TO);
  await until(() => modem.pdus.length === 1);
  await idle();
});

test("the first AT may be dropped, and the echo may be on", async () => {
  let count = 0;
  const { modem, idle, clock } = await scene((command) => {
    count += 1;
    if (count === 1) return "";
    return command === "ATE0" ? `${command}\r\r\nOK\r\n` : undefined;
  });
  await until(() => modem.commands.length === 1);
  clock.advanceBy(500);
  await idle();
  assert.equal(modem.commands, ["AT", ...SETUP]);
});

const SPOILED: [name: string, text: string][] = [
  [
    "half a message",
    `\r\n+CMT: ,30\r\n${pduOf(from(PHONE, { data: sealed(1) })).slice(0, 40)}\r\n`,
  ],
  ["no hex", "\r\n+CMT: ,30\r\nHello\r\n"],
  ["a line of 10,000 characters", `\r\n+CMT: ,30\r\n${"00".repeat(5000)}\r\n`],
  [
    "one part of two",
    `\r\n+CMT: ,30\r\n00440B912143658709F100046290102143650007050003070201FF00\r\n`,
  ],
  ["a stranger's text", `\r\n+CMT: ,30\r\n${pduOf(from(PHONE, { text: "hello" }))}\r\n`],
  [
    "a text of ours that was damaged",
    `\r\n+CMT: ,9\r\n${pduOf(from(PHONE, { text: "OK1:?" }))}\r\n`,
  ],
];

for (const [name, text] of SPOILED) {
  test(`${name}: counted, and the next one is heard`, async () => {
    const { modem, ends, idle } = await scene();
    await idle();
    modem.say(text);
    modem.hand(from(PHONE, { data: sealed(9) }));
    await until(() => ends.received.length === 1);
    assert.is(ends.failures(), 1);
    assert.equal(ends.received[0].bytes, sealed(9));
  });
}

test("a sender with a name is heard, and can't be answered", async () => {
  const { modem, carrier, ends, idle } = await scene();
  await idle();
  modem.hand({ toa: ALPHANUMERIC, address: "Onekey", data: sealed(1) });
  await until(() => ends.received.length === 1);
  assert.is(ends.received[0].from.address, "Onekey");
  carrier.send(sealed(2), ends.received[0].from);
  await rounds();
  assert.is(ends.failures(), 1);
  assert.equal(modem.pdus, []);
});

test("a serial line that ends is counted, with all that waited for it", async () => {
  const { modem, clock, carrier, ends, trace, idle } = await scene();
  await idle();
  modem.answer = (command) => (command === "body" ? "" : undefined);
  for (let i = 0; i < 3; i++) carrier.send(sealed(i), TO);
  await until(() => modem.pdus.length === 1);
  modem.line.input.destroy(new Error("unplugged"));
  await until(() => trace.includes("- sms modem: its serial line has ended"));
  await rounds();
  // The line, the message under way, and the two that waited.
  assert.is(ends.failures(), 4);
  carrier.send(sealed(4), TO);
  assert.is(ends.failures(), 5);
  assert.is(clock.pendingTimers, 0);
});

test("a serial line that takes nothing more is counted, and ends no process", async () => {
  const { modem, ends, trace, idle } = await scene();
  await idle();
  modem.line.output.destroy(new Error("unplugged"));
  await until(() => ends.failures() === 1);
  assert.equal(trace, ["- sms modem: its serial line has ended"]);
});

test("a closed carrier leaves no timer and closes its line", async () => {
  const { modem, clock, carrier, idle } = await scene();
  await idle();
  await carrier.close();
  assert.ok(modem.closed());
  assert.is(clock.pendingTimers, 0);
});

test.run();
