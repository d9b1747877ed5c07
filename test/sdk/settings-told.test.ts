// Settings as people read them: by name where a pager says them all, and where a change was refused.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { encodeMessage } from "../../protocol/message-codec.ts";
import { CHANGE_SETTINGS, LOCATE, SETTINGS } from "../../protocol/messages.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { known } from "./command-scene.ts";
import { closeRigs, eventsOf } from "./rig.ts";

test.after.each(closeRigs);

const octets = (text: string) => new Uint8Array(Buffer.from(text));

test("what a pager says of its settings stands in the log by name, beside the list as it came", async () => {
  const { rig, pager, ask } = await known();
  const row = await ask("readSettings");
  const list = [1, 2500, 64, octets("192.0.2.1:5683"), 68, octets("+8613800000001"), 200, 7];
  const payload = encodeMessage(nodeMachine, SETTINGS, {
    id: row.id,
    settings: 3,
    hash: new Uint8Array(8),
    list,
  });
  await rig.deliver(pager.say(SETTINGS.letter, payload).bytes);
  const told = (await eventsOf(rig)).find((event) => event.kind === "told");
  assert.ok(told?.kind === "told");
  assert.equal(told.settings, {
    holdMs: 2500,
    address1: "192.0.2.1:5683",
    contact1: "+8613800000001",
    200: 7,
  });
  assert.equal((told.values.list as unknown[]).slice(0, 2), [1, 2500]);
});

test("a change that was refused says which setting it was about, by name", async () => {
  const { rig, pager, ask, get } = await known();
  const values = { settings: 1, list: { lowPercent: 6 } };
  const row = await ask(CHANGE_SETTINGS.name, { values });
  assert.equal(row.values, { settings: 1, list: [9, 6] });
  await rig.deliver(pager.result(CHANGE_SETTINGS.word, row.id, { outcome: 2, detail: 9 }).bytes);
  const ended = await get(row.id);
  assert.equal([ended?.outcome, ended?.detail, ended?.setting], ["refused", 9, "lowPercent"]);
});

test("the detail of another command is no setting, and no detail is none either", async () => {
  const { rig, pager, ask, get } = await known();
  const locate = await ask("locate");
  await rig.deliver(pager.result(LOCATE.word, locate.id, { outcome: 2, detail: 9 }).bytes);
  const change = await ask("changeSettings", { values: { settings: 1, list: { holdMs: 2000 } } });
  await rig.deliver(pager.result(CHANGE_SETTINGS.word, change.id, { outcome: 2, detail: 0 }).bytes);
  assert.is((await get(locate.id))?.setting, undefined);
  assert.is((await get(change.id))?.setting, undefined);
});

test.run();
