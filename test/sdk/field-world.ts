// One pager in the field and its platform, with each datagram counted so that any one can be lost.
// All that the platform sends is opened: no number of it may seal two texts.

import * as assert from "uvu/assert";
import { decodePacket } from "../../protocol/coap.ts";
import { isFault } from "../../protocol/fault.ts";
import type { CommandRow } from "../../sdk/care/commands.ts";
import type { Event } from "../../sdk/events.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { hexOf } from "../../sdk/octets.ts";
import { type FieldPager, makeFieldPager } from "./field-pager.ts";
import { eventsOf, openRig, type Rig } from "./rig.ts";
import type { TestPager } from "./test-pager.ts";

/** Which datagram is lost, and behind which one the platform is restarted; the first is 1. */
export interface Plan {
  lost?: number;
  restart?: number;
  /** The round in which the wearer raises an alarm; the first is 0. */
  raise?: number;
}

export interface World {
  rig: Rig;
  id: string;
  field: FieldPager;
  /** What the pager had at its bench: the one in use, and the one that a renewal replaces. */
  first: TestPager;
  spare: TestPager;
  /** Goes on until nobody has anything to say. */
  live(plan?: Plan): Promise<void>;
  /** Datagrams of both directions in the last `live`. */
  datagrams(): number;
  renew(): Promise<CommandRow>;
  /** Whether the platform takes what comes under this context. */
  accepts(by: TestPager): Promise<boolean>;
  events(): Promise<Event[]>;
}

export const OPERATOR = "李工";
const ALARM = 7;
const ROUND_MS = 5000;
const ROUNDS_MAX = 40;
/** A word that was lost is sent again within so many rounds. */
const QUIET_ROUNDS = 7;

export async function fieldWorld(): Promise<World> {
  const rig = await openRig();
  const { id, registered } = await rig.addPager();
  const field = makeFieldPager(registered.provisioning);
  const [first, spare] = field.slots as TestPager[];
  const judge = makeJudge(field);
  let count = 0;

  const step = async (plan: Plan, deliver: () => Promise<void>): Promise<void> => {
    count += 1;
    if (count !== plan.lost) await deliver();
    if (count === plan.restart) await rig.restart();
  };
  const up = (plan: Plan, bytes: Uint8Array): Promise<void> => step(plan, () => rig.deliver(bytes));
  const down = async (plan: Plan, bytes: Uint8Array): Promise<void> => {
    judge(bytes);
    const replies: Uint8Array[] = [];
    await step(plan, async () => void replies.push(...field.hear(bytes)));
    for (const reply of replies) await up(plan, reply);
  };

  const made: World = {
    rig,
    id,
    field,
    first,
    spare,
    datagrams: () => count,
    async live(plan = {}) {
      count = 0;
      let quiet = 0;
      for (let round = 0; round < ROUNDS_MAX && quiet < QUIET_ROUNDS; round++) {
        if (round === plan.raise) field.raise(ALARM);
        for (const bytes of field.due()) await up(plan, bytes);
        const before = count;
        for (const { bytes } of rig.takeSent()) await down(plan, bytes);
        await rig.pass(ROUND_MS);
        const isQuiet = count === before && field.due().length === 0 && rig.sent.length === 0;
        quiet = isQuiet && round >= (plan.raise ?? 0) ? quiet + 1 : 0;
      }
      assert.is(field.due().length, 0, "the pager is left with something to say");
    },
    async renew() {
      const row = await rig.platform.pagers.renew(id, OPERATOR);
      await rig.settle();
      return row;
    },
    async accepts(by) {
      rig.takeSent();
      const poll = by.poll();
      await rig.deliver(poll.bytes);
      return rig.takeSent().some(({ bytes }) => by.open(poll, bytes) !== undefined);
    },
    events: () => eventsOf(rig),
  };
  field.checkIn(1);
  await made.live();
  return made;
}

/** The kinds of these events, of those that are asked for. */
export function kinds(events: { kind: string }[], ...of: string[]): string[] {
  return events.map((event) => event.kind).filter((kind) => of.includes(kind));
}

// internal

/** No number seals two texts [wire §1.2], and nothing leaves that its pager can't open. */
function makeJudge(field: FieldPager): (bytes: Uint8Array) => void {
  const texts = new Map<string, string>();
  return (bytes) => {
    const nonce = field.nonceOf(bytes);
    const packet = decodePacket(nodeMachine, bytes);
    if (isFault(packet) || nonce === undefined) assert.unreachable("nobody can open it");
    else {
      const text = hexOf(packet.payload);
      assert.is(texts.get(nonce) ?? text, text, `two texts under ${nonce}`);
      texts.set(nonce, text);
    }
  };
}
