// How the modem rests: lightly and heard by the network, deeply between beats, not at all in an alarm.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { scriptFaults } from "../../tools/simulator/faults.ts";
import { createMemoryNetwork } from "../../tools/simulator/memory-network.ts";
import type { Network, SocketOptions } from "../../tools/simulator/network.ts";
import { createWorld, PLATFORM_PORT, type World, type WorldOptions } from "./world.ts";

const MINUTE = 60000;
const HOUR = 60 * MINUTE;
const LIGHTLY = 1;
const DEEPLY = 0;
const NOT = -1;

/** Ready, and told how far it may rest. */
function readyWorld(rest: number, options: WorldOptions = {}): World {
  const world = createWorld(options);
  world.start();
  world.rest(rest);
  assert.ok(world.runUntil(2 * MINUTE, () => world.radioState() === "ready") !== undefined);
  return world;
}

/** Lets time pass with a tick each ten seconds, as the loop gives one. */
function pass(world: World, ms: number, rest: number): void {
  for (let leftMs = ms; leftMs > 0; leftMs -= 10000) {
    world.clock.advanceBy(Math.min(leftMs, 10000));
    world.rest(rest);
  }
}

/** Whether the port to the modem is there, by what the modem was told last. */
function portIsThere(world: World): boolean {
  const said = world.events.findLast(
    ({ kind, text }) => kind === "power" && text.startsWith("port "),
  );
  return said === undefined || said.text === "port there";
}

const commands = (world: World) =>
  world.events.filter(({ kind }) => kind === "command").map(({ text }) => text);

test("reachable, a modem is let sleep a minute behind the last send, and the network calls each 20.48 s", () => {
  const world = readyWorld(LIGHTLY);
  assert.ok(commands(world).includes("AT+QSCLK=1"));
  assert.ok(commands(world).includes('AT+CEDRXS=1,4,"0010"'));
  world.send("one");
  pass(world, 50000, LIGHTLY);
  assert.ok(portIsThere(world));
  pass(world, 30000, LIGHTLY);
  assert.not.ok(portIsThere(world));
  assert.is(world.modem.power, "on");
  assert.is(world.radioState(), "ready");
  assert.equal(world.modem.violations, []);
});

test("what is sent from a light rest leaves within 300 ms", () => {
  const world = readyWorld(LIGHTLY);
  pass(world, 5 * MINUTE, LIGHTLY);
  assert.not.ok(portIsThere(world));
  const startMs = world.clock.nowMs();
  world.send("help");
  world.runUntil(MINUTE, () => world.events.some(({ kind }) => kind === "sent"));
  assert.ok(world.clock.nowMs() - startMs <= 300, `${world.clock.nowMs() - startMs} ms`);
  assert.ok(world.runUntil(MINUTE, () => world.answered.includes("answer help")) !== undefined);
  assert.equal(world.modem.violations, []);
});

/** One that the platform can send to unasked. */
function heardWorld() {
  let socket: SocketOptions | undefined;
  const world = readyWorld(LIGHTLY, {
    network(clock): Network {
      const network = createMemoryNetwork({ clock });
      return {
        ...network,
        open(options) {
          if (options.peer !== true) socket = options;
          return network.open(options);
        },
      };
    },
  });
  const from = { host: "127.0.0.1", port: PLATFORM_PORT };
  const bring = (text: string) => socket?.onDatagram(Uint8Array.from(Buffer.from(text)), from);
  return { world, bring };
}

test("a datagram from the platform ends a light rest and is read, though its line was lost", () => {
  const { world, bring } = heardWorld();
  pass(world, 5 * MINUTE, LIGHTLY);
  assert.not.ok(portIsThere(world));
  bring("a word");
  // At the network's next call for it.
  assert.ok(world.runUntil(21000, () => world.answered.includes("a word")) !== undefined);
  pass(world, 20000, LIGHTLY);
  assert.not.ok(portIsThere(world), "and it rests again");
  assert.equal(world.modem.violations, []);
});

test("a text ends a light rest and is read", () => {
  const world = readyWorld(LIGHTLY);
  pass(world, 5 * MINUTE, LIGHTLY);
  world.modem.deliverMessage("+8610086000000", "a word");
  const came = () => world.inputs.some((input) => input.kind === "sms");
  assert.ok(world.runUntil(5000, came) !== undefined);
});

test("nothing rests while an alarm is open, and what rests is woken by it", () => {
  for (const rest of [LIGHTLY, DEEPLY]) {
    const world = readyWorld(NOT);
    pass(world, HOUR, NOT);
    assert.not.ok(world.events.some(({ text }) => text === "port released"));
    assert.not.ok(commands(world).some((text) => text.includes("psm/enter")));
    world.rest(rest);
    pass(world, 5 * MINUTE, rest);
    assert.not.ok(portIsThere(world));
    pass(world, MINUTE, NOT);
    assert.ok(portIsThere(world));
    assert.is(world.modem.power, "on");
    assert.is(world.radioState(), "ready");
  }
});

test("between beats the modem saves power, the core is told that it is ready, and a send wakes it in 45 s [pager §4]", () => {
  const world = readyWorld(DEEPLY);
  world.send("beat");
  pass(world, 2 * MINUTE, DEEPLY);
  assert.is(world.modem.power, "asleep");
  assert.not.ok(portIsThere(world));
  pass(world, 12 * HOUR, DEEPLY);
  assert.is(world.modem.power, "asleep", "nothing wakes it by itself");
  assert.is(world.radioState(), "ready");
  const wokenMs = world.deliver("help", 45000);
  assert.ok(wokenMs !== undefined);
  assert.equal(world.modem.violations, []);
});

