// One request of a command to a running platform, over its HTTP API with a token.
// Repeats nothing and keeps nothing; what the platform refuses is said in the platform's own words.

import { Option } from "commander";
import { OnekeyError } from "../../sdk/error.ts";
import { HTTP_PORT } from "../../sdk/platform.ts";
import { privateUrl } from "../../sdk/private-url.ts";

export interface AskOptions {
  url: string;
  token?: string;
}

export const urlOption = new Option("--url <url>", "address of the running platform").default(
  `http://127.0.0.1:${HTTP_PORT}`,
);
/** On the command line everybody on this machine could read it. */
export const tokenOption = new Option(
  "--token <token>",
  "a token of the platform (onekey serve --token), better in the variable",
).env("ONEKEY_TOKEN");

export interface PlatformRequest {
  method: "GET" | "POST";
  /** With its query. */
  path: string;
  type?: string;
  body?: Uint8Array<ArrayBuffer>;
}

/** The answer's JSON. */
export async function askPlatform(
  { url, token }: AskOptions,
  { method, path, type, body }: PlatformRequest,
): Promise<unknown> {
  const base = privateUrl(url);
  if (base === undefined) {
    throw new OnekeyError("bad-option", "--url: give the platform's full https:// address.");
  }
  if (token === undefined || token === "") {
    throw new OnekeyError(
      "bad-option",
      "A token is needed: put it into the variable ONEKEY_TOKEN.",
    );
  }
  const headers: Record<string, string> = { authorization: `Bearer ${token}` };
  if (type !== undefined) headers["content-type"] = type;
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  // A token that follows a redirect is a token given away.
  const asked = { method, headers, body, signal, redirect: "error" } as const;
  const response = await fetch(new URL(path, base), asked).catch(() => undefined);
  if (response === undefined) {
    const text = `No platform answers at ${base.origin}: start it, or name another with --url.`;
    throw new OnekeyError("platform-silent", text);
  }
  const answer = await jsonOf(response);
  if (response.ok && answer !== undefined) return answer;
  const { detail } = (answer ?? {}) as { detail?: unknown };
  const why = typeof detail === "string" ? detail : `status ${response.status}`;
  throw new OnekeyError("platform-refused", `the platform says: ${why}`);
}

// internal

const TIMEOUT_MS = 20_000;

/** Undefined for what is no JSON: something else than a platform answers there. */
async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => "");
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
