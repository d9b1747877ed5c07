// Group commit: what gathers while nothing is being written goes to disk as one transaction.
// Nobody is told that a thing is stored before its transaction is; order of adding is order stored.

import type { Fact } from "../events.ts";
import type { Link, Receipt, Store } from "../store/store.ts";
import { type Line, linkOf } from "./lines.ts";

export interface Entry {
  fact?: Fact;
  /** A line whose window, address or counter changed. Its link is written as it stands then. */
  line?: Line;
}

export interface Commits {
  /** Resolves when the entry is on disk, with the receipt of its fact; rejects when it is not. */
  add(entry: Entry): Promise<Receipt | undefined>;
  /** Entries that are not on disk yet. */
  pending(): number;
  /** Resolves when all that was added is settled. */
  drained(): Promise<void>;
}

export interface CommitsOptions {
  store: Store;
  /** True while more is about to come, so that waiting a turn makes the group larger. */
  moreComes(): boolean;
  onStored(receipts: Receipt[]): void;
  /** Nothing of the group was stored; what memory holds of it must go. */
  onFailed(error: unknown): void;
}

/** A group is written at this size even when more comes: an answer must not wait for ever. */
const GROUP_MAX = 256;

interface Waiting extends Entry {
  resolve(receipt: Receipt | undefined): void;
  reject(error: unknown): void;
}

export function groupCommits(options: CommitsOptions): Commits {
  let gathered: Waiting[] = [];
  let writing = 0;
  let scheduled = false;

  const schedule = (): void => {
    if (scheduled || writing > 0 || gathered.length === 0) return;
    scheduled = true;
    setImmediate(turn);
  };

  const turn = (): void => {
    scheduled = false;
    if (options.moreComes() && gathered.length < GROUP_MAX) schedule();
    else void write();
  };

  const write = async (): Promise<void> => {
    const group = gathered;
    gathered = [];
    const batch = batchOf(group);
    writing = group.length;
    try {
      const isEmpty = batch.facts.length === 0 && batch.links.length === 0;
      const receipts = isEmpty ? [] : await options.store.commit(batch);
      options.onStored(receipts);
      settle(group, receipts);
    } catch (error) {
      fail([...group, ...gathered], error);
    }
    writing = 0;
    schedule();
  };

  /** Those gathered meanwhile fail too: they were judged by a memory that is wrong now. */
  const fail = (all: Waiting[], error: unknown): void => {
    gathered = [];
    options.onFailed(error);
    for (const waiting of all) waiting.reject(error);
  };

  const add = (entry: Entry): Promise<Receipt | undefined> =>
    new Promise((resolve, reject) => {
      gathered.push({ ...entry, resolve, reject });
      schedule();
    });

  return {
    add,
    pending: () => gathered.length + writing,
    // Entries are settled in the order added, so that one more at the end is settled last.
    // Its failure is that of the others, who are told.
    drained: () => add({}).then(noop, noop),
  };
}

function noop(): void {}

function batchOf(group: Waiting[]): { facts: Fact[]; links: Link[] } {
  const facts: Fact[] = [];
  const lines = new Set<Line>();
  for (const { fact, line } of group) {
    if (fact !== undefined) facts.push(fact);
    if (line !== undefined) lines.add(line);
  }
  return { facts, links: [...lines].map(linkOf) };
}

function settle(group: Waiting[], receipts: Receipt[]): void {
  let next = 0;
  for (const { fact, resolve } of group) {
    resolve(fact === undefined ? undefined : receipts[next++]);
  }
}
