// The answer leaves only after the commit: with a slow store, with a failing one, and in groups.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Batch, Receipt, Store } from "../../sdk/store/store.ts";
import { closeRigs, openRig, type Rig } from "./rig.ts";

const stores: HeldStore[] = [];

test.after.each(async () => {
  // A test that fails leaves commits behind, and closing would wait for them.
  for (const store of stores.splice(0)) {
    store.holding = false;
    for (const one of store.held) one.pass();
  }
  await closeRigs();
});

/** A store whose commits wait until they are let through, or fail. */
interface HeldStore {
  wrap(store: Store): Store;
  /** Batches that wait, oldest first. */
  held: { batch: Batch; pass(): void; fail(code: string): void }[];
  holding: boolean;
}

function makeHeldStore(): HeldStore {
  const state: HeldStore = {
    held: [],
    holding: false,
    wrap: (store) => ({
      ...store,
      commit: (batch) =>
        state.holding
          ? new Promise<Receipt[]>((resolve, reject) => {
              const pass = () => void store.commit(batch).then(resolve, reject);
              const fail = (code: string) => reject(Object.assign(new Error(code), { code }));
              state.held.push({ batch, pass, fail });
            })
          : store.commit(batch),
    }),
  };
  stores.push(state);
  return state;
}

async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}

function put(rig: Rig, ...datagrams: Uint8Array[]): Promise<void> {
  return rig.deliver(...datagrams);
}

test("no answer leaves before its commit", async () => {
  const store = makeHeldStore();
  const rig = await openRig({ wrapStore: store.wrap });
  const pager = await rig.addPager();
  store.holding = true;
  const said = pager.report("s", { number: 1 });
  const delivered = put(rig, said.bytes);
  await turns(20);
  assert.is(store.held.length, 1);
  assert.is(rig.sent.length, 0, "nothing while the commit waits");
  store.held[0].pass();
  await delivered;
  assert.is(rig.sent.length, 1);
  const stored = rig.trace.findIndex((line) => line.includes(" stored "));
  const answered = rig.trace.findIndex((line) => line.includes(" answered "));
  assert.ok(stored >= 0 && stored < answered);
});

test("a duplicate that comes while its first copy is being stored waits for that commit", async () => {
  const store = makeHeldStore();
  const rig = await openRig({ wrapStore: store.wrap });
  const pager = await rig.addPager();
  store.holding = true;
  const said = pager.report("s", { number: 1 });
  const first = put(rig, said.bytes);
  await turns(5);
  const second = put(rig, said.bytes);
  await turns(20);
  assert.is(rig.sent.length, 0);
  store.held[0].pass();
  await Promise.all([first, second]);
  assert.is(rig.sent.length, 2);
  assert.is((await rig.platform.alarms.list()).length, 1);
});

test("what arrives while a commit runs goes into the next one together", async () => {
  const store = makeHeldStore();
  const rig = await openRig({ wrapStore: store.wrap });
  const pagers = await Promise.all(Array.from({ length: 40 }, () => rig.addPager()));
  store.holding = true;
  const first = put(rig, pagers[0].report("s", { number: 1 }).bytes);
  await turns(5);
  const rest = put(rig, ...pagers.slice(1).map((one) => one.report("s", { number: 1 }).bytes));
  await turns(20);
  assert.is(store.held.length, 1);
  store.held[0].pass();
  await turns(20);
  assert.is(store.held.length, 2);
  assert.is(store.held[1].batch.facts.length, 39);
  store.held[1].pass();
  await Promise.all([first, rest]);
  assert.is(rig.sent.length, 40);
});

test("a commit that fails leaves silence, and the same octets sent again raise one alarm", async () => {
  const store = makeHeldStore();
  const faults: boolean[] = [];
  const onFault = (_error: unknown, ends: boolean) => void faults.push(ends);
  const rig = await openRig({ wrapStore: store.wrap, onFault });
  const pager = await rig.addPager();
  store.holding = true;
  const said = pager.report("s", { number: 1 });
  const failing = put(rig, said.bytes);
  await turns(5);
  const duplicate = put(rig, said.bytes);
  await turns(5);
  store.held[0].fail("SQLITE_FULL");
  await Promise.all([failing, duplicate]);
  assert.is(rig.sent.length, 0);
  assert.is(rig.platform.counters()["not-stored"], 1);
  assert.equal(faults, [], "a full disk is not the end");

  store.holding = false;
  await put(rig, said.bytes);
  assert.is(rig.sent.length, 1);
  assert.ok(pager.open(said, rig.sent[0].bytes));
  assert.is((await rig.platform.alarms.list()).length, 1);
});

test("a disk that fails otherwise is told to whoever runs the platform", async () => {
  const store = makeHeldStore();
  const faults: boolean[] = [];
  const onFault = (_error: unknown, ends: boolean) => void faults.push(ends);
  const rig = await openRig({ wrapStore: store.wrap, onFault });
  const pager = await rig.addPager();
  store.holding = true;
  const failing = put(rig, pager.report("s", { number: 1 }).bytes);
  await turns(5);
  store.held[0].fail("SQLITE_IOERR_FSYNC");
  await failing;
  assert.equal(faults, [true]);
  assert.is(rig.sent.length, 0);
  store.holding = false;
});

test("content leaves only after the number it is sealed under is on disk [wire §1.2]", async () => {
  const store = makeHeldStore();
  const rig = await openRig({ wrapStore: store.wrap });
  const pager = await rig.addPager();
  store.holding = true;
  const poll = pager.poll();
  const delivered = put(rig, poll.bytes);
  await turns(20);
  assert.is(rig.sent.length, 0);
  const [link] = store.held[0].batch.links;
  assert.is(link.nextPiv, 1);
  store.held[0].pass();
  await delivered;
  assert.is(pager.open(poll, rig.sent[0].bytes)?.piv, 0);
});

test("a word leaves only after the number it is sealed under is on disk [wire §1.2]", async () => {
  const store = makeHeldStore();
  const rig = await openRig({ wrapStore: store.wrap });
  const pager = await rig.addPager();
  await put(rig, pager.report("s", { number: 1 }).bytes);
  rig.takeSent();
  await rig.platform.alarms.take(`${pager.id}/${pager.kid}/1`, "王芳");
  store.holding = true;
  await turns(20);
  assert.is(rig.sent.length, 0);
  assert.is(store.held[0].batch.links[0].nextPiv, 1);
  store.held[0].pass();
  await rig.settle();
  assert.is(pager.obey(rig.sent[0].bytes)?.piv, 0);
});

test("what was opened is never shed, however long the disk takes [wire §3]", async () => {
  const store = makeHeldStore();
  const rig = await openRig({ wrapStore: store.wrap });
  const pager = await rig.addPager();
  store.holding = true;
  const alarmsOf = (first: number) =>
    Array.from({ length: 400 }, (_, i) => pager.report("s", { number: first + i }).bytes);
  // More than a waiting line may hold before it sheds, and none of them waits to be opened.
  const all = [put(rig, ...alarmsOf(0))];
  await turns(40);
  all.push(put(rig, ...alarmsOf(400)));
  await turns(40);
  store.holding = false;
  for (const one of store.held) one.pass();
  await Promise.all(all);
  assert.is(rig.platform.counters().shed, 0);
  assert.is(rig.sent.length, 800);
});

test.run();
