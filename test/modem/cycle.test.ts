// In an alarm every radio technology and every operator is tried in turn [pager §2.6].
// Driver and simulated modem; the air and the operators are those of the world.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { scriptFaults } from "../../tools/simulator/faults.ts";
import { createWorld, type World, type WorldOptions } from "./world.ts";

const MINUTE = 60000;
const HOUR = 60 * MINUTE;
const ready = (world: World) => () => world.radioState() === "ready";
const scans = (world: World) =>
  world.writes.flatMap(({ text }) => /"(nwscanmode|iotopmode)",\d,1/.exec(text)?.[0] ?? []);
const byHand = (world: World) =>
  world.writes.flatMap(({ text }) => /^AT\+COPS=(1,.*|\?)/.exec(text)?.[1] ?? []);

function alarmWorld(options: WorldOptions): World {
  const world = createWorld(options);
  world.start();
  world.urgent(true);
  return world;
}

for (const [air, limitMin] of [
  ["gsm", 1],
  ["nb", 3],
] as const) {
  test(`an alarm finds a network where only ${air} is on the air, in ${limitMin + 1} minutes [pager §2.6]`, () => {
    const world = alarmWorld({ modem: { air } });
    assert.ok(world.runUntil((limitMin + 1) * MINUTE, ready(world)) !== undefined, "not found");
    assert.ok(world.deliver("help", MINUTE) !== undefined);
    assert.equal(world.modem.violations, []);
    assert.equal(world.pulses, [600], "no restart was needed");
  });
}

test("an alarm that the first operator refuses goes to another one, by hand [pager §2.6]", () => {
  const world = alarmWorld({ modem: { refused: true } });
  assert.ok(world.runUntil(6 * MINUTE, ready(world)) !== undefined);
  assert.equal(byHand(world), ["?", '1,2,"46000"', '1,2,"46001"']);
  assert.ok(world.deliver("help", MINUTE) !== undefined);
  assert.equal(world.modem.violations, []);
});

test("without an alarm no other technology and no operator is tried", () => {
  const world = createWorld({ modem: { air: "nb" } });
  world.start();
  world.runUntil(HOUR, () => false);
  assert.equal(scans(world), ['"iotopmode",0,1']);
  assert.equal(byHand(world), []);
});

test("an alarm that begins in the midst of a long search is not kept waiting by it", () => {
  const world = createWorld({ modem: { air: "nb" } });
  world.start();
  world.runUntil(3 * MINUTE, () => false);
  assert.is(world.radioState(), "searching");
  world.urgent(true);
  assert.ok(world.runUntil(70000, ready(world)) !== undefined);
});

test("where nothing is on the air all plans are gone through, each round longer, and the ladder climbed", () => {
  const world = alarmWorld({});
  world.modem.setCoverage(false);
  world.runUntil(3 * HOUR, () => false);
  assert.ok(byHand(world).length > 3);
  const rounds = world.writes.flatMap(({ text, atMs }) => (text.includes("+COPS=?") ? [atMs] : []));
  assert.ok(rounds[2] - rounds[1] > rounds[1] - rounds[0]);
  assert.ok(world.writes.some(({ text }) => text.startsWith("AT+CFUN=1,1")));
  assert.ok(world.pulses.includes(700));
  const gaps = world.writes.slice(1).map((write, at) => write.atMs - world.writes[at].atMs);
  assert.ok(Math.max(...gaps) < 150000, "longer than a list of operators may take");
  world.modem.setCoverage(true);
  assert.ok(world.runUntil(10 * MINUTE, ready(world)) !== undefined);
  assert.equal(world.modem.violations, []);
});

const told = (world: World) =>
  world.inputs.flatMap((input) => (input.kind === "ladder" ? [input.failures] : []));

test("each plan of an alarm is told, and a start goes on with the one that was told last [pager §2.6]", () => {
  const world = alarmWorld({});
  world.modem.setCoverage(false);
  world.runUntil(3.5 * MINUTE, () => false);
  assert.equal(told(world), [4, 8, 12]);
  const next = createWorld({ modem: { air: "nb" } });
  next.start(told(world)[1]);
  next.urgent(true);
  assert.ok(next.runUntil(MINUTE, ready(next)) !== undefined, "begun anew");
  assert.equal(scans(next), ['"nwscanmode",3,1', '"iotopmode",1,1']);
  assert.equal(told(next), []);
});

test("a start in the midst of the operators goes on behind the last technology", () => {
  const world = alarmWorld({ modem: { refused: true } });
  assert.ok(world.runUntil(6 * MINUTE, ready(world)) !== undefined);
  const last = told(world).at(-1) as number;
  assert.is(last - (last % 4), 12);
  const next = createWorld({ modem: { refused: true } });
  next.start(last);
  next.urgent(true);
  assert.ok(next.deliver("help", 4 * MINUTE) !== undefined);
  assert.ok(byHand(next).includes('1,2,"46001"'));
});

test("a network that was found stays when the alarm is over, and its loss leads back to the set-up", () => {
  const world = alarmWorld({ modem: { air: "nb" } });
  assert.ok(world.runUntil(4 * MINUTE, ready(world)) !== undefined);
  world.urgent(false);
  world.runUntil(HOUR, () => false);
  assert.is(world.radioState(), "ready");
  const before = scans(world).length;
  world.modem.setCoverage(false);
  world.runUntil(20 * MINUTE, () => false);
  assert.equal(scans(world).slice(before), ['"nwscanmode",0,1', '"iotopmode",0,1']);
});

test("a network that needs three minutes is waited for, in an alarm as well", () => {
  const world = alarmWorld({ modem: { timing: { registerMs: 180000 } } });
  assert.ok(world.runUntil(HOUR, ready(world)) !== undefined);
});

for (const name of ["airOther", "homeRefuses"] as const) {
  test(`${name}: an alarm gets through while it lasts`, () => {
    const faults = scriptFaults([{ name, afterMs: MINUTE }]);
    const world = alarmWorld({ faults });
    assert.ok(world.runUntil(MINUTE, ready(world)) !== undefined);
    world.runUntil(3 * MINUTE, () => faults.counts[name] > 0);
    assert.ok(world.runUntil(1000, () => world.radioState() === "searching") !== undefined);
    const tookMs = world.deliver("help", 6 * MINUTE);
    assert.ok(tookMs !== undefined && tookMs < 345000, String(tookMs));
  });
}

test.run();
