// An alarm on a board with voice, end to end: core, driver, simulated modem, the real gateway.
// Calls are those of the simulated modem; who is at a number is the test's.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createLoop, type Loop } from "../firmware/board/loop.ts";
import { abilities } from "../firmware/core/abilities.ts";
import { createBg96 } from "../firmware/modem/bg96.ts";
import { CONTACT_KEY_MIN, DESK_NUMBER_KEY, TEXT_KEY_MIN } from "../protocol/settings.ts";
import type { openUdp } from "../sdk/gateway/udp.ts";
import { nodeMachine } from "../sdk/machine.ts";
import { provisioningPages } from "../tools/serial/provision.ts";
import { createChance } from "../tools/simulator/chance.ts";
import { type ScriptedFault, scriptFaults } from "../tools/simulator/faults.ts";
import { createMemoryNetwork } from "../tools/simulator/memory-network.ts";
import { createModem, type SimModem } from "../tools/simulator/modem.ts";
import type { Callee } from "../tools/simulator/modem-voice-state.ts";
import type { Endpoint, Network } from "../tools/simulator/network.ts";
import { boardOf } from "./loop-board.ts";
import { closeRigs, openRig, type Rig } from "./sdk/rig.ts";

const DESK = "+8610086000001";
const CONTACT = "+8613800000001";
const STRANGER = "+8613999999999";
const SECOND = 1000;
const MINUTE = 60000;
const PERSON: Callee = { answersMs: 6 * SECOND, talksMs: 3 * MINUTE };

test.before.each(() => {
  abilities.voice = true;
});
test.after.each(async () => {
  abilities.voice = false;
  await closeRigs();
});

interface Scene {
  rig: Rig;
  loop: Loop;
  modem: SimModem;
  cues: string[];
  /** Numbers that the modem was asked to dial. */
  dialled: string[];
  /** Set to false and no datagram arrives. */
  air: { up: boolean };
}

/** The platform's socket on the pagers' network, which there is when the platform has its clock. */
function platformSocket(air: { up: boolean }) {
  let receive = (_bytes: Uint8Array, _from: Endpoint): void => undefined;
  let send = (_bytes: Uint8Array, _to: Endpoint): void => undefined;
  const open: typeof openUdp = async (options) => {
    receive = (bytes, { host, port }) =>
      options.receive({ bytes, from: { carrier: "udp", address: host, port } });
    return {
      name: "udp",
      address: { carrier: "udp", address: "127.0.0.1", port: 5683 },
      send: (bytes, { address, port }) => send(Uint8Array.from(bytes), { host: address, port }),
      close: async () => undefined,
    };
  };
  function join(network: Network): void {
    const socket = network.open({
      port: 5683,
      peer: true,
      onDatagram: (bytes, from) => (air.up ? receive(bytes, from) : undefined),
      onFault(text) {
        throw new Error(`the platform's end cannot be opened: ${text}`);
      },
    });
    send = socket.send;
  }
  return { open, join };
}

async function openScene(faults: ScriptedFault[] = [], voice = true): Promise<Scene> {
  const air = { up: true };
  const cues: string[] = [];
  const dialled: string[] = [];
  const socket = platformSocket(air);
  const rig = await openRig({ openSocket: socket.open });
  const { clock } = rig;
  const network = createMemoryNetwork({ clock });
  socket.join(network);
  const added = await rig.addPager();
  const modem = createModem({
    clock,
    network,
    gnss: { fixAt: () => undefined },
    chance: createChance(3),
    faults: scriptFaults(faults),
    power: "on",
    callee: voice ? () => PERSON : undefined,
  });
  const pages = Array.from({ length: 4 }, () => new Uint8Array(4096).fill(255));
  const addresses = ["127.0.0.1:5683"];
  const order = { provisioning: added.registered.provisioning, addresses, apn: "cmiot" };
  for (const { page, bytes } of provisioningPages(order)) pages[page].set(bytes as Uint8Array);
  const board = boardOf(clock, pages, cues, (text) => {
    if (text.startsWith("ATD")) dialled.push(text.slice(3, -2));
    modem.fromPager(text);
  });
  const loop = createLoop(nodeMachine, board, createBg96(nodeMachine, { apn: "cmiot", addresses }));
  board.wake = () => loop.wake();
  modem.onToPager((text) => loop.serial(text));
  const { texts: numbers } = loop.state.settings;
  numbers[DESK_NUMBER_KEY - TEXT_KEY_MIN] = DESK;
  numbers[CONTACT_KEY_MIN - TEXT_KEY_MIN] = CONTACT;
  loop.start();
  await rig.pass(MINUTE);
  assert.is(loop.state.link.radio, "ready");
  return { rig, loop, modem, cues, dialled, air };
}

