// The simulated attacker: what it injects is made from what it overheard, and is what it says.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { ACK, decodePacket, EMPTY, type Packet, RST } from "../../protocol/coap.ts";
import { isFault } from "../../protocol/fault.ts";
import { readSealed } from "../../protocol/oscore.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { hexOf } from "../../sdk/octets.ts";
import { attackerIn, type Injected, PORTS } from "./given-attacker.ts";
import { DAY_MS, HOUR_MS, type Rates, SECOND_MS } from "./given-weather.ts";
import { exchangeOf, KIDS, PAGERS } from "./sealed-exchange.ts";

type Way = "up" | "down";
const wayOf = (one: Injected): Way => (one.from === undefined ? "down" : "up");

/** The datagrams of this pager and direction that were heard at any time, as octets. */
function modelsOf(world: ReturnType<typeof attackerIn>, one: Injected): Uint8Array[] {
  const models = [...world.all[wayOf(one)].values()];
  return models.filter(({ pager }) => pager === one.pager).map(({ bytes }) => bytes);
}

function bitsApart(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return -1;
  let bits = 0;
  for (let at = 0; at < a.length; at++) {
    for (let rest = a[at] ^ b[at]; rest > 0; rest >>= 1) bits += rest & 1;
  }
  return bits;
}

function packetOf(bytes: Uint8Array): Packet {
  const packet = decodePacket(nodeMachine, bytes);
  if (isFault(packet)) throw new Error(packet.fault);
  return packet;
}

for (const [name, attack, way] of [
  ["attackReplayUp", "replayUp", "up"],
  ["attackReplayDown", "replayDown", "down"],
] as const) {
  test(`${attack}: old and fresh datagrams come again as they were`, () => {
    const world = attackerIn({ [name]: 3000 });
    world.live(20);
    const { injected } = world;
    assert.ok(injected.length > 300);
    for (const one of injected) {
      assert.is(one.attack, attack);
      assert.is(wayOf(one), way);
      assert.is(world.all[way].get(hexOf(one.bytes))?.pager, one.pager);
    }
    assert.equal([...new Set(injected.map(({ pager }) => pager))].sort(), PAGERS);
    if (way === "down") return;
    const fresh = injected.filter((one) => hexOf(one.bytes) === hexOf(one.newest ?? one.bytes));
    assert.ok(fresh.length > injected.length / 3 && fresh.length < injected.length / 1.2);
  });
}

for (const [name, attack, way] of [
  ["attackTruncatedUp", "truncatedUp", "up"],
  ["attackTruncatedDown", "truncatedDown", "down"],
] as const) {
  test(`${attack}: the beginning of a datagram, one octet at least and never all`, () => {
    const world = attackerIn({ [name]: 3000 });
    world.live(20);
    assert.ok(world.injected.length > 300);
    for (const one of world.injected) {
      assert.is(one.attack, attack);
      assert.is(wayOf(one), way);
      const { length } = one.bytes;
      const isCut = (model: Uint8Array) =>
        model.length > length && bitsApart(model.subarray(0, length), one.bytes) === 0;
      assert.ok(one.bytes.length > 0 && modelsOf(world, one).some(isCut));
    }
  });
}

for (const [name, attack, way] of [
  ["attackBentUp", "bentUp", "up"],
  ["attackBentDown", "bentDown", "down"],
] as const) {
  test(`${attack}: one bit is changed, in header, token, option or ciphertext`, () => {
    const world = attackerIn({ [name]: 3000 });
    world.live(20);
    const parts = { header: 0, token: 0, option: 0, payload: 0 };
    for (const one of world.injected) {
      assert.is(one.attack, attack);
      assert.is(wayOf(one), way);
      const model = modelsOf(world, one).find((other) => bitsApart(other, one.bytes) === 1);
      assert.ok(model);
      const at = one.bytes.findIndex((octet, i) => octet !== model[i]);
      const payloadAt = model.length - packetOf(model).payload.length;
      if (at < 4) parts.header++;
      else if (at < 5) parts.token++;
      else if (at < payloadAt) parts.option++;
      else parts.payload++;
    }
    const count = world.injected.length;
    assert.ok(count > 300);
    for (const hits of Object.values(parts)) assert.ok(hits > count / 8, JSON.stringify(parts));
  });
}

for (const [name, attack, type] of [
  ["attackEmptyAnswer", "forgedEmptyAnswer", ACK],
  ["attackReset", "forgedReset", RST],
] as const) {
  test(`${attack}: four octets, by turns for the pager's newest datagram and for none`, () => {
    const world = attackerIn({ [name]: 3000 });
    world.live(20);
    assert.ok(world.injected.length > 300);
    world.injected.forEach((one, at) => {
      assert.is(one.attack, attack);
      assert.is(wayOf(one), "down");
      assert.is(one.bytes.length, 4);
      const packet = packetOf(one.bytes);
      assert.equal([packet.type, packet.code], [type, EMPTY]);
      const { messageId } = packetOf(one.newest ?? one.bytes);
      if (at > 5 && at % 2 === 0) assert.is(packet.messageId, messageId);
    });
    const random = world.injected.filter((one) => {
      const { messageId } = packetOf(one.newest ?? one.bytes);
      return packetOf(one.bytes).messageId !== messageId;
    });
    assert.ok(random.length > world.injected.length / 2.5);
  });
}

test("forgedError: 4.04 or 5.03 with token and message id of the newest, protected by nothing", () => {
  const world = attackerIn({ attackError: 3000 });
  world.live(20);
  assert.ok(world.injected.length > 300);
  const codes = new Map<number, number>();
  for (const one of world.injected) {
    assert.is(one.attack, "forgedError");
    const packet = packetOf(one.bytes);
    assert.is(packet.type, ACK);
    assert.equal([packet.options, packet.payload.length], [[], 0]);
    codes.set(packet.code, (codes.get(packet.code) ?? 0) + 1);
    if (one.newest === undefined) continue;
    const request = packetOf(one.newest);
    assert.is(packet.messageId, request.messageId);
    assert.is(hexOf(packet.token), hexOf(request.token));
  }
  assert.equal([...codes.keys()].sort(), [132, 163]);
});

