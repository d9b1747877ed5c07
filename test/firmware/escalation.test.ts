// Beside datagrams: sealed texts to the platform, then texts to the contacts, while it is undelivered.
// Each sentence of the escalation, with the path that fails, the reset and the answer in its midst.

import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  CONTACT,
  CONTACTS_AFTER_S,
  LANGUAGE,
  PLATFORM_NUMBER,
  SMS_AFTER_S,
} from "../../firmware/core/settings.ts";
import { fromSmsText, SMS_MARK } from "../../protocol/base64.ts";
import type { Bytes } from "../../protocol/machine.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { PowerCut } from "./storage.ts";
import { readyWorld, type World } from "./world.ts";

const PLATFORM = "+8610086000000";
const PEOPLE = ["+8613800000001", "+8613800000002", "+8613800000003"];

/** A pager whose datagrams go nowhere, while texts may. */
function mutedWorld(contacts: number, platform = true): World {
  const world = readyWorld();
  if (platform) world.set(PLATFORM_NUMBER, PLATFORM);
  for (let i = 0; i < contacts; i++) world.set(CONTACT + i, PEOPLE[i]);
  world.radio("ready", true);
  world.up = false;
  world.down = false;
  return world;
}

/** Held now; returns when the hold raised it. */
function raise(world: World): number {
  const raisedMs = world.nowMs + 3000;
  world.hold();
  return raisedMs;
}

function textsTo(world: World, to: string): { atMs: number; text: string }[] {
  return world.texts.filter((one) => one.to === to);
}

function plain(world: World): string[] {
  return world.texts.flatMap(({ to }) => (to === PLATFORM ? [] : [to]));
}

test("undelivered for 30 s, a sealed text goes to the platform, and its answer by text ends everything", () => {
  const world = mutedWorld(2);
  const raisedMs = raise(world);
  world.run(60000);
  const [sealed] = textsTo(world, PLATFORM);
  assert.is(sealed.atMs - raisedMs, 30000);
  assert.ok(sealed.text.startsWith(SMS_MARK) && sealed.text.length <= 160);
  assert.is(world.state.alarm.stage, "delivered");
  assert.is(world.platform.alarms.length, 1);
  assert.is(world.platform.alarms[0].number, world.state.alarm.number);
  assert.is(world.cues().pop(), "delivered");
  world.run(600000);
  assert.is(world.texts.length, 1, "after it no further step begins");
  assert.equal(world.platform.complaints, []);
});

test("a delivered alarm texts nobody", () => {
  const world = mutedWorld(2);
  world.up = true;
  world.down = true;
  raise(world);
  world.run(600000);
  assert.equal(world.texts, []);
});

test("while it stays undelivered sealed texts go every 120 s, each under a new number, and datagrams never stop", () => {
  const world = mutedWorld(0);
  world.textsUp = false;
  raise(world);
  world.run(600000);
  const sealed = textsTo(world, PLATFORM);
  assert.is(sealed.length, 5);
  for (let i = 1; i < sealed.length; i++) assert.is(sealed[i].atMs - sealed[i - 1].atMs, 120000);
  assert.is(new Set(sealed.map((one) => one.text)).size, 5);
  const sends = world.trace.filter(({ effect }) => effect.kind === "send");
  for (let i = 1; i < sends.length; i++) assert.ok(sends[i].atMs - sends[i - 1].atMs <= 25000);
  assert.equal(world.platform.complaints, []);
});

test("a path that can't work at 30 s goes at the moment when it can [pager §2.5]", () => {
  const world = mutedWorld(1);
  world.radio("ready", false);
  const raisedMs = raise(world);
  world.run(76900);
  assert.equal(world.texts, []);
  world.radio("ready", true);
  assert.is(textsTo(world, PLATFORM)[0].atMs - raisedMs, 77100);
  world.textsDown = false;
  world.run(10000);
  assert.equal(plain(world), [PEOPLE[0]], "and the contacts, whose time has come too, behind it");
});

test("texts go without any way for datagrams", () => {
  const world = mutedWorld(1);
  world.radio("searching", true);
  raise(world);
  world.run(60000);
  assert.is(textsTo(world, PLATFORM).length, 1);
  assert.is(world.state.alarm.stage, "delivered");
});

