// Opening one UDP socket for each platform address, ids counted from 0.
// Never trusts an id: it is closed before it is opened, and opened again when it stays silent.

import { spanMs } from "../../protocol/span.ts";
import type { Answer } from "./at.ts";
import * as limits from "./limits.ts";
import { type OpeningStep, socketsOf } from "./socket-state.ts";
import { ask, type Bg96Settings, climb, enterPhase, type Modem } from "./state.ts";

function setOpening(modem: Modem, step: OpeningStep): void {
  modem.opening.step = step;
  modem.opening.sinceMs = modem.nowMs;
}

/** Also true where there is none to open: a pager that was never provisioned sends to nobody. */
export function anyOpen(modem: Modem): boolean {
  if (modem.sockets.length === 0) return true;
  for (let at = 0; at < modem.sockets.length; at++) if (modem.sockets[at].open) return true;
  return false;
}

/** Goes through all sockets again; those that are open stay so. */
export function openAgain(modem: Modem): void {
  modem.opening.id = 0;
  modem.opening.tries = 0;
  setOpening(modem, "seek");
}

/**
 * Other addresses: an id that is open elsewhere is closed before it is opened anew, and what stays is not
 * touched. True where access point and first address stay: then the others come and go beside them.
 */
export function changeSettings(modem: Modem, settings: Bg96Settings): boolean {
  const before = modem.settings;
  const open = modem.sockets;
  const next = settings.addresses;
  modem.settings = settings;
  modem.sockets = socketsOf(next);
  for (let at = 0; at < next.length; at++) {
    if (next[at] === before.addresses[at]) modem.sockets[at] = open[at];
  }
  openAgain(modem);
  return settings.apn === before.apn && next[0] === before.addresses[0];
}

function giveUp(modem: Modem, again: boolean): void {
  modem.opening.tries++;
  if (again && modem.opening.tries < limits.openTriesMax) {
    setOpening(modem, "later");
    return;
  }
  modem.opening.id++;
  modem.opening.tries = 0;
  setOpening(modem, "seek");
}

function seekSocket(modem: Modem): boolean {
  while (modem.opening.id < modem.sockets.length) {
    if (!modem.sockets[modem.opening.id].open) {
      setOpening(modem, "close");
      return true;
    }
    modem.opening.id++;
  }
  return false;
}

/** Waits for +QIOPEN; a bare AT each second shows that the modem still lives. */
function stepAwait(modem: Modem): number {
  const leftMs = limits.openMs - spanMs(modem.nowMs, modem.opening.sinceMs);
  if (leftMs <= 0) {
    giveUp(modem, true);
    return 0;
  }
  const quietMs = limits.openPollMs - spanMs(modem.nowMs, modem.channel.heardMs);
  if (quietMs > 0) return quietMs < leftMs ? quietMs : leftMs;
  ask(modem, { tag: "alive", text: "AT", prefix: "", limitMs: limits.answerMs });
  return limits.answerMs;
}

/** Milliseconds until it wants to be called again; 0 for at once, -1 when all were tried. */
export function stepOpening(modem: Modem): number {
  const opening = modem.opening;
  if (opening.step === "seek" && !seekSocket(modem)) return -1;
  if (opening.step === "await") return stepAwait(modem);
  if (opening.step === "later") {
    const leftMs = limits.openRetryMs - spanMs(modem.nowMs, opening.sinceMs);
    if (leftMs > 0) return leftMs;
    setOpening(modem, "close");
  }
  const limitMs = limits.trafficMs;
  if (opening.step === "close") {
    ask(modem, {
      tag: "close",
      text: "AT+QICLOSE=" + opening.id + ",0",
      prefix: "",
      limitMs: limitMs,
    });
    return limitMs;
  }
  const socket = modem.sockets[opening.id];
  const text = "AT+QIOPEN=1," + opening.id + ',"UDP","' + socket.host + '",' + socket.port + ",0,0";
  ask(modem, { tag: "open", text: text, prefix: "", limitMs: limitMs });
  return limitMs;
}

/** Phase "open": the first open socket is enough to be ready; none asks for a new context. */
export function stepOpen(modem: Modem): number {
  if (anyOpen(modem)) {
    enterPhase(modem, "ready");
    return 0;
  }
  const waitMs = stepOpening(modem);
  if (waitMs >= 0) return waitMs;
  openAgain(modem);
  modem.renewContext = true;
  climb(modem);
  return limits.pauseMs;
}

export function answerOpening(modem: Modem, answer: Answer): void {
  if (answer.final === "silent") {
    climb(modem);
    return;
  }
  const tag = answer.command.tag;
  if (tag !== modem.opening.step) return; // they are gone through again meanwhile
  if (tag === "close")
    setOpening(modem, "open"); // ERROR: it was closed already
  else if (tag === "open") {
    if (answer.final === "ok") setOpening(modem, "await");
    else giveUp(modem, true);
  }
}

/** `+QIOPEN: <id>,<error>` came. */
export function noteOpened(modem: Modem, id: number, error: number): void {
  const opening = modem.opening;
  if ((modem.phase !== "open" && modem.phase !== "ready") || id !== opening.id) return;
  if (opening.step !== "await" && opening.step !== "open") return;
  if (error !== 0) {
    // 563 id in use, 553 memory, 568 busy, 572 not allowed: worth another try.
    giveUp(modem, error === 563 || error === 553 || error === 568 || error === 572);
    return;
  }
  modem.sockets[id].open = true;
  modem.sockets[id].unread = true;
  opening.id++;
  opening.tries = 0;
  setOpening(modem, "seek");
}
