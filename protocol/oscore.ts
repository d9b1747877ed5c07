// OSCORE: a packet sealed under a context, and opened again [RFC 8613 §8].
// Keeps no state: numbers, windows and the rule that no nonce serves twice are the callers'.

import { equalBytes, shiftDown } from "./bytes.ts";
import {
  CHANGED,
  HOP_LIMIT,
  OSCORE,
  type Packet,
  POST,
  PROXY_SCHEME,
  PROXY_URI,
  URI_HOST,
  URI_PORT,
} from "./coap.ts";
import { type Option, putBody, readBody, sizeOfBody, sortOptions } from "./coap-body.ts";
import { type Fault, isFault, makeFault } from "./fault.ts";
import { TAG_OCTETS } from "./limits.ts";
import type { Bytes, Machine } from "./machine.ts";
import { aadOf, nonceOf } from "./oscore-input.ts";
import { decodeOscoreOption, decodePiv, encodeOscoreOption, encodePiv } from "./oscore-option.ts";

/** One end's half of a security context; the other end has ids and keys the other way round. */
export interface Context {
  senderId: Bytes;
  recipientId: Bytes;
  senderKey: Bytes;
  recipientKey: Bytes;
  commonIv: Bytes;
  /** Sent along with requests where it is set. Pagers have none. */
  kidContext?: Bytes;
}

/** The request that an answer belongs to: its nonce and both answers' associated data. */
export interface Origin {
  kid: Bytes;
  piv: Bytes;
}

/** A packet whose option was read and whose tag was not looked at yet. */
export interface Sealed {
  packet: Packet;
  kid?: Bytes;
  /** The number and its octets: both or neither. */
  piv?: number;
  pivBytes?: Bytes;
  kidContext?: Bytes;
}

/** An opened answer; `piv` where it had a number of its own. */
export interface Answer extends Packet {
  piv?: number;
}

const PATH = "oscore";

/** Class U: needed on the way, so it stays outside; all else goes inside [RFC 8613 §4.1]. */
function isOuter(number: number): boolean {
  return (
    number === URI_HOST ||
    number === URI_PORT ||
    number === OSCORE ||
    number === HOP_LIMIT ||
    number === PROXY_URI ||
    number === PROXY_SCHEME
  );
}

/** Appends the options of one class to `list`; an OSCORE option is of none: it is made anew. */
function pushOptions(list: Option[], options: Option[], outer: boolean): void {
  for (let i = 0; i < options.length; i++) {
    const number = options[i].number;
    if (number !== OSCORE && isOuter(number) === outer) list.push(options[i]);
  }
}

/** Inner code, class E options, payload [RFC 8613 §5.3]. */
function plaintextOf(machine: Machine, packet: Packet): Bytes {
  const inner: Option[] = [];
  pushOptions(inner, packet.options, false);
  const options = sortOptions(inner);
  const text = machine.bytes(1 + sizeOfBody(options, packet.payload));
  text[0] = packet.code;
  putBody(text, 1, options, packet.payload);
  return text;
}

/** The packet that goes out: code and options that hide what is inside. */
function wrap(packet: Packet, code: number, option: Bytes, sealed: Bytes): Packet {
  const options: Option[] = [{ number: OSCORE, value: option }];
  pushOptions(options, packet.options, true);
  return {
    type: packet.type,
    code: code,
    messageId: packet.messageId,
    token: packet.token,
    options: sortOptions(options),
    payload: sealed,
  };
}

/** The packet inside, or a fault when the tag is wrong or the opened text is malformed. */
function unwrap(machine: Machine, packet: Packet, text: Bytes | undefined): Answer | Fault {
  if (text === undefined) return makeFault("not-authentic", PATH);
  const body = readBody(machine, text, 1, "oscore.inner");
  if (isFault(body)) return body;
  const options: Option[] = [];
  pushOptions(options, packet.options, true);
  pushOptions(options, body.options, false);
  return {
    type: packet.type,
    code: text[0],
    messageId: packet.messageId,
    token: packet.token,
    options: sortOptions(options),
    payload: body.payload,
  };
}

