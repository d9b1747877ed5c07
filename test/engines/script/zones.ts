// Zones on every engine: a circle and a polygon across 180°, octets above 127 in a text, a reset.
// Written in the dialect; nothing is judged here, the test compares the lines.

import { abilities } from "../../../firmware/core/abilities.ts";
import { outsideM } from "../../../firmware/core/zone.ts";
import { putUint, toText } from "../../../protocol/bytes.ts";
import type { Bytes, Machine } from "../../../protocol/machine.ts";
import { TEXT_KEY_MIN, ZONE_KEY_MIN } from "../../../protocol/settings.ts";
import { answer, boot, fix, pass, radioReady, type Story } from "./story.ts";

/** Two's complement, most significant first. */
function putSigned(bytes: Bytes, at: number, value: number, size: number): void {
  const rest = value < 0 ? -1 - value : value;
  putUint(bytes, at, rest, size);
  if (value < 0) for (let i = at; i < at + size; i++) bytes[i] = 255 - bytes[i];
}

function zoneOf(machine: Machine, latitude: number, longitude: number, rest: number[]): Bytes {
  const bytes = machine.bytes(8 + 2 * rest.length);
  putSigned(bytes, 0, latitude, 4);
  putSigned(bytes, 4, longitude, 4);
  for (let i = 0; i < rest.length; i++) putSigned(bytes, 8 + 2 * i, rest[i], 2);
  return bytes;
}

const NORTH = -778899001;
const EAST = 1799995000;

function sayPlaces(story: Story, zone: Bytes): void {
  for (let i = -5; i < 6; i++) {
    const east = EAST + i * 33333;
    const longitude = east > 1800000000 ? east - 1800000000 - 1800000000 : east;
    const away = outsideM(story.machine, zone, [NORTH + i * 7001, longitude]);
    story.say("outside " + i + " " + away);
  }
  story.say("outside far " + outsideM(story.machine, zone, [900000000, -1800000000]));
}

function bootWith(story: Story, first: Bytes, last: Bytes): void {
  boot(story);
  const texts = story.state.settings.texts;
  texts[ZONE_KEY_MIN - TEXT_KEY_MIN] = toText(first);
  texts[ZONE_KEY_MIN + 3 - TEXT_KEY_MIN] = toText(last);
}

/** Home is a circle; the wearer goes, is told of once, and a reset in between forgets nothing. */
export function tellZones(story: Story): void {
  abilities.zones = true;
  const circle = zoneOf(story.machine, NORTH, EAST, [255]);
  const corners = zoneOf(
    story.machine,
    NORTH,
    EAST,
    [-200, 0, -200, 1000, 300, 129, 10000, -10000],
  );
  sayPlaces(story, circle);
  sayPlaces(story, corners);
  bootWith(story, circle, corners);
  radioReady(story, -90);
  fix(story, NORTH, EAST, 10);
  pass(story, 400000);
  fix(story, NORTH - 90000, EAST, 10);
  pass(story, 130000);
  fix(story, NORTH - 90000, EAST, 450);
  fix(story, NORTH - 90001, EAST, 11);
  answer(story, 0, 200000000);
  bootWith(story, circle, corners);
  fix(story, NORTH - 90002, EAST, 11);
  pass(story, 10000);
  const marks = story.state.zones.marks;
  story.say("marks " + marks[0] + " " + marks[1] + " " + marks[2] + " " + marks[3]);
  abilities.zones = false;
}
