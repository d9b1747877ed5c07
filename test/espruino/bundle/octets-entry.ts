// Says its lines on Espruino, with what the build puts in the place of `protocol/bytes.ts`.
// Never ends by itself.

import { espruinoMachine } from "../../../firmware/espruino/machine.ts";
import { sayOctets } from "./octets-lines.ts";

sayOctets(espruinoMachine, (line) => {
  print("#" + line);
});
print("#end");
setInterval(() => {}, 1000);
