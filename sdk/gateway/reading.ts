// What an opened request says: the fact it states and the kind of answer that it wants. Pure.

import { newReader, readArray, readInt } from "../../protocol/cbor.ts";
import {
  OSCORE,
  type Packet,
  POST,
  pathOf,
  URI_PATH,
  unknownCritical,
} from "../../protocol/coap.ts";
import { isFault } from "../../protocol/fault.ts";
import { NUMBER_MAX } from "../../protocol/limits.ts";
import type { Machine } from "../../protocol/machine.ts";
import { decodeMessage } from "../../protocol/message-codec.ts";
import * as messages from "../../protocol/messages.ts";
import type { AlarmLetter, Beat, Fact, Position, Report, Word } from "../events.ts";

/** Which answer may go: the bare one, a waiting word if there is one, or content in any case. */
export type AnswerKind = "bare" | "wordIfAny" | "content";

export interface Reading {
  /** Absent for the poll, which states nothing. */
  fact?: Fact;
  answer: AnswerKind;
  /** The fact stands although its message could not be read. */
  unread?: boolean;
}

/** Who said it and where in its numbering. */
export interface Speaker {
  pager: string;
  kid: string;
  piv: number;
}

export type Unreadable = "undecodable" | "unknown-resource";

const KNOWN_OPTIONS = [OSCORE, URI_PATH];

export function readRequest(
  machine: Machine,
  speaker: Speaker,
  packet: Packet,
): Reading | Unreadable {
  if (packet.code !== POST || unknownCritical(packet, KNOWN_OPTIONS) !== 0) {
    return "unknown-resource";
  }
  const letter = pathOf(packet);
  switch (letter) {
    case messages.SOS.letter:
    case messages.MORE.letter:
    case messages.REPORT.letter:
    case messages.MISTAKE.letter:
    case messages.CHECK_IN.letter:
      return readReport(machine, speaker, letter, packet);
    case messages.BEAT.letter:
      return readBeat(machine, speaker, packet);
    case messages.RESULT.letter:
      return readResult(machine, speaker, packet);
    case messages.WAITING.letter:
      return { answer: "content" };
    default:
      return "unknown-resource";
  }
}

// internal

function readReport(
  machine: Machine,
  speaker: Speaker,
  letter: AlarmLetter | "c",
  packet: Packet,
): Reading | Unreadable {
  const values = decodeMessage(machine, messages.SOS, packet.payload);
  if (isFault(values)) {
    return letter === "s" || letter === "m" ? unreadAlarm(speaker, letter, packet) : "undecodable";
  }
  const { number } = values;
  const report = reportOf(values);
  if (letter === "c") {
    return { fact: { kind: "checkIn", ...speaker, number, report }, answer: "bare" };
  }
  return { fact: { kind: "alarm", ...speaker, number, letter, report }, answer: "wordIfAny" };
}

/**
 * A call for help that is authentic and not as declared stands all the same, with nothing known of
 * it: what says nothing more is an emergency. Where not even its number can be read, its PIV stands in: numbers
 * and PIVs come from one counter, so that no other alarm has it [wire §2.1].
 */
function unreadAlarm(speaker: Speaker, letter: "s" | "m", packet: Packet): Reading {
  const reader = newReader(packet.payload);
  readArray(reader);
  const first = readInt(reader);
  const isNumber = reader.fault === "" && first >= 0 && first <= NUMBER_MAX;
  const number = isNumber ? first : speaker.piv;
  const fact: Fact = { kind: "alarm", ...speaker, number, letter, report: {} };
  return { fact, answer: "wordIfAny", unread: true };
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
  const values = decodeMessage(machine, messages.RESULT, packet.payload);
  if (isFault(values)) return "undecodable";
  const word = wordOfCode(values.what);
  if (word === undefined) return "undecodable";
  return { fact: { kind: "result", ...speaker, word, number: values.number }, answer: "bare" };
}

function wordOfCode(what: number): Word | undefined {
  if (what === messages.WORD_TAKEN) return "taken";
  return what === messages.WORD_CLOSED ? "closed" : undefined;
}

function reportOf(values: messages.Report): Report {
  return {
    timeS: values.time,
    timeFromNetwork: flag(values.timeFromNetwork),
    batteryPercent: values.battery,
    charging: flag(values.charging),
    position: positionOf(values),
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
