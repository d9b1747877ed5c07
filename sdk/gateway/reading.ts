// What an opened request says: the fact it states and the kind of answer that it wants. Pure.

import { toText } from "../../protocol/bytes.ts";
import { newReader, readArray, readInt } from "../../protocol/cbor.ts";
import {
  OSCORE,
  type Packet,
  POST,
  pathOf,
  refusedCritical,
  URI_PATH,
} from "../../protocol/coap.ts";
import type { Declaration, Many } from "../../protocol/declaration.ts";
import { isFault } from "../../protocol/fault.ts";
import { NUMBER_MAX } from "../../protocol/limits.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { decodeMessage } from "../../protocol/message-codec.ts";
import { declarationOf, isCallForHelp } from "../../protocol/message-lookup.ts";
import * as messages from "../../protocol/messages.ts";
import type { AlarmLetter, Beat, Fact, Position, Report, ToldValues } from "../events.ts";
import { hexOf } from "../octets.ts";
import { namedSettings } from "../setting-values.ts";
import { cellOf } from "./cell-octets.ts";
import { factOfResult } from "./result-fact.ts";

/** Which answer may go: the bare one, a waiting word if there is one, or content in any case. */
export type AnswerKind = "bare" | "wordIfAny" | "content";

export interface Reading {
  /** Absent for the poll, which states nothing. */
  fact?: Fact;
  answer: AnswerKind;
  /** Whether that context can be opened here, and the alarm that was raised under it [wire §2.1]. */
  asked?: { kid: string; number: number };
  /** The fact stands although its message could not be read. */
  unread?: boolean;
}

/** Who said it and where in its numbering. */
export interface Speaker {
  pager: string;
  kid: string;
  piv: number;
}

export type Unreadable = "undecodable" | "unknown-option" | "unknown-resource";

const KNOWN_OPTIONS = [OSCORE, URI_PATH];

export function readRequest(
  machine: Machine,
  speaker: Speaker,
  packet: Packet,
): Reading | Unreadable {
  if (packet.code !== POST) return "unknown-resource";
  const letter = pathOf(packet);
  if (isCallForHelp(letter)) return readCall(machine, speaker, letter, packet);
  if (refusedCritical(packet, KNOWN_OPTIONS) !== 0) return "unknown-option";
  switch (letter) {
    case messages.MORE.letter:
      return readReport(machine, speaker, letter, packet) ?? unreadAlarm(speaker, letter, packet);
    case messages.REPORT.letter:
    case messages.MISTAKE.letter:
      return readReport(machine, speaker, letter, packet) ?? "undecodable";
    case messages.CHECK_IN.letter:
      return readCheckIn(machine, speaker, packet);
    case messages.BEAT.letter:
      return readBeat(machine, speaker, packet);
    case messages.RESULT.letter:
      return readResult(machine, speaker, packet);
    case messages.WAITING.letter:
      return readPoll(machine, speaker, packet);
    case messages.HEALTH.letter:
    case messages.TRACK.letter:
    case messages.SELF_TESTED.letter:
    case messages.LOG.letter:
    case messages.SETTINGS.letter:
      return readTold(machine, speaker, letter, packet);
    case messages.ACTIVATION.letter:
      return readActivation(machine, speaker, packet);
    default:
      return "unknown-resource";
  }
}

// internal

/** Undefined where the message is not as declared. */
function readReport(
  machine: Machine,
  speaker: Speaker,
  letter: Exclude<AlarmLetter, "?">,
  packet: Packet,
): Reading | undefined {
  const values = decodeMessage(
    machine,
    declarationOf(letter) as typeof messages.SOS,
    packet.payload,
  );
  if (isFault(values)) return undefined;
  const report = reportOf(values);
  const fact: Fact = { kind: "alarm", ...speaker, number: values.number, letter, report };
  return { fact, answer: "wordIfAny" };
}

/** A call for help of whatever kind: one that can't be read, or that nobody here knows, stands too. */
function readCall(machine: Machine, speaker: Speaker, letter: string, packet: Packet): Reading {
  if (!isKnownCall(letter)) return unreadAlarm(speaker, "?", packet);
  // RFC 7252 wants it refused; somebody may lie on the floor. What an unknown option changes nobody knows.
  if (refusedCritical(packet, KNOWN_OPTIONS) !== 0) return unreadAlarm(speaker, letter, packet);
  return readReport(machine, speaker, letter, packet) ?? unreadAlarm(speaker, letter, packet);
}

function isKnownCall(letter: string): letter is "s" | "F" | "Z" | "N" | "L" {
  return declarationOf(letter) !== undefined;
}

/**
 * A call for help that is authentic and not as declared stands all the same, with nothing known of
 * it: what says nothing more is an emergency. Where not even its number can be read, its PIV stands in: numbers
 * and PIVs come from one counter, so that no other alarm has it [wire §2.1].
 */
