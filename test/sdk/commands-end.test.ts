// How commands end: by one result or by the platform's clock, over restarts and copies put back.

import * as fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { OUTCOMES } from "../../protocol/codes.ts";
import { LOCATE, RING, TIME } from "../../protocol/messages.ts";
import { type CommandRow, reduceCommand } from "../../sdk/care/commands.ts";
import { COMMAND_OUTCOMES } from "../../sdk/care/results.ts";
import type { Event } from "../../sdk/events.ts";
import { COMMAND_JUMP, type Store } from "../../sdk/store/store.ts";
import { known } from "./command-scene.ts";
import { closeRigs, eventsOf, openRig, type Rig } from "./rig.ts";

test.after.each(closeRigs);

const DAY_MS = 24 * 3600_000;

async function endsOf(rig: Rig): Promise<Event[]> {
  return (await eventsOf(rig)).filter((event) => event.kind === "commandEnded");
}

test("when its time is over a command is sent no more, and has ended [wire §4.5]", async () => {
  const { rig, ask, get, heard, poll } = await known();
  await ask("ring", { expiresInS: 20 });
  await rig.pass(20_000);
  assert.is(heard().length, 3);
  const row = await get(1);
  assert.equal([row?.state, row?.outcome], ["ended", "expired"]);
  await rig.pass(120_000);
  assert.is(heard().length, 0);
  assert.is((await poll())?.content?.what, TIME.word);
});

test("a command whose end can't be stored is sent no more, and ends later [wire §4.5]", async () => {
  let isFull = true;
  const wrapStore = (store: Store): Store => ({
    ...store,
    commit: async (batch) => {
      const isEnd = batch.facts.some((fact) => fact.kind === "expireCommand");
      if (isEnd && isFull) throw Object.assign(new Error("full"), { code: "SQLITE_FULL" });
      return store.commit(batch);
    },
  });
  const { rig, ask, get, heard, poll } = await known(await openRig({ wrapStore }));
  await ask("ring", { expiresInS: 20 });
  await rig.pass(110_000);
  assert.is(heard().length, 3);
  assert.is((await poll())?.content?.what, TIME.word);
  assert.is((await get(1))?.state, "waiting");
  isFull = false;
  await rig.pass(30_000);
  assert.is((await get(1))?.outcome, "expired");
});

test("a command expires by the clock although the platform was not running then [wire §4.5]", async () => {
  const { rig, ask, get } = await known();
  await ask("ring", { expiresInS: 40 * 60 });
  await rig.restart();
  await rig.pass(39 * 60_000);
  assert.is((await get(1))?.state, "waiting");
  await rig.pass(60_000);
  assert.is((await get(1))?.outcome, "expired");
  await ask("ring", { expiresInS: 60 });
  await rig.platform.close();
  rig.clock.advanceBy(DAY_MS);
  await rig.restart();
  rig.takeSent();
  await rig.pass(1);
  assert.is((await get(2))?.outcome, "expired");
  assert.is(rig.takeSent().length, 0);
});

test("a result that comes behind the end is kept, once, and makes no second end [wire §4.5]", async () => {
  const { rig, pager, ask, get } = await known();
  await ask("ring", { expiresInS: 20 });
  await rig.pass(30_000);
  await rig.deliver(pager.result(RING.word, 1, { outcome: 3, detail: 5 }).bytes);
  await rig.deliver(pager.result(RING.word, 1).bytes);
  const row = await get(1);
  assert.is(row?.outcome, "expired");
  assert.equal([row?.late?.outcome, row?.late?.detail], ["failed", 5]);
  assert.is((await endsOf(rig)).length, 1);
  const kept = (await eventsOf(rig)).filter((event) => event.kind === "commandResultKept");
  assert.is(kept.length, 1);
});

test("a second result, in another exchange, changes nothing [wire §4.5]", async () => {
  const { rig, pager, ask, get } = await known();
  await ask("ring");
  await rig.deliver(pager.result(RING.word, 1, { outcome: 4 }).bytes);
  const cursor = await rig.platform.cursor();
  const again = pager.result(RING.word, 1);
  rig.takeSent();
  await rig.deliver(again.bytes);
  assert.ok(pager.open(again, rig.takeSent()[0].bytes), "and is answered");
  assert.is(await rig.platform.cursor(), cursor);
  assert.is((await get(1))?.outcome, "busy");
});

test("a result of a command that nobody knows is stored as such", async () => {
  const { rig, pager, ask, get } = await known();
  await ask("ring");
  // Another number, another command under this number, and a word of a newer version.
  const said = [pager.result(RING.word, 77), pager.result(LOCATE.word, 1), pager.result(21, 5)];
  for (const one of said) await rig.deliver(one.bytes);
  await rig.deliver(pager.result(RING.word, 77).bytes);
  const kept = (await eventsOf(rig)).filter((event) => event.kind === "commandResultKept");
  assert.equal(
    kept.map((event) => event.kind === "commandResultKept" && [event.command, event.id]),
    [
      ["ring", 77],
      ["locate", 1],
      [undefined, 5],
    ],
  );
  assert.is((await get(1))?.state, "waiting");
});

