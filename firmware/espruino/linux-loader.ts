// Begins a pager on the Linux interpreter: the image in one of two files, or the one that stands behind.
// The build puts the factory's image behind this text, as a function for `onekeyLoad`.

import { HEAD_AT, MARK_OCTETS, pageOfSlot, SLOT_PAGES, TRIED_AT } from "../core/image-slots.ts";
import { PAGE_OCTETS } from "../core/limits.ts";
import { pageText, readPart, writePage } from "./file-pages.ts";
import { runImage } from "./loader.ts";

function headPage(slot: number): number {
  return pageOfSlot(slot) + SLOT_PAGES - 1;
}

global.onekeyLoad = function (factory: () => void) {
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
    runFactory: factory,
    restart: function () {
      print("#restart");
      quit();
    },
  });
};
