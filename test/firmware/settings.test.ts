// Settings: bounds, all or nothing, versions; a cut at any stroke of a change; a way that fails.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { abilities } from "../../firmware/core/abilities.ts";
import { numberOf, settingKeys, textOf } from "../../firmware/core/settings.ts";
import { finish, newWriter } from "../../protocol/cbor.ts";
import { isFault } from "../../protocol/fault.ts";
import { writeCells } from "../../protocol/list-codec.ts";
import { decodeMessage } from "../../protocol/message-codec.ts";
import { READ_SETTINGS, SETTINGS } from "../../protocol/messages.ts";
import { NUMBER_BOUNDS, NUMBERS, RELATIONS, SETTING_NAMES } from "../../protocol/settings.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { change, ids, knownWorld, type Row, resultOf } from "./known-world.ts";
import { PowerCut } from "./storage.ts";
import type { World } from "./world.ts";

const DONE = 0;
const REFUSED = 2;
const MINUTE_MS = 60_000;

const snapshot = (world: World) => JSON.stringify(world.state.settings);

test.before(() => {
  abilities.motion = true;
});
test.after(() => {
  abilities.motion = false;
});

test("each number takes its bounds and nothing beyond them", () => {
  const world = knownWorld();
  const { settings } = world.state;
  for (let key = 1; key <= NUMBERS; key++) {
    const [min, max] = NUMBER_BOUNDS.slice(3 * key - 3);
    for (const value of [min - 1, max + 1]) {
      const before = snapshot(world);
      const id = change(world, settings.version + 1, [key, value]);
      world.run(1000);
      assert.equal(resultOf(world, id), [REFUSED, key], `${key} = ${value}`);
      assert.is(snapshot(world), before);
    }
    const related = RELATIONS.includes(key) && key !== 0;
    if (related && key > 1) continue;
    for (const value of [min, max]) {
      const id = change(world, settings.version + 1, [key, value]);
      world.run(1000);
      assert.equal(resultOf(world, id), [DONE, 0], `${key} = ${value}`);
      assert.is(numberOf(world.state, key), value);
    }
  }
  assert.equal(world.platform.complaints, []);
});

const TEXTS: [key: number, good: string[], bad: string[]][] = [
  [
    64,
    ["", "1.2.3.4:5683", "255.255.255.255:65535"],
    ["1.2.3:5", "1.2.3.4", "1.2.3.4:0", "1.2.3.4:65536", "256.1.1.1:1", "a.b.c.d:1", "1.2.3.4:5:6"],
  ],
  [66, ["", "cmnbiot", "a-b.c9", "x".repeat(63)], ['a"b', "a b", "a\r", "x".repeat(64), "é"]],
  [
    67,
    ["", "+861", "+86".padEnd(21, "1")],
    ["861", "+", "+86", "+86".padEnd(22, "1"), "+86a1", "+86 1"],
  ],
  [
    78,
    ["", "a:1", "pager.example:5683", "x-9.example:65535", `${"x".repeat(58)}:65535`],
    [
      "x",
      "x:",
      ":5683",
      "x:0",
      "x:65536",
      "x:99999999999",
      "x:5a",
      "x:1:2",
      'x"y:5',
      "x y:5",
      "é:5",
    ],
  ],
  [79, ["", "1.2.3.4:5683"], ["pager.example:5683", "1.2.3.4", ":5683"]],
  [
    80,
    ["", "http://a/b", `http://${"x".repeat(56)}/`],
    ["http://a/b c", "http://a/b\r", "http://é/"],
  ],
];

