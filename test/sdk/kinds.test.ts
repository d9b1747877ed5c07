// Every kind of alarm that a pager can raise, those of a newer version too: none is turned away.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { encodeMessage } from "../../protocol/message-codec.ts";
import {
  FALL,
  LEFT_ZONE,
  LOW_BATTERY,
  NO_MOVEMENT,
  SOS,
  WAITING,
} from "../../protocol/messages.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { closeRigs, openRig } from "./rig.ts";

test.after.each(() => closeRigs());

const NUMBER = 300;
const encode = (declaration: typeof SOS, values: Record<string, number>) =>
  encodeMessage(nodeMachine, declaration, { number: NUMBER, ...values });

/** Letter, what it says, the kind it makes, its rank, and what the event says beside the ordinary. */
const KINDS: [string, ReturnType<typeof encode>, string, number, object][] = [
  ["s", encode(SOS, {}), "sos", 1, {}],
  ["F", encodeMessage(nodeMachine, FALL, { number: NUMBER }), "fall", 1, {}],
  [
    "Z",
    encodeMessage(nodeMachine, LEFT_ZONE, { number: NUMBER, zone: 2 }),
    "leftZone",
    2,
    { zone: 2 },
  ],
  [
    "N",
    encodeMessage(nodeMachine, NO_MOVEMENT, { number: NUMBER, stillS: 7200 }),
    "noMovement",
    2,
    { stillS: 7200 },
  ],
  [
    "L",
    encodeMessage(nodeMachine, LOW_BATTERY, { number: NUMBER, level: 3 }),
    "lowBattery",
    3,
    { level: 3 },
  ],
  ["Q", encode(SOS, { latitude: 5 }), "unknown", 1, {}],
  ["Q", Uint8Array.of(0x81, 0x19, 0x01, 0x2c), "unknown", 1, {}],
];

for (const [letter, payload, kind, priority, says] of KINDS) {
  test(`${letter} raises an alarm of kind ${kind}, answered when it is stored [wire §2.6]`, async () => {
    const rig = await openRig();
    const pager = await rig.addPager();
    const said = pager.say(letter, payload);
    await rig.deliver(said.bytes);
    assert.is(pager.open(said, rig.takeSent()[0].bytes)?.content, undefined);
    const [row] = await rig.platform.alarms.list();
    assert.equal([row.kind, row.priority, row.number], [kind, priority, NUMBER]);
    const events = rig.platform.events({ after: 0 });
    for await (const event of events) {
      if (event.kind !== "alarmRaised") continue;
      for (const [name, value] of Object.entries(says)) {
        assert.is(event.report[name as "zone"], value);
      }
      break;
    }
  });
}

test("a call for help with a critical option that nobody here knows stands as an alarm", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const options = [{ number: 65001, value: Uint8Array.of(1) }];
  const said = pager.say("s", encode(SOS, {}), { options });
  await rig.deliver(said.bytes);
  assert.ok(pager.open(said, rig.takeSent()[0].bytes));
  assert.is((await rig.platform.alarms.list())[0].number, NUMBER);
  assert.is(rig.platform.counters().unread, 1);
});

test("anything else with such an option is refused by the book", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const options = [{ number: 65001, value: Uint8Array.of(1) }];
  await rig.deliver(pager.say("c", encode(SOS, {}), { options }).bytes);
  assert.is(rig.platform.counters()["unknown-option"], 1);
  assert.is(rig.takeSent()[0].bytes[1], 130);
});

test("a poll that names an alarm nobody here knows raises it, and once only [wire §4.1]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  for (let i = 0; i < 2; i++) {
    await rig.deliver(
      pager.say("w", encodeMessage(nodeMachine, WAITING, { number: NUMBER })).bytes,
    );
  }
  const rows = await rig.platform.alarms.list();
  assert.equal(
    rows.map((row) => [row.number, row.kind, row.stage]),
    [[NUMBER, "sos", "delivered"]],
  );
  assert.is(rig.platform.counters().stored, 1);
});

test("an alarm whose first report was lost learns its kind when that comes", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  await rig.deliver(pager.report("r", { number: NUMBER }).bytes);
  assert.is((await rig.platform.alarms.list())[0].kind, "sos");
  const fall = encodeMessage(nodeMachine, FALL, { number: NUMBER });
  await rig.deliver(pager.say("F", fall).bytes);
  assert.is((await rig.platform.alarms.list())[0].kind, "fall");
});

test.run();
