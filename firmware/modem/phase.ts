// What the driver is about, from finding its modem to the ready one.
// A name for each and nothing else.

/**
 * pause: before the next rung of the ladder. probe: is it on? wake: waiting for RDY. down:
 * waiting until it is off. settle: waiting for a quiet line. Then setup, sim, register, context, open,
 * ready. asleep: off between beats; the core is told "ready", because a send wakes it. lull: the radio is
 * off, between two searches or for satellites alone.
 */
export type Phase =
  | "pause"
  | "probe"
  | "wake"
  | "down"
  | "settle"
  | "setup"
  | "sim"
  | "register"
  | "lull"
  | "context"
  | "open"
  | "ready"
  | "asleep";
