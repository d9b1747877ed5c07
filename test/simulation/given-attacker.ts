// An attacker over three pagers that send and are answered, and all that it injects, for tests.
// What it injects is heard again, as in the world; nothing is lost and nothing is late.

import * as assert from "uvu/assert";
import type { Source } from "../../sdk/gateway/datagram.ts";
import { hexOf } from "../../sdk/octets.ts";
import { startAttacker } from "../../tools/simulator/storm/attacker.ts";
import type { AttackName, Seen, WorldEvent } from "../../tools/simulator/storm/world-event.ts";
import { givenWeather, HOUR_MS, type Rates } from "./given-weather.ts";
import { exchangeOf, PAGERS } from "./sealed-exchange.ts";

export const PORTS: Record<string, number> = { p1: 4001, p2: 4002, p3: 4003 };

export interface Injected {
  atMs: number;
  attack: AttackName;
  bytes: Uint8Array;
  pager: string;
  from?: Source;
  /** What had left the pager last. */
  newest?: Uint8Array;
}

/** What was heard, and of whom. */
interface Model {
  pager: string;
  bytes: Uint8Array;
}

export function attackerIn(rates: Rates, seed?: number) {
  const given = givenWeather(rates, seed);
  const { clock, seen, weather } = given;
  const injected: Injected[] = [];
  const newest = new Map<string, Uint8Array>();
  const all = { up: new Map<string, Model>(), down: new Map<string, Model>() };
  const attacker = startAttacker({
    ...given,
    see: (one) => tell(one),
    pagers: PAGERS,
    air: {
      toGateway(bytes, from) {
        note(bytes, from);
        tell({ kind: "received", bytes, from: `${from.address}:${from.port}` });
      },
      toPager(pager, bytes) {
        note(bytes);
        tell({ kind: "came", pager, bytes });
      },
    },
  });
  let piv = 0;

  function tell(one: Seen): void {
    seen.push(one);
    attacker.overhear({ ...one, atMs: clock.nowMs() } as WorldEvent);
  }

  function note(bytes: Uint8Array, from?: Source): void {
    const last = seen.at(-1);
    assert.is(last?.kind, "attack", "seen before it is done");
    if (last?.kind !== "attack") return;
    assert.is(last.bytes, bytes);
    const { attack, pager } = last;
    injected.push({ atMs: clock.nowMs(), attack, bytes, pager, from, newest: newest.get(pager) });
  }

  function exchange(pager: string): void {
    const { up, down } = exchangeOf(pager, ++piv);
    const address = `192.0.2.1:${PORTS[pager]}`;
    newest.set(pager, up);
    all.up.set(hexOf(up), { pager, bytes: up });
    all.down.set(hexOf(down), { pager, bytes: down });
    tell({ kind: "left", pager, bytes: up });
    tell({ kind: "received", bytes: up, from: address });
    tell({ kind: "answered", bytes: down, to: address });
    tell({ kind: "came", pager, bytes: down });
  }

  function live(days: number): void {
    for (let i = 0; i < days * 24; i++) {
      exchange(PAGERS[i % PAGERS.length]);
      clock.advanceBy(HOUR_MS);
    }
  }

  const calm = () => {
    weather.calm();
    attacker.calm();
  };
  return { ...given, attacker, injected, all, live, exchange, calm };
}
