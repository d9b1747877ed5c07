// Pagers and the persons who carry them, as a developer asks for them.
// Registers with new keys each time; hands out a person's record only after logging the reading.

import type { PagerKeys, PagerReads, PagerUpdates, RegisteredPager } from "./api/host.ts";
import { stateFact } from "./desk-acts.ts";
import { OnekeyError } from "./error.ts";
import type { Fact, Person, Standing } from "./events.ts";
import { makeContexts } from "./register.ts";
import { KID_TRIES, type RenewalParts, renewPager } from "./renewal.ts";
import type { PagerRow } from "./store/store.ts";

export interface NewPager {
  /** What the pager is called in lists. */
  name?: string;
  /** Who carries it. Without one the pager stands as "unassigned". */
  person?: Person;
  /** Default: "active" with a person, else "unassigned". */
  standing?: Standing;
}

export interface Pagers extends PagerReads, PagerKeys, PagerUpdates {
  register(pager: NewPager): Promise<RegisteredPager>;
  setStanding(id: string, standing: Standing): Promise<PagerRow>;
}

export type PagersParts = RenewalParts;

/** All but updates, which need images. */
export function makePagers(parts: PagersParts): Omit<Pagers, keyof PagerUpdates> {
  const { store, commits } = parts;
  const rowOf = async (id: string): Promise<PagerRow> => {
    const row = await store.pager(id);
    if (row !== undefined) return row;
    throw new OnekeyError("unknown-pager", "There is no such pager: read the list again.");
  };
  return {
    list: () => store.pagers(),
    get: (id) => store.pager(id),
    async person(id, operator) {
      await stateFact(commits, { kind: "readPerson", pager: id, operator });
      return store.person(id);
    },
    async setStanding(id, standing) {
      await stateFact(commits, { kind: "setStanding", pager: id, standing });
      return rowOf(id);
    },
    renew: (id, by) => renewPager(parts, id, by),
    async provision(id, by) {
      const { sealed: contexts, provisioning } = await freeContexts(parts);
      await stateFact(commits, { kind: "provision", pager: id, contexts, by });
      return { pager: await rowOf(id), provisioning };
    },
    async register({ name, person, standing = person === undefined ? "unassigned" : "active" }) {
      const { sealed: contexts, provisioning } = await freeContexts(parts);
      const fact: Fact = { kind: "register", name, person, standing, contexts };
      const event = await stateFact(commits, fact);
      if (event?.kind !== "pagerRegistered")
        throw new OnekeyError("closed", "The platform is closing.");
      return { pager: await rowOf(event.pager), provisioning };
    },
  };
}

// internal

/** Contexts whose key identifiers nobody has; the store refuses one that is taken meanwhile. */
async function freeContexts(parts: PagersParts): Promise<ReturnType<typeof makeContexts>> {
  for (let i = 0; i < KID_TRIES; i++) {
    const made = makeContexts(parts.random, parts.vault);
    const [a, b] = made.sealed;
    const taken = (await parts.store.line(a.kid)) ?? (await parts.store.line(b.kid));
    if (taken === undefined && a.kid !== b.kid) return made;
  }
  throw new OnekeyError("database-failed", "No free key identifier was found: try again.");
}
