// The script on the machine that Espruino lends; each line is printed behind a mark.

import { espruinoMachine } from "../../../firmware/espruino/machine.ts";
import { runScript } from "../script/script.ts";

runScript(espruinoMachine, function (line) {
  print("#" + line);
});
print("#end");
