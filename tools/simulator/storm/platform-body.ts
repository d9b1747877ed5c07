// The platform in the world: the real gateway, store and reducers, over a disk and a process that fail.
// What it decides is the real code's; this file only takes its process and its disk away.

import Database from "better-sqlite3";
import type { RegisteredPager } from "../../../sdk/api/host.ts";
import type { AlarmRow } from "../../../sdk/care/alarms.ts";
import { UPDATE_COMMAND } from "../../../sdk/care/command-names.ts";
import type { Outcome } from "../../../sdk/care/outcome.ts";
import type { AskedValues } from "../../../sdk/command-values.ts";
import { makeCommands, queueCommand } from "../../../sdk/commands.ts";
import { makeAlarms } from "../../../sdk/desk-acts.ts";
import { OnekeyError } from "../../../sdk/error.ts";
import { type OpenedGateway, openGateway } from "../../../sdk/gateway/open-gateway.ts";
import { nodeMachine } from "../../../sdk/machine.ts";
import { makePagers } from "../../../sdk/pagers.ts";
import type { Random } from "../../../sdk/random.ts";
import { renewPager } from "../../../sdk/renewal.ts";
import { makeVault } from "../../../sdk/seal.ts";
import { migrate, storeOn } from "../../../sdk/store/sqlite.ts";
import type { Store } from "../../../sdk/store/store.ts";
import type { Chance } from "../chance.ts";
import type { VirtualClock } from "../clock.ts";
import { DiskFull, failingStore } from "./failing-store.ts";
import { createImageShelf } from "./image-shelf.ts";
import type { RadioPath } from "./radio-path.ts";
import type { TextPath } from "./text-path.ts";
import type { Weather } from "./weather.ts";
import type { See } from "./world-event.ts";

export interface PlatformBody {
  /** At the bench, before the weather begins. */
  register(name: string): Promise<RegisteredPager>;
  take(alarm: string): void;
  release(alarm: string): void;
  close(alarm: string, outcome?: Outcome): void;
  reopen(alarm: string): void;
  ask(pager: string, command: string, values: AskedValues): void;
  renew(pager: string): void;
  /** An image of these octets is there from here on, and the pager is to have it. */
  update(pager: string, image: Uint8Array): void;
  /** The alarms as a desk lists them. */
  rows(): Promise<AlarmRow[]>;
  /** True while something is in work that doesn't wait for time to pass. */
  isBusy(): boolean;
  /** One turn of the process. */
  turn(): Promise<void>;
  load(): number;
  calm(): void;
  end(): void;
}

export interface PlatformBodyOptions {
  readonly clock: VirtualClock;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly see: See;
  readonly path: RadioPath;
  readonly texts: TextPath;
  /** The log is another one now: these alarms stand in it. */
  onRestore(alarms: { id: string; stage: "delivered" | "taken" | "closed" }[]): void;
  /** Who sits at the desk. */
  readonly operator?: string;
}

const DOWN_MS_MIN = 1000;
const DOWN_MS_MAX = 600000;
const BACKUP_MS = 6 * 3600000;
const CLOCK_JUMP_MS = 3600000;
const CLOSED_MAX = 1000;
const KEY_OCTETS = 32;
/** Who sits at the desk where nobody else is named. */
const OPERATOR = "王芳";

/** What people at the desk can do while it runs. */
interface Acts {
  readonly alarms: ReturnType<typeof makeAlarms>;
  readonly commands: ReturnType<typeof makeCommands>;
  renew(pager: string): Promise<unknown>;
  update(pager: string, image: Uint8Array): Promise<unknown>;
}

/** One life of the gateway's process: what it began is never heard of again once it is over. */
interface Life {
  over: boolean;
  line?: OpenedGateway;
  acts?: Acts;
}

function randomOf(chance: Chance): Random {
  return (length) => Uint8Array.from({ length }, () => chance.below(256));
}

type DeskActs = "take" | "release" | "reopen" | "close" | "ask" | "renew" | "update";

/** What they can do, each as an act of the one operator. */
function deskOf(
  operator: string,
  act: (run: (acts: Acts) => Promise<unknown>) => void,
): Pick<PlatformBody, DeskActs> {
  return {
    take: (alarm) => act(({ alarms }) => alarms.take(alarm, operator)),
    release: (alarm) => act(({ alarms }) => alarms.release(alarm, operator)),
    reopen: (alarm) => act(({ alarms }) => alarms.reopen(alarm, operator)),
    close: (alarm, outcome = "real") => act(({ alarms }) => alarms.close(alarm, operator, outcome)),
    ask: (pager, command, values) =>
      act(({ commands }) => commands.send(pager, { command, values, by: operator })),
    renew: (pager) => act(({ renew }) => renew(pager)),
    update: (pager, image) => act(({ update }) => update(pager, image)),
  };
}

