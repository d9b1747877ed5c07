// Finding the modem, switching it on, and setting it up: driver and simulated modem together.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { scriptFaults } from "../../tools/simulator/faults.ts";
import { createWorld, type World } from "./world.ts";

const MINUTE = 60000;
const ready = (world: World) => () => world.radioState() === "ready";
const texts = (world: World) => world.writes.map((write) => write.text.trim());

test("five bare AT 250 ms apart go before the first pulse", () => {
  const world = createWorld();
  world.start();
  world.runUntil(MINUTE, () => world.pulses.length > 0);
  assert.equal(texts(world), ["AT", "AT", "AT", "AT", "AT"]);
  const gaps = world.writes.slice(1).map((write, at) => write.atMs - world.writes[at].atMs);
  assert.ok(
    gaps.every((gap) => gap >= 250 && gap < 300),
    gaps.join(),
  );
  assert.equal(world.pulses, [600]);
});

test("a modem that is on is never pulsed, and is ready without a new context", () => {
  const faults = scriptFaults([{ name: "alreadyOn" }]);
  const world = createWorld({ faults });
  world.start();
  const tookMs = world.runUntil(MINUTE, ready(world));
  assert.ok(tookMs !== undefined && tookMs < 3000, String(tookMs));
  assert.equal(world.pulses, []);
  assert.ok(texts(world).includes("AT+QIACT?"));
  assert.not.ok(texts(world).includes("AT+QIACT=1"));
});

test("ids left in use are closed before they are opened", () => {
  const world = createWorld({ faults: scriptFaults([{ name: "alreadyOn" }]) });
  world.start();
  world.runUntil(MINUTE, ready(world));
  const closed = texts(world).indexOf("AT+QICLOSE=0,0");
  assert.ok(closed >= 0 && closed < texts(world).findIndex((text) => text.includes("+QIOPEN")));
  assert.not.ok(world.events.some((event) => event.text.includes("563")));
});

test("without RDY for 30 s it pulses again, and says meanwhile that the radio is off", () => {
  const world = createWorld({ faults: scriptFaults([{ name: "rdyNever", times: 2 }]) });
  world.start();
  assert.ok(world.runUntil(5 * MINUTE, ready(world)) !== undefined);
  assert.is(world.pulses.length, 3);
  assert.ok(world.inputs.some((input) => input.kind === "radio" && input.state === "off"));
});

test("RDY after 25 s is waited for with one pulse", () => {
  const world = createWorld({ faults: scriptFaults([{ name: "rdyLate" }]) });
  world.start();
  assert.ok(world.runUntil(MINUTE, ready(world)) !== undefined);
  assert.equal(world.pulses, [600]);
});

test("after RDY no pulse comes, however long the first answers are", () => {
  let readyMs = 0;
  const world = createWorld({
    onSerial(text) {
      if (text.includes("RDY") && readyMs === 0) readyMs = world.clock.nowMs();
      return readyMs > 0 && world.clock.nowMs() - readyMs < 2000 && text.includes("OK") ? "" : text;
    },
  });
  world.start();
  assert.ok(world.runUntil(MINUTE, ready(world)) !== undefined);
  assert.equal(world.pulses, [600]);
});

test("the echo is switched off before anything else is asked", () => {
  const world = createWorld();
  world.start();
  world.runUntil(MINUTE, ready(world));
  const first = texts(world).filter((text) => text !== "AT")[0];
  assert.is(first, "ATE0");
});

test("stored settings are written once and only read at the next start", () => {
  const world = createWorld({ apn: "care.iot" });
  const written = () =>
    texts(world).filter((text) => /QCFG=.*,\d,1$|URCCFG=.*uart1|QICSGP=1,1/.test(text));
  world.start();
  world.runUntil(MINUTE, ready(world));
  assert.equal(written(), [
    'AT+QCFG="iotopmode",0,1',
    'AT+QURCCFG="urcport","uart1"',
    'AT+QICSGP=1,1,"care.iot","","",1',
  ]);
  world.modem.powerKey(700);
  world.runUntil(MINUTE, () => world.radioState() !== "ready");
  assert.ok(world.runUntil(MINUTE, ready(world)) !== undefined);
  assert.is(written().length, 3);
});

test("a modem that goes off by itself is switched on again", () => {
  const world = createWorld();
  world.start();
  world.runUntil(MINUTE, ready(world));
  world.modem.powerKey(700);
  world.runUntil(MINUTE, () => world.modem.power === "off");
  assert.is(world.radioState(), "starting");
  assert.ok(world.runUntil(MINUTE, ready(world)) !== undefined);
});

test("no SIM is told as denied, and looked for again for ever", () => {
  const world = createWorld({ modem: { sim: false } });
  world.start();
  world.runUntil(10 * MINUTE, () => false);
  assert.is(world.radioState() === "ready", false);
  const told = world.inputs.filter((input) => input.kind === "radio" && input.state === "denied");
  assert.ok(told.length > 0);
  const asked = world.writes.filter((write) => write.text.startsWith("AT+CPIN?"));
  const lastMs = asked[asked.length - 1].atMs;
  assert.ok(world.clock.nowMs() - lastMs < 2 * MINUTE, "still asked at the end");
});

test("20 ms of quiet stand before each command, and no answer is owed", () => {
  const world = createWorld();
  world.start();
  world.locate(true);
  world.deliver("one", MINUTE);
  world.runUntil(10 * MINUTE, () => false);
  assert.equal(world.modem.violations, []);
});

test("the number of the SIM card is told once the card is ready, before the radio is", () => {
  const world = createWorld();
  world.start();
  assert.ok(world.runUntil(5 * MINUTE, ready(world)) !== undefined);
  const kinds = world.inputs.map((input) => (input.kind === "radio" ? input.state : input.kind));
  assert.ok(kinds.indexOf("card") >= 0 && kinds.indexOf("card") < kinds.indexOf("ready"));
  const card = world.inputs.find((input) => input.kind === "card");
  assert.is(card?.iccid, "89860012345678901234");
});

test.run();
