// Every break, by name: what a patch of this folder takes out, and who must notice.
// Adds nothing of its own to the two lists.

import type { Break } from "./break.ts";
import { SEEN_BY_STORMS } from "./seen-by-storms.ts";
import { SEEN_BY_TESTS } from "./seen-by-tests.ts";

export const BREAKS: readonly Break[] = [...SEEN_BY_STORMS, ...SEEN_BY_TESTS].sort((a, b) =>
  a.name < b.name ? -1 : 1,
);
