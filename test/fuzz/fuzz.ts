// A run: so many datagrams at a live gateway, a share of them turned round at a pager, judged as they go.
// All chance comes from the seed: the same seed and count give the same run.

import type { Counters } from "../../sdk/gateway/counters.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { type Answers, isWord, makeAnswers } from "./answer-check.ts";
import { type Case, caseOf } from "./cases.ts";
import { wrongEvent } from "./event-check.ts";
import { type Flow, HONEST_PORT, honestFlow } from "./honest.ts";
import { type Book, type Look, look } from "./look.ts";
import { growthOf, memoryMark } from "./memory.ts";
import { type PagerHalf, pagerHalf } from "./pager-half.ts";
import { type Judge, newJudge, textOfError, type Violation } from "./rules.ts";
import { type Side, upSide } from "./sides.ts";
import { count, newTally, type Tally, unmet } from "./tally.ts";
import { lookAtText } from "./text-look.ts";
import { type FuzzWorld, openFuzzWorld, type Plant, platformHalves, type Sent } from "./world.ts";

export interface FuzzOptions {
  readonly seed: number;
  /** The first case. */
  readonly from?: number;
  readonly count: number;
  readonly plant?: Plant;
  onBatch?(tally: Tally): void;
}

export interface FuzzResult {
  readonly tally: Tally;
  readonly violations: readonly Violation[];
  /** The first case, up and down. */
  readonly first: readonly [Case, Case];
}

/** Fewer at once than the gateway begins to shed at; now and then many more. */
const BATCH = 256;
const FLOOD = 3000;
const FLOOD_EVERY = 64;
const FOLLOW_EVERY = 8;
const BATCH_MS = 250;
/** One in so many is turned round as well. */
const DOWN_EVERY = 8;
/** Each case of a batch has a port of its own, so that its answers are known. */
const CASE_PORT = 10_000;
const PAGE = 5000;
/** From so many on a run must have met every fault code. */
const ENOUGH = 10_000;
const DECODED_MIN = 0.2;
const MARKS = [0.1, 0.5, 1];

export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const judge = newJudge();
  const startedMs = performance.now();
  const rejected = (error: unknown): void => judge.broken("rejection", textOfError(error));
  process.on("unhandledRejection", rejected);
  const world = await openFuzzWorld(options.seed, options.plant ?? {}, rejected);
  const run = newRun(options, world, judge);
  const { pager, seed, side, tally } = run;
  try {
    await batches(run);
  } finally {
    await world.close();
    process.off("unhandledRejection", rejected);
  }
  if (judge.violations.length === 0 && options.count >= ENOUGH) judgeWhole(run);
  tally.tookMs = performance.now() - startedMs;
  const { from = 0 } = options;
  const first = [caseOf(side, seed, from), caseOf(pager.side, seed, from)] as const;
  return { tally, violations: judge.violations, first };
}

// internal

interface Run {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  onBatch(tally: Tally): void;
  readonly world: FuzzWorld;
  readonly judge: Judge;
  readonly tally: Tally;
  readonly side: Side;
  readonly book: Book;
  readonly answers: Answers;
  readonly flow: Flow;
  readonly pager: PagerHalf;
  /** The newest event that was judged. */
  seq: number;
}

function newRun(options: FuzzOptions, world: FuzzWorld, judge: Judge): Run {
  const answers = makeAnswers(judge, world);
  const { seed, from = 0, count: size } = options;
  return {
    seed,
    from,
    to: from + size,
    onBatch: (tally) => options.onBatch?.(tally),
    world,
    judge,
    tally: newTally(),
    side: upSide(world.senders),
    book: { machine: nodeMachine, contexts: platformHalves(world.contexts) },
    answers,
    flow: honestFlow(world, judge, answers),
    pager: pagerHalf(judge, nodeMachine),
    seq: 0,
  };
}

async function batches(run: Run): Promise<void> {
  const { flow, judge, tally } = run;
  const size = run.to - run.from;
  const marks = MARKS.map((share) => run.from + Math.round(share * size));
  for (let from = run.from, at = 0; from < run.to && !judge.isFull(); at++) {
    const most = at % FLOOD_EVERY === FLOOD_EVERY - 1 ? FLOOD : BATCH;
    const to = Math.min(from + most, ...marks.filter((mark) => mark > from));
    judge.span = [from, to];
    await batch(run, from, to);
    if (at % FOLLOW_EVERY === 0) await flow.follow();
    if (marks.includes(to)) tally.memory.push(memoryMark(to - run.from));
    tally.told = flow.told;
    run.onBatch(tally);
    from = to;
  }
}

