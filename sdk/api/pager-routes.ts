// Routes about pagers: their state, and the person who carries one.

import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Entered } from "./gate.ts";
import type { ApiHost } from "./host.ts";
import { json, problems } from "./route-parts.ts";
import {
  countersSchema,
  pagerIdSchema,
  pagerSchema,
  personSchema,
  readerSchema,
} from "./schemas.ts";

const list = createRoute({
  method: "get",
  path: "/api/pagers",
  summary: "All pagers and what was heard of them last",
  responses: { 200: json(z.array(pagerSchema), "Pagers"), ...problems(401) },
});

const person = createRoute({
  method: "get",
  path: "/api/pagers/{id}/person",
  summary: "The person's record, or null; each reading is in the log",
  request: { params: pagerIdSchema, query: readerSchema },
  responses: {
    200: json(personSchema.nullable(), "The record"),
    ...problems(400, 401, 404),
  },
});

const counters = createRoute({
  method: "get",
  path: "/api/counters",
  summary: "What the gateway counted since its start",
  responses: { 200: json(countersSchema, "Counters"), ...problems(401) },
});

export function pagerRoutes(app: OpenAPIHono<Entered>, host: ApiHost): void {
  app.openapi(list, async (c) => c.json(await host.pagers.list(), 200));
  app.openapi(person, async (c) => {
    const { operator = "" } = c.req.valid("query");
    const reader = operator === "" ? c.get("holder") : operator;
    return c.json((await host.pagers.person(c.req.valid("param").id, reader)) ?? null, 200);
  });
  app.openapi(counters, (c) => c.json(host.counters(), 200));
}
