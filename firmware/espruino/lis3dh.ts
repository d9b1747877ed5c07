// The LIS3DH of the RAK5010: 25 samples a second through its FIFO, judged by ../motion/fall.ts, or a mere
// edge for each movement. By its data sheet, not measured here; off, it is powered down.

import { FELL, MOVED, newFallWatch, SAMPLES, takeSecond } from "../motion/fall.ts";
import { espruinoMachine } from "./machine.ts";

const ADDRESS = 0x19;
const CTRL_REG1 = 0x20;
/** With the bit that counts the register on. */
const CTRL_REG1_ON = 0xa0;
const FIFO_CTRL_REG = 0x2e;
const INT1_CFG_ON = 0xb0;
const OUT_X_L_ON = 0xa8;
/**
 * By level. Off. For movements 10 Hz with little power; a high-pass filter before the comparison, which
 * goes to the pin; ±2 g. For falls 25 Hz; watermark on the pin; whole words, ±8 g, high resolution; FIFO on.
 */
const CONTROL = [[0], [0x2f, 1, 0x40, 0, 0], [0x37, 0, 0x04, 0xa8, 0x40]];
/** Any axis, its source to be read alone, above four times 16 mg, gravity apart. */
const MOVES = [0x2a, 0, 4];
/** As a stream that interrupts above 24 samples. */
const STREAM = 0x80 + SAMPLES - 1;
/** All that its FIFO holds. */
const FIFO_SAMPLES = 32;
/** Between two of these a sensor that runs has had many edges. */
const LOOK_MS = 30000;
/** A movement is told so often at most, and that the sensor works so often. */
const TELL_S = 60;
const WORKS_S = 1800;
/** Also told behind each start. */
const WORKS = 4;

/** Gives a function that starts and stops it; `tell` gets the sum of MOVED, FELL and WORKS. */
export function createMotion(pin: Pin, tell: (what: number) => void): (level: number) => void {
  let watch = newFallWatch();
  let movedS = 0;
  let worksS = 0;
  let level = 0;
  let fresh = false;
  let quiet = false;
  let look = 0;

  function readFrom(register: number, octets: number) {
    I2C1.writeTo(ADDRESS, register);
    return I2C1.readFrom(ADDRESS, octets);
  }

  function say(what: number): void {
    let said = what;
    const nowS = getTime();
    // With nothing before it the first second would say that the wearer moved, whoever lies still.
    if (fresh || (said < MOVED && nowS - worksS > WORKS_S)) said = WORKS;
    fresh = false;
    if (said < MOVED || (said < FELL && nowS - movedS < TELL_S)) return;
    if (said < WORKS) movedS = nowS;
    else worksS = nowS;
    tell(said);
  }

  function read(): void {
    quiet = false;
    if (level < 2) {
      say(MOVED);
      return;
    }
    const words = new Int16Array(readFrom(OUT_X_L_ON, 6 * SAMPLES).buffer);
    const samples: number[] = [];
    // In 16 bits a g is 4000 steps at ±8 g.
    for (let i = 0; i < 3 * SAMPLES; i++) samples.push(words[i] >> 2);
    say(takeSecond(espruinoMachine, watch, samples));
  }

  function write(): void {
    I2C1.writeTo(ADDRESS, CTRL_REG1_ON, CONTROL[level]);
    I2C1.writeTo(ADDRESS, FIFO_CTRL_REG, STREAM);
    I2C1.writeTo(ADDRESS, INT1_CFG_ON, MOVES);
    // A pin that stays high has no edge: what lies there is read away.
    readFrom(OUT_X_L_ON, 6 * FIFO_SAMPLES);
    watch = newFallWatch();
    fresh = true;
  }

  /** Where an edge or the sensor's registers were lost it begins anew: deaf for a minute at most. */
  function check(): void {
    if (level < 2 ? readFrom(CTRL_REG1, 1)[0] !== CONTROL[level][0] : quiet) write();
    else if (level < 2) say(0);
    quiet = true;
  }

  setWatch(read, pin, { repeat: true, edge: "rising" });
  return function (wanted) {
    if (look !== 0) clearInterval(look);
    look = 0;
    level = wanted;
    // Behind the loop's round: a sensor that doesn't answer throws, and help goes on.
    setTimeout(function () {
      write();
      if (level === 1) check();
    }, 0);
    if (level > 0) look = setInterval(check, LOOK_MS);
  };
}
