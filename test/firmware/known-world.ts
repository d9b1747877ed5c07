// A pager that has shown that the platform speaks now, and changes of its settings by command.
// Says what came of a change; what should come of it is for the tests.

import * as assert from "uvu/assert";
import { CHANGE_SETTINGS } from "../../protocol/messages.ts";
import { readyWorld, type World } from "./world.ts";

const text = (value: string) => Buffer.from(value);
export type Row = [key: number, value: number | string];

/** Of commands: the next one takes it. */
export const ids = { next: 1 };

/** Asks for a change of these settings; the id of the command. */
export function change(world: World, version: number, ...rows: Row[]): number {
  const id = ids.next;
  ids.next += 1;
  const list = rows.flatMap(([key, value]) => [
    key,
    typeof value === "number" ? value : text(value),
  ]);
  world.bring(world.platform.order(CHANGE_SETTINGS, { id, settings: version, list }));
  return id;
}

/** The one result of a command; undefined while there is none. */
export function resultOf(world: World, id: number): [outcome: number, detail: number] | undefined {
  const all = world.platform.ofLetter("o").filter(({ report }) => report.number === id);
  // A cut may bring it once more, but never another one.
  for (const { payload } of all) assert.equal(payload, all[0].payload);
  return all.length === 0 ? undefined : [all[0].report.outcome ?? 0, all[0].report.detail ?? 0];
}

/** Ready, and shown that the platform speaks now. */
export function knownWorld(): World {
  const world = readyWorld();
  world.platform.tellsTime = true;
  world.run(31_000);
  assert.is(world.platform.ofLetter("b").length, 1);
  return world;
}
