// Who may come in: one-time links, sessions of the desk, tokens of programs.
// Secrets leave here once, to their owner; only hashes are kept, and nothing is logged.

import { createHash } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Random } from "../random.ts";
import type { AccessKind, Access as Grant, Store } from "../store/store.ts";

export interface Access {
  /** A secret that opens one session, once, within a day. */
  newLink(): Promise<string>;
  /** Spends a link's secret for a session's; undefined when it is wrong, used or too old. */
  spendLink(secret: string): Promise<string | undefined>;
  /** A token for a program; `label` stands in the audit log. */
  newToken(label: string): Promise<string>;
  /** A token for an SMS provider: it opens the one route by which it hands SMS in, and nothing else. */
  newSmsToken(label: string): Promise<string>;
  /** Who holds this secret, as a label for the audit log; a session lives on by being used. */
  holder(kind: Exclude<AccessKind, "link">, secret: string): Promise<string | undefined>;
}

export interface AccessParts {
  store: Store;
  clock: Clock;
  random: Random;
}

const SECRET_OCTETS = 32;
const LINK_MS = 24 * 3600 * 1000;
export const SESSION_MS = 12 * 3600 * 1000;
/** A session that is used is not written anew more often than this. */
const SLIDE_MS = 60 * 1000;

export function makeAccess(parts: AccessParts): Access {
  const { store, clock } = parts;

  const grant = async (kind: AccessKind, label: string, spanMs?: number): Promise<string> => {
    const secret = Buffer.from(parts.random(SECRET_OCTETS)).toString("base64url");
    const expiresAtMs = spanMs === undefined ? undefined : clock.nowMs() + spanMs;
    await store.grant({ hash: hashOf(kind, secret), kind, label, expiresAtMs });
    return secret;
  };

  const find = async (kind: AccessKind, secret: string): Promise<Grant | undefined> => {
    const found = await store.granted(hashOf(kind, secret), clock.nowMs());
    return found?.kind === kind ? found : undefined;
  };

  return {
    async newLink() {
      await store.sweep(clock.nowMs());
      return grant("link", "link", LINK_MS);
    },
    async spendLink(secret) {
      const link = await find("link", secret);
      // Of two that come at once, one takes it away and the other finds it gone.
      if (link === undefined || !(await store.revoke(link.hash))) return undefined;
      return grant("session", `session ${link.hash.slice(0, 8)}`, SESSION_MS);
    },
    newToken: (label) => grant("token", `token ${label}`),
    newSmsToken: (label) => grant("smsToken", `sms token ${label}`),
    async holder(kind, secret) {
      const found = await find(kind, secret);
      if (found === undefined) return undefined;
      const untilMs = clock.nowMs() + SESSION_MS;
      if (found.expiresAtMs !== undefined && untilMs - found.expiresAtMs >= SLIDE_MS) {
        await store.extend(found.hash, untilMs);
      }
      return found.label;
    },
  };
}

/** The kind is part of it: what was made as a link opens nothing as a session. */
function hashOf(kind: AccessKind, secret: string): string {
  return createHash("sha256").update(`${kind}:${secret}`).digest("hex");
}
