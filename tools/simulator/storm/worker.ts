// A process that runs seeds for another one: an order comes as a message, its verdict goes as one.
// Prints nothing, and ends with the process that started it.

import { runOrder, type SeedOrder } from "./many-seeds.ts";

process.on("message", (order: SeedOrder) => {
  void runOrder(order).then((verdict) => process.send?.(verdict));
});
process.on("disconnect", () => process.exit());
