// A platform small enough to read at once, written on protocol/: opens, remembers, answers.
// Keeps the rules of its end, and holds the pager to its own: no nonce for two plaintexts.

import { serveBlock } from "../../protocol/block-pull.ts";
import { copyBytes, toHex } from "../../protocol/bytes.ts";
import {
  ACK,
  CHANGED,
  CON,
  decodePacket,
  ECHO,
  encodePacket,
  GET,
  NON,
  NOT_FOUND,
  optionValue,
  type Packet,
  POST,
  pathOf,
  pathOption,
  UNAUTHORIZED,
} from "../../protocol/coap.ts";
import type { Option } from "../../protocol/coap-body.ts";
import type { Declaration, Values } from "../../protocol/declaration.ts";
import { isFault } from "../../protocol/fault.ts";
import { BLOCK_EXPONENT, ETAG_OCTETS_MAX } from "../../protocol/limits.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { decodeMessage, encodeMessage } from "../../protocol/message-codec.ts";
import { declarationOf } from "../../protocol/message-lookup.ts";
import {
  IMAGE_LETTER,
  RENEW,
  type Report,
  WORD,
  WORD_ANEW,
  WORD_CLOSED,
  WORD_TAKEN,
  WORD_TIME,
} from "../../protocol/messages.ts";
import {
  type Context,
  type Origin,
  openAnswer,
  openRequest,
  readSealed,
  type Sealed,
  sealAnswer,
  sealRequest,
} from "../../protocol/oscore.ts";
import { checkPiv, markPiv, newWindow, type Window } from "../../protocol/replay.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { PLATFORM_ENDS } from "./contexts.ts";

export type Octets = Uint8Array;

export interface StoredMessage {
  letter: string;
  slot: number;
  piv: number;
  report: Partial<Report> & { what?: number; outcome?: number; detail?: number };
  payload: Bytes;
}

export interface PlatformAlarm {
  /** Kid and number: the identity of an alarm [wire §2.1]. */
  id: string;
  number: number;
  slot: number;
  copies: number;
}

/** What an answer needs beside what is sealed in it. */
interface Asked {
  packet: Packet;
  slot: number;
  origin: Origin;
}

const machine = nodeMachine;
const PROOF = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]);
const NOTHING = new Uint8Array(0);

export class Platform {
  /** Its ends of all contexts that it takes, in the order in which they were made. */
  ends: Context[] = [...PLATFORM_ENDS];
  stored: StoredMessage[] = [];
  alarms: PlatformAlarm[] = [];
  /** What is repeated in answers until its result is in. */
  pending: { what: number; value: number; slot: number; payload?: Bytes }[] = [];
  /** Answers to nothing while false: what comes is not even opened. */
  listening = true;
  /** Answers with the time where nothing else waits; bare otherwise. */
  tellsTime = false;
  /** Asks for proof before it takes anything but an alarm as it is [wire §1.3]. */
  asksEcho = false;
  /** Asks for ever, whatever proof comes, though it takes everything as it is. */
  stubborn = false;
  timeS = 200000000;
  /** What is to be pulled; how often a block was asked for. */
  image: Octets | undefined;
  blocks = 0;
  /** Bare answers to its own requests, opened. */
  obeyed = 0;
  /** What is wrong with the pager's datagrams; empty at the end of every test. */
  complaints: string[] = [];

  private windows: Window[] = this.ends.map(() => newWindow(machine));
  private nextPiv = [0, 0];
  private nonces = new Map<string, string>();
  private asked: { token: string; piv: Bytes; slot: number }[] = [];
  private newest = 0;
  private messageId = 0x7000;

  ofLetter(letter: string): StoredMessage[] {
    return this.stored.filter((message) => message.letter === letter);
  }

  /** Takes a datagram off the air; returns what flies back. */
  hear(datagram: Octets): Octets[] {
    const packet = decodePacket(machine, datagram);
    if (isFault(packet)) return this.complain(`malformed: ${packet.fault}`);
    const sealed = readSealed(machine, packet);
    if (isFault(sealed)) return this.complain(`unsealed: ${sealed.fault}`);
    this.checkNonce(sealed, datagram);
    if (!this.listening) return [];
    return packet.code === POST ? this.answerTo(sealed) : this.takeObeyed(packet);
  }

  /** A word of its own, as a datagram. */
  say(what: number, value: number, type = CON): Octets {
    return this.sayOctets(encodeMessage(machine, WORD, { what, value }), type);
  }

  /** A command: it leaves now, and again in answers to polls and beats until its result is in. */
  order<D extends Declaration & { word: number }>(
    declaration: D,
    values: Omit<Values<D>, "what">,
  ): Octets {
    const payload = encodeMessage(machine, declaration, {
      what: declaration.word,
      ...values,
    } as unknown as Values<D>);
    const { id } = values as unknown as { id: number };
    this.pending.push({ what: declaration.word, value: id, slot: this.newest, payload });
    return this.sayOctets(payload, CON);
  }

