// Sending and receiving: first in line, at once, and not one datagram left behind in the modem.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { scriptFaults } from "../../tools/simulator/faults.ts";
import { createWorld, PLATFORM_PORT, type World, type WorldOptions } from "./world.ts";

const MINUTE = 60000;

function readyWorld(options: WorldOptions = {}): World {
  const world = createWorld(options);
  world.start();
  assert.ok(world.runUntil(5 * MINUTE, () => world.radioState() === "ready") !== undefined);
  return world;
}

test("a send stops the receiver first and leaves within 300 ms", () => {
  const world = readyWorld();
  world.locate(true);
  world.runUntil(MINUTE, () => world.inputs.some((input) => input.kind === "fix"));
  let slowestMs = 0;
  for (let round = 0; round < 40; round++) {
    world.runUntil(20000 + round * 137, () => false);
    const from = world.writes.length;
    const startMs = world.clock.nowMs();
    const hadReceiver = world.modem.gnssOn;
    world.send(`sos ${round}`);
    world.runUntil(2000, () =>
      world.events.some((event) => event.kind === "sent" && event.atMs >= startMs),
    );
    slowestMs = Math.max(slowestMs, world.clock.nowMs() - startMs);
    const after = world.writes.slice(from).map((write) => write.text);
    const sent = after.findIndex((text) => text.startsWith("AT+QISENDEX"));
    const stopped = after.findIndex((text) => text.startsWith("AT+QGPSEND"));
    if (hadReceiver) assert.ok(stopped >= 0 && stopped < sent, after.join(" "));
  }
  assert.ok(slowestMs <= 300, `${slowestMs} ms`);
});

test("the receiver comes on again after the answer, while no fix is in the way of a send", () => {
  const world = readyWorld();
  world.locate(true);
  world.deliver("one", MINUTE);
  const fixes = () => world.inputs.filter((input) => input.kind === "fix").length;
  const before = fixes();
  world.runUntil(MINUTE, () => fixes() > before);
  assert.ok(fixes() > before);
});

test("every octet passes both ways", () => {
  const world = readyWorld();
  const all = String.fromCharCode(...Array.from({ length: 256 }, (_, octet) => octet));
  world.send(all);
  world.runUntil(MINUTE, () => world.answered.length > 0);
  assert.equal(world.arrived, [all]);
  assert.equal(world.answered, [`answer ${all}`]);
});

test("a datagram too long for one argument leaves by counted octets, up to 1,280 of them", () => {
  const faults = scriptFaults([{ name: "answerCut", times: 20, skip: 60 }]);
  const world = readyWorld({ faults });
  const long = (length: number) =>
    Array.from({ length }, (_, at) => String.fromCharCode((at * 7) % 256)).join("");
  for (const length of [256, 257, 900, 1280]) {
    world.send(long(length));
    assert.ok(world.runUntil(5000, () => world.answered.length > 0) !== undefined, `${length}`);
    assert.is(world.arrived.pop(), long(length));
    assert.is(world.answered.pop(), `answer ${long(length)}`);
  }
  const asked = world.writes.filter(({ text }) => text.startsWith("AT+QISEND="));
  assert.equal(
    asked.map(({ text }) => text.trim()),
    ["AT+QISEND=0,257", "AT+QISEND=0,900", "AT+QISEND=0,1280"],
  );
  assert.is(world.radioState(), "ready");
  assert.equal(world.modem.violations, []);
});

test("a prompt that never comes is a step on the ladder, and datagrams leave behind it", () => {
  let hidden = 0;
  const world = readyWorld({
    onSerial(text) {
      if (hidden > 0 || !text.includes(">")) return text;
      hidden++;
      return "";
    },
  });
  world.send("x".repeat(600));
  assert.ok(world.runUntil(30000, () => world.radioState() !== "ready") !== undefined);
  assert.is(hidden, 1);
  assert.ok(world.deliver("behind it", 5 * MINUTE) !== undefined);
});

test("a send while the radio is not ready is dropped, and the core is told the state again", () => {
  const world = createWorld();
  world.start();
  world.runUntil(9000, () => world.radioState() === "searching");
  const before = world.inputs.length;
  world.send("too early");
  assert.is(world.inputs.length, before + 1);
  assert.equal(world.inputs[before], {
    kind: "radio",
    atMs: world.inputs[before].atMs,
    state: "searching",
    signalDbm: 0,
    texts: false,
  });
  world.runUntil(2 * MINUTE, () => false);
  assert.equal(world.arrived, []);
});

test("a full send buffer is tried again without leaving ready", () => {
  const world = readyWorld({ faults: scriptFaults([{ name: "sendRefused", times: 3 }]) });
  world.send("one");
  assert.ok(world.runUntil(5000, () => world.arrived.length > 0) !== undefined);
  assert.is(world.radioState(), "ready");
});

