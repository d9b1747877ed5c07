// An interpreter whose modem speaks through its console, and whose harness prints lines of its own.
// Knows no pager and measures nothing.

import { type Engine, type EnginePorts, LINE_MARK } from "../simulator/engine.ts";
import { type InterpreterOptions, startInterpreter } from "../simulator/interpreter.ts";
import type { SimModem } from "../simulator/modem.ts";

/** Begins each line that a harness prints for itself, behind the mark of all lines. */
const OWN = "~";
export const OWN_LINE = LINE_MARK + OWN;
/** The interpreter's console takes no longer lines. */
const PIECE_SIGNS = 256;

/** For a harness: what the image writes to its modem, before `Serial1.write` has anything else to do. */
export const WRITE_ON = `print("${OWN_LINE}write "+btoa(t))`;

export interface ConsoleOptions extends Pick<InterpreterOptions, "binary" | "dir" | "onConsole"> {
  modem: SimModem;
  harness: string;
  /** Calls what the harness has for octets from the modem, in base64. */
  feed(octets: string): string;
  /** A line of the harness. */
  onOwn(line: string): void;
}

export async function startOnConsole(ports: EnginePorts, options: ConsoleOptions): Promise<Engine> {
  const { modem, harness, feed, onOwn, ...rest } = options;
  const engine = await startInterpreter({
    ...rest,
    onLine(line) {
      const [head, octets] = line.split(" ");
      if (!line.startsWith(OWN)) ports.onLine(line);
      else if (head !== `${OWN}write`) onOwn(line.slice(OWN.length));
      else modem.fromPager(Buffer.from(octets, "base64").toString("latin1"));
    },
    onEnd: ports.onEnd,
    code: harness,
  });
  modem.onToPager((text) => {
    for (let at = 0; at < text.length; at += PIECE_SIGNS) {
      const piece = Buffer.from(text.slice(at, at + PIECE_SIGNS), "latin1");
      engine.evaluate(feed(piece.toString("base64")));
    }
  });
  return engine;
}
