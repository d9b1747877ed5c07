// A platform for tests of the desk: the real API, rules and rows over events kept in memory.
// Only what stands behind the API is scripted; a demo's routes are added where a test wants them.
import { serve } from "@hono/node-server";
import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import { spokenCue } from "../../firmware/core/cue-words.ts";
import type { CueName } from "../../firmware/core/cues.ts";
import { type Api, createApi, mountFolder } from "../../sdk/api/app.ts";
import { systemClock } from "../../sdk/clock.ts";
import type { DemoPager } from "../../tools/desk/panel/demo-shapes.ts";
import { type FixtureHost, makeFixtureHost } from "./fixture-host.ts";

export interface Fixture {
  /** Opens the desk; its token may be spent any number of times. */
  url: string;
  host: FixtureHost;
  /** Presses of the virtual key that came in. */
  presses: boolean[];
  /** Once a page listens: a cue that nobody hears is gone. */
  playCue(name: CueName): Promise<void>;
  /** Acts of the desk are answered with this status, without a word, until it is undefined. */
  refuseActs(status: number | undefined): void;
  /** Cuts all lines and refuses new ones, as a platform that went away does. */
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

export interface FixtureOptions {
  deskFolder: string;
  /** With the panel of a virtual pager. */
  demo: boolean;
}

/** A host for map tiles that the platform allows; no test may really reach it. */
export const TILE_HOST = "https://tiles.example";

const SECRET = "fixture";

const access = {
  newLink: async () => SECRET,
  spendLink: async (secret: string) => (secret === SECRET ? SECRET : undefined),
  newToken: async () => SECRET,
  newSmsToken: async () => SECRET,
  holder: async (_kind: string, secret: string) => (secret === SECRET ? "fixture" : undefined),
};

const virtualPager: DemoPager = {
  id: "P-000001",
  name: "张桂兰",
  holdMs: 3000,
  radio: "ready",
  stage: "idle",
};

type Listener = (event: string, data: object) => void;

function addDemo(app: Api, presses: boolean[], listen: (listener: Listener) => () => void): void {
  app.get("/demo/pagers", (c) => c.json([virtualPager]));
  app.post("/demo/pagers/:id/key", async (c) => {
    presses.push(((await c.req.json()) as { down: boolean }).down);
    return c.json({});
  });
  app.get("/demo/events", (c: Context) =>
    streamSSE(c, async (stream) => {
      const listener: Listener = (event, data) =>
        void stream.writeSSE({ event, data: JSON.stringify(data) });
      const leave = listen(listener);
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      leave();
    }),
  );
}

/** Starts it on a free port of this machine. */
export async function openFixture(options: FixtureOptions): Promise<Fixture> {
  const host = makeFixtureHost(() => Date.now());
  const presses: boolean[] = [];
  const listeners = new Set<Listener>();
  let refusal: number | undefined;
  const app = createApi(host, {
    access,
    clock: systemClock,
    cookieName: "fixture",
    imageSources: [TILE_HOST],
    report: (error) => console.error(error),
  });
  let heard = () => {};
  const isHeard = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const listen = (listener: Listener) => {
    listeners.add(listener);
    heard();
    return () => listeners.delete(listener);
  };
  if (options.demo) addDemo(app, presses, listen);
  mountFolder(app, options.deskFolder);
  const answer = (request: Request) =>
    refusal !== undefined && request.method === "POST"
      ? new Response("", { status: refusal })
      : app.fetch(request);

  let port = 0;
  const start = () =>
    new Promise<ReturnType<typeof serve>>((resolve) => {
      const started = serve({ fetch: answer, port, hostname: "127.0.0.1" }, (info) => {
        port = info.port;
        resolve(started);
      });
    });
  let server = await start();
  const goDown = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      if ("closeAllConnections" in server) server.closeAllConnections();
    });
  return {
    url: `http://127.0.0.1:${port}/open?token=${SECRET}`,
    host,
    presses,
    async playCue(name) {
      await isHeard;
      for (const tell of listeners) tell("cue", { pager: virtualPager.id, cue: spokenCue(name) });
    },
    refuseActs(status) {
      refusal = status;
    },
    goDown,
    async comeBack() {
      server = await start();
    },
    close: goDown,
  };
}