for (const name of ["sendFails", "readFails", "socketClosed"] as const) {
  test(`${name}: a socket that is broken is opened anew, and the next copy gets through`, () => {
    const faults = scriptFaults([{ name, afterMs: 3000, skip: name === "sendFails" ? 1 : 0 }]);
    const world = readyWorld({ faults });
    // Behind it the next chores are ten seconds away: only what the modem says tells of the fault.
    assert.ok(world.deliver("before", MINUTE) !== undefined);
    if (name === "socketClosed") world.runUntil(MINUTE, () => faults.counts[name] > 0);
    const tookMs = world.deliver("help", 8000);
    assert.ok(tookMs !== undefined, "not within 8 s");
    assert.is(faults.counts[name], 1);
    assert.equal(world.pulses, [600]);
  });
}

test("an error at the opening of a socket asks for another try or another context", () => {
  const faults = scriptFaults([{ name: "openFails", times: 4 }]);
  const world = createWorld({ faults });
  world.start();
  assert.ok(world.deliver("help", MINUTE) !== undefined);
  assert.is(faults.counts.openFails, 4);
});

test("datagrams that come together are all read although recv is said once", () => {
  const world = readyWorld({ faults: scriptFaults([{ name: "downDoubled", times: 4 }]) });
  for (let count = 0; count < 4; count++) world.send(`burst ${count}`);
  world.runUntil(MINUTE, () => world.answered.length >= 8);
  assert.is(world.answered.length, 8);
  const said = world.events.filter((event) => event.text.includes('"recv"')).length;
  assert.ok(said < 8, `recv was said ${said} times`);
});

test("a datagram whose recv was lost is found by reading unasked", () => {
  const world = readyWorld({ onSerial: (text) => (text.includes('"recv"') ? "" : text) });
  world.send("one");
  assert.ok(world.runUntil(15000, () => world.answered.length > 0) !== undefined);
});

test("a datagram that comes while its socket is being read is not waited for [bg96 trap 5]", () => {
  let slowestMs = 0;
  for (let answerMs = 1; answerMs < 240; answerMs++) {
    const world = readyWorld({ answerMs });
    // So long idle that everything is looked at behind the send.
    world.runUntil(40 * MINUTE, () => false);
    slowestMs = Math.max(slowestMs, world.deliver("one", MINUTE) ?? MINUTE);
  }
  assert.ok(slowestMs < 1000, `${slowestMs} ms`);
});

test("each address has its socket, and one that can't be opened doesn't hold the other", () => {
  const world = readyWorld({
    addresses: [`127.0.0.1:${PLATFORM_PORT}`, "127.0.0.1:5684"],
  });
  const second: string[] = [];
  const peer = world.network.open({
    port: 5684,
    peer: true,
    onDatagram: (octets) => second.push(Buffer.from(octets).toString()),
    onFault: () => assert.unreachable(),
  });
  world.runUntil(5000, () => false);
  world.send("to the first", 0);
  world.send("to the second", 1);
  world.runUntil(5000, () => world.arrived.length > 0 && second.length > 0);
  assert.equal([world.arrived, second], [["to the first"], ["to the second"]]);
  peer.close();

  const broken = readyWorld({ addresses: [`127.0.0.1:${PLATFORM_PORT}`, "127.0.0.1:x"] });
  for (let count = 0; count < 5; count++) {
    assert.ok(broken.deliver(`round ${count}`, 5000) !== undefined, `round ${count}`);
    broken.runUntil(30000, () => false);
    assert.is(broken.radioState(), "ready");
  }
});

test("sends without any answer for long renew the path although the modem says SEND OK", () => {
  const world = readyWorld({ answers: false });
  let left = false;
  for (let count = 0; count < 12 && !left; count++) {
    world.send(`unheard ${count}`);
    world.runUntil(13000, () => world.radioState() !== "ready");
    left = world.radioState() !== "ready";
  }
  assert.ok(left, "it never doubted the path");
  assert.ok(world.runUntil(5 * MINUTE, () => world.radioState() === "ready") !== undefined);
});

test("what waited when the radio was lost is not sent when it comes back", () => {
  const world = readyWorld({ faults: scriptFaults([{ name: "brownOut" }]) });
  for (const text of ["one", "two", "three"]) world.send(text);
  assert.ok(world.runUntil(MINUTE, () => world.radioState() !== "ready") !== undefined);
  assert.ok(world.runUntil(MINUTE, () => world.radioState() === "ready") !== undefined);
  world.runUntil(MINUTE, () => false);
  assert.equal(world.arrived, []);
});

test("what is no datagram for this radio is passed over", () => {
  const world = readyWorld();
  world.send("", 0);
  world.send("x".repeat(1281), 0);
  world.send("no such address", 7);
  world.runUntil(MINUTE, () => false);
  assert.equal(world.arrived, []);
  assert.is(world.radioState(), "ready");
});

test.run();
