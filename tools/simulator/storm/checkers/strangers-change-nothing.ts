// Only what a pager has sent becomes an event, once, and nothing ends its re-sending but an answer.
// Judges by numbers in the clear; whether a text was changed is for the seal.

import type { Event } from "../../../../sdk/events.ts";
import type { WorldEvent } from "../world-event.ts";
import { isInHand } from "./calls.ts";
import type { CheckerKind, Judge } from "./checker.ts";
import { createDeadlines } from "./deadlines.ts";
import { isAnew } from "./first-names.ts";
import { outerOf } from "./outer.ts";
import { createRecent, type Recent } from "./recent.ts";
import { createStalls } from "./stalls.ts";
import { isResumed, toldBy } from "./told.ts";

const KEPT = 20000;
const NO_EVENT = -1;
/** Lines that say that a datagram with the alarm was sent: any of them raises it at the platform. */
const SENT = /^sent [smxFZN],/;
/** An exchange ends after 30 s at most, and the next one begins [wire §2.3]. */
const SEND_MS_MAX = 75000;

interface Sender {
  readonly pager: string;
  /** By number: how many restores there were when it became an event. */
  readonly numbers: Recent<number, number>;
}

/** What a pager that is on says of its alarm and its radio. */
interface Sending {
  /** Raised and not delivered yet; "" for none. */
  alarm: string;
  isReady: boolean;
  /** When it last sent the alarm, or began to be able to. */
  sentMs: number;
  /** When it last handed anything to its radio. */
  handedMs: number;
}

function createOrigins(judge: Judge) {
  /** By key identifier. */
  const senders = new Map<string, Sender>();
  let restores = 0;

  function takeLeft(pager: string, bytes: Uint8Array): void {
    const outer = outerOf(bytes);
    if (outer?.kind !== "request" || outer.kid === undefined || outer.piv === undefined) return;
    const sender = senders.get(outer.kid) ?? { pager, numbers: createRecent(KEPT) };
    senders.set(outer.kid, sender);
    if (!sender.numbers.has(outer.piv)) sender.numbers.set(outer.piv, NO_EVENT);
  }

  function takeStored(event: Event): void {
    if (!("piv" in event)) return;
    const { kid, piv, kind } = event;
    // A case beside what the number brought: judged by one-number-one-text.ts.
    if (kind === "cloneSuspected") return;
    const sender = senders.get(kid);
    const before = sender?.pager === event.pager ? sender.numbers.get(piv) : undefined;
    const name = `${kind} of ${event.pager}, ${kid} number ${piv}`;
    if (before === undefined) judge.broken(`${name}: that pager never sent it`);
    else if (before !== NO_EVENT && !mayComeAgain(event, before)) {
      judge.broken(`${name}: made two events`);
    } else judge.good();
    sender?.numbers.set(piv, restores);
  }

  /** Behind a restore a call for help is believed before it is proven, and nothing else [wire §1.3]. */
  function mayComeAgain(event: Event, before: number): boolean {
    return before < restores && "unproven" in event && event.unproven === true;
  }

  return {
    take(event: WorldEvent): void {
      if (event.kind === "left") takeLeft(event.pager, event.bytes);
      if (event.kind === "stored") takeStored(event.event);
      if (event.kind === "platform" && event.act === "restore") restores += 1;
    },
  };
}

function createResending(judge: Judge) {
  const deadlines = createDeadlines();
  const stalls = createStalls();
  const sendings = new Map<string, Sending>();

  function sendingOf(pager: string): Sending {
    const sending = sendings.get(pager) ?? { alarm: "", isReady: false, sentMs: 0, handedMs: -1 };
    sendings.set(pager, sending);
    return sending;
  }

  const mustSend = ({ alarm, isReady }: Sending) => alarm !== "" && isReady;

  /** The span begins, begins again, or has ended. */
  function restart(pager: string, sending: Sending, nowMs: number): void {
    sending.sentMs = nowMs;
    if (mustSend(sending)) deadlines.set(pager, nowMs + SEND_MS_MAX);
    else deadlines.drop(pager);
  }

  function look(pager: string, nowMs: number) {
    const sending = sendingOf(pager);
    const dueMs = sending.sentMs + SEND_MS_MAX + stalls.slackMs(pager, sending.sentMs);
    if (nowMs <= dueMs) return deadlines.set(pager, dueMs);
    judge.broken(`${sending.alarm}: was not sent from ${sending.sentMs} to ${nowMs}`);
    sending.alarm = "";
  }

  /** The alarm that its pager now says it must deliver. */
  function setAlarm(pager: string, alarm: string, nowMs: number): void {
    const sending = sendingOf(pager);
    if (sending.alarm === alarm) return;
    sending.alarm = alarm;
    restart(pager, sending, nowMs);
  }

  /** A poll is sent too while an alarm is open: only what brings the alarm counts. */
  function takeSent(pager: string, alarm: string, nowMs: number): void {
    const sending = sendingOf(pager);
    if (alarm !== sending.alarm || sending.handedMs !== nowMs) return;
    if (mustSend(sending)) judge.good();
    restart(pager, sending, nowMs);
  }

  function takeSaid(event: Extract<WorldEvent, { kind: "cue" | "log" }>): void {
    const { pager, alarm, atMs } = event;
    if (toldBy(event) > 0 && alarm === sendingOf(pager).alarm) setAlarm(pager, "", atMs);
    if (event.kind === "cue") return;
    const { text } = event;
    if (SENT.test(text)) takeSent(pager, alarm, atMs);
    const begins = isInHand(text) || isAnew(text) || (isResumed(text) && text.endsWith("sending"));
    if (begins) setAlarm(pager, alarm, atMs);
  }

  return {
    take(event: WorldEvent): void {
      for (const pager of deadlines.passed(event.atMs)) look(pager, event.atMs);
      stalls.take(event);
      if (event.kind === "cue" || event.kind === "log") takeSaid(event);
      if (event.kind === "radio") {
        const sending = sendingOf(event.pager);
        const isReady = event.state === "ready";
        if (isReady === sending.isReady) return;
        sending.isReady = isReady;
        restart(event.pager, sending, event.atMs);
      }
      if (event.kind === "send") sendingOf(event.pager).handedMs = event.atMs;
      if (event.kind !== "on" && event.kind !== "off") return;
      sendings.delete(event.pager);
      deadlines.drop(event.pager);
    },
  };
}

export const strangersChangeNothing: CheckerKind = {
  name: "strangers-change-nothing",
  rule: "Only what a pager sent makes an event, once, and only an answer ends its re-sending.",
  create(judge) {
    const origins = createOrigins(judge);
    const resending = createResending(judge);
    return {
      take(event) {
        origins.take(event);
        resending.take(event);
      },
    };
  },
};
