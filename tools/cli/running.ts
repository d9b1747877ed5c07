// What commands that run until they are told to stop have in common.

import { InvalidArgumentError } from "commander";

/** Resolves on Ctrl-C and on a polite kill. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

/** A port as it is given on the command line; 0 stands for any free one. */
export function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65535) return port;
  throw new InvalidArgumentError("give a port from 0 to 65535");
}