test("an outcome of a newer version is other, with its code", async () => {
  const { rig, pager, ask, get } = await known();
  await ask("ring");
  await rig.deliver(pager.result(RING.word, 1, { outcome: 17 }).bytes);
  const row = await get(1);
  assert.equal([row?.outcome, row?.code], ["other", 17]);
});

test("every outcome of the wire has its name here", () => {
  assert.equal(COMMAND_OUTCOMES.slice(0, OUTCOMES.length), OUTCOMES);
});

test("obeyed words about an alarm that nobody knows are stored as they were told", async () => {
  const { rig, pager } = await known();
  for (const what of [3, 4, 4]) await rig.deliver(pager.result(what, 512).bytes);
  await rig.deliver(pager.result(0, 512).bytes);
  const told = (await eventsOf(rig)).filter((event) => event.kind === "wordObeyed");
  assert.equal(
    told.map((event) => event.kind === "wordObeyed" && [event.word, event.number, event.alarm]),
    [
      ["released", 512, undefined],
      ["reopened", 512, undefined],
    ],
  );
  assert.is(rig.platform.counters().undecodable, 1, "the time has no result");
});

test("commands outlive a restart, and no number serves twice [wire §4.5]", async () => {
  const { rig, pager, ask, get, heard } = await known();
  await ask("ring");
  const [before] = heard();
  await rig.restart();
  await rig.settle();
  const [after] = heard();
  assert.equal(after.command, before.command);
  assert.ok(after.piv > before.piv);
  await rig.deliver(pager.result(RING.word, 1).bytes);
  assert.is((await get(1))?.outcome, "done");
  await rig.restart();
  assert.is((await ask("ring")).id, 2);
});

test("behind a copy that was put back numbers of commands have jumped [wire §4.5]", async () => {
  const { rig, pager, ask, get } = await known();
  await ask("ring");
  const putBack = await rig.backup();
  await ask("locate");
  await putBack();
  await ask("selfTest");
  const next = await ask("ring");
  assert.ok(next.id > COMMAND_JUMP);
  assert.is((await get(2)) === undefined, true);
  // The window is lost, so what is no alarm shows itself first [wire §1.3].
  const first = pager.poll();
  rig.takeSent();
  await rig.deliver(first.bytes);
  const asked = rig.takeSent().map(({ bytes }) => pager.asked(first, bytes));
  pager.bring(asked.find((one) => one !== undefined)?.echo);
  await rig.deliver(pager.result(LOCATE.word, 2).bytes);
  const kept = (await eventsOf(rig)).filter((event) => event.kind === "commandResultKept");
  assert.is(kept.length, 1, "the result of a command that the copy never had");
});

/** The rows that the log gives when it is reduced from its start. */
function rowsFrom(events: Event[]): CommandRow[] {
  const rows = new Map<number, CommandRow>();
  for (const event of events) {
    const row = "id" in event ? reduceCommand(rows.get(event.id), event) : undefined;
    if (row !== undefined) rows.set(row.id, row);
  }
  return [...rows.values()].sort((a, b) => b.id - a.id);
}

test("the rows are what the log gives, and each command has one end [wire §4.5]", async () => {
  const acts = ["ask", "result", "detail", "pass", "restart"] as const;
  const step = fc.record({
    act: fc.constantFrom(...acts),
    id: fc.integer({ min: 1, max: 5 }),
    outcome: fc.integer({ min: 0, max: 23 }),
  });
  const lives = fc.array(step, { maxLength: 14 });
  const property = fc.asyncProperty(lives, async (steps) => {
    const { rig, pager, ask } = await known();
    for (const { act, id, outcome } of steps) {
      if (act === "ask") await ask("ring", { expiresInS: 30 });
      else if (act === "result") await rig.deliver(pager.result(RING.word, id, { outcome }).bytes);
      else if (act === "detail")
        await rig.deliver(pager.result(RING.word, id, { detail: 7 }).bytes);
      else if (act === "pass") await rig.pass(20_000);
      else await rig.restart();
    }
    const events = await eventsOf(rig);
    const rows = await rig.platform.commands.list(pager.id);
    assert.equal(rows, JSON.parse(JSON.stringify(rowsFrom(events))));
    const ends = events.flatMap((event) => (event.kind === "commandEnded" ? [event.id] : []));
    assert.is(new Set(ends).size, ends.length, "no second end");
    const ended = rows.filter((row) => row.state === "ended").map((row) => row.id);
    assert.equal(
      ended,
      ends.sort((a, b) => b - a),
    );
    await closeRigs();
  });
  await fc.assert(property, { numRuns: 25 });
});

test.run();
