// Network of the simulated modem: registration, signal, packet context, and their losses.
// Opens no socket; it closes them all when the context goes.

import { emitLine } from "./modem-line.ts";
import { type Call, cmeError, ERROR, type Handlers, OK, type Reply } from "./modem-reply.ts";
import { closeSockets } from "./modem-sockets.ts";
import { awaitFault, later, type Sim, say, strikes, type Technology } from "./modem-state.ts";

/** As the modem numbers them behind a cell. */
const ACCESS: Readonly<Record<Technology, number>> = { gsm: 0, m1: 8, nb: 9 };
const HOME_NUMBER = "46000";
const OTHER_NUMBER = "46001";
const OTHER_MS = 360000;
const FLIP_MS = 5000;
const DROP_MS = 20000;
/** Home, searching, denied, roaming, connection lost, as the modem numbers them. */
const HOME = 1;
const SEARCHING = 2;
const DENIED = 3;
const ROAMING = 5;
const LOST = 80;

export function isRegistered(sim: Sim): boolean {
  return sim.registration === HOME || sim.registration === ROAMING;
}

function setRegistration(sim: Sim, state: number): void {
  if (sim.registration === state) return;
  sim.registration = state;
  say(sim, "radio", `registration ${state}`);
  const name = nameOf(sim);
  const mode = sim.volatile.get(name) ?? "0";
  if (mode === "0") return;
  emitLine(sim, `${name}: ${state}${mode !== "1" && isRegistered(sim) ? `,${cellOf(sim)}` : ""}`);
}

/** Where the state of its technology is told. */
function nameOf(sim: Sim): string {
  return sim.technology === "gsm" ? "+CGREG" : "+CEREG";
}

/** Of GSM a cell's number has 16 bits. */
function cellOf(sim: Sim): string {
  const cell = sim.technology === "gsm" ? sim.cell % 65536 : sim.cell;
  const access = ACCESS[sim.technology === "" ? "m1" : sim.technology];
  return `"5650","${cell.toString(16).toUpperCase()}",${access}`;
}

/** It was carried into another cell, which is told where it was asked to tell. */
export function setCell(sim: Sim, cell: number): void {
  if (sim.cell === cell) return;
  sim.cell = cell;
  const name = nameOf(sim);
  if (!isRegistered(sim) || sim.volatile.get(name) !== "2") return;
  emitLine(sim, `${name}: ${sim.registration},${cellOf(sim)}`);
}

/** The first that is on the air of those that its settings allow. */
function technologyOf(sim: Sim): Technology | "" {
  const mode = sim.stored.get("+QCFG nwscanmode") ?? "0";
  const narrow = sim.stored.get("+QCFG iotopmode") ?? "2";
  const allowed: Technology[] = [];
  if (mode !== "1" && narrow !== "1") allowed.push("m1");
  if (mode !== "1" && narrow !== "0") allowed.push("nb");
  if (mode !== "3") allowed.push("gsm");
  return allowed.find((one) => sim.air === undefined || sim.air === one) ?? "";
}

/** Its settings or the air have changed: it goes on where it was, or looks for another network. */
export function searchAnew(sim: Sim): void {
  if (technologyOf(sim) === sim.technology) return;
  loseNetwork(sim, LOST);
  startSearch(sim);
}

function loseNetwork(sim: Sim, state: number): void {
  sim.search++;
  dropContext(sim);
  setRegistration(sim, state);
}

/** The network dropped the context: every socket is dead. */
function dropContext(sim: Sim): void {
  if (!sim.contextUp) return;
  sim.contextUp = false;
  closeSockets(sim);
  emitLine(sim, '+QIURC: "pdpdeact",1');
}

/** Where nothing covers it, what is sent is lost at once; that it noticed takes a while. */
const NOTICE_MS = 20000;
const REGAIN_MS = 2000;

/** It was carried into coverage, or out of it. */
export function setCoverage(sim: Sim, covered: boolean): void {
  if (sim.covered === covered) return;
  sim.covered = covered;
  say(sim, "radio", covered ? "covered" : "not covered");
  later(sim, covered ? REGAIN_MS : NOTICE_MS, () => {
    if (sim.power !== "on") return;
    if (sim.covered !== covered || (sim.volatile.get("+CFUN") ?? "1") !== "1") return;
    if (covered && !isRegistered(sim)) startSearch(sim);
    if (!covered) setRegistration(sim, SEARCHING);
  });
}

/** For a while the world is another; a restart of the modem changes nothing of it. */
function forAWhile(sim: Sim, over: () => void): void {
  const cancel = sim.options.clock.after(OTHER_MS, () => {
    sim.timers.delete(cancel);
    over();
  });
  sim.timers.add(cancel);
}

