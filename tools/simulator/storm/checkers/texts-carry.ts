// Data dead, texts alive: an alarm that is held longer than the step of texts comes by a sealed text.
// Judged only where nothing else was amiss from the hold on; what breaks in is left to calm-heals.ts.

import type { WorldEvent } from "../world-event.ts";
import { isInHand } from "./calls.ts";
import type { CheckerKind, Judge } from "./checker.ts";
import { createDeadlines } from "./deadlines.ts";

/**
 * The step of texts, one that goes again behind one that was lost, the modem, the air, the commit:
 * from the hold, or from the last thing that went wrong [pager §2.5].
 */
const CARRIED_MS = 30000 + 300000 + 120000;

/** What can keep a text from leaving, or from being stored; garbled lines are tried again in time. */
const AMISS = /^(modem (sms|hung|registration|search|rdy|brown)|text|commit|crash|restore|cut)/;

/** With its journal the platform's number may be gone, and nobody gives it back in a storm. */
const FORGETS = /^(storageErased|allErased|recordBent)$/;

interface Pager {
  noData: boolean;
  covered: boolean;
  texts: boolean;
  /** The alarm that texts must carry; "" for none. */
  alarm: string;
}

function createTextsCarry(judge: Judge) {
  const pagers = new Map<string, Pager>();
  const deadlines = createDeadlines();
  /** The platform's process is there. */
  let isUp = true;

  function pagerOf(name: string): Pager {
    const pager = pagers.get(name) ?? {
      noData: false,
      covered: true,
      texts: false,
      alarm: "",
    };
    pagers.set(name, pager);
    return pager;
  }

  function drop(name: string): void {
    pagerOf(name).alarm = "";
    deadlines.drop(name);
  }

  /** Something was amiss until now: only what comes behind it is the pager's own doing. */
  function wait(name: string, atMs: number): void {
    const { alarm, covered } = pagerOf(name);
    if (alarm !== "" && covered && isUp) deadlines.set(name, atMs + CARRIED_MS);
    else deadlines.drop(name);
  }

  function waitAll(pager: string, atMs: number): void {
    if (pager !== "") wait(pager, atMs);
    else for (const name of pagers.keys()) wait(name, atMs);
  }

  function takeRaised(name: string, alarm: string, atMs: number): void {
    const pager = pagerOf(name);
    drop(name);
    if (!pager.noData || !pager.texts) return;
    pager.alarm = alarm;
    wait(name, atMs);
  }

  function takeStored({ event }: Extract<WorldEvent, { kind: "stored" }>): void {
    if (event.kind !== "alarmRaised" || pagerOf(event.pager).alarm !== event.alarm) return;
    drop(event.pager);
    // A stranger who sends on what was lost may be sooner than the text.
    if (event.carrier === "sms") judge.good();
  }

  function takeAir({ pager: name, way, works, atMs }: Extract<WorldEvent, { kind: "air" }>): void {
    const pager = pagerOf(name);
    if (way === "texts") pager.texts = works;
    if (way === "coverage") pager.covered = works;
    if (way === "data") pager.noData = !works;
    if (way === "data" && works) drop(name);
    else wait(name, atMs);
  }

  function takeFault({ pager, name, atMs }: Extract<WorldEvent, { kind: "fault" }>): void {
    if (FORGETS.test(name)) pagerOf(pager).texts = false;
    if (AMISS.test(name)) waitAll(pager, atMs);
  }

  return {
    take(event: WorldEvent) {
      const { atMs } = event;
      for (const name of deadlines.passed(atMs)) {
        judge.broken(
          `${pagerOf(name).alarm}: data was dead, texts were alive, and none carried it`,
        );
        drop(name);
      }
      if (event.kind === "air") takeAir(event);
      if (event.kind === "fault") takeFault(event);
      if (event.kind === "stored") takeStored(event);
      if (event.kind === "platform") {
        if (event.act === "crash" || event.act === "start") isUp = event.act === "start";
        waitAll("", atMs);
      }
      if (event.kind === "log" && isInHand(event.text)) {
        takeRaised(event.pager, event.alarm, atMs);
      }
      // What it found in its journal it sends on; how soon, nobody promises.
      if (event.kind === "off") drop(event.pager);
    },
  };
}

export const textsCarry: CheckerKind = {
  name: "texts-carry",
  rule: "Where data is dead and texts are alive, an alarm comes by a sealed text in time.",
  create: createTextsCarry,
};
