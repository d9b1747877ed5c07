// `onekey energy`: how many days a battery lasts in each profile and named week, and what costs most.
// Counts nothing itself: the weeks run through the real firmware in the simulator.

import { Command } from "commander";
import { PROFILE_KEY } from "../../protocol/settings.ts";
import { OnekeyError } from "../../sdk/error.ts";
import { CURRENTS } from "../simulator/energy/currents.ts";
import { estimate } from "../simulator/energy/model.ts";
import { PROFILES, type Row, verdictOf } from "../simulator/energy/profiles.ts";
import { runWeek } from "../simulator/energy/run-week.ts";
import { WEEKS } from "../simulator/energy/weeks.ts";
import { energyLines } from "./energy-words.ts";

export const energyCommand = new Command("energy")
  .description("how many days a battery lasts, by profile and week, and what costs most")
  .option("--days <count>", "days of each week that are simulated", "7")
  .option("--json", "print for machines")
  .action(energy);

// internal

const DAYS_MAX = 60;

async function energy(options: { days: string; json?: boolean }): Promise<void> {
  const days = Number(options.days);
  if (!Number.isInteger(days) || days < 1 || days > DAYS_MAX) {
    throw new OnekeyError("bad-option", `--days takes a whole number from 1 to ${DAYS_MAX}.`);
  }
  const rows: Row[] = [];
  for (const profile of PROFILES) {
    for (const week of WEEKS) {
      const run = await runWeek({ week, settings: [[PROFILE_KEY, profile.setting]], days });
      rows.push({ profile, week, ...run, estimate: estimate(run.usage, CURRENTS) });
    }
  }
  const text = options.json === true ? jsonOf(rows) : energyLines(rows).join("\n");
  process.stdout.write(`${text}\n`);
}

function jsonOf(rows: readonly Row[]): string {
  return JSON.stringify({
    rows: rows.map((row) => ({
      profile: row.profile.name,
      week: row.week.name,
      promisedDays: row.profile.days,
      verdict: verdictOf(row),
      heldMs: row.heldMs,
      usage: row.usage,
      ...row.estimate,
    })),
    currents: CURRENTS,
  });
}
