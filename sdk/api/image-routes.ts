// Routes about updates: images for pagers, and the asking of one pager to fetch one.
// An image comes by a token only: what runs on pagers is no matter of a session at the desk.

import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { BOARDS } from "../../protocol/codes.ts";
import { IMAGE_OCTETS_MAX, VERSION_MAX } from "../../protocol/limits.ts";
import { EXPIRES_S_MAX } from "../care/command-names.ts";
import { OnekeyError } from "../error.ts";
import { commandSchema } from "./command-routes.ts";
import type { Entered } from "./gate.ts";
import type { ApiHost } from "./host.ts";
import { bodyOf, json, problems } from "./route-parts.ts";
import { msSchema, nameSchema, pagerIdSchema } from "./schemas.ts";

/** Its bodies are longer than those of all other routes. */
export const IMAGES_PATH = "/api/images";
const OCTETS = "application/octet-stream";

const boardSchema = z.enum(BOARDS as string[]).openapi({ example: "rak5010" });
const hashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .openapi({ description: "SHA-256 of its octets" });

const imageSchema = z
  .object({
    hash: hashSchema,
    octets: z.int(),
    firmware: z.int(),
    board: boardSchema,
    by: z.string(),
    addedAtMs: msSchema,
  })
  .openapi("Image");

const ofImageSchema = z.object({
  firmware: z
    .string()
    .regex(/^\d{1,8}$/)
    .openapi({ description: `Version of the firmware in it, 1 to ${VERSION_MAX}`, example: "7" }),
  board: boardSchema,
  operator: nameSchema,
});

const updateSchema = z
  .object({
    operator: nameSchema,
    hash: hashSchema,
    expiresInS: z
      .int()
      .min(1)
      .max(EXPIRES_S_MAX)
      .optional()
      .openapi({ description: "After this no block of it is given out. Default: a day." }),
    anyBoard: z
      .boolean()
      .optional()
      .openapi({ description: "Also where the pager never told its board" }),
  })
  .openapi("AskUpdate");

const add = createRoute({
  method: "post",
  path: IMAGES_PATH,
  summary: "Keep an image for updates, by a token only; the same again is the same image",
  security: [{ token: [] }],
  request: {
    query: ofImageSchema,
    body: {
      required: true,
      description: `The octets as the pager stores them, ${IMAGE_OCTETS_MAX} at most`,
      content: { [OCTETS]: { schema: z.any().openapi({ type: "string", format: "binary" }) } },
    },
  },
  responses: { 200: json(imageSchema, "On disk"), ...problems(400, 401, 403, 413) },
});

const list = createRoute({
  method: "get",
  path: IMAGES_PATH,
  summary: "All images for updates, the newest first",
  responses: { 200: json(z.array(imageSchema), "Images"), ...problems(401) },
});

const update = createRoute({
  method: "post",
  path: "/api/pagers/{id}/update",
  summary: "Ask the pager to fetch and start an image; another one that waits is withdrawn",
  request: { params: pagerIdSchema, body: bodyOf(updateSchema) },
  responses: {
    200: json(commandSchema, "The command that asks it"),
    ...problems(400, 401, 403, 404, 409),
  },
});

export function imageRoutes(app: OpenAPIHono<Entered>, host: ApiHost): void {
  app.openapi(add, async (c) => {
    if (!c.get("hasToken")) {
      throw new OnekeyError("not-allowed", "Images are not for the desk: add them with a token.");
    }
    if (c.req.header("content-type") !== OCTETS) {
      throw new OnekeyError("bad-request", `Send the image itself, as ${OCTETS}.`);
    }
    const { firmware, board, operator: by } = c.req.valid("query");
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    return c.json(await host.images.add({ bytes, firmware: Number(firmware), board, by }), 200);
  });
  app.openapi(list, async (c) => c.json(await host.images.list(), 200));
  app.openapi(update, async (c) => {
    const { operator, ...asked } = c.req.valid("json");
    const { id } = c.req.valid("param");
    return c.json(await host.pagers.update(id, { ...asked, by: operator }), 200);
  });
}
