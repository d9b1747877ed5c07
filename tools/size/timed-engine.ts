// An interpreter that tells what it computed between a hold and its first datagram, in milliseconds.
// The image runs out of memory, as on a board whose flash is memory; on Linux each sign of Storage is a
// read of a file. Knows no pager and judges nothing.

import { CUES } from "../../firmware/core/cues.ts";
import { LOG_CUE } from "../../protocol/log-events.ts";
import type { Engine, EnginePorts } from "../simulator/engine.ts";
import { OWN_LINE, startOnConsole, WRITE_ON } from "./console-engine.ts";
import type { CountedOptions } from "./counted-engine.ts";

const RAISED = `#=${LOG_CUE} 0 ${CUES.indexOf("raised")}`;
const COMPUTED = "computed ";

/**
 * From the beginning of the turn in which the key counts as held; the harness's own prints are taken
 * off, and what the processor does between two turns is none of the pager's.
 */
const harness = (image: Buffer) => `var began=0,spent=0,held=false,after=setTimeout,say=print;
function enter(){began=getTime()}
function leave(){if(held)spent+=getTime()-began}
var setTimeout=function(f,ms){return after(function(){enter();f();leave()},ms)};
var print=function(t){var s=getTime();if(t==="${RAISED}"){held=true;spent=0}say(t);began+=getTime()-s};
Serial1.setup=function(){};
Serial1.write=function(t){var s=getTime();${WRITE_ON.replace("print", "say")};
if(held&&t.indexOf("QISEND")>=0){held=false;say("${OWN_LINE}${COMPUTED}"+(spent+s-began)*1000)}
began+=getTime()-s};
function feed(o){enter();Serial1.emit("data",atob(o));leave()}
eval(atob("${image.toString("base64")}"));
var edge=setKey;setKey=function(d){enter();edge(d);leave()};`;

export interface TimedOptions extends CountedOptions {
  image: Buffer;
  onComputed(ms: number): void;
}

export function startTimed(ports: EnginePorts, options: TimedOptions): Promise<Engine> {
  const { image, onComputed, ...rest } = options;
  return startOnConsole(ports, {
    ...rest,
    harness: harness(image),
    feed: (octets) => `feed("${octets}")`,
    onOwn: (line) => line.startsWith(COMPUTED) && onComputed(Number(line.slice(COMPUTED.length))),
  });
}
