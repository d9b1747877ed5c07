// Every fault of the world around modem and pager, by name: where it strikes and how often at most.
// Only says what there is; what a fault does stands where it strikes.

import type { FaultFacts } from "../fault-draw.ts";
import type { FaultName } from "../faults.ts";

/** `rate` at each opportunity, `everyS` a mean time for those that come by themselves. */
export const STORM_FAULTS = {
  upLost: { text: "a datagram to the gateway is lost", rate: 0.5 },
  upLate: { text: "a datagram to the gateway is 5 to 90 s late", rate: 0.1 },
  upDoubled: { text: "a datagram to the gateway comes twice", rate: 0.2 },
  upBent: { text: "an octet of a datagram to the gateway is changed", rate: 0.1 },
  downLost: { text: "a datagram to the pager is lost", rate: 0.5 },
  downLate: { text: "a datagram to the pager is 5 to 90 s late", rate: 0.1 },
  downDoubled: { text: "a datagram to the pager comes twice", rate: 0.2 },
  downBent: { text: "an octet of a datagram to the pager is changed", rate: 0.1 },
  natForgot: { text: "the way back is forgotten after 20 to 120 s of silence", rate: 0.8 },
  outage: { text: "one platform address is out of reach for 1 to 30 minutes", everyS: 10000 },
  dataDead: { text: "datagrams go nowhere for 5 minutes to 2 hours; texts may", everyS: 10000 },
  textLate: { text: "a text is 1 to 10 minutes late", rate: 0.3 },

  powerCut: { text: "the battery falls out, for a second to an hour", everyS: 20000 },
  resetAlone: { text: "the processor restarts, the modem stays on", everyS: 20000 },
  cutAtWrite: { text: "power goes in the middle of a write", rate: 0.05 },
  cutAtErase: { text: "power goes in the middle of an erase", rate: 0.9 },
  cutAtCue: { text: "power goes right behind a cue", rate: 0.02 },
  cutAtSend: { text: "power goes while the modem is given a datagram", rate: 0.01 },
  brownOutLow: { text: "a low battery breaks in under the transmitter", rate: 0.5 },
  burstLow: { text: "a weak battery breaks in under the modem's first burst", rate: 0.95 },
  cutAtFall: { text: "a fall knocks the battery out within seconds", rate: 0.5 },
  cutAtStep: { text: "power goes between any two steps", rate: 0.0005 },
  batteryEmpty: { text: "nobody charged it: it goes out", everyS: 0 },

  writeFailed: { text: "a write is refused, part of it stands", rate: 0.05 },
  writeSlow: { text: "a write takes 250 ms to 2 s", rate: 0.05 },
  eraseFailed: { text: "an erase is refused", rate: 1 },
  storageErased: { text: "the journal is found blank at the next start, once", rate: 1 },
  allErased: {
    text: "all four pages are found blank at the next start: it has no keys",
    rate: 0.1,
  },
  recordBent: { text: "the newest record of the journal is bent at the next start", rate: 0.1 },
  eraseSlow: { text: "an erase takes 250 ms to 2 s", rate: 1 },

  fixJump: { text: "for seconds the receiver is wrong by up to 30 km", rate: 0.1 },
  skyGap: { text: "a receiver at home sees nothing for 5 to 60 minutes", everyS: 8000 },
  networkTimeWrong: { text: "the network tells a time that is wrong by up to years", rate: 0.3 },
  platformClockJumps: { text: "the platform's clock jumps by up to an hour", everyS: 20000 },

  commitSlow: { text: "a commit takes 0.1 to 20 s", rate: 0.1 },
  commitFailed: { text: "the disk is full for one commit", rate: 0.1 },
  crashBeforeCommit: { text: "the gateway dies before a commit", rate: 0.02 },
  crashAfterCommit: { text: "the gateway dies behind a commit, before the answer", rate: 0.02 },
  crash: { text: "the gateway dies at any moment", everyS: 20000 },
  restore: { text: "the database is put back from a copy", everyS: 20000 },

  attackReplayUp: { text: "a recorded datagram is sent to the gateway again", everyS: 1000 },
  attackReplayDown: { text: "a recorded datagram is sent to a pager again", everyS: 1000 },
  attackEmptyAnswer: { text: "an empty acknowledgement is forged", everyS: 1000 },
  attackReset: { text: "a reset is forged", everyS: 1000 },
  attackError: { text: "an unprotected error is forged", everyS: 1000 },
  attackTruncatedUp: { text: "a recorded datagram, cut short, to the gateway", everyS: 2000 },
  attackTruncatedDown: { text: "a recorded datagram, cut short, to a pager", everyS: 2000 },
  attackBentUp: { text: "a recorded datagram, changed, to the gateway", everyS: 2000 },
  attackBentDown: { text: "a recorded datagram, changed, to a pager", everyS: 2000 },
  attackText: { text: "a stranger's text message comes to a pager", everyS: 5000 },
  attackTextReplay: { text: "an old text of the platform comes to a pager again", everyS: 5000 },
  attackFlood: { text: "forty datagrams of rubbish at once", everyS: 20000 },

  deskCommand: { text: "the desk asks something of a pager", everyS: 4000 },
  deskRelease: { text: "an operator gives an alarm back that was taken", rate: 0.6 },
  deskReopen: { text: "an operator wants a closed alarm open again", rate: 0.6 },
  deskCare: { text: "the desk changes zones, stillness, falls or tracks", everyS: 4000 },
  deskUpdate: { text: "the desk has a pager take a new image", everyS: 20000 },
  deskRenew: { text: "the desk has a pager change its context", everyS: 40000 },

  wearerShort: { text: "a hold that is let go too soon", everyS: 10000 },
  wearerHold: { text: "a hold: help is needed", everyS: 8000 },
  wearerMinute: { text: "a hold of a minute", everyS: 40000 },
  wearerTwice: { text: "two holds within seconds", everyS: 40000 },
  wearerClick: { text: "a click", everyS: 10000 },
  wearerClicks: { text: "one to five clicks, perhaps by mistake", everyS: 20000 },
  wearerBounce: { text: "a key that bounces for 20 ms", rate: 0.5 },
  wearerLift: { text: "into a lift: no coverage, no sky", everyS: 10000 },
  wearerWalk: { text: "a walk under the open sky", everyS: 10000 },
  wearerSleep: {
    text: "eight hours of sleep: coverage is poor, nothing is touched",
    everyS: 80000,
  },
  wearerStill: { text: "lies still for half an hour to five hours", everyS: 8000 },
  wearerFall: { text: "a fall: half of them are taken back by a click", everyS: 4000 },
  wearerForgets: { text: "the charger is forgotten for a day", rate: 1 },
} as const satisfies Record<string, FaultFacts>;

export type StormFaultName = keyof typeof STORM_FAULTS;

/** A fault of the modem goes under its name behind this word. */
export type AnyFaultName = StormFaultName | `modem ${FaultName}`;
