// The network's cell on the platform: in event and row, its place by a developer's function, and when none counts.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { AlarmRow } from "../../sdk/care/alarms.ts";
import type { Cell, CellPlace } from "../../sdk/events.ts";
import { cellOf } from "../../sdk/gateway/cell-octets.ts";
import type { Platform, PlatformOptions } from "../../sdk/platform.ts";
import { type AddedPager, closeRigs, eventsOf, openRig, type Rig } from "./rig.ts";

const octets = (hex: string) => Uint8Array.from(Buffer.from(hex, "hex"));
const HERE = octets("4704e0029a7df4");
const THERE = octets("4704e0001a2b3c");
const CELL: Cell = { radio: "lteM", mcc: "460", mnc: "00", id: 0x29a7df4 };
const PLACE: CellPlace = { latitude: 366_512_345, longitude: 1_170_345_678, uncertaintyM: 1500 };
const OLD = { latitude: 366_000_000, longitude: 1_170_000_000, uncertaintyM: 20, ageS: 3600 };
const FRESH = { ...OLD, ageS: 0 };

test.after.each(closeRigs);

async function scene(change: Partial<PlatformOptions> = {}) {
  const rig = await openRig(change);
  const pager = await rig.addPager();
  return { rig, pager };
}

/** Until the log holds so many places of cells. */
async function located(platform: Platform, count = 1): Promise<void> {
  let left = count;
  for await (const event of platform.events({ after: 0 })) {
    if (event.kind === "alarmLocated") left -= 1;
    if (left === 0) return;
  }
}

const rowOf = async ({ platform }: Rig) => (await platform.alarms.list())[0];

async function say(rig: Rig, pager: AddedPager, letter: "s" | "r", values: object): Promise<void> {
  await rig.deliver(pager.report(letter, { number: 7, ...values }).bytes);
}

for (const [hex, cell] of [
  ["4704e0029a7df4", CELL],
  ["14baf456507df4", { radio: "gsm", mcc: "310", mnc: "004", area: 0x5650, id: 0x7df4 }],
  ["6704e0ffffffff", { radio: "nbIot", mcc: "460", mnc: "00", id: 4_294_967_295 }],
  ["8704e0029a7df4", undefined],
  ["4fffff029a7df4", undefined],
] as const) {
  test(`${hex} is ${cell === undefined ? "no cell that is known" : JSON.stringify(cell)} [wire §6]`, () => {
    assert.equal(cellOf(octets(hex)), cell);
  });
}

test("a cell stands in the event and in the alarm's row, and the alarm is answered like any other", async () => {
  const { rig, pager } = await scene();
  const said = pager.report("s", { number: 7, cell: HERE });
  await rig.deliver(said.bytes);
  assert.ok(pager.open(said, rig.takeSent()[0].bytes));
  const raised = (await eventsOf(rig)).find(({ kind }) => kind === "alarmRaised");
  assert.ok(raised?.kind === "alarmRaised");
  assert.equal(raised.report.cell, CELL);
  const row = await rowOf(rig);
  assert.equal(row.cell, { ...CELL, atMs: row.raisedAtMs });
  assert.equal(row.positions, []);
});

test("the place of a cell is stored behind the alarm as a position from cells, and asked once", async () => {
  const asked: Cell[] = [];
  const locateCell = async (cell: Cell) => {
    asked.push(cell);
    return PLACE;
  };
  const { rig, pager } = await scene({ locateCell });
  await say(rig, pager, "s", { cell: HERE });
  await located(rig.platform);
  await say(rig, pager, "r", { cell: HERE, battery: 50 });
  await say(rig, pager, "r", { cell: THERE });
  await located(rig.platform, 2);
  assert.equal(asked, [CELL, { ...CELL, id: 0x1a2b3c }]);
  const { positions, cell } = await rowOf(rig);
  const place = { ...PLACE, source: "cells", ageS: 0 };
  assert.equal(
    positions.map(({ atMs, ...position }) => position),
    [place, place],
  );
  assert.is(cell?.located, true);
});

