// Bodies in blocks, as both ends say them: a push up with its answers, a pull down [RFC 7959 §2.4, §2.5].
// The steps are those of protocol/block-*.ts; only numbers and tags are chosen here.

import { type Assembly, assemble } from "../../protocol/block-assembly.ts";
import { newPull, pullOptions, serveBlock, stepPull } from "../../protocol/block-pull.ts";
import { newPush, pushOctets, pushOptions, stepPush } from "../../protocol/block-push.ts";
import { copyBytes } from "../../protocol/bytes.ts";
import { ACK, CON, GET, type Packet, POST, pathOption } from "../../protocol/coap.ts";
import { isFault } from "../../protocol/fault.ts";
import { BLOCK_EXPONENT, IMAGE_OCTETS_MAX } from "../../protocol/limits.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { IMAGE_LETTER } from "../../protocol/messages.ts";
import { OnekeyError } from "../../sdk/error.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import type { VectorContext } from "./contexts.ts";
import { packetOf, type SealedVector, sealedAnswer, sealedRequest } from "./seal.ts";

/** A step that the other end refuses would make a vector of nothing. */
function expectStep(step: unknown, wanted: string[]): void {
  if (typeof step === "string" && wanted.includes(step)) return;
  const what = isFault(step) ? `${step.fault} in ${step.path}` : String(step);
  throw new OnekeyError("build-failed", `a block of a vector gave ${what}: see block-vectors.ts`);
}

function asAnswer(request: Packet, reply: Pick<Packet, "code" | "options" | "payload">): Packet {
  return { ...request, ...reply, type: ACK };
}

/** The whole push of a body to a resource: each block and its answer, one number a block. */
export function pushed(
  context: VectorContext,
  firstPiv: number,
  letter: string,
  body: Bytes,
): SealedVector[] {
  const push = newPush(Uint8Array.of(firstPiv % 256), body.length);
  const said: SealedVector[] = [];
  let held: Assembly | undefined;
  for (let piv = firstPiv; push.at < body.length; piv++) {
    const packet = packetOf(CON, piv, {
      code: POST,
      options: [pathOption(nodeMachine, letter), ...pushOptions(nodeMachine, push)],
      payload: copyBytes(nodeMachine, body, push.at, push.at + pushOctets(push)),
    });
    const taken = assemble(nodeMachine, held, packet, body.length);
    held = taken.held;
    said.push(sealedRequest(context, "pager", piv, packet));
    said.push(sealedAnswer(context, { from: "pager", piv, packet }, piv, taken.reply));
    expectStep(stepPush(push, asAnswer(packet, taken.reply)), ["block", "last"]);
  }
  return said;
}

/** The whole pull of an image, each block asked for and served. */
export function pulled(context: VectorContext, firstPiv: number, image: Bytes): SealedVector[] {
  const body = {
    etag: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
    octets: image.length,
    read: (from: number, to: number) => copyBytes(nodeMachine, image, from, to),
  };
  const pull = newPull(nodeMachine, IMAGE_OCTETS_MAX);
  const said: SealedVector[] = [];
  for (let piv = firstPiv; pull.at < image.length; piv++) {
    const options = [pathOption(nodeMachine, IMAGE_LETTER), ...pullOptions(nodeMachine, pull)];
    const packet = packetOf(CON, piv, { code: GET, options });
    const reply = serveBlock(nodeMachine, body, packet, BLOCK_EXPONENT);
    said.push(sealedRequest(context, "pager", piv, packet));
    said.push(sealedAnswer(context, { from: "pager", piv, packet }, piv, reply));
    expectStep(stepPull(nodeMachine, pull, asAnswer(packet, reply)), ["block", "last"]);
  }
  return said;
}
