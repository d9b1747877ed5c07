// An nRF52840 development kit with a BG96 on its header: written by the steps of firmware/README.md alone.
// Never shipped: it proves the steps. Its four lights and keys are the kit's own; it has no receiver.

import type { Loop } from "../../../firmware/board/loop.ts";
import { createConsole } from "../../../firmware/espruino/console.ts";
import { erasePage, readPage, writePage } from "../../../firmware/espruino/flash-pages.ts";
import { consoleLine, keyEdge, startPager } from "../../../firmware/espruino/pager.ts";
import type { CueColor } from "../../../firmware/espruino/player.ts";

/** Pins that no other board names. */
declare const D11: Pin, D13: Pin, D15: Pin, D27: Pin, D31: Pin;

const KEY = D11;
const RED = D13;
const GREEN = D14;
/** The third light stands for a motor, the fourth for a sounder. */
const MOTOR = D15;
const SOUNDER = D16;
const MODEM_POWER_KEY = D27;
const MODEM_DTR = D26;
const BATTERY = D31;
const LIGHT_MOTOR_AND_SOUND = 262;
const BATTERY_DIVIDER = 3;
/** None of BOARDS yet: a platform that does not know it shows the number. */
const CODE = 23;

/** The lights of the kit hang on the supply: low is on. */
function setLight(pin: Pin, on: boolean): void {
  digitalWrite(pin, on ? 0 : 1);
}

let loop: Loop;

pinMode(KEY, "input_pullup");
pinMode(RED, "output");
pinMode(GREEN, "output");
pinMode(MOTOR, "output");
pinMode(SOUNDER, "output");
setLight(RED, false);
setLight(GREEN, false);
digitalWrite(MODEM_POWER_KEY, 0);
digitalWrite(MODEM_DTR, 0);
Serial1.setup(115200, { tx: D6, rx: D8, cts: D7 });

const lines = createConsole((line) => {
  consoleLine(loop, line);
});
loop = startPager({
  readPage: readPage,
  writePage: writePage,
  erasePage: erasePage,
  keyDown: () => digitalRead(KEY) === 0,
  outputs: {
    light: (color: CueColor) => {
      setLight(RED, color === "red" || color === "amber");
      setLight(GREEN, color === "green" || color === "amber");
    },
    vibration: (on) => {
      setLight(MOTOR, on);
    },
    sound: (on) => {
      setLight(SOUNDER, on);
    },
  },
  batteryMv: () => Math.floor(analogRead(BATTERY) * E.getAnalogVRef() * 1000 * BATTERY_DIVIDER),
  // The kit has no charger.
  charging: () => false,
  pulsePowerKey: (ms) => {
    digitalWrite(MODEM_POWER_KEY, 1);
    setTimeout(() => {
      digitalWrite(MODEM_POWER_KEY, 0);
    }, ms);
  },
  // Its port stays: a kit on the bench needs no rest.
  modemRest: (on) => {
    digitalWrite(MODEM_DTR, on ? 1 : 0);
  },
  restart: () => {
    E.reboot();
  },
  code: CODE,
  parts: LIGHT_MOTOR_AND_SOUND,
  console: lines.set,
  print: lines.print,
  log: () => {},
});

setWatch(
  (edge) => {
    keyEdge(loop, !edge.state, edge.time);
  },
  KEY,
  { repeat: true, edge: "both", debounce: 10 },
);
