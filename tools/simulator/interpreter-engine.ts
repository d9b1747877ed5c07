// The real interpreter as an engine with a simulated modem behind a pair of pseudo-terminals.
// The pair outlives the interpreter, as a modem outlives its processor's power cut.

import type { Engine } from "./engine.ts";
import { startInterpreter } from "./interpreter.ts";
import type { SimModem } from "./modem.ts";
import { openPtyPair } from "./pty-pair.ts";
import { openSerialLine } from "./serial-port.ts";
import type { StartEngine } from "./virtual-pager.ts";

export interface InterpreterBench {
  start: StartEngine;
  close(): Promise<void>;
}

export interface BenchOptions {
  binary: string;
  /** Folder of this pager alone: its storage stays there. */
  dir: string;
  code: string;
  modem: SimModem;
  /** The line to the modem went away. */
  onLost(reason: string): void;
}

export async function openInterpreterBench(options: BenchOptions): Promise<InterpreterBench> {
  const { modem } = options;
  const pair = await openPtyPair(options.dir);
  const line = await openSerialLine(pair.modemPath, {
    onText: (text) => modem.fromPager(text),
    onLost: options.onLost,
  });
  modem.onToPager((text) => line.write(text));
  let engine: Engine | undefined;
  return {
    async start(ports) {
      engine = await startInterpreter({ ...ports, ...options });
      return engine;
    },
    async close() {
      await engine?.kill();
      await line.close();
      await pair.close();
    },
  };
}
