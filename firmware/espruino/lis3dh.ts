// The LIS3DH of the RAK5010: 25 samples a second through its FIFO, judged by ../motion/fall.ts.
// By its data sheet, not measured here. Never keeps the pager from anything: off, it is powered down.

import { FELL, MOVED, newFallWatch, SAMPLES, takeSecond } from "../motion/fall.ts";
import { espruinoMachine } from "./machine.ts";

const ADDRESS = 0x19;
const CTRL_REG1 = 0x20;
/** With the bit that counts the register on. */
const CTRL_REG3_ON = 0xa2;
const FIFO_CTRL_REG = 0x2e;
const OUT_X_L_ON = 0xa8;
/** 25 Hz, three axes. */
const RUN = 0x37;
/** Watermark on the pin; whole words, ±8 g, high resolution; FIFO on. */
const CONTROL = [0x04, 0xa8, 0x40];
/** As a stream that interrupts above 24 samples. */
const STREAM = 0x80 + SAMPLES - 1;
/** All that its FIFO holds. */
const FIFO_SAMPLES = 32;
/** Between two of these a sensor that runs has had many edges. */
const LOOK_MS = 30000;
/** A movement is told so often at most. */
const TELL_S = 60;
/** The first second behind each start says that the sensor works. */
const WORKS = 4;

/** Gives a function that starts and stops it; `tell` gets the sum of MOVED, FELL and WORKS. */
export function createMotion(pin: Pin, tell: (what: number) => void): (on: boolean) => void {
  let watch = newFallWatch();
  let toldS = 0;
  let fresh = false;
  let quiet = false;
  let look = 0;

  function readSamples(samples: number) {
    I2C1.writeTo(ADDRESS, OUT_X_L_ON);
    return I2C1.readFrom(ADDRESS, 6 * samples).buffer;
  }

  function read(): void {
    quiet = false;
    const words = new Int16Array(readSamples(SAMPLES));
    const samples: number[] = [];
    // In 16 bits a g is 4000 steps at ±8 g.
    for (let i = 0; i < 3 * SAMPLES; i++) samples.push(words[i] >> 2);
    let said = takeSecond(espruinoMachine, watch, samples);
    // With nothing before it the first second would say that the wearer moved, whoever lies still.
    if (fresh) said = WORKS;
    fresh = false;
    if (said < MOVED || (said < FELL && getTime() - toldS < TELL_S)) return;
    toldS = getTime();
    tell(said);
  }

  function write(on: boolean): void {
    I2C1.writeTo(ADDRESS, CTRL_REG1, on ? RUN : 0);
    I2C1.writeTo(ADDRESS, CTRL_REG3_ON, CONTROL);
    I2C1.writeTo(ADDRESS, FIFO_CTRL_REG, STREAM);
    // A pin that stays high has no edge: what lies there is read away.
    readSamples(FIFO_SAMPLES);
    watch = newFallWatch();
    fresh = true;
  }

  setWatch(read, pin, { repeat: true, edge: "rising" });
  return function (on) {
    if (look !== 0) clearInterval(look);
    look = 0;
    // Behind the loop's round: a sensor that doesn't answer throws, and help goes on.
    setTimeout(function () {
      write(on);
    }, 0);
    if (!on) return;
    // Where an edge or the sensor's registers were lost it begins anew: deaf for a minute at most.
    look = setInterval(function () {
      if (quiet) write(true);
      quiet = true;
    }, LOOK_MS);
  };
}