/** From each start on: the air, or what the operators say, may become another. */
export function awaitOtherNetwork(sim: Sim): void {
  awaitFault(sim, "cardLost", () => loseCard(sim));
  awaitFault(sim, "airOther", () => {
    sim.air = "nb";
    searchAnew(sim);
    forAWhile(sim, () => {
      sim.air = sim.options.air;
      if (!isRegistered(sim)) searchAnew(sim);
    });
  });
  awaitFault(sim, "homeRefuses", () => {
    sim.refused = true;
    loseNetwork(sim, LOST);
    startSearch(sim);
    forAWhile(sim, () => {
      sim.refused = sim.options.refused === true;
      if (sim.power === "on" && !isRegistered(sim)) startSearch(sim);
    });
  });
}

function operatorOf(sim: Sim): string {
  const byHand = sim.stored.get("+COPS") === "1";
  return byHand ? (sim.stored.get("+COPS number") ?? HOME_NUMBER) : HOME_NUMBER;
}

function register(sim: Sim): void {
  if (!sim.covered || sim.technology === "") {
    setRegistration(sim, SEARCHING);
    return;
  }
  if (sim.refused && operatorOf(sim) !== OTHER_NUMBER) {
    setRegistration(sim, DENIED);
    return;
  }
  setRegistration(sim, strikes(sim, "roaming") ? ROAMING : HOME);
  sim.everRegistered = true;
  awaitFault(sim, "contextLost", () => dropContext(sim));
  awaitFault(sim, "registrationLost", () => {
    setRegistration(sim, LOST);
    later(sim, DROP_MS, () => startSearch(sim));
  });
}

/** Later, unless it searches anew meanwhile. */
function laterInSearch(sim: Sim, ms: number, run: () => void): void {
  const search = sim.search;
  later(sim, ms, () => (sim.search === search ? run() : undefined));
}

/** Out of its holder: only a restart looks for one again. */
export function loseCard(sim: Sim): void {
  sim.card = false;
  if (sim.power !== "on") return;
  emitLine(sim, "+CPIN: NOT READY");
  loseNetwork(sim, 0);
}

/** 2, 3, 2 ... until the time is over. */
function flip(sim: Sim, leftMs: number): void {
  setRegistration(sim, sim.registration === SEARCHING ? DENIED : SEARCHING);
  if (leftMs <= FLIP_MS) laterInSearch(sim, leftMs, () => register(sim));
  else laterInSearch(sim, FLIP_MS, () => flip(sim, leftMs - FLIP_MS));
}

export function startSearch(sim: Sim): void {
  if (!sim.card || sim.options.sim === "pin") return;
  sim.search++;
  sim.technology = technologyOf(sim);
  setRegistration(sim, SEARCHING);
  if (sim.options.barred === true) {
    laterInSearch(sim, sim.timing.registerMs, () => setRegistration(sim, DENIED));
  } else if (strikes(sim, "searchLong")) {
    flip(sim, sim.options.chance.between(30, 180) * 1000);
  } else {
    laterInSearch(sim, sim.timing.registerMs, () => register(sim));
  }
}

/** On, registered and with a context from an earlier life of the processor. */
export function restoreNetwork(sim: Sim, contextUp: boolean): void {
  if (contextUp) {
    register(sim);
    sim.contextUp = true;
  } else startSearch(sim);
}

function answerRegistration(sim: Sim, call: Call): Reply {
  if (call.form === "set") {
    sim.volatile.set(call.name, call.args[0]);
    return OK;
  }
  const mode = sim.volatile.get(call.name) ?? "0";
  const own = call.name === nameOf(sim);
  const state = own || sim.options.barred === true ? sim.registration : 0;
  const cell = own && isRegistered(sim) && mode !== "0" && mode !== "1" ? `,${cellOf(sim)}` : "";
  return { lines: [`${call.name}: ${mode},${state}${cell}`] };
}

/** Takes its time, and says nothing where nothing is on the air. */
function listOperators(sim: Sim): Reply {
  const found =
    sim.covered && technologyOf(sim) !== ""
      ? `(3,"Never","Never","46099",8),(2,"Test, mobile","Test","${HOME_NUMBER}",8),` +
        `(1,"Other","Other","${OTHER_NUMBER}",8),(1,"Other","Other","${OTHER_NUMBER}",0)`
      : "";
  const delayMs = sim.options.chance.between(30, 120) * 1000;
  return { lines: [`+COPS: ${found},,(0,1,2,3,4),(0,1,2)`], delayMs };
}

