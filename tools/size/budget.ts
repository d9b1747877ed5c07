// One budget of the design and what was measured against it [design §7]. Measures nothing itself.

export interface Budget {
  what: string;
  /** Absent where it could not be measured. */
  measured?: number;
  /** Most that is allowed. */
  allowed: number;
  unit: string;
  /** Why it was not measured, or is not judged although it was. */
  why?: string;
}

export function isJudged({ measured, why }: Budget): boolean {
  return measured !== undefined && why === undefined;
}

/** Whether it is kept; what is not judged breaks nothing. */
export function stands(budget: Budget): boolean {
  return !isJudged(budget) || (budget.measured ?? 0) <= budget.allowed;
}

/** What is over its budget. */
export function brokenOf(budgets: readonly Budget[]): string[] {
  return budgets.filter((one) => !stands(one)).map(({ what }) => what);
}

/** Budgets of the design that this command does not measure, in its order. */
export const ELSEWHERE: readonly { what: string; why: string }[] = [
  { what: "variables after 1,000 alarms", why: "no command plays so many on the interpreter yet" },
  { what: "gateway beside a bare echo", why: "npm run bench -- gateway" },
  { what: "cost of a message at 1,000,000 pagers", why: "npm run bench -- gateway" },
  { what: "an alarm's answer at twice the load", why: "no command makes that load yet" },
  { what: "simulated pager-days a minute", why: "npm run storm" },
  { what: "days on 1,000 mAh", why: "npm run onekey -- energy" },
];
