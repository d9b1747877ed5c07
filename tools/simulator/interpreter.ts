// The real Espruino interpreter as an engine: a child process with one folder for each pager.
// The folder is the pager's storage: keep it and start again to play a power cut.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { OnekeyError } from "../../sdk/error.ts";
import { type Engine, type EnginePorts, LINE_MARK } from "./engine.ts";

/** A line that begins with DLE is evaluated without echo. */
const NO_ECHO = "\x10";

export interface InterpreterOptions extends EnginePorts {
  /** The built bundle as text. */
  readonly code: string;
  readonly binary: string;
  readonly dir: string;
  /** One line of the console's own. */
  onConsole?(line: string): void;
}

/** Starts the interpreter and resolves when it has printed its version. */
export async function startInterpreter(options: InterpreterOptions): Promise<Engine> {
  mkdirSync(options.dir, { recursive: true });
  writeFileSync(join(options.dir, "bundle.js"), options.code);
  // Its standard input stays open: at an end of file its input fills with rubbish.
  const child = spawn(options.binary, ["bundle.js"], {
    cwd: options.dir,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  // A line for an interpreter that has just gone: its end is told by "exit", to whom it concerns.
  child.stdin.on("error", () => undefined);
  let stopping = false;
  let last = "";
  const version = await new Promise<string>((resolve, reject) => {
    child.on("error", (error) =>
      reject(new OnekeyError("tool-missing", `cannot start ${options.binary}: ${error.message}`)),
    );
    createInterface({ input: child.stdout }).on("line", (line) => {
      const banner = /^\s*(\d+v\d+\S*) \(c\)/.exec(line);
      if (banner?.[1] !== undefined) resolve(`Espruino ${banner[1]} (interpreter)`);
      const mark = line.indexOf(LINE_MARK);
      if (mark >= 0) options.onLine(line.slice(mark + 1));
      else if (line.trim() !== "") last = line;
      if (mark < 0) options.onConsole?.(line);
    });
    ended.then(
      ([code]) => {
        const reason = `the interpreter ended with ${code}: ${last}`;
        reject(new OnekeyError("engine-ended", reason));
        if (!stopping) options.onEnd(reason);
      },
      () => undefined, // one that never began says so by "error"
    );
  });
  return {
    version,
    evaluate: (text) => void child.stdin.write(`${NO_ECHO}${text}\n`),
    async kill() {
      stopping = true;
      child.kill("SIGKILL");
      await ended;
    },
  };
}
