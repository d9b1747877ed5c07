// A real platform on a folder of its own: gateway, SQLite, carriers; only octets are handed in and out.
// Its pagers are strangers' prey, but for an honest one in between.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import type { Bytes } from "../../protocol/machine.ts";
import type { Context } from "../../protocol/oscore.ts";
import type { CarrierEnds } from "../../sdk/gateway/carrier.ts";
import type { Source } from "../../sdk/gateway/datagram.ts";
import { serialCarrier } from "../../sdk/gateway/serial-carrier.ts";
import { smsModem } from "../../sdk/gateway/sms-modem.ts";
import type { openUdp } from "../../sdk/gateway/udp.ts";
import { mirrorOf } from "../../sdk/keys.ts";
import {
  markRestored,
  openPlatform,
  type Platform,
  type PlatformOptions,
} from "../../sdk/platform.ts";
import type { Store } from "../../sdk/store/store.ts";
import { createChance } from "../../tools/simulator/chance.ts";
import { createVirtualClock, type VirtualClock } from "../../tools/simulator/clock.ts";
import { modemEnd } from "../sdk/sms-ends.ts";
import { makeTestPager, type TestPager } from "../sdk/test-pager.ts";
import type { Case } from "./cases.ts";
import type { Sender } from "./sides.ts";

/** Parts put in the place of the real ones, to prove that a run would notice. */
export type Plant = Pick<PlatformOptions, "machine" | "wrapStore">;

export interface Sent {
  readonly bytes: Bytes;
  readonly to: Source;
}

export interface Honest {
  readonly id: string;
  readonly pager: TestPager;
}

export interface FuzzWorld {
  readonly platform: Platform;
  readonly store: Store;
  readonly clock: VirtualClock;
  readonly senders: readonly Sender[];
  /** By key identifier: the pager's half, and whose it is. */
  readonly contexts: ReadonlyMap<string, Context>;
  readonly pagers: ReadonlyMap<string, string>;
  readonly honest: Honest;
  /** Whether the platform was told to speak to strangers. */
  readonly discovery: boolean;
  deliver(octets: Uint8Array, port: number): void;
  deliverText(one: Case): void;
  takeSent(): Sent[];
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Not a multiple of three (sides.ts). The last one's numbers may leap. */
const SENDERS = 23;
/** These spoke before the database was put back from a copy: their replay windows are lost. */
const RESTORED = 3;
const STANDINGS = ["active", "unassigned", "neverActivated", "blocked"] as const;
const FROM_ADDRESS = "198.51.100.7";
const SERIAL_PATH = "ttyPager";

/** The worlds of odd seeds speak to strangers, the others are silent. */
export function speaksToStrangers(seed: number): boolean {
  return seed % 2 === 1;
}

export async function openFuzzWorld(
  seed: number,
  plant: Plant,
  onFault: (error: unknown) => void,
): Promise<FuzzWorld> {
  const dir = mkdtempSync(join(tmpdir(), "onekey-fuzz-"));
  const ends = fakeEnds();
  const clock = createVirtualClock();
  const chance = createChance(seed).fork("platform");
  const random = (length: number) => Uint8Array.from({ length }, () => chance.below(256));
  let store: Store | undefined;
  const open = (more: Plant): Promise<Platform> =>
    openPlatform({
      dataDir: dir,
      httpPort: 0,
      clock,
      random,
      openSocket: ends.openSocket,
      carriers: [
        serialCarrier({ [SERIAL_PATH]: ends.serial }),
        smsModem({ line: ends.modem.line, clock }),
      ],
      onFault,
      discovery: speaksToStrangers(seed),
      machine: more.machine,
      wrapStore(real) {
        store = real;
        return more.wrapStore?.(real) ?? real;
      },
    });
  const state = { platform: await open({}) };
  const settle = async (): Promise<void> => {
    do await new Promise((resolve) => setImmediate(resolve));
    while (state.platform.pending() > 0);
  };

  const given = noPagers();
  await register(state.platform, given, RESTORED);
  for (const [at, pager] of given.all.entries()) ends.receive(pager.beat().bytes, at);
  await settle();
  await state.platform.close();
  await markRestored(dir);
  state.platform = await open(plant);
  await register(state.platform, given, SENDERS + 1);
  ends.sent.splice(0);

  return {
    platform: state.platform,
    store: store as Store,
    clock,
    ...rolesOf(given),
    discovery: speaksToStrangers(seed),
    deliver: ends.receive,
    deliverText: ends.receiveText,
    takeSent: () => ends.sent.splice(0),
    settle,
    async close() {
      await state.platform.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

// internal

interface Given {
  readonly all: TestPager[];
  readonly contexts: Map<string, Context>;
  readonly pagers: Map<string, string>;
}

function noPagers(): Given {
  return { all: [], contexts: new Map(), pagers: new Map() };
}

/** Until there are so many. */
async function register(platform: Platform, given: Given, whole: number): Promise<void> {
  const { all, contexts, pagers } = given;
  while (all.length < whole) {
    const { pager, provisioning } = await platform.pagers.register({
      name: `pager ${all.length}`,
      standing: STANDINGS[all.length % STANDINGS.length],
    });
    // The spare context speaks as well as the first one does.
    const made = provisioning.contexts.map(makeTestPager);
    const one = made[all.length % made.length];
    all.push(one);
    contexts.set(one.kid, one.context);
    for (const { kid } of made) pagers.set(kid, pager.id);
  }
}

function rolesOf({ all, contexts, pagers }: Given) {
  const pager = all[all.length - 1];
  const senders = all
    .slice(0, -1)
    .map(({ context }, at, list) => ({ context, mayLeap: at === list.length - 1 }));
  return { contexts, pagers, senders, honest: { id: pagers.get(pager.kid) as string, pager } };
}

/** The far ends of the carriers: what the platform hands out is kept until it is taken. */
function fakeEnds() {
  const sent: Sent[] = [];
  const serial = { input: new PassThrough(), output: new PassThrough(), close: () => undefined };
  const modem = modemEnd();
  let socket: CarrierEnds | undefined;
  serial.output.resume();
  const openSocket: typeof openUdp = async (options) => {
    socket = options;
    return {
      name: "udp",
      address: { carrier: "udp", address: "192.0.2.1", port: 5683 },
      send: (bytes, to) => void sent.push({ bytes: Uint8Array.from(bytes), to }),
      close: async () => undefined,
    };
  };
  return {
    sent,
    serial,
    modem,
    openSocket,
    receive(bytes: Uint8Array, port: number) {
      socket?.receive({ bytes, from: { carrier: "udp", address: FROM_ADDRESS, port } });
    },
    /** Straight into the listeners: no stream holds anything back, so that a throw is seen here. */
    receiveText({ carrier, text = "" }: Case) {
      const isSerial = carrier === "serial";
      const input = isSerial ? serial.input : (modem.line.input as PassThrough);
      const unasked = isSerial ? text : `\r\n+CMT: ,${text.length / 2 - 1}\r\n${text}\r\n`;
      input.emit("data", Buffer.from(unasked, "latin1"));
      // What the platform has sent to the modem is of no use here, and must not pile up.
      modem.commands.splice(0);
      modem.pdus.splice(0);
    },
  };
}

export function platformHalves(contexts: ReadonlyMap<string, Context>): Map<string, Context> {
  return new Map([...contexts].map(([kid, context]) => [kid, mirrorOf(context)]));
}
