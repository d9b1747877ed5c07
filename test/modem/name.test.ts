// The platform's name: looked up beside all else, told, and the address that it led to opened beside.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { type ScriptedFault, scriptFaults } from "../../tools/simulator/faults.ts";
import { createMemoryNetwork } from "../../tools/simulator/memory-network.ts";
import type { Network } from "../../tools/simulator/network.ts";
import { createWorld, PLATFORM_PORT, type World, type WorldOptions } from "./world.ts";

const MINUTE = 60000;
const HOUR = 60 * MINUTE;
const LITERAL = `127.0.0.1:${PLATFORM_PORT}`;
const OTHER_PORT = 6000;
const NAME = `pager.example:${OTHER_PORT}`;
const FOUND = `127.0.0.1:${OTHER_PORT}`;
const LIGHTLY = 1;
const DEEPLY = 0;

const asked = (world: World) =>
  world.writes.filter(({ text }) => text.startsWith("AT+QIDNSGIP")).length;
const told = (world: World) =>
  world.inputs.flatMap((input) => (input.kind === "way" ? [input.address] : []));
const states = (world: World) =>
  world.inputs.flatMap((input) => (input.kind === "radio" ? [input.state] : []));
const leftAt = (world: World, fromMs: number) =>
  world.events.find(({ kind, atMs }) => kind === "sent" && atMs >= fromMs)?.atMs;

/** Ready, and told the name; `start` alone says nothing of it. */
function namedWorld(script: ScriptedFault[] = [], options: WorldOptions = {}, name = NAME): World {
  const world = createWorld({ faults: scriptFaults(script), ...options });
  world.start();
  world.way([LITERAL], name);
  assert.ok(world.runUntil(5 * MINUTE, () => world.radioState() === "ready") !== undefined);
  return world;
}

/** A second platform behind the name: what arrives there. */
function openOther(world: World): string[] {
  const arrived: string[] = [];
  const socket = world.network.open({
    port: OTHER_PORT,
    peer: true,
    onDatagram(octets, from) {
      arrived.push(Buffer.from(octets).toString("latin1"));
      socket.send(Uint8Array.from(Buffer.from("from the other")), from);
    },
    onFault: (text) => assert.unreachable(text),
  });
  return arrived;
}

test("a name is looked up once the radio is ready, and what it leads to is told with its port [wire §4.6]", () => {
  const world = namedWorld();
  assert.is(asked(world), 0, "ready waits for nothing");
  world.runUntil(MINUTE, () => false);
  assert.equal([asked(world), told(world)], [1, [FOUND]]);
  assert.is(states(world).at(-1), "ready");
  const none = namedWorld([], {}, "");
  none.runUntil(25 * HOUR, () => false);
  assert.is(asked(none), 0);
});

test("a name is asked once a day, whatever comes of it", () => {
  for (const script of [
    [],
    [{ name: "nameSilent", times: 9 }],
    [{ name: "nameFails", times: 9 }],
  ] as const) {
    const world = namedWorld([...script]);
    world.runUntil(71 * HOUR, () => false);
    assert.equal([asked(world), told(world).length], [3, script.length === 0 ? 3 : 0]);
    assert.not.ok(
      states(world)
        .slice(4)
        .some((state) => state !== "ready"),
    );
    assert.equal(world.modem.violations, []);
  }
});

test("another name is asked at once, the same one told again is not", () => {
  const world = namedWorld();
  world.runUntil(MINUTE, () => false);
  world.way([LITERAL], NAME);
  world.runUntil(MINUTE, () => false);
  assert.is(asked(world), 1);
  world.way([LITERAL], `elsewhere.example:${OTHER_PORT}`);
  world.runUntil(MINUTE, () => false);
  assert.is(asked(world), 2);
});

test("of two addresses the first one is told, and what nobody asked for is not", () => {
  const world = namedWorld([{ name: "nameTwo" }]);
  world.runUntil(MINUTE, () => false);
  assert.equal(told(world), [FOUND]);
  const forged = namedWorld([{ name: "nameFails" }], {
    onSerial: (text) => text.replace(/(\+QCSQ[^\r]*\r\n)/, '$1\r\n+QIURC: "dnsgip","6.6.6.6"\r\n'),
  });
  forged.runUntil(MINUTE, () => false);
  forged.way([LITERAL], "");
  forged.runUntil(HOUR, () => false);
  assert.not.ok(told(forged).includes("6.6.6.6:"), told(forged).join());
});

