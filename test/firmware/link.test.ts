// What comes in from anybody, and what goes out to the platform.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { REPEATED } from "../../firmware/core/counts.ts";
import {
  ACK,
  CHANGED,
  CON,
  decodePacket,
  encodePacket,
  NON,
  type Packet,
  POST,
  RST,
} from "../../protocol/coap.ts";
import { EXCHANGE_MS } from "../../protocol/exchange.ts";
import { isFault } from "../../protocol/fault.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import type { Octets } from "./platform.ts";
import { readyWorld, World } from "./world.ts";

/** All of a pager but its counts and its log: what no stranger may change. */
function fingerprint(world: World): string {
  return JSON.stringify({ ...world.state, counts: {}, rows: [], rowAt: 0 });
}

function countsOf(world: World): number {
  return Object.values(world.state.counts).reduce((sum, count) => sum + count, 0);
}

/** Brings a datagram that must change nothing but one count. */
function expectCounted(world: World, datagram: Octets, what: string): void {
  // Whatever is due now is done first, so that only the datagram can make a difference.
  world.input({ kind: "tick" });
  const before = fingerprint(world);
  const count = countsOf(world);
  const effects = world.trace.length;
  world.bring(datagram);
  assert.ok(fingerprint(world) === before, `${what} changed the state`);
  assert.is(countsOf(world), count + 1, what);
  const kinds = world.trace.slice(effects).map(({ effect }) => effect.kind);
  assert.equal(kinds, ["log"], what);
}

/** An alarm that was sent and whose answer, which is returned, did not arrive yet. */
function sendingWorld(): { world: World; answer: Octets } {
  const world = readyWorld();
  world.down = false;
  world.hold();
  const [answer] = world.platform.hear(world.air[0]);
  return { world, answer };
}

function parse(datagram: Octets): Packet {
  const packet = decodePacket(nodeMachine, datagram);
  if (isFault(packet)) throw new Error(packet.fault);
  return packet;
}

test("an answer with any octet changed changes nothing but a count", () => {
  const { world, answer } = sendingWorld();
  for (let at = 0; at < answer.length; at++) {
    // The message id is no proof of anything and may differ.
    if (at === 2 || at === 3) continue;
    for (const bit of [1, 128]) {
      const forged = answer.slice();
      forged[at] ^= bit;
      if (at === 0 && (forged[0] & 0xcf) === (answer[0] & 0xcf)) continue;
      expectCounted(world, forged, `octet ${at} ^ ${bit}`);
    }
  }
  world.bring(answer);
  assert.is(world.state.alarm.stage, "delivered");
});

test("an answer cut short anywhere changes nothing but a count", () => {
  const { world, answer } = sendingWorld();
  for (let length = 0; length < answer.length; length++) {
    expectCounted(world, answer.slice(0, length), `${length} octets`);
  }
});

test("empty acknowledgements, resets and unprotected errors end nothing [wire §2.4]", () => {
  const { world } = sendingWorld();
  const request = parse(world.air[0]);
  const bare = { ...request, options: [], payload: new Uint8Array(0) };
  const none = { ...bare, token: new Uint8Array(0), code: 0 };
  expectCounted(world, encodePacket(nodeMachine, { ...none, type: ACK }) as Octets, "empty ACK");
  expectCounted(world, encodePacket(nodeMachine, { ...none, type: RST }) as Octets, "reset");
  for (const code of [CHANGED, 128, 129, 132, 160, 163]) {
    const answer = encodePacket(nodeMachine, { ...bare, type: ACK, code }) as Octets;
    expectCounted(world, answer, `unprotected ${code}`);
  }
  const before = world.air.length;
  world.run(6000);
  assert.is(world.air.length, before + 1, "it is still sent again");
});

test("noise of any length changes nothing but a count", () => {
  const { world } = sendingWorld();
  let seed = 7;
  for (let length = 0; length < 300; length++) {
    const noise = Uint8Array.from({ length }, () => {
      seed = (seed * 48271) % 2147483647;
      return seed % 256;
    });
    expectCounted(world, noise, `${length} octets`);
  }
  expectCounted(world, new Uint8Array(2000), "longer than any datagram");
});

test("a copy of an answer counts as one and changes nothing", () => {
  const { world, answer } = sendingWorld();
  world.bring(answer);
  world.platform.listening = false;
  world.run(1000);
  expectCounted(world, answer, "bare answer again");
});

