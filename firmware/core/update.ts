// A new image: the slot erased, the image pulled, checked and begun, only in peace and on the charger.
// Never holds a press or an alarm back, and never touches the image that runs [pager §1.2, §1.3, §2.1].

import { newPull, stepPull } from "../../protocol/block-pull.ts";
import { copyBytes, equalBytes } from "../../protocol/bytes.ts";
import { type Reader, readBytes, readInt } from "../../protocol/cbor.ts";
import { CHANGED, ETAG, optionValue, type Packet } from "../../protocol/coap.ts";
import { isFault } from "../../protocol/fault.ts";
import { ETAG_OCTETS_MAX } from "../../protocol/limits.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { WORD_UPDATE } from "../../protocol/messages.ts";
import { leftMs } from "./due.ts";
import {
  encodeHead,
  HASH_OCTETS,
  HEAD_AT,
  headPage,
  pageOfSlot,
  SLOT_OCTETS_MAX,
  SLOT_PAGE,
  SLOT_PAGES,
  TRIED_AT,
} from "./image-slots.ts";
import { goTo, markHead, proveImage, spareSlot, trialDueInMs } from "./image-trial.ts";
import { isIdle } from "./journal.ts";
import {
  PAGE_OCTETS,
  UPDATE_BEGINS_MAX,
  UPDATE_CALM_MS,
  UPDATE_TRIES_MAX,
  WEAK_MV,
} from "./limits.ts";
import type { Moment } from "./moment.ts";
import { newUpdate } from "./orders.ts";
import { findItem, putItem, takeItem } from "./outbox.ts";
import { BUSY, DONE, FAILED, REFUSED } from "./outcomes.ts";
import { putOutcome } from "./result.ts";
import type { State } from "./state.ts";

/** What goes on. */
const WAITING = 0;
const ERASING = 1;
const PULLING = 2;
const CHECKING = 3;
/** The head is written: the next start begins the new image. */
const READY = 4;

/** Why it was refused, or failed: places in UPDATE_FAULTS of protocol/codes.ts. */
const TOO_LONG = 2;
const NO_IMAGE = 3;
const WRONG_HASH = 4;
const STORAGE = 5;
const NOT_PROVED = 6;
const GIVEN_UP = 7;

/** Power that can't fail in the middle, a platform to pull from, and nothing that the wearer or the desk waits for. */
function isCalm(state: State): boolean {
  return (
    state.charging &&
    state.batteryMv >= WEAK_MV &&
    state.link.radio === "ready" &&
    isIdle(state) &&
    state.order.what === 0 &&
    state.settings.trial.id === 0 &&
    state.motion.fall === 0
  );
}

function dropPull(moment: Moment): void {
  const item = findItem(moment.pager, "u", 0);
  if (item !== undefined) takeItem(moment, item.id);
}

function endUpdate(moment: Moment, outcome: number, detail: number): void {
  const id = moment.pager.update.id;
  dropPull(moment);
  moment.pager.update = newUpdate();
  putOutcome(moment, WORD_UPDATE, id, outcome, detail);
}

/** Something else goes first: all is begun anew once it was calm for a while. */
function giveWay(moment: Moment): void {
  const update = moment.pager.update;
  update.sinceMs = moment.nowMs;
  update.waitMs = UPDATE_CALM_MS;
  if (update.stage === WAITING) return;
  // The next start must not fall to an image of which nobody knows what it can do, now of all times.
  if (update.stage === READY) markHead(moment, spareSlot(moment.pager), TRIED_AT);
  dropPull(moment);
  goTo(moment, WAITING);
}

/** The platform's word. Its one result comes when the new image has proved itself, or the old one is back. */
export function startUpdate(moment: Moment, id: number, reader: Reader): void {
  const state = moment.pager;
  const image = state.image;
  // Its version is for people: what it is, the hash says.
  readInt(reader);
  const octets = readInt(reader);
  const hash = readBytes(moment.machine, reader);
  const put = function (outcome: number, detail: number): void {
    putOutcome(moment, WORD_UPDATE, id, outcome, detail);
  };
  if (reader.fault !== "" || hash.length !== HASH_OCTETS || octets < 1) put(REFUSED, 0);
  else if (octets > SLOT_OCTETS_MAX) put(REFUSED, TOO_LONG);
  else if (id === image.failed) put(FAILED, NOT_PROVED);
  else if (image.trial) {
    // It comes again because nothing was said yet.
    if (id !== image.id) put(BUSY, 0);
  } else if (equalBytes(hash, image.hash)) put(DONE, 0);
  else {
    if (state.update.id > 0) endUpdate(moment, BUSY, 0);
    const update = newUpdate();
    update.id = id;
    update.octets = octets;
    update.hash = hash;
    update.sinceMs = moment.nowMs;
    state.update = update;
  }
}

