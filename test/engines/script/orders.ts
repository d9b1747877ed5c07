// What the platform asks of a pager, told on every engine: settings, a log, a new way, new keys.
// Written in the dialect; nothing is judged here, the test compares the lines.

import { fromText } from "../../../protocol/bytes.ts";
import { encodeMessage } from "../../../protocol/message-codec.ts";
import {
  CHANGE_SETTINGS,
  LOCATE,
  READ_SETTINGS,
  RENEW,
  RESTART,
  SEND_LOG,
  WORD_CHANGE_SETTINGS,
  WORD_LOCATE,
  WORD_READ_SETTINGS,
  WORD_RENEW,
  WORD_RESTART,
  WORD_SEND_LOG,
  WORD_TIME,
} from "../../../protocol/messages.ts";
import { TRACK_S_KEY } from "../../../protocol/settings.ts";
import {
  answer,
  boot,
  fix,
  octets,
  pass,
  radioReady,
  type Story,
  sayPayload,
  take,
} from "./story.ts";

/** Started, and known to each other: an answer has shown that the platform speaks now. */
function meet(story: Story): void {
  story.chip = octets(story.machine, 8, 31);
  boot(story);
  take(story, {
    kind: "card",
    atMs: story.atMs,
    iccid: "89860012345678901234",
    imei: "867530012345678",
  });
  radioReady(story, -90);
  pass(story, 31000);
  answer(story, WORD_TIME, 200000000);
}

/** Changed, refused, said again, found after a reset, and read with their hash. */
export function tellSettings(story: Story): void {
  const machine = story.machine;
  meet(story);
  const list = [1, 1500, 12, -720, 68, fromText(machine, "+8613800000000")];
  const change = { what: WORD_CHANGE_SETTINGS, id: 3, settings: 7, list: list };
  sayPayload(story, encodeMessage(machine, CHANGE_SETTINGS, change));
  answer(story, WORD_TIME, 200000001);
  const bad = { what: WORD_CHANGE_SETTINGS, id: 4, settings: 8, list: [9, 10] };
  sayPayload(story, encodeMessage(machine, CHANGE_SETTINGS, bad));
  answer(story, WORD_TIME, 200000002);
  meet(story);
  sayPayload(story, encodeMessage(machine, READ_SETTINGS, { what: WORD_READ_SETTINGS, id: 5 }));
  answer(story, WORD_TIME, 200000003);
  answer(story, WORD_TIME, 200000004);
  answer(story, WORD_TIME, 200000005);
}

/** A way where nobody answers, which goes back; a place, a log, a restart. */
export function tellOrders(story: Story): void {
  const machine = story.machine;
  meet(story);
  const way = [64, fromText(machine, "198.51.100.7:5683")];
  const change = { what: WORD_CHANGE_SETTINGS, id: 3, settings: 1, list: way };
  sayPayload(story, encodeMessage(machine, CHANGE_SETTINGS, change));
  pass(story, 605000);
  answer(story, WORD_TIME, 200000700);
  sayPayload(story, encodeMessage(machine, LOCATE, { what: WORD_LOCATE, id: 4, forS: 60 }));
  pass(story, 1000);
  fix(story, 261234567, -1177654321, 35);
  answer(story, WORD_TIME, 200000710);
  answer(story, WORD_TIME, 200000711);
  const asked = { what: WORD_SEND_LOG, id: 5, octets: 200 };
  sayPayload(story, encodeMessage(machine, SEND_LOG, asked));
  answer(story, WORD_TIME, 200000712);
  answer(story, WORD_TIME, 200000713);
  sayPayload(story, encodeMessage(machine, RESTART, { what: WORD_RESTART, id: 6 }));
  answer(story, WORD_TIME, 200000714);
  pass(story, 3000);
}

/** A walk without a network, south and west, with a gap in it; a reset; and what comes of it. */
export function tellTrack(story: Story): void {
  const machine = story.machine;
  meet(story);
  const list = [TRACK_S_KEY, 60];
  const change = { what: WORD_CHANGE_SETTINGS, id: 3, settings: 1, list: list };
  sayPayload(story, encodeMessage(machine, CHANGE_SETTINGS, change));
  answer(story, WORD_TIME, 200000000);
  answer(story, WORD_TIME, 200000001);
  take(story, { kind: "radio", atMs: story.atMs, state: "searching", signalDbm: 0, texts: false });
  for (let i = 0; i < 70; i++) {
    pass(story, i === 40 ? 305000 : 61000);
    fix(story, -261234567 - 7000 * i, -1177654321 + 9000 * i, 20 + i);
  }
  boot(story);
  radioReady(story, -90);
  answer(story, WORD_TIME, 200004800);
  answer(story, WORD_TIME, 200004801);
  answer(story, WORD_TIME, 200004802);
  pass(story, 31000);
}

/** New keys are stored and tried; nobody answers under them, and a reset goes on trying. */
export function tellNewKeys(story: Story): void {
  const machine = story.machine;
  meet(story);
  const keys = {
    what: WORD_RENEW,
    id: 9,
    slot: 1,
    kid: octets(machine, 3, 77),
    platformId: octets(machine, 1, 1),
    senderKey: octets(machine, 16, 21),
    recipientKey: octets(machine, 16, 22),
    commonIv: octets(machine, 13, 23),
  };
  sayPayload(story, encodeMessage(machine, RENEW, keys));
  pass(story, 70000);
  boot(story);
  radioReady(story, -80);
  pass(story, 40000);
}
