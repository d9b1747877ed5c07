// The wire, exercised the same way on every engine: octets, numbers and faults as lines of text.
// Decides nothing: the lines of Node are the measure, and the test compares.

import { fromHex, fromText, getUint, putUint, shiftDown, toHex } from "../../../protocol/bytes.ts";
import {
  finish,
  newReader,
  newWriter,
  readArray,
  readBytes,
  readInt,
  skipItem,
  writeArray,
  writeBytes,
  writeInt,
  writeNull,
} from "../../../protocol/cbor.ts";
import {
  ACK,
  CHANGED,
  CON,
  decodePacket,
  encodePacket,
  NON,
  type Packet,
  POST,
  pathOf,
  pathOption,
} from "../../../protocol/coap.ts";
import { crc16 } from "../../../protocol/crc.ts";
import { dueInMs, newExchange, stepExchange } from "../../../protocol/exchange.ts";
import { isFault } from "../../../protocol/fault.ts";
import type { Bytes, Machine } from "../../../protocol/machine.ts";
import { decodeMessage, encodeMessage } from "../../../protocol/message-codec.ts";
import { BEAT, type Report, SOS, WORD } from "../../../protocol/messages.ts";
import {
  type Context,
  openAnswer,
  openRequest,
  readSealed,
  sealAnswer,
  sealRequest,
} from "../../../protocol/oscore.ts";
import { checkPiv, markPiv, newWindow } from "../../../protocol/replay.ts";

/** Takes one line; the engine decides where it goes. */
export type Say = (line: string) => void;

/** An absent number in the same word on every engine. */
function text(value: number | undefined): string {
  return value === undefined ? "-" : "" + value;
}

const EDGES = [0, 1, 23, 24, 255, 256, 65535, 65536, 16777216, 16777217, 2147483646, 2147483647];

function pagerContext(machine: Machine): Context {
  return {
    senderId: fromHex(machine, "c0ffee"),
    recipientId: fromHex(machine, "00"),
    senderKey: fromHex(machine, "000102030405060708090a0b0c0d0e0f"),
    recipientKey: fromHex(machine, "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"),
    commonIv: fromHex(machine, "a0a1a2a3a4a5a6a7a8a9aaabac"),
  };
}

function platformContext(pager: Context): Context {
  return {
    senderId: pager.recipientId,
    recipientId: pager.senderId,
    senderKey: pager.recipientKey,
    recipientKey: pager.senderKey,
    commonIv: pager.commonIv,
  };
}

function sayNumbers(machine: Machine, say: Say): void {
  for (let i = 0; i < EDGES.length; i++) {
    const n = EDGES[i];
    const four = machine.bytes(4);
    putUint(four, 0, n, 4);
    const writer = newWriter(machine, 1);
    writeInt(writer, n);
    writeInt(writer, -1 - n);
    const both = finish(machine, writer);
    const reader = newReader(both);
    say("uint " + n + " " + toHex(four) + " " + getUint(four, 0, 4) + " " + shiftDown(n, 256));
    say("int " + toHex(both) + " " + readInt(reader) + " " + readInt(reader) + " " + reader.fault);
    say(
      "divide " + machine.divide(n, 7) + " " + machine.divide(n, 60) + " " + machine.divide(n, 16),
    );
  }
  say("crc " + crc16(fromText(machine, "123456789"), 0, 9));
}

function sayItems(machine: Machine, say: Say): void {
  const writer = newWriter(machine, 4);
  writeArray(writer, 3);
  writeNull(writer);
  writeBytes(writer, fromHex(machine, "00ff7f80"));
  writeInt(writer, -1234567890);
  const bytes = finish(machine, writer);
  say("items " + toHex(bytes));
  const reader = newReader(bytes);
  say("array " + readArray(reader));
  skipItem(reader);
  say(
    "octets " + toHex(readBytes(machine, reader)) + " int " + readInt(reader) + " at " + reader.at,
  );
  const wrong = [
    "",
    "1818",
    "1900ff",
    "1a0000ffff",
    "1a80000000",
    "1bffffffffffffffff",
    "3affffffff",
    "9fff",
    "f97e00",
  ];
  for (let i = 0; i < wrong.length; i++) {
    const other = newReader(fromHex(machine, wrong[i]));
    say("read " + wrong[i] + " " + readInt(other) + " " + other.fault);
  }
}

function sayReport(say: Say, words: string, report: Report): void {
  const place = text(report.latitude) + " " + text(report.longitude);
  say(words + " " + report.number + " " + text(report.time) + " " + place);
  say(
    words + " " + text(report.uncertaintyM) + " " + text(report.ageS) + " " + text(report.battery),
  );
  say(
    words +
      " " +
      text(report.charging) +
      " " +
      text(report.fromCells) +
      " " +
      text(report.timeFromNetwork),
  );
}

function sayMessages(machine: Machine, say: Say): void {
  const full: Report = {
    number: 16777215,
    time: 2147483647,
    timeFromNetwork: 1,
    battery: 57,
    charging: 1,
    latitude: -900000000,
    longitude: 1799999999,
    uncertaintyM: 256,
    fromCells: 0,
    ageS: 61,
  };
  const payloads = [
    encodeMessage(machine, SOS, full),
    encodeMessage(machine, SOS, { number: 0 }),
    encodeMessage(machine, SOS, { number: 5, latitude: 1, longitude: -1 }),
  ];
  for (let i = 0; i < payloads.length; i++) {
    say("sos " + toHex(payloads[i]));
    const report = decodeMessage(machine, SOS, payloads[i]);
    if (isFault(report)) say("fault " + report.fault + " " + report.path);
    else if (i === 0) sayReport(say, "report", report);
  }
  say("beat " + toHex(encodeMessage(machine, BEAT, { state: 3, settings: 1, signalDbm: -103 })));
  const words = ["82011907cf", "8201", "83011907cf01", "830100f6", "a0", "82013903e7", "ff"];
  for (let i = 0; i < words.length; i++) {
    const word = decodeMessage(machine, WORD, fromHex(machine, words[i]));
    if (isFault(word)) say("word " + words[i] + " " + word.fault + " " + word.path);
    else say("word " + words[i] + " " + word.what + " " + word.value);
  }
}

