// Power is cut at every word of every write, and between any two effects, of a whole alarm.
// A wearer who holds until the cue is felt is never left alone, and never calls twice.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { toHex } from "../../protocol/bytes.ts";
import { PAGER_ENDS } from "./contexts.ts";
import { Platform } from "./platform.ts";
import { PowerCut, provisionedStorage, type Storage, storageWithRoom } from "./storage.ts";
import { World } from "./world.ts";

const FELT = ["raised", "sending", "delivered"];

interface Life {
  world: World;
  platform: Platform;
  keyDown: boolean;
  felt: boolean;
  taken: boolean;
  closed: boolean;
  cuts: number;
  /** Stroke of the next cut, asked at each start; -1 for none. */
  nextCut(): number;
}

/** What the wearer and the desk do next. */
function act(life: Life): void {
  const { world, platform } = life;
  life.felt = life.felt || world.cues().some((name) => FELT.includes(name));
  if (life.felt === life.keyDown) {
    life.keyDown = !life.felt;
    world.input({ kind: "key", down: life.keyDown });
  }
  const alarm = platform.alarms[0];
  if (alarm !== undefined && !life.taken) {
    life.taken = true;
    world.bring(platform.take(alarm));
  } else if (life.taken && !life.closed && platform.pending.length === 0) {
    life.closed = true;
    world.bring(platform.close(alarm));
  }
}

function start(life: Life, begin: () => void): void {
  try {
    begin();
    life.world.run(300);
    life.world.radio("ready");
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
    restart(life);
  }
}

function restart(life: Life): void {
  life.cuts += 1;
  start(life, () => {
    life.world.storage.cutAt = -1;
    const cutAt = life.nextCut();
    life.world.reboot(life.keyDown, cutAt);
  });
}

/** Lives until the alarm is closed and everything is delivered, and is cut on the way. */
function live(storage: Storage, nextCut: () => number, lost: () => boolean): Life {
  const platform = new Platform();
  storage.cutAt = nextCut();
  const world = new World({ storage, platform });
  world.lost = lost;
  const life: Life = {
    world,
    platform,
    keyDown: false,
    felt: false,
    taken: false,
    closed: false,
    cuts: 0,
    nextCut,
  };
  start(life, () => world.boot());
  for (let i = 0; i < 2000; i++) {
    try {
      act(life);
      world.run(500);
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      restart(life);
    }
    if (life.closed && platform.pending.length === 0 && world.state.outbox.length === 0) break;
  }
  return life;
}

/** One cut at most. */
function liveOnce(storage: Storage, cutAt: number): Life {
  const cuts = [cutAt];
  return live(
    storage,
    () => cuts.pop() ?? -1,
    () => false,
  );
}

/** The wearer's help came once, the pager knows it, and no nonce served twice. */
function expectWhole(life: Life, where: string): void {
  const { world, platform } = life;
  assert.is(platform.alarms.length, 1, `${where}: one alarm`);
  assert.is(world.state.alarm.stage, "closed", `${where}: closed`);
  assert.is(world.state.alarm.number, platform.alarms[0].number, `${where}: its number`);
  assert.equal(world.state.outbox, [], `${where}: nothing waits`);
  assert.equal(platform.pending, [], `${where}: each result is in`);
  assert.equal(platform.complaints, [], where);
  const cues = world.cues();
  assert.ok(cues.indexOf("taken") >= 0 && cues.indexOf("closed") >= 0, `${where}: told`);
}

test("a cut at any stroke of an alarm neither loses nor doubles it", () => {
  const whole = liveOnce(provisionedStorage(), -1);
  expectWhole(whole, "no cut");
  const strokes = whole.world.storage.strokes;
  assert.ok(strokes > 40, `${strokes} strokes`);
  for (let cutAt = 0; cutAt < strokes; cutAt++) {
    const life = liveOnce(provisionedStorage(), cutAt);
    assert.is(life.cuts, 1);
    expectWhole(life, `cut at stroke ${cutAt}`);
  }
});

