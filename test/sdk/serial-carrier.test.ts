// The carrier over serial lines: datagrams both ways, beside everything else that is said there.

import { PassThrough } from "node:stream";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { SERIAL_DOWN, SERIAL_UP, toSerialLine } from "../../protocol/serial-line.ts";
import { serialCarrier } from "../../sdk/gateway/serial-carrier.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { closeRigs, openRig } from "./rig.ts";
import { linePair, openEnds, rounds, until } from "./sms-ends.ts";

test.after.each(closeRigs);

const PATH = "ttyPager0";
const FROM = { carrier: "serial", address: PATH, port: 0 } as const;
const up = (bytes: Uint8Array) => toSerialLine(nodeMachine, SERIAL_UP, bytes) as string;
const down = (bytes: Uint8Array) => toSerialLine(nodeMachine, SERIAL_DOWN, bytes) as string;

test("lines become datagrams, in pieces and between a console's own lines [wire §5]", async () => {
  const ends = openEnds();
  const { line, far } = linePair();
  await serialCarrier({ [PATH]: line })(ends);
  const text = `\r\n>${up(Uint8Array.of(1, 2))}=undefined\r\n>${up(Uint8Array.of(3))}`;
  for (const piece of text.match(/.{1,7}/gs) ?? []) far.write(piece);
  await until(() => ends.received.length === 2);
  assert.equal(ends.received, [
    { bytes: Uint8Array.of(1, 2), from: FROM },
    { bytes: Uint8Array.of(3), from: FROM },
  ]);
  assert.is(ends.failures(), 0);
});

test("a damaged line is counted; an echo of our own is not", async () => {
  const ends = openEnds();
  const { line, far } = linePair();
  await serialCarrier({ [PATH]: line })(ends);
  far.write(`OK1u:AAAA*0000\r\n${down(Uint8Array.of(9))}${up(Uint8Array.of(7))}`);
  await until(() => ends.received.length === 1);
  assert.is(ends.failures(), 1);
});

test("what is sent is one line, on the line that it is for", async () => {
  const ends = openEnds();
  const one = linePair();
  const other = linePair();
  const carrier = await serialCarrier({ one: one.line, other: other.line })(ends);
  carrier.send(Uint8Array.of(5, 6), { carrier: "serial", address: "other", port: 0 });
  await until(() => other.heard() === down(Uint8Array.of(5, 6)));
  assert.is(one.heard(), "");
});

test("an unknown line, a datagram too large and a line that takes nothing are counted", async () => {
  const ends = openEnds();
  const { line } = linePair();
  const stuck = { ...line, output: new PassThrough({ highWaterMark: 10 }) };
  const carrier = await serialCarrier({ [PATH]: stuck })(ends);
  carrier.send(Uint8Array.of(1), { ...FROM, address: "elsewhere" });
  carrier.send(new Uint8Array(1281), FROM);
  assert.is(ends.failures(), 2);
  for (let i = 0; i < 100; i++) carrier.send(new Uint8Array(1200), FROM);
  assert.ok(ends.failures() > 40 && ends.failures() < 80, `${ends.failures()}`);
  assert.ok(stuck.output.readableLength + stuck.output.writableLength < 70_000);
});

test("a line that fails or ends is counted and ends nothing else", async () => {
  const ends = openEnds();
  const { line, closed } = linePair();
  const carrier = await serialCarrier({ [PATH]: line })(ends);
  line.input.destroy(new Error("unplugged"));
  await until(() => ends.failures() === 1);
  line.output.destroy(new Error("unplugged"));
  await until(() => ends.failures() === 2);
  carrier.send(Uint8Array.of(1), FROM);
  assert.is(ends.failures(), 3);
  await carrier.close();
  assert.ok(closed());
});

test("a closed carrier hears and says nothing more", async () => {
  const ends = openEnds();
  const { line, far, heard } = linePair();
  const carrier = await serialCarrier({ [PATH]: line })(ends);
  await carrier.close();
  far.write(up(Uint8Array.of(1)));
  carrier.send(Uint8Array.of(1), FROM);
  await rounds();
  assert.equal(ends.received, []);
  assert.is(heard(), "");
});

test("an alarm over a serial line is stored, and answered on it [wire §5]", async () => {
  const { line, far, heard } = linePair();
  const rig = await openRig({ carriers: [serialCarrier({ [PATH]: line })] });
  const pager = await rig.addPager();
  const said = pager.report("s", { number: 512, latitude: 366512345, longitude: 1170345678 });
  far.write(`>${up(said.bytes)}`);
  await until(() => heard() !== "");
  const [alarm] = await rig.platform.alarms.list();
  assert.is(alarm.number, 512);
  const answer = Buffer.from(heard().slice(SERIAL_DOWN.length).split("*")[0], "base64");
  assert.is(heard(), down(answer));
  assert.is(pager.open(said, answer)?.content, undefined);
  assert.is(pager.open(said, answer)?.octets, 16);
  assert.equal(rig.takeSent(), [], "nothing by UDP");
});

test.run();