const edge = ({ rig, loop }: Scene, down: boolean) =>
  loop.input({ kind: "key", atMs: rig.clock.nowMs() | 0, down });

async function hold(scene: Scene): Promise<void> {
  edge(scene, true);
  await scene.rig.pass(3100);
  edge(scene, false);
}

test("undelivered, the desk is called; its voicemail is not taken, and the contact is called next [R-20]", async () => {
  const scene = await openScene([{ name: "callVoicemail" }]);
  const { rig, loop, modem, cues, dialled, air } = scene;
  air.up = false;
  await hold(scene);
  await rig.pass(89 * SECOND);
  assert.equal(dialled, [], "a call comes behind the other ways");
  await rig.pass(20 * SECOND);
  assert.is(modem.calls[0]?.state, 0, "the voicemail has picked up");
  assert.is(loop.state.alarm.stage, "sending");
  await rig.pass(35 * SECOND);
  assert.equal(dialled, [DESK, CONTACT]);
  assert.ok(modem.calls.some(({ number, state }) => number === CONTACT && state === 0));
  assert.is(loop.state.alarm.stage, "sending");
  assert.not.ok(cues.includes("taken") || cues.includes("delivered"));
  assert.equal(modem.violations, []);
});

test("while somebody talks datagrams go on: the alarm is delivered and taken, and nobody is hung up on", async () => {
  const scene = await openScene();
  const { rig, loop, modem, cues, dialled, air } = scene;
  air.up = false;
  await hold(scene);
  await rig.pass(110 * SECOND);
  assert.equal(dialled, [DESK]);
  assert.is(modem.calls[0]?.state, 0);
  air.up = true;
  await rig.pass(40 * SECOND);
  assert.is(loop.state.alarm.stage, "delivered");
  const [alarm] = await rig.platform.alarms.list();
  await rig.platform.alarms.take(alarm.id, "王芳");
  await rig.pass(20 * SECOND);
  assert.is(loop.state.alarm.stage, "taken");
  assert.is(cues.pop(), "taken");
  await rig.platform.alarms.close(alarm.id, "王芳", "real");
  await rig.pass(20 * SECOND);
  assert.is(loop.state.alarm.stage, "closed");
  assert.is(modem.calls.length, 1, "they still talk");
  assert.equal(modem.violations, []);
});

test("in an alarm a contact who calls is picked up by itself and a stranger never; else nobody is [R-30]", async () => {
  const scene = await openScene();
  const { rig, loop, modem } = scene;
  const call = async (number: string) => {
    modem.callIn(number);
    await rig.pass(7 * SECOND);
    const state = modem.calls[0]?.state;
    modem.farEndEnds();
    await rig.pass(3 * SECOND);
    return state === 0;
  };
  assert.is(await call(CONTACT), false, "no alarm is open");
  modem.callIn(CONTACT);
  await hold(scene);
  await rig.pass(7 * SECOND);
  assert.is(loop.state.alarm.stage, "delivered");
  assert.is(modem.calls[0]?.state, 0, "who rang already is picked up with the next ring");
  modem.farEndEnds();
  await rig.pass(3 * SECOND);
  assert.is(await call(STRANGER), false);
  assert.is(await call(""), false);
  assert.is(await call(CONTACT), true);
  assert.is(loop.state.alarm.stage, "delivered", "a call is nobody's word that it is taken");
  assert.equal(modem.violations, []);
});

test("a modem that can't call is asked twice in an alarm, and twice in the next", async () => {
  const scene = await openScene([], false);
  const { rig, loop, dialled, air } = scene;
  for (const count of [2, 4]) {
    air.up = false;
    await hold(scene);
    await rig.pass(10 * MINUTE);
    assert.is(dialled.length, count);
    air.up = true;
    await rig.pass(MINUTE);
    assert.is(loop.state.alarm.stage, "delivered");
    const alarms = await rig.platform.alarms.list();
    const open = alarms.find(({ number }) => number === loop.state.alarm.number);
    await rig.platform.alarms.take(open?.id ?? "", "王芳");
    await rig.platform.alarms.close(open?.id ?? "", "王芳", "real");
    await rig.pass(MINUTE);
  }
});

test.run();