export async function createPlatformBody(options: PlatformBodyOptions): Promise<PlatformBody> {
  const { clock, chance, weather, see, path, texts, operator = OPERATOR } = options;
  const random = randomOf(chance.fork("random"));
  const vault = makeVault(random(KEY_OCTETS), random, "");
  let db = new Database(":memory:");
  migrate(db, ":memory:");
  const images = createImageShelf();
  let copy: Buffer | undefined;
  /** Kept beside the key, not in the database. */
  let restores = 0;
  let skewMs = 0;
  let life: Life = { over: true };
  let starting = 0;
  let held = 0;
  let isCalm = false;
  /** While pagers are registered the weather waits outside. */
  let atBench = false;

  const wallClock = { nowMs: () => clock.nowMs() + skewMs, after: clock.after };

  /** Timers of a process die with it. */
  const clockOf = (own: Life) => ({
    nowMs: wallClock.nowMs,
    after: (ms: number, run: () => void) => clock.after(ms, () => !own.over && run()),
  });

  function storeFor(own: Life): Store {
    const store = storeOn(db, wallClock);
    return failingStore({
      store,
      clock,
      chance,
      weather: { ...weather, strikes: (name) => !atBench && weather.strikes(name) },
      see,
      isOver: () => own.over,
      crash,
      hold(step) {
        held += step;
      },
    });
  }

  async function start(): Promise<void> {
    starting++;
    const own: Life = { over: false };
    life = own;
    held = 0;
    const store = storeFor(own);
    own.line = await openGateway({
      store,
      vault,
      clock: clockOf(own),
      random,
      machine: nodeMachine,
      host: "198.51.100.1",
      port: 5683,
      trace: () => undefined,
      openSocket: (asked) => path.openSocket(asked),
      carriers: [texts.openCarrier],
      openImage: images.open,
      stored: () => undefined,
      fault(error) {
        throw error;
      },
      failed(error) {
        throw error;
      },
    });
    const parts = { store, commits: own.line.commits, clock: clockOf(own) };
    own.acts = {
      alarms: makeAlarms(store, parts.commits),
      commands: makeCommands(parts),
      renew: (pager) => renewPager({ ...parts, vault, random }, pager, operator),
      update: (pager, image) =>
        queueCommand(parts, pager, {
          command: UPDATE_COMMAND,
          values: { firmware: 2, octets: image.length, hash: images.add(image) },
          by: operator,
        }),
    };
    own.line.couriers.begin();
    see({ kind: "platform", act: "start" });
    starting--;
  }

  /** Nobody listens any more. */
  function end(): void {
    life.over = true;
    path.closeSocket();
    texts.closeCarrier();
  }

  /** The process is gone at once; what was committed stays. */
  function crash(): void {
    if (life.over) return;
    end();
    see({ kind: "platform", act: "crash" });
    const ms = isCalm ? DOWN_MS_MIN : chance.between(DOWN_MS_MIN, DOWN_MS_MAX);
    clock.after(ms, () => void start());
  }

  function backup(): void {
    copy = db.serialize();
    see({ kind: "platform", act: "backup" });
    clock.after(BACKUP_MS, backup);
  }

  async function restore(): Promise<void> {
    if (life.over || copy === undefined) return;
    end();
    db.close();
    db = new Database(copy);
    starting++;
    const store = storeOn(db, wallClock);
    await store.restored(++restores);
    const rows = await store.alarms(CLOSED_MAX);
    options.onRestore(rows.map(({ id, stage }) => ({ id, stage })));
    starting--;
    see({ kind: "platform", act: "restore" });
    await start();
  }

  /** An operator's act; the store may refuse it, and the process may be gone. */
  function act(run: (acts: Acts) => Promise<unknown>): void {
    if (life.over || life.acts === undefined) return;
    const own = life;
    run(life.acts).catch((error: unknown) => {
      // What a process that is gone had begun is never heard of again.
      if (!own.over && !(error instanceof OnekeyError) && !(error instanceof DiskFull)) throw error;
    });
  }

  await start();
  if (weather.has("restore")) clock.after(BACKUP_MS, backup);
  weather.often("crash", crash);
  weather.often("restore", () => void restore());
  weather.often("platformClockJumps", () => {
    skewMs += chance.between(-CLOCK_JUMP_MS, CLOCK_JUMP_MS);
  });

  const load = () => (life.over ? 0 : (life.line?.pending() ?? 0));
  return {
    async register(name) {
      if (life.line === undefined) throw new OnekeyError("closed", "The platform is not there.");
      const commits = life.line.commits;
      const store = storeOn(db, wallClock);
      const pagers = makePagers({ store, commits, vault, clock: wallClock, random });
      atBench = true;
      const registered = await pagers.register({ name, person: { name } });
      atBench = false;
      // A copy without this pager would be another world, not an older one.
      if (weather.has("restore")) copy = db.serialize();
      return registered;
    },
    ...deskOf(operator, act),
    rows: () => storeOn(db, wallClock).alarms(CLOSED_MAX),
    isBusy: () => starting > 0 || (load() > 0 && held === 0),
    async turn() {
      await new Promise((resolve) => setImmediate(resolve));
    },
    load,
    calm() {
      isCalm = true;
    },
    end() {
      life.over = true;
      db.close();
    },
  };
}
