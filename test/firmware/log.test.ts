// What a pager remembers of itself: the ring of its log, and counts that outlive resets.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { EXCHANGES, STARTS, UNANSWERED } from "../../firmware/core/counts.ts";
import { CUES } from "../../firmware/core/cues.ts";
import { RADIO_STATES } from "../../firmware/core/input.ts";
import { COUNTS, LETTERS, STAGES } from "../../firmware/core/journal.ts";
import { LOG_ROWS } from "../../firmware/core/limits.ts";
import { LOG_RADIO, LOG_STARTED } from "../../protocol/log-events.ts";
import { LOG_CUES, LOG_LETTERS, LOG_RADIO_STATES, LOG_STAGES } from "../../sdk/log-text.ts";
import { readyWorld, type World } from "./world.ts";

const DAY_MS = 24 * 3600_000;

function countsWritten(world: World): number {
  return world.trace.filter(({ effect }) => effect.kind === "write" && effect.bytes[1] === COUNTS)
    .length;
}

test("the host reads a row by the pager's own lists", () => {
  assert.equal(LOG_CUES, [...CUES]);
  assert.equal(LOG_STAGES, [...STAGES]);
  assert.equal(LOG_RADIO_STATES, [...RADIO_STATES]);
  assert.is(LOG_LETTERS, LETTERS);
});

test("the ring holds the last rows and no more", () => {
  const world = readyWorld();
  assert.is(world.state.rows[1], LOG_STARTED);
  for (let i = 0; i < 100; i++) world.radio(i % 2 === 0 ? "searching" : "ready");
  assert.is(world.state.rows.length, 4 * LOG_ROWS);
  const events = world.state.rows.filter((_, i) => i % 4 === 1);
  assert.not.ok(events.includes(LOG_STARTED));
  assert.ok(events.every((event) => event === LOG_RADIO));
  for (const row of world.state.rows) assert.ok(Number.isInteger(row));
});

test("counts are written once a day behind a beat, and outlive a reset", () => {
  const world = readyWorld();
  world.up = false;
  world.press(200);
  world.run(120_000);
  world.up = true;
  world.run(10 * DAY_MS);
  const written = countsWritten(world);
  assert.ok(written >= 8 && written <= 10, `${written}`);
  const before = world.state.counts.slice();
  assert.ok(before[EXCHANGES] > 10 && before[UNANSWERED] > 2 && before[STARTS] === 1);
  world.reboot();
  assert.is(world.state.counts[STARTS], 2);
  const lost = before[EXCHANGES] - world.state.counts[EXCHANGES];
  assert.ok(lost >= 0 && lost <= 4, `${lost}`);
  assert.is(countsWritten(world), written);
});

test("a start writes no counts: a weak battery starts again and again [pager §2.3]", () => {
  const world = readyWorld();
  const strokes = world.storage.strokes;
  for (let i = 0; i < 5; i++) world.reboot();
  assert.is(countsWritten(world), 0);
  assert.ok(world.storage.strokes < strokes + 30);
});

test.run();
