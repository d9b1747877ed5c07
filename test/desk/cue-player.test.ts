// A cue as a line of moments: the page shows what a pager's outputs would do.
import { test } from "uvu";
import * as assert from "uvu/assert";
import { spokenCue } from "../../firmware/core/cue-words.ts";
import {
  type CueLine,
  cueLengthMs,
  isOnAt,
  momentOf,
  untilChangeMs,
  withCue,
} from "../../tools/desk/panel/cue-player.ts";

test("steps are on, off, on, and nothing before the start or after the end", () => {
  const steps = [100, 50, 200];
  assert.equal(
    [-1, 0, 99, 100, 149, 150, 349, 350].map((atMs) => isOnAt(steps, atMs)),
    [false, true, true, false, false, true, true, false],
  );
});

test("the steady light of a cue stays after it, and is not shown in its gaps", () => {
  const cue = spokenCue("taken");
  const [onMs] = cue.light.steps;
  assert.is(momentOf(cue, 0).light, "green");
  assert.is(momentOf(cue, onMs).light, "off", "a gap between two pulses is dark");
  assert.is(momentOf(cue, cueLengthMs(cue)).light, "green");
  assert.is(momentOf(spokenCue("closed"), 60_000).light, "off");
});

test("light may blink on while vibration is one long pulse", () => {
  const cue = spokenCue("raised");
  const gapMs = cue.light.steps[0];
  assert.equal(momentOf(cue, gapMs), { light: "off", vibrating: true, sounding: true });
});

test("redrawing at each change shows every edge of every cue, and then stops", () => {
  for (const name of ["tick", "raised", "taken", "checkinDelivered"] as const) {
    const cue = spokenCue(name);
    let atMs = 0;
    for (let waitMs = untilChangeMs(cue, 0); waitMs !== -1; waitMs = untilChangeMs(cue, atMs)) {
      assert.ok(waitMs > 0, `${name} stands still at ${atMs}`);
      assert.equal(momentOf(cue, atMs + waitMs - 1), momentOf(cue, atMs), `${name} before an edge`);
      atMs += waitMs;
    }
    assert.is(atMs, cueLengthMs(cue));
  }
});

test("the same cue again raises a count, another one stands on top, and the log stays short", () => {
  let log: CueLine[] = [];
  for (let i = 0; i < 5; i++) log = withCue(log, spokenCue("tick"), i);
  log = withCue(log, spokenCue("raised"), 9);
  assert.equal(
    log.map(({ name, times, atMs }) => ({ name, times, atMs })),
    [
      { name: "raised", times: 1, atMs: 9 },
      { name: "tick", times: 5, atMs: 4 },
    ],
  );
  for (let i = 0; i < 40; i++) log = withCue(log, spokenCue(i % 2 === 0 ? "tick" : "sending"), i);
  assert.is(log.length, 8);
});

test.run();
