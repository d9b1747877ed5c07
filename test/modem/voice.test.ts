// Calls by voice through the driver: dialled, picked up, ended; and datagrams that go on beside them.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { abilities } from "../../firmware/core/abilities.ts";
import {
  FAULT_NAMES,
  FAULTS,
  type FaultName,
  scriptFaults,
  seedFaults,
} from "../../tools/simulator/faults.ts";
import type { Callee } from "../../tools/simulator/modem-voice-state.ts";
import { createWorld, type World, type WorldOptions } from "./world.ts";

const SECOND = 1000;
const MINUTE = 60000;
const DESK = "+8610086000001";
const SOMEBODY = "+8613800000001";
const STRANGER = "+8613999999999";
const NOBODY: Callee = { answersMs: -1, talksMs: 0 };
const PERSON: Callee = { answersMs: 8 * SECOND, talksMs: 30 * SECOND };

test.before.each(() => {
  abilities.voice = true;
});
test.after.each(() => {
  abilities.voice = false;
});

/** In an alarm, on a board whose modem calls; at each number is this one. */
function readyWorld(callee: Callee = PERSON, options: WorldOptions = {}): World {
  const world = createWorld({ ...options, modem: { callee: () => callee, ...options.modem } });
  world.urgent(true);
  world.start();
  assert.ok(world.runUntil(10 * MINUTE, () => world.radioState() === "ready") !== undefined);
  pass(world, 2 * SECOND);
  return world;
}

const told = (world: World) =>
  world.inputs.flatMap((input) => (input.kind === "call" ? [input.state] : []));
const callers = (world: World) =>
  world.inputs.flatMap((input) => (input.kind === "incoming" ? [input.number] : []));
const pass = (world: World, ms: number) => world.clock.advanceBy(ms);

/** What the driver wrote of these commands. */
const wrote = (world: World, ...names: string[]) =>
  world.writes.flatMap(({ text }) =>
    names.some((name) => text.startsWith(`AT${name}`)) ? [text.slice(2, -1)] : [],
  );

/** The core in small: picks up for this number. */
function pickUpFor(world: World, number: string): void {
  world.runUntil(30 * SECOND, () => callers(world).includes(number));
  world.answer(number);
}

test("a call rings, is picked up and ends, and each is told once", () => {
  const world = readyWorld();
  world.dial(DESK);
  pass(world, 5 * SECOND);
  assert.equal(told(world), [], "ringing is no news");
  world.runUntil(MINUTE, () => told(world).length > 0);
  pass(world, 20 * SECOND);
  assert.equal(told(world), ["answered"]);
  world.runUntil(MINUTE, () => told(world).length > 1);
  assert.equal(told(world), ["answered", "ended"]);
  assert.equal(wrote(world, "D", "H"), [`D${DESK};`]);
  assert.equal(world.modem.violations, []);
});

test("datagrams go on while it rings and while somebody talks, each within a second", () => {
  const world = readyWorld();
  world.dial(DESK);
  let most = 0;
  for (let round = 0; round < 40; round++) {
    most = Math.max(most, world.deliver(`beside ${round}`, MINUTE) ?? MINUTE);
    pass(world, SECOND);
  }
  assert.ok(most < SECOND, `${most} ms`);
  assert.equal(told(world), ["answered", "ended"]);
});

test("a datagram goes before a call that is to be dialled in the same moment", () => {
  const world = readyWorld();
  world.runUntil(MINUTE, () => world.writes.at(-1)?.text === "AT+CPMS?\r");
  world.dial(DESK);
  world.send("first");
  pass(world, 2 * SECOND);
  const acts = wrote(world, "D", "+QISENDEX").map((text) => text.charAt(0));
  assert.equal(acts, ["+", "D"]);
});

test("another number ends a call that still rings, and what became of the first is no news", () => {
  const world = readyWorld(NOBODY);
  world.dial(DESK);
  pass(world, 10 * SECOND);
  world.dial(SOMEBODY);
  pass(world, 10 * SECOND);
  assert.equal(wrote(world, "D", "H"), [`D${DESK};`, "H", `D${SOMEBODY};`]);
  assert.equal(told(world), []);
  assert.is(world.modem.calls[0].number, SOMEBODY);
  assert.equal(world.modem.violations, []);
});

test("nobody is hung up on who picked up in the moment when another number is to be dialled [R-20]", () => {
  const world = readyWorld(PERSON);
  world.dial(DESK);
  // Picked up between two looks: what was seen last still rang.
  world.runUntil(MINUTE, () => world.modem.calls[0]?.state === 0);
  assert.equal(told(world), []);
  world.dial(SOMEBODY);
  pass(world, 5 * SECOND);
  assert.equal(told(world), ["answered"]);
  assert.equal(wrote(world, "D", "H"), [`D${DESK};`]);
  world.dial(SOMEBODY);
  pass(world, 5 * SECOND);
  assert.equal(
    told(world),
    ["answered", "answered"],
    "said again: somebody believes that it rings",
  );
  assert.equal(world.modem.violations, []);
});

