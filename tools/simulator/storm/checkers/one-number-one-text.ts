// Under one key a number seals one text and no other, from either end [wire §1].
// Only the clear parts of datagrams are read; which context a slot is, is learned from who spoke.

import type { Event } from "../../../../sdk/events.ts";
import type { WorldEvent } from "../world-event.ts";
import { EXCUSE } from "./alarm-book.ts";
import type { CheckerKind, Judge } from "./checker.ts";
import { createJournalDoubt } from "./journal-doubt.ts";
import { createNumbers } from "./numbers.ts";
import { type Outer, outerOf } from "./outer.ts";
import { createRecent, listOf } from "./recent.ts";
import { type Ask, createSealedAsks } from "./sealed-asks.ts";

/** An inner code and a tag: nothing else goes under the nonce of a request [wire §1.1]. */
const BARE_OCTETS = 9;
const ADDRESSES_KEPT = 5000;
const TWICE_KEPT = 5000;
const HANDED_KEPT = 5000;

/** Whose numbers: each sender key has two kinds of nonces. */
const ownOf = { pager: "pager", platform: "platform" };
const bareOf = { pager: "pager, bare", platform: "platform, bare" };
type End = keyof typeof ownOf;
type ContextActive = Extract<Event, { kind: "contextActive" }>;

/** Who speaks from where: what the gateway can know of a pager's address, contexts and requests. */
function createExchanges() {
  const asks = createSealedAsks();
  const owners = new Map<string, string>();
  /**
   * By pager: its key identifiers in the order in which they left it, which is that of slots. What left
   * under the first may be lost or late, and the second be heard before it.
   */
  const used = new Map<string, string[]>();
  /** By address; "" where more than one pager was heard. */
  const pagers = createRecent<string, string>(ADDRESSES_KEPT);

  function hear(from: string, { exchange }: Outer, ask: Ask): void {
    asks.put(from, exchange, ask);
    const pager = owners.get(ask.kid) ?? "";
    // The platform speaks under it from here on, whether or not the commit that says so succeeds.
    const slot = made.get(ask.kid);
    if (slot !== undefined && !fresh.has(ask.kid)) renew({ pager, slot, kid: ask.kid });
    const known = pagers.get(from) ?? pager;
    pagers.set(from, known === pager ? pager : "");
  }

  function leave(pager: string, kid: string): void {
    owners.set(kid, pager);
    const kids = listOf(used, pager);
    if (!kids.includes(kid) && !made.has(kid)) kids.push(kid);
  }

  /** By pager and slot: the context that was renewed there. */
  const renewed = new Map<string, string>();
  const fresh = new Set<string>();
  /** The slots of contexts that are on their way to a pager, or were. */
  const made = new Map<string, number>();
  const slotOf = (pager: string, slot: string) => `${pager} ${slot}`;

  function renew({ pager, slot, kid }: Pick<ContextActive, "pager" | "slot" | "kid">): void {
    renewed.set(slotOf(pager, slot === 0 ? "00" : "01"), kid);
    // Of those of the bench it is none.
    used.set(
      pager,
      listOf(used, pager).filter((one) => one !== kid),
    );
    fresh.add(kid);
  }

  /** Slot 0 is used first, and the next one when that is dropped for good [wire §1.5]. */
  function kidOf(pager: string, slot: string): string | undefined {
    const one = renewed.get(slotOf(pager, slot));
    if (one !== undefined) return one;
    const kids = used.get(pager);
    return slot === "00" ? kids?.[0] : kids?.at(-1);
  }

  function takeQueued({ command, values }: Extract<Event, { kind: "commandQueued" }>): void {
    if (command === "renew") made.set(`${values.kid}`, Number(values.slot));
  }

  const pagerAt = (address: string) => pagers.get(address) ?? "";
  return { asks, hear, leave, kidOf, renew, takeQueued, pagerAt, owners };
}