test("a page turn cut at any stroke loses nothing, wherever in the alarm it falls", () => {
  let turns = 0;
  for (let room = 0; room < 120; room += 12) {
    const whole = liveOnce(storageWithRoom(room), -1);
    expectWhole(whole, `room ${room}`);
    turns += whole.world.count("erase");
    for (let cutAt = 0; cutAt < whole.world.storage.strokes; cutAt++) {
      expectWhole(liveOnce(storageWithRoom(room), cutAt), `room ${room}, cut at stroke ${cutAt}`);
    }
  }
  assert.ok(turns >= 9, `${turns} page turns`);
});

test("many cuts and a lossy air in one life lose nothing, from two hundred seeds", () => {
  let cuts = 0;
  for (let seed = 1; seed <= 200; seed++) {
    let chance = seed;
    const draw = (count: number) => {
      chance = (chance * 48271) % 2147483647;
      return chance % count;
    };
    const room = 4 * draw(100);
    let left = 5;
    const life = live(
      storageWithRoom(room),
      () => (left-- > 0 ? draw(70) : -1),
      () => draw(3) === 0,
    );
    cuts += life.cuts;
    expectWhole(life, `seed ${seed}`);
  }
  assert.ok(cuts > 300, `${cuts} cuts`);
});

test("an alarm that was told to the wearer is resumed by its number, not raised again", () => {
  const world = new World();
  world.boot();
  world.press(3000);
  const number = world.state.alarm.number;
  assert.equal(world.cues(), ["raised"]);
  world.reboot();
  assert.is(world.state.alarm.number, number);
  assert.is(world.state.alarm.stage, "sending");
  world.radio("ready");
  world.run(100);
  assert.equal(
    world.platform.alarms.map((alarm) => alarm.id),
    [`${toHex(PAGER_ENDS[0].senderId)}/${number}`],
  );
  assert.equal(world.cues(), ["raised", "sending", "delivered"]);
});

test("after a reset the wearer is told again where the alarm stands [pager §2.4]", () => {
  const world = new World();
  world.boot();
  world.radio("ready");
  world.platform.tellsTime = true;
  world.hold();
  world.run(30000);
  world.bring(world.platform.take(world.platform.alarms[0]));
  world.run(1000);
  world.reboot();
  assert.is(world.cues().pop(), "taken");
  assert.is(world.state.alarm.stage, "taken");
});

test("a further hold, a mistake, a check-in and a result that wait outlive a cut", () => {
  const world = new World();
  world.boot();
  world.radio("ready");
  world.press(200);
  world.run(1000);
  assert.is(world.platform.ofLetter("c").length, 1);
  world.platform.tellsTime = true;
  world.hold();
  world.run(30000);
  world.up = false;
  world.bring(world.platform.take(world.platform.alarms[0]));
  world.hold();
  for (let i = 0; i < 3; i++) {
    world.press(100);
    world.run(200);
  }
  world.run(1000);
  world.reboot();
  world.up = true;
  world.radio("ready");
  world.run(2000);
  assert.is(world.platform.ofLetter("m").length, 1);
  assert.is(world.platform.ofLetter("x").length, 1);
  assert.is(world.platform.ofLetter("o").length, 1);
  world.bring(world.platform.close(world.platform.alarms[0]));
  world.run(2000);
  world.up = false;
  world.press(200);
  world.run(1000);
  world.reboot();
  world.up = true;
  world.radio("ready");
  world.run(1000);
  assert.is(world.platform.ofLetter("c").length, 2);
  assert.is(world.state.outbox.length, 0);
  assert.equal(world.platform.complaints, []);
});

test("numbers are reserved on first need, not at boot: a hundred short boots write nothing [wire §1.4]", () => {
  const world = new World();
  world.boot();
  for (let i = 0; i < 100; i++) {
    world.run(200);
    world.reboot();
  }
  assert.is(world.count("write"), 0);
});

test.run();
