// What a newcomer is told of a day: each event that matters as a saying, long dull stretches summed up.
// Holds no word of any language; what a saying says is for whoever prints it.

import type { CueName } from "../../../firmware/core/cues.ts";
import * as log from "../../../protocol/log-events.ts";
import type { Outcome } from "../../../sdk/care/outcome.ts";
import type {
  AlarmLetter,
  CarrierName,
  Event,
  Report,
  ToldValues,
  Word,
} from "../../../sdk/events.ts";
import { LOG_LETTERS } from "../../../sdk/log-text.ts";
import { metresFrom, ZONE_M } from "./places.ts";
import { type DayEvent, dayMsOf } from "./run-day.ts";
import { type ActName, type ChapterName, DAUGHTER } from "./script.ts";

export type Who = "wearer" | "pager" | "air" | "platform" | "desk";

export type Saying =
  | { what: "act"; act: ActName }
  | { what: "cue"; cue: CueName }
  | { what: "cueAgain"; cue: CueName; times: number }
  | { what: "raised"; number: number; letter: string }
  | { what: "sent"; letter: string }
  | { what: "sentAgain"; times: number }
  | { what: "network"; found: boolean }
  | { what: "search"; times: number }
  | { what: "text"; to: "platform" | "contact" }
  | { what: "beatMissed" }
  | { what: "bound" }
  | { what: "settingsDone" }
  | { what: "checkIn"; report: Report }
  | { what: "well" }
  | { what: "alarmStored"; number: number; carrier: CarrierName }
  | { what: "row"; letter: AlarmLetter; report: Report }
  | { what: "reports"; times: number; report: Report }
  | { what: "polls"; times: number }
  | { what: "taken"; number: number; operator: string }
  | { what: "closed"; number: number; operator: string; outcome: Outcome }
  | { what: "told"; word: Word }
  | { what: "beats"; times: number; batteryPercent: number | undefined; charging: boolean }
  | { what: "points"; times: number; homeM: number }
  | { what: "latePoint"; pointMs: number; homeM: number }
  | { what: "zoneAgain"; homeM: number };

export interface Line {
  readonly atMs: number;
  readonly who: Who;
  readonly saying: Saying;
  /** A heading stands before it. */
  readonly chapter?: ChapterName;
}

/** Shorter, and nobody has noticed. */
const LOST_MS = 30000;
const ACTS_OF: Readonly<Partial<Record<ActName, Who>>> = {
  settings: "desk",
  helped: "desk",
  valley: "air",
  coverageBack: "air",
  gap: "air",
  doors: "air",
};
/** An older point has waited on the pager. */
const LATE_MS = 900000;
/** Fewer questions are not worth a line. */
const POLLS_MIN = 4;
/** What is told when it leaves for the first time. */
const TOLD_LETTERS = "sZc";

/** Sayings that come again and again: kept until something else is to be said, and then said as one. */
function createSums(push: (line: Line) => void) {
  const sums = new Map<string, Line>();
  return {
    add(line: Line): void {
      const key = "cue" in line.saying ? line.saying.cue : line.saying.what;
      const before = sums.get(key)?.saying;
      const times = before !== undefined && "times" in before ? before.times + 1 : 1;
      const saying = { ...line.saying, times } as Saying;
      // It stands where its last one stood.
      sums.delete(key);
      sums.set(key, { ...line, saying });
    },
    say(): void {
      for (const line of sums.values()) {
        const { saying } = line;
        if (saying.what !== "polls" || saying.times >= POLLS_MIN) push(line);
      }
      sums.clear();
    },
  };
}

interface Teller {
  say(atMs: number, who: Who, saying: Saying, chapter?: ChapterName): void;
  sum(atMs: number, who: Who, saying: Saying): void;
  /** Of the zone, by the last point of the track. */
  isOutside: boolean;
}

function numberOf(alarm: string): number {
  return Number(alarm.split("/")[2]);
}

function tellAlarm({ say, sum }: Teller, atMs: number, event: Event): void {
  switch (event.kind) {
    case "alarmRaised": {
      const { number, carrier = "udp", letter, report } = event;
      say(atMs, "platform", { what: "alarmStored", number, carrier });
      say(atMs, "desk", { what: "row", letter, report });
      break;
    }
    case "alarmReported":
      sum(atMs, "platform", { what: "reports", times: 1, report: event.report });
      break;
    case "alarmTaken": {
      const { alarm, operator } = event;
      say(atMs, "desk", { what: "taken", number: numberOf(alarm), operator });
      break;
    }
    case "alarmClosed": {
      const { alarm, operator, outcome } = event;
      say(atMs, "desk", { what: "closed", number: numberOf(alarm), operator, outcome });
      break;
    }
    case "wordObeyed":
      say(atMs, "platform", { what: "told", word: event.word });
  }
}