test("who calls is told with each ring, and picked up when the core says so [R-30]", () => {
  const world = readyWorld();
  world.modem.callIn(SOMEBODY);
  pass(world, 12 * SECOND);
  assert.ok(callers(world).length >= 3, "an alarm may be raised while it rings");
  assert.equal([...new Set(callers(world))], [SOMEBODY]);
  assert.equal(wrote(world, "A"), [], "not by itself");
  world.answer(SOMEBODY);
  world.runUntil(MINUTE, () => told(world).length > 0);
  assert.equal(told(world), ["answered"]);
  assert.ok(world.deliver("beside", MINUTE) !== undefined, "data goes on");
  world.modem.farEndEnds();
  pass(world, 3 * SECOND);
  assert.equal(told(world), ["answered", "ended"]);
});

test("a stranger who calls where a listed one has just stopped is not picked up [R-30]", () => {
  const world = readyWorld();
  world.modem.callIn(SOMEBODY);
  world.runUntil(MINUTE, () => callers(world).length > 0);
  world.modem.farEndEnds();
  world.modem.callIn(STRANGER);
  world.answer(SOMEBODY);
  pass(world, 2 * SECOND);
  assert.equal(wrote(world, "A"), []);
  assert.equal(told(world), []);
  assert.is(callers(world).at(-1), STRANGER);
});

test("a list that can't be had is nothing to act on: who was just picked up stays", () => {
  let broken = 0;
  const world = readyWorld(PERSON, {
    onSerial: (text) =>
      broken > 0 && text.includes("+CLCC:") && broken-- > 0 ? "\r\nERROR\r\n" : text,
  });
  world.modem.callIn(SOMEBODY);
  world.runUntil(MINUTE, () => callers(world).length > 0);
  world.answer(SOMEBODY);
  world.dial(DESK);
  world.runUntil(MINUTE, () => wrote(world, "A").length > 0);
  broken = 1;
  pass(world, 5 * SECOND);
  assert.is(broken, 0);
  assert.equal(told(world), ["answered"]);
  assert.equal(wrote(world, "D", "H"), []);
  assert.equal(world.modem.violations, []);
});

test("a modem that refuses two numbers in a row can't call, and datagrams go on", () => {
  const world = readyWorld(PERSON, { modem: { callee: undefined } });
  world.dial(DESK);
  pass(world, 10 * SECOND);
  assert.equal(told(world), ["failed"], "it may be noise on the line");
  world.dial(SOMEBODY);
  pass(world, 10 * SECOND);
  assert.equal(told(world), ["failed", "unable"]);
  assert.ok(world.deliver("beside", MINUTE) !== undefined);
  assert.equal(world.modem.violations, []);
});

test("a number waits for the network and goes when the alarm is over", () => {
  for (const open of [true, false]) {
    const world = readyWorld();
    world.modem.setCoverage(false);
    world.runUntil(MINUTE, () => world.radioState() !== "ready");
    world.dial(DESK);
    pass(world, 20 * SECOND);
    world.urgent(open);
    world.modem.setCoverage(true);
    pass(world, MINUTE);
    assert.equal(wrote(world, "D"), open ? [`D${DESK};`] : []);
  }
});

test("no rung of the ladder restarts the modem while somebody talks [design §4]", () => {
  const world = readyWorld(
    { answersMs: 5 * SECOND, talksMs: -1 },
    { onSerial: (text) => text.replace("SEND OK", "") },
  );
  world.dial(DESK);
  world.runUntil(MINUTE, () => told(world).length > 0);
  // Datagrams find no way, as on a network that stops them for a call.
  for (let round = 0; round < 40; round++) {
    world.send(`into nothing ${round}`);
    pass(world, 6 * SECOND);
  }
  assert.is(world.modem.calls.length, 1);
  assert.equal(told(world), ["answered"]);
  assert.ok(world.inputs.some((input) => input.kind === "ladder" && input.failures === 3));
  assert.equal(wrote(world, "+CFUN=1,1"), []);
});

test("nothing rests while somebody talks, also when the alarm is over", () => {
  const world = readyWorld({ answersMs: 5 * SECOND, talksMs: -1 });
  world.dial(DESK);
  world.runUntil(MINUTE, () => told(world).length > 0);
  world.urgent(false);
  world.rest(0);
  pass(world, 10 * MINUTE);
  assert.is(world.modem.calls.length, 1);
  assert.equal(told(world), ["answered"]);
  world.modem.farEndEnds();
  pass(world, 10 * MINUTE);
  assert.is(world.modem.power, "asleep", "and then it does");
});

test("a call that goes on is found behind a start of the processor alone", () => {
  const world = readyWorld({ answersMs: 5 * SECOND, talksMs: -1 });
  world.dial(DESK);
  world.runUntil(MINUTE, () => told(world).length > 0);
  world.modem.processorRestarts();
  world.restart();
  world.urgent(true);
  world.dial(SOMEBODY);
  pass(world, MINUTE);
  assert.equal(told(world), ["answered", "answered"]);
  assert.equal(wrote(world, "D", "H"), [`D${DESK};`]);
  assert.equal(world.modem.violations, []);
});

