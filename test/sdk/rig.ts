// A platform on a folder of its own, with a stepped clock and a socket made of memory.
// The gateway, the store on disk and the API are the real ones; only octets are handed in and out.

import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bytes } from "../../protocol/machine.ts";
import type { Api } from "../../sdk/api/app.ts";
import type { RegisteredPager } from "../../sdk/api/host.ts";
import type { Event } from "../../sdk/events.ts";
import type { Source } from "../../sdk/gateway/datagram.ts";
import type { openUdp } from "../../sdk/gateway/udp.ts";
import type { NewPager } from "../../sdk/pagers.ts";
import {
  DATABASE_FILE,
  markRestored,
  openPlatform,
  type Platform,
  type PlatformOptions,
} from "../../sdk/platform.ts";
import { createChance } from "../../tools/simulator/chance.ts";
import { createVirtualClock, type VirtualClock } from "../../tools/simulator/clock.ts";
import { makeTestPager, type TestPager } from "./test-pager.ts";

export interface Sent {
  bytes: Uint8Array;
  to: Source;
}

export interface Rig {
  readonly dir: string;
  readonly clock: VirtualClock;
  platform: Platform;
  app: Api;
  /** Every line of the trace since the start. */
  readonly trace: string[];
  /** What left the socket since it was last emptied. */
  readonly sent: Sent[];
  /** Hands datagrams in at once, and waits until all are answered or refused. */
  deliver(...datagrams: Uint8Array[]): Promise<void>;
  deliverFrom(from: Source, ...datagrams: Uint8Array[]): Promise<void>;
  /** Waits until nothing is in work. */
  settle(): Promise<void>;
  /** Lets time pass, timer by timer. */
  pass(ms: number): Promise<void>;
  /** Takes what was sent so far. */
  takeSent(): Sent[];
  addPager(pager?: NewPager): Promise<AddedPager>;
  /** Closes the platform and opens another on the same folder. */
  restart(change?: Partial<PlatformOptions>): Promise<void>;
  /** Makes a copy of the database; the function returned puts it back, as an operator would. */
  backup(): Promise<() => Promise<void>>;
}

export interface AddedPager extends TestPager {
  id: string;
  spare: TestPager;
  registered: RegisteredPager;
}

export const HERE: Source = { carrier: "udp", address: "198.51.100.7", port: 40001 };

/** The whole log as it stands. */
export async function eventsOf({ platform }: Pick<Rig, "platform">): Promise<Event[]> {
  const events: Event[] = [];
  const cursor = await platform.cursor();
  for await (const event of platform.events({ after: 0 })) {
    events.push(event);
    if (event.seq === cursor) break;
  }
  return events;
}

export async function openRig(change: Partial<PlatformOptions> = {}): Promise<Rig> {
  const dir = mkdtempSync(join(tmpdir(), "onekey-sdk-"));
  const clock = createVirtualClock();
  const chance = createChance(20);
  const trace: string[] = [];
  const sent: Sent[] = [];
  let receive = (_bytes: Uint8Array, _from: Source): void => undefined;

  const openSocket: typeof openUdp = async (options) => {
    receive = (bytes, from) => options.receive({ bytes, from });
    return {
      name: "udp",
      address: { carrier: "udp", address: "192.0.2.1", port: 5683 },
      send: (bytes: Bytes, to) => void sent.push({ bytes: Uint8Array.from(bytes), to }),
      close: async () => undefined,
    };
  };

  const open = async (
    more: Partial<PlatformOptions>,
  ): Promise<{ platform: Platform; app: Api }> => {
    let app: Api | undefined;
    const platform = await openPlatform({
      dataDir: dir,
      httpPort: 0,
      clock,
      random: (length) => Uint8Array.from({ length }, () => chance.below(256)),
      trace: (line) => void trace.push(line),
      openSocket,
      mount: (made) => {
        app = made;
      },
      ...more,
    });
    return { platform, app: app as Api };
  };

  const rig: Rig = {
    dir,
    clock,
    ...(await open(change)),
    trace,
    sent,
    deliver: (...datagrams) => rig.deliverFrom(HERE, ...datagrams),
    async deliverFrom(from, ...datagrams) {
      for (const bytes of datagrams) receive(bytes, from);
      await rig.settle();
    },
    async settle() {
      do await new Promise((resolve) => setImmediate(resolve));
      while (rig.platform.pending() > 0);
    },
    async pass(ms) {
      const endMs = clock.nowMs() + ms;
      while (clock.nextInMs >= 0 && clock.nowMs() + clock.nextInMs <= endMs) {
        clock.advanceToNext();
        await rig.settle();
      }
      clock.advanceBy(endMs - clock.nowMs());
      await rig.settle();
    },
    takeSent: () => sent.splice(0),
    async addPager(pager = { name: "王秀英", person: { name: "王秀英" } }) {
      const registered = await rig.platform.pagers.register(pager);
      const [first, second] = registered.provisioning.contexts.map(makeTestPager);
      return { ...first, id: registered.pager.id, spare: second, registered };
    },
    async restart(again = change) {
      await rig.platform.close();
      Object.assign(rig, await open(again));
    },
    async backup() {
      const file = join(dir, DATABASE_FILE);
      const copy = join(dir, "copy.db");
      await rig.platform.close();
      copyFileSync(file, copy);
      Object.assign(rig, await open(change));
      return async () => {
        // Closed, the database is one file: nothing of it waits in its write-ahead log.
        await rig.platform.close();
        copyFileSync(copy, file);
        await markRestored(dir);
        Object.assign(rig, await open(change));
        sent.splice(0);
      };
    },
  };
  rigs.push(rig);
  return rig;
}

const rigs: Rig[] = [];

/** For `test.after.each`: a test that fails leaves nothing open either. */
export async function closeRigs(): Promise<void> {
  for (const rig of rigs.splice(0)) {
    await rig.platform.close();
    rmSync(rig.dir, { recursive: true, force: true });
  }
}
