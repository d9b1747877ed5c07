// The life of alarms that need more than a datagram: kinds, texts, words that step back, a reset.
// Written in the dialect; nothing is judged here, the test compares the lines.

import { CONTACT, LANGUAGE, PLATFORM_NUMBER } from "../../../firmware/core/settings.ts";
import { toSmsText } from "../../../protocol/base64.ts";
import { isFault } from "../../../protocol/fault.ts";
import {
  WORD_CLOSED,
  WORD_RELEASED,
  WORD_REOPENED,
  WORD_TAKEN,
  WORD_TIME,
} from "../../../protocol/messages.ts";
import { answer, boot, fix, pass, press, radioReady, type Story, sayWord, take } from "./story.ts";

const HOLD_MS = 3100;

function setNumbers(story: Story, language: number): void {
  const state = story.state;
  state.settings = [
    { key: PLATFORM_NUMBER, value: 0, text: "+8610086000000" },
    { key: CONTACT, value: 0, text: "+8613800000001" },
    { key: CONTACT + 1, value: 0, text: "+8613800000002" },
    { key: LANGUAGE, value: language, text: "" },
  ];
}

function texted(story: Story, good: boolean): void {
  const id = story.state.alarm.textId;
  take(story, { kind: "texted", atMs: story.atMs, id: id, good: good });
}

/** Nobody answers by datagram: texts to the platform and the contacts, a reset between them. */
export function tellTexts(story: Story): void {
  boot(story);
  setNumbers(story, 0);
  radioReady(story, -90);
  fix(story, 311234567, -1211234599, 35);
  press(story, HOLD_MS);
  pass(story, 31000);
  texted(story, false);
  pass(story, 31000);
  texted(story, true);
  pass(story, 1000);
  boot(story);
  setNumbers(story, 1);
  radioReady(story, -90);
  take(story, { kind: "sms", atMs: story.atMs, from: "+1", text: "position?" });
  pass(story, 200000);
  texted(story, true);
  const text = toSmsText(story.heard);
  if (!isFault(text)) take(story, { kind: "sms", atMs: story.atMs, from: "+1", text: text });
  answer(story, WORD_TIME, 200000000);
  pass(story, 60000);
}

/** A fall, a zone beside it, an SOS in its place; taken, released, closed, reopened. */
export function tellKinds(story: Story): void {
  boot(story);
  radioReady(story, -90);
  take(story, { kind: "concern", atMs: story.atMs, letter: "F", detail: 0 });
  take(story, { kind: "concern", atMs: story.atMs, letter: "Z", detail: 7 });
  take(story, { kind: "concern", atMs: story.atMs, letter: "N", detail: 7200 });
  press(story, HOLD_MS);
  pass(story, 10000);
  boot(story);
  radioReady(story, -90);
  const number = story.state.alarm.number;
  for (let i = 0; i < 4; i++) {
    answer(story, WORD_TIME, 200000000 + i);
    pass(story, 100);
  }
  sayWord(story, WORD_TAKEN, number);
  sayWord(story, WORD_RELEASED, number);
  sayWord(story, WORD_CLOSED, number);
  sayWord(story, WORD_REOPENED, number);
  for (let i = 0; i < 4; i++) answer(story, WORD_TIME, 200000010 + i);
  pass(story, 60000);
}
