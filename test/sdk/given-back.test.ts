// Release and reopen over the whole platform: acts, their refusals, and the words that reach the pager.
// The pager of these tests obeys what it is told; what real firmware does with it, flows and storms show.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { encodeMessage } from "../../protocol/message-codec.ts";
import {
  LOW_BATTERY,
  WORD_CLOSED,
  WORD_RELEASED,
  WORD_REOPENED,
  WORD_TAKEN,
} from "../../protocol/messages.ts";
import type { AlarmRow } from "../../sdk/care/alarms.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { type AddedPager, closeRigs, eventsOf, openRig, type Rig } from "./rig.ts";

test.after.each(closeRigs);

interface Scene {
  rig: Rig;
  pager: AddedPager;
  /** An act on the one alarm, over HTTP. */
  act(name: string, body?: object): Promise<{ status: number; row: AlarmRow; code?: string }>;
  /** The words about alarms that left since it was last asked; each is what the pager heard. */
  heard(): number[];
  row(): Promise<AlarmRow>;
}

/** An alarm number 512 that stands delivered. */
async function delivered(): Promise<Scene> {
  const rig = await openRig();
  const pager = await rig.addPager();
  await rig.deliver(pager.report("s", { number: 512 }).bytes);
  rig.takeSent();
  const [{ id }] = await rig.platform.alarms.list();
  const token = await rig.platform.createToken("test");
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return {
    rig,
    pager,
    async act(name, body = {}) {
      const response = await rig.app.request(`/api/alarms/${encodeURIComponent(id)}/${name}`, {
        method: "POST",
        headers,
        body: JSON.stringify({ operator: "王芳", ...body }),
      });
      await rig.settle();
      const answer = (await response.json()) as AlarmRow & { code?: string };
      return { status: response.status, row: answer, code: answer.code };
    },
    heard: () => {
      const words = rig.takeSent().map((one) => pager.obey(one.bytes)?.word.what);
      return words.filter((what) => what !== undefined);
    },
    row: async () => (await rig.platform.alarms.get(id)) as AlarmRow,
  };
}

function lowBattery(pager: AddedPager, number: number): Uint8Array {
  const payload = encodeMessage(nodeMachine, LOW_BATTERY, { number, level: 1 });
  return pager.say("L", payload).bytes;
}

test("release gives the alarm back, says who and when, and leaves for the pager at once", async () => {
  const { rig, act, heard, row } = await delivered();
  await act("take");
  heard();
  const { status } = await act("release", { text: "换班" });
  assert.is(status, 200);
  assert.equal(heard(), [WORD_RELEASED]);
  const { stage, earlier, notes } = await row();
  assert.is(stage, "delivered");
  assert.equal(
    earlier?.map((one) => [one.act, one.operator]),
    [
      ["take", "王芳"],
      ["release", "王芳"],
    ],
  );
  assert.equal(
    notes.map(({ operator, text }) => [operator, text]),
    [["王芳", "换班"]],
  );
  const kinds = (await eventsOf(rig)).map((event) => event.kind);
  assert.equal(kinds.slice(-2), ["alarmTaken", "alarmReleased"]);
});

test("release and reopen are refused with a code of the list, and say who has it", async () => {
  const { rig, pager, act } = await delivered();
  assert.equal(
    [(await act("release")).code, (await act("reopen")).code],
    ["not-taken", "not-closed"],
  );
  await act("take");
  const other = await act("release", { operator: "李明" });
  assert.equal([other.status, other.code], [409, "not-owner"]);
  await act("close", { outcome: "accidental" });
  assert.is((await act("release")).code, "already-closed");
  await rig.deliver(pager.report("s", { number: 600 }).bytes);
  assert.equal([(await act("reopen")).status, (await act("reopen")).code], [409, "superseded"]);
});

test("an hour behind its close an alarm stays closed", async () => {
  const { rig, act } = await delivered();
  await act("take");
  await act("close", { outcome: "accidental" });
  await rig.pass(3600_000 + 1);
  assert.is((await act("reopen")).code, "closed-too-long");
});

test("an older alarm that came late is no newer one, and a low battery takes nothing's place", async () => {
  const { rig, pager, act } = await delivered();
  await act("take");
  await act("close", { outcome: "accidental" });
  await rig.deliver(pager.report("s", { number: 400 }).bytes);
  await rig.deliver(lowBattery(pager, 700));
  assert.is((await act("reopen")).status, 200);
});

test("an alarm whose key identifier was dropped can't be opened again", async () => {
  const { rig, pager, act } = await delivered();
  await act("take");
  await act("close", { outcome: "accidental" });
  await rig.platform.pagers.provision(pager.id, "bench");
  assert.is((await act("reopen")).code, "superseded");
});

test("reopened leaves at once, and taken only behind its result [wire §2.5]", async () => {
  const { rig, pager, act, heard, row } = await delivered();
  await act("take");
  await act("close", { outcome: "accidental" });
  await rig.deliver(pager.result(WORD_CLOSED, 512).bytes);
  heard();
  const { row: opened } = await act("reopen", { operator: "李明" });
  assert.equal([opened.stage, opened.earlier?.[2].operator], ["delivered", "李明"]);
  assert.equal(heard(), [WORD_REOPENED]);
  await act("take", { operator: "李明" });
  assert.ok(heard().every((what) => what === WORD_REOPENED));
  await rig.restart();
  await rig.settle();
  assert.ok(
    heard().every((what) => what === WORD_REOPENED),
    "a restart keeps the order",
  );
  await rig.deliver(pager.result(WORD_REOPENED, 512).bytes);
  assert.ok(heard().includes(WORD_TAKEN));
  await rig.deliver(pager.result(WORD_TAKEN, 512).bytes);
  assert.equal([(await row()).stage, (await row()).told], ["taken", "taken"]);
  heard();
  await rig.pass(60_000);
  assert.equal(heard(), []);
});

test("a second take is told until its own result, also where an older one comes late", async () => {
  const { rig, pager, act, heard, row } = await delivered();
  await act("take");
  const late = pager.result(WORD_TAKEN, 512);
  await act("release");
  const released = pager.result(WORD_RELEASED, 512);
  await act("take", { operator: "李明" });
  heard();
  // Older than what the pager said behind it, and it looks like the second one's.
  await rig.deliver(late.bytes);
  assert.is((await row()).told, "taken");
  await rig.deliver(released.bytes);
  assert.is((await row()).told, "released");
  assert.equal(heard(), [WORD_TAKEN], "said again, because the wearer stands elsewhere");
  await rig.deliver(pager.result(WORD_TAKEN, 512).bytes);
  assert.is((await row()).told, "taken");
  heard();
  await rig.pass(60_000);
  assert.equal(heard(), []);
});

test("a result with a lower number than the newest one's changes nothing", async () => {
  const { rig, pager, act, row } = await delivered();
  await act("take");
  const late = pager.result(WORD_TAKEN, 512);
  await act("release");
  await rig.deliver(pager.result(WORD_RELEASED, 512).bytes);
  await rig.deliver(late.bytes);
  assert.is((await row()).told, "released");
  const obeyed = (await eventsOf(rig)).filter((event) => event.kind === "wordObeyed");
  assert.is(obeyed.length, 1);
});

test.run();
