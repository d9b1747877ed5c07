// A platform small enough to read at once, written on protocol/: opens, remembers, answers.
// Keeps the rules of its end, and holds the pager to its own: no nonce for two plaintexts.

import { toHex } from "../../protocol/bytes.ts";
import {
  ACK,
  CHANGED,
  CON,
  decodePacket,
  ECHO,
  encodePacket,
  NON,
  optionValue,
  POST,
  pathOf,
  pathOption,
  UNAUTHORIZED,
} from "../../protocol/coap.ts";
import type { Option } from "../../protocol/coap-body.ts";
import { isFault } from "../../protocol/fault.ts";
import { decodeMessage, encodeMessage } from "../../protocol/message-codec.ts";
import {
  declarationOf,
  type Report,
  WORD,
  WORD_CLOSED,
  WORD_TAKEN,
  WORD_TIME,
} from "../../protocol/messages.ts";
import {
  openAnswer,
  openRequest,
  readSealed,
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
  report: Partial<Report> & { what?: number };
}

export interface PlatformAlarm {
  /** Kid and number: the identity of an alarm [wire §2.1]. */
  id: string;
  number: number;
  slot: number;
  copies: number;
}

export interface Platform {
  stored: StoredMessage[];
  alarms: PlatformAlarm[];
  /** What is repeated in answers until its result is in. */
  pending: { what: number; value: number; slot: number }[];
  /** Answers to nothing while false: what comes is not even opened. */
  listening: boolean;
  /** Answers with the time where nothing else waits; bare otherwise. */
  tellsTime: boolean;
  /** Asks for proof before it takes anything but an alarm as it is [wire §1.3]. */
  asksEcho: boolean;
  timeS: number;
  /** Bare answers to its own requests, as they were opened. */
  obeyed: number;
  /** What is wrong with the pager's datagrams; empty at the end of every test. */
  complaints: string[];
  hear(datagram: Octets): Octets[];
  say(what: number, value: number, type?: number): Octets;
  ofLetter(letter: string): StoredMessage[];
}

const machine = nodeMachine;
const PROOF = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]);