test("lines of a name inside another answer are read, and that answer too", () => {
  const world = namedWorld([{ name: "nameInAnswer" }]);
  assert.ok(world.deliver("one", MINUTE) !== undefined);
  world.runUntil(MINUTE, () => false);
  assert.equal(told(world), [FOUND]);
  assert.equal(world.modem.violations, []);
});

test("what was found is opened beside: nothing that is open is closed, and ready never ends", () => {
  const world = namedWorld();
  const arrived = openOther(world);
  world.runUntil(MINUTE, () => told(world).length > 0);
  const before = [world.writes.length, states(world).length];
  world.way([LITERAL, FOUND], NAME);
  world.runUntil(MINUTE, () => false);
  const commands = world.writes.slice(before[0]).map(({ text }) => text.slice(0, 13));
  assert.not.ok(
    commands.some((text) => /QIDEACT|QIACT|QICLOSE=0|QCFG/.test(text)),
    `${commands}`,
  );
  assert.not.ok(
    states(world)
      .slice(before[1])
      .some((state) => state !== "ready"),
  );
  world.send("help", 0);
  world.send("help", 1);
  world.runUntil(MINUTE, () => world.answered.length === 2);
  assert.equal([world.arrived, arrived], [["help"], ["help"]]);
  assert.equal(world.answered.sort(), ["answer help", "from the other"]);
});

test("an address that is dropped again leaves what is open, at whatever moment", () => {
  for (let lateMs = 0; lateMs < 400; lateMs += 7) {
    const world = namedWorld();
    openOther(world);
    world.way([LITERAL, FOUND], NAME);
    world.runUntil(MINUTE, () => false);
    world.send("help", 1);
    world.clock.advanceBy(lateMs);
    world.way([LITERAL], NAME);
    assert.ok(world.deliver("more", 5000) !== undefined, `${lateMs} ms`);
    assert.equal(world.modem.violations, []);
  }
});

test("while its id is being closed or opened, another list of addresses keeps the first one open", () => {
  for (let lateMs = 0; lateMs < 400; lateMs += 5) {
    const world = namedWorld();
    world.way([LITERAL, FOUND], NAME);
    world.clock.advanceBy(lateMs);
    world.way([LITERAL, "127.0.0.1:6001"], NAME);
    const from = world.writes.length;
    world.runUntil(MINUTE, () => false);
    const touches = ({ text }: { text: string }) => /^AT\+(QICLOSE=0|QIOPEN=1,0)/.test(text);
    const closed = world.writes.slice(from).filter(touches);
    assert.equal([closed.length, world.radioState()], [0, "ready"], `${lateMs} ms`);
    assert.ok(world.deliver("more", 5000) !== undefined, `${lateMs} ms`);
  }
});

test("no name is asked while an alarm is open, and it is asked behind it", () => {
  const world = createWorld();
  world.start();
  world.way([LITERAL], NAME);
  world.urgent(true);
  assert.ok(world.deliver("help", MINUTE) !== undefined);
  world.runUntil(2 * HOUR, () => false);
  assert.is(asked(world), 0);
  world.urgent(false);
  world.runUntil(MINUTE, () => false);
  assert.is(asked(world), 1);
});

test("help that is sent at any moment of a look-up leaves as soon as without one [wire §4.6]", () => {
  /** From the press to the air, so long behind the moment at which a name is asked. */
  const spans = (name: string, script: ScriptedFault[]): number[] => {
    const found: number[] = [];
    for (let lateMs = 0; lateMs < 300; lateMs += 5) {
      const world = namedWorld(script, {}, name);
      world.runUntil(MINUTE, () => world.writes.at(-1)?.text.startsWith("AT+CCLK") === true);
      world.clock.advanceBy(30 + lateMs);
      const pressMs = world.clock.nowMs();
      world.urgent(true);
      world.send("help");
      world.runUntil(5000, () => leftAt(world, pressMs) !== undefined);
      found.push((leftAt(world, pressMs) ?? 5000 + pressMs) - pressMs);
      assert.ok(world.runUntil(5000, () => world.answered.includes("answer help")) !== undefined);
      assert.equal(world.modem.violations, []);
    }
    return found;
  };
  const without = Math.max(...spans("", []));
  for (const script of [
    [],
    [{ name: "nameSilent" }],
    [{ name: "nameFails" }],
    [{ name: "nameInAnswer" }],
  ] as const) {
    const slowest = Math.max(...spans(NAME, [...script]));
    // One short command at most stands before it, as any other does.
    assert.ok(slowest <= without + 40 && slowest < 300, `${slowest} ms, without ${without}`);
  }
});

