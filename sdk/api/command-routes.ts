// Routes about commands: ask something of a pager, and see how it ended.

import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { UPDATE_FAULTS } from "../../protocol/codes.ts";
import { SETTING_NAMES } from "../../protocol/settings.ts";
import { COMMAND_NAMES, EXPIRES_S_MAX } from "../care/command-names.ts";
import { COMMAND_OUTCOMES } from "../care/results.ts";
import { OnekeyError } from "../error.ts";
import type { Entered } from "./gate.ts";
import type { ApiHost } from "./host.ts";
import { bodyOf, json, problems } from "./route-parts.ts";
import { msSchema, nameSchema, pagerIdSchema } from "./schemas.ts";

const TEXT_MAX = 2000;
const ROWS_MAX = 64;
const VALUES = "By the command's message in the wire's declarations, without what and id. ";
const SETTINGS = SETTING_NAMES.map(({ name, unit }) => `${name} (${unit})`).join(", ");

/** Looser than the declarations: what they bound, they refuse with the field's path. */
const askedCellSchema = z.union([
  z.number(),
  z.string().max(TEXT_MAX),
  z.object({ hex: z.string().max(TEXT_MAX) }),
]);
const askedValueSchema = z.union([
  askedCellSchema,
  z.array(z.array(askedCellSchema).max(ROWS_MAX)).max(ROWS_MAX),
  z.record(z.string().max(TEXT_MAX), askedCellSchema),
]);

const askSchema = z
  .object({
    operator: nameSchema,
    command: z
      .enum(COMMAND_NAMES)
      .openapi({ example: "locate", description: "An update is asked for by a route of its own" }),
    values: z
      .record(z.string().max(TEXT_MAX), askedValueSchema)
      .optional()
      .openapi({
        example: { forS: 600 },
        description: `${VALUES}Octets are { hex }, texts are texts. The list of changeSettings is by name, ${SETTINGS}.`,
      }),
    expiresInS: z
      .int()
      .min(1)
      .max(EXPIRES_S_MAX)
      .optional()
      .openapi({ description: "After this it is not sent any more. Default: a day." }),
  })
  .openapi("AskCommand");

const endingShape = {
  outcome: z.enum(COMMAND_OUTCOMES),
  code: z.int().optional().openapi({ description: "Of `other`: the code that the pager said" }),
  detail: z.int().optional(),
  setting: z.string().optional().openapi({
    description: "Of a change of settings: the one that `detail` is about",
    example: "holdMs",
  }),
  why: z
    .string()
    .optional()
    .openapi({
      description: `Of an update that was refused or failed: ${UPDATE_FAULTS.slice(1).join(", ")}`,
      example: "notProved",
    }),
};

const toldCellSchema = z.union([z.number(), z.string()]);

export const commandSchema = z
  .object({
    pager: z.string(),
    id: z.int().openapi({ description: "The pager's own count of commands" }),
    command: z.string(),
    values: z
      .record(z.string(), z.union([toldCellSchema, z.array(toldCellSchema)]))
      .openapi({ description: `${VALUES}Octets and texts are hexadecimal.` }),
    by: z.string(),
    queuedAtMs: msSchema,
    expiresAtMs: msSchema,
    state: z.enum(["waiting", "ended"]),
    ...endingShape,
    outcome: endingShape.outcome.optional(),
    endedAtMs: msSchema.optional(),
    late: z
      .object({ ...endingShape, atMs: msSchema })
      .optional()
      .openapi({ description: "The pager's result, where it came after the command's end" }),
  })
  .openapi("Command");

const commandIdSchema = pagerIdSchema.extend({
  command: z
    .string()
    .regex(/^\d{1,8}$/)
    .openapi({ param: { name: "command", in: "path" }, example: "1" }),
});

const send = createRoute({
  method: "post",
  path: "/api/pagers/{id}/commands",
  summary: "Ask something of the pager; it is sent until its result is in or its time is over",
  request: { params: pagerIdSchema, body: bodyOf(askSchema) },
  responses: { 200: json(commandSchema, "Queued"), ...problems(400, 401, 403, 404) },
});

const list = createRoute({
  method: "get",
  path: "/api/pagers/{id}/commands",
  summary: "The newest hundred commands of the pager, the newest first",
  request: { params: pagerIdSchema },
  responses: { 200: json(z.array(commandSchema), "Commands"), ...problems(400, 401, 404) },
});

const one = createRoute({
  method: "get",
  path: "/api/pagers/{id}/commands/{command}",
  summary: "One command, and how it ended",
  request: { params: commandIdSchema },
  responses: { 200: json(commandSchema, "The command"), ...problems(400, 401, 404) },
});

export function commandRoutes(app: OpenAPIHono<Entered>, host: ApiHost): void {
  app.openapi(send, async (c) => {
    const { operator, ...asked } = c.req.valid("json");
    const { id } = c.req.valid("param");
    return c.json(await host.commands.send(id, { ...asked, by: operator }), 200);
  });
  app.openapi(list, async (c) => c.json(await host.commands.list(c.req.valid("param").id), 200));
  app.openapi(one, async (c) => {
    const { id, command } = c.req.valid("param");
    const row = await host.commands.get(id, Number(command));
    if (row !== undefined) return c.json(row, 200);
    throw new OnekeyError("unknown-command", "There is no such command: read the list again.");
  });
}