test("each text takes what it stands for, and nothing that could end a command of the modem", () => {
  for (const [key, good, bad] of TEXTS) {
    for (const value of bad.filter((one) => one !== "+86")) {
      const world = knownWorld();
      const before = snapshot(world);
      const id = change(world, 1, [key, value]);
      world.run(1000);
      assert.equal(resultOf(world, id), [REFUSED, key], `${key} = ${value}`);
      assert.is(snapshot(world), before);
    }
    for (const value of good) {
      const world = knownWorld();
      const id = change(world, 1, [key, value]);
      world.run(60_000);
      assert.equal(resultOf(world, id), [DONE, 0], `${key} = ${value}`);
      assert.is(textOf(world.state, key), value);
    }
  }
});

test("a setting of another type or of no known key is refused, and its key is said", () => {
  const world = knownWorld();
  for (const row of [
    [1, "3000"],
    [64, 5],
    [0, 1],
    [26, 1],
    [63, 1],
    [81, "x"],
    [255, 0],
  ] as Row[]) {
    const id = change(world, 1, row);
    world.run(1000);
    assert.equal(resultOf(world, id), [REFUSED, row[0]]);
  }
  assert.is(world.state.settings.version, 0);
});

test("what breaks a relation between settings is refused with the key that breaks it", () => {
  const world = knownWorld();
  const cases: [Row[], number][] = [
    [[[9, 10]], 9],
    [[[10, 20]], 10],
    [[[11, 10]], 11],
    [[[6, 61]], 6],
    [
      [
        [7, 30],
        [6, 31],
      ],
      6,
    ],
    [[[13, 20]], 13],
    [[[14, 8]], 14],
  ];
  for (const [rows, key] of cases) {
    const before = snapshot(world);
    const id = change(world, 1, [1, 2000], ...rows);
    world.run(1000);
    assert.equal(resultOf(world, id), [REFUSED, key]);
    assert.is(snapshot(world), before);
  }
  const id = change(world, 1, [9, 50], [10, 30], [11, 15], [6, 600], [7, 600], [13, 23], [14, 24]);
  world.run(1000);
  assert.equal(resultOf(world, id), [DONE, 0]);
});

test("one bad row among good ones changes nothing", () => {
  const world = knownWorld();
  const before = snapshot(world);
  const id = change(world, 1, [1, 2000], [2, 7200], [3, 9], [67, "+861234"]);
  world.run(1000);
  assert.equal(resultOf(world, id), [REFUSED, 3]);
  assert.is(snapshot(world), before);
});

test("an old version is refused unless it says what holds already", () => {
  const world = knownWorld();
  const first = change(world, 7, [1, 2000]);
  const again = change(world, 7, [1, 2000]);
  const other = change(world, 7, [1, 2500]);
  const older = change(world, 3, [1, 2000], [2, 7200]);
  world.run(5000);
  assert.equal(
    [first, again, other, older].map((id) => resultOf(world, id)),
    [
      [DONE, 0],
      [DONE, 0],
      [REFUSED, 0],
      [REFUSED, 0],
    ],
  );
  assert.is(numberOf(world.state, 1), 2000);
  assert.is(world.state.settings.version, 7);
});

test("a beat says the version, and what was changed outlives a reset and a page turn", () => {
  const world = knownWorld();
  change(world, 9, [1, 1500], [73, "+8613800000000"], [12, -720]);
  world.run(1000);
  for (let turn = 0; turn < 3; turn++) {
    world.reboot();
    world.radio("ready");
    world.run(31_000);
    assert.is(numberOf(world.state, 1), 1500);
    assert.is(numberOf(world.state, 12), -720);
    assert.is(textOf(world.state, 73), "+8613800000000");
    const beats = world.platform.ofLetter("b");
    const last = beats[beats.length - 1].report as { settings?: number };
    assert.is(last.settings, 9);
    // So many positions fill the page that the journal goes on in the other one.
    for (let i = 0; i < 150; i++) {
      world.input({ kind: "fix", latitude: i * 100_000, longitude: 0, uncertaintyM: 10, timeS: 0 });
      world.run(3_700_000);
    }
  }
});

