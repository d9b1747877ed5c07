// A pager in the field, for tests of renewal: two slots of contexts, an outbox, results that it keeps.
// Says again what was not answered, obeys each command once; no key, no cue, no time of its own.

import { decodePacket } from "../../protocol/coap.ts";
import { isFault } from "../../protocol/fault.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { RENEW } from "../../protocol/messages.ts";
import { openAnswer } from "../../protocol/oscore.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { hexOf } from "../../sdk/octets.ts";
import type { Provisioning } from "../../sdk/register.ts";
import { type Command, makeTestPager, type Said, type TestPager } from "./test-pager.ts";

export interface FieldPager {
  /** As they are now, by slot. */
  readonly slots: (TestPager | undefined)[];
  inUse(): TestPager;
  checkIn(number: number): void;
  raise(number: number): void;
  /** Numbers of alarms that an opened answer has delivered. */
  readonly delivered: number[];
  /** Its storage can't be read: the context in use is given up, the other one is used. */
  giveUp(): void;
  /** All that was not answered yet, oldest first. */
  due(): Uint8Array[];
  /** Takes a datagram in; what goes back at once. */
  hear(bytes: Bytes): Uint8Array[];
  /** Under which nonce of the platform's it was sealed; undefined for what can't be opened. */
  nonceOf(bytes: Bytes): string | undefined;
}

interface Item {
  by: TestPager;
  said: Said;
  answered(): void;
}

const REFUSED = 2;
const nothing = (): void => undefined;

export function makeFieldPager(provisioning: Provisioning): FieldPager {
  const slots: (TestPager | undefined)[] = provisioning.contexts.map(makeTestPager);
  const everSlots = [...slots] as TestPager[];
  const everSaid: { by: TestPager; said: Said }[] = [];
  const delivered: number[] = [];
  /** Commands that it has obeyed, with the result that it gives again when it is asked again. */
  const results = new Map<number, () => void>();
  let outbox: Item[] = [];
  let used = 0;

  const inUse = (): TestPager => slots[used] as TestPager;

  const put = (by: TestPager, said: Said, answered: () => void = nothing): void => {
    everSaid.push({ by, said });
    outbox.push({ by, said, answered });
  };

  const renew = (id: number, values: Command["values"]): void => {
    const slot = values.slot as number;
    if (slot === used) {
      put(inUse(), inUse().result(RENEW.word, id, { outcome: REFUSED }));
      return;
    }
    const text = (name: string): string => hexOf(values[name] as Bytes);
    const fresh = makeTestPager({
      slot,
      kid: text("kid"),
      platformId: text("platformId"),
      senderKey: text("senderKey"),
      recipientKey: text("recipientKey"),
      commonIv: text("commonIv"),
    });
    slots[slot] = fresh;
    everSlots.push(fresh);
    used = slot;
    // Done once it was answered under the new one; asked again before that, it says nothing more.
    results.set(id, nothing);
    put(fresh, fresh.poll(), () => {
      const say = (): void => put(fresh, fresh.result(RENEW.word, id));
      results.set(id, say);
      say();
    });
  };

  const obey = ({ name, values }: Command): void => {
    const id = values.id as number;
    const again = results.get(id);
    if (again !== undefined) again();
    else if (name === RENEW.name) renew(id, values);
    else {
      const by = inUse();
      const say = (): void => put(by, by.result(values.what as number, id));
      results.set(id, say);
      say();
    }
  };

  const hearAnswer = (bytes: Bytes): boolean => {
    for (const item of outbox) {
      const heard = item.by.open(item.said, bytes);
      if (heard === undefined) continue;
      outbox = outbox.filter((other) => other !== item);
      item.answered();
      if (heard.command !== undefined) obey(heard.command);
      return true;
    }
    return false;
  };

  return {
    slots,
    inUse,
    delivered,
    checkIn: (number) => put(inUse(), inUse().report("c", { number })),
    raise: (number) =>
      put(inUse(), inUse().report("s", { number }), () => void delivered.push(number)),
    giveUp() {
      slots[used] = undefined;
      used = 1 - used;
      outbox = outbox.filter((item) => slots.includes(item.by));
    },
    due: () => outbox.map((item) => item.said.bytes),
    hear(bytes) {
      if (hearAnswer(bytes)) return [];
      for (const held of slots) {
        const obeyed = held?.obey(bytes);
        if (obeyed === undefined) continue;
        if (obeyed.command !== undefined) obey(obeyed.command);
        return [obeyed.answer];
      }
      return [];
    },
    nonceOf(bytes) {
      for (const held of everSlots) {
        const obeyed = held.obey(bytes);
        if (obeyed !== undefined) return `${held.kid} own ${obeyed.piv}`;
      }
      const packet = decodePacket(nodeMachine, bytes);
      if (isFault(packet)) return undefined;
      for (const { by, said } of everSaid) {
        const answer = openAnswer(nodeMachine, by.context, said.origin, packet);
        if (isFault(answer)) continue;
        return answer.piv === undefined
          ? `${by.kid} of ${said.piv}`
          : `${by.kid} own ${answer.piv}`;
      }
      return undefined;
    },
  };
}
