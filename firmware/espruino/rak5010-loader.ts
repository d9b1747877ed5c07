// The RAK5010's boot file: it runs the image in one of two slots of raw flash, or the one in Storage.
// Storage is written at the bench and never again, so that nothing in it is ever moved about.

import { hasSlots, pageText, readPart, writePage } from "./flash-pages.ts";
import { evaluate, runImage } from "./loader.ts";

const FACTORY = "onekey";

function runFactory(): void {
  evaluate(require("Storage").read(FACTORY) as string);
}

if (hasSlots()) {
  runImage({
    readPart: readPart,
    pageText: pageText,
    writePage: writePage,
    runFactory: runFactory,
    restart: function () {
      E.reboot();
    },
  });
} else {
  runFactory();
}
