// One pager and its platform on one stepped clock, under the weather that is handed in.
// Decides nothing about what its wearer does, and asks nothing of it.

import type { RegisteredPager } from "../../../sdk/api/host.ts";
import type { Chance } from "../chance.ts";
import type { VirtualClock } from "../clock.ts";
import { scriptFaults } from "../faults.ts";
import type { Gnss } from "../gnss.ts";
import type { ModemEvent } from "../modem-state.ts";
import { fairWeather } from "./fair-weather.ts";
import { createPagerBody, type PagerBody, type PagerTraits } from "./pager-body.ts";
import { createPlatformBody, type PlatformBody } from "./platform-body.ts";
import { createRadioPath, PLATFORM_ADDRESSES } from "./radio-path.ts";
import { createTextPath } from "./text-path.ts";
import type { Weather } from "./weather.ts";
import type { See } from "./world-event.ts";

export interface OnePagerOptions {
  readonly clock: VirtualClock;
  readonly chance: Chance;
  readonly see: See;
  /** Over the pager; over the platform nothing fails. */
  readonly weather: Weather;
  /** Of the pager, and of its person. */
  readonly name: string;
  readonly operator?: string;
  readonly traits: PagerTraits;
  readonly isNew?: boolean;
  readonly gnss?: Gnss;
  /** What its modem says and is told. */
  readonly log?: (event: ModemEvent) => void;
}

export interface OnePager {
  readonly platform: PlatformBody;
  readonly body: PagerBody;
}

const APN = "cmiot";

export async function openOnePager(options: OnePagerOptions): Promise<OnePager> {
  const { clock, chance, see, weather, name, operator } = options;
  const fair = fairWeather(() => false);
  const path = createRadioPath({ clock, see, weather: fair, chance: chance.fork("path") });
  const texts = createTextPath({ clock, see });
  const desk = {
    clock,
    chance: chance.fork("platform"),
    weather: fair,
    see,
    path,
    texts,
    operator,
  };
  const platform = await createPlatformBody({ ...desk, onRestore: () => undefined });
  const { pager, provisioning }: RegisteredPager = await platform.register(name);
  const { traits, isNew, gnss, log } = options;
  const body = createPagerBody({
    clock,
    chance: chance.fork("pager"),
    weather,
    see,
    id: pager.id,
    network: path.addPager(pager.id, weather, chance.fork("way")),
    texts,
    faults: scriptFaults(),
    order: { provisioning, addresses: [...PLATFORM_ADDRESSES], apn: APN },
    traits,
    isNew,
    gnss,
    log,
  });
  return { platform, body };
}
