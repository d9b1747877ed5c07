// Routes about alarms: the queue, and the acts of an operator.

import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Entered } from "./gate.ts";
import type { ApiHost } from "./host.ts";
import { bodyOf, json, problems } from "./route-parts.ts";
import {
  alarmIdSchema,
  alarmSchema,
  backSchema,
  closeSchema,
  noteActSchema,
  takeSchema,
} from "./schemas.ts";

const list = createRoute({
  method: "get",
  path: "/api/alarms",
  summary: "Open alarms by priority and age, then the newest closed ones",
  responses: { 200: json(z.array(alarmSchema), "The queue"), ...problems(401) },
});

const take = createRoute({
  method: "post",
  path: "/api/alarms/{id}/take",
  summary: "Become the alarm's one owner; its pager is told",
  request: { params: alarmIdSchema, body: bodyOf(takeSchema) },
  responses: { 200: json(alarmSchema, "Taken"), ...problems(400, 401, 403, 404, 409) },
});

const note = createRoute({
  method: "post",
  path: "/api/alarms/{id}/note",
  summary: "Add a note to the alarm",
  request: { params: alarmIdSchema, body: bodyOf(noteActSchema) },
  responses: { 200: json(alarmSchema, "Noted"), ...problems(400, 401, 403, 404) },
});

const release = createRoute({
  method: "post",
  path: "/api/alarms/{id}/release",
  summary: "The owner gives the alarm back; it waits again, and its pager is told",
  request: { params: alarmIdSchema, body: bodyOf(backSchema) },
  responses: { 200: json(alarmSchema, "Given back"), ...problems(400, 401, 403, 404, 409) },
});

const reopen = createRoute({
  method: "post",
  path: "/api/alarms/{id}/reopen",
  summary: "Open a closed alarm again, within an hour of its close; its pager is told",
  request: { params: alarmIdSchema, body: bodyOf(backSchema) },
  responses: { 200: json(alarmSchema, "Open again"), ...problems(400, 401, 403, 404, 409) },
});

const close = createRoute({
  method: "post",
  path: "/api/alarms/{id}/close",
  summary: "End a taken alarm with an outcome; its pager is told",
  request: { params: alarmIdSchema, body: bodyOf(closeSchema) },
  responses: { 200: json(alarmSchema, "Closed"), ...problems(400, 401, 403, 404, 409) },
});

export function alarmRoutes(app: OpenAPIHono<Entered>, host: ApiHost): void {
  app.openapi(list, async (c) => c.json(await host.alarms.list(), 200));
  app.openapi(take, async (c) => {
    const { operator } = c.req.valid("json");
    return c.json(await host.alarms.take(c.req.valid("param").id, operator), 200);
  });
  app.openapi(note, async (c) => {
    const { operator, text } = c.req.valid("json");
    return c.json(await host.alarms.note(c.req.valid("param").id, operator, text), 200);
  });
  app.openapi(release, async (c) => {
    const { operator, text } = c.req.valid("json");
    return c.json(await host.alarms.release(c.req.valid("param").id, operator, text), 200);
  });
  app.openapi(reopen, async (c) => {
    const { operator, text } = c.req.valid("json");
    return c.json(await host.alarms.reopen(c.req.valid("param").id, operator, text), 200);
  });
  app.openapi(close, async (c) => {
    const { operator, outcome, text } = c.req.valid("json");
    const { id } = c.req.valid("param");
    return c.json(await host.alarms.close(id, operator, outcome, text), 200);
  });
}
