// SMS by an attached modem in PDU mode: one command at a time, one message after the other.
// The modem is the platform's alone: what it has stored is read and deleted [bg96 trap 10].

import { isFault } from "../../protocol/fault.ts";
import { encodeSubmit, fromPduLine, phoneOf, toPduLine, toPhone } from "../../protocol/sms-pdu.ts";
import { decodeDeliver } from "../../protocol/sms-reader.ts";
import { type Clock, systemClock } from "../clock.ts";
import { nodeMachine } from "../machine.ts";
import type { CarrierEnds, OpenCarrier } from "./carrier.ts";
import type { ByteLine } from "./serial-carrier.ts";
import { type AtCommand, openSmsDialogue, type SmsDialogue } from "./sms-dialogue.ts";
import { makeSmsQueue, type SmsOrder, type SmsQueue } from "./sms-queue.ts";

export interface SmsModemOptions {
  line: ByteLine;
  clock?: Clock;
  /** One line a failure; without number and content. */
  trace?: (line: string) => void;
}

/** What a modem may take to hand a message in. */
const SEND_MS = 120_000;
const COMMAND_MS = 15_000;
/** The first AT behind a start may be dropped: short limits, several tries. */
const PROBE_MS = 500;
const PROBES = 5;
/** After a set-up that failed. */
const RETRY_MS = 10_000;
/** A modem that has started anew without a word is set up again by then. */
const LOOK_MS = 300_000;

/** Echo off, errors as numbers, PDU form, messages handed through as they come. */
const SETUP = ["ATE0", "AT+CMEE=1", "AT+CMGF=0", "AT+CNMI=2,2,0,0,0"];
/** All that is stored: what came while nobody listened. */
const LIST = "AT+CMGL=4";

export function smsModem(options: SmsModemOptions): OpenCarrier {
  return async (ends) => openModem(options, ends);
}

async function openModem(
  options: SmsModemOptions,
  ends: CarrierEnds,
): Promise<Awaited<ReturnType<OpenCarrier>>> {
  const { clock = systemClock, trace = () => undefined } = options;
  const queue = makeSmsQueue({ machine: nodeMachine, clock, failed: ends.failed });
  const state: State = { stale: true, busy: false, ended: false };
  let cancel = (): void => undefined;

  const wakeIn = (ms: number): void => {
    cancel();
    cancel = clock.after(ms, () => {
      state.stale = true;
      void work();
    });
  };

  /** At once with the last look at the queue: what is put behind it finds nobody busy. */
  const rest = (done: boolean): void => {
    state.busy = false;
    if (state.ended) return;
    wakeIn(done ? LOOK_MS : RETRY_MS);
    if (!done) trace("- sms modem: no answer, tried again soon");
  };

  /** Sets the modem up where needed, then sends what waits, one after the other. */
  const work = async (): Promise<void> => {
    if (state.busy || state.ended) return;
    state.busy = true;
    while (!state.ended) {
      if (state.stale) {
        // Whatever is heard from here on makes it stale again.
        state.stale = false;
        if (await setUp(dialogue, (pdu) => receive(ends, queue, pdu))) continue;
        state.stale = true;
        rest(false);
        return;
      }
      const order = queue.next();
      if (order === undefined) break;
      if (await sendOrder(dialogue, order)) continue;
      ends.failed();
      trace("- sms modem: not sent");
      state.stale = true;
    }
    rest(true);
  };

  const dialogue = openSmsDialogue({
    line: options.line,
    clock,
    handed: (pdu) => receive(ends, queue, pdu),
    unasked(line) {
      if (line !== "RDY" && !line.startsWith("+CMTI:")) return;
      state.stale = true;
      void work();
    },
    ended() {
      state.ended = true;
      cancel();
      ends.failed();
      queue.empty();
      trace("- sms modem: its serial line has ended");
    },
  });
  void work();

  return {
    name: "sms",
    send(bytes, to) {
      if (state.ended) ends.failed();
      else queue.put(to.address, bytes);
      void work();
    },
    async close() {
      state.ended = true;
      cancel();
      queue.empty();
      await dialogue.close();
    },
  };
}

// internal

interface State {
  /** To be set up: not done yet, or something was heard that undoes it. */
  stale: boolean;
  busy: boolean;
  ended: boolean;
}

function commandOf(text: string): AtCommand {
  return { text, limitMs: COMMAND_MS };
}

/** True when the modem hands messages through; what it had stored is read by then. */
async function setUp(dialogue: SmsDialogue, handed: (pdu: string) => void): Promise<boolean> {
  let answer: string[] | undefined;
  for (let probe = 0; probe < PROBES && answer === undefined; probe++) {
    answer = await dialogue.run({ text: "AT", limitMs: PROBE_MS });
  }
  if (answer === undefined) return false;
  for (const text of SETUP) {
    if ((await dialogue.run(commandOf(text))) === undefined) return false;
  }
  const lines = await dialogue.run(commandOf(LIST));
  if (lines === undefined) return false;
  for (const { index, pdu } of storedIn(lines)) {
    handed(pdu);
    await dialogue.run(commandOf(`AT+CMGD=${index}`));
  }
  return true;
}

/** Messages that were received: state 0 or 1. Those written for sending are not ours to touch. */
function storedIn(lines: string[]): { index: string; pdu: string }[] {
  return lines.flatMap((line, at) => {
    const match = /^\+CMGL: (\d+),[01],/.exec(line);
    const pdu = lines[at + 1];
    return match === null || pdu === undefined ? [] : [{ index: match[1], pdu }];
  });
}

async function sendOrder(dialogue: SmsDialogue, order: SmsOrder): Promise<boolean> {
  const tpdu = encodeSubmit(nodeMachine, { ...toPhone(order.phone), ...order.content });
  if (isFault(tpdu)) return false;
  const command = {
    text: `AT+CMGS=${tpdu.length}`,
    body: toPduLine(tpdu),
    wants: "+CMGS:",
    limitMs: SEND_MS,
  };
  return (await dialogue.run(command)) !== undefined;
}

function receive(ends: CarrierEnds, queue: SmsQueue, pdu: string): void {
  const tpdu = fromPduLine(nodeMachine, pdu);
  const sms = isFault(tpdu) ? tpdu : decodeDeliver(nodeMachine, tpdu);
  if (isFault(sms)) {
    ends.failed();
    return;
  }
  const address = phoneOf(sms);
  const content = sms.data === undefined ? { text: sms.text ?? "" } : { data: sms.data };
  const bytes = queue.forms.read(address, content);
  if (bytes === undefined) ends.failed();
  else ends.receive({ bytes, from: { carrier: "sms", address, port: 0 } });
}
