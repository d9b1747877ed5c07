// The RAK5010: pins, battery and start. The only file that knows what is soldered where.
// Wiring beside the board: IO1 key to ground, IO2 motor, IO3 red, IO4 green, VREF to 3V [pager §3].

import type { Loop } from "../board/loop.ts";
import { abilities } from "../core/abilities.ts";
import { createConsole } from "./console.ts";
import { erasePage, pageText, readPage, writePage } from "./flash-pages.ts";
import { toldImage } from "./image-facts.ts";
import { createMotion } from "./lis3dh.ts";
import { consoleLine, feelMotion, keyEdge, startPager } from "./pager.ts";
import type { CueColor } from "./player.ts";

const KEY = D19;
const MOTOR = D20;
const RED = D34;
const GREEN = D33;
const MOTION_INTERRUPT = D16;
const MODEM_POWER_KEY = D2;
const MODEM_RESET = D28;
const MODEM_DTR = D26;
const MODEM_RX = D8;
const GNSS_ANTENNA = D39;
const BATTERY = D4;
const CHARGING = D40;
/** Parts that a self-test can drive. */
const LIGHT_AND_MOTOR = 6;
/** The battery stands behind a divider on the board; from its documentation, not measured here. */
const BATTERY_DIVIDER = 5 / 3;

function light(color: CueColor): void {
  digitalWrite(RED, color === "red" || color === "amber" ? 1 : 0);
  digitalWrite(GREEN, color === "green" || color === "amber" ? 1 : 0);
}

/** Behind a transistor each: high pulls the modem's pin low. Of the reset pin this was not measured. */
function pulse(pin: Pin, ms: number): void {
  digitalWrite(pin, 1);
  setTimeout(function () {
    digitalWrite(pin, 0);
  }, ms);
}

let loop: Loop;
let watch = 0;

/** While the port is there the processor can't sleep; an edge on its line says that the modem speaks. */
function modemRest(on: boolean): void {
  digitalWrite(MODEM_DTR, on ? 1 : 0);
  digitalWrite(GNSS_ANTENNA, on ? 0 : 1);
  if (on) {
    Serial1.unsetup();
    watch = setWatch(
      function () {
        loop.serial("");
      },
      MODEM_RX,
      { repeat: true, edge: "falling", debounce: 0 },
    );
  } else {
    if (watch !== 0) clearWatch(watch);
    Serial1.setup(115200, { tx: D6, rx: MODEM_RX, cts: D7 });
  }
}

pinMode(KEY, "input_pullup");
pinMode(CHARGING, "input_pullup");
pinMode(MOTOR, "output");
pinMode(RED, "output");
pinMode(GREEN, "output");
digitalWrite(MODEM_POWER_KEY, 0);
digitalWrite(MODEM_RESET, 0);
modemRest(false);
I2C1.setup({ sda: D14, scl: D13, bitrate: 400000 });

// Its modem has a receiver.
abilities.zones = true;
abilities.motion = true;
// Without a loader there is nothing to go back to.
const image = toldImage();
abilities.updates = image !== undefined;
const lines = createConsole(function (line) {
  consoleLine(loop, line);
});
loop = startPager({
  readPage: readPage,
  writePage: writePage,
  erasePage: erasePage,
  keyDown: function () {
    return digitalRead(KEY) === 0;
  },
  outputs: {
    light: light,
    vibration: function (on) {
      digitalWrite(MOTOR, on ? 1 : 0);
    },
    // No sounder on this board: light and vibration say the same.
    sound: function () {},
  },
  batteryMv: function () {
    // The converter answers with a fraction of the supply, not of a fixed reference.
    return Math.floor(analogRead(BATTERY) * E.getAnalogVRef() * 1000 * BATTERY_DIVIDER);
  },
  charging: function () {
    return digitalRead(CHARGING) === 0;
  },
  motion: createMotion(MOTION_INTERRUPT, function (what) {
    feelMotion(loop, what);
  }),
  pulsePowerKey: function (ms) {
    pulse(MODEM_POWER_KEY, ms);
  },
  pulseReset: function (ms) {
    pulse(MODEM_RESET, ms);
  },
  modemRest: modemRest,
  restart: function () {
    E.reboot();
  },
  image: image,
  pageText: pageText,
  code: 1,
  parts: LIGHT_AND_MOTOR,
  console: lines.set,
  print: lines.print,
  log: function () {},
});

setWatch(
  function (edge) {
    keyEdge(loop, !edge.state, edge.time);
  },
  KEY,
  { repeat: true, edge: "both", debounce: 10 },
);
