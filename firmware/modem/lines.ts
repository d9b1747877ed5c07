// Lines that no command waits for: the modem speaks of itself, the network and the sockets.
// Never answers one; it notes what changed and enters the phase that mends it.

import { noteFetched } from "./assist.ts";
import { isReadForm } from "./at.ts";
import { takeAddress } from "./name.ts";
import { noteRegistration } from "./network.ts";
import { noteDown } from "./power.ts";
import { anyOpen, noteOpened, openAgain } from "./sockets.ts";
import {
  closeAll,
  enterPhase,
  forgetModem,
  isRegistered,
  type Modem,
  pastRegister,
  tellSearch,
} from "./state.ts";
import { fieldAt, fieldsOf, unquote, wholeOf } from "./text.ts";

function noteStarted(modem: Modem): void {
  forgetModem(modem);
  modem.awake = true;
  enterPhase(modem, "probe"); // the first AT after boot may be lost [bg96 trap 6]
}

function noteNetwork(modem: Modem, name: string, line: string): void {
  noteRegistration(modem, name, fieldsOf(line), isReadForm(line) ? 1 : 0);
  if (modem.phase === "register") tellSearch(modem);
  if (pastRegister(modem) && !isRegistered(modem)) enterPhase(modem, "register");
}

function noteSocket(modem: Modem, line: string): void {
  const fields = fieldsOf(line);
  const word = unquote(fieldAt(fields, 0));
  if (word === "dnsgip") takeAddress(modem, fieldAt(fields, 1));
  if (word === "pdpdeact") {
    closeAll(modem);
    if (modem.phase === "open" || modem.phase === "ready") enterPhase(modem, "context");
    return;
  }
  const id = wholeOf(fieldAt(fields, 1));
  if (id === undefined || id < 0 || id >= modem.sockets.length) return;
  if (word === "recv") modem.sockets[id].unread = true;
  if (word === "closed") {
    modem.sockets[id].open = false;
    openAgain(modem);
    if (modem.phase === "ready" && !anyOpen(modem)) enterPhase(modem, "open");
  }
}

function isSearching(modem: Modem): boolean {
  return modem.phase === "register" || pastRegister(modem);
}

export function noteLine(modem: Modem, line: string): void {
  const colon = line.indexOf(":");
  const name = colon < 0 ? line : line.slice(0, colon);
  switch (name) {
    case "RDY":
      noteStarted(modem);
      return;
    case "POWERED DOWN":
    case "NORMAL POWER DOWN":
      noteDown(modem, false);
      return;
    case "PSM POWER DOWN":
      noteDown(modem, true);
      return;
    case "+QPSMTIMER":
      // The connection is gone and sleep follows, unasked: refuse it and begin again.
      closeAll(modem);
      if (pastRegister(modem)) enterPhase(modem, "setup");
      return;
    case "+CEREG":
    case "+CGREG":
      noteNetwork(modem, name, line);
      return;
    case "+QIURC":
      noteSocket(modem, line);
      return;
    case "+CPIN":
      // The card was taken out, or has lost its contact; what is put in is read by a restart.
      if (line !== "+CPIN: NOT READY" || !isSearching(modem)) return;
      modem.lte = -1;
      modem.gsm = -1;
      closeAll(modem);
      enterPhase(modem, "sim");
      return;
    case "+CMTI":
      modem.sms.look = true;
      return;
    case "+QIOPEN": {
      const fields = fieldsOf(line);
      const id = wholeOf(fieldAt(fields, 0));
      const error = wholeOf(fieldAt(fields, 1));
      if (id !== undefined && error !== undefined) noteOpened(modem, id, error);
      return;
    }
    default:
      noteFetched(modem, line);
      // A word in the wait for RDY: it is on, only the RDY itself was damaged.
      if (modem.phase === "wake") noteStarted(modem);
  }
}
