// The simulated wearer: what the finger does and for how long, where the wearer is, the charger.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createGround, TOLD_EVERY_M } from "../../tools/simulator/storm/ground.ts";
import type { Hand, Place } from "../../tools/simulator/storm/hand.ts";
import { WORKS } from "../../tools/simulator/storm/stir.ts";
import { startWearer } from "../../tools/simulator/storm/wearer.ts";
import type { Seen } from "../../tools/simulator/storm/world-event.ts";
import { DAY_MS, givenWeather, HOUR_MS, MINUTE_MS, type Rates } from "./given-weather.ts";

type Spot = Pick<Extract<Seen, { kind: "ground" }>, "latitude" | "longitude">;

function metresBetween(one: Spot, other: Spot): number {
  const shrink = Math.cos((one.latitude / 1e7) * (Math.PI / 180));
  const east = (one.longitude - other.longitude) * shrink;
  return Math.hypot(one.latitude - other.latitude, east) * (111320 / 1e7);
}

interface Edge {
  atMs: number;
  down: boolean;
}

function wearerIn(rates: Rates, seed?: number) {
  const given = givenWeather(rates, seed);
  const { clock, chance, weather } = given;
  const beganMs = clock.nowMs();
  const edges: Edge[] = [];
  const places: { atMs: number; place: Place }[] = [];
  const charges: { atMs: number; on: boolean }[] = [];
  const feels: { atMs: number; what: number }[] = [];
  const seen: Seen[] = [];
  const atMs = () => clock.nowMs() - beganMs;
  const state = { keyDown: false, charging: false };
  const hand: Hand = {
    id: "p1",
    batteryMv: 4000,
    get keyDown() {
      return state.keyDown;
    },
    setKey(down) {
      assert.is.not(down, state.keyDown, "an edge that is none");
      state.keyDown = down;
      edges.push({ atMs: atMs(), down });
    },
    feel: (what) => void feels.push({ atMs: atMs(), what }),
    setPlace(place) {
      places.push({ atMs: atMs(), place });
      ground.setPlace(place);
    },
    get charging() {
      return state.charging;
    },
    setCharging(on) {
      state.charging = on;
      charges.push({ atMs: atMs(), on });
    },
  };
  const see = (event: Seen) => void seen.push(event);
  const ground = createGround({ clock, chance, weather, see, id: "p1", cares: true });
  const wearer = startWearer({ clock, chance, weather, hand, ground });
  const calm = () => {
    weather.calm();
    wearer.calm();
  };
  return { ...given, edges, places, charges, feels, seen, ground, hand, calm };
}

/** How long each press was, and how long the key was up before it. */
function pressesOf(edges: readonly Edge[]): { ms: number; gapMs: number; atMs: number }[] {
  const presses = [];
  for (let at = 0; at + 1 < edges.length; at += 2) {
    const [down, up] = [edges[at], edges[at + 1]];
    const gapMs = at === 0 ? Infinity : down.atMs - edges[at - 1].atMs;
    presses.push({ ms: up.atMs - down.atMs, gapMs, atMs: down.atMs });
  }
  return presses;
}

const within = (ms: number, from: number, to: number) => ms >= from && ms <= to;

for (const [name, from, to] of [
  ["wearerShort", 800, 2700],
  ["wearerHold", 3300, 6000],
  ["wearerMinute", 60_000, 60_000],
  ["wearerClick", 80, 500],
] as const) {
  test(`${name} is one press of ${from} to ${to} ms`, () => {
    const world = wearerIn({ [name]: 36_000 });
    world.clock.advanceBy(100 * DAY_MS);
    const lengths = pressesOf(world.edges).map(({ ms }) => ms);
    assert.ok(within(lengths.length, 150, world.counts[name]), `${lengths.length}`);
    assert.ok(lengths.every((ms) => within(ms, from, to)));
    assert.ok(Math.max(...lengths) >= to - (to - from) / 10);
    assert.ok(Math.min(...lengths) <= from + (to - from) / 10);
  });
}