/** Reads the OSCORE option of a packet; nothing is opened yet. */
export function readSealed(machine: Machine, packet: Packet): Sealed | Fault {
  let value: Bytes | undefined;
  for (let i = 0; i < packet.options.length; i++) {
    if (packet.options[i].number === OSCORE) {
      if (value !== undefined) return makeFault("bad-oscore-option", PATH);
      value = packet.options[i].value;
    }
  }
  if (value === undefined) return makeFault("no-oscore-option", PATH);
  const option = decodeOscoreOption(machine, value);
  if (isFault(option)) return option;
  // An inner code and a tag are the least that can be sealed.
  if (packet.payload.length <= TAG_OCTETS) return makeFault("truncated", PATH);
  const sealed: Sealed = { packet: packet };
  if (option.kid !== undefined) sealed.kid = option.kid;
  if (option.kidContext !== undefined) sealed.kidContext = option.kidContext;
  if (option.piv !== undefined) {
    sealed.piv = decodePiv(option.piv);
    sealed.pivBytes = option.piv;
  }
  return sealed;
}

/**
 * Seals a request under the sender's number `piv` (0 to 2^24 - 1), which was never used before
 * [wire §1.4]. Type, message id and token stay; the code outside is POST.
 */
export function sealRequest(
  machine: Machine,
  context: Context,
  piv: number,
  packet: Packet,
): Packet {
  const pivBytes = encodePiv(machine, piv);
  const nonce = nonceOf(machine, context.commonIv, context.senderId, pivBytes);
  const aad = aadOf(machine, context.senderId, pivBytes);
  const sealed = machine.ccm.seal(context.senderKey, nonce, aad, plaintextOf(machine, packet));
  const option = encodeOscoreOption(machine, {
    piv: pivBytes,
    kidContext: context.kidContext,
    kid: context.senderId,
  });
  return wrap(packet, POST, option, sealed);
}

/**
 * Opens a request: the packet inside with type, message id and token of the outside. Whether its
 * number is new is asked of the replay window, before, and marked there after [RFC 8613 §8.2].
 */
export function openRequest(machine: Machine, context: Context, sealed: Sealed): Packet | Fault {
  if (sealed.kid === undefined || sealed.pivBytes === undefined) {
    return makeFault("bad-oscore-option", PATH);
  }
  if (!equalBytes(sealed.kid, context.recipientId)) return makeFault("unknown-kid", PATH);
  const nonce = nonceOf(machine, context.commonIv, sealed.kid, sealed.pivBytes);
  const aad = aadOf(machine, sealed.kid, sealed.pivBytes);
  const text = machine.ccm.open(context.recipientKey, nonce, aad, sealed.packet.payload);
  const opened = unwrap(machine, sealed.packet, text);
  if (isFault(opened)) return opened;
  if (opened.code === 0 || opened.code > 31) return makeFault("bad-code", "oscore.inner");
  return opened;
}

/**
 * Seals an answer. Without a number of its own it goes under the request's nonce, and then it must
 * be the bare answer, the same octets every time [wire §1.1]; with one, `ownPiv` is a number of
 * this end's own counter that was never used before [RFC 8613 §8.3]. The code outside is 2.04.
 */
export function sealAnswer(
  machine: Machine,
  context: Context,
  origin: Origin,
  ownPiv: number | undefined,
  packet: Packet,
): Packet {
  const ownBytes = ownPiv === undefined ? undefined : encodePiv(machine, ownPiv);
  const nonce =
    ownBytes === undefined
      ? nonceOf(machine, context.commonIv, origin.kid, origin.piv)
      : nonceOf(machine, context.commonIv, context.senderId, ownBytes);
  const aad = aadOf(machine, origin.kid, origin.piv);
  const sealed = machine.ccm.seal(context.senderKey, nonce, aad, plaintextOf(machine, packet));
  return wrap(packet, CHANGED, encodeOscoreOption(machine, { piv: ownBytes }), sealed);
}

/** Opens an answer to the request that `origin` names; it carries `piv` where it had one. */
export function openAnswer(
  machine: Machine,
  context: Context,
  origin: Origin,
  packet: Packet,
): Answer | Fault {
  const sealed = readSealed(machine, packet);
  if (isFault(sealed)) return sealed;
  const nonce =
    sealed.pivBytes === undefined
      ? nonceOf(machine, context.commonIv, origin.kid, origin.piv)
      : nonceOf(machine, context.commonIv, context.recipientId, sealed.pivBytes);
  const aad = aadOf(machine, origin.kid, origin.piv);
  const text = machine.ccm.open(context.recipientKey, nonce, aad, packet.payload);
  const opened = unwrap(machine, packet, text);
  if (isFault(opened)) return opened;
  if (shiftDown(opened.code, 32) < 2) return makeFault("bad-code", "oscore.inner");
  if (sealed.piv !== undefined) opened.piv = sealed.piv;
  return opened;
}
