// An alarm that only texts could carry, end to end: core, driver, simulated modem, the real gateway.
// Datagrams go nowhere; the network of texts is a call in each direction.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createLoop, type Loop } from "../firmware/board/loop.ts";
import { createBg96 } from "../firmware/modem/bg96.ts";
import { fromSmsText, toSmsText } from "../protocol/base64.ts";
import { isFault } from "../protocol/fault.ts";
import { CONTACT_KEY_MIN, PLATFORM_NUMBER_KEY, TEXT_KEY_MIN } from "../protocol/settings.ts";
import type { CarrierEnds, OpenCarrier } from "../sdk/gateway/carrier.ts";
import { nodeMachine } from "../sdk/machine.ts";
import { provisioningPages } from "../tools/serial/provision.ts";
import { createChance } from "../tools/simulator/chance.ts";
import { type ScriptedFault, scriptFaults } from "../tools/simulator/faults.ts";
import { createMemoryNetwork } from "../tools/simulator/memory-network.ts";
import { createModem, type SimModem } from "../tools/simulator/modem.ts";
import { boardOf } from "./loop-board.ts";
import { closeRigs, openRig, type Rig } from "./sdk/rig.ts";

const PLATFORM = "+8610086000000";
const PAGER = "+8613800138000";
const CONTACT_NUMBER = "+8613800000001";
const TEXT_AIR_MS = 4000;
const MINUTE = 60000;

test.after.each(closeRigs);

interface Scene {
  rig: Rig;
  id: string;
  loop: Loop;
  modem: SimModem;
  cues: string[];
  /** Texts that left the pager. */
  texts: { to: string; text: string }[];
}

/** A registered pager whose datagrams nobody hears, and the platform that speaks by text. */
async function openScene(faults: ScriptedFault[] = []): Promise<Scene> {
  const texts: Scene["texts"] = [];
  const cues: string[] = [];
  let ends: CarrierEnds | undefined;
  const carrier: OpenCarrier = async (given) => {
    ends = given;
    return {
      name: "sms",
      send(bytes, to) {
        assert.is(to.address, PAGER);
        rig.clock.after(TEXT_AIR_MS, () =>
          modem.deliverMessage(PLATFORM, toSmsText(bytes) as string),
        );
      },
      close: async () => undefined,
    };
  };
  const rig = await openRig({ carriers: [carrier] });
  const { clock } = rig;
  const added = await rig.addPager();
  const modem = createModem({
    clock,
    network: createMemoryNetwork({ clock }),
    gnss: { fixAt: () => undefined },
    chance: createChance(3),
    faults: scriptFaults(faults),
    power: "on",
    onText(to, text) {
      texts.push({ to, text });
      const bytes = fromSmsText(nodeMachine, text);
      if (to !== PLATFORM || isFault(bytes)) return;
      const from = { carrier: "sms", address: PAGER, port: 0 } as const;
      clock.after(TEXT_AIR_MS, () => ends?.receive({ bytes, from }));
    },
  });
  const pages = Array.from({ length: 4 }, () => new Uint8Array(4096).fill(255));
  const addresses = ["127.0.0.1:5683"];
  const order = { provisioning: added.registered.provisioning, addresses, apn: "cmiot" };
  for (const { page, bytes } of provisioningPages(order)) pages[page].set(bytes as Uint8Array);
  const board = boardOf(clock, pages, cues, (text) => modem.fromPager(text));
  const loop = createLoop(nodeMachine, board, createBg96(nodeMachine, { apn: "cmiot", addresses }));
  board.wake = () => loop.wake();
  modem.onToPager((text) => loop.serial(text));
  const { texts: numbers } = loop.state.settings;
  numbers[PLATFORM_NUMBER_KEY - TEXT_KEY_MIN] = PLATFORM;
  numbers[CONTACT_KEY_MIN - TEXT_KEY_MIN] = CONTACT_NUMBER;
  loop.start();
  await rig.pass(MINUTE);
  assert.is(loop.state.link.texts, true);
  return { rig, id: added.id, loop, modem, cues, texts };
}

async function hold({ rig, loop }: Scene): Promise<void> {
  const edge = (down: boolean) => loop.input({ kind: "key", atMs: rig.clock.nowMs() | 0, down });
  edge(true);
  await rig.pass(3100);
  edge(false);
}

test("with datagrams cut both ways an alarm is stored once, and the wearer gets delivered and taken by texts", async () => {
  const scene = await openScene();
  const { rig, loop, cues, texts, modem } = scene;
  await hold(scene);
  await rig.pass(25000);
  assert.equal(await rig.platform.alarms.list(), [], "nothing came by datagram");
  await rig.pass(20000);
  const alarms = await rig.platform.alarms.list();
  assert.equal(
    alarms.map((alarm) => alarm.number),
    [loop.state.alarm.number],
  );
  assert.is(loop.state.alarm.stage, "delivered");
  assert.is(cues.pop(), "delivered");
  await rig.platform.alarms.take(alarms[0].id, "王芳");
  await rig.pass(3 * MINUTE);
  assert.is(loop.state.alarm.stage, "taken");
  assert.is(cues.pop(), "taken");
  await rig.platform.alarms.close(alarms[0].id, "王芳", "real");
  await rig.pass(3 * MINUTE);
  assert.is(loop.state.alarm.stage, "closed");
  assert.ok(cues.includes("closed"));
  assert.equal(
    texts.filter(({ to }) => to === CONTACT_NUMBER),
    [],
    "no contact was troubled",
  );
  assert.is((await rig.platform.alarms.list()).length, 1);
  assert.equal(modem.violations, []);
});

test("texts that are lost, slow and doubled end in the same, and the platform has one alarm", async () => {
  for (const name of ["smsLost", "smsSlow", "smsDoubled"] as const) {
    const scene = await openScene([{ name, times: 2 }]);
    const { rig, loop, cues } = scene;
    await hold(scene);
    await rig.pass(12 * MINUTE);
    assert.is(loop.state.alarm.stage, "delivered", name);
    assert.is((await rig.platform.alarms.list()).length, 1, name);
    assert.is(cues.filter((cue) => cue === "delivered").length, 1, name);
  }
});

test.run();