test("wearerTwice is two holds, one to five seconds between them", () => {
  const world = wearerIn({ wearerTwice: 36_000 });
  world.clock.advanceBy(100 * DAY_MS);
  const presses = pressesOf(world.edges);
  assert.ok(presses.length > 200 && presses.length % 2 === 0);
  assert.ok(presses.every(({ ms }) => within(ms, 3300, 6000)));
  assert.ok(presses.every(({ gapMs }, at) => at % 2 === 0 || within(gapMs, 1000, 5000)));
});

test("wearerClicks is one to five clicks that count as one gesture", () => {
  const world = wearerIn({ wearerClicks: 36_000 });
  world.clock.advanceBy(100 * DAY_MS);
  const trains: number[] = [];
  for (const { ms, gapMs } of pressesOf(world.edges)) {
    assert.ok(within(ms, 80, 500));
    if (gapMs > 5000) trains.push(1);
    else {
      assert.ok(within(gapMs, 150, 450));
      trains[trains.length - 1]++;
    }
  }
  assert.equal([...new Set(trains)].sort(), [1, 2, 3, 4, 5]);
});

test("there is one finger: an act that begins while it is busy is left out", () => {
  const world = wearerIn({ wearerMinute: 100, wearerShort: 100, wearerTwice: 100 });
  world.clock.advanceBy(DAY_MS);
  world.calm();
  const presses = pressesOf(world.edges).slice(0, -1);
  const { wearerMinute, wearerShort, wearerTwice } = world.counts;
  const wanted = wearerMinute + wearerShort + 2 * wearerTwice;
  assert.ok(within(presses.length, 0.3 * wanted, 0.7 * wanted));
  for (const { ms } of presses) {
    assert.ok(ms === 60_000 || within(ms, 800, 2700) || within(ms, 3300, 6000), `${ms} ms`);
  }
});

test("a key that bounces flips within 20 ms and rests at the level that was wanted", () => {
  const world = wearerIn({ wearerHold: 3600, wearerBounce: 1 });
  world.clock.advanceBy(30 * DAY_MS);
  const bursts: Edge[][] = [];
  for (const edge of world.edges) {
    const burst = bursts.at(-1);
    if (burst === undefined || edge.atMs - burst[0].atMs > 20) bursts.push([edge]);
    else burst.push(edge);
  }
  assert.is(bursts.length, world.counts.wearerBounce);
  bursts.forEach((burst, at) => {
    assert.is(burst.at(-1)?.down, at % 2 === 0);
    const gaps = burst.slice(1).map((edge, i) => edge.atMs - burst[i].atMs);
    assert.ok(gaps.every((ms) => within(ms, 3, 8)));
    if (at % 2 === 1) assert.ok(within(burst[0].atMs - bursts[at - 1][0].atMs, 3300, 6000));
  });
  assert.equal([...new Set(bursts.map((burst) => burst.length))].sort(), [3, 5]);
});

test("a lift takes one to ten minutes and leads back to where the wearer was", () => {
  const world = wearerIn({ wearerLift: 3000, wearerWalk: 9000 });
  world.clock.advanceBy(30 * DAY_MS);
  const { places } = world;
  let rides = 0;
  let fromStreet = 0;
  for (let at = 1; at + 1 < places.length; at++) {
    if (places[at].place !== "lift") continue;
    const next = places[at + 1];
    rides++;
    assert.ok(within(next.atMs - places[at].atMs, MINUTE_MS, 10 * MINUTE_MS));
    if (next.place === "street") fromStreet++;
    assert.is.not(next.place, "lift");
  }
  assert.ok(rides > 500 && fromStreet > 20 && fromStreet < rides / 2);
});

