// Pagers whose whole storage was found blank: they have no keys, no numbers and no journal any more.
// The one excuse that nothing heals: no bench comes by in a storm.

import type { WorldEvent } from "../world-event.ts";

export const ERASED = "all its pages were erased: it has no keys";

export interface ErasedWatch {
  take(event: WorldEvent): void;
  /** From the moment at which its storage went. */
  isErased(pager: string): boolean;
}

export function createErasedWatch(): ErasedWatch {
  const erased = new Set<string>();
  return {
    take(event) {
      if (event.kind === "fault" && event.name === "allErased") erased.add(event.pager);
    },
    isErased: (pager) => erased.has(pager),
  };
}
