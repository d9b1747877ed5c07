// The route by which a provider hands in an SMS: `POST /api/sms`, behind the door of the API.
// Checks the shape only; whose it is, opening it shows.

import { createRoute, z } from "@hono/zod-openapi";
import { SMS_OCTETS_MAX } from "../../protocol/limits.ts";
import type { Api } from "../api/app.ts";
import { SMS_PATH } from "../api/gate.ts";
import { bodyOf, json, problems } from "../api/route-parts.ts";
import { octetsOf } from "../octets.ts";
import type { SmsContent } from "./sms-forms.ts";

const OCTET_PAIRS = new RegExp(`^([0-9a-fA-F]{2}){1,${SMS_OCTETS_MAX}}$`);
/** Providers join the parts of long messages; such a one is a stranger's. */
const TEXT_MAX = 2000;

const smsSchema = z
  .object({
    from: z
      .string()
      .regex(/^[ -~]{1,20}$/)
      .openapi({ example: "+8613800138000", description: "The sender's number, with its +" }),
    data: z.string().regex(OCTET_PAIRS).optional().openapi({ description: "8-bit, hexadecimal" }),
    text: z.string().min(1).max(TEXT_MAX).optional(),
  })
  .refine((sms) => (sms.data === undefined) !== (sms.text === undefined))
  .openapi("Sms", { description: "Either `data` or `text`" });

const oursSchema = z
  .object({ ours: z.boolean().openapi({ description: "False for a stranger's: nothing is done" }) })
  .openapi("SmsTaken");

const incoming = createRoute({
  method: "post",
  path: SMS_PATH,
  summary: "An SMS that the provider received for the platform",
  request: { body: bodyOf(smsSchema) },
  responses: { 200: json(oursSchema, "It was read"), ...problems(400, 401, 403) },
});

/** Whether the SMS was one of ours. */
export type TakeSms = (from: string, content: SmsContent) => boolean;

export function addSmsRoute(api: Api, takeIn: TakeSms): void {
  api.openapi(incoming, (c) => {
    const { from, data, text = "" } = c.req.valid("json");
    const content = data === undefined ? { text } : { data: octetsOf(data) };
    return c.json({ ours: takeIn(from, content) }, 200);
  });
}
