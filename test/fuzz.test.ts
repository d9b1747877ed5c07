// A short fuzz run with a fixed seed, and proof that a run notices: what is planted is caught.
// The long one is `npm run fuzz`.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { CHANGED, CON, encodePacket, type Packet } from "../protocol/coap.ts";
import type { Machine } from "../protocol/machine.ts";
import { type Origin, sealAnswer } from "../protocol/oscore.ts";
import { mirrorOf } from "../sdk/keys.ts";
import { nodeMachine } from "../sdk/machine.ts";
import type { Store } from "../sdk/store/store.ts";
import { makeAnswers } from "./fuzz/answer-check.ts";
import { type Case, caseOf } from "./fuzz/cases.ts";
import { wrongEvent } from "./fuzz/event-check.ts";
import { fuzz } from "./fuzz/fuzz.ts";
import type { Look } from "./fuzz/look.ts";
import { growthOf } from "./fuzz/memory.ts";
import { narrowed } from "./fuzz/narrow.ts";
import { fuzzOrders } from "./fuzz/orders.ts";
import { pagerHalf } from "./fuzz/pager-half.ts";
import { newJudge, type Violation } from "./fuzz/rules.ts";
import { upSide } from "./fuzz/sides.ts";
import { FAULT_CODES, unmet } from "./fuzz/tally.ts";
import { PAGER } from "./protocol/contexts.ts";

/** Even: strangers meet silence. Odd: they are answered. */
const SEED = 20;
const ODD_SEED = 21;
const COUNT = 20_000;

const rulesOf = (violations: readonly { rule: string }[]) =>
  [...new Set(violations.map(({ rule }) => rule))].sort();

test("20,000 hostile datagrams at a live gateway break no rule and meet every fault", async () => {
  const { tally, violations } = await fuzz({ seed: SEED, count: COUNT });
  assert.equal(violations, []);
  assert.equal(unmet(tally), []);
  for (const third of Object.values(tally.thirds)) assert.ok(Math.abs(third - COUNT / 3) <= 1);
  const { counters } = tally;
  assert.ok((counters?.opened ?? 0) >= COUNT / 5);
  for (const name of ["shed", "too-old", "replayed", "unproven", "used-numbers"] as const) {
    assert.ok((counters?.[name] ?? 0) > 0, name);
  }
  assert.ok(tally.told > 0 && tally.events > 1000 && tally.openedByPager > 100);
});

test("3,000 at a platform that was told to speak to strangers break no rule either", async () => {
  const { tally, violations } = await fuzz({ seed: ODD_SEED, count: 3000 });
  assert.equal(violations, []);
  // More is answered than was opened: not only pagers are.
  assert.ok(
    tally.answers > (tally.counters?.answered ?? 0) + (tally.counters?.["errors-sent"] ?? 0),
  );
});

test("2,000 random and bent commands behind a good seal leave a pager whole, and help is heard", () => {
  const { violations, ...done } = fuzzOrders(SEED, 2000);
  assert.equal(violations, []);
  assert.is(done.commands, 2000);
  assert.is(done.calls, 20);
  assert.ok(done.changes > 150 && done.starts > 20, JSON.stringify(done));
});

test("the same seed and index make the same case, another index another", () => {
  const side = upSide([{ context: PAGER, mayLeap: false }]);
  assert.equal(caseOf(side, SEED, 77), caseOf(side, SEED, 77));
  assert.not.equal(caseOf(side, SEED, 77).octets, caseOf(side, SEED, 78).octets);
});

/** A machine that fails where somebody asks for so many octets. */
function failingAt(octets: number): Machine {
  return {
    ...nodeMachine,
    bytes(length) {
      if (length === octets) throw new RangeError("planted");
      return nodeMachine.bytes(length);
    },
  };
}

test("a decoder that throws is caught, with its case", async () => {
  const plant = { machine: failingAt(5) };
  const { violations } = await fuzz({ seed: SEED, count: 500, plant });
  const found = violations.find(({ rule }) => rule === "throw");
  assert.ok(found?.one !== undefined && found.text.includes("planted"));
});

