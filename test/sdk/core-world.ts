// The real core of a pager before the real gateway: one time for both, octets carried between them.
// No board and no modem; each datagram is counted, so that any one can be lost or be the last of a run.

import type { Effect } from "../../firmware/core/effect.ts";
import { dueInMs } from "../../firmware/core/step.ts";
import { toHex } from "../../protocol/bytes.ts";
import type { Event } from "../../sdk/events.ts";
import type { Provisioning } from "../../sdk/register.ts";
import { provisioningPages } from "../../tools/serial/provision.ts";
import { blankStorage, type Storage } from "../firmware/storage.ts";
import { World } from "../firmware/world.ts";
import { eventsOf, openRig, type Rig } from "./rig.ts";

/** The first datagram is 1. */
export interface Plan {
  /** Never arrives, nor do those behind it, so many in all; one where not given. */
  lost?: number;
  losses?: number;
  /** The pager loses power when this one has left or arrived. */
  reset?: number;
}

export interface CoreWorld {
  rig: Rig;
  id: string;
  pager: CorePager;
  /** Lets time pass at both ends; the datagrams of `plan` are counted from its beginning. */
  live(ms: number, plan?: Plan): Promise<void>;
  /** Datagrams of both directions in the last `live`. */
  datagrams(): number;
  /** The wearer holds the key until the alarm is raised. */
  hold(): Promise<void>;
  renew(): Promise<number>;
  /** Under which key identifier the pager speaks now. */
  kidInUse(): string;
  events(): Promise<Event[]>;
}

export const OPERATOR = "李工";
const HOLD_MS = 3200;
const SECOND_MS = 1000;

/** The pager of the firmware's own tests; what it sends goes nowhere but into `left`. */
export class CorePager extends World {
  left: Uint8Array[] = [];

  override perform(effect: Effect): void {
    super.perform(effect);
    if (effect.kind === "send") this.left.push(effect.bytes as Uint8Array);
  }
}

function storageOf(provisioning: Provisioning): Storage {
  const storage = blankStorage();
  const order = { provisioning, addresses: ["192.0.2.1:5683"], apn: "cmiot" };
  for (const { page, bytes } of provisioningPages(order)) {
    storage.pages[page].set(bytes as Uint8Array);
  }
  return storage;
}

/** Registered at the platform, started, heard once. */
export async function coreWorld(): Promise<CoreWorld> {
  const rig = await openRig();
  const { pager, provisioning } = await rig.platform.pagers.register({ name: "王秀英" });
  const core = new CorePager({ storage: storageOf(provisioning) });
  core.up = false;
  let count = 0;
  let plan: Plan = {};

  const carry = async (deliver: () => Promise<void>): Promise<void> => {
    count += 1;
    const { lost = 0, losses = 1 } = plan;
    if (count < lost || count >= lost + losses) await deliver();
    if (count !== plan.reset) return;
    core.left = [];
    core.reboot();
    core.radio("ready");
  };
  const exchange = async (): Promise<void> => {
    while (core.left.length > 0 || rig.sent.length > 0) {
      for (const bytes of core.left.splice(0)) await carry(() => rig.deliver(bytes));
      for (const { bytes } of rig.takeSent()) await carry(async () => core.bring(bytes));
    }
  };

  const made: CoreWorld = {
    rig,
    id: pager.id,
    pager: core,
    datagrams: () => count,
    async live(ms, given = {}) {
      count = 0;
      plan = given;
      for (let leftMs = ms; leftMs > 0; ) {
        await exchange();
        const dueMs = dueInMs(core.state, core.nowMs | 0);
        const waits = [leftMs, dueMs, rig.clock.nextInMs].filter((wait) => wait >= 0);
        const stepMs = Math.min(...waits);
        await rig.pass(stepMs);
        core.run(stepMs);
        leftMs -= stepMs;
      }
      await exchange();
    },
    async hold() {
      core.input({ kind: "key", down: true });
      await made.live(HOLD_MS);
      core.input({ kind: "key", down: false });
      await made.live(SECOND_MS);
    },
    async renew() {
      const row = await rig.platform.pagers.renew(pager.id, OPERATOR);
      await rig.settle();
      return row.id;
    },
    kidInUse() {
      const { first, contexts } = core.state.identity;
      return toHex(contexts[first].senderId);
    },
    events: () => eventsOf(rig),
  };
  core.boot();
  core.radio("ready");
  await made.live(60 * SECOND_MS);
  return made;
}
