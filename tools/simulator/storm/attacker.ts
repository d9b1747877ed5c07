// A stranger on the path: hears every datagram, sends old, changed and forged ones, and floods.
// Holds no sender key or recipient key, and never stops a datagram of others.

import { ACK, RST } from "../../../protocol/coap.ts";
import type { Clock } from "../../../sdk/clock.ts";
import type { Source } from "../../../sdk/gateway/datagram.ts";
import type { Chance } from "../chance.ts";
import {
  bendBit,
  cutShort,
  emptyMessage,
  makeRubbish,
  messageIdOf,
  plainError,
  RUBBISH,
} from "./forgery.ts";
import { createOverheard, type Direction, type Overheard, STRANGERS } from "./overheard.ts";
import type { Weather } from "./weather.ts";
import type { AttackName, See, WorldEvent } from "./world-event.ts";

export interface Air {
  /** Puts octets into the gateway's socket with this false or true source. */
  toGateway(bytes: Uint8Array, from: Source): void;
  /** Puts octets into the pager's modem as if from the platform's address. */
  toPager(pager: string, bytes: Uint8Array): void;
}

export interface Attacker {
  /** Is told of everything; keeps what flies. */
  overhear(event: WorldEvent): void;
  /** The storm is over: nothing is sent any more, nor what was waiting. */
  calm(): void;
}

export interface AttackerOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly weather: Weather;
  readonly air: Air;
  readonly see: See;
  readonly pagers: readonly string[];
}

const FLOOD = 40;
/** The least that can be cut short. */
const CUT_OCTETS_MIN = 2;
/** Most acts that wait for a pager to send something. */
const WAITING_MAX = 16;
const AMBUSH_MS_MAX = 2000;
/** How often an act waits for a pager to send something, so that it strikes an open exchange. */
const AMBUSHES = 0.6;
const FRESH = 0.5;
const TRUE_SOURCE = 0.3;

type Act = (pager: string) => void;

export function startAttacker(options: AttackerOptions): Attacker {
  const { clock, weather, pagers } = options;
  const heard = createOverheard(pagers);
  const chance = options.chance.fork("when");
  const waiting: Act[] = [];
  let isCalm = false;

  function ambush(act: Act): void {
    if (waiting.length === WAITING_MAX) waiting.shift();
    waiting.push(act);
  }

  function often(name: Parameters<Weather["often"]>[0], act: Act): void {
    weather.often(name, () => {
      if (isCalm || pagers.length === 0) return;
      if (chance.happens(AMBUSHES)) ambush(act);
      else act(pagers[chance.below(pagers.length)]);
    });
  }

  const acts = makeActs(options, heard);
  often(
    "attackReplayUp",
    acts.again("replayUp", "up", (_chance, bytes) => bytes.slice()),
  );
  often(
    "attackReplayDown",
    acts.again("replayDown", "down", (_chance, bytes) => bytes.slice()),
  );
  often("attackTruncatedUp", acts.again("truncatedUp", "up", cutShort));
  often("attackTruncatedDown", acts.again("truncatedDown", "down", cutShort));
  often("attackBentUp", acts.again("bentUp", "up", bendBit));
  often("attackBentDown", acts.again("bentDown", "down", bendBit));
  often("attackEmptyAnswer", acts.empty("forgedEmptyAnswer", ACK));
  often("attackReset", acts.empty("forgedReset", RST));
  often("attackError", acts.error);
  often("attackFlood", acts.flood);

  return {
    overhear(event) {
      heard.take(event);
      if (event.kind !== "left" || isCalm) return;
      const act = waiting.shift();
      if (act === undefined) return;
      clock.after(chance.between(1, AMBUSH_MS_MAX), () => {
        if (!isCalm) act(event.pager);
      });
    },
    calm() {
      isCalm = true;
    },
  };
}

// internal

type Alter = (chance: Chance, bytes: Uint8Array) => Uint8Array;

interface Acts {
  /** A datagram that was heard, the newest or an old one, once more. */
  again(attack: AttackName, direction: Direction, alter: Alter): Act;
  /** A message of four octets to the pager: for its newest datagram and for none, in turn. */
  empty(attack: AttackName, type: number): Act;
  error: Act;
  flood: Act;
}

function makeActs({ chance: from, air, see, pagers }: AttackerOptions, heard: Overheard): Acts {
  const chance = from.fork("octets");
  const sources = from.fork("sources");

  function stranger(): Source {
    return {
      carrier: "udp",
      address: STRANGERS + sources.between(1, 254),
      port: sources.between(1024, 65535),
    };
  }

  /** That of the pager whose datagram it is now and then, or else a stranger's. */
  function sourceFor(pager: string): Source {
    const source = sources.happens(TRUE_SOURCE) ? heard.source(pager) : undefined;
    return source ?? stranger();
  }

  function up(attack: AttackName, pager: string, bytes: Uint8Array, source: Source): void {
    see({ kind: "attack", attack, bytes, pager });
    air.toGateway(bytes, source);
  }

  function down(attack: AttackName, pager: string, bytes: Uint8Array): void {
    if (attack !== "replayDown") heard.disown(bytes);
    see({ kind: "attack", attack, bytes, pager });
    air.toPager(pager, bytes);
  }

  /** This pager, or any of which there is something to send again. */
  function known(pager: string, direction: Direction): string | undefined {
    const isKnown = (one: string) => heard.has(one, direction);
    if (isKnown(pager)) return pager;
    const others = pagers.filter(isKnown);
    return others[chance.below(others.length)];
  }

  return {
    again: (attack, direction, alter) => (asked) => {
      const pager = known(asked, direction);
      if (pager === undefined) return;
      const list = heard.datagrams(pager, direction);
      const at = chance.happens(FRESH) ? list.length - 1 : chance.below(list.length);
      if (list[at].length < CUT_OCTETS_MIN) return;
      const bytes = alter(chance, list[at]);
      if (direction === "up") up(attack, pager, bytes, sourceFor(pager));
      else down(attack, pager, bytes);
    },
    empty(attack, type) {
      let count = 0;
      return (pager) => {
        const newest = count++ % 2 === 0 ? heard.newest(pager) : undefined;
        const messageId = newest === undefined ? undefined : messageIdOf(newest);
        down(attack, pager, emptyMessage(type, messageId ?? chance.below(65536)));
      };
    },
    error: (pager) => down("forgedError", pager, plainError(chance, heard.newest(pager))),
    flood(pager) {
      const one = stranger();
      const isOne = chance.happens(0.5);
      for (let i = 0; i < FLOOD; i++) {
        const kind = RUBBISH[i % RUBBISH.length];
        const bytes = makeRubbish(chance, kind, heard.newest(pager));
        up("flood", kind === "kid" ? pager : "", bytes, isOne ? one : sourceFor(pager));
      }
    },
  };
}