function tellStored(teller: Teller, atMs: number, event: Event): void {
  const { say, sum } = teller;
  switch (event.kind) {
    case "pagerBound":
      say(atMs, "platform", { what: "bound" });
      break;
    case "commandEnded":
      say(atMs, "platform", { what: "settingsDone" });
      break;
    case "checkedIn":
      say(atMs, "platform", { what: "checkIn", report: event.report });
      say(atMs, "desk", { what: "well" });
      break;
    case "beat": {
      const { batteryPercent, charging = false } = event.beat;
      sum(atMs, "platform", { what: "beats", times: 1, batteryPercent, charging });
      break;
    }
    case "told":
      if (event.message === "track") tellTrack(teller, atMs, event.values);
      break;
    default:
      tellAlarm(teller, atMs, event);
  }
}

function tellTrack(teller: Teller, atMs: number, values: ToldValues): void {
  const homeM = metresFrom("home", Number(values.latitude), Number(values.longitude));
  const pointMs = dayMsOf(Number(values.time));
  const wasOutside = teller.isOutside;
  teller.isOutside = homeM > ZONE_M;
  if (atMs - pointMs > LATE_MS) {
    teller.say(atMs, "platform", { what: "latePoint", pointMs, homeM });
  } else if (wasOutside && !teller.isOutside) {
    teller.say(atMs, "platform", { what: "zoneAgain", homeM });
  } else teller.sum(atMs, "platform", { what: "points", times: 1, homeM });
}

type LogRow = Extract<DayEvent, { kind: "log" }>;

function tellLog({ say, sum }: Teller, { atMs, event, detail = 0, number = 0 }: LogRow): void {
  if (event === log.LOG_RAISED) {
    say(atMs, "pager", { what: "raised", number, letter: LOG_LETTERS.charAt(detail) });
  }
  if (event === log.LOG_BEAT_MISSED) say(atMs, "pager", { what: "beatMissed" });
  if (event !== log.LOG_SENT) return;
  const tries = Math.floor(detail / log.TRY_MAX);
  const letter = LOG_LETTERS.charAt(Math.floor(tries / log.TRY_MAX));
  if (letter === "w") sum(atMs, "pager", { what: "polls", times: 1 });
  if (!TOLD_LETTERS.includes(letter)) return;
  const isFirst = tries % log.TRY_MAX === 1 && detail % log.TRY_MAX === 1;
  if (isFirst) say(atMs, "pager", { what: "sent", letter });
  else sum(atMs, "pager", { what: "sentAgain", times: 1 });
}

/** Of each place in the events whether the network, lost there, stays away for long. */
function longLost(events: readonly DayEvent[]): Set<number> {
  const lost = new Set<number>();
  let from = -1;
  events.forEach((event, at) => {
    if (event.kind !== "radio") return;
    if (event.state !== "ready") {
      if (from < 0) from = at;
      return;
    }
    if (from >= 0 && event.atMs - events[from].atMs > LOST_MS) lost.add(from);
    from = -1;
  });
  return lost;
}

export function storyOf(events: readonly DayEvent[]): Line[] {
  const lines: Line[] = [];
  const sums = createSums((line) => lines.push(line));
  const teller: Teller = {
    say(atMs, who, saying, chapter) {
      sums.say();
      lines.push({ atMs, who, saying, ...(chapter === undefined ? {} : { chapter }) });
    },
    sum: (atMs, who, saying) => sums.add({ atMs, who, saying }),
    isOutside: false,
  };
  const lost = longLost(events);
  let hasNetwork: boolean | undefined;
  let cue: CueName | undefined;

  function tellRadio(atMs: number, ready: boolean, at: number): void {
    if (ready && hasNetwork !== true) {
      hasNetwork = true;
      teller.say(atMs, "air", { what: "network", found: true });
    } else if (!ready && hasNetwork === true && lost.has(at)) {
      hasNetwork = false;
      teller.say(atMs, "air", { what: "network", found: false });
    } else if (hasNetwork === false) teller.sum(atMs, "air", { what: "search", times: 1 });
  }

  function tellCue(atMs: number, name: CueName): void {
    const again = cue === name;
    cue = name;
    if (!again) teller.say(atMs, "pager", { what: "cue", cue: name });
    else if (name !== "tick") teller.sum(atMs, "pager", { what: "cueAgain", cue: name, times: 1 });
  }

  events.forEach((event, at) => {
    const { atMs } = event;
    if (event.kind === "act") {
      cue = undefined;
      teller.say(
        atMs,
        ACTS_OF[event.act] ?? "wearer",
        { what: "act", act: event.act },
        event.chapter,
      );
    }
    if (event.kind === "cue") tellCue(atMs, event.cue);
    if (event.kind === "log") tellLog(teller, event);
    if (event.kind === "radio" && event.state !== "starting") {
      tellRadio(atMs, event.state === "ready", at);
    }
    if (event.kind === "textLeft") {
      teller.say(atMs, "air", { what: "text", to: event.to === DAUGHTER ? "contact" : "platform" });
    }
    if (event.kind === "stored") tellStored(teller, atMs, event.event);
  });
  sums.say();
  return lines;
}
