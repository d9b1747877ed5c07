// A cell out of the seven octets of a report, as databases of cells name it. Pure.
// A radio that only a newer version knows makes no cell: nothing is guessed.

import { getUint } from "../../protocol/bytes.ts";
import { CELL_RADIOS } from "../../protocol/codes.ts";
import type { Bytes } from "../../protocol/machine.ts";
import type { Cell } from "../events.ts";

/** Three digits of the network's code instead of two; above it stands the radio. */
const LONG_BIT = 2 ** 20;
const MNC_MAX = 999;

export function cellOf(octets: Bytes | undefined): Cell | undefined {
  if (octets === undefined) return undefined;
  const head = getUint(octets, 0, 3);
  const radio = CELL_RADIOS[Math.floor(head / (2 * LONG_BIT))] as Cell["radio"] | undefined;
  const network = head % LONG_BIT;
  const mcc = Math.floor(network / (MNC_MAX + 1));
  if (radio === undefined || mcc > MNC_MAX) return undefined;
  const digits = Math.floor(head / LONG_BIT) % 2 === 1 ? 3 : 2;
  const code = {
    radio,
    mcc: String(mcc).padStart(3, "0"),
    mnc: String(network % (MNC_MAX + 1)).padStart(digits, "0"),
  };
  const high = getUint(octets, 3, 2);
  const low = getUint(octets, 5, 2);
  if (radio === "gsm") return { ...code, area: high, id: low };
  return { ...code, id: high * 65_536 + low };
}
