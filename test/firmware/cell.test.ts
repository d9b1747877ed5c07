// The network's cell in what a pager reports: where no satellite was seen, and nowhere else.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { toHex } from "../../protocol/bytes.ts";
import { readyWorld, type World } from "./world.ts";

const CELL = "4704e0029a7df4";
const MINUTE_MS = 60000;

function cellOf(world: World, letter: string): string | undefined {
  const cell = world.platform.ofLetter(letter).pop()?.report.cell;
  return cell === undefined ? undefined : toHex(cell);
}

function fix(world: World): void {
  const place = { latitude: 261000000, longitude: 1177000000, uncertaintyM: 20, timeS: 0 };
  world.input({ kind: "fix", ...place });
}

function checkIn(world: World): string | undefined {
  world.press(100);
  world.run(1000);
  return cellOf(world, "c");
}

test("a call for help without a position says the cell [N-12]", () => {
  const world = readyWorld();
  world.input({ kind: "cell", cell: CELL });
  world.press(3100);
  world.run(1000);
  assert.is(cellOf(world, "s"), CELL);
  assert.is(world.platform.ofLetter("s")[0].report.latitude, undefined);
});

test("a position of ten minutes is fresh, and no cell stands beside it; beside an older one it does", () => {
  const world = readyWorld();
  world.input({ kind: "cell", cell: CELL });
  fix(world);
  assert.is(checkIn(world), undefined);
  world.run(9 * MINUTE_MS);
  assert.is(checkIn(world), undefined);
  world.run(2 * MINUTE_MS);
  assert.is(checkIn(world), CELL);
  assert.is(world.platform.ofLetter("c").pop()?.report.latitude, 261000000);
  fix(world);
  assert.is(checkIn(world), undefined);
});

test("each kind of report says it behind its own fields", () => {
  const world = readyWorld();
  world.input({ kind: "cell", cell: CELL });
  world.input({ kind: "concern", letter: "Z", detail: 2 });
  world.run(1000);
  assert.is(cellOf(world, "Z"), CELL);
  assert.equal(Object.entries(world.platform.ofLetter("Z")[0].report).slice(-2)[0], ["zone", 2]);
  world.input({ kind: "concern", letter: "N", detail: 14400 });
  world.run(40000);
  assert.is(cellOf(world, "N"), CELL);
  world.press(3100);
  world.run(40000);
  assert.is(cellOf(world, "s"), CELL);
  world.press(3100);
  world.run(40000);
  assert.is(cellOf(world, "m"), CELL);
});

test("what is said leaves with the cell of that moment, and with none behind a lost registration", () => {
  const world = readyWorld();
  world.input({ kind: "cell", cell: CELL });
  assert.is(checkIn(world), CELL);
  world.input({ kind: "cell", cell: "4704e0001a2b3c" });
  assert.is(checkIn(world), "4704e0001a2b3c");
  world.input({ kind: "cell", cell: "" });
  assert.is(checkIn(world), undefined);
});

test("a cell is not kept: behind a start none is known until the radio tells it", () => {
  const world = readyWorld();
  world.input({ kind: "cell", cell: CELL });
  world.run(MINUTE_MS);
  world.reboot();
  world.run(MINUTE_MS);
  assert.is(checkIn(world), undefined);
});

test.run();
