// Long bodies through a real platform: a log that a pager pushes, with loss.
// The pager's half is the wire's own machines; each request is sealed under a number of its own.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { newPush, pushOctets, pushOptions, stepPush } from "../../protocol/block-push.ts";
import { POST } from "../../protocol/coap.ts";
import { isFault } from "../../protocol/fault.ts";
import { BODY_OCTETS_MAX } from "../../protocol/limits.ts";
import { encodeMessage } from "../../protocol/message-codec.ts";
import { LOG } from "../../protocol/messages.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { bodyOf } from "../protocol/block-ends.ts";
import { exchange } from "./image-scene.ts";
import { type AddedPager, closeRigs, eventsOf, openRig, type Rig } from "./rig.ts";

test.after.each(() => closeRigs());

const TAG = Uint8Array.of(7);

async function push(rig: Rig, pager: AddedPager, body: Uint8Array, copies = 0): Promise<string[]> {
  const state = newPush(TAG, body.length);
  const steps: string[] = [];
  while (steps[steps.length - 1] !== "last") {
    const payload = body.slice(state.at, state.at + pushOctets(state));
    const options = pushOptions(nodeMachine, state);
    const asked = { letter: LOG.letter, code: POST, options, payload };
    // Every second block loses its answer proper: what is seen is the bare one to its copy.
    const answer = await exchange(rig, pager, asked, steps.length % 2 === 0 ? copies : 0);
    const step = stepPush(state, answer);
    steps.push(isFault(step) ? step.fault : step);
    if (isFault(step) || step === "refused" || step === "restart") break;
  }
  return steps;
}

async function logsOf(rig: Rig): Promise<unknown[]> {
  const events = await eventsOf(rig);
  return events.flatMap((event) => (event.kind === "told" ? [[event.message, event.values]] : []));
}

/** Rows of twelve octets each. */
function logOf(id: number, octets: number): { body: Uint8Array; rows: number[] } {
  const rows = Array.from({ length: Math.floor(octets / 12) }, (_, i) => [
    200_000_000 + i,
    9,
    7,
    4_001_001,
  ]).flat();
  return { body: encodeMessage(nodeMachine, LOG, { id, rows }) as Uint8Array, rows };
}

test("a log of three blocks is one message, stored once, also with lost answers [wire §6]", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const { body, rows } = logOf(5, 1400);
  assert.equal(await push(rig, pager, body), ["block", "block", "last"]);
  assert.equal(await logsOf(rig), [["log", { id: 5, rows }]]);
  const again = await push(rig, pager, body, 1);
  assert.equal(again, ["again", "block", "again", "block", "again", "last"]);
  assert.equal(await logsOf(rig), [["log", { id: 5, rows }]]);
});

test("half a log is no message, and one that is too long is refused with the size that would do", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  const long = newPush(TAG, BODY_OCTETS_MAX + 1);
  const payload = bodyOf(pushOctets(long));
  const options = pushOptions(nodeMachine, long);
  const asked = { letter: LOG.letter, code: POST, options, payload };
  assert.is(stepPush(long, await exchange(rig, pager, asked)), "refused");
  const half = newPush(Uint8Array.of(8), 1400);
  const first = {
    letter: LOG.letter,
    code: POST,
    options: pushOptions(nodeMachine, half),
    payload: bodyOf(512),
  };
  assert.is(stepPush(half, await exchange(rig, pager, first)), "block");
  await rig.restart();
  const second = { ...first, options: pushOptions(nodeMachine, half) };
  assert.is(stepPush(half, await exchange(rig, pager, second)), "restart");
  assert.equal(await logsOf(rig), []);
});

test.run();
