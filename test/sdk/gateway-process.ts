// A platform in a process of its own that stands still at a named step, to be killed there.
// Not a test. argv: data folder, and the word in the trace at which it stands still.

import { openPlatform } from "../../sdk/platform.ts";

const [dataDir, stopAt] = process.argv.slice(2);

/** Says so and waits for the SIGKILL, so that the step after this one never happens. */
function standStill(): void {
  process.send?.({ reached: true });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

const platform = await openPlatform({
  dataDir,
  udpPort: 0,
  httpPort: 0,
  trace(line) {
    if (line.split(" ")[1] === stopAt) standStill();
  },
});

process.send?.({ port: platform.udp.port });
