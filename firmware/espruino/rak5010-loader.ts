// The RAK5010's boot file: it runs the image in one of two slots of raw flash, or the one in Storage.
// Storage is written at the bench and never again, so that nothing in it is ever moved about.

import { HEAD_AT, MARK_OCTETS, pageOfSlot, SLOT_PAGES, TRIED_AT } from "../core/image-slots.ts";
import { PAGE_OCTETS } from "../core/limits.ts";
import { hasSlots, pageText, readPart, writePage } from "./flash-pages.ts";
import { evaluate, runImage } from "./loader.ts";

const FACTORY = "onekey";

function headPage(slot: number): number {
  return pageOfSlot(slot) + SLOT_PAGES - 1;
}

function runFactory(): void {
  evaluate(require("Storage").read(FACTORY) as string);
}

if (hasSlots()) {
  runImage({
    head: function (slot) {
      return readPart(headPage(slot), HEAD_AT, PAGE_OCTETS - HEAD_AT);
    },
    text: function (slot, octets) {
      return pageText(pageOfSlot(slot), octets);
    },
    begin: function (slot) {
      return writePage(headPage(slot), HEAD_AT + TRIED_AT, new Uint8Array(MARK_OCTETS));
    },
    runFactory: runFactory,
    restart: function () {
      E.reboot();
    },
  });
} else {
  runFactory();
}
