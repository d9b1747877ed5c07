// A pager with two slots for images, on its charger, and a platform that has an image for it.
// Asserts nothing: it brings the command, and lives on behind a restart that the pager asks for.

import { abilities } from "../../firmware/core/abilities.ts";
import type { Effect } from "../../firmware/core/effect.ts";
import { SLOT_PAGE } from "../../firmware/core/image-slots.ts";
import { UPDATE } from "../../protocol/messages.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { type Outcome, outcomes } from "./orders.ts";
import { PAGES_WITH_SLOTS, PowerCut, provisionedStorage, type Storage } from "./storage.ts";
import { Restart, readyWorld, type World } from "./world.ts";

export const ID = 77;

/** Octets that tell a wrong place and a wrong order. */
export function imageOf(octets: number, seed = 1): Uint8Array {
  return Uint8Array.from(
    { length: octets },
    (_, at) => (at * 7 + (at >> 8) * 31 + seed * 13) & 255,
  );
}

export function slotStorage(): Storage {
  return provisionedStorage(undefined, PAGES_WITH_SLOTS);
}

export function charge(world: World, charging: boolean, batteryMv = 4000): void {
  world.batteryMv = batteryMv;
  world.charging = charging;
  world.input({ kind: "battery", batteryMv, charging });
}

/** Ready, known to the platform, on the charger. */
export function chargedWorld(storage = slotStorage()): World {
  abilities.updates = true;
  const world = readyWorld({ storage });
  world.platform.tellsTime = true;
  world.restartEnds = true;
  charge(world, true);
  world.run(31_000);
  return world;
}

/** The platform has this image, and says so. */
export function order(world: World, image: Uint8Array, id = ID): void {
  world.platform.image = image;
  const hash = nodeMachine.sha256(image) as Uint8Array;
  world.bring(world.platform.order(UPDATE, { id, firmware: 2, octets: image.length, hash }));
}

/** The pager begins anew: by itself, or because power went. The radio needs a while. */
export function comeBack(world: World, cutAt = -1): void {
  for (let at = cutAt; ; at = -1) {
    try {
      world.reboot(false, at);
      world.run(300);
      world.radio("ready");
      return;
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
    }
  }
}

/** Lets time pass, also over restarts that the pager asks for; true where there was one. */
export function live(world: World, ms: number): boolean {
  try {
    world.run(ms);
    return false;
  } catch (error) {
    if (!(error instanceof Restart)) throw error;
    comeBack(world);
    return true;
  }
}

export function resultsOf(world: World, id = ID): number[][] {
  const said = outcomes(world, UPDATE.word).filter((one: Outcome) => one.id === id);
  return said.map(({ outcome, detail }) => [outcome, detail]);
}

/** Effects on the pages of the slots. */
export function onSlots(world: World): Extract<Effect, { kind: "write" | "erase" }>[] {
  return world.trace.flatMap(({ effect }) =>
    (effect.kind === "write" || effect.kind === "erase") && effect.page >= SLOT_PAGE
      ? [effect]
      : [],
  );
}
