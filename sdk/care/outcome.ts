// Why and how an alarm was closed: the closed list of the desk [D-08].

export const OUTCOMES = [
  /** A real call for help; the kind of help stands in the text. */
  "real",
  /** A real call for help; an ambulance was sent. */
  "ambulance",
  /** No reply, and somebody went to the person. */
  "visited",
  /** Raised by accident: welcome, and never charged. */
  "accidental",
  "test",
  /** Lonely, or wished to talk. */
  "social",
  /** A fault of the pager or of the platform. */
  "fault",
] as const;

export type Outcome = (typeof OUTCOMES)[number];
