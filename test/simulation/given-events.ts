// Events of a world written by hand, and what a checker says of them.
// One pager with one alarm unless a test says more; nothing runs here but the checker.

import * as assert from "uvu/assert";
import type { CueName } from "../../firmware/core/cues.ts";
import { CON, encodePacket, OSCORE, POST } from "../../protocol/coap.ts";
import { encodeOscoreOption, encodePiv } from "../../protocol/oscore-option.ts";
import { NUMBER_BOUNDS, NUMBERS } from "../../protocol/settings.ts";
import type { Event, EventBody } from "../../sdk/events.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { octetsOf, toOctets } from "../../sdk/octets.ts";
import type { CheckerKind } from "../../tools/simulator/storm/checkers/checker.ts";
import type { Look, StorageOutcome, WorldEvent } from "../../tools/simulator/storm/world-event.ts";

export const PAGER = "P-000001";
export const OTHER = "P-000002";
export const KID = "0a0b0c";
export const ALARM = `${PAGER}/${KID}/7`;

export interface Verdict {
  good: number;
  broken: string[];
  excused: string[];
}

export function verdictOf(kind: CheckerKind, events: readonly WorldEvent[]): Verdict {
  const verdict: Verdict = { good: 0, broken: [], excused: [] };
  const checker = kind.create({
    good() {
      verdict.good += 1;
    },
    broken: (text) => verdict.broken.push(text),
    excused: (why) => verdict.excused.push(why),
  });
  for (const event of events) checker.take(event);
  return verdict;
}

/** The one text by which a checker says that its rule is broken. */
export function redOf(kind: CheckerKind, events: readonly WorldEvent[]): string {
  const { broken } = verdictOf(kind, events);
  assert.is(broken.length, 1, `${kind.name} is broken once: ${broken.join("; ")}`);
  return broken[0];
}

/** How many cases a checker finds good; none may be broken or excused. */
export function greenOf(kind: CheckerKind, events: readonly WorldEvent[]): number {
  const { broken, excused, good } = verdictOf(kind, events);
  assert.equal([...broken, ...excused], [], kind.name);
  return good;
}

export const key = (atMs: number, down: boolean): WorldEvent => ({
  atMs,
  kind: "key",
  pager: PAGER,
  down,
});

export const on = (atMs: number, keyDown = false): WorldEvent => ({
  atMs,
  kind: "on",
  pager: PAGER,
  keyDown,
});

export const off = (atMs: number, pager = PAGER): WorldEvent => ({
  atMs,
  kind: "off",
  pager,
  cause: "cut",
});

export const log = (atMs: number, text: string, alarm = ALARM): WorldEvent => ({
  atMs,
  kind: "log",
  pager: PAGER,
  alarm,
  text,
});

export const cue = (atMs: number, name: CueName, alarm = ALARM): WorldEvent => ({
  atMs,
  kind: "cue",
  pager: PAGER,
  cue: name,
  alarm,
});

export const write = (atMs: number, outcome: StorageOutcome, page = 2): WorldEvent => ({
  atMs,
  kind: "storage",
  pager: PAGER,
  act: "write",
  page,
  outcome,
});

export const erase = (atMs: number, outcome: StorageOutcome, page = 2): WorldEvent => ({
  atMs,
  kind: "storage",
  pager: PAGER,
  act: "erase",
  page,
  outcome,
});

export const radio = (atMs: number, state: "ready" | "searching"): WorldEvent => ({
  atMs,
  kind: "radio",
  pager: PAGER,
  state,
});

export const fault = (
  atMs: number,
  name: Extract<WorldEvent, { kind: "fault" }>["name"],
): WorldEvent => ({
  atMs,
  kind: "fault",
  pager: PAGER,
  name,
});

export const motion = (atMs: number, what: number): WorldEvent => ({
  atMs,
  kind: "motion",
  pager: PAGER,
  what,
});

export const charger = (atMs: number, on: boolean): WorldEvent => ({
  atMs,
  kind: "charger",
  pager: PAGER,
  on,
});

/** By keys; what is not said stands as it was declared. */
export function settings(
  atMs: number,
  said: Readonly<Record<number, number>>,
  zones: readonly string[] = [],
): WorldEvent {
  const numbers = Array.from({ length: NUMBERS }, (_, at) => NUMBER_BOUNDS[3 * at + 2]);
  for (const [key, value] of Object.entries(said)) numbers[Number(key) - 1] = value;
  return { atMs, kind: "settings", pager: PAGER, version: 1, numbers, zones };
}

const METRE_E7 = 1e7 / 111320;

/** So many metres north of 0, 0. */
export const ground = (atMs: number, northM: number, sky = true): WorldEvent => ({
  atMs,
  kind: "ground",
  pager: PAGER,
  latitude: Math.round(northM * METRE_E7),
  longitude: 0,
  sky,
});

