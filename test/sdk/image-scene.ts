// A pager and its platform, for tests of updates: add an image, ask for it, pull it block by block.
// The pager's half is the wire's own machines; each request is sealed under a number of its own.

import { utimesSync, writeFileSync } from "node:fs";
import * as assert from "uvu/assert";
import { newPull, type Pull, pullOptions, stepPull } from "../../protocol/block-pull.ts";
import { decodePacket, GET, type Packet } from "../../protocol/coap.ts";
import type { Option } from "../../protocol/coap-body.ts";
import { BOARDS } from "../../protocol/codes.ts";
import { isFault } from "../../protocol/fault.ts";
import { IMAGE_OCTETS_MAX } from "../../protocol/limits.ts";
import { encodeMessage } from "../../protocol/message-codec.ts";
import { ACTIVATION, IMAGE_LETTER } from "../../protocol/messages.ts";
import { openAnswer } from "../../protocol/oscore.ts";
import type { NewImage } from "../../sdk/api/host.ts";
import { OnekeyError } from "../../sdk/error.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import type { PlatformOptions } from "../../sdk/platform.ts";
import type { ImageRow } from "../../sdk/store/store.ts";
import { bodyOf } from "../protocol/block-ends.ts";
import { type AddedPager, openRig, type Rig } from "./rig.ts";
import type { TestPager } from "./test-pager.ts";

export const BY = "技术员";
export const BOARD = "rak5010";
/** As large as the firmware is. */
export const WHOLE = bodyOf(66_363, 3);

export interface Asked {
  letter: string;
  code: number;
  options: Option[];
  payload: Uint8Array;
}

/** One exchange: what the pager asks, and the opened answer; with `copies` the same datagram again. */
export async function exchange(
  rig: Rig,
  pager: TestPager,
  asked: Asked,
  copies = 0,
): Promise<Packet> {
  const { letter, code, options, payload } = asked;
  const said = pager.say(letter, payload, { code, options });
  rig.takeSent();
  await rig.deliver(said.bytes, ...Array<Uint8Array>(copies).fill(said.bytes));
  // A command may leave beside them.
  const answers = rig.takeSent().flatMap(({ bytes }) => {
    const packet = decodePacket(nodeMachine, bytes);
    if (isFault(packet)) throw packet;
    const opened = openAnswer(nodeMachine, pager.context, said.origin, packet);
    return isFault(opened) ? [] : [opened];
  });
  assert.is(answers.length, 1 + copies);
  return answers[copies];
}

export function freshPull(): Pull {
  return newPull(nodeMachine, IMAGE_OCTETS_MAX);
}

/** One block; what it was, and its octets. */
export async function pullBlock(
  rig: Rig,
  pager: TestPager,
  state: Pull,
): Promise<{ step: string; octets: Uint8Array }> {
  const options = pullOptions(nodeMachine, state);
  const asked = { letter: IMAGE_LETTER, code: GET, options, payload: new Uint8Array(0) };
  const answer = await exchange(rig, pager, asked);
  const step = stepPull(nodeMachine, state, answer);
  return { step: isFault(step) ? step.fault : step, octets: answer.payload as Uint8Array };
}

/** The whole image, or why there is none. */
export async function pull(
  rig: Rig,
  pager: TestPager,
  state = freshPull(),
): Promise<Uint8Array | string> {
  const parts: Uint8Array[] = [];
  for (;;) {
    const { step, octets } = await pullBlock(rig, pager, state);
    if (step === "restart") parts.length = 0;
    else if (step !== "block" && step !== "last") return step;
    else parts.push(octets);
    if (step === "last") return Uint8Array.from(Buffer.concat(parts));
  }
}

export async function addImage(rig: Rig, image: Partial<NewImage> = {}): Promise<ImageRow> {
  return rig.platform.images.add({ bytes: WHOLE, firmware: 2, board: BOARD, by: BY, ...image });
}

/** Other octets of the same length, and not within one tick of the disk's clock. */
export function overwrite(path: string): void {
  writeFileSync(path, bodyOf(WHOLE.length, 9));
  utimesSync(path, 1_800_000_000, 1_800_000_000);
}

/** What the pager says of itself at its first contact. */
export async function tellBoard(rig: Rig, pager: TestPager, board = BOARD): Promise<void> {
  const payload = encodeMessage(nodeMachine, ACTIVATION, {
    firmware: 1,
    board: BOARDS.indexOf(board),
    chip: Uint8Array.of(1, 2, 3, 4),
  });
  await rig.deliver(pager.say(ACTIVATION.letter, payload).bytes);
  rig.takeSent();
}

export interface Scene {
  rig: Rig;
  pager: AddedPager;
  update(hash: string, anyBoard?: boolean): ReturnType<Rig["platform"]["pagers"]["update"]>;
}

/** A pager that has told its board. */
export async function scene(change: Partial<PlatformOptions> = {}): Promise<Scene> {
  const rig = await openRig(change);
  const pager = await rig.addPager();
  await tellBoard(rig, pager);
  return {
    rig,
    pager,
    async update(hash, anyBoard) {
      const row = await rig.platform.pagers.update(pager.id, { hash, by: BY, anyBoard });
      await rig.settle();
      rig.takeSent();
      return row;
    },
  };
}

/** The code that it is refused with. */
export async function codeOf(act: Promise<unknown>): Promise<string> {
  try {
    await act;
  } catch (error) {
    if (error instanceof OnekeyError) return error.code;
    throw error;
  }
  return "not refused";
}
