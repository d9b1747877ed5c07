// The last rows of the log for one message: the newest that fit, the oldest of them first.
// Never longer than a datagram: what is older than the ring is gone, and nothing is pushed in blocks.

import { newWriter, writeInt } from "../../protocol/cbor.ts";
import { LOG_OCTETS, LOG_ROWS } from "./limits.ts";
import type { Moment } from "./moment.ts";

/** The four numbers of the row that is `back` rows old. */
function rowAt(moment: Moment, back: number): number[] {
  const state = moment.pager;
  const at = (state.rowAt + 4 * (LOG_ROWS - back)) % (4 * LOG_ROWS);
  return state.rows.slice(at, at + 4);
}

/** At most `octets` of rows; 0 asks for all that fit. */
export function logRows(moment: Moment, octets: number): number[] {
  const most = octets > 0 && octets < LOG_OCTETS ? octets : LOG_OCTETS;
  const writer = newWriter(moment.machine, LOG_OCTETS);
  const count = moment.machine.divide(moment.pager.rows.length, 4);
  const list: number[] = [];
  let fit = 0;
  for (let back = 1; back <= count && writer.at <= most; back++) {
    const row = rowAt(moment, back);
    for (let i = 0; i < 4; i++) writeInt(writer, row[i]);
    if (writer.at <= most) fit = back;
  }
  for (let back = fit; back > 0; back--) {
    const row = rowAt(moment, back);
    for (let i = 0; i < 4; i++) list.push(row[i]);
  }
  return list;
}