test("where the network grants no power saving the modem is switched off between beats", () => {
  const world = readyWorld(DEEPLY, { modem: { grants: false } });
  pass(world, 3 * MINUTE, DEEPLY);
  assert.is(world.modem.power, "off");
  assert.ok(world.deliver("help", 45000) !== undefined);
  assert.equal(world.modem.violations, []);
});

test("help that is sent at any moment of falling asleep is delivered within 45 s", () => {
  for (const grants of [true, false]) {
    for (let lateMs = 0; lateMs < 16000; lateMs += 170) {
      const world = readyWorld(DEEPLY, { modem: { grants } });
      world.runUntil(2 * MINUTE, () => commands(world).includes('AT+QCFG="psm/enter",1'));
      world.clock.advanceBy(lateMs);
      world.rest(NOT);
      assert.ok(world.deliver("help", 45000) !== undefined, `${lateMs} ms, grants ${grants}`);
      assert.equal(world.modem.violations, []);
    }
  }
});

test("another profile is told to the modem, and one that slept is reachable again", () => {
  const world = readyWorld(DEEPLY);
  assert.ok(commands(world).includes('AT+CPSMS=1,,,"00111111","00100010"'));
  pass(world, 5 * MINUTE, DEEPLY);
  assert.is(world.modem.power, "asleep");
  pass(world, MINUTE, LIGHTLY);
  assert.is(commands(world).at(-1)?.startsWith("AT+CPSMS=1"), false);
  assert.ok(commands(world).includes("AT+CPSMS=0"));
  assert.is(world.modem.power, "on");
  assert.is(world.radioState(), "ready");
});

test("a profile that is told while the modem is awake is asked of the network before it sleeps", () => {
  const world = readyWorld(LIGHTLY);
  pass(world, 5 * MINUTE, LIGHTLY);
  pass(world, 5 * MINUTE, DEEPLY);
  assert.ok(commands(world).includes('AT+CPSMS=1,,,"00111111","00100010"'));
  assert.is(world.modem.power, "asleep");
  assert.equal(world.modem.violations, []);
});

const savings = (world: World) =>
  commands(world).filter((text) => /^AT\+(CEDRXS|CPSMS)=/.test(text));

for (const [rest, before] of [
  [LIGHTLY, ['AT+CEDRXS=1,4,"0010"', "AT+CPSMS=0"]],
  [DEEPLY, ['AT+CEDRXS=1,4,"0010"', 'AT+CPSMS=1,,,"00111111","00100010"']],
] as const) {
  test(`an alarm is heard by the network at any time, behind its first answer, and what it saved before is saved again when it is over, profile ${rest}`, () => {
    const world = readyWorld(rest);
    pass(world, 5000, rest);
    const told = savings(world).length;
    world.send("help");
    world.urgent(true);
    world.rest(NOT);
    assert.ok(world.runUntil(1000, () => world.answered.includes("answer help")) !== undefined);
    assert.is(savings(world).length, told, "nothing stands before it");
    pass(world, MINUTE, NOT);
    assert.equal(savings(world).slice(told), ["AT+CEDRXS=0", "AT+CPSMS=0"]);
    world.urgent(false);
    pass(world, MINUTE, rest);
    assert.equal(savings(world).slice(told + 2), before);
    assert.is(world.radioState(), "ready");
    assert.equal(world.modem.violations, []);
  });
}

test("a datagram for an open alarm doesn't wait for the network's next call", () => {
  const { world, bring } = heardWorld();
  world.urgent(true);
  assert.ok(world.deliver("help", 5000) !== undefined);
  pass(world, 5 * MINUTE + 1000, NOT);
  bring("taken");
  assert.ok(world.runUntil(500, () => world.answered.includes("taken")) !== undefined);
});

test("an alarm that nobody answers is sent again with no setting of its sleep before it", () => {
  const world = createWorld({ answers: false });
  world.start();
  world.urgent(true);
  assert.ok(world.runUntil(MINUTE, () => world.radioState() === "ready") !== undefined);
  for (let round = 0; round < 5; round++) {
    world.send("help");
    pass(world, 10000, NOT);
  }
  assert.is(world.arrived.length, 5);
  assert.not.ok(commands(world).some((text) => text.includes("CEDRXS") || text.includes("CPSMS")));
});

const savingAsked = (world: World) => /CEDRXS|CPSMS/.test(world.writes.at(-1)?.text ?? "");

test("a setting of its sleep that the modem refuses in an alarm is not asked again", () => {
  let refuses = false;
  const world = readyWorld(LIGHTLY, {
    onSerial: (text) => (refuses && savingAsked(world) ? text.replace("OK", "ERROR") : text),
  });
  refuses = true;
  const told = savings(world).length;
  world.urgent(true);
  assert.ok(world.deliver("help", 5000) !== undefined);
  pass(world, HOUR, NOT);
  assert.equal(savings(world).slice(told), ["AT+CEDRXS=0", "AT+CPSMS=0"]);
  assert.is(world.radioState(), "ready");
});

test("a modem that rests is told nothing of its sleep: that waits until it is awake", () => {
  const world = createWorld({ faults: scriptFaults([{ name: "searchLong" }]) });
  world.start();
  world.urgent(true);
  // So late behind the start that it may rest as soon as it is ready.
  assert.ok(world.runUntil(10 * MINUTE, () => world.radioState() === "ready") !== undefined);
  world.urgent(false);
  for (let ms = 0; ms < 10000; ms += 250) {
    world.clock.advanceBy(250);
    world.rest(LIGHTLY);
  }
  assert.equal(world.modem.violations, []);
  assert.not.ok(portIsThere(world));
  pass(world, HOUR, LIGHTLY);
  assert.is(commands(world).filter((text) => text.startsWith("AT+CEDRXS=1")).length, 1);
  assert.equal(world.modem.violations, []);
});

test.run();
