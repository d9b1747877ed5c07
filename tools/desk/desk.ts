// The desk without its screen: what the operator does, and what sounds. Draws nothing.
import type { AlarmRow } from "../../sdk/care/alarms.ts";
import type { Outcome } from "../../sdk/care/outcome.ts";
import { type DeskState, firstState } from "./desk-state.ts";
import { type Kept, readKept, writeKept } from "./kept.ts";
import type { Api, Refusal, Reply } from "./link/api.ts";
import { makeReader, type Reader } from "./link/reader.ts";
import { soundingPriority } from "./rules/queue.ts";
import { connectionDown, patternOf, trial } from "./sound/alarm-sound.ts";
import type { Speaker } from "./sound/speaker.ts";
import { makeStore, type Store } from "./store.ts";

export interface Desk extends Acts {
  state: Store<DeskState>;
  reader: Reader;
  speaker: Speaker;
  /** The platform's clock, as well as this computer knows it. */
  nowMs(): number;
  choose(alarm: string): void;
  showAlarms(): void;
  showPagers(): void;
  keep(change: Partial<Kept>): void;
  /** Opens and tries the sound; to be called from a gesture. */
  openSound(): void;
  draft(alarm: string, text: string): void;
}

/** Each act hands back what stood in its way, or undefined once the platform has stored it. */
interface Acts {
  take(alarm: string): Promise<Refusal | undefined>;
  note(alarm: string, text: string): Promise<Refusal | undefined>;
  release(alarm: string, text: string): Promise<Refusal | undefined>;
  close(alarm: string, outcome: Outcome, text: string): Promise<Refusal | undefined>;
  reopen(alarm: string, text: string): Promise<Refusal | undefined>;
}

interface Parts {
  api: Api;
  speaker: Speaker;
  storage: Storage;
  clock: () => number;
}

/** Sounds for the highest untaken alarm; with none, for a link that is down. */
function soundFor(speaker: Speaker, { alarms, link }: DeskState): void {
  const priority = soundingPriority(alarms);
  if (priority !== undefined) speaker.repeat(patternOf(priority));
  else speaker.repeat(link === "down" ? connectionDown : undefined);
}

function makeActs(api: Api, state: Store<DeskState>, reader: Reader): Acts {
  function put(reply: Reply<AlarmRow>): Refusal | undefined {
    if ("refusal" in reply) {
      reader.refresh(); // Somebody else may have been first: show what is so now.
      return reply.refusal;
    }
    const others = state.get().alarms.filter((one) => one.id !== reply.value.id);
    state.set({ alarms: [...others, reply.value] });
    return undefined;
  }
  const by = (alarm: string) => ({ alarm, operator: state.get().operator });
  const remark = (text: string) => (text === "" ? undefined : text);
  return {
    take: async (alarm) => put(await api.take(by(alarm))),
    note: async (alarm, text) => put(await api.note({ ...by(alarm), text })),
    release: async (alarm, text) => put(await api.release({ ...by(alarm), text: remark(text) })),
    close: async (alarm, outcome, text) =>
      put(await api.close({ ...by(alarm), outcome, text: remark(text) })),
    reopen: async (alarm, text) => put(await api.reopen({ ...by(alarm), text: remark(text) })),
  };
}

export function makeDesk({ api, speaker, storage, clock }: Parts): Desk {
  const state = makeStore(firstState(readKept(storage), speaker.state()));
  const nowMs = () => clock() + api.skewMs();
  const reader = makeReader({ api, state, nowMs });
  speaker.watch(() => state.set({ sound: speaker.state() }));
  state.watch(() => soundFor(speaker, state.get()));
  return {
    ...makeActs(api, state, reader),
    state,
    reader,
    speaker,
    nowMs,
    choose(alarm) {
      state.set({ chosen: alarm, view: "alarm" });
      void reader.readPeople();
    },
    showAlarms: () => state.set({ view: "alarm" }),
    showPagers: () => state.set({ view: "pagers" }),
    keep(change) {
      state.set(change);
      const { operator, language, tiles } = state.get();
      writeKept(storage, { operator, language, tiles });
    },
    openSound() {
      speaker.open();
      speaker.playOnce(trial);
    },
    draft: (alarm, text) => state.set({ drafts: { ...state.get().drafts, [alarm]: text } }),
  };
}