test("a separate answer ends the exchange like any other, and each copy is acknowledged [RFC 7252 §5.2.2]", () => {
  const { world, answer } = sendingWorld();
  world.platform.listening = false;
  const separate = encodePacket(nodeMachine, { ...parse(answer), type: CON, messageId: 0x4321 });
  const before = world.air.length;
  world.bring(separate as Octets);
  assert.is(world.state.alarm.stage, "delivered");
  world.bring(separate as Octets);
  const empty = Uint8Array.of(0x60, 0, 0x43, 0x21);
  assert.equal(world.air.slice(before), [empty, empty]);
});

test("a copy of an answer with content is not obeyed twice", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  world.up = false;
  world.hold();
  const [answer] = world.platform.hear(world.air[0]);
  world.bring(answer);
  assert.is(world.state.clock.timeS, 200000000);
  world.run(10000);
  expectCounted(world, answer, "ten seconds later it would set the clock back");
});

test("what the platform sealed for one pager number opens under no other [wire §1]", () => {
  const { world, answer } = sendingWorld();
  world.run(31000);
  const packet = parse(answer);
  const token = parse(world.air[world.air.length - 1]).token;
  expectCounted(world, encodePacket(nodeMachine, { ...packet, token }) as Octets, "other exchange");
});

test("the platform's word with any octet changed changes nothing but a count", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  world.hold();
  const word = world.platform.take(world.platform.alarms[0]);
  for (let at = 0; at < word.length; at++) {
    if (at === 2 || at === 3) continue;
    const forged = word.slice();
    forged[at] ^= 1;
    // The token belongs to the platform alone: it is not sealed and only given back.
    if (at >= 4 && at < 4 + (word[0] % 16)) continue;
    expectCounted(world, forged, `octet ${at}`);
  }
  world.bring(word);
  assert.is(world.state.alarm.stage, "taken");
});

test("after a reset a word recorded before is not obeyed, it makes the pager ask [wire §4.4]", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  world.hold();
  const alarm = world.platform.alarms[0];
  const word = world.platform.close(alarm);
  world.platform.pending = [];
  world.reboot();
  world.radio("ready");
  world.down = false;
  const asked = world.platform.ofLetter("w").length;
  world.bring(word);
  world.run(100);
  assert.is(world.state.alarm.stage, "delivered");
  assert.is(world.platform.obeyed, 0);
  assert.ok(world.platform.ofLetter("w").length > asked);
});

test("after a reset the answer to what the pager asked brings the word, and the next ones are obeyed", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  world.hold();
  const alarm = world.platform.alarms[0];
  world.run(10000);
  world.reboot();
  world.bring(world.platform.take(alarm));
  assert.is(world.state.alarm.stage, "delivered", "not shown fresh");
  world.radio("ready");
  world.run(200);
  assert.is(world.state.alarm.stage, "taken");
  world.bring(world.platform.close(alarm));
  assert.is(world.state.alarm.stage, "closed");
});

test("words that can't be shown fresh make the pager ask at most every two seconds", () => {
  const world = new World();
  world.boot();
  world.radio("ready");
  world.run(10);
  const word = world.platform.say(1, 77);
  const seconds = 20;
  for (let i = 0; i < seconds * 10; i++) {
    world.bring(word);
    world.run(100);
  }
  assert.is(world.platform.ofLetter("w").length, seconds / 2);
  assert.is(world.state.alarm.stage, "none");
});

test("a word recorded before the first fresh answer is never obeyed afterwards", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  const early = world.platform.say(2, 2);
  world.hold();
  assert.is(world.state.alarm.stage, "delivered");
  const number = world.state.alarm.number;
  const word = world.platform.say(1, number);
  world.bring(early);
  assert.is(world.state.counts[REPEATED], 1);
  world.bring(word);
  assert.is(world.state.alarm.stage, "taken");
});

test("a command of a newer version gets the result that it is not known", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  world.hold();
  world.bring(world.platform.say(23, 5));
  world.run(1000);
  assert.is(world.platform.obeyed, 1);
  const [result] = world.platform.ofLetter("o");
  assert.equal(result.report, { what: 23, number: 5, outcome: 1, detail: 0 });
});

test("a word that needs no answer is obeyed without one", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  world.hold();
  world.bring(world.platform.say(1, world.state.alarm.number, NON));
  world.run(1000);
  assert.is(world.state.alarm.stage, "taken");
  assert.is(world.platform.obeyed, 0);
});

