// The HTTP API put together: headers, door, routes, OpenAPI document, errors.
// Every route added here or by `mount` stands behind the same door.

import { serveStatic } from "@hono/node-server/serve-static";
import { OpenAPIHono } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { IMAGE_OCTETS_MAX } from "../../protocol/limits.ts";
import type { Clock } from "../clock.ts";
import { OnekeyError } from "../error.ts";
import { alarmRoutes } from "./alarm-routes.ts";
import { commandRoutes } from "./command-routes.ts";
import { eventRoute } from "./event-route.ts";
import {
  type Entered,
  type GateOptions,
  gate,
  mayGoOn,
  openDoor,
  securityHeaders,
} from "./gate.ts";
import type { ApiHost } from "./host.ts";
import { IMAGES_PATH, imageRoutes } from "./image-routes.ts";
import { keyRoutes } from "./key-routes.ts";
import { pagerRoutes } from "./pager-routes.ts";
import { problemHandler, problemOf } from "./problem.ts";

export interface ApiOptions extends GateOptions {
  clock: Clock;
  /** Hears of faults of our own, which callers are not told of. */
  report(error: unknown): void;
}

/** The desk's page and the routes of a demo are added to this; they stand behind the same door. */
export type Api = OpenAPIHono<Entered>;

const BODY_OCTETS_MAX = 64 * 1024;
const DOCUMENT = {
  openapi: "3.1.0",
  info: { title: "Onekey", version: "1" },
  security: [{ token: [] }, { session: [] }] as Record<string, string[]>[],
};

export function createApi(host: ApiHost, options: ApiOptions): Api {
  const app: Api = new OpenAPIHono<Entered>({
    defaultHook: (result) => {
      if (!result.success) throw new OnekeyError("bad-request", wrongFields(result.error.issues));
    },
  });
  app.onError(problemHandler(options.report));
  app.notFound((c) => problemOf(c, new OnekeyError("not-found", "There is nothing here.")));
  app.use(securityHeaders(options.imageSources));
  app.get("/open", openDoor(options));
  app.use(gate(options));
  const json = limit(BODY_OCTETS_MAX, "Send at most 64 KiB of JSON.");
  const image = limit(IMAGE_OCTETS_MAX, `An image has at most ${IMAGE_OCTETS_MAX} octets.`);
  app.use((c, next) => (c.req.path === IMAGES_PATH ? image : json)(c, next));
  app.use("/api/*", async (c, next) => {
    await next();
    c.header("cache-control", "no-store");
  });
  alarmRoutes(app, host);
  pagerRoutes(app, host);
  keyRoutes(app, host);
  commandRoutes(app, host);
  imageRoutes(app, host);
  eventRoute(app, host, { clock: options.clock, mayGoOn: (c) => mayGoOn(options, c) });
  documentRoute(app, options.cookieName);
  return app;
}

/** Serves the files of a folder, with `index.html` for "/". */
export function mountFolder(app: Api, folder: string): void {
  app.get("/*", serveStatic({ root: folder }));
}

// internal

function limit(maxSize: number, text: string): MiddlewareHandler<Entered> {
  return bodyLimit({
    maxSize,
    onError: (c) => problemOf(c, new OnekeyError("body-too-large", text)),
  });
}

function documentRoute(app: Api, cookieName: string): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "token", {
    type: "http",
    scheme: "bearer",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: cookieName,
  });
  app.doc31("/openapi.json", DOCUMENT);
}

/** Names the fields and what is wrong with them; never the values. */
function wrongFields(issues: { path: PropertyKey[]; code?: string }[]): string {
  const fields = issues.map((issue) => issue.path.map(String).join(".") || "body");
  return `Not as declared in /openapi.json: ${[...new Set(fields)].join(", ")}.`;
}
