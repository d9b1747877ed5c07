// A track that a pager says again: each of its points stands in the log once.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { encodeMessage } from "../../protocol/message-codec.ts";
import { TRACK } from "../../protocol/messages.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { known } from "./command-scene.ts";
import { closeRigs, eventsOf, type Rig } from "./rig.ts";

test.after.each(closeRigs);

async function tracksOf(rig: Rig): Promise<unknown[]> {
  const all = await eventsOf(rig);
  return all.flatMap((event) => (event.kind === "told" ? [event.values] : []));
}

test("points that were stored before are left out when a track comes again with further ones", async () => {
  const { rig, pager } = await known();
  const start = { latitude: 261_000_000, longitude: 1_177_000_000, uncertaintyM: 20, stepS: 60 };
  const say = async (values: { time: number; latitude?: number; points: number[] }) => {
    const payload = encodeMessage(nodeMachine, TRACK, { ...start, ...values });
    await rig.deliver(pager.say(TRACK.letter, payload).bytes);
  };
  await say({ time: 200_000_000, points: [1, 5, 0, 2, 7, -3] });
  await say({ time: 200_000_000, points: [1, 5, 0, 2, 7, -3] });
  await say({ time: 200_000_000, points: [1, 5, 0, 2, 7, -3, 1, 9, 9, 1, -1, 1] });
  await say({ time: 200_000_060, latitude: 261_000_500, points: [2, 7, -3] });
  const [first, second, ...others] = (await tracksOf(rig)) as Record<string, unknown>[];
  assert.equal(others, []);
  assert.equal(first.points, [1, 5, 0, 2, 7, -3]);
  assert.is(second.time, 200_000_240);
  assert.is(second.latitude, 261_000_000 + 100 * (5 + 7 + 9));
  assert.is(second.longitude, 1_177_000_000 + 100 * (-3 + 9));
  assert.is(second.uncertaintyM, 20);
  assert.equal(second.points, [1, -1, 1]);
});

test("a further point to which steps lead out of the world makes no event", async () => {
  const { rig, pager } = await known();
  const start = { latitude: 899_999_000, longitude: 0, uncertaintyM: 20, stepS: 1 };
  for (const points of [
    [1, 5, 0],
    [1, 5, 0, 1, 65_535, 0],
  ]) {
    const payload = encodeMessage(nodeMachine, TRACK, { ...start, time: 200_000_000, points });
    await rig.deliver(pager.say(TRACK.letter, payload).bytes);
  }
  assert.is((await tracksOf(rig)).length, 1);
});

test.run();
