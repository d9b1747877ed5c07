// What must never happen in a run, and what was seen of it. A run ends with its first few.

import type { Case } from "./cases.ts";

export const RULES = {
  throw: "nothing throws, whatever comes in",
  rejection: "no promise is rejected unheard, and no fault ends the platform",
  "one answer": "a datagram is answered once at most",
  silence:
    "who is no known pager gets no octet, unless the platform was told to speak to strangers",
  amplified:
    "an unprotected answer is at most three times as long as what it answers, to a pager bare",
  answer: "a sealed answer opens under its request, and under the request's number it is bare",
  number: "the platform never uses a number of its own twice",
  event: "every event is as declared, of a pager, key identifier and number that there are",
  counted: "every datagram is counted, and what can't be read under the name of its fault",
  heard: "an honest pager in between is answered, and told what an operator did",
  unmoved: "what isn't authentic changes nothing on a pager but a count",
  pager: "a pager keeps its bounds and sends nothing unsealed but an empty acknowledgement",
  memory: "memory is flat",
  reached: "one in five reaches the decoder, and every fault code is met",
} as const;

export type RuleName = keyof typeof RULES;

export interface Violation {
  readonly rule: RuleName;
  readonly text: string;
  /** Where it is known which. */
  readonly one?: Case;
  /** It was seen while these were under way: the first, and the one behind the last. */
  readonly span: readonly [number, number];
}

export interface Judge {
  readonly violations: readonly Violation[];
  /** What is under way from now on. */
  span: readonly [number, number];
  broken(rule: RuleName, text: string, one?: Case): void;
  isFull(): boolean;
}

const VIOLATIONS_MAX = 5;

export function newJudge(): Judge {
  const violations: Violation[] = [];
  const judge: Judge = {
    violations,
    span: [0, 0],
    broken(rule, text, one) {
      if (!judge.isFull()) violations.push({ rule, text, one, span: judge.span });
    },
    isFull: () => violations.length >= VIOLATIONS_MAX,
  };
  return judge;
}

export function textOfError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