/** A machine whose cipher fails where a text longer than this opens. */
function failingAbove(octets: number): Machine {
  const open: Machine["ccm"]["open"] = (key, nonce, aad, sealed) => {
    const text = nodeMachine.ccm.open(key, nonce, aad, sealed);
    if (text !== undefined && text.length > octets) throw new RangeError("planted");
    return text;
  };
  return { ...nodeMachine, ccm: { ...nodeMachine.ccm, open } };
}

test("a promise that is rejected unheard is caught, and halves of its batch lead to the case", async () => {
  let octets = 1200;
  let plant = { machine: failingAbove(octets) };
  let first: Violation | undefined;
  // Down to where only the longest text fails: one case.
  for (; first === undefined && octets > 0; octets -= 40) {
    plant = { machine: failingAbove(octets) };
    [first] = (await fuzz({ seed: SEED, count: 200, plant })).violations;
  }
  assert.is(first?.rule, "rejection");
  assert.is(first?.one, undefined);
  const { one } = await narrowed({ seed: SEED, plant }, first as Violation);
  assert.ok(one !== undefined && one.octets.length > octets);
});

test("a rule that every world breaks is about no case", async () => {
  const plant = { machine: failingAbove(10) };
  const violation = { rule: "rejection", text: "", span: [10, 20] } as const;
  assert.is(await narrowed({ seed: SEED, plant }, violation), violation);
});

/** A store that was given other values than the gateway read. */
function tampering(store: Store): Store {
  return {
    ...store,
    commit(batch) {
      for (const fact of batch.facts) {
        if (fact.kind === "alarm" && fact.report.position !== undefined) {
          fact.report.position.latitude = 900000001;
        }
      }
      return store.commit(batch);
    },
  };
}

test("an event out of its bounds is caught, with its case", async () => {
  const { violations } = await fuzz({ seed: SEED, count: 1000, plant: { wrapStore: tampering } });
  assert.equal(rulesOf(violations), ["event"]);
  assert.ok(violations[0].one !== undefined);
});

const ORIGIN: Origin = { kid: PAGER.senderId, piv: Uint8Array.of(9) };
const ONE = { index: 4, octets: new Uint8Array(20) } as unknown as Case;
const REQUEST = { type: CON } as Packet;
const OPENED: Look = {
  stage: "opened",
  kid: "c0ffee",
  origin: ORIGIN,
  packet: REQUEST,
  decoded: true,
};

function answerWith(payload: Uint8Array, piv?: number): Uint8Array {
  const packet = { type: 2, code: CHANGED, messageId: 1, token: Uint8Array.of(1), options: [] };
  const sealed = sealAnswer(nodeMachine, mirrorOf(PAGER), ORIGIN, piv, { ...packet, payload });
  return encodePacket(nodeMachine, sealed) as Uint8Array;
}

const CLEAR = Uint8Array.of(0x61, 0x80, 0, 1, 1);
const BARE = answerWith(new Uint8Array(0));
const TOLD = answerWith(Uint8Array.of(0x82, 0, 1), 5);

const TOLD_PAGERS = { contexts: new Map([["c0ffee", PAGER]]), discovery: false };

/** What was read, what left, and which rules that breaks. */
const ANSWERS: [string, Look, Uint8Array[], string[]][] = [
  ["the bare answer", OPENED, [BARE], []],
  ["an answer with content under a number", OPENED, [TOLD], []],
  ["silence", { ...OPENED, stage: "stranger" }, [], []],
  ["an error to a known pager", { ...OPENED, stage: "shut" }, [CLEAR], []],
  ["an error to a stranger", { ...OPENED, stage: "stranger" }, [CLEAR], ["silence"]],
  ["two answers", OPENED, [BARE, BARE], ["one answer"]],
  ["content under the request's number", OPENED, [answerWith(Uint8Array.of(0))], ["answer"]],
  ["a sealed answer to who is not authentic", { ...OPENED, stage: "shut" }, [BARE], ["answer"]],
  [
    "an error to who confirms nothing",
    { ...OPENED, stage: "shut", packet: { ...REQUEST, type: 1 } },
    [CLEAR],
    ["amplified"],
  ],
  [
    "a long error",
    { ...OPENED, stage: "shut" },
    [Uint8Array.of(...CLEAR, 0xff, ...new Uint8Array(60))],
    ["amplified"],
  ],
  ["success in the clear", OPENED, [Uint8Array.of(0x61, 68, 0, 1, 1)], ["amplified"]],
];

