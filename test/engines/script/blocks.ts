// Block-wise transfer on every engine: a body pulled and one pushed, block by block, as lines of text.
// Decides nothing: the lines of Node are the measure, and the test compares.

import type { Reply } from "../../../protocol/block.ts";
import { type Assembly, assemble, settle } from "../../../protocol/block-assembly.ts";
import { newPull, pullOptions, serveBlock, stepPull } from "../../../protocol/block-pull.ts";
import { newPush, pushOctets, pushOptions, stepPush } from "../../../protocol/block-push.ts";
import { copyBytes, fromHex, toHex } from "../../../protocol/bytes.ts";
import { ACK, CHANGED, CON, encodePacket, GET, type Packet, POST } from "../../../protocol/coap.ts";
import type { Option } from "../../../protocol/coap-body.ts";
import { emptyPacket, resetFor, usageOf } from "../../../protocol/coap-matching.ts";
import { crc16 } from "../../../protocol/crc.ts";
import { type Fault, isFault } from "../../../protocol/fault.ts";
import type { Bytes, Machine } from "../../../protocol/machine.ts";
import type { Say } from "./wire.ts";

const BODY_OCTETS = 1300;

function bodyOf(machine: Machine): Bytes {
  const bytes = machine.bytes(BODY_OCTETS);
  for (let i = 0; i < BODY_OCTETS; i++) bytes[i] = (i * 7) % 251;
  return bytes;
}

function request(machine: Machine, code: number, options: Option[], payload: Bytes): Packet {
  return {
    type: CON,
    code: code,
    messageId: 7,
    token: machine.bytes(0),
    options: options,
    payload: payload,
  };
}

function answer(machine: Machine, reply: Reply): Packet {
  return {
    type: ACK,
    code: reply.code,
    messageId: 7,
    token: machine.bytes(0),
    options: reply.options,
    payload: reply.payload,
  };
}

/** A packet in so many octets, by its checksum. */
function sumOf(machine: Machine, packet: Packet): string {
  const bytes = encodePacket(machine, packet);
  return bytes.length + ":" + crc16(bytes, 0, bytes.length);
}

function said(step: string | Fault): string {
  return isFault(step) ? step.fault + " " + step.path : step;
}

function sayPull(machine: Machine, say: Say): void {
  const bytes = bodyOf(machine);
  const body = {
    etag: fromHex(machine, "0102"),
    octets: BODY_OCTETS,
    read(from: number, to: number): Bytes {
      return copyBytes(machine, bytes, from, to);
    },
  };
  for (let exponent = 4; exponent <= 6; exponent++) {
    const pull = newPull(machine, 4000);
    let step: string | Fault = "block";
    while (step === "block") {
      const asked = request(machine, GET, pullOptions(machine, pull), machine.bytes(0));
      const told = answer(machine, serveBlock(machine, body, asked, exponent));
      step = stepPull(machine, pull, told);
      say("pull " + sumOf(machine, asked) + " " + sumOf(machine, told) + " " + said(step));
    }
    say("pulled " + pull.at + " " + toHex(pull.etag));
  }
  const pull = newPull(machine, 4000);
  const bare = { code: CHANGED, options: [], payload: machine.bytes(0) };
  for (let i = 0; i < 18; i++) {
    say("bare " + said(stepPull(machine, pull, answer(machine, bare))));
  }
}

function sayPush(machine: Machine, say: Say): void {
  const bytes = bodyOf(machine);
  const push = newPush(fromHex(machine, "0a0b"), BODY_OCTETS);
  let held: Assembly | undefined;
  let step: string | Fault = "block";
  while (step === "block") {
    const block = copyBytes(machine, bytes, push.at, push.at + pushOctets(push));
    const asked = request(machine, POST, pushOptions(machine, push), block);
    const taken = assemble(machine, held, asked, 4000);
    held = taken.held;
    step = stepPush(push, answer(machine, taken.reply));
    say("push " + sumOf(machine, asked) + " " + taken.reply.code + " " + said(step));
    if (taken.body !== undefined) say("body " + crc16(taken.body, 0, taken.body.length));
  }
  if (held !== undefined) {
    settle(machine, held);
    say("held " + held.bytes.length + " of " + held.octets);
  }
}

export function sayBlocks(machine: Machine, say: Say): void {
  sayPull(machine, say);
  sayPush(machine, say);
  for (let type = 0; type < 4; type++) {
    const bytes = emptyPacket(machine, type, 65535);
    const reset = resetFor(machine, bytes);
    const packet = request(machine, 0, [], machine.bytes(0));
    packet.type = type;
    say(
      "empty " +
        toHex(bytes) +
        " " +
        usageOf(packet) +
        " " +
        (reset === undefined ? "-" : toHex(reset)),
    );
  }
}
