// `onekey modem`: the simulated BG96 on a serial line, with real UDP behind it and the system's clock.
// Opens one serial line and no listening port; ends on Ctrl-C or when the line goes away.

import { once } from "node:events";
import { Command, InvalidArgumentError } from "commander";
import { systemClock } from "../../sdk/clock.ts";
import { OnekeyError } from "../../sdk/error.ts";
import { createChance } from "../simulator/chance.ts";
import { FAULT_NAMES, type Faults, scriptFaults, seedFaults } from "../simulator/faults.ts";
import { createWalk, type Gnss } from "../simulator/gnss.ts";
import { createPlayer, readRecording } from "../simulator/gnss-player.ts";
import { createModem } from "../simulator/modem.ts";
import type { ModemEvent } from "../simulator/modem-state.ts";
import { openSerialLine } from "../simulator/serial-port.ts";
import { createUdpNetwork, type UdpNetwork } from "../simulator/udp-network.ts";

interface ModemCliOptions {
  port: string;
  gnss?: string;
  loss: number;
  faults?: number;
  seed: number;
  json?: boolean;
}

/** What one run prints, in words or as one JSON object a line. */
type Print = (kind: string, text: string, facts?: Record<string, unknown>) => void;

function readLoss(text: string): number {
  const loss = Number(text);
  if (text !== "" && loss >= 0 && loss <= 1) return loss;
  throw new InvalidArgumentError("give a share between 0 and 1, such as 0.25.");
}

function readSeed(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(seed)) return seed;
  throw new InvalidArgumentError("give a whole number; the same one gives the same faults.");
}

function createPrint(json: boolean): Print {
  return (kind, text, facts = {}) => {
    const atMs = systemClock.nowMs();
    if (json) console.log(JSON.stringify({ atMs, kind, text, ...facts }));
    else console.log(`${new Date(atMs).toISOString().slice(11, 23)}  ${kind.padEnd(9)} ${text}`);
  };
}

function chooseGnss(options: ModemCliOptions, print: Print): Gnss {
  if (options.gnss === undefined) {
    print("gnss", `a walk drawn from seed ${options.seed}`);
    return createWalk({ chance: createChance(options.seed).fork("walk") });
  }
  const recording = readRecording(options.gnss);
  const { used, other, comments, rubbish } = recording.counts;
  const fixes = recording.epochs.filter((epoch) => epoch.fix !== undefined).length;
  print(
    "gnss",
    `${options.gnss}: ${recording.epochs.length} epochs, ${fixes} with a fix; ` +
      `${used} sentences used, ${other} others, ${comments} comments, ${rubbish} rubbish lines`,
    { epochs: recording.epochs.length, fixes, ...recording.counts },
  );
  return createPlayer({ recording, startMs: systemClock.nowMs() });
}

function chooseFaults(options: ModemCliOptions, print: Print): Faults {
  if (options.faults === undefined) return scriptFaults();
  // Nobody is there to hold its reset pin.
  const faults = seedFaults(options.faults, ["locked"]);
  const names = Object.keys(faults.climate).join(" ");
  print("faults", `seed ${options.faults}: ${names}`, { climate: faults.climate });
  return faults;
}

function printEnd(print: Print, network: UdpNetwork, faults: Faults): void {
  const { sent, sentLost, received, receivedLost } = network.counts;
  const struck = FAULT_NAMES.filter((name) => faults.counts[name] > 0);
  print(
    "end",
    `datagrams: ${sent} sent, ${sentLost} lost going up, ${received} received, ` +
      `${receivedLost} lost coming down; faults: ` +
      (struck.map((name) => `${name} ${faults.counts[name]}`).join(", ") || "none"),
    { ...network.counts, faults: Object.fromEntries(struck.map((n) => [n, faults.counts[n]])) },
  );
}

/** Resolves on Ctrl-C, rejects when the line goes away. */
async function serve(options: ModemCliOptions): Promise<void> {
  const print = createPrint(options.json === true);
  const chance = createChance(options.faults ?? options.seed);
  const gnss = chooseGnss(options, print);
  const faults = chooseFaults(options, print);
  const network = createUdpNetwork({
    loss: { up: options.loss, down: options.loss, chance: chance.fork("loss") },
  });
  let lose = (_error: OnekeyError) => {};
  const lost = new Promise<never>((_, reject) => {
    lose = reject;
  });
  lost.catch(() => undefined); // awaited below; it may come before that
  let fromPager = (_text: string) => {};
  const line = await openSerialLine(options.port, {
    onText: (text) => fromPager(text),
    onLost(reason) {
      const text = `${options.port} went away (${reason}); start again when it is back`;
      lose(new OnekeyError("serial-failed", text));
    },
  });
  const modem = createModem({
    clock: systemClock,
    network,
    gnss,
    faults,
    chance: chance.fork("modem"),
    power: "on",
    selfPowered: true,
    log: (event: ModemEvent) => print(event.kind, event.text),
  });
  modem.onToPager((text) => line.write(text));
  fromPager = (text) => modem.fromPager(text);
  print("line", `${options.port} at 115200; Ctrl-C ends`);
  try {
    await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM"), lost]);
  } finally {
    modem.close();
    await network.close();
    await line.close();
    printEnd(print, network, faults);
  }
}

export function modemCommand(): Command {
  return new Command("modem")
    .description("a simulated BG96 modem on a serial line, with real UDP sockets")
    .requiredOption("--port <tty>", "serial line to serve, a device or a pseudo-terminal")
    .option("--gnss <file>", "play recorded NMEA, one epoch a second; without it a walk is drawn")
    .option("--loss <share>", "lose this share of datagrams each way, 0 to 1", readLoss, 0)
    .option("--faults <seed>", "let the modem's faults strike, drawn from this seed", readSeed)
    .option("--seed <seed>", "seed of the walk and of the losses", readSeed, 1)
    .option("--json", "one JSON object a line")
    .action((options: ModemCliOptions) => serve(options));
}
