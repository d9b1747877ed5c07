// A pager's pages in the raw flash of the Espruino host, where the RAK5010's bundle looks for them.
// Asserts nothing.

import { PAGE_OCTETS } from "../../firmware/core/limits.ts";
import { FLASH_PAGES, type HostStorage } from "../../tools/simulator/espruino/storage.ts";

/** Identity and journal are the last ones of the free area. */
const OWN_PAGES = 4;

export function putRawPage(storage: HostStorage, page: number, bytes: ArrayLike<number>): void {
  storage.flash.set(bytes, (FLASH_PAGES - OWN_PAGES + page) * PAGE_OCTETS);
}
