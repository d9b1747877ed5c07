// What an SOS weighs on the air at worst. The measuring is that of the wire's own tables.

import { messageSizes } from "../docs/sizes.ts";
import type { Budget } from "./budget.ts";

export function datagramBudgets(): Budget[] {
  return messageSizes()
    .filter(({ name }) => name === "sos")
    .map(({ octets, octetsMax }) => ({
      what: "SOS on the air, UDP payload at worst",
      measured: octets,
      allowed: octetsMax,
      unit: "octets",
    }));
}
