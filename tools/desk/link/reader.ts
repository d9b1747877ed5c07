// Keeps the desk's rows equal to the platform's: reads, says when the link is down, reads again.
// Never acts on an alarm.

import type { DeskState } from "../desk-state.ts";
import { newestOf, openAfter } from "../rules/queue.ts";
import type { Store } from "../store.ts";
import type { Api, Refusal } from "./api.ts";
import { joined } from "./joined.ts";

export interface Reader {
  /** Reads everything again; calls during a reading are joined into one more. */
  refresh(): void;
  /** Reads the persons of the alarms in sight, each once. */
  readPeople(): Promise<void>;
  linkUp(): void;
  linkDown(): void;
}

const RETRY_MS = 2000;

interface Parts {
  api: Api;
  state: Store<DeskState>;
  nowMs: () => number;
}

export function makeReader({ api, state, nowMs }: Parts): Reader {
  let streamUp = false;
  const asked = new Set<string>();
  let retry: ReturnType<typeof setTimeout> | undefined;

  function markDown(): void {
    const { link, downSinceMs } = state.get();
    if (link !== "shut") state.set({ link: "down", downSinceMs: downSinceMs ?? nowMs() });
  }

  function missed(refusal: Refusal): void {
    if (refusal.status === 401) state.set({ link: "shut" });
    else markDown();
    clearTimeout(retry);
    retry = setTimeout(() => refresh(), RETRY_MS);
  }

  /** Of each open alarm and of the one on the right, once: the operator must see who calls. */
  async function readPeople(): Promise<void> {
    const { chosen, alarms, people, operator } = state.get();
    const shown = alarms.filter((row) => row.stage !== "closed" || row.id === chosen);
    for (const pager of new Set(shown.map((row) => row.pager))) {
      if (pager in people || asked.has(pager)) continue;
      asked.add(pager);
      const person = await api.person(pager, operator);
      asked.delete(pager);
      if ("refusal" in person) continue;
      state.set({ people: { ...state.get().people, [pager]: person.value ?? undefined } });
    }
  }

  async function readAlarms(): Promise<void> {
    const reply = await api.alarms();
    if ("refusal" in reply) return missed(reply.refusal);
    const alarms = newestOf(state.get().alarms, reply.value);
    state.set({ loaded: true, alarms, chosen: openAfter(state.get().chosen, alarms) });
    if (streamUp) state.set({ link: "live", downSinceMs: undefined });
    void readPeople();
  }

  async function readPagers(): Promise<void> {
    const reply = await api.pagers();
    if ("refusal" in reply) missed(reply.refusal);
    else state.set({ pagers: reply.value });
  }

  // Two lines of reading: neither pagers nor persons may ever hold an alarm back.
  const alarmsAgain = joined(readAlarms);
  const pagersAgain = joined(readPagers);

  function refresh(): void {
    void alarmsAgain();
    void pagersAgain();
  }

  return {
    refresh,
    readPeople,
    linkUp() {
      streamUp = true;
      refresh();
    },
    linkDown() {
      streamUp = false;
      markDown();
    },
  };
}
