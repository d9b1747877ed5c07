// Begins a pager on the Linux interpreter: the image in one of two files, or the one that stands behind.
// The build puts the factory's image behind this text, as a function for `onekeyLoad`.

import { pageText, readPart, writePage } from "./file-pages.ts";
import { runImage } from "./loader.ts";

global.onekeyLoad = function (factory: () => void) {
  runImage({
    readPart: readPart,
    pageText: pageText,
    writePage: writePage,
    runFactory: factory,
    restart: function () {
      print("#restart");
      quit();
    },
  });
};