function sayOpened(say: Say, words: string, packet: Packet): void {
  say(
    words + " " + packet.type + " " + packet.code + " " + packet.messageId + " " + pathOf(packet),
  );
  say(
    words + " " + toHex(packet.token) + " " + toHex(packet.payload) + " " + packet.options.length,
  );
}

function openOnce(machine: Machine, context: Context, bytes: Bytes, say: Say): void {
  const packet = decodePacket(machine, bytes);
  if (isFault(packet)) {
    say("open " + packet.fault + " " + packet.path);
    return;
  }
  const sealed = readSealed(machine, packet);
  if (isFault(sealed)) {
    say("open " + sealed.fault + " " + sealed.path);
    return;
  }
  const opened = openRequest(machine, context, sealed);
  if (isFault(opened)) say("open " + opened.fault + " " + opened.path);
  else sayOpened(say, "open", opened);
}

function sayAnswers(
  machine: Machine,
  pager: Context,
  platform: Context,
  inner: Packet,
  piv: number,
  say: Say,
): void {
  const sealed = readSealed(machine, sealRequest(machine, pager, piv, inner));
  if (isFault(sealed) || sealed.pivBytes === undefined) {
    say("no origin");
    return;
  }
  const origin = { kid: pager.senderId, piv: sealed.pivBytes };
  const bare: Packet = {
    type: ACK,
    code: CHANGED,
    messageId: inner.messageId,
    token: inner.token,
    options: [],
    payload: machine.bytes(0),
  };
  const word: Packet = {
    type: ACK,
    code: CHANGED,
    messageId: inner.messageId,
    token: inner.token,
    options: [],
    payload: encodeMessage(machine, WORD, { what: 1, value: piv }),
  };
  const answers = [
    sealAnswer(machine, platform, origin, undefined, bare),
    sealAnswer(machine, platform, origin, 16777215 - piv, word),
  ];
  for (let i = 0; i < answers.length; i++) {
    say("answer " + toHex(encodePacket(machine, answers[i])));
    const opened = openAnswer(machine, pager, origin, answers[i]);
    if (isFault(opened)) say("answer " + opened.fault + " " + opened.path);
    else sayOpened(say, "answer " + text(opened.piv), opened);
  }
}

function saySealed(machine: Machine, say: Say): void {
  const pager = pagerContext(machine);
  const platform = platformContext(pager);
  const pivs = [0, 1, 255, 256, 65536, 16777215];
  for (let i = 0; i < pivs.length; i++) {
    const payload = encodeMessage(machine, SOS, { number: pivs[i], time: 200000000 + i });
    const token = machine.bytes(1);
    token[0] = i;
    const inner: Packet = {
      type: i % 2 === 0 ? CON : NON,
      code: POST,
      messageId: 65535 - i,
      token: token,
      options: [pathOption(machine, "s")],
      payload: payload,
    };
    const bytes = encodePacket(machine, sealRequest(machine, pager, pivs[i], inner));
    say("sealed " + bytes.length + " " + toHex(bytes));
    openOnce(machine, platform, bytes, say);
    sayAnswers(machine, pager, platform, inner, pivs[i], say);
    bytes[bytes.length - 1] = bytes[bytes.length - 1] ^ 1;
    openOnce(machine, platform, bytes, say);
    openOnce(machine, platform, fromText(machine, "not CoAP at all"), say);
  }
}

function sayWindow(machine: Machine, say: Say): void {
  const window = newWindow(machine);
  const numbers = [0, 1, 0, 130, 2, 3, 129, 129, 16777215, 16777088, 16777087];
  let line = "window";
  for (let i = 0; i < numbers.length; i++) {
    line = line + " " + checkPiv(window, numbers[i]);
    markPiv(window, numbers[i]);
  }
  say(line);
}

/** Across the moment at which the millisecond counter wraps. */
function sayExchange(say: Say): void {
  const starts = [0, 2147483600, -2147483647];
  for (let i = 0; i < starts.length; i++) {
    const exchange = newExchange(starts[i], 1234567890);
    let line = "exchange " + exchange.secondMs + " " + exchange.thirdMs;
    let spentMs = 0;
    for (let j = 0; j < 4; j++) {
      // The sum is made so that it never leaves int32, on no engine.
      const roomMs = 2147483647 - spentMs;
      const nowMs =
        starts[i] > roomMs ? -2147483647 - 1 + (starts[i] - roomMs - 1) : starts[i] + spentMs;
      const waitMs = dueInMs(exchange, nowMs);
      line = line + " " + stepExchange(exchange, nowMs) + " " + waitMs;
      spentMs = spentMs + waitMs;
    }
    say(line);
  }
}

export function sayWire(machine: Machine, say: Say): void {
  sayNumbers(machine, say);
  sayItems(machine, say);
  sayMessages(machine, say);
  saySealed(machine, say);
  sayWindow(machine, say);
  sayExchange(say);
}
