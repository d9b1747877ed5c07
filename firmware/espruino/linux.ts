// Espruino's interpreter on Linux: the same bundle with the modem on a serial path and no pins.
// The key is pressed at the console: `press(ms)`; what the pager does is printed behind a "#".

import type { Loop } from "../board/loop.ts";
import { abilities } from "../core/abilities.ts";
import { erasePage, pageText, readPage, writePage } from "./file-pages.ts";
import { toldImage } from "./image-facts.ts";
import { consoleLine, feelBattery, keyEdge, startPager } from "./pager.ts";

/** The modem's serial path; put in by the build (`onekey build --modem TTY`). */
declare const MODEM_TTY: string;
const BATTERY_MV = 3950;

// Its modem has a receiver.
abilities.zones = true;
// Without a loader there is nothing to go back to.
const image = toldImage();
abilities.updates = image !== undefined;
let charging = false;
let keyIsDown = false;
let loop: Loop;
/** For the test that pulls the plug: nothing more is done behind so many accesses; 0 for never. */
let accessesLeft = 0;

/** A row of the log as numbers; what they mean in words stands in sdk/log-text.ts. */
function log(event: number, alarm: number, detail: number): void {
  print("#=" + event + " " + alarm + " " + detail);
}

/** Behind the last access it stands still until somebody ends the process. */
function counted(good: boolean): boolean {
  accessesLeft -= 1;
  if (accessesLeft === 0) {
    print("#cut");
    while (accessesLeft === 0) {}
  }
  return good;
}

function start(): void {
  loop = startPager({
    readPage: readPage,
    writePage: function (page, offset, bytes) {
      return counted(writePage(page, offset, bytes));
    },
    erasePage: function (page) {
      return counted(erasePage(page));
    },
    keyDown: function () {
      return keyIsDown;
    },
    outputs: { light: function () {}, vibration: function () {}, sound: function () {} },
    batteryMv: function () {
      return BATTERY_MV;
    },
    charging: function () {
      return charging;
    },
    pulsePowerKey: function () {},
    modemRest: function () {},
    // Whoever began the interpreter begins it again.
    restart: function () {
      print("#restart");
      quit();
    },
    image: image,
    pageText: pageText,
    code: 2,
    parts: 0,
    // Here the console is the key: closing it would take `press` away. It says what a board does.
    console: function (open) {
      print(open ? "#console open" : "#console closed");
    },
    print: function (text) {
      print("#:" + text);
    },
    log: log,
  });
}

function setKey(down: boolean): void {
  keyIsDown = down;
  keyEdge(loop, down, getTime());
}

function press(ms: number): void {
  setKey(true);
  setTimeout(function () {
    setKey(false);
  }, ms);
}

/** Onto the charger, or off it. */
function charge(on: boolean): void {
  charging = on;
  feelBattery(loop, BATTERY_MV, on);
}

/** What somebody types where the console is open. */
function line(text: string): void {
  consoleLine(loop, text);
}

/** Provisioning at the console: one piece of a page image as hex; the next start reads it. */
function writePiece(page: number, offset: number, hex: string): void {
  const piece = new Uint8Array(hex.length >> 1);
  for (let i = 0; i < piece.length; i++) piece[i] = parseInt(hex.slice(i * 2, i * 2 + 2), 16);
  print(
    "#piece " + page + " " + offset + " " + (writePage(page, offset, piece) ? "good" : "failed"),
  );
}

Serial1.setup(115200, { path: MODEM_TTY });
global.press = press;
global.setKey = setKey;
global.charge = charge;
global.writePiece = writePiece;
global.line = line;
global.cutAfter = function (accesses: number) {
  accessesLeft = accesses;
};
start();
if (image !== undefined) print("#image " + image.slot + (image.trial ? " on trial" : ""));
print("#ready");