test("a walk takes ten minutes to three hours under the open sky, and ends at home", () => {
  const world = wearerIn({ wearerWalk: 9000 });
  world.clock.advanceBy(30 * DAY_MS);
  const { places, seen, ground } = world;
  assert.ok(places.length > 200);
  places.forEach(({ place }, at) => {
    assert.is(place, at % 2 === 0 ? "street" : "home");
    if (at % 2 === 0) return;
    assert.ok(within(places[at].atMs - places[at - 1].atMs, 10 * MINUTE_MS, 3 * HOUR_MS));
  });
  const way = seen.flatMap((event) => (event.kind === "ground" ? [event] : []));
  const farM = way.map((spot) => metresBetween(spot, ground.home));
  for (const [fromM, toM] of [
    [5, 250],
    [400, 1600],
    [2000, 9000],
  ]) {
    assert.ok(farM.some((metres) => within(metres, fromM, toM)));
  }
  assert.ok(Math.max(...farM) < 9100);
  const steps = way.slice(1).map((spot, at) => metresBetween(spot, way[at]));
  assert.ok(Math.max(...steps) <= TOLD_EVERY_M + 1, "the truth is told step by step");
});

test("what the receiver says lies within what it says of itself, but for jumps of seconds", () => {
  const world = wearerIn({ wearerWalk: 9000, fixJump: 0.1 });
  let jumps = 0;
  let fixes = 0;
  world.clock.advanceBy(HOUR_MS);
  for (let at = 0; at < 50_000; at++) {
    world.clock.advanceBy(10_000);
    const fix = world.ground.gnss.fixAt(world.clock.nowMs());
    if (fix === undefined) continue;
    fixes++;
    const said = { latitude: fix.latitude * 1e7, longitude: fix.longitude * 1e7 };
    const wrongM = metresBetween(said, world.ground.at());
    if (wrongM > Math.max(10, 5 * fix.hdop)) jumps++;
  }
  assert.ok(fixes > 1000);
  assert.is(jumps, world.counts.fixJump);
  assert.ok(jumps > 5);
});

test("who walks is felt each minute of it, and the sensor says each half hour that it works", () => {
  const world = wearerIn({ wearerWalk: 20_000 });
  const moves = () => world.feels.filter(({ what }) => what < WORKS).length;
  let walked = 0;
  for (let minute = 0; minute < (20 * DAY_MS) / MINUTE_MS; minute++) {
    const before = moves();
    const wasMoving = world.ground.isMoving;
    world.clock.advanceBy(MINUTE_MS);
    if (!wasMoving || !world.ground.isMoving) continue;
    walked++;
    assert.ok(moves() > before, `minute ${minute}`);
  }
  assert.ok(walked > 100);
  assert.is(world.feels.filter(({ what }) => what === WORKS).length, 20 * 48 + 1);
});

test("a fall is felt, and half of them are taken back by one click", () => {
  const world = wearerIn({ wearerFall: 36_000 });
  world.clock.advanceBy(100 * DAY_MS);
  const falls = world.feels.filter(({ what }) => what === 3);
  const clicks = pressesOf(world.edges);
  const back = falls.filter(({ atMs }) =>
    clicks.some((click) => within(click.atMs - atMs, 2000, 30_000)),
  );
  assert.ok(falls.length > 150);
  assert.is(back.length, clicks.length);
  assert.ok(within(back.length / falls.length, 0.4, 0.6));
});

test("who lies still is felt by nobody for half an hour to five hours, and stirs else", () => {
  const world = wearerIn({ wearerStill: 36_000, wearerHold: 3000 });
  world.clock.advanceBy(100 * DAY_MS);
  const moves = world.feels.filter(({ what }) => what < WORKS);
  const gaps = moves.slice(1).map(({ atMs }, at) => atMs - moves[at].atMs);
  const long = gaps.filter((ms) => ms > 11 * MINUTE_MS);
  assert.ok(long.length > 100);
  assert.ok(long.every((ms) => within(ms, 30 * MINUTE_MS, 620 * MINUTE_MS)));
  assert.ok(Math.min(...gaps) >= MINUTE_MS);
});

