// What leaves: one exchange under way, sealed once, the same octets each time [wire §2.3].
// Never ends an exchange for an alarm but on an opened answer; it only begins the next one.

import { pullOptions } from "../../protocol/block-pull.ts";
import {
  CON,
  ECHO,
  encodePacket,
  GET,
  NON,
  type Packet,
  POST,
  pathOption,
} from "../../protocol/coap.ts";
import { dueInMs, newExchange, stepExchange } from "../../protocol/exchange.ts";
import { LOG_NO_SLOT, LOG_SENT, TRY_MAX } from "../../protocol/log-events.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { sealRequest } from "../../protocol/oscore.ts";
import { encodePiv } from "../../protocol/oscore-option.ts";
import { hasUpdates } from "./abilities.ts";
import { isOpen, markPositionSent } from "./alarm.ts";
import { askedNumber, mayAskOther } from "./anew.ts";
import { dropHealth, missBeat, postponeBeat } from "./beat.ts";
import { takeNumber, usableSlot } from "./counter.ts";
import { count, EXCHANGES, UNANSWERED } from "./counts.ts";
import { LETTERS } from "./journal.ts";
import { ASK_OTHER_MISSES, ORIGINS_MAX } from "./limits.ts";
import { ASKED_ID, type Flight, type Item } from "./link-state.ts";
import { chance, log, type Moment } from "./moment.ts";
import { newItem, nextItem, payloadOf, rankOf, takeItem } from "./outbox.ts";
import { probeSlot } from "./renewal.ts";
import type { State } from "./state.ts";

/** What gives way to all that goes before it: a track is long in coming anyway. */
const YIELDING_LETTERS = "wbhtu";
/** What goes to every platform address at once and before all else. */
const ALARM_LETTERS = "smFZNL";
/** What goes before lesser things that are under way already. */
const URGENT_LETTERS = "smxFZNL";
/** What isn't tried again as it is: the next one is made anew. */
const PASSING_LETTERS = "wb";
/** What says where the wearer is while an alarm is open. */
const POSITION_LETTERS = "smxrFZN";

function sendTo(moment: Moment, flight: Flight, address: number): void {
  moment.effects.push({ kind: "send", address: address, bytes: flight.bytes });
}

/**
 * An alarm goes to the last good address and to all others [wire §4.6]. Where nobody answers, lesser
 * things also go where the platform's name led; not in a trial, which only its own way may prove.
 */
function sendFlight(moment: Moment, flight: Flight): void {
  const state = moment.pager;
  const link = state.link;
  sendTo(moment, flight, link.address);
  const silent = state.renewal.misses >= ASK_OTHER_MISSES && state.settings.trial.id === 0;
  let at = silent ? link.ownWays : link.ways;
  if (ALARM_LETTERS.indexOf(flight.letter) >= 0) at = 0;
  for (; at < link.ways; at++) {
    if (at !== link.address) sendTo(moment, flight, at);
  }
  link.sentMs = moment.nowMs;
  const exchange = LETTERS.indexOf(flight.letter) * TRY_MAX + ((flight.tries + 1) % TRY_MAX);
  log(moment, LOG_SENT, flight.number, exchange * TRY_MAX + flight.exchange.sent);
}

/** Takes a number and seals what the item says now; undefined where no slot is left. */
export function sealItem(moment: Moment, item: Item): Bytes | undefined {
  const state = moment.pager;
  const link = state.link;
  const machine = moment.machine;
  const tried = probeSlot(state, item);
  const slot = tried < 0 ? usableSlot(moment, !isOpen(state)) : tried;
  if (slot < 0) return undefined;
  count(state.counts, EXCHANGES);
  const piv = takeNumber(moment, slot);
  link.token = (link.token + 1) % 256;
  link.messageId = (link.messageId + 1) % 65536;
  const token = machine.bytes(1);
  token[0] = link.token;
  const packet: Packet = {
    type: item.letter === "b" ? NON : CON,
    code: item.letter === "u" ? GET : POST,
    messageId: link.messageId,
    token: token,
    options: [pathOption(machine, item.letter)],
    payload: payloadOf(moment, item),
  };
  const pull = state.update.pull;
  if (hasUpdates() && item.letter === "u" && pull !== undefined) {
    packet.options = packet.options.concat(pullOptions(machine, pull));
  }
  const withEcho = link.echo !== undefined;
  if (link.echo !== undefined) packet.options.push({ number: ECHO, value: link.echo });
  const sealed = sealRequest(machine, state.identity.contexts[slot], piv, packet);
  if (link.sent.length >= ORIGINS_MAX) link.sent.splice(0, 1);
  link.sent.push({
    token: link.token,
    piv: encodePiv(machine, piv),
    slot: slot,
    itemId: item.id,
    letter: item.letter,
    number: item.number,
    what: item.what,
    withEcho: withEcho,
    answerPiv: -1,
  });
  return encodePacket(machine, sealed);
}

