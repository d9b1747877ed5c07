// `onekey day`: one simulated day of a wearer, her pager, the platform and the desk, as a story.
// Plays nothing itself: the day is run by tools/simulator/day, and its texts stand in day-words.ts.

import { Command, Option } from "commander";
import type { AlarmRow } from "../../sdk/care/alarms.ts";
import { OnekeyError } from "../../sdk/error.ts";
import { padTo, widthOf, wrapped } from "../decode/text-columns.ts";
import { type DayEvent, runDay } from "../simulator/day/run-day.ts";
import { type Line, storyOf } from "../simulator/day/story.ts";
import { traceWho, traceWords } from "../simulator/storm/trace.ts";
import { CHAPTERS, INTRO, type Language, sentenceOf, WHO } from "./day-words.ts";

export const dayCommand = new Command("day")
  .description("a simulated day as a story: worn, walked, out of coverage, an alarm in a lift")
  .option("--seed <n>", "another world: times within seconds differ", "1")
  .addOption(
    new Option("--lang <lang>", "language of the story").choices(["en", "zh"]).default("en"),
  )
  .option(
    "--raw",
    "every event, a line each; a row of the pager's log begins with its alarm number",
  )
  .option("--json", "print for machines")
  .action(day);

// internal

const LINE_MAX = 100;
const DAY_MS = 86400000;

interface DayOptions {
  seed: string;
  lang: Language;
  raw?: boolean;
  json?: boolean;
}

async function day(options: DayOptions): Promise<void> {
  const seed = Number(options.seed);
  if (!Number.isInteger(seed) || seed < 1) {
    throw new OnekeyError("bad-option", "--seed takes a whole number from 1 on.");
  }
  const events: DayEvent[] = [];
  const rows = await runDay({ seed, onEvent: (event) => void events.push(event) });
  process.stdout.write(`${textOf(options, events, rows)}\n`);
}

function textOf(
  options: DayOptions,
  events: readonly DayEvent[],
  rows: readonly AlarmRow[],
): string {
  if (options.raw === true) return events.map(rawLine).join("\n");
  const story = storyOf(events);
  if (options.json === true) return JSON.stringify({ lines: story.map(jsonLine), alarms: rows });
  return storyLines(story, options.lang).join("\n");
}

/** Time of the day; what comes before midnight is of the evening before. */
function clockText(atMs: number, withMs: boolean): string {
  const ofDay = (atMs + DAY_MS) % DAY_MS;
  return new Date(ofDay).toISOString().slice(11, withMs ? 23 : 19);
}

function storyLines(story: readonly Line[], lang: Language): string[] {
  const lines = INTRO.map((words) => words[lang]);
  const width = Math.max(...Object.values(WHO).map((words) => widthOf(words[lang])));
  for (const { atMs, who, saying, chapter } of story) {
    if (chapter !== undefined) lines.push("", CHAPTERS[chapter][lang], "");
    const head = `${clockText(atMs, false)}  ${padTo(WHO[who][lang], width)}  `;
    const indent = " ".repeat(widthOf(head));
    const [first, ...rest] = wrapped(sentenceOf(saying)[lang], LINE_MAX, indent);
    lines.push(head + first.trimStart(), ...rest);
  }
  return lines;
}

function jsonLine(line: Line): object {
  return { time: clockText(line.atMs, false), ...line, ...sentenceOf(line.saying) };
}

function rawLine(event: DayEvent): string {
  const time = clockText(event.atMs, true);
  if (event.kind === "act") return `${time} wearer   act      ${event.act}`;
  const words = event.kind === "log" ? `${event.number ?? 0} ${event.text}` : traceWords(event);
  return `${time} ${traceWho(event).padEnd(8)} ${event.kind.padEnd(8)} ${words}`.trimEnd();
}
