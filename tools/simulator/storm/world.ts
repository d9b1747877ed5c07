// One world from one seed: pagers, wearers, operators, strangers, a platform, and all that breaks them.
// First the storm, where nothing may be lost; then the calm, where all must be delivered.

import { abilities } from "../../../firmware/core/abilities.ts";
import { OnekeyError } from "../../../sdk/error.ts";
import { type Chance, createChance } from "../chance.ts";
import { createVirtualClock, type VirtualClock } from "../clock.ts";
import { createFaultDraw, type FaultDraw } from "../fault-draw.ts";
import { FAULT_NAMES, type FaultName, type Faults } from "../faults.ts";
import type { ModemEvent } from "../modem-state.ts";
import { type Asker, startAsker } from "./asker.ts";
import { type Attacker, startAttacker } from "./attacker.ts";
import { type Care, drawCare, type Senses } from "./care.ts";
import type { Climate } from "./climate.ts";
import { createGround, type Ground } from "./ground.ts";
import { type Operator, startOperator } from "./operator.ts";
import { createPagerBody, type PagerBody } from "./pager-body.ts";
import { createPlatformBody, type PlatformBody } from "./platform-body.ts";
import { createRadioPath, PLATFORM_ADDRESSES, type RadioPath } from "./radio-path.ts";
import { STORM_FAULTS, type StormFaultName } from "./storm-faults.ts";
import { createTextPath, PLATFORM_NUMBER, type TextPath } from "./text-path.ts";
import { startWearer, type Wearer } from "./wearer.ts";
import { createWeather, type Weather } from "./weather.ts";
import type { See, Seen, WorldEvent } from "./world-event.ts";

export interface WorldOptions {
  readonly seed: number;
  readonly climate: Climate;
  readonly pagers: number;
  /** Only the pagers with these places, counted from 0; all when left out. */
  readonly only?: readonly number[];
  /** What each modem says and is told, for who wants to look that closely. */
  onModem?(pager: string, event: ModemEvent): void;
  /** Called for each event; a world ends when it returns false. */
  onEvent(event: WorldEvent): boolean;
}

export interface World {
  /** Storm for so long, then calm; resolves at the end or when `onEvent` ended it. */
  run(stormMs: number): Promise<void>;
  /** Times that each fault has struck. */
  counts(): Record<string, number>;
}

const STORM_NAMES = Object.keys(STORM_FAULTS) as StormFaultName[];
/** The calm lasts so long: enough for a last alarm, behind all others, to be taken and closed. */
const CALM_MS = 50 * 60000;
const LOAD_MS = 600000;
const HELD_TURNS = 6;
/** So many steps without time passing are a spin. */
const SPIN_MAX = 20000;
const APN = "cmiot";

/** One of them with all that belongs to it. */
interface Resident {
  readonly body: PagerBody;
  readonly ground: Ground;
  readonly care: Care;
  readonly wearer: Wearer;
  readonly weather: Weather;
}

interface Scene {
  readonly clock: VirtualClock;
  readonly chance: Chance;
  readonly see: See;
  readonly climate: Climate;
  /** Over the platform and the way to it. */
  readonly weather: Weather;
  readonly path: RadioPath;
  readonly texts: TextPath;
  readonly platform: PlatformBody;
  readonly draws: FaultDraw<StormFaultName>[];
  readonly modemDraws: FaultDraw<FaultName>[];
  readonly calm: { is: boolean };
  readonly onModem?: WorldOptions["onModem"];
}

/** The modem's faults, seen, and gone when it is calm. */
function modemFaults(scene: Scene, pager: string, chance: Chance): Faults {
  const draw = createFaultDraw(FAULT_NAMES, scene.climate.modem, chance);
  scene.modemDraws.push(draw);
  const tell = (name: FaultName) => scene.see({ kind: "fault", pager, name: `modem ${name}` });
  return {
    ...draw,
    strikes(name) {
      if (scene.calm.is || !draw.strikes(name)) return false;
      tell(name);
      return true;
    },
    waitMs: (name) => (scene.calm.is ? undefined : draw.waitMs(name)),
    struck(name) {
      draw.struck(name);
      tell(name);
    },
  };
}

