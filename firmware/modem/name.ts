// The platform's name, looked up beside all else: at most once a day, and what it led to told to the core.
// Never asks in an alarm, and nothing ever waits for what comes of it [wire §4.6].

import { spanMs } from "../../protocol/span.ts";
import * as limits from "./limits.ts";
import { ask, type Modem } from "./state.ts";
import { unquote } from "./text.ts";

/**
 * Whether it was asked: a day behind the last time, or behind the last datagram where a context is new. The
 * port stays there for as long as the answer may take.
 */
export function askName(modem: Modem): boolean {
  const name = modem.name;
  const sinceMs = spanMs(modem.nowMs, name.anew ? name.heardMs : name.askedMs);
  // A longer span than the counter can say is long too.
  const known = name.stage > 0 && sinceMs >= 0 && sinceMs < limits.nameMs;
  if (known || name.text === "") return false;
  if (modem.urgent || modem.gnssOn || modem.resting) return false;
  name.stage = 1;
  name.anew = false;
  name.askedMs = modem.nowMs;
  modem.sentMs = modem.nowMs;
  const text = 'AT+QIDNSGIP=1,"' + name.text.slice(0, name.text.indexOf(":")) + '"';
  ask(modem, { tag: "name", text: text, prefix: "", limitMs: limits.answerMs });
  return true;
}

/** `+QIURC: "dnsgip",<error>[,<count>,<ttl>]`, then an address a line, of which the first counts. */
export function takeAddress(modem: Modem, field: string): void {
  const name = modem.name;
  if (name.stage !== 1 || field.charAt(0) !== '"') return;
  name.stage = 2;
  const address = unquote(field) + name.text.slice(name.text.indexOf(":"));
  modem.outputs.push({
    kind: "input",
    input: { kind: "way", atMs: modem.nowMs, address: address },
  });
}
