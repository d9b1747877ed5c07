// The platform in one process: store, gateway, API, and what a developer does with them.
// Puts parts together and takes them apart; each rule lives in its part.

import { join } from "node:path";
import type { Machine } from "../protocol/machine.ts";
import { type Access, makeAccess } from "./api/access.ts";
import { type Api, createApi } from "./api/app.ts";
import type { Alarms, ApiHost, Commands, EventsOptions, Images } from "./api/host.ts";
import { type HttpSocket, openHttp } from "./api/http.ts";
import { type Clock, systemClock } from "./clock.ts";
import { makeCommands } from "./commands.ts";
import { makeAlarms } from "./desk-acts.ts";
import type { Event } from "./events.ts";
import { type Feed, makeFeed } from "./feed.ts";
import type { OpenCarrier } from "./gateway/carrier.ts";
import type { Counters } from "./gateway/counters.ts";
import type { Source } from "./gateway/datagram.ts";
import { type OpenedGateway, openGateway } from "./gateway/open-gateway.ts";
import type { openUdp } from "./gateway/udp.ts";
import { type ImageFiles, openImageFiles } from "./image-files.ts";
import { makeImages } from "./images.ts";
import { type LocateCell, startLocator } from "./locator.ts";
import { nodeMachine } from "./machine.ts";
import { hexOf } from "./octets.ts";
import { makePagers, type Pagers, type PagersParts } from "./pagers.ts";
import { type Random, systemRandom } from "./random.ts";
import { countRestore } from "./restores.ts";
import { keyFileOf, openVaultFor } from "./seal.ts";
import { holdFolder, prepareFolder } from "./store/data-folder.ts";
import { openSqlite } from "./store/sqlite.ts";
import type { Store } from "./store/store.ts";
import { updatePager } from "./updates.ts";

export interface PlatformOptions {
  /** Folder of the database and, unless `keyFile` says otherwise, of the key file. */
  dataDir: string;
  /** 0: any free port. */
  udpPort?: number;
  httpPort?: number;
  /** Both sockets listen here and nowhere else. */
  host?: string;
  keyFile?: string;
  clock?: Clock;
  /** Every random octet comes from here: keys, tokens, message ids. */
  random?: Random;
  /** One line a step, the alarm's id first; "-" before it is known. No key, no position. */
  trace?: (line: string) => void;
  /** Beside UDP, which every platform has. */
  carriers?: OpenCarrier[];
  /** Answers strangers too: lists its resources, and gives their mistakes an error. Else silence. */
  discovery?: boolean;
  /** Adds pages and routes behind the same door as the API. */
  mount?: (app: Api) => void;
  /** Where a cell is: asked for each that an alarm says; without it the desk shows the cell's numbers. */
  locateCell?: LocateCell;
  /** Hosts, beside the platform, from which the desk may load map tiles. */
  imageSources?: string[];
  /** A fault that ends the platform's work: the disk failed. Faults of single requests come too. */
  onFault?: (error: unknown, ends: boolean) => void;
  /** For tests: another machine for the wire, another socket, and a store around the store. */
  machine?: Machine;
  openSocket?: typeof openUdp;
  wrapStore?: (store: Store) => Store;
}

export interface Platform {
  alarms: Alarms;
  commands: Commands;
  images: Images;
  pagers: Pagers;
  /** The log behind a cursor, then what happens from now on. */
  events(options?: EventsOptions): AsyncIterable<Event>;
  cursor(): Promise<number>;
  counters(): Counters;
  /** Datagrams and facts in work: 0 when all that was received is answered or refused. */
  pending(): number;
  udp: Source;
  http: HttpSocket;
  /** A link that opens the desk once, within a day. */
  openLink(): Promise<string>;
  /** A bearer token for a program; shown once, kept as a hash. */
  createToken(label: string): Promise<string>;
  /** The same for an SMS provider: it can hand SMS in, and nothing else. */
  createSmsToken(label: string): Promise<string>;
  close(): Promise<void>;
}

export const UDP_PORT = 5683;
export const HTTP_PORT = 8080;
export const DATABASE_FILE = "onekey.db";

export async function openPlatform(options: PlatformOptions): Promise<Platform> {
  const undo: (() => Promise<void> | void)[] = [];
  const undoAll = async (): Promise<void> => {
    while (undo.length > 0) await undo.pop()?.();
  };
  try {
    const platform = await assemble(options, undo);
    return { ...platform, close: undoAll };
  } catch (error) {
    await undoAll();
    throw error;
  }
}

/** Makes a link for a platform that runs, or will, on this folder. */
export async function makeLink(dataDir: string, defaultUrl: string): Promise<string> {
  return withAccess(dataDir, async (access, store) =>
    linkOf((await store.meta(URL_META)) ?? defaultUrl, await access.newLink()),
  );
}

/** Makes a token for a program, as `createToken` of a running platform does. */
export async function makeToken(dataDir: string, label: string): Promise<string> {
  return withAccess(dataDir, (access) => access.newToken(label));
}