test("the hold takes as long as the setting says", () => {
  const world = knownWorld();
  change(world, 1, [1, 1000]);
  world.run(1000);
  world.press(1100);
  assert.ok(world.state.alarm.number > 0);
});

test("all settings at their longest fit one datagram, and their hash is right", () => {
  const world = knownWorld();
  const id = ids.next;
  ids.next += 1;
  change(world, 1, [66, "x".repeat(63)]);
  world.run(60_000);
  change(world, 2, ...[67, 68, 69, 70].map((key): Row => [key, "+".padEnd(21, "9")]));
  change(world, 3, ...[71, 72, 73].map((key): Row => [key, "+".padEnd(21, "9")]));
  world.run(1000);
  change(world, 4, [78, `${"x".repeat(58)}:65535`], [79, "253.255.255.255:65535"]);
  world.run(1000);
  change(world, 5, [64, "255.255.255.255:65535"], [65, "254.255.255.255:65535"]);
  world.run(60_000);
  world.bring(world.platform.order(READ_SETTINGS, { id }));
  world.run(1000);
  const [said] = world.platform.ofLetter("p");
  const values = decodeMessage(nodeMachine, SETTINGS, said.payload);
  if (isFault(values)) throw values;
  assert.is(values.id, id);
  assert.is(values.settings, 5);
  const keys = values.list.filter((_, i) => i % 2 === 0);
  assert.equal(
    keys,
    SETTING_NAMES.map(({ key }) => key),
  );
  assert.equal(keys, settingKeys());
  assert.ok(said.payload.length < 600, `${said.payload.length} octets`);
  const writer = newWriter(nodeMachine, 64);
  writeCells(writer, values.list);
  const encoded = finish(nodeMachine, writer);
  const sum = nodeMachine.sha256(encoded) as Uint8Array;
  assert.equal([...(values.hash as Uint8Array)], [...sum.slice(0, 8)]);
  assert.equal(resultOf(world, id), [DONE, 0]);
});

test("a cut at any stroke of a change leaves the old settings or the new ones, and the result comes", () => {
  let cuts = 0;
  for (let cutAt = 0; ; cutAt++) {
    const world = knownWorld();
    const id = ids.next;
    world.storage.cutAt = world.storage.strokes + cutAt;
    let cut = false;
    try {
      change(world, 1, [1, 2000], [3, 60], [68, "+8613812345678"]);
      world.run(1000);
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      cut = true;
    }
    ids.next = id + 1;
    if (cut) {
      cuts += 1;
      world.reboot();
      const values = [numberOf(world.state, 1), numberOf(world.state, 3), textOf(world.state, 68)];
      const isNew = world.state.settings.version === 1;
      assert.equal(values, isNew ? [2000, 60, "+8613812345678"] : [3000, 30, ""], `cut ${cutAt}`);
      world.radio("ready");
      world.run(MINUTE_MS);
      if (resultOf(world, id) === undefined) {
        world.run(43_300_000);
      }
    }
    assert.equal(resultOf(world, id), [DONE, 0], `cut ${cutAt}`);
    assert.is(numberOf(world.state, 1), 2000);
    assert.equal(world.platform.pending, [], `cut ${cutAt}`);
    assert.equal(world.platform.complaints, []);
    if (!cut) break;
  }
  assert.ok(cuts > 20, `${cuts} cuts`);
});

test("rows of a change that was cut do not count with the next one", () => {
  const world = knownWorld();
  world.storage.cutAt = world.storage.strokes + 9;
  try {
    change(world, 1, [1, 1000], [2, 7200], [3, 600]);
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
  }
  world.platform.pending = [];
  world.reboot();
  world.radio("ready");
  world.run(31_000);
  change(world, 2, [4, 60]);
  world.run(1000);
  world.reboot();
  assert.equal(
    [1, 2, 3, 4].map((key) => numberOf(world.state, key)),
    [3000, 43200, 30, 60],
  );
});

test.run();
