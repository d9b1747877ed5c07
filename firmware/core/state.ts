// The whole of a pager as one plain record of numbers, text, octets and lists of such records.
// No functions inside and nothing outside it: saved, printed, compared, restored as it is.

import type { Machine } from "../../protocol/machine.ts";
import type { Context } from "../../protocol/oscore.ts";
import { newCounts } from "./counts.ts";
import type { CueName } from "./cues.ts";
import {
  type BatteryLevels,
  type Beat,
  type Key,
  newBattery,
  newBeat,
  newKey,
  type Order,
  type SelfTest,
} from "./hand-state.ts";
import { factsOfImages, type ImageFacts } from "./image-slots.ts";
import type { ClockSource } from "./input.ts";
import { type CallLetter, type Item, type Link, newLink } from "./link-state.ts";
import {
  type Card,
  type Command,
  type Locate,
  newUpdate,
  type Renewal,
  type Track,
  type Update,
} from "./orders.ts";
import {
  type Motion,
  newMotion,
  newPosition,
  newZones,
  type Position,
  type Zones,
} from "./place-state.ts";
import { newSettings, type Settings } from "./settings.ts";

/** What provisioning wrote. A slot is the place of a context in the list [wire §1.5]. */
export interface Identity {
  contexts: Context[];
  /** One for each context: true where it is never to be used again. */
  dropped: boolean[];
  /** The slot that is used while it isn't dropped. */
  first: number;
  /** All numbers of the other slot below this may be used up. */
  floor: number;
  /** Behind the two lies a new context, brought by this command for this slot; 0 for none. */
  freshId: number;
  freshSlot: number;
  /** "ip:port", the first one first. */
  addresses: string[];
  apn: string;
}

/** Where writing goes on in two storage pages that are used in turn. */
export interface PagePair {
  /** Number of the first page of the two. */
  first: number;
  /** The one in use, 0 or 1; -1 where neither can be read. */
  page: number;
  at: number;
  generation: number;
  /** Places that can't be read, as a cut leaves one: little is added to this page any more. */
  torn: number;
  /** What the first of them says that it was: behind it the reader may stand inside it. */
  tornType: number;
  /** Found torn, or beside a page that is damaged: something newer may have been lost. */
  doubtful: boolean;
}

export interface Journal extends PagePair {
  /** The pages don't hold all that this record holds: a page turn is due. */
  owed: boolean;
  /** Where the journal stood before the last page turn, to go on there should that one fail. */
  backPage: number;
  backAt: number;
  backTorn: number;
  /** The page that was turned to last. */
  turned: number;
  /** When the last record was written: a page turn that is only care waits for quiet. */
  noteMs: number;
  /** Pause before a failed page is tried again, and its beginning; -1 before the first fault. */
  faultMs: number;
  pauseMs: number;
}

export interface Counter {
  /** False where storage doesn't say how far it went: then the slot may not be used. */
  known: boolean;
  next: number;
  /** Storage says that all below may be used up. */
  reservedTo: number;
}

export type Stage = "none" | "sending" | "delivered" | "taken" | "closed";

/** Calls by voice for one alarm. */
export interface Call {
  /** The number to be dialled next, of those of voice.ts; whether one was, and when. */
  place: number;
  begun: boolean;
  atMs: number;
  ringing: boolean;
  talking: boolean;
  /** The radio said that it can call nobody. */
  unable: boolean;
}

export interface Alarm {
  letter: CallLetter;
  stage: Stage;
  number: number;
  /** When it was raised, in seconds as the journal says it; 0 not known. */
  raised: number;
  /** When it was raised, or found in the journal by this run of the pager. */
  sinceMs: number;
  /** The first minute is over; the first ten minutes are. */
  urgent: boolean;
  seldom: boolean;
  pulseMs: number;
  positionKept: boolean;
  /** It went back to delivered: it waits for a person again. */
  again: boolean;
  /** The wearer was told of the close in this run: a cut may have come between word and cue. */
  closeTold: boolean;
  /** Position that was sent last, when, and how sure it was; 0 m where no fix of this alarm was. */
  sentSerial: number;
  sentMs: number;
  sentUncertaintyM: number;
  /** The platform's number of the last word that was obeyed: an older one that crossed it is late. */
  wordPiv: number;
  /** How far each path by text is: the platform's first, then the contacts in their order. */
  paths: number[];
  /** The escalation's clock at `sinceMs`: what had passed since the hold; -1 not known yet. */
  beforeMs: number;
  /** When the last sealed text began, and the last one to a contact ended. */
  smsMs: number;
  textMs: number;
  /** The text that the modem has, and its path; 0 none. */
  textId: number;
  textPath: number;
  /** Absent on boards without voice. */
  call?: Call;
}

export interface Clock {
  /** Seconds since 2020-01-01T00:00:00Z at `atMs`; 0 not known. */
  timeS: number;
  atMs: number;
  source: ClockSource;
}

/** Runs that a weak battery cut short [pager §2.3]. */
export interface Runs {
  /** When this one began, then when its radio did. */
  sinceMs: number;
  /** In a row, this one with them while it is young; 0 behind a run of a minute. */
  short: number;
  /** The radio begins so long behind the start; -1 once it has. */
  radioMs: number;
  /** Of the radio, in a row, as it told them last. */
  failures: number;
  /** Whole hours since the start, and when the last of them was over. */
  hours: number;
  hourMs: number;
  /** Assistance data is looked after from this hour on. */
  assistH: number;
}