test("a modem that starts anew has lost its call: said once, and the next number is dialled", () => {
  for (const talks of [true, false]) {
    const faults = scriptFaults([{ name: "brownOut" }, { name: "callEndOld", skip: 1 }]);
    const world = readyWorld(talks ? { answersMs: 3000, talksMs: -1 } : NOBODY, { faults });
    world.dial(DESK);
    pass(world, 10 * SECOND);
    world.send("breaks the supply");
    pass(world, MINUTE);
    assert.equal(told(world), talks ? ["answered", "ended"] : ["failed"]);
    world.dial(SOMEBODY);
    pass(world, 20 * SECOND);
    assert.equal(wrote(world, "D"), [`D${DESK};`, `D${SOMEBODY};`]);
    assert.is(faults.counts.callEndOld, 1);
  }
});

test("a modem that hangs in a call is restarted all the same, and its call is over", () => {
  const faults = scriptFaults([{ name: "hung", afterMs: MINUTE }]);
  const world = readyWorld({ answersMs: 3000, talksMs: -1 }, { faults, modem: { power: "on" } });
  world.dial(DESK);
  world.runUntil(MINUTE, () => told(world).length > 0);
  pass(world, MINUTE);
  assert.is(faults.counts.hung, 1);
  assert.equal(told(world), ["answered", "ended"], "before it is there again");
  assert.ok(world.deliver("behind it", 5 * MINUTE) !== undefined);
});

/** Under each fault: what is told of a call to somebody who picks up, and whether it is one's own. */
const ROW: Partial<Record<FaultName, string[]>> = {
  callBusy: ["failed"],
  callUnanswered: ["failed"],
  callVoicemail: ["answered", "ended"],
  callRefused: ["failed"],
  callHeld: ["failed"],
  callDropped: ["answered", "ended"],
  callListedLate: ["answered", "ended"],
  callEndOld: ["answered", "ended"],
};

for (const [name, expected] of Object.entries(ROW) as [FaultName, string[]][]) {
  test(`row 11, ${name}: ${expected.join(", ")}, and datagrams go on`, () => {
    const faults = scriptFaults([{ name, skip: name === "callEndOld" ? 1 : 0 }]);
    const world = readyWorld(PERSON, { faults });
    world.dial(DESK);
    for (let round = 0; round < 10; round++) {
      assert.ok(world.deliver(`beside ${round}`, MINUTE) !== undefined);
      pass(world, 10 * SECOND);
    }
    assert.is(faults.counts[name], 1);
    assert.equal(told(world), expected);
    assert.equal(wrote(world, "D", "H"), [`D${DESK};`]);
    assert.equal(world.modem.violations, []);
  });
}

test("row 11, callerWithheld: the core is told of somebody without a number", () => {
  const world = readyWorld(PERSON, { faults: scriptFaults([{ name: "callerWithheld" }]) });
  world.modem.callIn(SOMEBODY);
  pass(world, 10 * SECOND);
  assert.equal([...new Set(callers(world))], [""]);
});

test("row 11, ringInAnswer: each answer is still the command's own", () => {
  const faults = scriptFaults([{ name: "ringInAnswer", times: 20 }]);
  const world = readyWorld(PERSON, { faults });
  world.modem.callIn(SOMEBODY);
  for (let round = 0; round < 10; round++) {
    assert.ok(world.deliver(`beside ${round}`, MINUTE) !== undefined);
  }
  pickUpFor(world, SOMEBODY);
  world.runUntil(MINUTE, () => told(world).length > 0);
  assert.equal(told(world), ["answered"]);
  assert.ok(faults.counts.ringInAnswer > 10);
  assert.equal(world.modem.violations, []);
});

test("in any climate datagrams get through beside calls, and nobody is hung up on", () => {
  const struck = new Set<FaultName>();
  for (let seed = 1; seed <= 40; seed++) {
    // A list that noise has cut is believed.
    const faults = seedFaults(seed, ["octetLost", "octetDoubled"]);
    const world = createWorld({ faults, seed, modem: { callee: () => PERSON } });
    world.urgent(true);
    world.start();
    for (let round = 0; round < 6; round++) {
      const tookMs = world.deliver(`datagram ${round}`, 20 * MINUTE);
      assert.ok(tookMs !== undefined, `seed ${seed}: datagram ${round} did not get through`);
      if (round % 2 === 0) world.modem.callIn(SOMEBODY);
      pass(world, 7 * SECOND);
      if (round % 4 === 0) world.answer(SOMEBODY);
      world.dial(round % 3 === 0 ? DESK : SOMEBODY);
      pass(world, 50 * SECOND);
      world.modem.farEndEnds();
    }
    assert.equal(world.modem.violations, [], `seed ${seed}`);
    for (const name of FAULT_NAMES) if (faults.counts[name] > 0) struck.add(name);
  }
  assert.equal(
    FAULT_NAMES.filter((name) => FAULTS[name].row === 11 && !struck.has(name)),
    [],
  );
});

test("every fault of row 11 has its story here", () => {
  const row = FAULT_NAMES.filter((name) => FAULTS[name].row === 11);
  assert.equal(row.sort(), [...Object.keys(ROW), "callerWithheld", "ringInAnswer"].sort());
});

test.run();
