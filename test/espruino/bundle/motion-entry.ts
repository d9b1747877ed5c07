// The driver of the accelerometer alone, as a bundle: switched at the console, what it tells is printed.
// Decides nothing: lis3dh.test.ts judges the lines.

import { createMotion } from "../../../firmware/espruino/lis3dh.ts";

global.motion = createMotion(D16, (what) => {
  print(["told", what].join(" "));
});
