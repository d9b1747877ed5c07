// Two joined pseudo-terminals by `socat`: one end for the interpreter, one for a modem.
// Raw, so that every octet passes; knows nothing of what is said on them.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { OnekeyError } from "../../sdk/error.ts";

export interface PtyPair {
  /** Path of the interpreter's end; the bundle opens it by its name inside the folder. */
  readonly pagerPath: string;
  readonly modemPath: string;
  close(): Promise<void>;
}

/** The name that the espruino-linux bundle opens, relative to the folder it runs in. */
export const PAGER_TTY = "modem.tty";

export async function openPtyPair(dir: string): Promise<PtyPair> {
  const pagerPath = join(dir, PAGER_TTY);
  const modemPath = join(dir, "pager.tty");
  const end = (path: string) => `pty,raw,echo=0,link=${path}`;
  const socat = spawn("socat", ["-d", "-d", end(pagerPath), end(modemPath)], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = once(socat, "exit");
  const failed = once(socat, "error").then(([error]) => {
    throw new OnekeyError("tool-missing", `install socat, it joins the two lines: ${error}`);
  });
  const joined = (async () => {
    for await (const line of createInterface({ input: socat.stderr })) {
      if (line.includes("starting data transfer loop")) return;
    }
    throw new OnekeyError("tool-missing", "socat ended before it joined the two lines");
  })();
  await Promise.race([joined, failed]);
  failed.catch(() => undefined);
  socat.stderr.resume();
  return {
    pagerPath,
    modemPath,
    async close() {
      socat.kill();
      await ended;
    },
  };
}
