// Commands: one result each, kept across resets; what waits while an alarm is open; what is nobody's.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { COMMANDS_MAX } from "../../firmware/core/limits.ts";
import type { Declaration, Values } from "../../protocol/declaration.ts";
import { isFault } from "../../protocol/fault.ts";
import { decodeMessage, encodeMessage } from "../../protocol/message-codec.ts";
import * as messages from "../../protocol/messages.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { knownWorld } from "./known-world.ts";
import { PowerCut } from "./storage.ts";
import type { World } from "./world.ts";

const DONE = 0;
const UNKNOWN = 1;
const REFUSED = 2;
const FAILED = 3;
const BUSY = 4;
const MINUTE_MS = 60_000;
const { LOCATE, READ_SETTINGS, RESTART, SEND_LOG, UPDATE, CHANGE_SETTINGS } = messages;

function resultsOf(world: World, id: number): number[][] {
  const said = world.platform.ofLetter("o").filter(({ report }) => report.number === id);
  return said.map(({ report }) => [report.what ?? 0, report.outcome ?? 0, report.detail ?? 0]);
}

function fix(world: World, latitude: number): void {
  world.input({ kind: "fix", latitude, longitude: 5, uncertaintyM: 20, timeS: 200000100 });
}

test("a command that comes again is not done again and gets the same result [wire §4.5]", () => {
  const world = knownWorld();
  world.bring(world.platform.order(RESTART, { id: 7 }));
  world.run(1000);
  for (let i = 0; i < 3; i++) {
    world.bring(world.platform.order(RESTART, { id: 7 }));
    world.run(30_000);
  }
  assert.is(world.restarts, 1);
  assert.ok(resultsOf(world, 7).length >= 2);
  for (const result of resultsOf(world, 7)) assert.equal(result, [RESTART.word, DONE, 0]);
});

test("a restart comes behind its result on flash, once, whatever stroke is cut", () => {
  for (let cutAt = 0; ; cutAt++) {
    const world = knownWorld();
    world.storage.cutAt = world.storage.strokes + cutAt;
    let cut = false;
    try {
      world.bring(world.platform.order(RESTART, { id: 7 }));
      world.run(1500);
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      cut = true;
    }
    world.restarts = 0;
    // The pager starts anew: by the cut, or because it was asked to.
    world.reboot();
    const isKept = world.state.commands.length > 0;
    world.radio("ready");
    world.run(44_000_000);
    assert.equal(resultsOf(world, 7)[0], [RESTART.word, DONE, 0], `cut ${cutAt}`);
    assert.is(world.restarts, isKept ? 0 : 1, `cut ${cutAt}: ${world.restarts}`);
    assert.equal(world.platform.pending, [], `cut ${cutAt}`);
    if (!cut) break;
  }
});

test("a restart waits for an alarm that was raised before it, and for the key", () => {
  const world = knownWorld();
  world.input({ kind: "key", down: true });
  world.bring(world.platform.order(RESTART, { id: 7 }));
  world.run(3500);
  world.input({ kind: "key", down: false });
  world.run(5 * MINUTE_MS);
  assert.is(world.restarts, 0);
  world.bring(world.platform.close(world.platform.alarms[0]));
  world.run(5000);
  assert.is(world.restarts, 1);
});

test("without its result in the journal no restart is begun", () => {
  const world = knownWorld();
  world.storage.broken.add(2);
  world.storage.broken.add(3);
  world.bring(world.platform.order(RESTART, { id: 7 }));
  world.run(5000);
  assert.is(world.restarts, 0);
});

test("the last commands are remembered across resets, and no result is forgotten before it is said", () => {
  const world = knownWorld();
  for (let id = 1; id <= COMMANDS_MAX; id++) {
    world.bring(
      world.platform.order(UPDATE, {
        id,
        firmware: 2,
        octets: 1,
        hash: new Uint8Array(32),
      }),
    );
    world.run(1000);
  }
  assert.equal(resultsOf(world, 1), [[UPDATE.word, REFUSED, 1]]);
  world.reboot();
  assert.equal(
    world.state.commands.map(({ id }) => id),
    [1, 2, 3, 4, 5, 6, 7, 8],
  );
  world.radio("ready");
  world.run(31_000);
  world.up = false;
  for (let id = 11; id < 11 + 2 * COMMANDS_MAX; id++) {
    world.bring(world.platform.order(READ_SETTINGS, { id }));
    world.run(10);
  }
  assert.ok(world.state.outbox.length <= 16);
  world.up = true;
  world.run(44_000_000);
  const ids = world.platform.ofLetter("o").map(({ report }) => report.number ?? 0);
  for (const { report } of world.platform.ofLetter("o")) {
    const isKnown = report.what === UPDATE.word ? report.outcome === REFUSED : !report.outcome;
    assert.ok(isKnown, `${report.number}`);
  }
  for (let id = 11; id < 11 + 2 * COMMANDS_MAX; id++) assert.ok(ids.includes(id), `${id}`);
});

test("what could hold back help waits while an alarm is open", () => {
  const world = knownWorld();
  world.hold();
  world.run(1000);
  const words = [6, 7, 10, 11, 12, 13, 15];
  for (const what of words) {
    world.bring(world.platform.say(what, 100 + what));
    world.run(1000);
    assert.equal(resultsOf(world, 100 + what), [[what, BUSY, 0]]);
  }
  assert.is(world.restarts, 0);
});

