// Asks the developer where the cells of open alarms are, behind the log; an answer becomes a position.
// Never holds an alarm back, asks no network of its own, and takes no answer over a newer fix.

import { LATITUDE_MAX, LONGITUDE_MAX } from "../protocol/limits.ts";
import { stateFact } from "./desk-acts.ts";
import { OnekeyError } from "./error.ts";
import type { Cell, CellPlace } from "./events.ts";
import type { Feed } from "./feed.ts";
import type { Commits } from "./gateway/commits.ts";
import type { Store } from "./store/store.ts";

/** By a database or a service of the developer's; undefined where it knows nothing of the cell. */
export type LocateCell = (cell: Cell) => CellPlace | undefined | Promise<CellPlace | undefined>;

export interface LocatorParts {
  store: Store;
  feed: Feed;
  commits: Commits;
  locateCell: LocateCell;
  /** The developer's function failed: the alarm stands, with the cell alone. */
  fault(error: unknown): void;
}

/** Begins with the alarms that are open; returns what ends it. */
export async function startLocator(parts: LocatorParts): Promise<() => void> {
  const asked = new Set<string>();
  let over = false;

  const ask = async (alarm: string, cell: Cell): Promise<void> => {
    // Once a cell of an alarm while its answer is awaited: a slow service is not flooded.
    const key = `${alarm} ${JSON.stringify(cell)}`;
    if (asked.has(key)) return;
    asked.add(key);
    try {
      const place = await parts.locateCell(cell);
      if (place === undefined || over) return;
      await stateFact(parts.commits, { kind: "locate", alarm, cell, place: checked(place) });
    } catch (error) {
      if (!over) parts.fault(error);
    } finally {
      asked.delete(key);
    }
  };

  const follow = async (cursor: number): Promise<void> => {
    for await (const event of parts.feed.after(cursor)) {
      if (!("alarm" in event) || !("report" in event)) continue;
      if (event.report.cell !== undefined) void askFor(event.alarm).catch(parts.fault);
    }
  };

  /** By the row: what was located already is not asked again. */
  const askFor = async (alarm: string): Promise<void> => {
    const cell = (await parts.store.alarm(alarm))?.cell;
    if (cell === undefined || cell.located === true) return;
    const { atMs, located, ...said } = cell;
    await ask(alarm, said);
  };

  const cursor = await parts.store.lastSeq();
  for (const row of await parts.store.alarms(0)) void askFor(row.id).catch(parts.fault);
  follow(cursor).catch((error: unknown) => (over ? undefined : parts.fault(error)));
  return () => {
    over = true;
  };
}

// internal

/** What a function of another's says is looked at before it is stored. */
function checked({ latitude, longitude, uncertaintyM }: CellPlace): CellPlace {
  const isPlace =
    Number.isInteger(latitude) &&
    Number.isInteger(longitude) &&
    Math.abs(latitude) <= LATITUDE_MAX &&
    Math.abs(longitude) <= LONGITUDE_MAX &&
    Number.isFinite(uncertaintyM) &&
    uncertaintyM > 0;
  if (isPlace) return { latitude, longitude, uncertaintyM };
  throw new OnekeyError(
    "bad-input",
    "locateCell gives whole numbers of 1e-7 degree (366512345) and metres above 0.",
  );
}
