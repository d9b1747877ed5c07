// Names of hosts at the simulated modem: asked by QIDNSGIP, answered unasked and later; their faults.
// Opens nothing: what an address leads to is the network's.

import { emitLine } from "./modem-line.ts";
import { type Call, ERROR, type Handlers, OK, type Reply } from "./modem-reply.ts";
import { later, type Sim, strikes } from "./modem-state.ts";

const DNS_FAILED = 565;
/** Nobody answers at these two, which are for documents only (RFC 5737). */
const WRONG = "198.51.100.66";
const FURTHER = "198.51.100.67";

function addressesOf(sim: Sim, host: string): readonly string[] {
  if (/^[\d.]+$/.test(host)) return [host];
  if (strikes(sim, "nameWrong")) return [WRONG];
  const found = sim.options.names?.(host) ?? ["127.0.0.1"];
  return strikes(sim, "nameTwo") ? [...found, FURTHER] : found;
}

function linesOf(sim: Sim, host: string): string[] {
  if (strikes(sim, "nameSilent")) return [];
  const found = strikes(sim, "nameFails") ? [] : addressesOf(sim, host);
  if (found.length === 0) return [`+QIURC: "dnsgip",${DNS_FAILED}`];
  return [
    `+QIURC: "dnsgip",0,${found.length},600`,
    ...found.map((address) => `+QIURC: "dnsgip","${address}"`),
  ];
}

function answerName(sim: Sim, call: Call): Reply {
  if (call.form !== "set" || !sim.contextUp || call.args.length < 2) return ERROR;
  return {
    after() {
      later(sim, sim.timing.openMs, () => {
        const lines = linesOf(sim, call.args[1]);
        if (strikes(sim, "nameInAnswer")) sim.midLines.push(...lines);
        else for (const line of lines) emitLine(sim, line);
      });
    },
  };
}

export const NAMES: Handlers = {
  "+QIDNSCFG": () => OK,
  "+QIDNSGIP": answerName,
};
