// Calls to the platform. A failure is a value with words for the operator; nothing is thrown.
import type { AlarmRow } from "../../../sdk/care/alarms.ts";
import type { Outcome } from "../../../sdk/care/outcome.ts";
import type { Person } from "../../../sdk/events.ts";
import type { PagerRow } from "../../../sdk/store/store.ts";
import { texts } from "../words/texts.ts";
import type { Words } from "../words/words.ts";

export interface Refusal {
  /** HTTP status; 0 when the platform was not reached. */
  status: number;
  words: Words;
}

export type Reply<T> = { value: T } | { refusal: Refusal };

export interface Act {
  alarm: string;
  operator: string;
}

export interface Api {
  alarms(): Promise<Reply<AlarmRow[]>>;
  pagers(): Promise<Reply<PagerRow[]>>;
  /** Null: no person on record. Each reading is in the audit log [D-16]. */
  person(pager: string, operator: string): Promise<Reply<Person | null>>;
  take(act: Act): Promise<Reply<AlarmRow>>;
  note(act: Act & { text: string }): Promise<Reply<AlarmRow>>;
  release(act: Act & { text?: string }): Promise<Reply<AlarmRow>>;
  close(act: Act & { outcome: Outcome; text?: string }): Promise<Reply<AlarmRow>>;
  reopen(act: Act & { text?: string }): Promise<Reply<AlarmRow>>;
  /** Milliseconds to add to this computer's clock to read the platform's. */
  skewMs(): number;
}

const WAIT_MS_MAX = 10_000;

/** Skew below this is the one-second grain of the Date header, not a wrong clock. */
const SKEW_MS_MIN = 2000;

/** Problem details, with the platform's own code and, where somebody was first, who. */
interface Problem {
  code?: string;
  detail?: string;
  title?: string;
  owner?: string;
}

function wordsOf(status: number, { code, detail, title, owner = "" }: Problem): Words {
  const f = texts.faults;
  if (status === 401) return f.shut;
  switch (code) {
    case "already-taken":
      return f.alreadyTaken(owner);
    case "already-closed":
      return f.alreadyClosed(owner);
    case "not-taken":
      return f.notTaken;
    case "not-owner":
      return f.notOwner(owner);
    case "not-closed":
      return f.notClosed;
    case "closed-too-long":
      return f.closedTooLong;
    case "superseded":
      return f.superseded;
    case "unknown-alarm":
      return f.unknownAlarm;
    default:
      return f.other(detail ?? title ?? `${status}`);
  }
}

async function jsonOf(response: Response): Promise<unknown> {
  if (!(response.headers.get("content-type") ?? "").includes("json")) return undefined;
  return response.json();
}

/** Asks the platform at the page's own origin; `run` is the browser's fetch. */
export function openApi(run: typeof fetch): Api {
  let skewMs = 0;

  function readSkew(response: Response): void {
    const date = Date.parse(response.headers.get("date") ?? "");
    if (Number.isNaN(date)) return;
    const ms = date - Date.now();
    skewMs = Math.abs(ms) < SKEW_MS_MIN ? 0 : ms;
  }

  async function ask<T>(path: string, body?: object): Promise<Reply<T>> {
    const init: RequestInit = { credentials: "same-origin", cache: "no-store" };
    if (body !== undefined) {
      init.method = "POST";
      init.headers = { "content-type": "application/json" };
      init.body = JSON.stringify(body);
    }
    try {
      const response = await run(path, { ...init, signal: AbortSignal.timeout(WAIT_MS_MAX) });
      readSkew(response);
      const value = await jsonOf(response);
      if (response.ok && value !== undefined) return { value: value as T };
      if (response.ok) return { refusal: { status: 0, words: texts.faults.unreadable } };
      const words = wordsOf(response.status, (value ?? {}) as Problem);
      return { refusal: { status: response.status, words } };
    } catch {
      // fetch says only "failed": whatever the cause, the operator keeps what was typed and retries.
      return { refusal: { status: 0, words: texts.faults.network } };
    }
  }

  const alarmPath = (id: string, act: string) => `/api/alarms/${encodeURIComponent(id)}/${act}`;
  return {
    alarms: () => ask("/api/alarms"),
    pagers: () => ask("/api/pagers"),
    person: (pager, operator) =>
      ask(
        `/api/pagers/${encodeURIComponent(pager)}/person?operator=${encodeURIComponent(operator)}`,
      ),
    take: ({ alarm, ...body }) => ask(alarmPath(alarm, "take"), body),
    note: ({ alarm, ...body }) => ask(alarmPath(alarm, "note"), body),
    release: ({ alarm, ...body }) => ask(alarmPath(alarm, "release"), body),
    close: ({ alarm, ...body }) => ask(alarmPath(alarm, "close"), body),
    reopen: ({ alarm, ...body }) => ask(alarmPath(alarm, "reopen"), body),
    skewMs: () => skewMs,
  };
}
