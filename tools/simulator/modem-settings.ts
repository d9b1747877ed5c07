// Commands of the simulated modem about itself: identity, settings, clock, supply, power.
// A stored setting outlives a restart, every other is gone after it.

import { sleep, stop } from "./modem-power.ts";
import { searchAnew } from "./modem-radio.ts";
import { type Call, cmeError, ERROR, type Handler, type Handlers, OK } from "./modem-reply.ts";
import { later, nowMs, type Sim, strikes } from "./modem-state.ts";

/** Value at first and whether it is stored; read and set in the same form. */
const PLAIN: Readonly<Record<string, { first: string; stored: boolean }>> = {
  "+CMEE": { first: "0", stored: false },
  "+IPR": { first: "115200", stored: true },
  "+CTZU": { first: "0", stored: true },
  "+QSCLK": { first: "0", stored: false },
};

/** Commands whose first argument names the setting. */
const NAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "+QCFG": {
    nwscanmode: "0",
    nwscanseq: "020301",
    iotopmode: "2",
    servicedomain: "2",
    band: "0xf,0x400a0e189f,0xa0e189f",
    "psm/urc": "0",
    "psm/enter": "0",
  },
  "+QURCCFG": { urcport: '"usbat"' },
};

const plainHandler: Handler = (sim, call) => {
  const setting = PLAIN[call.name];
  const place = setting.stored ? sim.stored : sim.volatile;
  if (call.form === "read") {
    return { lines: [`${call.name}: ${place.get(call.name) ?? setting.first}`] };
  }
  if (call.form !== "set") return ERROR;
  place.set(call.name, call.args.join(","));
  return OK;
};

const namedHandler: Handler = (sim, call) => {
  const [name, ...values] = call.args;
  const first = NAMED[call.name]?.[name ?? ""];
  if (call.form !== "set" || first === undefined) return ERROR;
  const key = `${call.name} ${name}`;
  if (values.length === 0) {
    return { lines: [`${call.name}: "${name}",${sim.stored.get(key) ?? first}`] };
  }
  if (strikes(sim, "settingRefused")) return ERROR;
  if (name === "psm/enter" && values[0] === "1") {
    const saves = sim.stored.get("+CPSMS")?.startsWith("1") === true;
    if (!saves) return ERROR;
    return sim.options.grants === false ? OK : { after: () => sleep(sim) };
  }
  // The last value of the scan settings says "at once" and is not kept.
  const kept = call.name === "+QCFG" && values.length > 1 ? values.slice(0, -1) : values;
  sim.stored.set(key, call.name === "+QURCCFG" ? `"${kept[0]}"` : kept.join(","));
  // As the last value of these two asks for.
  const scans = name === "nwscanmode" || name === "iotopmode";
  return scans ? { after: () => searchAnew(sim) } : OK;
};

const TIMER = /^[01]{8}$/;

/** `AT+CPSMS=<mode>[,,,"<T3412>","<T3324>"]`; what is left out stays as it was. */
function answerSaving(sim: Sim, call: Call) {
  const before = sim.stored.get(call.name) ?? '0,,,"00101100","00001010"';
  if (call.form === "read") return { lines: [`${call.name}: ${before}`] };
  const [mode, , , periodic = "", active = ""] = call.args;
  if (call.form !== "set" || !/^[012]$/.test(mode)) return cmeError(sim, 50);
  if (call.args.length === 1) sim.stored.set(call.name, `${mode}${before.slice(1)}`);
  else if (!TIMER.test(periodic) || !TIMER.test(active)) return cmeError(sim, 50);
  else sim.stored.set(call.name, `${mode},,,"${periodic}","${active}"`);
  return OK;
}