export interface State {
  booted: boolean;
  runs: Runs;
  chance: number;
  identity: Identity;
  identityPages: PagePair;
  journal: Journal;
  counters: Counter[];
  key: Key;
  settings: Settings;
  alarm: Alarm;
  outbox: Item[];
  nextId: number;
  link: Link;
  position: Position;
  clock: Clock;
  /** 0 not known. */
  batteryMv: number;
  charging: boolean;
  beat: Beat;
  battery: BatteryLevels;
  order: Order;
  selfTest: SelfTest;
  /** `asked`: a hold on the charger; what it raised goes first. */
  console: { open: boolean; asked: boolean; sinceMs: number };
  /** Bits of the parts light, motor and sound that the board has. */
  outputs: number;
  /** Code of the last notice. */
  notice: number;
  locating: boolean;
  /** When the receiver was switched on or off last. */
  soughtMs: number;
  /** What the radio was told last: an alarm is open. */
  urgent: boolean;
  /** The platform has answered the first word, or there is none to say. */
  activated: boolean;
  card: Card;
  renewal: Renewal;
  locate: Locate;
  track: Track;
  zones: Zones;
  motion: Motion;
  restart: { asked: boolean; atMs: number };
  update: Update;
  image: ImageFacts;
  /** The last commands, oldest first. */
  commands: Command[];
  /** The last result that was asked for, so that a repeated word gets no second one at once. */
  result: { what: number; number: number; atMs: number };
  /** The last rows of the log, four numbers each: time, event, alarm, detail; and the next place. */
  rows: number[];
  rowAt: number;
  /** For a panel to show; "" before the first. */
  lastCue: CueName | "";
  cueMs: number;
  /** By the places of counts.ts. */
  counts: number[];
  /** When they were written last by themselves. */
  countsMs: number;
}

/** Nothing was dialled yet in this run; `place` is where it goes on. */
export function newCall(place: number): Call {
  return {
    place: place,
    begun: false,
    atMs: 0,
    ringing: false,
    talking: false,
    unable: false,
  };
}

export function newIdentity(): Identity {
  return {
    contexts: [],
    dropped: [],
    first: 0,
    floor: 0,
    freshId: 0,
    freshSlot: 0,
    addresses: [],
    apn: "",
  };
}

export function newAlarm(): Alarm {
  return {
    letter: "s",
    stage: "none",
    number: 0,
    raised: 0,
    sinceMs: 0,
    urgent: false,
    seldom: false,
    pulseMs: 0,
    positionKept: false,
    again: false,
    closeTold: false,
    sentSerial: 0,
    sentMs: 0,
    sentUncertaintyM: 0,
    wordPiv: -1,
    paths: [0, 0, 0, 0, 0, 0],
    beforeMs: 0,
    smsMs: 0,
    textMs: 0,
    textId: 0,
    textPath: 0,
  };
}

function newJournal(): Journal {
  return {
    first: 2,
    page: -1,
    at: 0,
    generation: 0,
    torn: 0,
    tornType: 0,
    doubtful: false,
    owed: false,
    backPage: -1,
    backAt: 0,
    backTorn: 0,
    turned: 1,
    noteMs: 0,
    faultMs: 0,
    pauseMs: -1,
  };
}

/** A pager before its first input, which must be "boot". */
export function createState(machine: Machine): State {
  return {
    booted: false,
    runs: { sinceMs: 0, short: 0, radioMs: 0, failures: 0, hours: 0, hourMs: 0, assistH: 0 },
    chance: 1,
    identity: newIdentity(),
    identityPages: {
      first: 0,
      page: -1,
      at: 0,
      generation: 0,
      torn: 0,
      tornType: 0,
      doubtful: false,
    },
    journal: newJournal(),
    counters: [],
    key: newKey(),
    settings: newSettings(),
    alarm: newAlarm(),
    outbox: [],
    nextId: 1,
    link: newLink(machine),
    position: newPosition(),
    clock: { timeS: 0, atMs: 0, source: "network" },
    batteryMv: 0,
    charging: false,
    beat: newBeat(),
    battery: newBattery(),
    order: { what: 0, id: 0, sinceMs: 0, forMs: 0, cueMs: 0, held: false },
    selfTest: { parts: 0, itemId: 0, answerMs: -1, faults: 0, heard: 0, fixS: -1, failed: 0 },
    console: { open: false, asked: false, sinceMs: 0 },
    outputs: 0,
    notice: 0,
    locating: false,
    soughtMs: 0,
    urgent: false,
    activated: true,
    card: { board: 0, chip: machine.bytes(0), iccid: "", imei: "", mark: 0, fault: 0 },
    renewal: { probes: 0, probeMs: 0, misses: 0 },
    locate: { id: 0, sinceMs: 0, forMs: 0, told: false },
    track: { points: [], noted: 0, time: 0, north: 0, east: 0, serial: 0, sinceMs: 0 },
    zones: newZones(),
    motion: newMotion(),
    restart: { asked: false, atMs: 0 },
    update: newUpdate(),
    image: factsOfImages(machine, [], 0),
    commands: [],
    result: { what: -1, number: 0, atMs: 0 },
    rows: [],
    rowAt: 0,
    lastCue: "",
    cueMs: 0,
    counts: newCounts(),
    countsMs: 0,
  };
}