function answerOperator(sim: Sim, call: Call): Reply {
  const mode = sim.stored.get("+COPS") ?? "0";
  if (call.form === "read") {
    return { lines: [isRegistered(sim) ? `+COPS: ${mode},0,"Test, mobile",8` : `+COPS: ${mode}`] };
  }
  if (call.form === "test") return listOperators(sim);
  const before = operatorOf(sim);
  sim.stored.set("+COPS", call.args[0]);
  if (call.args[0] === "1") sim.stored.set("+COPS number", call.args[2] ?? "");
  if (operatorOf(sim) !== before) loseNetwork(sim, 0);
  if (call.args[0] === "2") {
    dropContext(sim);
    setRegistration(sim, 0);
    return { delayMs: 1000 };
  }
  return { delayMs: 1000, after: () => (isRegistered(sim) ? undefined : startSearch(sim)) };
}

const lteQuality = (system: string) => (rsrp: number) => `+QCSQ: "${system}",-66,${rsrp},138,-11`;
const QUALITY: Readonly<Record<Technology | "", (rsrp: number) => string>> = {
  gsm: (rssi) => `+QCSQ: "GSM",${rssi}`,
  nb: lteQuality("CAT-NB1"),
  m1: lteQuality("CAT-M1"),
  "": lteQuality("CAT-M1"),
};

const answerSignal = (sim: Sim): Reply => {
  const rsrp = -95 - sim.options.chance.below(6);
  return {
    lines: [isRegistered(sim) ? QUALITY[sim.technology](rsrp) : '+QCSQ: "NOSERVICE"'],
  };
};

/** System, and band with its channel. */
const BANDS: Readonly<Record<Technology | "", readonly string[]>> = {
  gsm: ["EDGE", '"GSM 900",62'],
  nb: ["CAT-NB1", '"LTE BAND 8",3736'],
  m1: ["CAT-M1", '"LTE BAND 3",1300'],
  "": ["CAT-M1", '"LTE BAND 3",1300'],
};

function answerNetwork(sim: Sim): Reply {
  if (!isRegistered(sim)) return cmeError(sim, 3);
  const [system, band] = BANDS[sim.technology];
  return { lines: [`+QNWINFO: "${system}","${operatorOf(sim)}",${band}`] };
}

function answerContext(sim: Sim, call: Call): Reply {
  if (call.form === "read") return sim.contextUp ? { lines: ['+QIACT: 1,1,1,"10.43.0.7"'] } : OK;
  if (sim.contextUp || !isRegistered(sim)) return { ...ERROR, delayMs: sim.timing.activateMs };
  if (strikes(sim, "activateFails")) {
    return { ...ERROR, delayMs: sim.options.chance.between(1, 149) * 1000 };
  }
  return {
    delayMs: sim.timing.activateMs,
    after() {
      sim.contextUp = true;
    },
  };
}

function answerLeave(sim: Sim): Reply {
  sim.contextUp = false;
  closeSockets(sim);
  return { delayMs: sim.timing.activateMs };
}

/** `AT+QICSGP=1,1,"apn","user","password",1` sets, `AT+QICSGP=1` reads. */
function answerProfile(sim: Sim, call: Call): Reply {
  const [context, kind, apn = "", user = "", password = "", method = "0"] = call.args;
  if (call.form !== "set") return ERROR;
  const key = `${call.name} ${context}`;
  if (kind === undefined) {
    return { lines: [`${call.name}: ${sim.stored.get(key) ?? '1,"","","",0'}`] };
  }
  sim.stored.set(key, `${kind},"${apn}","${user}","${password}",${method}`);
  return OK;
}

function answerDefinition(sim: Sim, call: Call): Reply {
  if (call.form === "read") return { lines: [`+CGDCONT: 1,"IP","${sim.stored.get("apn") ?? ""}"`] };
  sim.stored.set("apn", call.args[2] ?? "");
  return OK;
}

function answerFunction(sim: Sim, call: Call): Reply {
  const before = sim.volatile.get("+CFUN") ?? "1";
  if (call.form === "read") return { lines: [`+CFUN: ${before}`] };
  const [level, again] = call.args;
  if (call.form !== "set" || !/^[014]$/.test(level)) return cmeError(sim, 50);
  if (again === "1") return { restart: true };
  sim.volatile.set("+CFUN", level);
  if (level === before) return OK;
  return {
    delayMs: 500,
    after() {
      if (level === "1") startSearch(sim);
      else {
        dropContext(sim);
        setRegistration(sim, 0);
      }
    },
  };
}

export const RADIO: Handlers = {
  "+CFUN": answerFunction,
  "+CEREG": answerRegistration,
  "+CGREG": answerRegistration,
  "+CREG": answerRegistration,
  "+COPS": answerOperator,
  "+CSQ": (sim) => ({ lines: [isRegistered(sim) ? "+CSQ: 23,0" : "+CSQ: 99,99"] }),
  "+QCSQ": answerSignal,
  "+QNWINFO": answerNetwork,
  "+QICSGP": answerProfile,
  "+CGDCONT": answerDefinition,
  "+QIACT": answerContext,
  "+QIDEACT": answerLeave,
  "+QNTP": (sim) => (sim.contextUp ? OK : ERROR),
};
