// The line to the virtual pagers of a demo; a platform without a demo has none. Knows no alarm.
import type { Cue } from "../../../firmware/core/cues.ts";
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

function isJson(response: Response): boolean {
  return response.ok && (response.headers.get("content-type") ?? "").includes("json");
}

function withNewCue(pager: PlayedPager, cue: Cue): PlayedPager {
  const cueAtMs = Date.now();
  return { ...pager, cue, cueAtMs, log: withCue(pager.log, cue, cueAtMs) };
}

/** Opens the line, or hands back undefined where no demo runs. */
export async function openDemo(): Promise<DemoLine | undefined> {
  const response = await fetch("/demo/pagers", { cache: "no-store" });
  if (!isJson(response)) return undefined;
  const first = (await response.json()) as DemoPager[];
  const state = makeStore<DemoValue>({
    // A cue from before this page is over: only its steady light is still to be seen.
    pagers: first.map((pager) => ({ ...pager, cueAtMs: 0, log: [] })),
    failed: false,
  });
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

  async function key(pager: string, down: boolean): Promise<void> {
    const answer = await fetch(`/demo/pagers/${encodeURIComponent(pager)}/key`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ down }),
    }).catch(() => undefined); // Not reached: the panel says so below.
    state.set({ failed: answer?.ok !== true });
  }

  return { state, key };
}
