// An LIS3DH on a bus: the registers that a driver writes, a FIFO that fills, and its interrupt pin.
// By the data sheet; refuses what it doesn't know, and decides nothing about motion.

import { OnekeyError } from "../../sdk/error.ts";
import type { I2cChip } from "./espruino/i2c.ts";
import type { Vector } from "./motion.ts";

const OUT_X_L = 0x28;
const FULL_RUN = 0x37;
const LOW_POWER_RUN = 0x2f;
/** Per sample, of a high-pass filter at 0.2 Hz; a step of its threshold at ±2 g. */
const PASS_SHARE = 0.05;
const THRESHOLD_MG = 16;
const FIFO_DEPTH = 32;
/** Steps of a 16-bit word for a thousandth of a g, by the full-scale bits of CTRL_REG4. */
const STEPS_PER_MG = [16, 8, 4, 4 / 3];

export interface Lis3dh extends I2cChip {
  /** By their numbers in the data sheet. */
  registers: number[];
  /** One sample period passes, in mg; true where the interrupt pin is high behind it. */
  sample(mg: Vector): boolean;
  /** All axes on, at 25 Hz or, with little power, at 10. */
  runs(): boolean;
}

export function createLis3dh(): Lis3dh {
  const registers: number[] = new Array(64).fill(0);
  let fifo: number[][] = [];
  let at = 0;
  let counts = false;
  let slow: Vector | undefined;
  const running = () => registers[0x20] === FULL_RUN;
  const compares = () =>
    registers[0x20] === LOW_POWER_RUN && registers[0x21] === 1 && registers[0x22] === 0x40;
  /** Whether an axis that counts stands above the threshold, gravity apart. */
  function moves(mg: Vector): boolean {
    const before = slow ?? mg;
    slow = mg.map((one, i) => before[i] + (one - before[i]) * PASS_SHARE) as Vector;
    const above = (one: number, i: number) =>
      Math.abs(one - before[i]) > registers[0x32] * THRESHOLD_MG &&
      ((registers[0x30] >> (2 * i + 1)) & 1) === 1;
    return mg.some(above);
  }
  const streams = () => (registers[0x24] & 0x40) !== 0 && registers[0x2e] >> 6 === 2;
  const pin = () => (registers[0x22] & 4) !== 0 && fifo.length > (registers[0x2e] & 31);
  return {
    address: 0x19,
    registers,
    runs: () => running() || registers[0x20] === LOW_POWER_RUN,
    write(octets) {
      at = octets[0] & 0x7f;
      counts = octets[0] >= 128;
      for (const octet of octets.slice(1)) {
        registers[at] = octet;
        if (counts) at += 1;
      }
    },
    read(count) {
      if (!counts && count === 1) return [registers[at]];
      if (at !== OUT_X_L || !counts || count % 6 !== 0)
        throw new OnekeyError("bad-option", "read whole samples from OUT_X_L.");
      const gone = fifo.splice(0, count / 6);
      return gone.flat();
    },
    sample(mg) {
      if (compares()) return moves(mg);
      if (!running() || !streams()) return false;
      const steps = STEPS_PER_MG[(registers[0x23] >> 4) & 3];
      const words = mg.map((one) => Math.max(-32768, Math.min(32767, Math.round(one * steps))));
      fifo.push(words.flatMap((word) => [word & 0xf0, (word >> 8) & 255]));
      if (fifo.length > FIFO_DEPTH) fifo = fifo.slice(1);
      return pin();
    },
  };
}
