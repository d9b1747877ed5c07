// How the bounds of the core relate, and why.

import { test } from "uvu";
import * as assert from "uvu/assert";
import * as limits from "../../firmware/core/limits.ts";
import { EXCHANGE_MS } from "../../protocol/exchange.ts";
import { REPLAY_WINDOW } from "../../protocol/limits.ts";
import { NUMBER_BOUNDS, ZONE_SLACK_M_KEY } from "../../protocol/settings.ts";
import { ZONE_SPAN_MAX } from "../../protocol/zone-shape.ts";

/** Spans on a millisecond counter of 32 bits mean something up to half its range. */
const SPAN_MS_MAX = 2147483647;

test("every wait fits the millisecond counter", () => {
  for (const [name, value] of Object.entries(limits)) {
    assert.ok(Number.isInteger(value) && value >= 0 && value <= SPAN_MS_MAX, name);
  }
});

test("a click is told from bounce, a hold from a click, and a hold has a tick before it", () => {
  assert.ok(limits.BOUNCE_MS * 4 < limits.TICK_MS);
  assert.ok(limits.CLICK_QUIET_MS < NUMBER_BOUNDS[0]);
  assert.ok(limits.TICK_MS * 2 <= NUMBER_BOUNDS[0]);
});

test("three clicks are a check-in or a mistake, never both", () => {
  assert.is(limits.MISTAKE_CLICKS, limits.CHECKIN_CLICKS_MAX);
});

test("something leaves within 25 s of an open alarm, by poll or by the exchange under way", () => {
  assert.ok(limits.POLL_MS <= 25000);
  assert.ok(EXCHANGE_MS - 12000 <= 25000);
});

test("numbers reserved ahead outlast any failure that the platform still admits", () => {
  assert.ok(limits.RESERVE_COUNT_MIN >= 256);
  assert.ok(limits.RESERVE_COUNT >= 2 * limits.RESERVE_COUNT_MIN);
  assert.ok(limits.RESERVE_COUNT_MIN >= REPLAY_WINDOW);
  assert.ok(limits.NUMBERS_LEFT_MIN > limits.RESERVE_COUNT);
});

test("a page has room for all that waits, and for a whole alarm beside it", () => {
  const recordOctetsMax = 28;
  const factOctetsMax = (limits.OUTBOX_MAX + limits.HOLDS_MAX + 6) * recordOctetsMax;
  assert.ok(factOctetsMax + limits.ROOM_OCTETS_MIN < limits.PAGE_OCTETS);
  assert.ok(limits.ROOM_OCTETS_MIN - limits.CALL_OCTETS > 16 * recordOctetsMax);
  assert.ok(limits.CALL_OCTETS > 8 * 4 * 12);
});

test("a page has room for all points of a track beside all that waits", () => {
  const recordOctetsMax = 28;
  // Fifteen points of sixteen octets a record, and its head.
  const trackOctetsMax = (limits.TRACK_POINTS_MAX / 15 + 1) * (15 * 16 + 8);
  const others = (limits.OUTBOX_MAX + limits.HOLDS_MAX + 6) * recordOctetsMax;
  assert.ok(trackOctetsMax + others + limits.ROOM_OCTETS_MIN < limits.PAGE_OCTETS);
  assert.is(limits.TRACK_POINTS_MAX % 4, 0, "thinned by halves of halves");
});

test("the outbox keeps room for what an alarm needs while check-ins wait", () => {
  assert.ok(limits.CHECKINS_MAX + 4 < limits.OUTBOX_MAX);
});

test("what lies beyond a zone's reach is outside whatever its slack and the fix's uncertainty", () => {
  const slackMax = NUMBER_BOUNDS[3 * ZONE_SLACK_M_KEY - 2];
  assert.ok(limits.ZONE_REACH_M > slackMax + limits.FIX_M_MAX);
  assert.is(limits.ZONE_REACH_M, ZONE_SPAN_MAX);
  // A place within two reaches of the first corner; a corner of 0.1° more from that.
  const farthestM = 2 * limits.ZONE_REACH_M + (100 * ZONE_SPAN_MAX) / 90 + 1;
  assert.ok(2 * farthestM * farthestM < 2147483647);
});

test.run();
