// Short messages of the simulated modem: a store of ten, text and PDU form, CMGS with its prompt.
// A full store says nothing and keeps nothing [bg96 trap 10]; the form is PDU again at every start.
// What leaves goes to the host, who is the network; the way may lose it or double it.

import { isFault } from "../../protocol/fault.ts";
import { encodeDeliver, toPduLine, toPhone } from "../../protocol/sms-pdu.ts";
import { OnekeyError } from "../../sdk/error.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { emitLine } from "./modem-line.ts";
import { type Call, ERROR, type Handlers, OK, type Reply } from "./modem-reply.ts";
import { later, nowMs, type Sim, say, strikes } from "./modem-state.ts";

const STORE = 10;

function isText(sim: Sim): boolean {
  return sim.volatile.get("+CMGF") === "1";
}

/** Year to second and zone, as the network stamps each; nothing rests on it. */
const STAMP = "26090112345600";

/** SMS-DELIVER of 8-bit data, as the line that the modem prints and its length without centre. */
function pduOf(from: string, text: string): { hex: string; octets: number } {
  const data = Buffer.from(text, "latin1");
  const tpdu = encodeDeliver(nodeMachine, { ...toPhone(from), data, stamp: STAMP });
  if (isFault(tpdu)) {
    throw new OnekeyError(
      "bad-option",
      `no network has such an SMS (${tpdu.fault} at ${tpdu.path}): name a phone number and at most 140 octets.`,
    );
  }
  return { hex: toPduLine(tpdu), octets: tpdu.length };
}

/** A message from the network; false when the store was full, or the way lost it, and it vanished. */
export function storeMessage(sim: Sim, from: string, text: string): boolean {
  if (strikes(sim, "smsLost")) return false;
  const doubled = strikes(sim, "smsDoubled");
  const stored = storeOnce(sim, from, text);
  return doubled ? storeOnce(sim, from, text) || stored : stored;
}

function storeOnce(sim: Sim, from: string, text: string): boolean {
  const at = sim.messages.indexOf(undefined);
  if (at < 0 || strikes(sim, "smsStoreFull")) return false;
  const time = new Date(nowMs(sim)).toISOString().slice(2, 19).replaceAll("-", "/");
  sim.messages[at] = { from, text, time: `${time.replace("T", ",")}+00`, read: false };
  emitLine(sim, `+CMTI: "ME",${at}`);
  return true;
}

function answerStore(sim: Sim, call: Call): Reply {
  const used = sim.messages.filter((message) => message !== undefined).length;
  const counts = `${used},${STORE}`;
  if (call.form === "read")
    return { lines: [`+CPMS: "ME",${counts},"ME",${counts},"ME",${counts}`] };
  return { lines: [`+CPMS: ${counts},${counts},${counts}`] };
}

function messageLines(sim: Sim, name: string, at: number, head: string): string[] {
  const message = sim.messages[at];
  if (message === undefined) return [];
  const state = message.read ? 1 : 0;
  message.read = true;
  if (!isText(sim)) {
    const pdu = pduOf(message.from, message.text);
    return [`${name}: ${head}${state},,${pdu.octets}`, pdu.hex];
  }
  const word = state === 1 ? "REC READ" : "REC UNREAD";
  return [`${name}: ${head}"${word}","${message.from}",,"${message.time}"`, message.text];
}

function answerList(sim: Sim): Reply {
  return { lines: sim.messages.flatMap((_, at) => messageLines(sim, "+CMGL", at, `${at},`)) };
}

function answerDelete(sim: Sim, call: Call): Reply {
  const [at, flag] = call.args;
  if (flag === "4") sim.messages.fill(undefined);
  else if (sim.messages[Number(at)] !== undefined) sim.messages[Number(at)] = undefined;
  return OK;
}

/** Out to the network, which may lose it or carry it twice. */
function carry(sim: Sim, to: string, text: string): void {
  if (strikes(sim, "smsLost")) return;
  const copies = strikes(sim, "smsDoubled") ? 2 : 1;
  for (let copy = 0; copy < copies; copy++) sim.options.onText?.(to, text);
}

function answerSendMessage(sim: Sim, call: Call): Reply {
  if (call.form !== "set" || (call.args[0] ?? "") === "") return ERROR;
  if (sim.registration !== 1 && sim.registration !== 5) return { final: "+CMS ERROR: 331" };
  return {
    prompt: {
      left: -1,
      done(text) {
        if (text.endsWith("\x1b")) return OK;
        say(sim, "sms", `${text.length} characters to ${call.args[0]}`);
        const delayMs = strikes(sim, "smsSlow") ? sim.options.chance.between(30, 120) * 1000 : 2000;
        later(sim, delayMs, () => carry(sim, call.args[0], text));
        return { lines: ["+CMGS: 1"], delayMs };
      },
    },
  };
}

export const SMS: Handlers = {
  "+CMGF": (sim, call) => {
    if (call.form === "read") return { lines: [`+CMGF: ${isText(sim) ? 1 : 0}`] };
    sim.volatile.set("+CMGF", call.args[0]);
    return OK;
  },
  "+CSCS": () => OK,
  "+CNMI": () => OK,
  "+CPMS": answerStore,
  "+CMGR": (sim, call) => ({ lines: messageLines(sim, "+CMGR", Number(call.args[0]), "") }),
  "+CMGL": answerList,
  "+CMGD": answerDelete,
  "+CMGS": answerSendMessage,
};

export function newMessages(): undefined[] {
  return Array.from({ length: STORE });
}