function createOneNumberOneText(judge: Judge) {
  const numbers = createNumbers();
  const doubt = createJournalDoubt();
  /** Numbers of pagers that sealed two texts, excused or not. */
  const twice = createRecent<string, true>(TWICE_KEPT);
  const { asks, hear, leave, kidOf, renew, takeQueued, pagerAt, owners } = createExchanges();

  function note(sender: string, { kid, piv }: Ask, text: number): void {
    const found = numbers.note(`${sender} ${kid}`, piv, text);
    if (found === "reused" || found === "loose") twice.set(`${sender} ${kid} ${piv}`, true);
    if (found === "reused") judge.broken(`${sender} ${kid}: number ${piv} sealed two texts`);
    else if (found === "loose") judge.excused(EXCUSE);
    else judge.good();
  }

  /** One of these was answered: the one whose text it is, or else the newest that has none yet. */
  function noteOne(sender: string, candidates: readonly Ask[], text: number): void {
    const known = candidates.find(({ kid, piv }) => numbers.knows(`${sender} ${kid}`, piv, text));
    const free = candidates.find(({ kid, piv }) => !numbers.has(`${sender} ${kid}`, piv));
    const one = known ?? free ?? candidates[0];
    if (one !== undefined) note(sender, one, text);
  }

  function takeAnswer(end: End, outer: Outer, asked: readonly Ask[]) {
    const { piv, octets, text } = outer;
    if (piv !== undefined && end === "platform") {
      const candidates = asked.map(({ kid }) => ({ kid, piv }));
      return noteOne(ownOf[end], candidates, text);
    }
    if (asked.length === 0) return;
    if (piv === undefined && octets === BARE_OCTETS) return noteOne(bareOf[end], asked, text);
    const { kid, piv: number } = asked[0];
    judge.broken(`${end} ${kid}: the answer to number ${number} has ${octets} sealed octets`);
  }

  /** By pager, identifier and number: the texts that it handed to its modem. */
  const handed = createRecent<string, Set<number>>(HANDED_KEPT);

  function takeSend(pager: string, { kid, piv, text }: Outer): void {
    const name = `${pager} ${kid} ${piv}`;
    handed.set(name, (handed.get(name) ?? new Set()).add(text));
  }

  /** On the line to its modem an octet may come twice: that text nobody sealed. */
  function isTorn(pager: string, { kid, piv, text }: Outer): boolean {
    return handed.get(`${pager} ${kid} ${piv}`)?.has(text) === false;
  }

  function takeLeft(pager: string, outer: Outer) {
    if (isTorn(pager, outer)) return;
    const { kid, piv } = outer;
    if (outer.kind === "answer") {
      return takeAnswer("pager", outer, asks.find(pager, outer.exchange));
    }
    if (kid === undefined || piv === undefined) return;
    leave(pager, kid);
    note(ownOf.pager, { kid, piv }, outer.text);
  }

  function takeAnswered(to: string, outer: Outer) {
    if (outer.kind === "answer") {
      return takeAnswer("platform", outer, asks.find(to, outer.exchange));
    }
    const { kid: slot, piv } = outer;
    const kid = kidOf(pagerAt(to), slot ?? "");
    if (kid !== undefined && piv !== undefined) note(ownOf.platform, { kid, piv }, outer.text);
  }

  /** Only what is known to be authentic tells who is where: anybody can forge the rest. */
  function takeReceived(from: string, outer: Outer): void {
    const { kid, piv, text } = outer;
    if (outer.kind === "answer" || kid === undefined || piv === undefined) return;
    if (numbers.knows(`${ownOf.pager} ${kid}`, piv, text)) hear(from, outer, { kid, piv });
  }

  function takeCame(pager: string, outer: Outer): void {
    const { piv, text } = outer;
    if (outer.kind === "answer" || outer.kid === undefined || piv === undefined) return;
    const kid = kidOf(pager, outer.kid);
    if (kid === undefined || !numbers.knows(`${ownOf.platform} ${kid}`, piv, text)) return;
    asks.put(pager, outer.exchange, { kid, piv });
  }

  /** The platform says that two pagers may speak under one key [wire §1.5]. */
  function takeSuspicion(kid: string, piv: number): void {
    if (twice.has(`${ownOf.pager} ${kid} ${piv}`)) judge.good();
    else judge.broken(`${kid}: number ${piv} sealed one text, and a clone was suspected`);
  }

  function takeStored(event: Event): void {
    if (event.kind === "cloneSuspected") takeSuspicion(event.kid, event.piv);
    if (event.kind === "contextActive") renew(event);
    if (event.kind === "commandQueued") takeQueued(event);
  }

  function loosen(pager: string): void {
    for (const [kid, owner] of owners) {
      if (owner === pager) numbers.loosen(`${ownOf.pager} ${kid}`);
    }
  }

  return {
    take(event: WorldEvent) {
      doubt.take(event);
      const isLoose = event.kind === "off" && doubt.inDoubt(event.pager);
      if (isLoose && !doubt.isBlank(event.pager)) loosen(event.pager);
      if (event.kind === "stored") takeStored(event.event);
      if (!("bytes" in event) || event.kind === "attack") return;
      const outer = outerOf(event.bytes);
      if (outer === undefined) return;
      if (event.kind === "send") takeSend(event.pager, outer);
      if (event.kind === "left") takeLeft(event.pager, outer);
      if (event.kind === "answered") takeAnswered(event.to, outer);
      if (event.kind === "received") takeReceived(event.from, outer);
      if (event.kind === "came") takeCame(event.pager, outer);
    },
  };
}

export const oneNumberOneText: CheckerKind = {
  name: "one-number-one-text",
  rule: "Under one key no number ever seals two texts, and answers without one are always bare.",
  create: createOneNumberOneText,
};
