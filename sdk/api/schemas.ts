// The shapes of the HTTP API: what goes out, and the bounds of what may come in.
// They follow the records of care/ and store/: the compiler refuses a route whose rows don't fit.

import { z } from "@hono/zod-openapi";
import { ALARM_KINDS } from "../care/kinds.ts";
import { OUTCOMES } from "../care/outcome.ts";

const TEXT_MAX = 2000;
const NAME_MAX = 60;

/** Letters of any script and marks; no control characters, which could forge lines of a log. */
const PLAIN = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u;

export const nameSchema = z.string().trim().min(1).max(NAME_MAX).regex(PLAIN);
const textSchema = z.string().trim().min(1).max(TEXT_MAX);
export const msSchema = z.int().openapi({ description: "Milliseconds since 1970-01-01T00:00:00Z" });
const standingSchema = z.enum(["active", "unassigned", "neverActivated", "blocked"]);
const percentSchema = z.int().min(0).max(100);

const positionSchema = z
  .object({
    latitude: z.int().openapi({ description: "1e-7 degree, WGS-84", example: 366512345 }),
    longitude: z.int().openapi({ description: "1e-7 degree, WGS-84", example: 1170345678 }),
    source: z.enum(["satellites", "cells"]),
    uncertaintyM: z.number().optional(),
    ageS: z.number().optional().openapi({ description: "Age when it was sent" }),
    atMs: msSchema,
  })
  .openapi("Position");

const cellSchema = z
  .object({
    radio: z.enum(["gsm", "lte", "lteM", "nbIot"]),
    mcc: z.string().openapi({ example: "460" }),
    mnc: z.string().openapi({ example: "00" }),
    area: z.int().optional().openapi({ description: "LAC, of GSM only" }),
    id: z.int().openapi({ description: "Of GSM 16 bits, else the 28 of the E-UTRAN cell" }),
    atMs: msSchema,
    located: z.literal(true).optional().openapi({ description: "Its place is in positions" }),
  })
  .openapi("Cell");

const noteSchema = z
  .object({ atMs: msSchema, operator: z.string(), text: z.string() })
  .openapi("Note");

const earlierActSchema = z
  .object({
    act: z.enum(["take", "release", "close", "reopen"]),
    atMs: msSchema,
    operator: z.string(),
    outcome: z.enum(OUTCOMES).optional(),
  })
  .openapi("EarlierAct");

export const alarmSchema = z
  .object({
    id: z.string().openapi({ example: "P-000001/a1b2c3/512" }),
    pager: z.string(),
    number: z.int(),
    kind: z.enum(ALARM_KINDS),
    stage: z.enum(["delivered", "taken", "closed"]),
    priority: z.int().openapi({ description: "1 is the highest" }),
    unproven: z.literal(true).optional().openapi({
      description: "It may be an old alarm: its pager has not shown that it speaks now",
    }),
    carrier: z
      .enum(["udp", "sms", "serial"])
      .optional()
      .openapi({ description: "Of the newest report; absent: UDP" }),
    standing: standingSchema.openapi({ description: "Of the pager when the alarm came in" }),
    raisedAtMs: msSchema,
    reportedTimeS: z.int().optional().openapi({ description: "Seconds since 2020, by the pager" }),
    reportedFromNetwork: z.boolean().optional(),
    positions: z.array(positionSchema),
    cell: cellSchema.optional().openapi({
      description: "The network's cell, where no newer fix is known",
    }),
    repeats: z.int(),
    mistake: z.boolean(),
    batteryPercent: percentSchema.optional(),
    charging: z.boolean().optional(),
    owner: z.string().optional(),
    takenAtMs: msSchema.optional(),
    notes: z.array(noteSchema),
    outcome: z.enum(OUTCOMES).optional(),
    closedBy: z.string().optional(),
    closedAtMs: msSchema.optional(),
    earlier: z
      .array(earlierActSchema)
      .optional()
      .openapi({ description: "Acts before it was given back or opened again, oldest first" }),
    waitsSinceMs: msSchema.optional(),
    told: z.enum(["taken", "closed", "released", "reopened"]).optional(),
    toldAtMs: msSchema.optional(),
    toldBy: z
      .object({ kid: z.string(), piv: z.int() })
      .optional()
      .openapi({ description: "The pager's result that said so" }),
    seq: z.int(),
  })
  .openapi("Alarm");

export const pagerSchema = z
  .object({
    id: z.string().openapi({ example: "P-000001" }),
    name: z.string().optional(),
    standing: standingSchema,
    registeredAtMs: msSchema,
    heardAtMs: msSchema.optional(),
    batteryPercent: percentSchema.optional(),
    charging: z.boolean().optional(),
    signalDbm: z.int().optional(),
    checkedInAtMs: msSchema.optional(),
    firmware: z.int().optional().openapi({ description: "Version, as the pager says it" }),
    failedParts: z
      .array(z.string())
      .optional()
      .openapi({ description: "Of its last self-test", example: ["gnss", "sim"] }),
    daysLeft: z.int().optional().openapi({ description: "Of the battery, at least" }),
    healthAtMs: msSchema.optional(),
  })
  .openapi("Pager");

export const personSchema = z
  .object({
    name: nameSchema,
    address: textSchema.optional(),
    phone: z.string().max(40).optional(),
    age: z.int().min(0).max(150).optional(),
    notes: textSchema.optional(),
  })
  .openapi("Person");

export const countersSchema = z.record(z.string(), z.int()).openapi("Counters");

export const takeSchema = z.object({ operator: nameSchema }).openapi("Take");
export const noteActSchema = z
  .object({ operator: nameSchema, text: textSchema })
  .openapi("NoteAct");
export const backSchema = z
  .object({ operator: nameSchema, text: textSchema.optional() })
  .openapi("GiveBack");
export const closeSchema = z
  .object({ operator: nameSchema, outcome: z.enum(OUTCOMES), text: textSchema.optional() })
  .openapi("Close");

export const alarmIdSchema = z.object({
  id: z
    .string()
    .max(100)
    .openapi({ param: { name: "id", in: "path" }, example: "P-000001/a1b2c3/512" }),
});
export const pagerIdSchema = z.object({
  id: z
    .string()
    .max(40)
    .openapi({ param: { name: "id", in: "path" }, example: "P-000001" }),
});
/** An empty name is as good as none: the audit log then says which session it was. */
export const readerSchema = z.object({
  operator: z.string().trim().max(NAME_MAX).regex(PLAIN).optional(),
});
export const cursorSchema = z.object({
  after: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional()
    .openapi({ description: "Cursor: events behind it. Without it: events from now on." }),
});
