// A simulated modem with a person at its serial line: one command, its whole answer as text.
// For tests of the simulator alone; no driver.

import { createChance } from "../../tools/simulator/chance.ts";
import { createVirtualClock, type VirtualClock } from "../../tools/simulator/clock.ts";
import { scriptFaults } from "../../tools/simulator/faults.ts";
import { createWalk } from "../../tools/simulator/gnss.ts";
import { createMemoryNetwork } from "../../tools/simulator/memory-network.ts";
import { createModem, type SimModem } from "../../tools/simulator/modem.ts";
import type { ModemEvent, ModemOptions } from "../../tools/simulator/modem-state.ts";
import type { Network } from "../../tools/simulator/network.ts";

export interface AtLine {
  readonly clock: VirtualClock;
  readonly modem: SimModem;
  readonly network: Network;
  readonly events: ModemEvent[];
  /** All octets since the last look, lines joined by " / ". */
  heard(): string;
  /** Sends a command and gives what comes within the time, echo left out. */
  ask(text: string, waitMs?: number): string;
  /** Octets as they are. */
  write(text: string): void;
}

export function createAtLine(options: Partial<ModemOptions> = {}): AtLine {
  const clock = createVirtualClock();
  const network = options.network ?? createMemoryNetwork({ clock });
  const chance = createChance(1);
  const events: ModemEvent[] = [];
  const modem = createModem({
    clock,
    network,
    chance,
    gnss: createWalk({ chance: chance.fork("walk") }),
    faults: scriptFaults(),
    log: (event) => events.push(event),
    ...options,
  });
  let octets = "";
  modem.onToPager((text) => {
    octets += text;
  });

  function heard(): string {
    const text = octets;
    octets = "";
    return text
      .split("\r\n")
      .map((line) => line.replace(/^AT.*\r$/, ""))
      .filter((line) => line !== "")
      .join(" / ");
  }

  return {
    clock,
    modem,
    network,
    events,
    heard,
    ask(text, waitMs = 1000) {
      octets = "";
      modem.fromPager(`${text}\r`);
      clock.advanceBy(waitMs);
      return heard();
    },
    write: (text) => modem.fromPager(text),
  };
}

/** One that is on, registered, with its echo off and its context up. */
export function createReadyLine(options: Partial<ModemOptions> = {}): AtLine {
  const line = createAtLine({ power: "on", ...options });
  line.clock.advanceBy(4000);
  line.ask("ATE0");
  line.ask("AT+QIACT=1");
  return line;
}
