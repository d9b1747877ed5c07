// Errors on the API: problem details [RFC 9457]. Says what to do; never what is inside.

import { z } from "@hono/zod-openapi";
import type { Context, ErrorHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { OnekeyError, type OnekeyErrorCode } from "../error.ts";

export const problemSchema = z
  .object({
    type: z.string().openapi({ example: "about:blank" }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().openapi({ example: "already-taken" }),
    path: z.string().optional().openapi({ description: "The field that is wrong." }),
    owner: z.string().optional().openapi({ description: "Who has the alarm, or closed it." }),
  })
  .openapi("Problem");

type Status = 400 | 401 | 403 | 404 | 409 | 413 | 500 | 503;

const STATUS: Partial<Record<OnekeyErrorCode, Status>> = {
  "bad-request": 400,
  "not-signed-in": 401,
  "not-allowed": 403,
  "not-found": 404,
  "unknown-pager": 404,
  "unknown-alarm": 404,
  "unknown-command": 404,
  "unknown-image": 404,
  "image-damaged": 409,
  "other-board": 409,
  "board-unknown": 409,
  "not-heard": 409,
  "renewed-lately": 409,
  "already-taken": 409,
  "not-taken": 409,
  "not-owner": 409,
  "already-closed": 409,
  "not-closed": 409,
  "closed-too-long": 409,
  superseded: 409,
  "cursor-ahead": 409,
  "body-too-large": 413,
  closed: 503,
};

const TITLES: Record<Status, string> = {
  400: "Bad request",
  401: "Not signed in",
  403: "Not allowed",
  404: "Not found",
  409: "Conflict",
  413: "Too large",
  500: "Fault of the platform",
  503: "Closing",
};

export function problemOf(c: Context, error: OnekeyError): Response {
  const status = STATUS[error.code] ?? 500;
  const body = {
    type: "about:blank",
    title: TITLES[status],
    status,
    detail: error.message,
    code: error.code,
    ...error.facts,
  };
  return c.body(JSON.stringify(body), status, { "content-type": "application/problem+json" });
}

/** `report` hears of faults of our own; the caller is told that there was one and nothing of it. */
export function problemHandler(report: (error: unknown) => void): ErrorHandler {
  return (error, c) => {
    if (error instanceof OnekeyError) return problemOf(c, error);
    if (error instanceof HTTPException && error.status < 500) {
      const code = error.status === 413 ? "body-too-large" : "bad-request";
      return problemOf(
        c,
        new OnekeyError(code, "The request can't be read: send JSON as declared."),
      );
    }
    report(error);
    const detail = "The platform failed at this request: try again, and tell who runs it.";
    return problemOf(c, new OnekeyError("database-failed", detail));
  };
}
