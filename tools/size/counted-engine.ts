// An interpreter whose variables can be counted: the stored image runs out of Storage, and its serial
// line and its cipher count what is in use while they work. Knows no pager and judges nothing.

import type { Engine, EnginePorts } from "../simulator/engine.ts";
import type { SimModem } from "../simulator/modem.ts";
import { OWN_LINE, startOnConsole, WRITE_ON } from "./console-engine.ts";

/** What the harness itself takes is taken off what it counts. */
const HARNESS = `var bare=process.memory().usage,own=0,peak=0,theirs=require;
function used(){return process.memory().usage-own}
function count(){var u=used();if(u>peak)peak=u}
function tell(){print("${OWN_LINE}used "+used()+" "+peak);peak=0}
Serial1.setup=function(){};
Serial1.write=function(t){count();${WRITE_ON}};
var require=function(n){if(n!=="crypto")return theirs(n);var a=theirs(n).AES;
return{AES:{encrypt:function(m,k,o){count();return a.encrypt(m,k,o)}}}};
own=process.memory().usage-bare;
eval(theirs("Storage").read("image"));`;

export interface Used {
  now: number;
  /** The most since the last asking. */
  peak: number;
}

export interface CountedEngine extends Engine {
  used(): Promise<Used>;
  /** How many of them hold no more than the rest of a longer text. */
  textRests(): Promise<number>;
}

export interface CountedOptions {
  binary: string;
  dir: string;
  modem: SimModem;
}

export async function startCounted(
  ports: EnginePorts,
  options: CountedOptions,
): Promise<CountedEngine> {
  const asked: ((line: string) => void)[] = [];
  let rests = 0;
  const engine = await startOnConsole(ports, {
    ...options,
    harness: HARNESS,
    feed: (octets) => `Serial1.emit("data",atob("${octets}"))`,
    onOwn: (line) => asked.shift()?.(line),
    onConsole(line) {
      const size = /^\d+,(\d+),\d+,/.exec(line)?.[1];
      if (size !== undefined) rests += Number(size) - 1;
    },
  });
  const ask = (text: string) =>
    new Promise<string>((resolve) => {
      asked.push(resolve);
      engine.evaluate(text);
    });
  return {
    ...engine,
    async used() {
      const [, now, peak] = (await ask("tell()")).split(" ").map(Number);
      return { now, peak };
    },
    async textRests() {
      rests = 0;
      await ask(`E.dumpVariables();print("${OWN_LINE}dumped")`);
      return rests;
    },
  };
}
