// The far ends of the SMS carriers, for tests: a modem on a serial line, a provider's HTTP interface.
// Bytes only: what they are given is kept, and what they answer is what a test says.

import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { PassThrough } from "node:stream";
import * as assert from "uvu/assert";
import { CON, encodePacket, type Packet, POST } from "../../protocol/coap.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { sealRequest } from "../../protocol/oscore.ts";
import { encodeDeliver, fromPduLine, type Sms, toPduLine } from "../../protocol/sms-pdu.ts";
import { decodeSubmit } from "../../protocol/sms-reader.ts";
import type { Datagram } from "../../sdk/gateway/datagram.ts";
import type { ByteLine } from "../../sdk/gateway/serial-carrier.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { toOctets } from "../../sdk/octets.ts";
import { PLATFORM } from "../protocol/contexts.ts";

/** Waits until it is so, round by round of the event loop; fails when it never becomes so. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let round = 0; round < 1_000_000; round++) {
    if (isSo()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.unreachable(`never: ${isSo}`);
}

/** Some rounds of the event loop: what should not happen has had its time. */
export async function rounds(): Promise<void> {
  for (let round = 0; round < 50; round++) await new Promise((resolve) => setImmediate(resolve));
}

/** Two ends of a line made of memory. */
export function linePair(): {
  line: ByteLine;
  far: PassThrough;
  heard(): string;
  closed(): boolean;
} {
  const input = new PassThrough();
  const output = new PassThrough();
  let heard = "";
  let closed = false;
  output.on("data", (octets: Buffer) => {
    heard += octets.toString("latin1");
  });
  const close = (): void => {
    closed = true;
  };
  return { line: { input, output, close }, far: input, heard: () => heard, closed: () => closed };
}

/** What the gateway would be given. */
export function openEnds(): {
  received: Datagram[];
  failures(): number;
  receive(datagram: Datagram): void;
  failed(): void;
} {
  const received: Datagram[] = [];
  let failures = 0;
  return {
    received,
    failures: () => failures,
    receive: (datagram) => void received.push(datagram),
    failed() {
      failures += 1;
    },
  };
}

/** A sealed datagram of so many octets or a few more, another one for each number. */
export function sealed(number: number, octets = 0): Uint8Array {
  const packet = { ...PACKET, payload: new Uint8Array(Math.max(1, octets - SEALED_FRAME)) };
  return toOctets(encodePacket(nodeMachine, sealRequest(nodeMachine, PLATFORM, number, packet)));
}

const SEALED_FRAME = 20;
const PACKET: Packet = {
  type: CON,
  code: POST,
  messageId: 7,
  token: Uint8Array.of(1),
  options: [],
  payload: new Uint8Array(0),
};

export interface ModemEnd {
  line: ByteLine;
  /** Commands as they came. */
  readonly commands: string[];
  /** All that was written to it. */
  written(): string;
  /** Messages that were handed in, as lines of hex. */
  readonly pdus: string[];
  /** What the store holds, by index. */
  readonly stored: Map<number, string>;
  /** Says how a command is answered; undefined: as usual. */
  answer: (command: string) => string | undefined;
  /** Says something unasked. */
  say(text: string): void;
  /** A message out of the network, handed through at once. */
  hand(sms: Sms): void;
  closed(): boolean;
}

const OK = "\r\nOK\r\n";

export function modemEnd(): ModemEnd {
  const { line, far, heard, closed } = linePair();
  let pending = "";
  let body = false;
  const modem: ModemEnd = {
    line,
    commands: [],
    written: heard,
    pdus: [],
    stored: new Map(),
    answer: () => undefined,
    say: (text) => void far.write(text, "latin1"),
    hand(sms) {
      const pdu = toPduLine(encodeDeliver(nodeMachine, sms) as Bytes);
      modem.say(`\r\n+CMT: ,${pdu.length / 2 - 1}\r\n${pdu}\r\n`);
    },
    closed,
  };

  const usual = (command: string): string => {
    const [, deleted] = /^AT\+CMGD=(\d+)$/.exec(command) ?? [];
    if (deleted !== undefined) modem.stored.delete(Number(deleted));
    if (command !== "AT+CMGL=4") return OK;
    const lines = [...modem.stored].map(([at, pdu]) => `\r\n+CMGL: ${at},1,,30\r\n${pdu}\r\n`);
    return lines.join("") + OK;
  };

  const take = (command: string): void => {
    modem.commands.push(command);
    const answer = modem.answer(command);
    body = answer === undefined && command.startsWith("AT+CMGS=");
    modem.say(answer ?? (body ? "\r\n> " : usual(command)));
  };

  const takeBody = (pdu: string): void => {
    body = false;
    modem.pdus.push(pdu);
    modem.say(modem.answer("body") ?? `\r\n+CMGS: ${modem.pdus.length}\r\n${OK}`);
  };

  (line.output as PassThrough).on("data", (octets: Buffer) => {
    for (const letter of octets.toString("latin1")) {
      if (letter === "\x1b") body = false;
      else if (letter !== (body ? "\x1a" : "\r")) pending += letter;
      else {
        const text = pending;
        pending = "";
        if (body) takeBody(text);
        else take(text);
      }
    }
  });
  return modem;
}

/** A message that was handed in, read as the network reads it. */
export function submitted(pdu: string): Sms {
  const tpdu = fromPduLine(nodeMachine, pdu) as Bytes;
  return decodeSubmit(nodeMachine, tpdu) as Sms;
}

export interface ProviderEnd {
  url: string;
  readonly bodies: Record<string, string>[];
  readonly authorizations: (string | undefined)[];
  answer: (response: ServerResponse) => void;
  close(): Promise<void>;
}

export async function providerEnd(): Promise<ProviderEnd> {
  const listening = createServer(async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    provider.authorizations.push(request.headers.authorization);
    provider.bodies.push(JSON.parse(Buffer.concat(chunks).toString("utf8")));
    provider.answer(response);
  });
  listening.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const { port } = listening.address() as AddressInfo;
  const provider: ProviderEnd = {
    url: `http://127.0.0.1:${port}/send`,
    bodies: [],
    authorizations: [],
    answer: (response) => void response.end("{}"),
    close: () =>
      new Promise((resolve) => {
        listening.close(() => resolve());
        listening.closeAllConnections();
      }),
  };
  return provider;
}