test("a wrong address costs a copy there, and help is answered by the one that was provisioned as soon", () => {
  const network = (clock: Parameters<typeof createMemoryNetwork>[0]["clock"]): Network => {
    const inner = createMemoryNetwork({ clock });
    return {
      ...inner,
      open(options) {
        const socket = inner.open(options);
        return {
          ...socket,
          send: (octets, to) => (to.host === "127.0.0.1" ? socket.send(octets, to) : undefined),
        };
      },
    };
  };
  const took: (number | undefined)[] = [];
  for (const wrong of [false, true]) {
    const world = namedWorld([{ name: "nameWrong" }], { network });
    world.runUntil(MINUTE, () => false);
    assert.equal(told(world), [`198.51.100.66:${OTHER_PORT}`]);
    world.way(wrong ? [LITERAL, ...told(world)] : [LITERAL], NAME);
    world.runUntil(MINUTE, () => false);
    const startMs = world.clock.nowMs();
    world.urgent(true);
    world.send("help", 0);
    if (wrong) world.send("help", 1);
    world.runUntil(MINUTE, () => world.answered.includes("answer help"));
    took.push(world.clock.nowMs() - startMs);
    world.runUntil(HOUR, () => false);
    assert.is(world.radioState(), "ready");
  }
  assert.ok((took[1] ?? MINUTE) <= (took[0] ?? 0) + 60, `${took} ms`);
});

test("behind a new context a name is asked at once, where no datagram has come for a day", () => {
  for (const heard of [false, true]) {
    const world = namedWorld([{ name: "contextLost", afterMs: 30 * HOUR }]);
    world.runUntil(29 * HOUR, () => false);
    assert.is(asked(world), 2);
    if (heard) assert.ok(world.deliver("beat", MINUTE) !== undefined);
    world.runUntil(2 * HOUR, () => false);
    assert.ok(world.events.some(({ text }) => text === "contextLost"));
    assert.is(asked(world), heard ? 2 : 3);
  }
});

/** Lets time pass with a tick each ten seconds, as the loop gives one. */
function pass(world: World, ms: number, rest: number): void {
  for (let leftMs = ms; leftMs > 0; leftMs -= 10000) {
    world.clock.advanceBy(Math.min(leftMs, 10000));
    world.rest(rest);
  }
}

test("the modem's port stays there until the answer may have come, and what sleeps is not woken for a name", () => {
  const world = namedWorld([], { modem: { timing: { openMs: 30000 } } });
  world.rest(LIGHTLY);
  pass(world, 48 * HOUR, LIGHTLY);
  assert.is(told(world).length, asked(world));
  assert.ok(asked(world) >= 2);
  let awaited = false;
  for (const { kind, text } of world.events) {
    if (kind === "command" && text.startsWith("AT+QIDNSGIP")) awaited = true;
    if (text.includes("dnsgip")) awaited = false;
    assert.not.ok(awaited && text === "port released");
  }
  assert.equal(world.modem.violations, []);
  const asleep = namedWorld();
  pass(asleep, 2 * MINUTE, DEEPLY);
  assert.is(asleep.modem.power, "asleep");
  pass(asleep, 48 * HOUR, DEEPLY);
  assert.equal([asleep.modem.power, asked(asleep)], ["asleep", 1]);
  // With the next beat it is up in any case.
  assert.ok(asleep.deliver("beat", 45000) !== undefined);
  pass(asleep, MINUTE, DEEPLY);
  assert.is(asked(asleep), 2);
});

test.run();
