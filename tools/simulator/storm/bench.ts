// What the bench writes into a pager of the storm: identity, journal, whom its texts go to.
// Nothing fails here; half of the pagers have lived before the world begins.

import { GONE } from "../../../firmware/core/journal.ts";
import { PAGE_OCTETS, PAGES_JOURNAL, ROOM_OCTETS_MIN } from "../../../firmware/core/limits.ts";
import { frameNumbers, frameRecord } from "../../../firmware/core/pages.ts";
import { SETTING, SETTINGS } from "../../../firmware/core/setting-facts.ts";
import { fromText } from "../../../protocol/bytes.ts";
import { finish, newWriter } from "../../../protocol/cbor.ts";
import { writeCells } from "../../../protocol/list-codec.ts";
import type { Bytes } from "../../../protocol/machine.ts";
import { CONTACT_KEY_MIN, PLATFORM_NUMBER_KEY } from "../../../protocol/settings.ts";
import { nodeMachine } from "../../../sdk/machine.ts";
import { settingOctets } from "../../../sdk/setting-values.ts";
import { type ProvisioningOrder, provisioningPages } from "../../serial/provision.ts";
import type { Chance } from "../chance.ts";
import type { CareCell } from "./care.ts";
import type { Flash } from "./flash.ts";
import { CONTACTS_AT, PLATFORM_NUMBER } from "./text-path.ts";

/** The settings of the bench; the desk's come behind it. */
export const BENCH_VERSION = 1;
const CELLS_OCTETS_MAX = 80;
const CONTACTS_MAX = 3;

function settingRecord(key: number, cell: number | Bytes): Bytes {
  const writer = newWriter(nodeMachine, CELLS_OCTETS_MAX);
  writeCells(writer, [key, cell]);
  return frameRecord(nodeMachine, SETTING, finish(nodeMachine, writer));
}

/** Most can text the platform. */
const hasPlatform = (chance: Chance) => chance.happens(0.8);

const phone = (key: number, text: string) => settingRecord(key, fromText(nodeMachine, text));

function careRecord([key, cell]: CareCell): Bytes {
  if (typeof cell === "number") return settingRecord(key, cell);
  return settingRecord(key, settingOctets(key, cell) ?? new Uint8Array(0));
}

/** Most of their wearers have agreed to some contacts. */
function settingRecords(chance: Chance, care: readonly CareCell[]): Bytes[] {
  const records: Bytes[] = [];
  if (hasPlatform(chance)) records.push(phone(PLATFORM_NUMBER_KEY, PLATFORM_NUMBER));
  const contacts = chance.between(0, CONTACTS_MAX);
  for (let i = 0; i < contacts; i++) records.push(phone(CONTACT_KEY_MIN + i, `${CONTACTS_AT}${i}`));
  records.push(...care.map(careRecord));
  const { length } = records;
  if (length === 0) return [];
  return [...records, frameNumbers(nodeMachine, SETTINGS, [BENCH_VERSION, length, 0, 0, 0])];
}

/**
 * Half of the journals are nearly full, and their next page turn is near. True where it can text the
 * platform.
 */
export function writeAtBench(
  flash: Flash,
  order: ProvisioningOrder,
  chance: Chance,
  care: readonly CareCell[],
): boolean {
  let texts = false;
  for (const { page, bytes } of provisioningPages(order)) {
    flash.provision(page, 0, bytes);
    if (page !== PAGES_JOURNAL) continue;
    let at = bytes.length;
    const add = (record: Bytes) => {
      flash.provision(page, at, record);
      at += record.length;
    };
    const settings = settingRecords(chance.fork("numbers"), care);
    texts = hasPlatform(chance.fork("numbers"));
    settings.forEach(add);
    if (chance.happens(0.5)) continue;
    const lived = frameNumbers(nodeMachine, GONE, [1]);
    const endAt = PAGE_OCTETS - chance.between(ROOM_OCTETS_MIN / 2, ROOM_OCTETS_MIN * 2);
    while (at < endAt) add(lived);
  }
  return texts;
}
