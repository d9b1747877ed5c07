// The faults of the simulated modem by name: by a script, or at random from a seed; counted.
// Decides only whether a fault strikes; what it then does stands where it happens.

import { createChance } from "./chance.ts";
import { createFaultDraw, drawRates, type FaultDraw, type FaultFacts } from "./fault-draw.ts";

/** `row` in the table of behaviours that driver and simulator share. */
interface ModemFaultFacts extends FaultFacts {
  readonly row: number;
}

export const FAULTS = {
  rdyLate: { row: 1, text: "RDY only 25 s after the pulse", rate: 0.5 },
  rdyNever: { row: 1, text: "the pulse does nothing; another is needed", rate: 0.3 },
  firstAtLost: { row: 1, text: "the first line after boot is lost", rate: 0.5 },
  alreadyOn: { row: 2, text: "on before the start, context up, ids in use", rate: 0.5 },
  urcInAnswer: { row: 3, text: "an unasked line inside an answer", rate: 0.1 },
  answerLate: { row: 3, text: "an answer after 16 s", rate: 0.01 },
  payloadLikeAnswer: { row: 3, text: 'a datagram that holds "OK" and "+QIURC"', rate: 0.1 },
  answerCut: { row: 3, text: "an answer cut into pieces", rate: 0.3 },
  openSilent: { row: 4, text: "QIOPEN says OK and nothing more", rate: 0.2 },
  openFails: { row: 4, text: "QIOPEN ends with one of the socket errors", rate: 0.2 },
  sendFails: { row: 4, text: "ERROR to a send: the socket is broken", rate: 0.1 },
  readFails: { row: 4, text: "ERROR to a read: the socket is broken", rate: 0.05 },
  socketClosed: { row: 4, text: "the network closes a socket", everyS: 600 },
  sendRefused: { row: 4, text: "SEND FAIL", rate: 0.2 },
  sendLost: { row: 4, text: "SEND OK and the datagram is lost", rate: 0.3 },
  downLost: { row: 4, text: "a datagram to the pager is lost", rate: 0.3 },
  downDoubled: { row: 4, text: "a datagram to the pager comes twice", rate: 0.2 },
  downLate: { row: 4, text: "a datagram to the pager comes 8 s late", rate: 0.2 },
  searchLong: { row: 5, text: "searching and denied in turn for 30 to 180 s", rate: 0.3 },
  activateFails: { row: 5, text: "QIACT fails after up to 150 s", rate: 0.2 },
  roaming: { row: 5, text: "registered as roaming", rate: 0.5 },
  registrationLost: { row: 5, text: "registration drops for 20 s", everyS: 300 },
  airOther: { row: 5, text: "for 6 minutes only NB-IoT is on the air", everyS: 1800 },
  homeRefuses: { row: 5, text: "for 6 minutes only another operator takes it", everyS: 1800 },
  cardLost: { row: 5, text: "the card has no contact until the modem restarts", everyS: 1800 },
  contextLost: { row: 5, text: "the network drops the context", everyS: 300 },
  fixLate: { row: 6, text: "no fix for a minute", rate: 0.2 },
  fixStale: { row: 6, text: "the first fix is an old one", rate: 0.5 },
  gnssOngoing: { row: 6, text: "504: the receiver was on already", rate: 0.2 },
  gnssInactive: { row: 6, text: "505: the receiver went off by itself", rate: 0.02 },
  assistanceOff: { row: 6, text: "509: assistance was never turned on", rate: 0.1 },
  fixBlocked: { row: 6, text: "no fix while the radio is connected", rate: 0.5 },
  smsStoreFull: { row: 7, text: "the message store is full: no line says so", rate: 0.2 },
  smsSlow: { row: 7, text: "CMGS takes up to 120 s", rate: 0.3 },
  smsLost: { row: 7, text: "a text is lost on its way, either way", rate: 0.3 },
  smsDoubled: { row: 7, text: "a text comes twice, either way", rate: 0.2 },
  callBusy: { row: 11, text: "the number that is dialled is busy", rate: 0.2 },
  callUnanswered: { row: 11, text: "nobody picks up, and the network gives up", rate: 0.3 },
  callVoicemail: { row: 11, text: "a voicemail picks up", rate: 0.3 },
  callRefused: { row: 11, text: "NO CARRIER in the place of OK", rate: 0.2 },
  callHeld: { row: 11, text: "ATD says nothing until somebody picks up", rate: 0.1 },
  callDropped: { row: 11, text: "the network drops a call behind its first seconds", rate: 0.3 },
  callListedLate: {
    row: 11,
    text: "a call is in the list only 2 s behind its dialling",
    rate: 0.3,
  },
  callEndOld: { row: 11, text: "NO CARRIER of a call before, behind RDY or a dial", rate: 0.3 },
  callerWithheld: { row: 11, text: "who calls doesn't show the number", rate: 0.3 },
  ringInAnswer: { row: 11, text: "RING inside an answer", rate: 0.3 },
  nameSilent: { row: 12, text: "nothing comes of a name that was asked for", rate: 0.3 },
  nameFails: { row: 12, text: "565: nobody knows the name", rate: 0.3 },
  nameWrong: { row: 12, text: "the name leads to where nobody is", rate: 0.3 },
  nameTwo: { row: 12, text: "the name leads to a second address, where nobody is", rate: 0.3 },
  nameInAnswer: { row: 12, text: "the lines of a name stand inside another answer", rate: 0.3 },
  connectNever: {
    row: 13,
    text: "no CONNECT for an address: refused when its time is over",
    rate: 0.3,
  },
  fetchSilent: { row: 13, text: "nothing comes of a fetch", rate: 0.3 },
  fetchFails: { row: 13, text: "714: a fetch finds no host", rate: 0.3 },
  fetchMissing: { row: 13, text: "404: what is to be fetched is not there", rate: 0.3 },
  saveFails: { row: 13, text: "725: what was fetched becomes no file", rate: 0.3 },
  assistRefused: { row: 13, text: "522: the receiver refuses a file", rate: 0.3 },
  hung: { row: 2, text: "on, and deaf and dumb until its power key is held", everyS: 1800 },
  locked: { row: 2, text: "on, and deaf and dumb until its reset pin is held", everyS: 1800 },
  sleepUnasked: { row: 8, text: "power saving although a socket is open", everyS: 900 },
  settingRefused: { row: 8, text: "a setting is refused", rate: 0.05 },
  octetLost: { row: 9, text: "an octet lost on the serial line", rate: 0.01 },
  octetDoubled: { row: 9, text: "an octet doubled on the serial line", rate: 0.01 },
  wakeRubbish: { row: 9, text: "one rubbish octet before RDY", rate: 0.5 },
  brownOut: { row: 10, text: "the modem restarts in the middle of a send", rate: 0.1 },
  brownOutBoth: { row: 10, text: "modem and processor restart in a send", rate: 0.1 },
} as const satisfies Record<string, ModemFaultFacts>;

