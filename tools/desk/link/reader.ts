// Keeps the desk's rows equal to the platform's: reads, says when the link is down, reads again.
// Never acts on an alarm.

import type { DeskState } from "../desk-state.ts";
import { openAfter } from "../rules/queue.ts";
import type { Store } from "../store.ts";
import type { Api, Refusal } from "./api.ts";

export interface Reader {
  /** Reads everything again; calls during a reading are joined into one more. */
  refresh(): Promise<void>;
  /** Reads the person of the alarm on the right, once. */
  readPerson(): Promise<void>;
  linkUp(): void;
  linkDown(): void;
}

interface Parts {
  api: Api;
  state: Store<DeskState>;
  nowMs: () => number;
}

export function makeReader({ api, state, nowMs }: Parts): Reader {
  let reading: Promise<void> | undefined;
  let again = false;
  let streamUp = false;

  function linkDown(): void {
    streamUp = false;
    const { link, downSinceMs } = state.get();
    if (link !== "shut") state.set({ link: "down", downSinceMs: downSinceMs ?? nowMs() });
  }

  function missed(refusal: Refusal): void {
    if (refusal.status === 401) state.set({ link: "shut" });
    else linkDown();
  }

  async function readPerson(): Promise<void> {
    const { chosen, alarms, people } = state.get();
    const pager = alarms.find((row) => row.id === chosen)?.pager;
    if (pager === undefined || pager in people) return;
    const person = await api.person(pager, state.get().operator);
    if ("refusal" in person) return;
    state.set({ people: { ...state.get().people, [pager]: person.value ?? undefined } });
  }

  async function readAll(): Promise<void> {
    const [alarms, pagers] = await Promise.all([api.alarms(), api.pagers()]);
    if ("refusal" in alarms) return missed(alarms.refusal);
    if ("refusal" in pagers) return missed(pagers.refusal);
    const chosen = openAfter(state.get().chosen, alarms.value);
    state.set({ loaded: true, alarms: alarms.value, pagers: pagers.value, chosen });
    if (streamUp) state.set({ link: "live", downSinceMs: undefined });
    await readPerson();
  }

  async function refresh(): Promise<void> {
    again = true;
    if (reading !== undefined) return reading;
    while (again) {
      again = false;
      reading = readAll();
      await reading;
    }
    reading = undefined;
  }

  return {
    refresh,
    readPerson,
    linkUp() {
      streamUp = true;
      void refresh();
    },
    linkDown,
  };
}
