// The Espruino host lacks what Espruino lacks and errs where it errs; the interpreter confirms it.

import { createHash } from "node:crypto";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { createVirtualClock } from "../../tools/simulator/clock.ts";
import { createHostStorage, type StorageChance } from "../../tools/simulator/espruino/storage.ts";
import { createEspruinoHost } from "../../tools/simulator/espruino-host.ts";
import { runOnHost, runOnInterpreter } from "../engines/run-espruino.ts";
import { need, ran } from "../need.ts";
import { absenceLines, probeProgram } from "./espruino-probe.ts";

const probe = probeProgram();
const probeSha256 = createHash("sha256").update(probe).digest("hex");
const onHost = runOnHost(probe);

test("everything that Espruino lacks is absent on the host", () => {
  const said = new Set(onHost.lines);
  assert.equal(
    absenceLines().filter((line) => !said.has(line)),
    [],
  );
});

const faults = [
  "typed slice gives a plain Array = true",
  "halves round away from zero = [-3,3,0]",
  "CBC of a broken block is nothing = undefined",
  "a wrong key length is nothing = undefined",
  "OFB is not there = undefined",
  "the same part again = throws File already written with different data",
  "long names are cut = true",
];
for (const fault of faults) {
  test(`the host has the fault: ${fault}`, () => assert.ok(onHost.lines.includes(fault)));
}

test("CTR on the host gives the same stream whatever the iv, and ECB a zero tail", () => {
  const stream = onHost.lines.find((line) => line.startsWith("CTR ignores"))?.split('"')[1] ?? "";
  const blocks = onHost.lines.find((line) => line.startsWith("ECB leaves"))?.split('"')[1] ?? "";
  // Both begin with the cipher of a zero block: CTR started at zero although its iv was nines.
  assert.is(stream.slice(0, 32), blocks.slice(0, 32));
  assert.is(blocks.slice(32), "00000000");
});

const espruino = need("espruino");
if (espruino !== undefined) {
  test("the real interpreter answers every line of the probe as the host does", async () => {
    const real = await runOnInterpreter(espruino, probe);
    assert.is(onHost.lines.join("\n"), real.lines.join("\n"));
    ran({ engine: "espruino", version: real.version, bundle: probeSha256, tests: 1 });
  });
}

interface World {
  code: string;
  chance?: StorageChance;
  storage?: ReturnType<typeof createHostStorage>;
}

/** A host of the RAK5010 with everything it says and does kept in lists. */
function start({ code, chance, storage = createHostStorage() }: World) {
  const clock = createVirtualClock(0);
  const lines: string[] = [];
  const written: string[] = [];
  const levels: string[] = [];
  const ends: string[] = [];
  const host = createEspruinoHost({
    code,
    board: "rak5010",
    clock,
    storage,
    onWrite: (text) => written.push(text),
    onLine: (line) => lines.push(line),
    onPin: (pin, level) => levels.push(`${pin}=${level}`),
    onWatchdog: () => ends.push("watchdog"),
    onCut: () => ends.push("cut"),
    analog: (pin) => (pin === "D4" ? 0.75 : 0),
    ...(chance === undefined ? {} : { storageChance: chance }),
  });
  return { clock, host, lines, written, levels, ends, storage };
}

test("serial input comes in pieces of 32 octets at most, all 256 values of them", () => {
  const code = `Serial1.setup(115200, {});
    Serial1.on("data", function (d) { print(d.length + " " + E.CRC32(d)); });`;
  const world = start({ code });
  const all = String.fromCharCode(...Array.from({ length: 256 }, (_, octet) => octet));
  world.host.feedSerial(all);
  assert.is(world.lines.length, 0); // nothing comes inside the call
  while (world.clock.advanceToNext());
  assert.is(world.lines.length, 8);
  assert.ok(world.lines.every((line) => line.startsWith("32 ")));
});

test("serial input without a handler is kept until it is read", () => {
  const world = start({ code: "Serial1.setup(115200, {});" });
  world.host.feedSerial("RDY");
  while (world.clock.advanceToNext());
  assert.is(world.host.evaluate("Serial1.read()"), "RDY");
});

test("serial output takes text, numbers and octets", () => {
  const code = `Serial1.setup(115200, {}); Serial1.write("A", 66, [67, 255], new Uint8Array([68]));`;
  assert.equal(start({ code }).written, ["ABC\xffD"]);
});

test("an exception in a timer is printed and the timer stays", () => {
  const world = start({ code: `setInterval(function () { throw new Error("boo"); }, 100);` });
  world.clock.advanceBy(250);
  assert.equal(world.lines, ["Uncaught Error: boo", "Uncaught Error: boo"]);
});

test("an exception at the top ends the file, not the host", () => {
  const world = start({
    code: `setTimeout(function () { print("later"); }, 1); nosuch(); print("no");`,
  });
  world.clock.advanceBy(5);
  assert.equal(world.lines, ["Uncaught ReferenceError: nosuch is not defined", "later"]);
});