test("flood: forty at once, noise, known kids, empty ones and ones of 1,400 octets", () => {
  const world = attackerIn({ attackFlood: 20_000 });
  world.live(20);
  const floods = new Map<number, Injected[]>();
  for (const one of world.injected) {
    floods.set(one.atMs, [...(floods.get(one.atMs) ?? []), one]);
  }
  assert.ok(floods.size > 40);
  let fromOne = 0;
  for (const flood of floods.values()) {
    assert.is(flood.length, 40);
    assert.is(flood.filter(({ bytes }) => bytes.length === 0).length, 10);
    assert.is(flood.filter(({ bytes }) => bytes.length === 1400).length, 10);
    for (const one of flood) {
      assert.is(one.attack, "flood");
      if (one.pager === "" || one.newest === undefined) continue;
      const sealed = readSealed(nodeMachine, packetOf(one.bytes));
      assert.not.ok(isFault(sealed));
      if (!isFault(sealed)) assert.is(hexOf(sealed.kid ?? []), KIDS[one.pager]);
    }
    assert.is(flood.filter(({ pager }) => pager !== "").length, 10);
    if (new Set(flood.map(({ from }) => JSON.stringify(from))).size === 1) fromOne++;
  }
  assert.ok(fromOne > floods.size / 4 && fromOne < floods.size / 1.3);
});

test("a source is a stranger's, or now and then that of the pager whose datagram it is", () => {
  const world = attackerIn({ attackReplayUp: 2000, attackBentUp: 2000 });
  world.live(20);
  let own = 0;
  for (const { from, pager } of world.injected) {
    const port = from?.port ?? 0;
    if (from?.address === "192.0.2.1") {
      own++;
      assert.is(port, PORTS[pager]);
    } else assert.match(from?.address ?? "", /^203\.0\.113\.([1-9]\d?|1\d\d|2[0-4]\d|25[0-4])$/);
  }
  const count = world.injected.length;
  assert.ok(own > count / 5 && own < count / 2.2, `${own} of ${count}`);
});

test("more than a third of the acts strike within two seconds of a datagram of that pager", () => {
  const world = attackerIn({ attackEmptyAnswer: 9000, attackReplayUp: 9000 });
  const sent: Record<string, number> = {};
  let soon = 0;
  let counted = 0;
  for (let i = 0; i < 2000; i++) {
    const pager = PAGERS[i % PAGERS.length];
    world.exchange(pager);
    sent[pager] = world.clock.nowMs();
    world.clock.advanceBy(HOUR_MS);
    for (const one of world.injected.slice(counted)) {
      if (one.atMs - (sent[one.pager] ?? 0) <= 2 * SECOND_MS) soon++;
    }
    counted = world.injected.length;
  }
  assert.ok(counted > 500 && soon > counted / 3 && soon < counted, `${soon} of ${counted}`);
});

test("nothing is sent again before anything was heard, and forgeries need nothing", () => {
  const copies = attackerIn({
    attackReplayUp: 100,
    attackReplayDown: 100,
    attackTruncatedUp: 100,
    attackBentDown: 100,
  });
  copies.clock.advanceBy(DAY_MS);
  assert.is(copies.injected.length, 0);
  const forgeries = attackerIn({ attackReset: 100, attackError: 100, attackFlood: 1000 });
  forgeries.clock.advanceBy(DAY_MS);
  assert.equal([...new Set(forgeries.injected.map(({ attack }) => attack))].sort(), [
    "flood",
    "forgedError",
    "forgedReset",
  ]);
});

const EVERY: Rates = {
  attackReplayUp: 500,
  attackReplayDown: 500,
  attackEmptyAnswer: 500,
  attackReset: 500,
  attackError: 500,
  attackTruncatedUp: 500,
  attackTruncatedDown: 500,
  attackBentUp: 500,
  attackBentDown: 500,
  attackFlood: 5000,
};

test("nothing that was overheard is changed", () => {
  const world = attackerIn(EVERY);
  const originals = PAGERS.map((pager, at) => exchangeOf(pager, 500 + at));
  const before = originals.map(({ up, down }) => hexOf(up) + hexOf(down));
  originals.forEach(({ up, down }, at) => {
    for (const [kind, bytes] of [
      ["left", up],
      ["came", down],
    ] as const) {
      world.attacker.overhear({ atMs: 0, kind, pager: PAGERS[at], bytes });
    }
  });
  world.live(2);
  assert.equal(
    originals.map(({ up, down }) => hexOf(up) + hexOf(down)),
    before,
  );
});

test("once it is calm nothing is sent any more, nor what waited for a datagram", () => {
  const world = attackerIn(EVERY);
  world.live(1);
  world.clock.advanceBy(HOUR_MS);
  world.exchange("p1");
  const count = world.injected.length;
  assert.ok(count > 500);
  world.calm();
  world.live(3);
  assert.is(world.injected.length, count);
  assert.is(world.clock.pendingTimers, 0);
});

test("one seed is one attacker, and another seed another", () => {
  const days = [7, 7, 8].map((seed) => {
    const world = attackerIn(EVERY, seed);
    world.live(1);
    return JSON.stringify(
      world.injected.map(({ atMs, bytes, from }) => [atMs, hexOf(bytes), from]),
    );
  });
  assert.is(days[0], days[1]);
  assert.is.not(days[0], days[2]);
});

test.run();