function unreadAlarm(speaker: Speaker, letter: AlarmLetter, packet: Packet): Reading {
  const reader = newReader(packet.payload);
  readArray(reader);
  const first = readInt(reader);
  const isNumber = reader.fault === "" && first >= 0 && first <= NUMBER_MAX;
  const number = isNumber ? first : speaker.piv;
  const fact: Fact = { kind: "alarm", ...speaker, number, letter, report: {} };
  return { fact, answer: "wordIfAny", unread: true };
}

function readCheckIn(machine: Machine, speaker: Speaker, packet: Packet): Reading | Unreadable {
  const values = decodeMessage(machine, messages.CHECK_IN, packet.payload);
  if (isFault(values)) return "undecodable";
  const { number } = values;
  return {
    fact: { kind: "checkIn", ...speaker, number, report: reportOf(values) },
    answer: "bare",
  };
}

/** A poll names the alarm that is open on the pager: one that is unknown here is raised by it. */
function readPoll(machine: Machine, speaker: Speaker, packet: Packet): Reading | Unreadable {
  const values = decodeMessage(machine, messages.WAITING, packet.payload);
  if (isFault(values)) return "undecodable";
  if (values.number === undefined) return { answer: "content" };
  const { number, raisedUnder } = values;
  if (raisedUnder !== undefined) {
    return { answer: "content", asked: { kid: hexOf(raisedUnder), number } };
  }
  return { fact: { kind: "stillOpen", ...speaker, number: values.number }, answer: "content" };
}

/** What is stored as it was said: nothing else follows from it here. */
function readTold(
  machine: Machine,
  speaker: Speaker,
  letter: string,
  packet: Packet,
): Reading | Unreadable {
  const declaration = declarationOf(letter) as Declaration;
  const values: object = decodeMessage(machine, declaration, packet.payload);
  if (isFault(values)) return "undecodable";
  const told = plainValues(values as Record<string, number | Many>);
  const fact: Fact = { kind: "told", ...speaker, message: declaration.name, values: told };
  if (letter === messages.SETTINGS.letter) {
    fact.settings = namedSettings(told.list as (number | string)[]);
  }
  return { fact, answer: "bare" };
}

/** Octets as hexadecimal text, so that an event is plain data. */
function plainValues(values: Record<string, number | Many>): ToldValues {
  const plain: ToldValues = {};
  for (const [name, value] of Object.entries(values)) {
    if (Array.isArray(value)) plain[name] = value.map(plainCell);
    else plain[name] = plainCell(value as number | Bytes);
  }
  return plain;
}

function plainCell(cell: number | Bytes): number | string {
  return typeof cell === "number" ? cell : hexOf(cell);
}

function readActivation(machine: Machine, speaker: Speaker, packet: Packet): Reading | Unreadable {
  const values = decodeMessage(machine, messages.ACTIVATION, packet.payload);
  if (isFault(values)) return "undecodable";
  const { firmware, board, chip, iccid, imei } = values;
  const fact: Fact = {
    kind: "activation",
    ...speaker,
    firmware,
    board,
    chip: hexOf(chip),
    iccid: iccid === undefined ? undefined : toText(iccid),
    imei: imei === undefined ? undefined : toText(imei),
  };
  return { fact, answer: "bare" };
}

function readBeat(machine: Machine, speaker: Speaker, packet: Packet): Reading | Unreadable {
  const values = decodeMessage(machine, messages.BEAT, packet.payload);
  if (isFault(values)) return "undecodable";
  const beat: Beat = {
    timeS: values.time,
    batteryPercent: values.battery,
    charging: flag(values.charging),
    signalDbm: values.signalDbm,
    stateBits: values.state,
    settingsVersion: values.settings,
  };
  return { fact: { kind: "beat", ...speaker, beat }, answer: "content" };
}

function readResult(machine: Machine, speaker: Speaker, packet: Packet): Reading | Unreadable {
  const fact = factOfResult(machine, speaker, packet.payload);
  return fact === undefined ? "undecodable" : { fact, answer: "bare" };
}

type AnyReport = messages.Report & { zone?: number; stillS?: number; level?: number };

function reportOf(values: AnyReport): Report {
  return {
    timeS: values.time,
    timeFromNetwork: flag(values.timeFromNetwork),
    batteryPercent: values.battery,
    charging: flag(values.charging),
    position: positionOf(values),
    cell: cellOf(values.cell),
    zone: values.zone,
    stillS: values.stillS,
    level: values.level,
  };
}

function positionOf(values: messages.Report): Position | undefined {
  const { latitude, longitude, uncertaintyM, ageS } = values;
  if (latitude === undefined || longitude === undefined) return undefined;
  const source = values.fromCells === 1 ? "cells" : "satellites";
  return { latitude, longitude, source, uncertaintyM, ageS };
}

function flag(value: number | undefined): boolean | undefined {
  return value === undefined ? undefined : value === 1;
}
