// Where a pager's bundle runs: the host in this process or a real interpreter. Both look alike.
// An engine knows no pager: it evaluates text at a console and prints lines.

/** What a program prints for us begins so; all else is the console's own. */
export const LINE_MARK = "#";

export interface Engine {
  /** The engine's own version line. */
  readonly version: string;
  /** Evaluates one line at the console. */
  evaluate(text: string): void;
  /** Ends it at once, as a power cut does; resolves when nothing of it runs any more. */
  kill(): Promise<void>;
}

export interface EnginePorts {
  /** One line that the program printed. */
  onLine(line: string): void;
  /** The engine ended by itself, with its last words. */
  onEnd(reason: string): void;
}
