// The core's one door: a state and an input give effects, in the order in which they must happen.
// Pure but for the state it is handed: no clock, no chance, no port.

import { fromSmsText } from "../../protocol/base64.ts";
import { isFault } from "../../protocol/fault.ts";
import { LOG_RADIO } from "../../protocol/log-events.ts";
import type { Machine } from "../../protocol/machine.ts";
import { hasMotion, hasUpdates, hasVoice, hasZones } from "./abilities.ts";
import { takeCard } from "./activation.ts";
import {
  advanceAlarm,
  alarmDueInMs,
  isOpen,
  keepAlarmPosition,
  raiseAlarm,
  raiseConcern,
  repeatAlarm,
  repeatCue,
  reportMistake,
} from "./alarm.ts";
import { advanceAssistance } from "./assistance.ts";
import { advanceBattery, batteryDueInMs, takeBattery } from "./battery-levels.ts";
import { advanceBeat, beatDueInMs, hurryBeat } from "./beat.ts";
import { putCheckIn } from "./check-in.ts";
import { rollClock, setClock } from "./clock.ts";
import { takeDatagram } from "./command-run.ts";
import { wantActivation } from "./commands.ts";
import { advanceConsole, askConsole, consoleDueInMs, takeLine } from "./console.ts";
import { reserveAhead, slotInUse } from "./counter.ts";
import { count, STRANGE_TEXTS } from "./counts.ts";
import { soonerMs } from "./due.ts";
import type { Effect } from "./effect.ts";
import { advanceEscalation, escalationDueInMs, takeTexted } from "./escalation.ts";
import { advanceWay, takeWay } from "./found-way.ts";
import { type Input, RADIO_STATES } from "./input.ts";
import { careForJournal, journalDueInMs, takeStorageFault } from "./journal.ts";
import { advanceKey, keyDueInMs, takeEdge, takeTrain } from "./key.ts";
import { CHECKIN_CLICKS_MAX, MISTAKE_CLICKS } from "./limits.ts";
import { advanceLink, linkDueInMs } from "./link.ts";
import { advanceLocating, locateDueInMs } from "./locate.ts";
import { log, type Moment } from "./moment.ts";
import { advanceMotion, endFall, motionDueInMs, takeMotion } from "./motion.ts";
import { advanceOrder, orderDueInMs } from "./order-care.ts";
import { thinOutbox } from "./outbox.ts";
import { takeFix } from "./position.ts";
import { takeHelp, takeTestHold } from "./press-test.ts";
import { steerLocating } from "./receiver.ts";
import { advanceRenewal, renewalDueInMs } from "./renewal.ts";
import { advanceRestart, restartDueInMs } from "./restart.ts";
import { startPager } from "./resume.ts";
import { hushRing } from "./ring.ts";
import { advanceRuns, runsDueInMs, takeLadder } from "./runs.ts";
import { GNSS, hearPart, timeFix } from "./self-test.ts";
import { advanceTrial, trialDueInMs } from "./settings-change.ts";
import type { State } from "./state.ts";
import { advanceTrack, trackDueInMs } from "./track-care.ts";
import { advanceUpdate, missImage, takeHash, updateDueInMs } from "./update.ts";
import { takeVoice } from "./voice.ts";
import { advanceZones, watchZones, zonesDueInMs } from "./zones.ts";

/** One gesture, one meaning [design §4]. True after a hold. */
function obeyHand(moment: Moment): boolean {
  const gesture = advanceKey(moment);
  const key = moment.pager.key;
  const open = isOpen(moment.pager);
  const help = takeHelp(moment);
  hushRing(moment);
  if (help || gesture.kind === "hold") {
    key.hushed = false;
    if (!help) askConsole(moment);
    if (!help && takeTestHold(moment)) return false;
    if (open && moment.pager.alarm.letter === "s") repeatAlarm(moment);
    else raiseAlarm(moment, "s", 0);
    return true;
  }
  if (gesture.kind === "none") return false;
  if (key.hushed) key.hushed = false;
  else if (open && (gesture.count !== MISTAKE_CLICKS || !takeTrain(moment))) repeatCue(moment);
  else if (open) reportMistake(moment);
  else if (gesture.count <= CHECKIN_CLICKS_MAX && takeTrain(moment)) {
    if (hasMotion()) endFall(moment);
    putCheckIn(moment);
  }
  return false;
}

