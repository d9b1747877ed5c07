// The table in firmware/README.md says what the cues are.

import { test } from "uvu";
import { spokenCue } from "../../firmware/core/cue-words.ts";
import type { CueName } from "../../firmware/core/cues.ts";
import { table } from "../../tools/docs/table.ts";
import { testTables } from "../page-tables.ts";
import { CUE_NAMES } from "./cue-names.ts";

const steps = (list: number[]) =>
  list.map((ms, i) => (i % 2 === 0 ? `${ms}` : `*${ms}*`)).join(" ");

function cueRow(name: CueName): string[] {
  const cue = spokenCue(name);
  const light = `${cue.light.color}: ${steps(cue.light.steps)}`;
  return [name, `${cue.en} ${cue.zh}`, light, cue.steady, steps(cue.vibration)];
}

testTables("firmware/README.md", {
  cues: table(["cue", "says", "light", "stays", "vibration and sound"], CUE_NAMES.map(cueRow)),
});

test.run();