  /** A request of its own with these octets in it. */
  sayOctets(payload: Bytes, type = CON): Octets {
    this.messageId += 1;
    const token = Uint8Array.from([this.messageId % 256, 9]);
    const packet = sealRequest(machine, this.ends[this.newest], this.takePiv(this.newest), {
      type,
      code: POST,
      messageId: this.messageId,
      token,
      options: [pathOption(machine, WORD.letter)],
      payload,
    });
    const sealed = readSealed(machine, packet);
    if (isFault(sealed) || sealed.pivBytes === undefined) throw new Error("own request");
    this.asked.push({ token: toHex(token), piv: sealed.pivBytes, slot: this.newest });
    return encodePacket(machine, packet) as Octets;
  }

  /** An operator takes: the word leaves now, and again in answers until its result is in. */
  take(alarm: PlatformAlarm): Octets {
    this.pending.push({ what: WORD_TAKEN, value: alarm.number, slot: alarm.slot });
    return this.say(WORD_TAKEN, alarm.number);
  }

  close(alarm: PlatformAlarm): Octets {
    this.pending = this.pending.filter((word) => word.value !== alarm.number);
    this.pending.push({ what: WORD_CLOSED, value: alarm.number, slot: alarm.slot });
    return this.say(WORD_CLOSED, alarm.number);
  }

  /** Released or reopened: what waited for this alarm is said no more. */
  giveBack(what: number, alarm: PlatformAlarm): Octets {
    this.pending = this.pending.filter((word) => word.value !== alarm.number);
    this.pending.push({ what, value: alarm.number, slot: alarm.slot });
    return this.say(what, alarm.number);
  }

  /** Makes a context for this slot and brings it to the pager; `ends` has it from then on. */
  renew(id: number, slot: number): Octets {
    const made = this.ends.length;
    const octets = (length: number, first: number) =>
      Uint8Array.from({ length }, (_, i) => (first + 11 * i + 29 * made) % 256);
    const end: Context = {
      senderId: Uint8Array.of(slot),
      recipientId: Uint8Array.of(0xca, 0xfe, made),
      senderKey: octets(16, 40),
      recipientKey: octets(16, 70),
      commonIv: octets(13, 100),
    };
    this.ends.push(end);
    this.windows.push(newWindow(machine));
    this.nextPiv.push(0);
    return this.order(RENEW, {
      id,
      slot,
      kid: end.recipientId,
      platformId: end.senderId,
      senderKey: end.recipientKey,
      recipientKey: end.senderKey,
      commonIv: end.commonIv,
    });
  }

  private complain(text: string): Octets[] {
    this.complaints.push(text);
    return [];
  }

  private takePiv(slot: number): number {
    this.nextPiv[slot] += 1;
    return this.nextPiv[slot] - 1;
  }

  /** One key id and number seal one text for ever, whoever listens [wire §1]. */
  private checkNonce(sealed: Sealed, datagram: Octets): void {
    if (sealed.kid === undefined || sealed.pivBytes === undefined) return;
    const nonce = `${toHex(sealed.kid)} ${toHex(sealed.pivBytes)}`;
    const before = this.nonces.get(nonce);
    if (before !== undefined && before !== toHex(datagram)) this.complain(`nonce twice: ${nonce}`);
    this.nonces.set(nonce, toHex(datagram));
  }

  private takeObeyed(packet: Packet): Octets[] {
    const own = this.asked.find((one) => one.token === toHex(packet.token));
    if (own === undefined) return this.complain("answer to nothing");
    const context = this.ends[own.slot];
    const origin = { kid: context.senderId, piv: own.piv };
    const opened = openAnswer(machine, context, origin, packet);
    if (isFault(opened)) return this.complain(`bad answer: ${opened.fault}`);
    if (packet.type !== ACK || opened.code !== CHANGED || opened.payload.length > 0) {
      return this.complain("an answer that is not the bare one");
    }
    this.obeyed += 1;
    return [];
  }

  private answerTo(sealed: Sealed): Octets[] {
    if (sealed.kid === undefined || sealed.piv === undefined) return this.complain("no number");
    if (sealed.pivBytes === undefined) return this.complain("no number");
    const kid = toHex(sealed.kid);
    const slot = this.ends.findIndex((end) => toHex(end.recipientId) === kid);
    if (slot < 0) return this.complain(`unknown kid ${kid}`);
    const opened = openRequest(machine, this.ends[slot], sealed);
    if (isFault(opened)) return this.complain(`can't open: ${opened.fault}`);
    const asked = {
      packet: sealed.packet,
      slot,
      origin: { kid: sealed.kid, piv: sealed.pivBytes },
    };
    const state = checkPiv(this.windows[slot], sealed.piv);
    if (state === "old") return [];
    // A copy gets the same answer, computed again.
    if (state === "seen") return this.bareAnswer(asked);
    markPiv(this.windows[slot], sealed.piv);
    this.newest = slot;
    return this.takeRequest(asked, sealed.piv, opened);
  }