/** Once, beside the exchange, which it does not hold up: what is lost is asked again in a minute. */
export function askOther(moment: Moment): void {
  const question = newItem(moment, ASKED_ID, "w", askedNumber(moment.pager), 0);
  const bytes = sealItem(moment, question);
  if (bytes === undefined) return;
  moment.effects.push({ kind: "send", address: moment.pager.link.address, bytes: bytes });
}

function beginFlight(moment: Moment, item: Item): void {
  const link = moment.pager.link;
  const bytes = sealItem(moment, item);
  if (bytes === undefined) {
    takeItem(moment, item.id);
    log(moment, LOG_NO_SLOT, item.number, LETTERS.indexOf(item.letter));
    return;
  }
  link.flight = {
    itemId: item.id,
    letter: item.letter,
    number: item.number,
    tries: item.tries,
    bytes: bytes,
    exchange: newExchange(moment.nowMs, chance(moment)),
  };
  if (POSITION_LETTERS.indexOf(item.letter) >= 0) markPositionSent(moment, item.number);
  sendFlight(moment, link.flight);
  if (mayAskOther(moment.pager)) askOther(moment);
}

/** Nobody answered for 30 s: the next address, new numbers, the newest position [wire §2.3]. */
function endFlight(moment: Moment, flight: Flight): void {
  const state = moment.pager;
  const link = state.link;
  link.flight = undefined;
  // Good for minutes, and the next beat may be half a day off: then it is asked for anew.
  link.echo = undefined;
  count(state.counts, UNANSWERED);
  if (link.ownWays > 1) {
    link.address = (link.address + 1) % link.ownWays;
  }
  for (let i = 0; i < state.outbox.length; i++) {
    if (state.outbox[i].id === flight.itemId) state.outbox[i].tries += 1;
  }
  if (PASSING_LETTERS.indexOf(flight.letter) >= 0) takeItem(moment, flight.itemId);
  if (flight.letter === "b") missBeat(moment);
  if (flight.letter === "h") dropHealth(moment);
  state.renewal.misses += 1;
}

/** True where what waits can't stand behind what is under way. */
function isOvertaken(state: State, flight: Flight, next: Item): boolean {
  const rank = rankOf(state, flight.letter, flight.number);
  if (next.id === flight.itemId || rankOf(state, next.letter, next.number) >= rank) return false;
  return URGENT_LETTERS.indexOf(next.letter) >= 0 || YIELDING_LETTERS.indexOf(flight.letter) >= 0;
}

/** Gives way; a late answer still counts. */
function leaveFlight(moment: Moment, flight: Flight): void {
  moment.pager.link.flight = undefined;
  if (PASSING_LETTERS.indexOf(flight.letter) >= 0) takeItem(moment, flight.itemId);
  if (flight.letter === "b") postponeBeat(moment);
}

function isWaiting(state: State, id: number): boolean {
  for (let i = 0; i < state.outbox.length; i++) {
    if (state.outbox[i].id === id) return true;
  }
  return false;
}

export function advanceLink(moment: Moment): void {
  const state = moment.pager;
  const link = state.link;
  // Delivered meanwhile, or a word has made it needless.
  if (link.flight !== undefined && !isWaiting(state, link.flight.itemId)) link.flight = undefined;
  if (link.radio !== "ready") return;
  const flight = link.flight;
  if (flight !== undefined) {
    const next = nextItem(state);
    if (next !== undefined && isOvertaken(state, flight, next)) {
      leaveFlight(moment, flight);
    } else {
      const due = stepExchange(flight.exchange, moment.nowMs);
      if (due === "over") endFlight(moment, flight);
      else if (due === "send" || link.nudged) sendFlight(moment, flight);
    }
  }
  link.nudged = false;
  const item = nextItem(state);
  if (link.flight === undefined && item !== undefined) beginFlight(moment, item);
}

/** Milliseconds until something leaves; -1 while nothing can or nothing waits. */
export function linkDueInMs(state: State, nowMs: number): number {
  const link = state.link;
  if (link.radio !== "ready") return -1;
  if (link.flight !== undefined) return dueInMs(link.flight.exchange, nowMs);
  return state.outbox.length > 0 ? 0 : -1;
}