test("in eight hours of sleep nothing is touched and nobody walks", () => {
  const world = wearerIn({
    wearerSleep: 30_000,
    wearerTwice: 300,
    wearerClicks: 300,
    wearerWalk: 3000,
    wearerLift: 3000,
  });
  world.clock.advanceBy(100 * DAY_MS);
  const { places, edges } = world;
  const nights = places.flatMap(({ place, atMs }, at) =>
    place === "bed" && at + 1 < places.length ? [{ atMs, next: places[at + 1] }] : [],
  );
  assert.ok(nights.length > 100);
  for (const { atMs, next } of nights) {
    assert.equal(next, { atMs: atMs + 8 * HOUR_MS, place: "home" });
    assert.not.ok(edges.some((edge) => edge.atMs > atMs && edge.atMs < next.atMs));
  }
});

test("in a quiet climate only the charger is put on in the evening and taken off", () => {
  const world = wearerIn({});
  world.clock.advanceBy(3 * DAY_MS);
  assert.equal([world.edges, world.places], [[], []]);
  assert.equal(
    world.charges.map(({ atMs, on }) => [atMs / HOUR_MS, on]),
    [21, 31, 45, 55, 69].map((hour, at) => [hour, at % 2 === 0]),
  );
});

test("the charger is forgotten for the nights that the weather says", () => {
  const world = wearerIn({ wearerForgets: 0.5 });
  world.clock.advanceBy(100 * DAY_MS);
  const nights = world.charges.filter(({ on }) => on);
  assert.is(nights.length + world.counts.wearerForgets, 100);
  assert.ok(within(nights.length, 30, 70));
  for (const { atMs } of nights) assert.is(atMs % DAY_MS, 21 * HOUR_MS);
});

test("once it is calm there is one hold and one click, at home and on the charger", () => {
  const rates = { wearerMinute: 90, wearerSleep: 20_000, wearerWalk: 3000, wearerLift: 3000 };
  const touched = { midPress: 0, away: 0 };
  for (let seed = 1; seed <= 30; seed++) {
    const world = wearerIn({ ...rates, wearerBounce: 0.5, wearerForgets: 1 }, seed);
    world.clock.advanceBy(DAY_MS + seed * 977_003);
    if (world.hand.keyDown) touched.midPress++;
    if (world.places.length > 0 && world.places.at(-1)?.place !== "home") touched.away++;
    world.calm();
    assert.not.ok(world.hand.keyDown);
    assert.ok(world.hand.charging);
    const before = { edges: world.edges.length, places: world.places.length };
    const calmMs = DAY_MS + seed * 977_003;
    world.clock.advanceBy(5 * DAY_MS);
    const [hold, click, ...more] = pressesOf(world.edges.slice(before.edges));
    assert.equal(more, []);
    assert.ok(within(hold.atMs - calmMs, 16 * MINUTE_MS, 16 * MINUTE_MS + 10_000));
    assert.is(hold.ms, 3500);
    assert.ok(within(click.ms, 80, 500));
    assert.is(click.gapMs, 4 * MINUTE_MS);
    assert.is(world.places.length, before.places);
    assert.is(world.places.at(-1)?.place ?? "home", "home");
    assert.equal(world.charges.at(-1), { atMs: calmMs, on: true });
  }
  assert.ok(touched.midPress > 3 && touched.away > 3, JSON.stringify(touched));
});

test("a key that bounces when it becomes calm is up and stays up", () => {
  let bouncing = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const world = wearerIn({ wearerHold: 3600, wearerBounce: 1 }, seed);
    while (world.edges.length < 2 + (seed % 4)) world.clock.advanceToNext();
    if (world.clock.nextInMs <= 8) bouncing++;
    world.calm();
    const count = world.edges.length;
    world.clock.advanceBy(30_000);
    assert.not.ok(world.hand.keyDown);
    assert.is(world.edges.length, count);
  }
  assert.ok(bouncing > 10);
});

test("one seed is one life, and another seed another", () => {
  const rates = { wearerHold: 900, wearerClicks: 900, wearerBounce: 0.5, wearerWalk: 9000 };
  const lives = [7, 7, 8].map((seed) => {
    const world = wearerIn(rates, seed);
    world.clock.advanceBy(5 * DAY_MS);
    return JSON.stringify([world.edges, world.places, world.charges]);
  });
  assert.is(lives[0], lives[1]);
  assert.is.not(lives[0], lives[2]);
});

test.run();