  private takeRequest(asked: Asked, piv: number, opened: Packet): Octets[] {
    const letter = pathOf(opened);
    if (letter === IMAGE_LETTER) return this.blockAnswer(asked, opened);
    const echo = optionValue(opened, ECHO);
    if (echo !== undefined && toHex(echo) === toHex(PROOF)) this.asksEcho = false;
    if (this.asksEcho && letter !== "s") return this.fullAnswer(asked, UNAUTHORIZED, NOTHING);
    const declaration = declarationOf(letter);
    if (declaration === undefined) return this.complain(`unknown letter ${letter}`);
    const report = decodeMessage(machine, declaration, opened.payload);
    if (isFault(report)) return this.complain(`${letter}: ${report.fault} at ${report.path}`);
    this.store({
      letter,
      slot: asked.slot,
      piv,
      report: report as StoredMessage["report"],
      payload: opened.payload,
    });
    const { raisedUnder, number } = report as { raisedUnder?: Octets; number?: number };
    if (
      raisedUnder !== undefined &&
      !this.ends.some((end) => toHex(end.recipientId) === toHex(raisedUnder))
    )
      return this.fullAnswer(
        asked,
        CHANGED,
        encodeMessage(machine, WORD, { what: WORD_ANEW, value: number ?? 0 }),
      );
    // Commands stand only in answers to polls and beats: that to an alarm stays short.
    const asks = letter === "w" || letter === "b";
    const word = this.pending.find((one) =>
      one.payload === undefined ? one.slot === asked.slot : asks,
    );
    if (word !== undefined) {
      const { what, value } = word;
      const payload = word.payload ?? encodeMessage(machine, WORD, { what, value });
      return this.fullAnswer(asked, CHANGED, payload);
    }
    if (!this.tellsTime && !this.asksEcho && !this.stubborn) return this.bareAnswer(asked);
    const time = encodeMessage(machine, WORD, { what: WORD_TIME, value: this.timeS });
    return this.fullAnswer(asked, CHANGED, time);
  }

  private store(message: StoredMessage): void {
    this.stored.push(message);
    const number = message.report.number ?? 0;
    if (message.letter === "o") {
      const what = message.report.what;
      this.pending = this.pending.filter((one) => one.what !== what || one.value !== number);
    }
    if (!"sFZNL".includes(message.letter)) return;
    const id = `${toHex(this.ends[message.slot].recipientId)}/${number}`;
    const known = this.alarms.find((alarm) => alarm.id === id);
    if (known !== undefined) known.copies += 1;
    else this.alarms.push({ id, number, slot: message.slot, copies: 1 });
  }

  private blockAnswer(asked: Asked, opened: Packet): Octets[] {
    if (opened.code !== GET) return this.complain("an image is pulled");
    const { image } = this;
    this.blocks += 1;
    if (image === undefined) {
      return this.seal(asked, this.takePiv(asked.slot), NOT_FOUND, [], NOTHING);
    }
    const body = {
      etag: copyBytes(machine, machine.sha256(image), 0, ETAG_OCTETS_MAX),
      octets: image.length,
      read: (from: number, to: number) => image.slice(from, to),
    };
    const { code, options, payload } = serveBlock(machine, body, opened, BLOCK_EXPONENT);
    return this.seal(asked, this.takePiv(asked.slot), code, options, payload);
  }

  private bareAnswer(asked: Asked): Octets[] {
    return this.seal(asked, undefined, CHANGED, [], NOTHING);
  }

  /** Under a number of its own, with a challenge while it wants proof. */
  private fullAnswer(asked: Asked, code: number, payload: Bytes): Octets[] {
    const asks = this.asksEcho || this.stubborn;
    const options: Option[] = asks ? [{ number: ECHO, value: PROOF }] : [];
    return this.seal(asked, this.takePiv(asked.slot), code, options, payload);
  }

  private seal(
    asked: Asked,
    piv: number | undefined,
    code: number,
    options: Option[],
    payload: Bytes,
  ): Octets[] {
    const { packet, slot, origin } = asked;
    const answer = sealAnswer(machine, this.ends[slot], origin, piv, {
      type: packet.type === CON ? ACK : NON,
      code,
      messageId: packet.messageId,
      token: packet.token,
      options,
      payload,
    });
    return [encodePacket(machine, answer) as Octets];
  }
}