/** `AT+CEDRXS=<mode>,<access>,"<span>"`, read back as `+CEDRXS: <access>,"<span>"` while it is on. */
function answerListening(sim: Sim, call: Call) {
  const span = sim.stored.get(call.name) ?? "";
  if (call.form === "read") return span === "" ? OK : { lines: [`${call.name}: ${span}`] };
  const [mode, access = "", value = ""] = call.args;
  if (call.form !== "set" || !/^[0123]$/.test(mode)) return cmeError(sim, 50);
  if (mode === "0" || mode === "3") sim.stored.delete(call.name);
  else if (!/^[45]$/.test(access) || !/^[01]{4}$/.test(value)) return cmeError(sim, 50);
  else sim.stored.set(call.name, `${access},"${value}"`);
  return OK;
}

const two = (value: number) => String(value).padStart(2, "0");

/** The same moment, or one so far from it, in UTC. */
export function gmtText(sim: Sim, fromNowMs = 0): string {
  const at = new Date((sim.options.networkTimeMs?.() ?? nowMs(sim)) + fromNowMs);
  const text = at.toISOString();
  return `${text.slice(0, 10).replaceAll("-", "/")},${text.slice(11, 19)}`;
}

/** Local time of a zone eight hours east, or the year 80 before the network said a time. */
function clockText(sim: Sim, longYear: boolean): string {
  const networkMs = sim.options.networkTimeMs?.() ?? nowMs(sim);
  const at = new Date(sim.everRegistered ? networkMs + 8 * 3600 * 1000 : Date.UTC(1980, 0, 6));
  const year = longYear ? String(at.getUTCFullYear()) : two(at.getUTCFullYear() % 100);
  const day = `${year}/${two(at.getUTCMonth() + 1)}/${two(at.getUTCDate())}`;
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
  return `${day},${time}${sim.everRegistered ? "+32" : "+00"}`;
}

function answerSim(sim: Sim) {
  if (!sim.card) return cmeError(sim, 10);
  if (sim.options.sim === "pin") return { lines: ["+CPIN: SIM PIN"] };
  if (sim.volatile.get("+CFUN") === "0") return cmeError(sim, 13);
  const ready = nowMs(sim) - sim.powerMs >= sim.timing.simMs;
  return ready ? { lines: ["+CPIN: READY"] } : cmeError(sim, 14);
}

function answerEcho(sim: Sim, call: Call) {
  sim.echo = call.args[0] === "1";
  return OK;
}

function powerOff(sim: Sim, call: Call) {
  return {
    after: () => later(sim, call.args[0] === "0" ? 0 : 300, () => stop(sim, "POWERED DOWN")),
  };
}

const line =
  (text: string): Handler =>
  () => ({ lines: [text] });

export const SETTINGS: Handlers = {
  "": () => OK,
  E: answerEcho,
  "&F": () => OK,
  "&W": () => OK,
  I: () => ({ lines: ["Quectel", "BG96", "Revision: BG96MAR02A07M1G"] }),
  "+CGMM": line("BG96"),
  "+CGMR": line("BG96MAR02A07M1G"),
  "+CGSN": line("866425030000012"),
  "+CIMI": line("460001234567890"),
  "+QCCID": (sim) => (sim.card ? { lines: [`+QCCID: ${sim.iccid}`] } : cmeError(sim, 10)),
  "+QSIMSTAT": (sim) => ({ lines: [`+QSIMSTAT: 1,${sim.card ? 1 : 0}`] }),
  "+CPIN": answerSim,
  "+CCLK": (sim) => ({ lines: [`+CCLK: "${clockText(sim, false)}"`] }),
  // 1 is UTC, with the zone behind it all the same.
  "+QLTS": (sim) => ({ lines: [`+QLTS: "${sim.everRegistered ? `${gmtText(sim)}+32,0` : ""}"`] }),
  "+CBC": line("+CBC: 0,80,3800"),
  "+QTEMP": line("+QTEMP: 27,26,25"),
  "+CPSMS": answerSaving,
  "+CEDRXS": answerListening,
  "+QPSMS": line('+QPSMS: 0,,,"0","0"'),
  "+CEDRXRDP": line("+CEDRXRDP: 0"),
  "+QPOWD": powerOff,
  ...Object.fromEntries(Object.keys(PLAIN).map((name) => [name, plainHandler])),
  ...Object.fromEntries(Object.keys(NAMED).map((name) => [name, namedHandler])),
};
