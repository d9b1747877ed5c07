// Short messages: the modem's text mode set at every start, one text at a time, and what comes in.
// Reads no meaning: whose a text is, only opening it shows. Never lets a text pass for a line.

import { spanMs } from "../../protocol/span.ts";
import type { Answer } from "./at.ts";
import { stopGnss } from "./gnss.ts";
import * as limits from "./limits.ts";
import { ask, canText, climb, endText, type Modem } from "./state.ts";
import { fieldAt, fieldsOf, unquote, wholeOf } from "./text.ts";

/** What every restart forgets, in one line [bg96 trap 10]. */
const settings = 'AT+CMGF=1;+CSCS="GSM";+CPMS="ME","ME","ME";+CNMI=2,1,0,0,0';

const ctrlZ = String.fromCharCode(26);
const escapeText = String.fromCharCode(27);

function askShort(modem: Modem, tag: string, text: string, prefix: string): number {
  ask(modem, { tag: tag, text: text, prefix: prefix, limitMs: limits.answerMs });
  return limits.answerMs;
}

/**
 * Milliseconds until it wants to be called again; -1 where there is nothing to do. What came is read
 * when datagrams have had their turn, and before that only where a text of ours may be answered.
 */
export function stepSms(modem: Modem): number {
  const sms = modem.sms;
  if (!sms.set) {
    // Before any refusal nothing is waited for: a clock that has wrapped stands before its own zero.
    const leftMs = sms.waitMs > 0 ? sms.waitMs - spanMs(modem.nowMs, sms.refusedMs) : 0;
    return leftMs > 0 ? leftMs : askShort(modem, "smsSet", settings, "");
  }
  if (!canText(modem)) return -1;
  if (sms.texts.length > 0) {
    // A text leaves by the receiver's path [bg96 trap 9].
    if (modem.gnssOn && modem.phase === "ready") return stopGnss(modem);
    sms.spoke = true;
    sms.sending = true;
    ask(modem, {
      tag: "smsText",
      text: 'AT+CMGS="' + sms.texts[0].to + '"',
      prefix: "+CMGS",
      limitMs: limits.promptMs,
    });
    return limits.promptMs;
  }
  if (modem.phase !== "ready" && !sms.spoke) return -1;
  if (sms.gone >= 0) return askShort(modem, "smsGone", "AT+CMGD=" + sms.gone, "");
  if (sms.left > 0) return askShort(modem, "smsRead", "AT+CMGR=" + sms.at, "");
  if (!sms.look) return -1;
  sms.look = false;
  return askShort(modem, "smsCount", "AT+CPMS?", "+CPMS");
}

/** The modem waits for the body, which ends with Ctrl-Z. */
export function takePrompt(modem: Modem): void {
  const sms = modem.sms;
  // Its end was told meanwhile, with the phase that was left: Escape sends nothing.
  const body = sms.sending ? sms.texts[0].text + ctrlZ : escapeText;
  modem.outputs.push({ kind: "write", text: body });
}

/** What the store holds is looked for from its first place on; each is passed on, then deleted. */
function takeMessage(modem: Modem, answer: Answer): void {
  const sms = modem.sms;
  const lines = answer.lines;
  for (let i = 0; i + 2 < lines.length; i++) {
    if (lines[i].indexOf("+CMGR:") !== 0) continue;
    if (lines[i].charAt(7) !== '"') {
      // The modem is back at its binary form [bg96 trap 10].
      sms.set = false;
      return;
    }
    sms.left -= 1;
    sms.gone = sms.at;
    modem.outputs.push({
      kind: "input",
      input: {
        kind: "sms",
        atMs: modem.nowMs,
        from: unquote(fieldAt(fieldsOf(lines[i]), 1)),
        text: lines[i + 1],
      },
    });
    break;
  }
  sms.at += 1;
  if (sms.at >= sms.places) sms.left = 0;
  // Lines that came in the midst of a text were taken for its own: what they said is looked for.
  for (let at = 0; at < modem.sockets.length; at++) modem.sockets[at].unread = true;
}

function takeCount(modem: Modem, answer: Answer): void {
  if (answer.lines.length === 0) return;
  const fields = fieldsOf(answer.lines[0]);
  const used = wholeOf(fieldAt(fields, 1));
  const places = wholeOf(fieldAt(fields, 2));
  if (used === undefined || places === undefined) return;
  modem.sms.at = 0;
  modem.sms.left = used;
  modem.sms.places = places;
}

export function answerSms(modem: Modem, answer: Answer): void {
  const sms = modem.sms;
  const tag = answer.command.tag;
  if (answer.final === "silent") {
    // A prompt that comes late would take the next command for a text.
    if (tag === "smsText") modem.outputs.push({ kind: "write", text: escapeText });
    climb(modem); // which ends the text
    return;
  }
  const good = answer.final === "ok";
  if (tag === "smsText") endText(modem, good && answer.lines.length > 0);
  else if (tag === "smsGone") sms.gone = -1;
  else if (tag === "smsRead") takeMessage(modem, answer);
  else if (tag === "smsCount") takeCount(modem, answer);
  else if (good) sms.set = true;
  if (good) return;
  // The store is busy, or the modem has forgotten its form: it is set anew.
  sms.set = false;
  sms.waitMs = limits.smsRetryMs;
  sms.refusedMs = modem.nowMs;
}