function takeRadio(moment: Moment, input: Extract<Input, { kind: "radio" }>): void {
  const link = moment.pager.link;
  const radio = input.state;
  link.texts = input.texts;
  const ready = radio === "ready" && link.radio !== "ready";
  if (radio !== link.radio) log(moment, LOG_RADIO, 0, RADIO_STATES.indexOf(radio));
  link.radio = radio;
  link.signalDbm = input.signalDbm;
  if (!ready) return;
  wantActivation(moment);
  link.nudged = true;
  hurryBeat(moment);
}

function takePlace(moment: Moment, fix: Extract<Input, { kind: "fix" }>): void {
  if (fix.timeS > 0) setClock(moment, fix.timeS, "satellite");
  timeFix(moment);
  if (takeFix(moment, fix) && hasZones()) watchZones(moment);
}

function takeSms(moment: Moment, text: string): void {
  const bytes = fromSmsText(moment.machine, text);
  if (isFault(bytes)) count(moment.pager.counts, STRANGE_TEXTS);
  else takeDatagram(moment, bytes, -1);
}

/** What the board says of its pages. */
function takeStorage(moment: Moment, input: Input): void {
  if (input.kind === "storageFault") takeStorageFault(moment, input);
  if (!hasUpdates()) return;
  if (input.kind === "storageFault" && input.failed) missImage(moment, input.page);
  if (input.kind === "hash") takeHash(moment, input.hash);
}

/** What the radio says of the network around it. */
function takeNetwork(moment: Moment, input: Input): void {
  if (input.kind === "cell") moment.pager.link.cell = input.cell;
  if (input.kind === "way") takeWay(moment, input.address);
}

function takeInput(moment: Moment, input: Input): void {
  const state = moment.pager;
  if (hasVoice()) takeVoice(moment, input);
  if (hasMotion() && input.kind === "motion") takeMotion(moment, input.what);
  takeStorage(moment, input);
  takeNetwork(moment, input);
  switch (input.kind) {
    case "boot":
      startPager(moment, input);
      break;
    case "key":
      // What the level before this edge has come to is seen first.
      obeyHand(moment);
      takeEdge(moment, input.down);
      break;
    case "tick":
      if (hasUpdates()) advanceUpdate(moment);
      break;
    case "datagram":
      takeDatagram(
        moment,
        input.bytes,
        input.address === undefined ? state.link.address : input.address,
      );
      break;
    case "radio":
      takeRadio(moment, input);
      break;
    case "texted":
      takeTexted(moment, input.id, input.good);
      break;
    case "ladder":
      takeLadder(moment, input.failures);
      break;
    case "sms":
      takeSms(moment, input.text);
      break;
    case "concern":
      if (slotInUse(state) >= 0) raiseConcern(moment, input.letter, input.detail);
      break;
    case "fix":
      takePlace(moment, input);
      break;
    case "gnss":
      if (hasZones()) hearPart(moment, GNSS);
      break;
    case "card":
      takeCard(moment, input);
      break;
    case "clock":
      setClock(moment, input.timeS, input.source);
      break;
    case "battery":
      takeBattery(moment, input.batteryMv, input.charging);
      break;
    case "line":
      takeLine(moment, input.text);
      break;
  }
}

/** A radio that has not begun hears nothing yet. */
function steerRadio(moment: Moment): void {
  const state = moment.pager;
  const open = isOpen(state);
  if (open === state.urgent || state.runs.radioMs >= 0) return;
  state.urgent = open;
  moment.effects.push({ kind: "urgent", on: open });
}