for (const [name, seen, answers, rules] of ANSWERS) {
  test(`judged: ${name} is ${rules.length === 0 ? "as it should be" : `against "${rules}"`}`, () => {
    const judge = newJudge();
    makeAnswers(judge, TOLD_PAGERS).judge(ONE, seen, answers);
    assert.equal(rulesOf(judge.violations), rules);
  });
}

test("judged: where strangers are answered, neither sealed nor at length", () => {
  const stranger: Look = { stage: "unsealed", decoded: false };
  const rulesOn = (answer: Uint8Array) => {
    const judge = newJudge();
    makeAnswers(judge, { ...TOLD_PAGERS, discovery: true }).judge(ONE, stranger, [answer]);
    return rulesOf(judge.violations);
  };
  assert.equal(rulesOn(CLEAR), []);
  assert.equal(rulesOn(BARE), ["amplified"]);
  assert.equal(rulesOn(Uint8Array.of(...CLEAR, 0xff, ...new Uint8Array(60))), ["amplified"]);
});

test("judged: one number of the platform for two answers", () => {
  const judge = newJudge();
  const answers = makeAnswers(judge, TOLD_PAGERS);
  for (const _ of [1, 2]) answers.judge(ONE, OPENED, [TOLD]);
  assert.equal(rulesOf(judge.violations), ["number"]);
});

const KNOWN = { pagers: new Map([["c0ffee", "P-1"]]) };
const BEAT = { kind: "beat", seq: 1, atMs: 5, pager: "P-1", kid: "c0ffee", piv: 3, beat: {} };

test("judged: events with a value, a name, a kind or an owner that was never declared", () => {
  assert.is(wrongEvent(KNOWN, BEAT), undefined);
  const wrong: object[] = [
    { ...BEAT, beat: { signalDbm: -43 } },
    { ...BEAT, beat: { batteryPercent: 7 } },
    { ...BEAT, beat: { charging: 1 } },
    { ...BEAT, piv: 16777216 },
    { ...BEAT, more: 1 },
    { ...BEAT, kind: "other" },
    { ...BEAT, pager: "P-2" },
    { ...BEAT, kind: "told", beat: undefined, message: "health", values: {} },
  ];
  for (const event of wrong) assert.type(wrongEvent(KNOWN, event), "string", JSON.stringify(event));
});

test("judged: a pager that is moved by what nobody sealed", () => {
  const judge = newJudge();
  // Opens whatever it is given, without a look at the tag: sealing turns a text round twice.
  const open: Machine["ccm"]["open"] = (key, nonce, aad, sealed) => {
    const length = Math.max(0, sealed.length - 8);
    const text = (sealed as Uint8Array).slice(0, length);
    return (nodeMachine.ccm.seal(key, nonce, aad, text) as Uint8Array).slice(0, length);
  };
  const half = pagerHalf(judge, { ...nodeMachine, ccm: { ...nodeMachine.ccm, open } });
  for (let index = 0; index < 400; index++) half.take(SEED, index);
  assert.equal(rulesOf(judge.violations), ["unmoved"]);
});

test("judged: memory that grows with what comes in", () => {
  const marks = [10, 50, 100].map((datagrams) => ({ datagrams, octets: datagrams * 1e6 }));
  assert.type(growthOf(marks), "string");
  assert.is(growthOf(marks.map((mark) => ({ ...mark, octets: 1e6 }))), undefined);
});

test("every fault code has its line in the table", () => {
  assert.is(new Set(FAULT_CODES).size, FAULT_CODES.length);
});

test.run();
