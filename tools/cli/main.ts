#!/usr/bin/env node
// The command `onekey`: finds the command's file, runs it, and turns failures into one sentence.
// Loads only the command that was asked for, so that none waits for another's libraries.

import { Command, CommanderError } from "commander";
import { OnekeyError } from "../../sdk/error.ts";

interface Entry {
  name: string;
  summary: string;
  load(): Promise<Command>;
}

const COMMANDS: Entry[] = [
  {
    name: "demo",
    summary: "platform, desk and a virtual pager to press, on this computer",
    load: async () => (await import("./demo.ts")).demoCommand,
  },
  {
    name: "serve",
    summary: "the platform: gateway, store, API and desk",
    load: async () => (await import("./serve.ts")).serveCommand,
  },
  {
    name: "image",
    summary: "give a running platform the image of an update",
    load: async () => (await import("./image.ts")).imageCommand,
  },
  {
    name: "update",
    summary: "ask pagers to fetch and start an image that the platform keeps",
    load: async () => (await import("./update.ts")).updateCommand,
  },
  {
    name: "build",
    summary: "the bundles for the boards",
    load: async () => (await import("./build.ts")).buildCommand,
  },
  {
    name: "size",
    summary: "each budget of size and memory, and what was measured against it",
    load: async () => (await import("./size.ts")).sizeCommand,
  },
  {
    name: "modem",
    summary: "a simulated BG96 on a serial line",
    load: async () => (await import("./modem.ts")).modemCommand(),
  },
  {
    name: "decode",
    summary: "octets from air, SMS or serial line in words; opens sealed ones given the key",
    load: async () => (await import("./decode.ts")).decodeCommand(),
  },
  {
    name: "day",
    summary: "a simulated day as a story: worn, walked, out of coverage, an alarm in a lift",
    load: async () => (await import("./day.ts")).dayCommand,
  },
  {
    name: "energy",
    summary: "how many days a battery lasts, by profile and week, and what costs most",
    load: async () => (await import("./energy.ts")).energyCommand,
  },
  {
    name: "falls",
    summary: "the fall detector over recorded trials that lie on disk",
    load: async () => (await import("./falls.ts")).fallsCommand,
  },
  {
    name: "storm",
    summary: "simulated worlds with faults, and checkers beside them",
    load: async () => (await import("./storm.ts")).stormCommand,
  },
];

/** Exit code of the process: 0 only on success. */
async function run(words: string[]): Promise<number> {
  try {
    await (await programFor(words)).parseAsync(words, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    complain(error, words.includes("--json"));
    return 1;
  }
}

/** All commands by name and summary, and the one that is asked for in full. */
async function programFor(words: string[]): Promise<Command> {
  const program = new Command("onekey").description("One-key GPS pager: platform and tools");
  program.exitOverride().configureOutput({ writeErr: () => undefined });
  program.argument("[command]").action((asked: string | undefined) => {
    if (asked === undefined) return program.help();
    throw new OnekeyError("bad-option", `there is no command ${asked}: see onekey --help.`);
  });
  const asked = words.find((word) => !word.startsWith("-"));
  for (const { name, summary, load } of COMMANDS) {
    const command = name === asked ? await load() : new Command(name);
    if (command.description() === "") command.description(summary);
    program.addCommand(command.copyInheritedSettings(program));
  }
  return program;
}

function complain(error: unknown, json: boolean): void {
  const { code, message } = sentenceOf(error);
  const line = json ? JSON.stringify({ error: { code, message } }) : `onekey: ${message}`;
  process.stderr.write(`${line}\n`);
}

function sentenceOf(error: unknown): { code: string; message: string } {
  if (error instanceof OnekeyError) return { code: error.code, message: error.message };
  if (error instanceof CommanderError) {
    const text = error.message.replace(/^error: /, "").replace(/\.$/, "");
    return { code: "bad-option", message: `${text}: see onekey --help.` };
  }
  // A fault of our own: the trace is what whoever mends it needs.
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: "fault", message: `unexpected fault: ${text}` };
}

process.exitCode = await run(process.argv.slice(2));