/** What has its time when nothing else goes on: cues that can wait, tests, the console. */
function advanceSoft(moment: Moment): void {
  advanceOrder(moment);
  advanceBattery(moment);
  if (hasZones()) advanceAssistance(moment);
  advanceConsole(moment);
}

function softDueInMs(state: State, nowMs: number): number {
  const tellMs = soonerMs(batteryDueInMs(state, nowMs), orderDueInMs(state, nowMs));
  return soonerMs(consoleDueInMs(state, nowMs), tellMs);
}

/** Everything that is due now. After a hold only what sends it: the rest is due again at once. */
function advance(moment: Moment, held: boolean): void {
  const state = moment.pager;
  if (state.identity.contexts.length > 0) {
    if (!held) {
      advanceAlarm(moment);
      advanceBeat(moment);
      advanceLocating(moment);
      // First: what it felt while nobody wanted to know says nothing about a place.
      if (hasMotion()) advanceMotion(moment);
      advanceTrack(moment);
      if (hasZones()) advanceZones(moment);
      advanceTrial(moment);
      advanceWay(moment);
      advanceRenewal(moment);
      advanceSoft(moment);
    }
    advanceLink(moment);
    if (!held) {
      advanceEscalation(moment);
      keepAlarmPosition(moment);
      thinOutbox(moment);
      careForJournal(moment);
      advanceRestart(moment);
    }
  }
  steerLocating(moment);
  advanceRuns(moment);
  steerRadio(moment);
}

/** A press that lasts may become an alarm: its numbers are reserved before that. */
function prepareHold(moment: Moment): void {
  const state = moment.pager;
  const slot = slotInUse(state);
  if (slot >= 0 && state.key.down && state.key.ticks > 1) reserveAhead(moment, slot);
}

/**
 * Takes one input, changes the state, and returns what the board is to do, in this order. The
 * first input is "boot"; before it nothing happens, and a second one is passed over.
 */
export function step(machine: Machine, state: State, input: Input): Effect[] {
  const moment: Moment = { machine: machine, pager: state, nowMs: input.atMs, effects: [] };
  if ((input.kind === "boot") === state.booted) return moment.effects;
  takeInput(moment, input);
  rollClock(moment);
  // An edge may still wait behind any other input: a board lets edges go before time.
  const held = (input.kind === "key" || input.kind === "tick") && obeyHand(moment);
  if (!held) prepareHold(moment);
  advance(moment, held);
  return moment.effects;
}

/** Milliseconds until `step` wants a tick; 0 for now, -1 for never. */
export function dueInMs(state: State, nowMs: number): number {
  if (!state.booted) return -1;
  const keyMs = soonerMs(keyDueInMs(state, nowMs), runsDueInMs(state, nowMs));
  if (state.identity.contexts.length === 0) return keyMs;
  const talkMs = soonerMs(alarmDueInMs(state, nowMs), linkDueInMs(state, nowMs));
  const careMs = soonerMs(beatDueInMs(state, nowMs), journalDueInMs(state, nowMs));
  const softMs = soonerMs(softDueInMs(state, nowMs), escalationDueInMs(state, nowMs));
  const placeMs = soonerMs(locateDueInMs(state, nowMs), trackDueInMs(state, nowMs));
  const askedMs = soonerMs(placeMs, restartDueInMs(state, nowMs));
  const wayMs = soonerMs(trialDueInMs(state, nowMs), renewalDueInMs(state, nowMs));
  const orderMs = soonerMs(softMs, soonerMs(askedMs, wayMs));
  let soonMs = soonerMs(soonerMs(keyMs, orderMs), soonerMs(talkMs, careMs));
  if (hasUpdates()) soonMs = soonerMs(soonMs, updateDueInMs(state, nowMs));
  if (hasMotion()) soonMs = soonerMs(soonMs, motionDueInMs(state, nowMs));
  return hasZones() ? soonerMs(soonMs, zonesDueInMs(state, nowMs)) : soonMs;
}
