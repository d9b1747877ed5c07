// What the desk asks of pagers in a storm: commands of all kinds, now and then a new context or image.
// Nothing comes back here: what became of a command, the store says.

import { PROFILE_KEY, REPORT_S_KEY, TRACK_S_KEY } from "../../../protocol/settings.ts";
import type { AskedValues } from "../../../sdk/command-values.ts";
import type { Event } from "../../../sdk/events.ts";
import type { Chance } from "../chance.ts";
import { BENCH_VERSION } from "./bench.ts";
import type { Care } from "./care.ts";
import type { Weather } from "./weather.ts";

/** What is changed, from and to: the shortest spans are below their bounds, so that some are refused. */
const CHANGES = [
  [REPORT_S_KEY, 5, 60],
  [PROFILE_KEY, 0, 1],
  [TRACK_S_KEY, 0, 600],
];
const RING_S_MAX = 20;
const LOCATE_S_MAX = 300;
const LOG_OCTETS_MAX = 400;
/** Some blocks: what a long one needs more is only time. */
const IMAGE_OCTETS_MAX = 3000;

/** What can be asked; the platform may be down, and then nothing was. */
export interface Asking {
  ask(pager: string, command: string, values: AskedValues): void;
  renew(pager: string): void;
  update(pager: string, image: Uint8Array): void;
}

export interface AskerOptions {
  readonly chance: Chance;
  readonly weather: Weather;
  readonly desk: Asking;
  readonly pagers: readonly string[];
  /** Of the wearers, in the same order; none where nothing is set for them. */
  readonly cares: readonly Care[];
}

export interface Asker {
  /** A pager whose beat says that it has lost its settings is told them again. */
  hear(event: Event): void;
}

export function startAsker({ chance, weather, desk, pagers, cares }: AskerOptions): Asker {
  let version = BENCH_VERSION;
  const anyone = () => pagers[chance.below(pagers.length)];

  const commands: [string, () => AskedValues][] = [
    ["ring", () => ({ forS: chance.between(0, RING_S_MAX) })],
    ["locate", () => ({ forS: chance.between(0, LOCATE_S_MAX) })],
    ["readSettings", () => ({})],
    ["sendLog", () => ({ octets: chance.between(1, LOG_OCTETS_MAX) })],
    ["selfTest", () => ({})],
    [
      "changeSettings",
      () => {
        version += 1;
        const [key, from, to] = CHANGES[chance.below(CHANGES.length)];
        return { settings: version, list: [[key, chance.between(from, to)]] };
      },
    ],
  ];

  weather.often("deskCommand", () => {
    const [command, values] = commands[chance.below(commands.length)];
    desk.ask(anyone(), command, values());
  });
  const careChance = chance.fork("care");
  weather.often("deskCare", () => {
    if (cares.length === 0) return;
    const at = careChance.below(pagers.length);
    version += 1;
    const list = cares[at].change();
    desk.ask(pagers[at], "changeSettings", { settings: version, list });
  });
  const toldAgain = new Set<string>();
  weather.often("deskRenew", () => desk.renew(anyone()));
  weather.often("deskUpdate", () => {
    const octets = chance.between(1, IMAGE_OCTETS_MAX);
    desk.update(
      anyone(),
      Uint8Array.from({ length: octets }, () => chance.below(256)),
    );
  });

  return {
    hear(event) {
      if (event.kind !== "beat" || event.beat.settingsVersion !== 0) return;
      const list = cares[pagers.indexOf(event.pager)]?.atBench ?? [];
      if (toldAgain.has(event.pager) || list.length === 0) return;
      toldAgain.add(event.pager);
      version += 1;
      desk.ask(event.pager, "changeSettings", { settings: version, list });
    },
  };
}