/** Delivers the cases all at once, with an honest call among them, and judges what came of it. */
async function batch(run: Run, from: number, to: number): Promise<void> {
  const { flow, pager, seed, tally, world } = run;
  const before = world.platform.counters();
  const cases: Case[] = [];
  const looks: Look[] = [];
  const middle = from + ((to - from) >> 1);
  for (let index = from; index < to; index++) {
    const one = caseOf(run.side, seed, index);
    cases.push(one);
    looks.push(...deliver(run, one, CASE_PORT + index - from));
    if (index === middle) unthrown(run.judge, () => flow.call());
    if (index % DOWN_EVERY === 0 || run.to - run.from === 1) {
      pager.take(seed, index);
      tally.turnedRound += 1;
    }
  }
  await world.settle();
  judgeCounters(run.judge, before, world.platform.counters(), looks);
  judgeSent(run, cases, world.takeSent());
  world.clock.advanceBy(BATCH_MS);
  await world.settle();
  await judgeEvents(run, cases);
  tally.counters = world.platform.counters();
  tally.openedByPager = pager.opened;
  Object.assign(tally.faults.pager, pager.faults);
}

/** Hands one case to its carrier; how the datagrams in it read. */
function deliver(run: Run, one: Case, port: number): Look[] {
  const { book, judge, tally, world } = run;
  tally.datagrams += 1;
  tally.thirds[one.third] += 1;
  count(tally.carriers, one.carrier);
  for (const name of one.what.split(", ")) count(tally.changes, `${one.third}: ${name}`);
  const isText = one.carrier !== "udp";
  const hand = isText ? () => world.deliverText(one) : () => world.deliver(one.octets, port);
  unthrown(judge, hand, one);
  const text = isText ? lookAtText(book.machine, one) : undefined;
  for (const code of text?.faults ?? []) count(tally.faults.texts, code);
  const looks = (text?.datagrams ?? [one.octets]).map((octets) => look(book, octets));
  for (const { stage, fault, decoded } of looks) {
    tally.stages[stage] += 1;
    if (decoded) tally.decoded += 1;
    if (fault !== undefined) count(tally.faults.gateway, fault);
  }
  return looks;
}

function unthrown(judge: Judge, act: () => void, one?: Case): void {
  try {
    act();
  } catch (error) {
    judge.broken("throw", textOfError(error), one);
  }
}

/** What can't be opened is counted under the name of what is wrong with it, one by one. */
function judgeCounters(
  judge: Judge,
  before: Counters,
  after: Counters,
  looks: readonly Look[],
): void {
  const grown = (name: keyof Counters): number => after[name] - before[name];
  const seen = (...stages: Look["stage"][]): number =>
    looks.filter(({ stage }) => stages.includes(stage)).length;
  const isShed = grown("shed") > 0;
  const rows: [string, number, number][] = [
    // The honest call is one more.
    ["received", grown("received"), looks.length + 1],
    ["not CoAP", grown("oversize") + grown("not-coap"), seen("unread")],
    ["not sealed", grown("not-sealed"), seen("unsealed")],
    ["stray", grown("stray-answer"), seen("empty", "answer")],
    ["unknown kid", grown("unknown-kid"), isShed ? grown("unknown-kid") : seen("stranger")],
  ];
  for (const [name, is, should] of rows) {
    if (is !== should) judge.broken("counted", `${name}: ${is} instead of ${should}`);
  }
}

function judgeSent(run: Run, cases: readonly Case[], sent: readonly Sent[]): void {
  const { answers, book, flow, judge, tally } = run;
  const byPort = new Map<number, Sent["bytes"][]>();
  for (const one of sent) {
    if (one.to.port === HONEST_PORT) flow.hear(one);
    else if (!isWord(one.bytes)) {
      const list = byPort.get(one.to.port) ?? [];
      byPort.set(one.to.port, [...list, one.bytes]);
      tally.answers += 1;
    }
  }
  for (const [port, list] of byPort) {
    const one = cases[port - CASE_PORT];
    if (one === undefined) judge.broken("one answer", `to port ${port}, of nobody`);
    else answers.judge(one, look(book, one.octets), list);
  }
}

async function judgeEvents(run: Run, cases: readonly Case[]): Promise<void> {
  const { book, judge, tally, world } = run;
  for (;;) {
    const page = await world.store.events(run.seq, PAGE);
    for (const event of page) {
      run.seq = event.seq;
      const wrong = wrongEvent(world, event);
      if (wrong === undefined) continue;
      const cause = cases.find(({ octets }) => {
        const { kid, number } = look(book, octets);
        return "piv" in event && event.kid === kid && event.piv === number;
      });
      judge.broken("event", `${wrong}: ${JSON.stringify(event)}`, cause);
    }
    tally.events += page.length;
    if (page.length < PAGE) return;
  }
}

/** What only the whole of a run can show. */
function judgeWhole({ judge, tally }: Run): void {
  const missed = unmet(tally);
  if (missed.length > 0) judge.broken("reached", `never met: ${missed.join(", ")}`);
  // Opened by the gateway, and by a second reading given to the decoder.
  const reached = Math.min(tally.decoded, tally.counters?.opened ?? 0);
  if (reached < DECODED_MIN * tally.datagrams) {
    judge.broken("reached", `${reached} of ${tally.datagrams} reached the decoder`);
  }
  const growth = growthOf(tally.memory);
  if (growth !== undefined) judge.broken("memory", growth);
}
