// What a text says to people: who calls, what for, where and when, in letters that every phone shows.
// Decides nothing: when one leaves is for escalation.ts. Obeys no text.

import type { Machine } from "../../protocol/machine.ts";
import { heldMs } from "./alarm.ts";
import type { Moment } from "./moment.ts";
import { ageNowS } from "./position.ts";
import { LANGUAGE, numberOf } from "./settings.ts";

const E7_MIN = 100;
const E5 = 100000;
/** In the order of the words for them. */
const KINDS = "sFZN";

/** At least so many digits. */
function padded(value: number, digits: number): string {
  let text = "" + value;
  while (text.length < digits) text = "0" + text;
  return text;
}

/** 1e-7 degree to five decimals, which are about a metre. */
function degrees(machine: Machine, e7: number): string {
  const e5 = machine.divide(e7 < 0 ? -e7 : e7, E7_MIN);
  const whole = machine.divide(e5, E5);
  return (e7 < 0 ? "-" : "") + whole + "." + padded(e5 - whole * E5, 5);
}

function agoText(moment: Moment, ageS: number, english: boolean): string {
  return " " + moment.machine.divide(ageS, 60) + (english ? "min ago" : "fenzhong qian");
}

function placeText(moment: Moment, english: boolean): string {
  const machine = moment.machine;
  const position = moment.pager.position;
  if (!position.known) return english ? "position unknown" : "weizhi weizhi";
  const place =
    degrees(machine, position.latitude) +
    "," +
    degrees(machine, position.longitude) +
    " +-" +
    position.uncertaintyM +
    "m";
  const ageS = ageNowS(moment);
  return ageS < 0 ? place : place + agoText(moment, ageS, english);
}

/**
 * To a contact: the kind of call and how long ago it was, for which no clock need be known, then the
 * position with its age. The 7-bit alphabet has no Chinese: that is said in pinyin.
 */
export function callText(moment: Moment): string {
  const english = numberOf(moment.pager, LANGUAGE) === 1;
  const what = english
    ? ["call for help", "fall", "left the zone", "no movement"]
    : ["qiuzhu", "diedao", "likai quyu", "wu huodong"];
  const kind = what[KINDS.indexOf(moment.pager.alarm.letter)];
  const heldS = moment.machine.divide(heldMs(moment.pager, moment.nowMs), 1000);
  return "Onekey! " + kind + agoText(moment, heldS, english) + ": " + placeText(moment, english);
}
