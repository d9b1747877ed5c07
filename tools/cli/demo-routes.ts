// The demo's routes: the virtual pagers' key, and their cues as server-sent events.
// They stand behind the same door as the desk; a real platform has none of them.

import { z } from "@hono/zod-openapi";
import { streamSSE } from "hono/streaming";
import type { Api } from "../../sdk/api/app.ts";
import { OnekeyError } from "../../sdk/error.ts";
import type { DemoChange, DemoPagers } from "./demo-pagers.ts";

const KeyBody = z.strictObject({ down: z.boolean() });
const BEAT_MS = 15_000;

export function mountDemo(app: Api, pagers: () => DemoPagers): void {
  app.get("/demo/pagers", (c) => c.json(pagers().list()));

  app.post("/demo/pagers/:id/key", async (c) => {
    const body = KeyBody.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) throw new OnekeyError("bad-request", 'Send {"down": true} or false.');
    if (pagers().setKey(c.req.param("id"), body.data.down)) return c.body(null, 204);
    throw new OnekeyError("unknown-pager", "There is no such virtual pager: read the list again.");
  });

  app.get("/demo/events", (c) =>
    streamSSE(c, async (stream) => {
      const waiting: DemoChange[] = [];
      let wake = () => {};
      const stop = pagers().listen((change) => {
        waiting.push(change);
        wake();
      });
      stream.onAbort(() => wake());
      try {
        while (!stream.aborted) {
          const change = waiting.shift();
          if (change !== undefined) {
            const { kind, ...data } = change;
            await stream.writeSSE({ event: kind, data: JSON.stringify(data) });
            continue;
          }
          // A line now and then shows both ends that the other is still there.
          const beat = setTimeout(() => wake(), BEAT_MS);
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          clearTimeout(beat);
          if (waiting.length === 0 && !stream.aborted) await stream.write(": beat\n\n");
        }
      } finally {
        stop();
      }
    }),
  );
}
