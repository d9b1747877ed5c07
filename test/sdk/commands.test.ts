// Commands on their way down: at once, again, in answers; which comes first, and under which context.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { LOCATE, RING, TAKEN, TIME } from "../../protocol/messages.ts";
import { BY, known, scene } from "./command-scene.ts";
import { memoryCarrier } from "./memory-carrier.ts";
import { closeRigs, HERE, openRig } from "./rig.ts";

test.after.each(closeRigs);

test("a command leaves at once and again until its one result is in [wire §4.5]", async () => {
  const { rig, pager, ask, get, heard, poll } = await known();
  const row = await ask("locate", { values: { forS: 600 } });
  assert.equal([row.id, row.state, row.by], [1, "waiting", BY]);
  const [sent] = rig.sent;
  assert.equal(sent.to, HERE);
  const [obeyed] = heard();
  assert.equal(obeyed.command, { name: "locate", values: { what: LOCATE.word, id: 1, forS: 600 } });
  await rig.pass(29_000);
  assert.is(heard().length, 2, "the same octets at 4 and at 12 s");

  await rig.deliver(obeyed.answer);
  assert.is(rig.platform.counters()["commands-answered"], 1);
  await rig.pass(120_000);
  assert.is(heard().length, 0, "its answer ends the sending");
  assert.is((await poll())?.command?.name, "locate", "and not the command [wire §4.2]");

  const result = pager.result(LOCATE.word, 1, { detail: 7 });
  await rig.deliver(result.bytes);
  assert.ok(pager.open(result, rig.takeSent()[0].bytes));
  assert.is((await poll())?.content?.what, TIME.word);
  const done = await get(1);
  assert.equal([done?.state, done?.outcome, done?.detail], ["ended", "done", 7]);
});

test("each sending of a command has a number of its own [wire §1.2]", async () => {
  const { rig, ask, heard, poll } = await known();
  await ask("ring");
  await rig.pass(95_000);
  const pivs = heard().map((one) => one.piv);
  assert.is(new Set(pivs).size, 4, "four exchanges");
  const answer = await poll();
  assert.ok(!pivs.includes(answer?.piv ?? 0), "and so has an answer that brings it");
});

test("a command is sent for ten minutes, and again when its pager was heard", async () => {
  const { rig, pager, ask, heard } = await known();
  await ask("ring");
  await rig.pass(15 * 60_000);
  assert.ok(heard().length > 30);
  await rig.pass(3600_000);
  assert.is(heard().length, 0, "a pager that sleeps is not called for ever");
  const checkIn = pager.report("c", { number: 10 });
  await rig.deliver(checkIn.bytes);
  assert.is(pager.open(checkIn, rig.takeSent()[0].bytes)?.command, undefined, "a bare answer");
  await rig.pass(5000);
  assert.is(heard()[0]?.command?.name, "ring");
});

test("a pager that was never heard gets its command behind its first word", async () => {
  const { rig, pager, ask, heard, poll } = await scene();
  await ask("ring");
  await rig.pass(60_000);
  assert.is(rig.takeSent().length, 0);
  await rig.deliver(pager.report("s", { number: 1 }).bytes);
  assert.is(heard().length, 0, "the answer to an alarm stays short");
  assert.is((await poll())?.command?.name, "ring");
});

test("the answer to an alarm brings a word, and never a command", async () => {
  const { rig, pager, ask } = await known();
  await ask("ring");
  rig.takeSent();
  for (const letter of ["s", "r"] as const) {
    const said = pager.report(letter, { number: 512 });
    await rig.deliver(said.bytes);
    assert.is(pager.open(said, rig.takeSent()[0].bytes)?.content, undefined);
  }
});

test("words come first, then commands in order of their ids, one at a time", async () => {
  const { rig, pager, ask, heard, poll } = await known();
  await ask("ring");
  await ask("locate");
  await rig.deliver(pager.report("s", { number: 512 }).bytes);
  rig.takeSent();
  await rig.platform.alarms.take(`${pager.id}/${pager.kid}/512`, BY);
  await rig.settle();
  const order: number[] = [];
  for (let i = 0; i < 3; i++) {
    const now = heard();
    assert.is(new Set(now.map((one) => one.word.what)).size, 1);
    order.push(now[0].word.what);
    assert.is((await poll())?.content?.what, TAKEN.word, "in answers until its result is in");
    await rig.deliver(now[0].answer);
  }
  assert.equal(order, [TAKEN.word, RING.word, LOCATE.word]);
  await rig.deliver(pager.result(TAKEN.word, 512).bytes);
  assert.is((await poll())?.content?.what, RING.word);
  await rig.deliver(pager.result(RING.word, 1).bytes);
  assert.is((await poll())?.content?.what, LOCATE.word);
});

test("a command goes under the key identifier that its pager was heard under last", async () => {
  const { rig, pager, ask, heard, poll } = await known();
  await ask("ring");
  rig.takeSent();
  // Storage was erased: the pager has given up its first context.
  rig.clock.advanceBy(1000);
  await rig.deliver(pager.spare.report("c", { number: 9 }).bytes);
  await rig.pass(35_000);
  const sent = rig.takeSent().map(({ bytes }) => bytes);
  assert.ok(sent.some((bytes) => pager.spare.obey(bytes)?.command?.name === "ring"));
  assert.is((await poll(pager.spare))?.command?.name, "ring");
  await rig.restart();
  await ask("locate");
  const names = heard(pager.spare).map((one) => one.command?.name);
  assert.ok(names.includes("ring"), "a restart has not forgotten which one that is");
});

test("a command goes by SMS where its pager was heard last, once in two minutes [wire §5]", async () => {
  const sms = memoryCarrier("sms");
  const { rig, pager, ask } = await scene(await openRig({ carriers: [sms.open] }));
  sms.bring(pager.report("c", { number: 9 }).bytes, {
    carrier: "sms",
    address: "+8613800000001",
    port: 0,
  });
  await rig.settle();
  sms.takeSent();
  await ask("ring");
  await rig.pass(119_000);
  assert.is(sms.takeSent().length, 1);
  await rig.pass(2000);
  const [again] = sms.takeSent();
  assert.is(pager.obey(again.bytes)?.command?.name, "ring");
  assert.is(rig.takeSent().length, 0);
});

test("numbers of commands are a pager's own", async () => {
  const { rig, ask } = await known();
  const other = await rig.addPager();
  await ask("ring");
  assert.is((await rig.platform.commands.send(other.id, { command: "ring", by: BY })).id, 1);
  assert.is((await ask("ring")).id, 2);
  assert.equal(
    (await rig.platform.commands.list(other.id)).map((row) => row.id),
    [1],
  );
});

test("what is on the way of a command is neither text nor key in a trace line", async () => {
  const { rig, ask } = await known();
  await ask("notice", { values: { notice: 2, text: "今天下午来看您" } });
  const octets = Buffer.from("今天下午来看您", "utf8").toString("hex");
  const trace = rig.trace.join("\n");
  assert.ok(trace.includes("command 1 notice sent"));
  assert.not.ok(trace.includes("今天") || trace.includes(octets));
});

test.run();
