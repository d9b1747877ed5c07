// Runs a program to its line "#end" on the Espruino host and on the real interpreter.
// A program prints each of its lines behind a "#"; all else is the console's own.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createVirtualClock } from "../../tools/simulator/clock.ts";
import { LINE_MARK } from "../../tools/simulator/engine.ts";
import { createHostStorage } from "../../tools/simulator/espruino/storage.ts";
import { createEspruinoHost } from "../../tools/simulator/espruino-host.ts";
import { startInterpreter } from "../../tools/simulator/interpreter.ts";

export interface EspruinoRun {
  /** The engine's own version line. */
  version: string;
  lines: string[];
}

const END = "end";

export function runOnHost(code: string): EspruinoRun {
  const lines: string[] = [];
  const host = createEspruinoHost({
    code,
    board: "espruino-linux",
    clock: createVirtualClock(),
    storage: createHostStorage(),
    onWrite: () => undefined,
    onLine: (line) => lines.push(line),
  });
  host.kill();
  const marked = lines.filter((line) => line.startsWith(LINE_MARK)).map((line) => line.slice(1));
  if (marked.pop() !== END) throw new Error(`no end in:\n${lines.slice(-5).join("\n")}`);
  return { version: host.version, lines: marked };
}

export async function runOnInterpreter(binary: string, code: string): Promise<EspruinoRun> {
  const dir = mkdtempSync(join(tmpdir(), "onekey-espruino-"));
  const lines: string[] = [];
  let end: (early?: string) => void = () => undefined;
  const ended = new Promise<string | undefined>((resolve) => {
    end = resolve;
  });
  const engine = await startInterpreter({
    code,
    binary,
    dir,
    onLine: (line) => (line === END ? end() : lines.push(line)),
    onEnd: (reason) => end(reason),
  });
  const early = await ended;
  await engine.kill();
  rmSync(dir, { recursive: true });
  if (early !== undefined) throw new Error(`${early}, after: ${lines.at(-1)}`);
  return { version: engine.version, lines };
}
