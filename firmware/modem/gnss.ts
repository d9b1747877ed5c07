// Satellite fixes while the radio is idle: on, asked each second, off before every send.
// Never lets the receiver stand before a send, and takes no fix whose time stood still.

import { shiftDown } from "../../protocol/bytes.ts";
import { spanMs } from "../../protocol/span.ts";
import type { Answer } from "./at.ts";
import * as limits from "./limits.ts";
import { ask, climb, type Modem } from "./state.ts";
import { fieldAt, fieldsOf, fixSeconds, scaledOf, wholeOf } from "./text.ts";

const errorOngoing = 504;
const errorInactive = 505;
const errorNoFix = 516;

/** Turns the receiver off; the answer clears the way for what waits. */
export function stopGnss(modem: Modem): number {
  ask(modem, { tag: "gnssOff", text: "AT+QGPSEND", prefix: "", limitMs: limits.answerMs });
  return limits.answerMs;
}

/** Milliseconds until it wants to be called again, or -1 when no fix is wanted. */
export function stepGnss(modem: Modem): number {
  if (!modem.locate) {
    if (modem.gnssOn) return stopGnss(modem);
    return -1;
  }
  const leftMs = modem.gnssWaitMs - spanMs(modem.nowMs, modem.gnssMs);
  if (modem.gnssOn) {
    if (leftMs > 0) return leftMs;
    modem.gnssMs = modem.nowMs;
    modem.gnssWaitMs = limits.fixPollMs;
    ask(modem, {
      tag: "fix",
      text: "AT+QGPSLOC=2",
      prefix: "+QGPSLOC",
      limitMs: limits.answerMs,
    });
    return limits.answerMs;
  }
  // The answer to what was just sent comes over the same receiver path.
  const listenMs = limits.listenMs - spanMs(modem.nowMs, modem.sentMs);
  if (modem.unanswered > 0 && listenMs > 0) return listenMs;
  if (leftMs > 0) return leftMs;
  ask(modem, { tag: "gnssOn", text: "AT+QGPS=1", prefix: "", limitMs: limits.answerMs });
  return limits.answerMs;
}

/** 5 m × HDOP, at least 10 m [wire §6]; HDOP comes in tenths, and half metres count up. */
function uncertaintyOf(hdopTenths: number): number {
  const metres = shiftDown(hdopTenths + 1, 2);
  return metres < 10 ? 10 : metres;
}

function takeFix(modem: Modem, line: string): void {
  const fields = fieldsOf(line);
  const mark = fieldAt(fields, 0) + "," + fieldAt(fields, 9);
  // The first answer after switching on may be an old one: its time does not move on.
  const moved = modem.fixMark !== "" && modem.fixMark !== mark;
  modem.fixMark = mark;
  const latitude = scaledOf(fieldAt(fields, 1), 7);
  const longitude = scaledOf(fieldAt(fields, 2), 7);
  const hdop = scaledOf(fieldAt(fields, 3), 1);
  if (!moved || latitude === undefined || longitude === undefined || hdop === undefined) return;
  if (latitude > 900000000 || latitude < -900000000 || hdop < 0 || hdop > 10000) return;
  if (longitude > 1800000000 || longitude < -1800000000) return;
  modem.outputs.push({
    kind: "input",
    input: {
      kind: "fix",
      atMs: modem.nowMs,
      latitude: latitude,
      longitude: longitude,
      uncertaintyM: uncertaintyOf(hdop),
      timeS: fixSeconds(fieldAt(fields, 0), fieldAt(fields, 9)),
      satellites: wholeOf(fieldAt(fields, 10)),
      mode: wholeOf(fieldAt(fields, 5)),
    },
  });
}

export function answerGnss(modem: Modem, answer: Answer): void {
  if (answer.final === "silent") {
    climb(modem);
    return;
  }
  switch (answer.command.tag) {
    case "gnssOff":
      modem.gnssOn = false;
      modem.gnssWaitMs = 0;
      return;
    case "gnssOn":
      modem.gnssMs = modem.nowMs;
      modem.gnssOn = answer.final === "ok" || answer.error === errorOngoing;
      modem.gnssWaitMs = modem.gnssOn ? limits.fixFirstMs : limits.fixRetryMs;
      modem.fixMark = "";
      return;
    default:
      if (answer.error === errorInactive) {
        modem.gnssOn = false;
        modem.gnssWaitMs = 0;
        return;
      }
      if (!modem.gnssTold && (answer.error === errorNoFix || answer.lines.length > 0)) {
        modem.gnssTold = true;
        modem.outputs.push({ kind: "input", input: { kind: "gnss", atMs: modem.nowMs } });
      }
      if (answer.lines.length > 0) takeFix(modem, answer.lines[0]);
  }
}
