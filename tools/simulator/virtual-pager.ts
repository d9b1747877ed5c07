// A pager that exists only here: the built bundle on an engine, its key, and what it says.
// Everything it knows came out of the bundle's printed lines; it looks into no state.

import type { CueName } from "../../firmware/core/cues.ts";
import { LOG_CUE } from "../../protocol/log-events.ts";
import { logText } from "../../sdk/log-text.ts";
import type { Engine, EnginePorts } from "./engine.ts";

/** Starts the engine on this pager's storage; called again after each power cut. */
export type StartEngine = (ports: EnginePorts) => Promise<Engine>;

export interface VirtualPagerOptions {
  start: StartEngine;
  /** Console lines that provision blank storage; the pager is then started anew. */
  provisioning: string[];
  onCue(name: CueName): void;
  /** Every other line, as the bundle prints it: alarm number first. */
  onLine(line: string): void;
  /** The engine ended by itself. */
  onEnd(reason: string): void;
}

export interface VirtualPager {
  readonly version: string;
  setKey(down: boolean): void;
  /** Power off and on: the engine dies at once, storage stays. */
  cutPower(): Promise<void>;
  close(): Promise<void>;
}

const CUE = "cue ";
/** A row of the log: event, alarm, detail. */
const ROW = /^=(\d+) (\d+) (-?\d+)$/;
const PIECE = /^piece \d+ \d+ (good|failed)$/;
const READY = "ready";

/** A row of the log in words, its alarm first; a cue without one. Other lines as they are. */
function lineOf(line: string): string {
  const row = ROW.exec(line);
  if (row === null) return line;
  const text = logText(Number(row[1]), Number(row[3]));
  return Number(row[1]) === LOG_CUE ? text : `${row[2]} ${text}`;
}

export async function startVirtualPager(options: VirtualPagerOptions): Promise<VirtualPager> {
  let engine: Engine;
  let heard: (line: string) => void = () => undefined;

  async function start(): Promise<void> {
    const ready = new Promise<void>((resolve) => {
      heard = (line) => line === READY && resolve();
    });
    engine = await options.start({
      onLine(line) {
        heard(line);
        const text = lineOf(line);
        if (text.startsWith(CUE)) options.onCue(text.slice(CUE.length) as CueName);
        else options.onLine(text);
      },
      onEnd: options.onEnd,
    });
    await ready;
  }

  /** One piece at a time: the console of an interpreter holds no more than 1024 octets. */
  async function provision(): Promise<void> {
    for (const line of options.provisioning) {
      const written = new Promise<string>((resolve) => {
        heard = (text) => PIECE.test(text) && resolve(text);
      });
      engine.evaluate(line);
      const text = await written;
      if (text.endsWith("failed")) options.onEnd(`storage refused ${text}`);
    }
    await engine.kill();
    await start();
  }

  await start();
  if (options.provisioning.length > 0) await provision();
  return {
    get version() {
      return engine.version;
    },
    setKey: (down) => engine.evaluate(`setKey(${down})`),
    async cutPower() {
      await engine.kill();
      await start();
    },
    close: () => engine.kill(),
  };
}
