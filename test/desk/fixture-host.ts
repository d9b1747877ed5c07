// What stands behind the API in tests of the desk: events in memory, judged and reduced by the
// platform's own rules. No store, no gateway, no radio.
import type { ApiHost } from "../../sdk/api/host.ts";
import { type Act, judgeAct } from "../../sdk/care/acts.ts";
import { type AlarmRow, compareAlarms, reduceAlarm } from "../../sdk/care/alarms.ts";
import { OnekeyError } from "../../sdk/error.ts";
import type { AlarmLetter, Event, EventBody, Person, Report, Word } from "../../sdk/events.ts";
import { alarmIdOf } from "../../sdk/events.ts";
import type { PagerRow } from "../../sdk/store/store.ts";

const KID = "a1b2c3";

export interface FixtureHost extends ApiHost {
  addPager(row: PagerRow, person?: Person): void;
  /** A pager's message about its alarm; the first of a number raises it. */
  hear(pager: string, number: number, letter: AlarmLetter, report?: Report): string;
  /** The pager reports that it has given the cue of this word. */
  obey(alarm: string, word: Word): void;
  /** Moves the platform's clock, so that ages can be shown without waiting. */
  shiftClock(ms: number): void;
}

export function makeFixtureHost(clock: () => number): FixtureHost {
  const events: Event[] = [];
  const alarms = new Map<string, AlarmRow>();
  const pagers = new Map<string, PagerRow>();
  const people = new Map<string, Person>();
  const waiting = new Set<() => void>();
  let shiftMs = 0;
  let piv = 0;

  function append(body: EventBody): void {
    const event: Event = { ...body, seq: events.length + 1, atMs: clock() + shiftMs };
    events.push(event);
    if ("alarm" in event && event.alarm !== undefined) {
      const row = reduceAlarm(alarms.get(event.alarm), event);
      if (row !== undefined) alarms.set(event.alarm, row);
    }
    for (const wake of waiting) wake();
  }

  function act(fact: Act): AlarmRow {
    const judged = judgeAct(alarms.get(fact.alarm), fact, {
      atMs: clock() + shiftMs,
      isSuperseded: () => isSuperseded(fact.alarm),
    });
    if ("refused" in judged) {
      const facts: Record<string, string> =
        judged.owner === undefined ? {} : { owner: judged.owner };
      throw new OnekeyError(judged.refused, "refused by the rules of care", facts);
    }
    append(judged);
    return alarms.get(fact.alarm) as AlarmRow;
  }

  function isSuperseded(id: string): boolean {
    const { pager, number } = alarms.get(id) as AlarmRow;
    return [...alarms.values()].some((row) => row.pager === pager && row.number > number);
  }

  async function* follow(after: number, signal?: AbortSignal): AsyncGenerator<Event> {
    for (let at = after; signal?.aborted !== true; ) {
      if (at < events.length) yield events[at++];
      else await nextEvent(signal);
    }
  }

  function nextEvent(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        waiting.delete(wake);
        resolve();
      };
      waiting.add(wake);
      signal?.addEventListener("abort", wake, { once: true });
    });
  }

  return {
    alarms: {
      list: async () => [...alarms.values()].sort(compareAlarms),
      get: async (id) => alarms.get(id),
      take: async (alarm, operator) => act({ kind: "take", alarm, operator }),
      note: async (alarm, operator, text) => act({ kind: "note", alarm, operator, text }),
      release: async (alarm, operator, text) => act({ kind: "release", alarm, operator, text }),
      close: async (alarm, operator, outcome, text) =>
        act({ kind: "close", alarm, operator, outcome, text }),
      reopen: async (alarm, operator, text) => act({ kind: "reopen", alarm, operator, text }),
    },
    commands: {
      async send() {
        throw new OnekeyError("not-found", "a fixture has no pagers to ask");
      },
      list: async () => [],
      get: async () => undefined,
    },
    images: {
      async add() {
        throw new OnekeyError("not-found", "a fixture keeps no images");
      },
      list: async () => [],
    },
    pagers: {
      list: async () => [...pagers.values()],
      get: async (id) => pagers.get(id),
      async renew() {
        throw new OnekeyError("not-found", "a fixture has no keys");
      },
      async provision() {
        throw new OnekeyError("not-found", "a fixture has no keys");
      },
      async update() {
        throw new OnekeyError("not-found", "a fixture has no images");
      },
      async person(pager, operator) {
        append({ kind: "personRead", pager, operator });
        return people.get(pager);
      },
    },
    events: (options) => follow(options?.after ?? events.length, options?.signal),
    cursor: async () => events.length,
    counters: () => {
      throw new OnekeyError("not-found", "a fixture has no gateway");
    },
    addPager(row, person) {
      pagers.set(row.id, row);
      if (person !== undefined) people.set(row.id, person);
      append({ kind: "pagerRegistered", pager: row.id, standing: row.standing });
    },
    hear(pager, number, letter, report = {}) {
      const alarm = alarmIdOf(pager, KID, number);
      const kind = alarms.has(alarm) ? "alarmReported" : "alarmRaised";
      const standing = pagers.get(pager)?.standing ?? "unassigned";
      piv += 1;
      append({ kind, pager, kid: KID, piv, alarm, number, letter, standing, report });
      return alarm;
    },
    obey(alarm, word) {
      const row = alarms.get(alarm) as AlarmRow;
      piv += 1;
      const { pager, number } = row;
      append({ kind: "wordObeyed", pager, kid: KID, piv, word, number, alarm });
    },
    shiftClock(ms) {
      shiftMs += ms;
    },
  };
}
