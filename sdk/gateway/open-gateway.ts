// The gateway put together: lines, group commit, couriers, carriers. Holds no rule of its own.

import type { Body } from "../../protocol/block-pull.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { UPDATE_COMMAND } from "../care/command-names.ts";
import type { Clock } from "../clock.ts";
import { systemCode } from "../error.ts";
import type { Random } from "../random.ts";
import type { Vault } from "../seal.ts";
import type { Receipt, Store } from "../store/store.ts";
import { makeBodies } from "./bodies.ts";
import { type CarrierEnds, type OpenCarrier, openCarriers } from "./carrier.ts";
import { makeTexts } from "./clones.ts";
import { type Commits, groupCommits } from "./commits.ts";
import { type Counters, newCounters } from "./counters.ts";
import { type Couriers, makeCouriers } from "./couriers.ts";
import type { Source } from "./datagram.ts";
import { makeDiscovery } from "./discovery.ts";
import { makeEchoes } from "./echo.ts";
import { makeGateway } from "./gateway.ts";
import { type Lines, makeLines } from "./lines.ts";
import { openUdp } from "./udp.ts";

export interface OpenGatewayOptions {
  store: Store;
  vault: Vault;
  clock: Clock;
  random: Random;
  machine: Machine;
  host: string;
  port: number;
  trace(line: string): void;
  /** The socket of UDP, where a test hands in another. */
  openSocket?: typeof openUdp;
  /** Beside UDP. */
  carriers?: OpenCarrier[];
  discovery?: boolean;
  /** The image with this hash; throws where its file is not what it was. Absent: no updates. */
  openImage?(hash: string): Body;
  /** Something new is in the log. */
  stored(): void;
  /** One request met a fault of ours; all else goes on. */
  fault(error: unknown): void;
  /** The store failed in a way that another try won't cure. */
  failed(error: unknown): void;
}

export interface OpenedGateway {
  commits: Commits;
  couriers: Couriers;
  counters: Counters;
  address: Source;
  pending(): number;
  close(): Promise<void>;
}

/** A full disk may be emptied and a busy file comes free; anything else is not survived. */
const CURABLE = new Set(["SQLITE_FULL", "SQLITE_BUSY"]);

export async function openGateway(options: OpenGatewayOptions): Promise<OpenedGateway> {
  const { store, machine, clock, trace } = options;
  const counters = newCounters();
  const lines = makeLines({ store, vault: options.vault, machine });
  let send = (_bytes: Bytes, _to: Source): void => undefined;
  let waiting = (): number => 0;
  let closed = false;

  const commits = groupCommits({
    store,
    moreComes: () => waiting() > 0,
    onStored: (receipts) => heed(receipts, { lines, couriers, stored: options.stored }),
    onFailed: (error) => {
      lines.clear();
      if (!closed && !CURABLE.has(systemCode(error))) options.failed(error);
    },
  });
  const reach = (bytes: Bytes, to: Source): void => send(bytes, to);
  const texts = makeTexts();
  const echoes = makeEchoes({ key: options.vault.derive("echo"), clock });
  const parts = { machine, clock, lines, commits, counters, trace, send: reach };
  const couriers: Couriers = makeCouriers({ ...parts, store, random: options.random });
  const imageFor = (pager: string): Body | undefined => {
    const update = couriers.waitingCommand(pager, UPDATE_COMMAND);
    return update === undefined ? undefined : options.openImage?.(String(update.values.hash));
  };
  const bodies = makeBodies({ machine, clock, imageFor, fault: options.fault });
  const discovery = options.discovery === true ? makeDiscovery({ machine, clock }) : undefined;
  const gateway = makeGateway({ ...parts, couriers, texts, echoes, bodies, discovery });
  waiting = gateway.waiting;
  await couriers.load();

  const ends: CarrierEnds = {
    receive: (datagram) => gateway.receive(datagram),
    failed: () => {
      counters["carrier-errors"] += 1;
    },
  };
  const { host, port } = options;
  const udp = await (options.openSocket ?? openUdp)({ host, port, ...ends });
  const carriers = await openCarriers([async () => udp, ...(options.carriers ?? [])], ends);
  send = carriers.send;
  return {
    commits,
    couriers,
    counters,
    address: udp.address,
    pending: () => gateway.pending() + commits.pending() + couriers.pending(),
    async close() {
      closed = true;
      couriers.stop();
      await carriers.close();
      send = () => undefined;
      await commits.drained();
    },
  };
}

interface Heeding {
  lines: Lines;
  couriers: Couriers;
  stored(): void;
}

/** What was stored is told to those who keep in step with the log. */
function heed(receipts: Receipt[], { lines, couriers, stored }: Heeding): void {
  let any = false;
  for (const receipt of receipts) {
    if (!("event" in receipt)) continue;
    any = true;
    for (const event of [receipt.event, ...(receipt.also ?? [])]) {
      if (event.kind === "contextDropped") lines.forget(event.kid);
      couriers.heed(event);
    }
  }
  if (any) stored();
}