export const point = (atMs: number, act: "made" | "kept", time: number): WorldEvent => ({
  atMs,
  kind: "point",
  pager: PAGER,
  act,
  time,
});

type DeskAct = Extract<WorldEvent, { kind: "desk" }>["act"];

export const desk = (atMs: number, act: DeskAct, alarm = ALARM): WorldEvent => ({
  atMs,
  kind: "desk",
  act,
  alarm,
});

export const phase = (atMs: number, name: "storm" | "calm" | "end"): WorldEvent => ({
  atMs,
  kind: "phase",
  phase: name,
});

export const platform = (atMs: number, act: "crash" | "backup" | "restore"): WorldEvent => ({
  atMs,
  kind: "platform",
  act,
});

export const look = (atMs: number, seen: Partial<Look>): WorldEvent => ({
  atMs,
  kind: "look",
  pager: PAGER,
  look: {
    outbox: 0,
    sent: 0,
    erases: [0, 0, 0, 0],
    open: "",
    stage: "none",
    batteryMv: 4000,
    ...seen,
  },
});

export function stored(atMs: number, body: EventBody): WorldEvent {
  const event: Event = { ...body, seq: 1, atMs };
  return { atMs, kind: "stored", event };
}

type Report = "alarmRaised" | "alarmReported" | "alarmReopened";

export function storedReport(
  atMs: number,
  kind: Report,
  piv = 8,
  alarm = ALARM,
  unproven = false,
): WorldEvent {
  const [pager, kid, number] = alarm.split("/");
  return stored(atMs, {
    kind,
    pager,
    kid,
    piv,
    alarm,
    number: Number(number),
    letter: kind === "alarmRaised" ? "s" : "m",
    standing: "active",
    report: {},
    unproven: unproven ? true : undefined,
  });
}

export const storedTake = (atMs: number, alarm = ALARM): WorldEvent =>
  stored(atMs, { kind: "alarmTaken", pager: PAGER, alarm, operator: "王芳" });

export const storedClose = (atMs: number, alarm = ALARM): WorldEvent =>
  stored(atMs, { kind: "alarmClosed", pager: PAGER, alarm, operator: "王芳", outcome: "real" });

export const storedRelease = (atMs: number, alarm = ALARM): WorldEvent =>
  stored(atMs, { kind: "alarmReleased", pager: PAGER, alarm, operator: "王芳" });

export const storedReopen = (atMs: number, alarm = ALARM): WorldEvent =>
  stored(atMs, { kind: "alarmReopenedByDesk", pager: PAGER, alarm, operator: "王芳" });

export const storedCheckIn = (atMs: number, number: number, piv = number + 1): WorldEvent =>
  stored(atMs, { kind: "checkedIn", pager: PAGER, kid: KID, piv, number, report: {} });

/** A hold of this length, and the line that says what became of it. */
export const hold = (atMs: number, ms: number, text = "raised"): WorldEvent[] => {
  const said = log(atMs + 3000, text);
  const edges = [key(atMs, true), key(atMs + ms, false)];
  return [...edges, said].sort((a, b) => a.atMs - b.atMs);
};

export interface Clear {
  code?: number;
  messageId?: number;
  token?: number;
  kid?: string;
  piv?: number;
  /** Stands for the sealed text, which has 9 octets at least. */
  text: string;
}

/** A datagram whose clear parts are these; nothing is sealed in it. */
export function datagram({ code = POST, messageId = 1, token = 1, kid, piv, text }: Clear) {
  const option = encodeOscoreOption(nodeMachine, {
    kid: kid === undefined ? undefined : octetsOf(kid),
    piv: piv === undefined ? undefined : encodePiv(nodeMachine, piv),
  });
  const packet = encodePacket(nodeMachine, {
    type: CON,
    code,
    messageId,
    token: Uint8Array.of(token),
    options: [{ number: OSCORE, value: option }],
    payload: Uint8Array.from(Buffer.from(text.padEnd(9, "."), "latin1")),
  });
  return toOctets(packet);
}

export const left = (atMs: number, clear: Clear, pager = PAGER): WorldEvent => ({
  atMs,
  kind: "left",
  pager,
  bytes: datagram(clear),
});

export const came = (atMs: number, clear: Clear, pager = PAGER): WorldEvent => ({
  atMs,
  kind: "came",
  pager,
  bytes: datagram(clear),
});

export const received = (atMs: number, clear: Clear, from = "192.0.2.1:1024"): WorldEvent => ({
  atMs,
  kind: "received",
  bytes: datagram(clear),
  from,
});

export const answered = (atMs: number, clear: Clear, to = "192.0.2.1:1024"): WorldEvent => ({
  atMs,
  kind: "answered",
  bytes: datagram(clear),
  to,
});