/** Makes a token for the SMS provider of such a platform. */
export async function makeSmsToken(dataDir: string): Promise<string> {
  return withAccess(dataDir, (access) => access.newSmsToken("provider"));
}

/**
 * To be called once after the database was put back from a copy and before a platform runs on it;
 * throws "data-in-use" while one does.
 */
export async function markRestored(dataDir: string, keyFile?: string): Promise<void> {
  prepareFolder(dataDir);
  const release = holdFolder(dataDir);
  try {
    const store = openSqlite({ file: join(dataDir, DATABASE_FILE), clock: systemClock });
    await store.restored(countRestore(keyFileOf({ dataDir, keyFile })));
    await store.close();
  } finally {
    release();
  }
}

// internal

const URL_META = "url";
const INSTANCE_META = "instance";

async function withAccess(
  dataDir: string,
  make: (access: Access, store: Store) => Promise<string>,
): Promise<string> {
  prepareFolder(dataDir);
  const store = openSqlite({ file: join(dataDir, DATABASE_FILE), clock: systemClock });
  try {
    return await make(makeAccess({ store, clock: systemClock, random: systemRandom }), store);
  } finally {
    await store.close();
  }
}

type Undo = (() => Promise<void> | void)[];

async function assemble(options: PlatformOptions, undo: Undo): Promise<Omit<Platform, "close">> {
  const { clock = systemClock, random = systemRandom, host = "127.0.0.1" } = options;
  prepareFolder(options.dataDir);
  undo.push(holdFolder(options.dataDir));
  const sqlite = openSqlite({ file: join(options.dataDir, DATABASE_FILE), clock });
  undo.push(() => sqlite.close());
  const store = options.wrapStore?.(sqlite) ?? sqlite;
  const vault = await openVaultFor(store, { ...options, random });
  const files = openImageFiles(options.dataDir);
  const feed = makeFeed(store);
  undo.push(() => feed.close());

  const line = await openGateway({
    store,
    vault,
    clock,
    random,
    host,
    port: options.udpPort ?? UDP_PORT,
    machine: options.machine ?? nodeMachine,
    trace: options.trace ?? (() => undefined),
    openSocket: options.openSocket,
    carriers: options.carriers,
    discovery: options.discovery,
    openImage: files.open,
    fault: (error) => options.onFault?.(error, false),
    stored: () => feed.wake(),
    failed: (error) => options.onFault?.(error, true),
  });
  undo.push(() => line.close());
  undo.push(() => files.settled());
  const { locateCell } = options;
  if (locateCell !== undefined) {
    const fault = (error: unknown) => options.onFault?.(error, false);
    undo.push(await startLocator({ store, feed, commits: line.commits, locateCell, fault }));
  }
  const access = makeAccess({ store, clock, random });
  const core = coreOf({ store, line, feed, vault, clock, random, files });
  const app = createApi(core, {
    access,
    cookieName: `onekey_${await instanceOf(store, random)}`,
    imageSources: options.imageSources ?? [],
    clock,
    report: (error) => options.onFault?.(error, false),
  });
  options.mount?.(app);
  const http = await openHttp(app, host, options.httpPort ?? HTTP_PORT);
  undo.push(() => http.close());
  await store.setMeta(URL_META, http.url);
  line.couriers.begin();
  return {
    ...core,
    pending: () => line.pending(),
    udp: line.address,
    http,
    openLink: async () => linkOf(http.url, await access.newLink()),
    createToken: (label) => access.newToken(label),
    createSmsToken: (label) => access.newSmsToken(label),
  };
}

interface CoreParts extends Omit<PagersParts, "commits"> {
  line: OpenedGateway;
  feed: Feed;
  files: ImageFiles;
}

/** What a developer and the API ask of. */
function coreOf({ line, feed, files, ...parts }: CoreParts) {
  const { commits, counters } = line;
  const { store, clock } = parts;
  return {
    alarms: makeAlarms(store, commits),
    commands: makeCommands({ store, commits, clock }),
    images: makeImages({ store, commits, files }),
    pagers: {
      ...makePagers({ ...parts, commits }),
      update: (id, asked) => updatePager({ store, commits, clock, files }, id, asked),
    },
    events: (asked: EventsOptions = {}) => eventsOf(store, feed, asked),
    cursor: () => store.lastSeq(),
    counters: () => ({ ...counters }),
  } satisfies ApiHost;
}

function linkOf(url: string, secret: string): string {
  return `${url}/open?token=${secret}`;
}

/** Tells this database's cookie from that of another platform on the same host. */
async function instanceOf(store: Store, random: Random): Promise<string> {
  const kept = await store.meta(INSTANCE_META);
  if (kept !== undefined) return kept;
  const instance = hexOf(random(4));
  await store.setMeta(INSTANCE_META, instance);
  return instance;
}

/** The cursor is taken when this is called, not when the first event is asked for. */
function eventsOf(store: Store, feed: Feed, asked: EventsOptions): AsyncIterable<Event> {
  const from = asked.after === undefined ? store.lastSeq() : Promise.resolve(asked.after);
  return (async function* () {
    yield* feed.after(await from, asked.signal);
  })();
}