test("a watch reports an edge only when it held for the debounce time", () => {
  const code = `pinMode(D19, "input_pullup");
    setWatch(function (e) { print(e.state + " " + e.time); }, D19, { repeat: true, edge: "both", debounce: 10 });`;
  const world = start({ code });
  assert.is(world.host.evaluate("digitalRead(D19)"), "1");
  world.host.setPin("D19", 0);
  world.clock.advanceBy(5);
  world.host.setPin("D19", 1); // a bounce
  world.clock.advanceBy(20);
  world.host.setPin("D19", 0);
  world.clock.advanceBy(20);
  assert.equal(world.lines, ["false 0.035"]);
});

test("pins that the bundle drives are told, and analog values come from outside", () => {
  const world = start({ code: "digitalWrite(D2, 1); digitalWrite(D2, 1); digitalWrite(D2, 0);" });
  assert.equal(world.levels, ["D2=1", "D2=0"]);
  assert.is(world.host.evaluate("analogRead(D4) * 4"), "3");
});

test("raw flash and files outlive the host, and flash bits only fall", () => {
  const address = `var F = require("Flash"); var a = F.getFree()[0].addr;`;
  const code = `${address} F.write(new Uint8Array([0xf0, 1, 2, 3]), a); F.write(new Uint8Array([0x3c]), a);
    require("Storage").write("kept", "yes");`;
  const { storage } = start({ code });
  const after = start({
    code: `${address} print(F.read(4, a).join()); print(require("Storage").read("kept"));
      F.erasePage(a + 17); print(F.read(2, a).join());`,
    storage,
  });
  assert.equal(after.lines, ["48,1,2,3", "yes", "255,255"]);
});

test("the Linux board keeps its raw pages closed: they hold Storage", () => {
  const lines: string[] = [];
  createEspruinoHost({
    code: `try { require("Flash").erasePage(0xb2000); } catch (e) { print(e.message); } print(typeof D33);`,
    board: "espruino-linux",
    clock: createVirtualClock(0),
    storage: createHostStorage(),
    onWrite: () => undefined,
    onLine: (line) => lines.push(line),
  });
  assert.equal(lines, ["this address holds Storage", "undefined"]);
});

test("a power cut inside a write leaves half of it and ends the bundle there", () => {
  const code = `try { require("Storage").write("half", "12345678"); } finally { Serial1.write("x"); }
    print("never");`;
  const world = start({ code, chance: () => "power cut" });
  assert.equal([world.lines, world.written, world.ends], [[], [], ["cut"]]);
  const after = start({
    code: `print(E.toUint8Array(require("Storage").read("half")).join());`,
    storage: world.storage,
  });
  assert.equal(after.lines, ["49,50,51,52,255,255,255,255"]);
});

test("a write that fails changes nothing and says so", () => {
  const code = `print(require("Storage").write("a", "text")); print(require("Storage").read("a").charCodeAt(0));`;
  assert.equal(start({ code, chance: () => "fails" }).lines, ["false", "255"]);
});

test("a full Storage is compacted, and refuses what still doesn't fit", () => {
  const code = `var S = require("Storage"); var big = "12345678"; while (big.length < 30000) big += big;
    S.write("a", big); S.write("a", big + "1"); S.write("a", big + "2"); print(S.getFree() > 0);
    try { S.write("b", big + big); } catch (e) { print(e.message); }`;
  assert.equal(start({ code }).lines, ["true", "Unable to find or create file"]);
});

test("the watchdog ends a bundle that stops kicking it", () => {
  const code = `E.enableWatchdog(10, false);
    var n = 0; setInterval(function () { n++; print(n); if (n < 3) E.kickWatchdog(); }, 8000);`;
  const world = start({ code });
  world.clock.advanceBy(60_000);
  assert.equal(world.lines, ["1", "2", "3"]);
  assert.equal(world.ends, ["watchdog"]);
});

test("after kill nothing runs and nothing is pending", () => {
  const world = start({
    code: `setInterval(function () { print("tick"); }, 10); E.enableWatchdog(1, false);`,
  });
  world.host.kill();
  assert.is(world.clock.pendingTimers, 0);
  world.clock.advanceBy(100);
  assert.equal([world.lines, world.host.evaluate("1")], [[], ""]);
});

test("the console is closed for good by E.setConsole(null)", () => {
  const world = start({ code: "global.open = function () { return 1; };" });
  assert.is(world.host.evaluate("open()"), "1");
  assert.is(world.host.evaluate("E.setConsole(null); 2"), "2");
  assert.is(world.host.evaluate("open()"), "");
});

test("a console that wasn't closed by force opens for the next who connects by Bluetooth", () => {
  const loose = start({ code: "E.setConsole(null);" });
  assert.is(loose.host.connect(""), true);
  assert.is(loose.host.evaluate("1 + 1"), "2");
  const shut = start({ code: "E.setConsole(null, { force: true });" });
  assert.is(shut.host.connect(""), true);
  assert.is(shut.host.evaluate("1 + 1"), "");
  const unseen = start({ code: "NRF.sleep();" });
  assert.is(unseen.host.connect(""), false);
});

test("chance is the same in every run unless it is handed in", () => {
  const code = "print(E.hwRand()); print(Math.random());";
  assert.equal(start({ code }).lines, start({ code }).lines);
});

test.run();
