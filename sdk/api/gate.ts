// The door: nothing behind it is open to anybody without a session or a token.
// Also what every answer carries: headers that keep the page to itself.

import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { secureHeaders } from "hono/secure-headers";
import { OnekeyError } from "../error.ts";
import { type Access, SESSION_MS } from "./access.ts";
import { shutPage } from "./pages.ts";
import { problemOf } from "./problem.ts";

export interface Entered {
  Variables: {
    /** Label of the session or token, for the audit log. */
    holder: string;
    /** A program with a token of its own came in, and no session of the desk. */
    hasToken: boolean;
  };
}

/** Where a provider hands in the SMS that it received for the platform. */
export const SMS_PATH = "/api/sms";

export interface GateOptions {
  access: Access;
  /** Cookies know no ports: two platforms of one host must not take each other's. */
  cookieName: string;
  /** Hosts that map tiles may be loaded from, beside the platform itself. */
  imageSources: string[];
}

export function securityHeaders(imageSources: string[]): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", "data:", ...imageSources],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: "no-referrer",
    xContentTypeOptions: true,
    xFrameOptions: "DENY",
    // Answers go over plain HTTP on one's own machine; whoever adds TLS in front adds HSTS there.
    strictTransportSecurity: false,
  });
}

/** Lets in who has a session or a token, and refuses acts that another site started. */
export function gate(options: GateOptions): MiddlewareHandler<Entered> {
  return async (c, next) => {
    const holder = await holderOf(options, c);
    if (holder === undefined) return shut(c);
    if (bearerOf(c) === undefined && changesSomething(c) && !isSameOrigin(c)) {
      return problemOf(
        c,
        new OnekeyError("not-allowed", "This act did not start on the desk's own page: open that."),
      );
    }
    c.set("holder", holder);
    c.set("hasToken", bearerOf(c) !== undefined);
    // The browser forgets as late as the store does: each look at the page begins its span anew.
    const session = getCookie(c, options.cookieName);
    if (c.req.path === "/" && session !== undefined) giveCookie(options, c, session);
    await next();
  };
}

/** Whether a line that stands open may stay so; asking keeps its session alive. */
export async function mayGoOn(options: GateOptions, c: Context): Promise<boolean> {
  return (await holderOf(options, c)) !== undefined;
}

/** `GET /open?token=...`: spends a one-time link for a session. */
export function openDoor(options: GateOptions): (c: Context) => Promise<Response> {
  return async (c) => {
    c.header("cache-control", "no-store");
    const secret = c.req.query("token") ?? "";
    // HEAD comes here too: a program that only looks at links must not spend them.
    const session = c.req.method === "GET" ? await options.access.spendLink(secret) : undefined;
    if (session === undefined) return c.html(shutPage, 401);
    giveCookie(options, c, session);
    return c.redirect("/", 303);
  };
}

// internal

function giveCookie(options: GateOptions, c: Context, session: string): void {
  setCookie(c, options.cookieName, session, {
    httpOnly: true,
    sameSite: "Strict",
    path: "/",
    maxAge: SESSION_MS / 1000,
  });
}

function bearerOf(c: Context): string | undefined {
  const match = /^Bearer ([\w-]{1,100})$/.exec(c.req.header("authorization") ?? "");
  return match?.[1];
}

async function holderOf(options: GateOptions, c: Context): Promise<string | undefined> {
  const token = bearerOf(c);
  // A provider needs no more than its one route, and nobody else needs that.
  const kind = c.req.path === SMS_PATH ? "smsToken" : "token";
  if (token !== undefined) return options.access.holder(kind, token);
  const secret = getCookie(c, options.cookieName);
  return secret === undefined ? undefined : options.access.holder("session", secret);
}

function shut(c: Context): Response | Promise<Response> {
  if (c.req.header("accept")?.includes("text/html") === true) return c.html(shutPage, 401);
  return problemOf(
    c,
    new OnekeyError("not-signed-in", "Open the desk with a new link (onekey serve --link)."),
  );
}

function changesSomething(c: Context): boolean {
  return c.req.method !== "GET" && c.req.method !== "HEAD";
}

/** Same host and port as the request itself was sent to; browsers let no page forge `Origin`. */
function isSameOrigin(c: Context): boolean {
  const origin = c.req.header("origin");
  const host = c.req.header("host");
  if (origin === undefined || host === undefined || !URL.canParse(origin)) return false;
  return new URL(origin).host === host;
}
