// An interpreter whose variables can be counted: the stored image runs out of Storage, and its serial
// line and its cipher count what is in use while they work. Knows no pager and judges nothing.

import { join } from "node:path";
import type { Engine, EnginePorts } from "../simulator/engine.ts";
import { startInterpreter } from "../simulator/interpreter.ts";
import type { SimModem } from "../simulator/modem.ts";

/** Begins each line that the harness prints for itself. */
const OWN = "~";
/** The interpreter's console takes no longer lines. */
const PIECE_SIGNS = 256;

/** The image into Storage: what a file holds while it runs is in memory too, and would count. */
const loader = (image: Buffer) =>
  `require("Storage").write("image",E.toUint8Array(atob("${image.toString("base64")}")));print("#${OWN}stored")`;

/** What the harness itself takes is taken off what it counts. */
const HARNESS = `var bare=process.memory().usage,own=0,peak=0,theirs=require;
function used(){return process.memory().usage-own}
function count(){var u=used();if(u>peak)peak=u}
function tell(){print("#${OWN}used "+used()+" "+peak);peak=0}
Serial1.setup=function(){};
Serial1.write=function(t){count();print("#${OWN}write "+btoa(t))};
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

/** Puts the image into the Storage of this folder, where each later start finds it. */
export async function storeImage(image: Buffer, binary: string, dir: string): Promise<void> {
  let engine: Engine | undefined;
  await new Promise<void>((resolve, reject) => {
    const ports: EnginePorts = {
      onLine: (line) => line === `${OWN}stored` && resolve(),
      onEnd: (reason) => reject(reason),
    };
    startInterpreter({ ...ports, code: loader(image), binary, dir }).then((started) => {
      engine = started;
    }, reject);
  });
  await engine?.kill();
}

export async function startCounted(
  ports: EnginePorts,
  { binary, dir, modem }: CountedOptions,
): Promise<CountedEngine> {
  const asked: ((line: string) => void)[] = [];
  let rests = 0;

  function onLine(line: string): void {
    if (!line.startsWith(OWN)) ports.onLine(line);
    else if (line.startsWith(`${OWN}write `)) {
      modem.fromPager(Buffer.from(line.slice(OWN.length + 6), "base64").toString("latin1"));
    } else asked.shift()?.(line);
  }

  function onConsole(line: string): void {
    const size = /^\d+,(\d+),\d+,/.exec(line)?.[1];
    if (size !== undefined) rests += Number(size) - 1;
  }

  const engine = await startInterpreter({
    ...{ onLine, onConsole, onEnd: ports.onEnd },
    ...{ code: HARNESS, binary, dir: join(dir) },
  });
  const ask = (text: string) =>
    new Promise<string>((resolve) => {
      asked.push(resolve);
      engine.evaluate(text);
    });
  modem.onToPager((text) => {
    for (let at = 0; at < text.length; at += PIECE_SIGNS) {
      const piece = Buffer.from(text.slice(at, at + PIECE_SIGNS), "latin1").toString("base64");
      engine.evaluate(`Serial1.emit("data",atob("${piece}"))`);
    }
  });
  return {
    ...engine,
    async used() {
      const [, now, peak] = (await ask("tell()")).split(" ").map(Number);
      return { now, peak };
    },
    async textRests() {
      rests = 0;
      await ask(`E.dumpVariables();print("#${OWN}dumped")`);
      return rests;
    },
  };
}