test("undelivered for 60 s, each contact is texted once, in order, with kind, time and position", () => {
  const world = mutedWorld(3);
  world.textsUp = false;
  world.set(LANGUAGE, 1);
  world.input({
    kind: "fix",
    latitude: 311234567,
    longitude: -1211234599,
    uncertaintyM: 35,
    timeS: 209715131,
  });
  world.run(116000);
  const raisedMs = raise(world);
  world.run(900000);
  assert.equal(plain(world), PEOPLE);
  const first = textsTo(world, PEOPLE[0])[0];
  assert.is(first.atMs - raisedMs, 60000);
  assert.match(
    first.text,
    /^Onekey! call for help 1min ago: 31\.12345,-121\.12345 \+-35m 2min ago$/,
  );
  for (const { text } of world.texts) assert.ok(text.length <= 160);
});

test("a text says how long ago the hold was, also across a reset, where both times are known", () => {
  const world = mutedWorld(1, false);
  world.set(LANGUAGE, 1);
  world.radio("ready", false);
  world.input({ kind: "clock", timeS: 200000000, source: "network" });
  raise(world);
  world.reboot();
  world.run(1000);
  world.input({ kind: "clock", timeS: 200000000 + 600, source: "network" });
  world.radio("ready", true);
  assert.is(textsTo(world, PEOPLE[0])[0].text, "Onekey! call for help 9min ago: position unknown");
});

test("the kind of call stands in the text, in pinyin where the language is Chinese", () => {
  const said = (letter: "F" | "Z" | "N", language: number) => {
    const world = mutedWorld(1, false);
    world.set(LANGUAGE, language);
    world.input({ kind: "concern", letter, detail: 1 });
    world.run(61000);
    return textsTo(world, PEOPLE[0])[0].text;
  };
  assert.is(said("F", 1), "Onekey! fall 1min ago: position unknown");
  assert.is(said("Z", 1), "Onekey! left the zone 1min ago: position unknown");
  assert.is(said("N", 1), "Onekey! no movement 1min ago: position unknown");
  assert.is(said("F", 0), "Onekey! diedao 1fenzhong qian: weizhi weizhi");
  assert.is(said("Z", 0), "Onekey! likai quyu 1fenzhong qian: weizhi weizhi");
  assert.is(said("N", 0), "Onekey! wu huodong 1fenzhong qian: weizhi weizhi");
});

test("delivered between two contacts stops those that are left", () => {
  const world = mutedWorld(3, false);
  world.radio("ready", true);
  raise(world);
  world.run(61000);
  assert.equal(plain(world), [PEOPLE[0]]);
  world.up = true;
  world.down = true;
  world.radio("searching", true);
  world.radio("ready", true);
  world.run(600000);
  assert.equal(plain(world), [PEOPLE[0]]);
});

test("a contact whose text the modem can't get rid of is tried once more, behind the others", () => {
  const world = mutedWorld(2, false);
  world.textsLeave = false;
  raise(world);
  world.run(1200000);
  const asked = world.trace.flatMap(({ effect }) => (effect.kind === "text" ? [effect.to] : []));
  assert.equal(asked, [PEOPLE[0], PEOPLE[1], PEOPLE[0], PEOPLE[1]]);
});

test("settings without numbers skip their step, and the settings say when each begins", () => {
  const world = mutedWorld(0, false);
  raise(world);
  world.run(600000);
  assert.equal(world.texts, []);
  const other = mutedWorld(1);
  other.set(SMS_AFTER_S, 10);
  other.set(CONTACTS_AFTER_S, 300);
  other.textsUp = false;
  const raisedMs = raise(other);
  other.run(305000);
  assert.is(textsTo(other, PLATFORM)[0].atMs - raisedMs, 10000);
  assert.is(textsTo(other, PEOPLE[0])[0].atMs - raisedMs, 300000);
});

test("five boots in a row text no contact twice and the platform no sooner than its pause [pager §2.3]", () => {
  const world = mutedWorld(3);
  world.textsUp = false;
  raise(world);
  world.run(70000);
  for (let boot = 0; boot < 5; boot++) {
    world.reboot();
    world.radio("ready", true);
    world.run(70000);
  }
  assert.equal(plain(world), PEOPLE);
  assert.ok(textsTo(world, PLATFORM).length <= 1);
});

test("a start that ends before the modem has said anything texts a contact once more and no third time", () => {
  const world = mutedWorld(1, false);
  raise(world);
  world.run(57500);
  for (let boot = 0; boot < 5; boot++) {
    world.reboot();
    world.radio("ready", true);
    world.run(61000);
  }
  assert.is(plain(world).length, 2);
});