test("a platform that lost its window is given its proof at once [wire §1.3]", () => {
  const world = readyWorld();
  world.platform.asksEcho = true;
  world.hold();
  world.run(200);
  assert.is(world.state.alarm.stage, "delivered", "an alarm is stored before the proof");
  assert.is(world.platform.asksEcho, false, "proven");
  const other = readyWorld();
  other.platform.asksEcho = true;
  other.press(100);
  other.run(1000);
  assert.is(other.platform.ofLetter("c").length, 1, "all else after it");
  assert.equal(other.cues(), ["checkinDelivered"]);
});

test("a platform that asks for proof for ever is not answered without end", () => {
  const world = readyWorld();
  world.platform.asksEcho = true;
  const hear = world.platform.hear.bind(world.platform);
  world.platform.hear = (datagram) => {
    const answers = hear(datagram);
    world.platform.asksEcho = true;
    return answers;
  };
  const stubborn = readyWorld();
  stubborn.platform.stubborn = true;
  for (const one of [world, stubborn]) {
    one.hold();
    const before = one.air.length;
    one.run(10 * EXCHANGE_MS);
    assert.ok(one.air.length - before < 100, `${one.air.length - before} datagrams`);
  }
});

test("an alarm goes before a check-in that is under way, which is delivered afterwards", () => {
  const world = readyWorld();
  world.platform.listening = false;
  world.press(100);
  world.run(1000);
  world.input({ kind: "key", down: true });
  world.run(2999);
  const before = world.air.length;
  world.platform.listening = true;
  world.run(1);
  assert.is(world.air.length, before + 1);
  world.input({ kind: "key", down: false });
  world.run(60000);
  assert.equal(
    world.platform.stored.slice(0, 2).map((message) => message.letter),
    ["s", "c"],
  );
});

test("one message that nobody answers doesn't hold the others back", () => {
  const world = readyWorld();
  const hear = world.platform.hear.bind(world.platform);
  const unheard = new Set<string>();
  world.hold();
  world.platform.hear = (datagram) => {
    const count = world.platform.ofLetter("m").length;
    const answers = hear(datagram);
    if (world.platform.ofLetter("m").length > count) unheard.add(datagram.join());
    return unheard.has(datagram.join()) ? [] : answers;
  };
  world.hold();
  world.run(100);
  world.input({ kind: "fix", latitude: 1, longitude: 1, uncertaintyM: 20, timeS: 0 });
  world.run(EXCHANGE_MS + 1000);
  assert.is(world.platform.ofLetter("r").length, 1);
  world.run(EXCHANGE_MS);
  assert.ok(world.platform.ofLetter("m").length > 1, "and it is still tried");
});

test("a word that crosses its result gets no second one at once", () => {
  const world = readyWorld();
  world.platform.tellsTime = true;
  world.hold();
  const alarm = world.platform.alarms[0];
  world.bring(world.platform.take(alarm));
  world.run(500);
  world.bring(world.platform.take(alarm));
  world.run(500);
  assert.is(world.platform.ofLetter("o").length, 1);
  world.run(30000);
  assert.is(world.platform.ofLetter("o").length, 2, "but the platform is not left waiting");
});

test("a radio that comes back sends the same octets again at once, and no number is spent", () => {
  const world = readyWorld();
  world.platform.listening = false;
  world.hold();
  world.radio("searching");
  const next = world.state.counters[0].next;
  const before = world.air.length;
  world.radio("ready");
  assert.is(world.air.length, before + 1);
  assert.is(world.state.counters[0].next, next);
  assert.equal(world.air[world.air.length - 1], world.air[0]);
});

test("alarms, check-ins and results are confirmable, a beat is not [wire §3]", () => {
  const world = readyWorld();
  world.run(60000);
  world.press(100);
  world.run(1000);
  world.hold();
  const types = world.air.map((datagram) => parse(datagram).type);
  assert.equal(types, [NON, CON, CON]);
  for (const datagram of world.air) assert.is(parse(datagram).code, POST);
});

test("after a reset the last answers of before open nothing", () => {
  const { world, answer } = sendingWorld();
  world.reboot();
  world.radio("ready");
  world.run(10);
  expectCounted(world, answer, "answer to the run before");
});

test("a proof that nobody answered isn't brought a second time: it is asked for anew [wire §1.3]", () => {
  const world = readyWorld();
  world.platform.asksEcho = true;
  world.press(200);
  while (world.state.link.echo === undefined) world.run(10);
  world.platform.listening = false;
  world.run(EXCHANGE_MS + 30_000);
  assert.is(world.state.link.echo, undefined);
  world.platform.listening = true;
  world.run(EXCHANGE_MS + 30_000);
  assert.is(world.platform.asksEcho, false, "proven");
  assert.is(world.platform.ofLetter("c").length, 1);
});

test.run();
