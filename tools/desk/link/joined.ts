// Joins calls: while one run is under way, all further calls become one more run behind it.

/** A function that runs `run` one at a time; its promise ends when nothing is left to run. */
export function joined(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;

  async function runAll(): Promise<void> {
    while (again) {
      again = false;
      await run();
    }
    running = undefined;
  }

  return () => {
    again = true;
    running ??= runAll();
    return running;
  };
}
