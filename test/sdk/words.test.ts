// Words on their way down: at once, again and again, in each answer, until the result is in.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { WORD_CLOSED, WORD_REOPENED, WORD_TAKEN, WORD_TIME } from "../../protocol/messages.ts";
import type { Source } from "../../sdk/gateway/datagram.ts";
import { type AddedPager, closeRigs, HERE, openRig, type Rig } from "./rig.ts";

test.after.each(closeRigs);

interface Scene {
  rig: Rig;
  pager: AddedPager;
  alarm: string;
}

/** An alarm number 512 that stands delivered; nothing is on its way. */
async function delivered(): Promise<Scene> {
  const rig = await openRig();
  const pager = await rig.addPager();
  await rig.deliver(pager.report("s", { number: 512 }).bytes);
  rig.takeSent();
  const [{ id }] = await rig.platform.alarms.list();
  return { rig, pager, alarm: id };
}

async function take({ rig, alarm }: Scene): Promise<void> {
  await rig.platform.alarms.take(alarm, "王芳");
  await rig.settle();
}

async function close({ rig, alarm }: Scene): Promise<void> {
  await rig.platform.alarms.close(alarm, "王芳", "accidental");
  await rig.settle();
}

test("taken leaves at once, to the address that the pager was heard from [wire §4.2]", async () => {
  const scene = await delivered();
  await take(scene);
  const [sent] = scene.rig.takeSent();
  assert.equal(sent.to, HERE);
  const obeyed = scene.pager.obey(sent.bytes);
  assert.equal(obeyed?.word, { what: WORD_TAKEN, value: 512 });
});

test("an unanswered word is the same octets three times, then new ones each 30 s", async () => {
  const scene = await delivered();
  await take(scene);
  await scene.rig.pass(29_000);
  const first = scene.rig.takeSent().map((one) => one.bytes);
  assert.is(first.length, 3);
  assert.equal(first[1], first[0]);
  assert.equal(first[2], first[0]);
  await scene.rig.pass(30_000);
  const second = scene.rig.takeSent().map((one) => one.bytes);
  assert.is(second.length, 3);
  const numbers = [first[0], second[0]].map((bytes) => scene.pager.obey(bytes)?.piv);
  assert.equal(numbers, [0, 1]);
});

test("the pager's answer ends the re-sending, its result ends the word [wire §4.2]", async () => {
  const scene = await delivered();
  const { rig, pager } = scene;
  await take(scene);
  const [sent] = rig.takeSent();
  await rig.deliver(pager.obey(sent.bytes)?.answer ?? new Uint8Array(0));
  assert.is(rig.platform.counters()["words-answered"], 1);
  await rig.pass(120_000);
  assert.is(rig.takeSent().length, 0, "no more by itself");

  const poll = pager.poll();
  await rig.deliver(poll.bytes);
  const heard = pager.open(poll, rig.takeSent()[0].bytes);
  assert.equal(heard?.content, { what: WORD_TAKEN, value: 512 }, "but in the next answer");

  const result = pager.result(WORD_TAKEN, 512);
  await rig.deliver(result.bytes);
  assert.ok(pager.open(result, rig.takeSent()[0].bytes));
  const again = pager.poll();
  await rig.deliver(again.bytes);
  assert.is(pager.open(again, rig.takeSent()[0].bytes)?.content?.what, WORD_TIME);
  const row = await rig.platform.alarms.get(scene.alarm);
  assert.is(row?.told, "taken");
});

test("a result that comes twice, in two exchanges, is one event", async () => {
  const scene = await delivered();
  const { rig, pager } = scene;
  await take(scene);
  await rig.deliver(pager.result(WORD_TAKEN, 512).bytes, pager.result(WORD_TAKEN, 512).bytes);
  const kinds = rig.trace.filter((line) => line.includes("wordObeyed"));
  assert.is(kinds.length, 1);
});

test("a report of the alarm brings the word with its answer [wire §4.2]", async () => {
  const scene = await delivered();
  const { rig, pager } = scene;
  await take(scene);
  rig.takeSent();
  const report = pager.report("r", { number: 512 });
  await rig.deliver(report.bytes);
  const heard = pager.open(report, rig.takeSent()[0].bytes);
  assert.equal(heard?.content, { what: WORD_TAKEN, value: 512 });
  assert.ok((heard?.octets ?? 99) <= 28);
});

test("closed takes the place of taken, and leaves at once", async () => {
  const scene = await delivered();
  const { rig, pager } = scene;
  await take(scene);
  await close(scene);
  const sent = rig.takeSent();
  assert.equal(pager.obey(sent[sent.length - 1].bytes)?.word, { what: WORD_CLOSED, value: 512 });
  await rig.deliver(pager.result(WORD_TAKEN, 512).bytes);
  rig.takeSent();
  await rig.pass(40_000);
  const words = rig.takeSent().map((one) => pager.obey(one.bytes)?.word.what);
  assert.ok(words.length > 0);
  assert.ok(words.every((what) => what === WORD_CLOSED));
});

