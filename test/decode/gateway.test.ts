// What the real gateway hears and answers, decoded: every datagram of an alarm is opened and understood.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { decodeParsed, isUnreadable, parseInput, type Row } from "../../tools/decode/decode.ts";
import { readKeyFile } from "../../tools/decode/key-file.ts";
import { makeKeyRing } from "../../tools/decode/key-ring.ts";
import { closeRigs, openRig } from "../sdk/rig.ts";
import { foundOf } from "./sealed.ts";

test.after.each(closeRigs);

test("sos, answer, taken, its answer and result, beat and poll: nothing stays closed or unread", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const heard: Uint8Array[] = [];
  const deliver = async (bytes: Uint8Array) => {
    heard.push(bytes);
    await rig.deliver(bytes);
    heard.push(...rig.takeSent().map((sent) => sent.bytes));
  };
  await deliver(pager.report("s", { number: 7, battery: 60 }).bytes);
  const [alarm] = await rig.platform.alarms.list();
  await rig.platform.alarms.take(alarm.id, "王芳");
  await rig.settle();
  const [word] = rig.takeSent().map((sent) => sent.bytes);
  heard.push(word);
  await deliver(pager.obey(word)?.answer ?? new Uint8Array(0));
  await deliver(pager.result(1, 7).bytes);
  await deliver(pager.beat().bytes);
  await deliver(pager.poll().bytes);

  const keys = readKeyFile(JSON.stringify(pager.registered.provisioning), "keys");
  const entries = heard.map((bytes, i) => foundOf(bytes, i + 1));
  const parsed = parseInput({ kind: "hex", entries, passedOver: 0 }, [], 5683);
  const rows = [...decodeParsed(parsed, makeKeyRing(keys.contexts), 5683)] as Row[];
  assert.not(rows.some(isUnreadable));
  assert.equal(
    rows.map(
      ({ way, meaning, decoded }) => `${way} ${meaning?.name || decoded.opened?.packet?.code}`,
    ),
    [
      "up sos",
      "down 68",
      "down taken",
      "up 68",
      "up result",
      "down 68",
      "up beat",
      "down time",
      "up waiting",
      "down time",
    ],
  );
});

test.run();
