// The driver of the LIS3DH on the Espruino host: registers by the data sheet, samples in mg, what is told.
// The chip is a model of its registers; the bundle is the real driver.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { bundleEspruino } from "../../tools/build/espruino.ts";
import { createChance } from "../../tools/simulator/chance.ts";
import { createVirtualClock } from "../../tools/simulator/clock.ts";
import { createHostStorage } from "../../tools/simulator/espruino/storage.ts";
import { createEspruinoHost } from "../../tools/simulator/espruino-host.ts";
import { createLis3dh } from "../../tools/simulator/lis3dh.ts";
import { type MotionName, motionOf } from "../../tools/simulator/motion.ts";

const INTERRUPT = "D16";
const SAMPLE_MS = 40;
/** Levels at which it is asked to run. */
const MOVES = 1;
const FALLS = 2;

type Driver = Awaited<ReturnType<typeof startDriver>>;

async function startDriver() {
  const { minified: code } = await bundleEspruino("test/espruino/bundle/motion-entry.ts");
  const clock = createVirtualClock();
  const chip = createLis3dh();
  const lines: string[] = [];
  const linesMs: number[] = [];
  /** Where it answers at no address, it doesn't answer at all. */
  const bus = { ...chip };
  const host = createEspruinoHost({
    ...{ code, clock, board: "rak5010", storage: createHostStorage() },
    i2c: bus,
    onWrite() {},
    onLine(line) {
      lines.push(line);
      linesMs.push(clock.nowMs());
    },
  });
  const wish = (level: number) => {
    host.evaluate(`motion(${level})`);
    clock.advanceBy(1);
  };
  const feel = (name: MotionName) => {
    for (const mg of motionOf(name, createChance(4))) {
      host.setPin(INTERRUPT, chip.sample(mg) ? 1 : 0);
      clock.advanceBy(SAMPLE_MS);
    }
  };
  return { chip, bus, clock, lines, linesMs, wish, feel };
}

test("nothing is written before it is wanted; then 25 Hz, 8 g, whole words and a watermark", async () => {
  const { chip, wish, feel, lines } = await startDriver();
  assert.ok(chip.registers.every((one) => one === 0));
  feel("fallForward");
  wish(FALLS);
  const read = [0x20, 0x22, 0x23, 0x24, 0x2e].map((register) => chip.registers[register]);
  assert.equal(read, [0x37, 0x04, 0xa8, 0x40, 0x98]);
  wish(0);
  assert.not.ok(chip.runs());
  feel("fallForward");
  assert.equal(lines, []);
});

test("the first second behind each start says that the sensor works and nothing else, and no later one says it", async () => {
  const { wish, feel, lines } = await startDriver();
  wish(FALLS);
  feel("rest");
  feel("rest");
  wish(FALLS);
  feel("rest");
  const works = lines.filter((line) => Number(line.slice("told ".length)) >= 4);
  assert.is(works.length, 2);
  assert.is(lines[0], "told 4");
});

for (const name of ["fallForward", "fallSideways"] as const) {
  test(`a fall is told at once, a movement once a minute: ${name}`, async () => {
    const { wish, feel, lines } = await startDriver();
    wish(FALLS);
    for (let i = 0; i < 3; i++) feel("rest");
    const before = lines.length;
    feel(name);
    assert.is(lines.filter((line) => /^told [23]$/.test(line)).length, 1);
    assert.ok(lines.slice(before).some((line) => line === "told 1"));
    for (let i = 0; i < 6; i++) feel("walk");
    assert.ok(lines.length - before <= 6, lines.join(", "));
  });
}

const SENSOR = 0x19;
/** An edge that is not followed by a read: the pin stays high, and no other edge comes. */
const loseEdge = ({ bus, feel }: Driver) => {
  bus.address = -1;
  feel("rest");
  bus.address = SENSOR;
};
const loseRegisters = ({ chip }: Driver) => {
  chip.registers.fill(0);
};

for (const [what, lose] of [
  ["an edge that was lost", loseEdge],
  ["a sensor that has lost its registers", loseRegisters],
] as const) {
  test(`${what} costs a minute at most, and then a fall is told as ever`, async () => {
    const driver = await startDriver();
    const { chip, clock, feel, lines, linesMs, wish } = driver;
    wish(FALLS);
    feel("rest");
    lose(driver);
    const lostMs = clock.nowMs();
    const before = lines.length;
    for (let i = 0; i < 3; i++) feel("rest");
    assert.is(lines[before], "told 4");
    assert.ok(linesMs[before] - lostMs <= 61000, `${linesMs[before] - lostMs} ms`);
    assert.is(chip.registers[0x2e], 0x98);
    feel("fallForward");
    assert.is(lines.slice(before).filter((line) => /^told [23]$/.test(line)).length, 1);
  });
}

test("one that is switched off is not begun anew", async () => {
  const { chip, clock, wish } = await startDriver();
  wish(FALLS);
  wish(0);
  clock.advanceBy(300000);
  assert.not.ok(chip.runs());
});

test("a sensor that doesn't answer is an error of its own, and ends nothing else", async () => {
  const { bus, wish, lines } = await startDriver();
  bus.address = -1;
  wish(FALLS);
  assert.is(lines.length, 1);
  assert.match(lines[0], /no ACK/);
});

const HALF_HOUR_MS = 1800_000;

test("for movements alone it runs at 10 Hz with little power, behind a filter that takes gravity off", async () => {
  const { chip, wish } = await startDriver();
  wish(MOVES);
  const read = [0x20, 0x21, 0x22, 0x23, 0x24, 0x30].map((register) => chip.registers[register]);
  assert.equal(read, [0x2f, 1, 0x40, 0, 0, 0x2a]);
});

test("for movements alone no fall is told, a movement once a minute, and of rest nothing", async () => {
  const { wish, feel, lines } = await startDriver();
  wish(MOVES);
  assert.equal(lines, ["told 4"]);
  for (let i = 0; i < 3; i++) feel("rest");
  assert.equal(lines, ["told 4"]);
  feel("fallForward");
  for (let i = 0; i < 6; i++) feel("walk");
  assert.ok(lines.length > 2, "it goes on being told");
  assert.ok(lines.slice(1).every((line) => line === "told 1") && lines.length < 8, `${lines}`);
});

for (const level of [MOVES, FALLS]) {
  test(`a sensor that works says so each half hour, whoever lies still, at level ${level}`, async () => {
    const { clock, wish, feel, lines, linesMs } = await startDriver();
    wish(level);
    const startMs = clock.nowMs();
    while (clock.nowMs() - startMs < 2.1 * HALF_HOUR_MS) feel("rest");
    const saidMs = linesMs.filter((_, at) => lines[at] === "told 4");
    assert.is(saidMs.length, 3, `${saidMs}`);
    const gaps = saidMs.slice(1).map((ms, at) => ms - saidMs[at]);
    assert.ok(Math.max(...gaps) < HALF_HOUR_MS + 60_000, `${gaps}`);
  });
}

test("for movements alone a sensor that dies says nothing more, and one that lost its registers begins anew", async () => {
  const { bus, chip, clock, wish, lines } = await startDriver();
  wish(MOVES);
  chip.registers.fill(0);
  clock.advanceBy(31_000);
  assert.is(chip.registers[0x20], 0x2f);
  bus.address = -1;
  const before = lines.length;
  clock.advanceBy(4 * HALF_HOUR_MS);
  assert.not.ok(lines.slice(before).includes("told 4"));
});

test.run();
