// Routes about the keys of pagers: a renewal in the field, and new ones for a pager at the bench.
// Keys leave by one answer only, once, to a program with a token; never to a session of the desk.

import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { OnekeyError } from "../error.ts";
import { commandSchema } from "./command-routes.ts";
import type { Entered } from "./gate.ts";
import type { ApiHost } from "./host.ts";
import { bodyOf, json, problems } from "./route-parts.ts";
import { nameSchema, pagerIdSchema, pagerSchema } from "./schemas.ts";

const bySchema = z.object({ operator: nameSchema }).openapi("ByOperator");
const hexSchema = z.string().openapi({ example: "a1b2c3" });

const provisionedSchema = z
  .object({
    pager: pagerSchema,
    provisioning: z
      .object({
        contexts: z.array(
          z.object({
            slot: z.int(),
            kid: hexSchema,
            platformId: hexSchema,
            senderKey: hexSchema,
            recipientKey: hexSchema,
            commonIv: hexSchema,
          }),
        ),
      })
      .openapi({ description: "Goes onto the pager, once; it can't be read again" }),
  })
  .openapi("ProvisionedPager");

const renew = createRoute({
  method: "post",
  path: "/api/pagers/{id}/renew",
  summary: "A new context for a pager in the field; no key is in the answer",
  request: { params: pagerIdSchema, body: bodyOf(bySchema) },
  responses: {
    200: json(commandSchema, "The command that brings it"),
    ...problems(400, 401, 403, 404, 409),
  },
});

const provision = createRoute({
  method: "post",
  path: "/api/pagers/{id}/provision",
  summary:
    "New keys for a pager at the bench, for a token only; the old ones are refused from now on",
  security: [{ token: [] }],
  request: { params: pagerIdSchema, body: bodyOf(bySchema) },
  responses: {
    200: json(provisionedSchema, "What must go onto the pager now"),
    ...problems(400, 401, 403, 404),
  },
});

export function keyRoutes(app: OpenAPIHono<Entered>, host: ApiHost): void {
  app.openapi(renew, async (c) => {
    const { operator } = c.req.valid("json");
    return c.json(await host.pagers.renew(c.req.valid("param").id, operator), 200);
  });
  app.openapi(provision, async (c) => {
    if (!c.get("hasToken")) {
      throw new OnekeyError(
        "not-allowed",
        "Keys are not for the desk: ask with a token, from the bench.",
      );
    }
    const { operator } = c.req.valid("json");
    return c.json(await host.pagers.provision(c.req.valid("param").id, operator), 200);
  });
}
