// The vectors on the machine that Espruino lends; each line is printed behind a mark.

import { espruinoMachine } from "../../../firmware/espruino/machine.ts";
import { sayVectors } from "../script/vectors.ts";

/** The interpreter's own. */
declare function print(text: string): void;

/** Put in by the build. */
declare const VECTOR_LINES: string;

sayVectors(espruinoMachine, VECTOR_LINES, function (line) {
  print("#" + line);
});
print("#end");