/** Its head first: from then on no start takes what is left of it for an image. */
function erase(moment: Moment): void {
  const state = moment.pager;
  const update = state.update;
  if (update.page === 0) {
    update.begins += 1;
    if (update.begins > UPDATE_BEGINS_MAX) {
      endUpdate(moment, FAILED, GIVEN_UP);
      return;
    }
  }
  const page = update.page === 0 ? SLOT_PAGES - 1 : update.page - 1;
  moment.effects.push({ kind: "erase", page: pageOfSlot(spareSlot(state)) + page });
  update.page += 1;
  if (update.page < SLOT_PAGES) return;
  update.pull = newPull(moment.machine, update.octets);
  goTo(moment, PULLING);
  putItem(moment, "u", 0, 0);
}

function advancePull(moment: Moment): void {
  const item = findItem(moment.pager, "u", 0);
  if (item === undefined || item.tries >= UPDATE_TRIES_MAX) giveWay(moment);
}

/** Only with a tick, behind whatever came before it: a fault of what was written is known then. */
export function advanceUpdate(moment: Moment): void {
  const state = moment.pager;
  const update = state.update;
  if (state.image.trial) {
    proveImage(moment);
  } else if (update.id === 0) {
    return;
  } else if (!isCalm(state)) {
    giveWay(moment);
  } else if (update.stage === WAITING) {
    if (leftMs(moment.nowMs, update.sinceMs, update.waitMs) > 0) return;
    update.page = 0;
    goTo(moment, ERASING);
  } else if (update.stage === ERASING) {
    erase(moment);
  } else if (update.stage === PULLING) {
    advancePull(moment);
  } else if (update.stage === READY) {
    state.update = newUpdate();
    moment.effects.push({ kind: "restart" });
  }
}

/** Whole words, as flash takes them. */
function inWords(moment: Moment, payload: Bytes): Bytes {
  const spare = payload.length % 4;
  if (spare === 0) return payload;
  const words = moment.machine.bytes(payload.length + 4 - spare);
  for (let i = 0; i < words.length; i++) words[i] = i < payload.length ? payload[i] : 255;
  return words;
}

/** An opened answer to what was pulled; a late copy, or one that goes on nowhere, changes nothing. */
export function takeBlock(moment: Moment, answer: Packet): void {
  const state = moment.pager;
  const update = state.update;
  const pull = update.pull;
  const item = findItem(state, "u", 0);
  if (update.stage !== PULLING || pull === undefined || item === undefined) return;
  const etag = optionValue(answer, ETAG);
  const own = copyBytes(moment.machine, update.hash, 0, ETAG_OCTETS_MAX);
  if (etag !== undefined && !equalBytes(etag, own)) {
    endUpdate(moment, FAILED, NO_IMAGE);
    return;
  }
  const at = pull.at;
  const step = stepPull(moment.machine, pull, answer);
  if (isFault(step)) return;
  if (step === "refused") {
    endUpdate(moment, FAILED, NO_IMAGE);
  } else if (answer.code !== CHANGED) {
    item.tries = 0;
    const first = pageOfSlot(spareSlot(state));
    moment.effects.push({
      kind: "write",
      page: first + moment.machine.divide(at, PAGE_OCTETS),
      offset: at % PAGE_OCTETS,
      bytes: inWords(moment, answer.payload),
    });
    if (step !== "last") return;
    dropPull(moment);
    goTo(moment, CHECKING);
    moment.effects.push({ kind: "hash", page: first, octets: pull.at });
  }
}

/** What lies in the slot now. Behind this the head makes it an image. */
export function takeHash(moment: Moment, hash: Bytes): void {
  const state = moment.pager;
  const update = state.update;
  const pull = update.pull;
  if (update.stage !== CHECKING || pull === undefined) return;
  if (!equalBytes(hash, update.hash)) {
    endUpdate(moment, FAILED, WRONG_HASH);
    return;
  }
  const generation = state.image.generation + 1;
  moment.effects.push({
    kind: "write",
    page: headPage(spareSlot(state)),
    offset: HEAD_AT,
    bytes: encodeHead(moment.machine, pull.at, generation, update.id, hash),
  });
  goTo(moment, READY);
}

/** A write or an erase of a slot failed. What runs is as it was; a mark that failed leaves it on trial. */
export function missImage(moment: Moment, page: number): void {
  const state = moment.pager;
  const update = state.update;
  if (page < SLOT_PAGE) return;
  if (state.image.trial) update.stage = WAITING;
  else if (update.id > 0) endUpdate(moment, FAILED, STORAGE);
}

/** Milliseconds until the update goes on by itself; -1 where it waits for something else. */
export function updateDueInMs(state: State, nowMs: number): number {
  const update = state.update;
  if (state.image.trial) return trialDueInMs(state, nowMs);
  if (update.id === 0) return -1;
  if (!isCalm(state)) return update.stage === WAITING ? -1 : 0;
  if (update.stage === WAITING) return leftMs(nowMs, update.sinceMs, update.waitMs);
  return update.stage === ERASING || update.stage === READY ? 0 : -1;
}
