// What the declarations of routes have in common: JSON bodies and problem answers.

import type { z } from "@hono/zod-openapi";
import { problemSchema } from "./problem.ts";

export function json<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { "application/json": { schema } } };
}

export function bodyOf<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { "application/json": { schema } } };
}

const WHY = {
  400: "The request is not as declared",
  401: "Not signed in",
  403: "Not started on the desk's own page",
  404: "There is no such thing",
  409: "Somebody was first, or the order of acts is another",
  413: "The body is too long",
};

type ProblemStatus = keyof typeof WHY;

/** Problem answers are thrown, not returned: the type of a handler need not know them. */
export function problems(...statuses: ProblemStatus[]): Record<never, never> {
  const content = { "application/problem+json": { schema: problemSchema } };
  return Object.fromEntries(
    statuses.map((status) => [status, { description: WHY[status], content }]),
  );
}
