// The line to the virtual pagers of a demo; a platform without a demo has none. Knows no alarm.
import type { SpokenCue } from "../../../firmware/core/cue-words.ts";
import { makeStore, type Store } from "../store.ts";
import { type CueLine, withCue } from "./cue-player.ts";
import type { DemoCue, DemoPager, DemoState } from "./demo-shapes.ts";

export interface PlayedPager extends DemoPager {
  /** When the present cue began, by this computer's clock. */
  cueAtMs: number;
  log: CueLine[];
}

export interface DemoValue {
  pagers: PlayedPager[];
  /** The last press did not arrive. */
  failed: boolean;
}

export interface DemoLine {
  state: Store<DemoValue>;
  key(pager: string, down: boolean): Promise<void>;
}

/** The virtual pagers, or undefined where no demo runs or none answers. */
async function readPagers(): Promise<DemoPager[] | undefined> {
  const response = await fetch("/demo/pagers", { cache: "no-store" }).catch(() => undefined);
  const isJson = response?.headers.get("content-type")?.includes("json") === true;
  if (response?.ok !== true || !isJson) return undefined;
  return (await response.json()) as DemoPager[];
}

function withNewCue(pager: PlayedPager, cue: SpokenCue): PlayedPager {
  const cueAtMs = Date.now();
  return { ...pager, cue, cueAtMs, log: withCue(pager.log, cue, cueAtMs) };
}

/** Opens the line, or hands back undefined where no demo runs. */
export async function openDemo(): Promise<DemoLine | undefined> {
  const first = await readPagers();
  if (first === undefined) return undefined;
  // A cue from before this page is over: only its steady light is still to be seen.
  const played = (pager: DemoPager): PlayedPager => ({ ...pager, cueAtMs: 0, log: [] });
  const state = makeStore<DemoValue>({ pagers: first.map(played), failed: false });
  const change = (id: string, next: (pager: PlayedPager) => PlayedPager) =>
    state.set({ pagers: state.get().pagers.map((one) => (one.id === id ? next(one) : one)) });

  const source = new EventSource("/demo/events");
  source.addEventListener("cue", (event) => {
    const { pager, cue } = JSON.parse(event.data) as DemoCue;
    change(pager, (one) => withNewCue(one, cue));
  });
  source.addEventListener("state", (event) => {
    const { pager, ...changed } = JSON.parse(event.data) as DemoState;
    change(pager, (one) => ({ ...one, ...changed }));
  });
  // What happened while the line was cut is not told again: the present is read.
  source.onopen = async () => {
    for (const now of (await readPagers()) ?? []) change(now.id, (one) => ({ ...one, ...now }));
  };

  // One after the other: an edge up that overtook its edge down would hold the key for ever.
  let sent: Promise<void> = Promise.resolve();
  async function post(pager: string, down: boolean): Promise<void> {
    const answer = await fetch(`/demo/pagers/${encodeURIComponent(pager)}/key`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ down }),
    }).catch(() => undefined); // Not reached: the panel says so.
    state.set({ failed: answer?.ok !== true });
  }
  function key(pager: string, down: boolean): Promise<void> {
    sent = sent.then(() => post(pager, down));
    return sent;
  }

  return { state, key };
}