test("words survive a restart of the platform [wire §4.2]", async () => {
  const scene = await delivered();
  const { rig, pager } = scene;
  await take(scene);
  const before = pager.obey(rig.takeSent()[0].bytes);
  await rig.restart();
  await rig.settle();
  const after = pager.obey(rig.takeSent()[0].bytes);
  assert.equal(after?.word, before?.word);
  assert.ok((after?.piv ?? 0) > (before?.piv ?? 0), "under a new number");
});

test("a word follows the newest authentic address, and no forged or older one [wire §4.3]", async () => {
  const scene = await delivered();
  const { rig, pager } = scene;
  const moved: Source = { carrier: "udp", address: "198.51.100.9", port: 50_002 };
  const thief: Source = { carrier: "udp", address: "203.0.113.66", port: 666 };
  const old = pager.report("r", { number: 512 }, 5);
  await rig.deliverFrom(moved, pager.report("r", { number: 512 }, 20).bytes);
  await rig.deliverFrom(thief, old.bytes);
  const forged = Uint8Array.from(pager.report("r", { number: 512 }, 30).bytes);
  forged[forged.length - 1] ^= 1;
  await rig.deliverFrom(thief, forged);
  rig.takeSent();
  await take(scene);
  assert.equal(rig.takeSent()[0].to, moved);
});

test("a word goes under its own alarm's key identifier, and reaches no other alarm of that number [wire §2.1]", async () => {
  const scene = await delivered();
  const { rig, pager } = scene;
  await take(scene);
  // Storage was erased: the pager has given up its first context, and counts from the beginning.
  rig.clock.advanceBy(1000);
  rig.takeSent();
  const raised = pager.spare.report("s", { number: 512 });
  await rig.deliver(raised.bytes);
  assert.is(pager.spare.open(raised, rig.takeSent()[0].bytes)?.content, undefined);
  const poll = pager.spare.poll();
  await rig.deliver(poll.bytes);
  assert.is(pager.spare.open(poll, rig.takeSent()[0].bytes)?.content?.what, WORD_TIME);
  await rig.platform.alarms.take(`${pager.id}/${pager.spare.kid}/512`, "李明");
  await rig.settle();
  const [sent] = rig.takeSent();
  assert.is(pager.obey(sent.bytes), undefined);
  assert.is(pager.spare.obey(sent.bytes)?.word.value, 512);
});

test("of two alarms the newer one's word comes first", async () => {
  const scene = await delivered();
  const { rig, pager } = scene;
  await rig.deliver(pager.report("s", { number: 600 }).bytes);
  await take(scene);
  await rig.platform.alarms.take(`${pager.id}/${pager.kid}/600`, "李明");
  await rig.settle();
  rig.takeSent();
  const poll = pager.poll();
  await rig.deliver(poll.bytes);
  assert.is(pager.open(poll, rig.takeSent()[0].bytes)?.content?.value, 600);
  await rig.deliver(pager.result(WORD_TAKEN, 600).bytes);
  rig.takeSent();
  const next = pager.poll();
  await rig.deliver(next.bytes);
  assert.is(pager.open(next, rig.takeSent()[0].bytes)?.content?.value, 512);
});

test("a hold after the close opens the alarm again, and the pager is told that it is open", async () => {
  const scene = await delivered();
  const { rig, pager } = scene;
  await take(scene);
  await close(scene);
  await rig.deliver(pager.report("m", { number: 512 }).bytes);
  const row = await rig.platform.alarms.get(scene.alarm);
  assert.is(row?.stage, "delivered");
  assert.is(row?.owner, undefined);
  const words = rig.takeSent().map((one) => pager.obey(one.bytes)?.word.what);
  assert.is(words[words.length - 1], WORD_REOPENED, "the close may have come meanwhile");
  await rig.pass(60_000);
  const later = rig.takeSent().map((one) => pager.obey(one.bytes)?.word.what);
  assert.ok(later.length > 0 && later.every((what) => what === WORD_REOPENED));
});

test("a forged answer to a word ends nothing [wire §2.4]", async () => {
  const scene = await delivered();
  const { rig, pager } = scene;
  await take(scene);
  const answer = pager.obey(rig.takeSent()[0].bytes)?.answer ?? new Uint8Array(0);
  answer[answer.length - 1] ^= 1;
  await rig.deliver(answer);
  assert.is(rig.platform.counters()["stray-answer"], 1);
  await rig.pass(20_000);
  assert.is(rig.takeSent().length, 2, "sent again as if nothing had come");
});

test("after a day a word is no longer sent by itself, and still stands in answers", async () => {
  const scene = await delivered();
  const { rig, pager } = scene;
  await take(scene);
  // One jump: the exchange on its way ends, and the next one finds that the day is over.
  rig.clock.advanceBy(24 * 3600_000);
  await rig.settle();
  await rig.pass(60_000);
  assert.ok(rig.takeSent().length > 0);
  await rig.pass(3600_000);
  assert.is(rig.takeSent().length, 0);
  const poll = pager.poll();
  await rig.deliver(poll.bytes);
  assert.is(pager.open(poll, rig.takeSent()[0].bytes)?.content?.what, WORD_TAKEN);
});

test.run();
