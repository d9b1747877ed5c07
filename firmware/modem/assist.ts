// Assistance data of the satellite receiver, fetched by the modem into its own files, a short command a step.
// Goes on in no alarm; what fails ends it until the core asks again.

import { spanMs } from "../../protocol/span.ts";
import { type Answer, holdChannel } from "./at.ts";
import * as limits from "./limits.ts";
import { ask, type Modem } from "./state.ts";
import { clockSeconds, fieldAt, fieldsOf, unquote, wholeOf } from "./text.ts";

/** Steps that are not like the others: its clock, what it has; and where a line says more than the answer. */
const CLOCK = 1;
const LOOK = 2;
const TELL = 4;
const GET = 6;
const SAVE = 7;

function textOf(modem: Modem): string {
  const assist = modem.assist;
  switch (assist.step) {
    case CLOCK:
      return "AT+QLTS=1"; // in UTC
    case LOOK:
      return "AT+QGPSXTRADATA?";
    case 3:
      return "AT+QGPSXTRA=1";
    case TELL:
      return 'AT+QGPSXTRATIME=0,"' + assist.time + '",1,1,3500';
    case 5:
      return "AT+QHTTPURL=" + assist.url.length + ",1";
    case GET:
      return "AT+QHTTPGET=60";
    case SAVE:
      return 'AT+QHTTPREADFILE="UFS:xtra2.bin",60';
    default:
      return 'AT+QGPSXTRADATA="UFS:xtra2.bin"';
  }
}

/** Whether it was asked. The port stays there for as long as a line may take. */
export function stepAssist(modem: Modem): boolean {
  const assist = modem.assist;
  const late = assist.waits && spanMs(modem.nowMs, assist.askedMs) > limits.fetchMs;
  if (modem.urgent || late) assist.step = 0;
  const rests = modem.gnssOn || modem.resting;
  if (assist.step === 0 || assist.waits || rests) return false;
  assist.waits = true;
  assist.askedMs = modem.nowMs;
  modem.sentMs = modem.nowMs;
  const prefix = assist.step === CLOCK ? "+QLTS" : assist.step === LOOK ? "+QGPSXTRADATA" : "";
  ask(modem, { tag: "assist", text: textOf(modem), prefix: prefix, limitMs: limits.answerMs });
  return true;
}

/** `<minutes>,"<start>"`: what lasts until the core asks again is left alone. */
function lasts(modem: Modem, fields: string[]): boolean {
  const minutes = wholeOf(fieldAt(fields, 0));
  // Behind the first two digits of its year a time is written as the modem's clock is.
  const startS = clockSeconds(unquote(fieldAt(fields, 1)).slice(2));
  const spentS = clockSeconds(modem.assist.time.slice(2)) - startS;
  return minutes !== undefined && minutes * 60 - spentS > limits.assistS;
}

/** Silence is no more than a refusal here: what else the modem owes shows whether it lives. */
export function answerAssist(modem: Modem, answer: Answer): void {
  const assist = modem.assist;
  const step = assist.step;
  const good = answer.final === "ok";
  const fields = answer.lines.length > 0 ? fieldsOf(answer.lines[0]) : [];
  if (answer.final === "silent") holdChannel(modem.channel); // it may still come
  if (step === CLOCK) assist.time = unquote(fieldAt(fields, 0)).slice(0, 19);
  assist.waits = good && (step === GET || step === SAVE);
  if (assist.waits) return;
  // Of assistance that is off it says an error.
  if (step === LOOK && good) assist.step = lasts(modem, fields) ? 0 : TELL;
  else assist.step = step > SAVE || (!good && step !== LOOK) ? 0 : step + 1;
}

/** `+QHTTPGET: <error>,<code>,<length>` and `+QHTTPREADFILE: <error>`. */
export function noteFetched(modem: Modem, line: string): void {
  const assist = modem.assist;
  if (!assist.waits || assist.step < GET || line.indexOf("+QHTTP") !== 0) return;
  const good = line.indexOf(assist.step === GET ? ": 0,200" : ": 0") > 0;
  assist.waits = false;
  assist.step = good ? assist.step + 1 : 0;
}