export type FaultName = keyof typeof FAULTS;
export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];

export type Faults = FaultDraw<FaultName>;

function zeroCounts(): Record<FaultName, number> {
  return Object.fromEntries(FAULT_NAMES.map((name) => [name, 0])) as Record<FaultName, number>;
}

export interface ScriptedFault {
  readonly name: FaultName;
  /** How many times it strikes; 1 when left out. */
  readonly times?: number;
  /** How many opportunities pass before the first; 0 when left out. */
  readonly skip?: number;
  /** For those that strike by themselves: after the registration, in ms; 1000 when left out. */
  readonly afterMs?: number;
}

/** Exactly these faults, at their first opportunities. */
export function scriptFaults(script: readonly ScriptedFault[] = []): Faults {
  const counts = zeroCounts();
  const left = script.map((fault) => ({
    ...fault,
    times: fault.times ?? 1,
    skip: fault.skip ?? 0,
  }));
  return {
    counts,
    climate: {},
    strikes(name) {
      const fault = left.find((one) => one.name === name && one.times > 0);
      if (fault === undefined) return false;
      if (fault.skip > 0) {
        fault.skip--;
        return false;
      }
      fault.times--;
      counts[name]++;
      return true;
    },
    waitMs(name) {
      const fault = left.find((one) => one.name === name && one.times > 0);
      return fault === undefined ? undefined : (fault.afterMs ?? 1000);
    },
    struck(name) {
      const fault = left.find((one) => one.name === name && one.times > 0);
      if (fault !== undefined) fault.times--;
      counts[name]++;
    },
  };
}

/** Faults at random from a seed. `without` names those that the world can't bear. */
export function seedFaults(seed: number, without: readonly FaultName[] = []): Faults {
  const world = createChance(seed).fork("faults");
  const climate = drawRates<FaultName>(FAULTS, world.fork("climate"), 0.5);
  for (const name of without) delete climate[name];
  return createFaultDraw(FAULT_NAMES, climate, world);
}
