// The gateway put together: lines, group commit, words, socket. Holds no rule of its own.

import type { Bytes, Machine } from "../../protocol/machine.ts";
import type { Clock } from "../clock.ts";
import { systemCode } from "../error.ts";
import type { Random } from "../random.ts";
import type { Vault } from "../seal.ts";
import type { Receipt, Store } from "../store/store.ts";
import { type Commits, groupCommits } from "./commits.ts";
import { type Counters, newCounters } from "./counters.ts";
import type { Source } from "./datagram.ts";
import { makeGateway } from "./gateway.ts";
import { makeLines } from "./lines.ts";
import { openUdp } from "./udp.ts";
import { makeWords, type Words } from "./words.ts";

export interface OpenGatewayOptions {
  store: Store;
  vault: Vault;
  clock: Clock;
  random: Random;
  machine: Machine;
  host: string;
  port: number;
  trace(line: string): void;
  /** The carrier of datagrams; UDP unless a test hands in another. */
  openSocket?: typeof openUdp;
  /** Something new is in the log. */
  stored(): void;
  /** The store failed in a way that another try won't cure. */
  failed(error: unknown): void;
}

export interface OpenedGateway {
  commits: Commits;
  words: Words;
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
    onStored: (receipts) => heed(receipts, words, options.stored),
    onFailed: (error) => {
      lines.clear();
      if (!closed && !CURABLE.has(systemCode(error))) options.failed(error);
    },
  });
  const reach = (bytes: Bytes, to: Source): void => send(bytes, to);
  const parts = { machine, clock, lines, commits, counters, trace, send: reach };
  const words: Words = makeWords({ ...parts, store, random: options.random });
  const gateway = makeGateway({ ...parts, words });
  waiting = gateway.waiting;
  await words.load();

  const udp = await (options.openSocket ?? openUdp)({
    host: options.host,
    port: options.port,
    receive: (datagram) => gateway.receive(datagram),
    failed: () => {
      counters["socket-errors"] += 1;
    },
  });
  send = udp.send;
  return {
    commits,
    words,
    counters,
    address: udp.address,
    pending: () => gateway.pending() + commits.pending() + words.pending(),
    async close() {
      closed = true;
      words.stop();
      await udp.close();
      send = () => undefined;
      await commits.drained();
    },
  };
}

/** What was stored is told to those who keep in step with the log. */
function heed(receipts: Receipt[], words: Words, stored: () => void): void {
  let any = false;
  for (const receipt of receipts) {
    if (!("event" in receipt)) continue;
    any = true;
    words.heed(receipt.event);
  }
  if (any) stored();
}
