// How the network is looked for: by which radio technology, and with which operator [pager §2.6].
// Never leaves the plan of the set-up while no alarm is open, and never a network that was found.

import { spanMs } from "../../protocol/span.ts";
import type { Answer } from "./at.ts";
import * as limits from "./limits.ts";
import { ask, climb, climbBehind, enterPhase, isRegistered, type Modem } from "./state.ts";
import { fieldAt, fieldsOf, unquote } from "./text.ts";

/** Plan 0 is LTE-M and GSM by themselves, 1 GSM alone, 2 NB-IoT alone, 3 LTE-M alone; see tellLadder. */
const BY_HAND = 4;

/** For "nwscanmode": 0 all, 1 GSM, 3 LTE. */
export function scanModeOf(plan: number): number {
  if (plan === 1) return 1;
  return plan === 2 || plan === 3 ? 3 : 0;
}

/** For "iotopmode": 0 LTE-M, 1 NB-IoT, 2 both, which is slow. */
export function iotModeOf(plan: number): number {
  if (plan === 2) return 1;
  return plan < BY_HAND ? 0 : 2;
}

/** The operator that is tried by hand; "" where the modem is to choose. */
export function operatorOf(modem: Modem): string {
  return modem.plan < BY_HAND ? "" : modem.operators[modem.plan - BY_HAND];
}

/** How long this plan may search: some networks need minutes, so that each round is longer. */
export function searchLeftMs(modem: Modem): number {
  const early = modem.urgent && modem.failures < 2;
  const limitMs = early ? limits.cycleMs * (modem.failures + 1) : limits.registerMs;
  return limitMs - spanMs(modem.nowMs, modem.enteredMs);
}

/** The next plan is told by the set-up; behind the last one the ladder is climbed. */
function enterPlan(modem: Modem, plan: number): void {
  if (plan < BY_HAND + modem.operators.length) {
    modem.plan = plan;
    enterPhase(modem, "setup");
    return;
  }
  modem.plan = 0;
  climb(modem);
}

/** The search has lasted long enough. A network that refuses is not asked again by another way. */
export function searchOn(modem: Modem): number {
  const denied = modem.lte === 3 || modem.gsm === 3;
  const plan = denied && modem.plan < BY_HAND ? BY_HAND : modem.plan + 1;
  if (!modem.urgent) {
    modem.plan = 0;
    climbBehind(modem, "lull");
  } else if (plan === BY_HAND) {
    const limitMs = limits.operatorMs;
    ask(modem, { tag: "operators", text: "AT+COPS=?", prefix: "+COPS", limitMs: limitMs });
    return limitMs;
  } else {
    enterPlan(modem, plan);
  }
  return limits.pauseMs;
}

/** `+COPS: (<state>,"<name>","<short>","<number>",<access>),...`: 1 on the air, 2 in use, 3 forbidden. */
export function takeOperators(modem: Modem, answer: Answer): void {
  if (isRegistered(modem)) return; // found while they were listed
  const fields = answer.lines.length > 0 ? fieldsOf(answer.lines[0]) : [];
  modem.operators = [];
  for (let at = 0; at + 3 < fields.length; at++) {
    const number = unquote(fieldAt(fields, at + 3));
    const free = fields[at] === "(1" || fields[at] === "(2";
    if (free && modem.operators.indexOf(number) < 0) modem.operators.push(number);
  }
  enterPlan(modem, BY_HAND);
}

// Two records of an outage at most, and one of its end: the core writes each to flash. In an alarm one
// for each plan too, of those by hand the last before them: their list is gone with a restart.
export function tellLadder(modem: Modem): void {
  const plan = modem.plan < 3 ? modem.plan : 3;
  const failures = (modem.failures < 2 ? 0 : modem.failures < 3 ? 2 : 3) + 4 * plan;
  if (failures === modem.failuresTold) return;
  modem.failuresTold = failures;
  modem.outputs.push({
    kind: "input",
    input: { kind: "ladder", atMs: modem.nowMs, failures: failures },
  });
}
