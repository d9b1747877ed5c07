// The first word after provisioning, and after a change of SIM: what this pager is [wire §1.5].
// Holds nothing back: a pager that was never activated calls for help like any other.

import { fromText } from "../../protocol/bytes.ts";
import { crc16 } from "../../protocol/crc.ts";
import { LOG_CARD } from "../../protocol/log-events.ts";
import type { Input } from "./input.ts";
import { log, type Moment } from "./moment.ts";
import type { Cell } from "./settings.ts";
import { FIRMWARE_VERSION } from "./version.ts";

type Card = Extract<Input, { kind: "card" }>;

/** What tells one card from another; 0 only where none was read. */
export function cardMark(moment: Moment): number {
  const iccid = fromText(moment.machine, moment.pager.card.iccid);
  return iccid.length === 0 ? 0 : 1 + crc16(iccid, 0, iccid.length);
}

/** What was read before stays known where no card can be used now. Told once, not at each try. */
export function takeCard(moment: Moment, input: Card): void {
  const card = moment.pager.card;
  const fault = input.fault === undefined ? 0 : input.fault;
  if (fault !== card.fault) log(moment, LOG_CARD, 0, fault);
  card.fault = fault;
  if (fault > 0) return;
  card.iccid = input.iccid;
  card.imei = input.imei;
}

/** In the order of the message. */
export function activationOf(moment: Moment): Cell[] {
  const machine = moment.machine;
  const card = moment.pager.card;
  return [
    FIRMWARE_VERSION,
    card.board,
    card.chip,
    fromText(machine, card.iccid),
    fromText(machine, card.imei),
  ];
}
