// The whole script of an engine: what it says must be equal, line for line, on all of them.

import type { Machine } from "../../../protocol/machine.ts";
import { sayBlocks } from "./blocks.ts";
import { sayCarriers } from "./carriers.ts";
import { sayCore } from "./core.ts";
import { sayGnss } from "./gnss.ts";
import { sayMotion } from "./motion.ts";
import { type Say, sayWire } from "./wire.ts";

export function runScript(machine: Machine, say: Say): void {
  sayWire(machine, say);
  sayBlocks(machine, say);
  sayCarriers(machine, say);
  sayGnss(machine, say);
  sayMotion(machine, say);
  sayCore(machine, say);
}