export function createPlatform(): Platform {
  const windows: Window[] = PLATFORM_ENDS.map(() => newWindow(machine));
  const nextPiv = [0, 0];
  const nonces = new Map<string, string>();
  const asked: { token: string; piv: Octets; slot: number }[] = [];
  let newest = 0;
  let messageId = 0x7000;

  const platform: Platform = {
    stored: [],
    alarms: [],
    pending: [],
    listening: true,
    tellsTime: false,
    asksEcho: false,
    timeS: 200000000,
    obeyed: 0,
    complaints: [],
    hear(datagram) {
      checkNonce(datagram);
      return platform.listening ? answerTo(datagram) : [];
    },
    say(what, value, type = CON) {
      const piv = nextPiv[newest]++;
      messageId = (messageId + 1) % 65536;
      const token = Uint8Array.from([messageId % 256, 9]);
      const packet = sealRequest(machine, PLATFORM_ENDS[newest], piv, {
        type,
        code: POST,
        messageId,
        token,
        options: [pathOption(machine, WORD.letter)],
        payload: encodeMessage(machine, WORD, { what, value }),
      });
      const sealed = readSealed(machine, packet);
      if (isFault(sealed) || sealed.pivBytes === undefined) throw new Error("own request");
      asked.push({ token: toHex(token), piv: sealed.pivBytes as Octets, slot: newest });
      return encodePacket(machine, packet) as Octets;
    },
    ofLetter: (letter) => platform.stored.filter((message) => message.letter === letter),
  };

  /** One key id and number seal one text for ever, whoever listens [wire §1]. */
  function checkNonce(datagram: Octets): void {
    const packet = decodePacket(machine, datagram);
    if (isFault(packet)) return void platform.complaints.push(`malformed: ${packet.fault}`);
    const sealed = readSealed(machine, packet);
    if (isFault(sealed)) return void platform.complaints.push(`unsealed: ${sealed.fault}`);
    if (sealed.kid === undefined || sealed.pivBytes === undefined) return;
    const nonce = `${toHex(sealed.kid)} ${toHex(sealed.pivBytes)}`;
    const before = nonces.get(nonce);
    if (before !== undefined && before !== toHex(datagram)) {
      platform.complaints.push(`nonce twice: ${nonce}`);
    }
    nonces.set(nonce, toHex(datagram));
  }

  function takeObeyed(datagram: Octets): void {
    const packet = decodePacket(machine, datagram);
    if (isFault(packet)) return;
    const origin = asked.find((one) => one.token === toHex(packet.token));
    if (origin === undefined) return void platform.complaints.push("answer to nothing");
    const context = PLATFORM_ENDS[origin.slot];
    const opened = openAnswer(
      machine,
      context,
      { kid: context.senderId, piv: origin.piv },
      packet,
    );
    if (isFault(opened)) return void platform.complaints.push(`bad answer: ${opened.fault}`);
    if (packet.type !== ACK || opened.code !== CHANGED || opened.payload.length > 0) {
      platform.complaints.push("an answer that is not the bare one");
    }
    platform.obeyed += 1;
  }

  function store(message: StoredMessage): void {
    platform.stored.push(message);
    const number = message.report.number ?? 0;
    if (message.letter === "o") {
      platform.pending = platform.pending.filter(
        (word) => word.what !== message.report.what || word.value !== number,
      );
    }
    if (message.letter !== "s") return;
    const id = `${toHex(PLATFORM_ENDS[message.slot].recipientId)}/${number}`;
    const known = platform.alarms.find((alarm) => alarm.id === id);
    if (known !== undefined) known.copies += 1;
    else platform.alarms.push({ id, number, slot: message.slot, copies: 1 });
  }

  function answerTo(datagram: Octets): Octets[] {
    const packet = decodePacket(machine, datagram);
    if (isFault(packet)) return [];
    if (packet.code !== POST) {
      takeObeyed(datagram);
      return [];
    }
    const sealed = readSealed(machine, packet);
    if (isFault(sealed) || sealed.kid === undefined || sealed.piv === undefined) return [];
    if (sealed.pivBytes === undefined) return [];
    const slot = PLATFORM_ENDS.findIndex((end) => toHex(end.recipientId) === toHex(sealed.kid!));
    if (slot < 0) return [];
    const opened = openRequest(machine, PLATFORM_ENDS[slot], sealed);
    if (isFault(opened)) {
      platform.complaints.push(`can't open: ${opened.fault}`);
      return [];
    }
    const origin = { kid: sealed.kid, piv: sealed.pivBytes };
    const bare = {
      type: packet.type === CON ? ACK : NON,
      code: CHANGED,
      messageId: packet.messageId,
      token: packet.token,
      options: [] as Option[],
      payload: new Uint8Array(0) as ArrayLike<number> as Octets,
    };
    const seal = (ownPiv: number | undefined, answer: typeof bare) =>
      encodePacket(machine, sealAnswer(machine, PLATFORM_ENDS[slot], origin, ownPiv, answer));
    const state = checkPiv(windows[slot], sealed.piv);
    if (state === "old") return [];
    // A copy gets the same answer, computed again.
    if (state === "seen") return [seal(undefined, bare) as Octets];

    const letter = pathOf(opened);
    const echo = optionValue(opened, ECHO);
    const proven = echo !== undefined && toHex(echo) === toHex(PROOF);
    if (proven) platform.asksEcho = false;
    const challenge: Option[] = platform.asksEcho ? [{ number: ECHO, value: PROOF }] : [];
    markPiv(windows[slot], sealed.piv);
    newest = slot;
    if (platform.asksEcho && letter !== "s") {
      const answer = { ...bare, code: UNAUTHORIZED, options: challenge };
      return [seal(nextPiv[slot]++, answer) as Octets];
    }
    const declaration = declarationOf(letter);
    if (declaration === undefined) {
      platform.complaints.push(`unknown letter ${letter}`);
      return [];
    }
    const report = decodeMessage(machine, declaration, opened.payload);
    if (isFault(report)) {
      platform.complaints.push(`${letter}: ${report.fault} at ${report.path}`);
      return [];
    }
    store({ letter, slot, piv: sealed.piv, report: report as StoredMessage["report"] });
    const word = platform.pending.find((one) => one.slot === slot);
    if (word !== undefined) {
      const payload = encodeMessage(machine, WORD, { what: word.what, value: word.value });
      return [seal(nextPiv[slot]++, { ...bare, payload: payload as Octets }) as Octets];
    }
    if (platform.tellsTime || challenge.length > 0) {
      const payload = encodeMessage(machine, WORD, { what: WORD_TIME, value: platform.timeS });
      const answer = { ...bare, options: challenge, payload: payload as Octets };
      return [seal(nextPiv[slot]++, answer) as Octets];
    }
    return [seal(undefined, bare) as Octets];
  }

  return platform;
}

/** An operator takes the alarm: the word goes out now, and again in answers until its result is in. */
export function take(platform: Platform, alarm: PlatformAlarm): Octets {
  platform.pending.push({ what: WORD_TAKEN, value: alarm.number, slot: alarm.slot });
  return platform.say(WORD_TAKEN, alarm.number);
}

export function close(platform: Platform, alarm: PlatformAlarm): Octets {
  platform.pending = platform.pending.filter((word) => word.value !== alarm.number);
  platform.pending.push({ what: WORD_CLOSED, value: alarm.number, slot: alarm.slot });
  return platform.say(WORD_CLOSED, alarm.number);
}