test("a result of a command whose id is an open alarm's number leaves that alarm open", () => {
  const world = knownWorld();
  world.hold();
  world.run(1000);
  const { number } = world.state.alarm;
  world.up = false;
  world.bring(world.platform.say(13, number));
  world.reboot();
  assert.is(world.state.alarm.stage, "delivered");
  assert.is(world.state.alarm.number, number);
});

test("a result of a command whose id is a closed alarm's number tells the wearer nothing behind a reset", () => {
  const world = knownWorld();
  world.hold();
  world.run(1000);
  world.bring(world.platform.close(world.platform.alarms[0]));
  world.run(MINUTE_MS);
  const { number } = world.state.alarm;
  world.up = false;
  world.bring(world.platform.order(messages.RING, { id: number, forS: 10 }));
  const told = world.cues().length;
  world.reboot();
  world.run(1000);
  assert.not(world.cues().slice(told).includes("closed"));
});

test("locate tells the first fix, and then a new one each time that the settings say", () => {
  const world = knownWorld();
  world.bring(world.platform.order(LOCATE, { id: 3, forS: 120 }));
  assert.is(world.state.locating, true);
  world.run(5000);
  assert.is(world.platform.ofLetter("t").length, 0);
  fix(world, 1000);
  world.run(1000);
  assert.equal(resultsOf(world, 3), [[LOCATE.word, DONE, 0]]);
  for (let i = 0; i < 12; i++) {
    fix(world, 2000 + i);
    world.platform.timeS += 10;
    world.run(10_000);
  }
  const points = world.platform.ofLetter("t");
  assert.ok(points.length >= 4 && points.length <= 6, `${points.length} points`);
  assert.is(points[0].report.latitude, 1000);
  assert.is(points[0].report.uncertaintyM, 20);
  world.run(10_000);
  assert.is(world.state.locating, false);
  assert.is(resultsOf(world, 3).length, 1);
});

test("locate without any fix has failed when its time is over", () => {
  const world = knownWorld();
  world.bring(world.platform.order(LOCATE, { id: 3 }));
  world.run(299_000);
  assert.equal(resultsOf(world, 3), []);
  world.run(2000);
  assert.equal(resultsOf(world, 3), [[LOCATE.word, FAILED, 0]]);
  assert.is(world.state.locating, false);
});

test("an update is refused with the reason that this pager takes none", () => {
  const world = knownWorld();
  world.bring(
    world.platform.order(UPDATE, { id: 4, firmware: 2, octets: 9, hash: new Uint8Array(32) }),
  );
  world.run(1000);
  assert.equal(resultsOf(world, 4), [[UPDATE.word, REFUSED, 1]]);
});

test("a word of a newer version gets the result that it is not known", () => {
  const world = knownWorld();
  world.bring(world.platform.say(22, 4));
  world.run(1000);
  assert.equal(resultsOf(world, 4), [[22, UNKNOWN, 0]]);
});

const HASH = new Uint8Array(32);
const GOOD = [
  { what: LOCATE.word, id: 90, forS: 86400 },
  { what: SEND_LOG.word, id: 91, octets: 8192 },
  { what: READ_SETTINGS.word, id: 92 },
  { what: UPDATE.word, id: 93, firmware: 3, octets: 4, hash: HASH },
  { what: CHANGE_SETTINGS.word, id: 94, settings: 5, list: [1, 2000, 67, Buffer.from("+861234")] },
];

test("a command cut short at any octet changes no setting and begins nothing", () => {
  for (const values of GOOD) {
    const declaration = messages.MESSAGES.find(
      (one) => one.direction === "down" && (one as { word?: number }).word === values.what,
    );
    assert.ok(declaration !== undefined);
    const whole = encodeMessage(
      nodeMachine,
      declaration as Declaration,
      values as unknown as Values<Declaration>,
    ) as Uint8Array;
    for (let length = 0; length < whole.length; length++) {
      const world = knownWorld();
      const before = JSON.stringify([world.state.settings, world.state.locate]);
      world.bring(world.platform.sayOctets(whole.slice(0, length)));
      world.run(1000);
      assert.is(JSON.stringify([world.state.settings, world.state.locate]), before);
      assert.is(world.restarts, 0);
      assert.equal(world.platform.complaints, []);
    }
  }
});

test("the log comes as rows, the newest that fit what was asked for", () => {
  const world = knownWorld();
  world.platform.tellsTime = false;
  for (let i = 0; i < 70; i++) {
    world.radio(i % 2 === 0 ? "searching" : "ready");
    world.run(1000);
  }
  for (const [id, octets] of [
    [5, 8192],
    [6, 100],
  ]) {
    world.bring(world.platform.order(SEND_LOG, { id, octets }));
    world.run(1000);
    const said = world.platform.ofLetter("g").find(({ payload }) => payload[1] === id);
    const values = decodeMessage(nodeMachine, messages.LOG, said?.payload ?? HASH);
    if (isFault(values)) throw values;
    const rows = values.rows as number[];
    assert.is(rows.length % 4, 0);
    assert.ok((said?.payload.length ?? 0) <= Math.min(octets, 900) + 4);
    assert.ok(rows.length > (octets > 100 ? 60 : 16), `${rows.length}`);
    const times = rows.filter((_, i) => i % 4 === 0);
    assert.equal(
      times,
      [...times].sort((a, b) => a - b),
    );
    assert.ok(times[times.length - 1] > 200000000);
  }
});

test.run();