type Sky = Pick<Scene, "clock" | "climate" | "see" | "draws">;

function newWeather(scene: Sky, pager: string, chance: Chance): Weather {
  const draw = createFaultDraw(STORM_NAMES, scene.climate.world, chance);
  scene.draws.push(draw);
  return createWeather({ clock: scene.clock, draw, pager, see: scene.see });
}

async function addResident(scene: Scene, name: string): Promise<Resident> {
  const { clock, see, path } = scene;
  const chance = scene.chance.fork(name);
  const { pager, provisioning } = await scene.platform.register(name);
  const weather = newWeather(scene, pager.id, chance.fork("weather"));
  const { cares } = scene.climate;
  const ground = createGround({ clock, chance, weather, see, id: pager.id, cares });
  const senses = drawSenses(chance.fork("senses"));
  const care = drawCare({ chance: chance.fork("care"), home: ground.home, senses, cares });
  const body = createPagerBody({
    clock,
    chance,
    weather,
    see,
    id: pager.id,
    network: path.addPager(pager.id, weather, chance.fork("path")),
    texts: scene.texts,
    faults: modemFaults(scene, pager.id, chance.fork("modem faults")),
    order: { provisioning, addresses: [...PLATFORM_ADDRESSES], apn: APN },
    traits: scene.climate.traits,
    ground,
    senses,
    care: care.atBench,
    log: scene.onModem === undefined ? undefined : (event) => scene.onModem?.(pager.id, event),
  });
  const wearer = startWearer({ clock, chance, weather, hand: body, ground });
  return { body, ground, care, weather, wearer };
}

/** Most boards tell places and motion; some do neither. */
function drawSenses(chance: Chance): Senses {
  return { zones: chance.happens(0.7), motion: chance.happens(0.7) };
}

const spinning = () =>
  new OnekeyError(
    "rule-broken",
    "The world spins: something is due again and again at one moment.",
  );

/** Lets time pass from timer to timer; between any two the platform does all that it can. */
export async function runUntil(
  clock: VirtualClock,
  platform: PlatformBody,
  endMs: number,
  goesOn: () => boolean,
): Promise<void> {
  let steps = 0;
  while (goesOn()) {
    const inMs = clock.nextInMs;
    if (inMs < 0 || clock.nowMs() + inMs > endMs) return;
    steps = inMs > 0 ? 0 : steps + 1;
    if (steps > SPIN_MAX) throw spinning();
    clock.advanceToNext();
    // While a commit is slow the process does not stand still: what came meanwhile is looked at.
    for (let turn = 0; turn < HELD_TURNS && platform.load() > 0; turn++) await platform.turn();
    while (platform.isBusy()) await platform.turn();
  }
}

/** Counts of all draws, by fault; those of the modem behind the word "modem". */
function sumCounts({ draws, modemDraws }: Scene): Record<string, number> {
  const sums: Record<string, number> = {};
  const add = (name: string, count: number) => {
    sums[name] = (sums[name] ?? 0) + count;
  };
  for (const { counts } of draws) for (const name of STORM_NAMES) add(name, counts[name]);
  for (const { counts } of modemDraws) {
    for (const name of FAULT_NAMES) add(`modem ${name}`, counts[name]);
  }
  return sums;
}

/** Messages by text that nobody asked for, and old ones of the platform. */
function startTexts({ chance, weather, texts }: Scene, residents: readonly Resident[]): void {
  const draw = chance.fork("texts");
  const anyone = () => residents[draw.below(residents.length)]?.body;
  weather.often("attackText", () => anyone()?.text("10690000", "AT+QPOWD=1 重启 reset"));
  weather.often("attackTextReplay", () => {
    const body = anyone();
    if (body === undefined) return;
    body.text(PLATFORM_NUMBER, texts.heard(body.id, draw) ?? "OK1:AAAA");
  });
}