test("the clock of an alarm that a start found goes on from the hold where both times are known", () => {
  const world = mutedWorld(1);
  world.textsUp = false;
  world.input({ kind: "clock", timeS: 200000000, source: "network" });
  raise(world);
  world.run(10000);
  world.reboot();
  world.radio("ready", true);
  world.run(5000);
  // 3.1 s of the hold, 10 s, and 60 s without power.
  world.input({ kind: "clock", timeS: 200000073, source: "network" });
  world.run(100);
  assert.is(textsTo(world, PLATFORM).length, 1, "30 s are over");
  world.run(10000);
  assert.equal(plain(world), [PEOPLE[0]], "60 s are over");
});

test("without a time it goes on from the start", () => {
  const world = mutedWorld(1);
  world.textsUp = false;
  raise(world);
  world.run(10000);
  world.reboot();
  const bootedMs = world.nowMs;
  world.radio("ready", true);
  world.run(100000);
  assert.is(textsTo(world, PLATFORM)[0].atMs - bootedMs, 30000);
  assert.is(textsTo(world, PEOPLE[0])[0].atMs - bootedMs, 60000);
});

test("a cut at any stroke of the escalation: each contact gets a text, and nobody more than two", () => {
  const live = (cutAt: number): World => {
    const world = mutedWorld(3);
    world.textsUp = false;
    raise(world);
    world.storage.cutAt = cutAt < 0 ? -1 : world.storage.strokes + cutAt;
    const from = world.storage.strokes;
    try {
      world.run(150000);
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error;
      world.reboot();
      world.radio("ready", true);
      world.run(250000);
    }
    if (cutAt < 0) world.storage.strokes -= from;
    return world;
  };
  const { strokes } = live(-1).storage;
  assert.ok(strokes > 40, `${strokes} strokes`);
  for (let cutAt = 0; cutAt < strokes; cutAt++) {
    const world = live(cutAt);
    for (const person of PEOPLE) {
      const count = textsTo(world, person).length;
      assert.ok(count === 1 || count === 2, `stroke ${cutAt}: ${count} texts to ${person}`);
    }
    assert.ok(textsTo(world, PLATFORM).length >= 1, `stroke ${cutAt}: the platform`);
    assert.equal(world.platform.complaints, [], `stroke ${cutAt}`);
  }
});

test("an alarm of its own begins its own escalation", () => {
  const world = mutedWorld(1, false);
  raise(world);
  world.run(100000);
  world.up = true;
  world.down = true;
  world.platform.tellsTime = true;
  world.run(30000);
  world.bring(world.platform.close(world.platform.alarms[0]));
  world.run(1000);
  world.up = false;
  raise(world);
  world.run(100000);
  assert.equal(plain(world), [PEOPLE[0], PEOPLE[0]]);
});

test("what waits beside the alarm in hand texts nobody", () => {
  const world = mutedWorld(1);
  world.up = true;
  world.down = true;
  raise(world);
  world.run(1000);
  world.up = false;
  world.input({ kind: "concern", letter: "F", detail: 0 });
  world.run(600000);
  assert.equal(world.texts, []);
});

test("taken by a text is told and answered by a text; a pager that can't show it fresh asks by text [wire §4.4]", () => {
  const world = mutedWorld(0);
  raise(world);
  world.run(60000);
  assert.is(world.state.alarm.stage, "delivered");
  const [alarm] = world.platform.alarms;
  world.run(120000);
  const bringText = (datagram: Bytes) =>
    world.text(
      SMS_MARK +
        Buffer.from(datagram as Uint8Array)
          .toString("base64")
          .replace(/=/g, ""),
    );
  bringText(world.platform.take(alarm));
  assert.is(world.state.alarm.stage, "delivered", "no number of this platform was shown fresh yet");
  world.run(10000);
  assert.is(world.state.alarm.stage, "taken", "the answer to its question brought the word");
  assert.is(textsTo(world, PLATFORM).length, 2);
  bringText(world.platform.close(alarm));
  world.run(10000);
  assert.is(world.state.alarm.stage, "closed");
  const answer = fromSmsText(nodeMachine, textsTo(world, PLATFORM)[2].text);
  assert.is((answer as Bytes).length, 17, "the bare answer to a token of two octets");
  assert.is(world.platform.obeyed, 1);
  assert.equal(world.platform.complaints, []);
});

test.run();
