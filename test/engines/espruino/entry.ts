// The script on the machine that Espruino lends; each line is printed behind a mark.

import { espruinoMachine } from "../../../firmware/espruino/machine.ts";
import { runScript } from "../script/script.ts";

/** The interpreter's own. */
declare function print(text: string): void;

runScript(espruinoMachine, function (line) {
  print("#" + line);
});
print("#end");