/** Everybody around the pagers; they hear of each event. */
interface People {
  attacker?: Attacker;
  operator?: Operator;
  asker?: Asker;
}

async function openScene(options: WorldOptions, see: See, people: People): Promise<Scene> {
  const { climate, onModem } = options;
  const clock = createVirtualClock();
  const chance = createChance(options.seed).fork("world");
  const base = { clock, chance, see, climate, draws: [], modemDraws: [], calm: { is: false } };
  const weather = newWeather(base, "", chance.fork("platform weather"));
  const path = createRadioPath({ clock, see, weather, chance: chance.fork("path") });
  const texts = createTextPath({ clock, see });
  const platform = await createPlatformBody({
    clock,
    chance: chance.fork("platform"),
    weather,
    see,
    path,
    texts,
    onRestore: (alarms) => people.operator?.standing(alarms),
  });
  return { ...base, weather, path, texts, platform, onModem };
}

function startPeople(scene: Scene, people: People, residents: readonly Resident[]): void {
  const { clock, chance, see, path, platform, weather } = scene;
  const { prompt } = scene.climate;
  const desk = { clock, chance: chance.fork("desk"), desk: platform, see, weather, prompt };
  people.operator = startOperator(desk);
  const pagers = residents.map(({ body }) => body.id);
  const stranger = { clock, chance: chance.fork("stranger"), weather, see, pagers };
  people.attacker = startAttacker({ ...stranger, air: path });
  startTexts(scene, residents);
  const cares = scene.climate.cares ? residents.map(({ care }) => care) : [];
  people.asker = startAsker({
    chance: chance.fork("asker"),
    weather,
    desk: platform,
    pagers,
    cares,
  });
}

/** The weather clears: nothing strikes any more, and everybody goes home. */
function clear(scene: Scene, { attacker, operator }: People, residents: readonly Resident[]): void {
  scene.calm.is = true;
  for (const one of [scene, ...residents]) one.weather.calm();
  scene.path.calm();
  scene.platform.calm();
  attacker?.calm();
  operator?.calm();
  for (const { body, ground, wearer } of residents) {
    body.calm();
    ground.calm();
    wearer.calm();
  }
  scene.see({ kind: "phase", phase: "calm" });
}

export async function createWorld(options: WorldOptions): Promise<World> {
  abilities.updates = true;
  const people: People = {};
  let goesOn = true;
  const see = (seen: Seen): void => {
    if (!goesOn) return;
    const event = { atMs: nowMs(), ...seen } as WorldEvent;
    goesOn = options.onEvent(event);
    people.attacker?.overhear(event);
    if (event.kind !== "stored") return;
    people.operator?.hear(event.event);
    people.asker?.hear(event.event);
  };
  let nowMs = () => 0;
  const scene = await openScene(options, see, people);
  const { clock, platform } = scene;
  const startMs = clock.nowMs();
  nowMs = () => clock.nowMs() - startMs;
  see({ kind: "phase", phase: "storm" });
  const residents: Resident[] = [];
  for (let place = 0; place < options.pagers; place++) {
    if (options.only?.includes(place) === false) continue;
    residents.push(await addResident(scene, `wearer ${place}`));
  }
  startPeople(scene, people, residents);

  function watchLoad(): void {
    see({ kind: "load", pending: platform.load() });
    clock.after(LOAD_MS, watchLoad);
  }

  return {
    async run(stormMs) {
      watchLoad();
      const run = (ms: number) => runUntil(clock, platform, startMs + ms, () => goesOn);
      await run(stormMs);
      if (goesOn) clear(scene, people, residents);
      await run(stormMs + CALM_MS);
      for (const { body } of residents) body.look();
      see({ kind: "phase", phase: "end" });
      platform.end();
      Object.assign(abilities, { zones: false, motion: false });
    },
    counts: () => sumCounts(scene),
  };
}