test("an alarm waits for nobody who looks a cell up, and one that is never found stands as it is", async () => {
  const { rig, pager } = await scene({ locateCell: () => new Promise(() => undefined) });
  const said = pager.report("s", { number: 7, cell: HERE });
  await rig.deliver(said.bytes);
  assert.ok(pager.open(said, rig.takeSent()[0].bytes));
  assert.equal((await rowOf(rig)).positions, []);
});

test("a place that comes behind a newer fix is not stored", async () => {
  let tell = (_place: CellPlace): void => undefined;
  const faults: unknown[] = [];
  const locateCell = (): Promise<CellPlace> =>
    new Promise((resolve) => {
      tell = resolve;
    });
  const { rig, pager } = await scene({ locateCell, onFault: (error) => void faults.push(error) });
  await say(rig, pager, "s", { cell: HERE });
  await rig.pass(30_000);
  await say(rig, pager, "r", FRESH);
  tell(PLACE);
  await rig.pass(1000);
  const { positions, cell } = await rowOf(rig);
  assert.equal([positions.map(({ source }) => source), cell], [["satellites"], undefined]);
  assert.equal(faults, []);
});

test("what gives no place, or fails, is told to the developer and leaves the alarm with its cell", async () => {
  for (const locateCell of [
    () => ({ ...PLACE, latitude: 36.65 }),
    () => ({ ...PLACE, uncertaintyM: 0 }),
    () => Promise.reject(new Error("no database")),
  ]) {
    let told: () => void = () => undefined;
    const fault = new Promise<void>((resolve) => {
      told = resolve;
    });
    const { rig, pager } = await scene({ locateCell, onFault: () => told() });
    await say(rig, pager, "s", { cell: HERE });
    await fault;
    const row = await rowOf(rig);
    assert.equal([row.positions, row.cell?.located, row.cell?.id], [[], undefined, CELL.id]);
  }
});

test("a cell that nobody could look up before is looked up at the next start", async () => {
  const { rig, pager } = await scene({ locateCell: () => undefined });
  await say(rig, pager, "s", { cell: HERE });
  await rig.restart({ locateCell: () => PLACE });
  await located(rig.platform);
  assert.is((await rowOf(rig)).positions.length, 1);
});

test("a cell stands beside an old fix or one of unknown age, and goes with a fresh one", async () => {
  const { rig, pager } = await scene();
  const { ageS, ...undated } = OLD;
  for (const [values, id] of [
    [{ ...OLD, cell: HERE }, CELL.id],
    [OLD, CELL.id],
    [undated, CELL.id],
    [{}, CELL.id],
    [FRESH, undefined],
  ] as const) {
    await rig.pass(30_000);
    await say(rig, pager, "r", values);
    assert.is((await rowOf(rig)).cell?.id, id, JSON.stringify(values));
  }
  assert.is((await rowOf(rig)).positions.length, 4, "none is lost [R-18]");
});

test("an alarm by another carrier that says its cell says something new", async () => {
  const { rig, pager } = await scene();
  await say(rig, pager, "s", {});
  const bytes = pager.report("s", { number: 7, cell: HERE }).bytes;
  await rig.deliverFrom({ carrier: "sms", address: "+8613800000001", port: 0 }, bytes);
  assert.is((await rowOf(rig)).cell?.id, CELL.id);
});

test("the API's document knows the cell of an alarm, and its route gives it", async () => {
  const { rig, pager } = await scene();
  await say(rig, pager, "s", { cell: HERE });
  const token = await rig.platform.createToken("test");
  const headers = { authorization: `Bearer ${token}` };
  const got = await rig.app.request("/api/alarms", { headers });
  const [alarm] = (await got.json()) as AlarmRow[];
  assert.is(alarm.cell?.id, CELL.id);
  const page = await rig.app.request("/openapi.json", { headers });
  const { components } = (await page.json()) as {
    components: { schemas: { Cell: { required: string[] } } };
  };
  assert.equal(components.schemas.Cell.required, ["radio", "mcc", "mnc", "id", "atMs"]);
});

test.run();
