// What the driver knows of the cell by which it is registered; a part of the record in state.ts.
// Data only.

export interface Cell {
  /** Access and number; "" where registration does not say so. */
  place: string;
  /** The network of this very cell was asked for. */
  asked: boolean;
  /** As the wire says it, once its network is known; and what the core was told last of it. */
  said: string;
  told: string;
}

export function newCell(): Cell {
  return { place: "", asked: true, said: "", told: "" };
}
