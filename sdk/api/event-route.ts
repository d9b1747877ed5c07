// The log as server-sent events that resume at a cursor: the id of each event is its cursor.

import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { Clock } from "../clock.ts";
import { OnekeyError } from "../error.ts";
import type { Entered } from "./gate.ts";
import type { ApiHost } from "./host.ts";
import { problems } from "./route-parts.ts";
import { cursorSchema } from "./schemas.ts";

/** Proxies end lines that are quiet for a minute, and a desk must see that it is connected. */
const COMMENT_MS = 20_000;

const events = createRoute({
  method: "get",
  path: "/api/events",
  summary: "Server-sent events; resumes at `after` or at the header Last-Event-ID",
  request: { query: cursorSchema },
  responses: {
    200: { description: "Events", content: { "text/event-stream": { schema: z.string() } } },
    ...problems(400, 401, 409),
  },
});

export interface EventRouteOptions {
  clock: Clock;
  /** Called at each comment: false ends the stream, because its session is over. */
  mayGoOn(c: Context): Promise<boolean>;
}

export function eventRoute(
  app: OpenAPIHono<Entered>,
  host: ApiHost,
  options: EventRouteOptions,
): void {
  app.openapi(events, async (c) => {
    const newest = await host.cursor();
    const asked = c.req.header("last-event-id") ?? c.req.valid("query").after;
    const after = asked === undefined ? newest : cursorOf(asked, newest);
    const ending = new AbortController();
    return streamSSE(c, async (stream) => {
      stream.onAbort(() => ending.abort());
      const stopComments = keepAlive(options, async () => {
        if (await options.mayGoOn(c)) await stream.write(": still here\n\n");
        else ending.abort();
      });
      // At once, so that the browser knows that the line stands.
      await stream.write(": here\n\n");
      try {
        for await (const event of host.events({ after, signal: ending.signal })) {
          await stream.writeSSE({ id: `${event.seq}`, data: JSON.stringify(event) });
        }
      } finally {
        stopComments();
      }
    });
  });
}

// internal

/** A cursor ahead of the log belongs to another database: to wait for it would hide alarms. */
function cursorOf(asked: string, newest: number): number {
  if (!/^\d{1,15}$/.test(asked)) {
    throw new OnekeyError("bad-request", "The cursor is the id of an event: a whole number.");
  }
  const cursor = Number(asked);
  if (cursor > newest) {
    throw new OnekeyError(
      "cursor-ahead",
      "This cursor is ahead of the log: read the alarms again, then events without a cursor.",
    );
  }
  return cursor;
}

function keepAlive(options: EventRouteOptions, comment: () => Promise<void>): () => void {
  let cancel = (): void => undefined;
  const wait = (): void => {
    cancel = options.clock.after(COMMENT_MS, () => {
      wait();
      void comment();
    });
  };
  wait();
  return () => cancel();
}
