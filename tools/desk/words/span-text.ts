// Spans of time and clock times as the operator reads them. Pure: the present moment is handed in.
import { texts } from "./texts.ts";
import type { Words } from "./words.ts";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const NOW_MS_MAX = 5 * SECOND_MS;

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}

/** A running counter that needs no language: `0:07`, `12:30`, `2:05:09`. Below 0 it reads 0:00. */
export function counterText(spanMs: number): string {
  const span = Math.max(0, spanMs);
  const hours = Math.floor(span / HOUR_MS);
  const minutes = Math.floor((span % HOUR_MS) / MINUTE_MS);
  const seconds = twoDigits(Math.floor((span % MINUTE_MS) / SECOND_MS));
  if (hours === 0) return `${minutes}:${seconds}`;
  return `${hours}:${twoDigits(minutes)}:${seconds}`;
}

/** A span in words, cut down to its largest unit: `5 分钟 5 min`. From two days on it counts days. */
export function spanWords(spanMs: number): Words {
  const span = Math.max(0, spanMs);
  if (span < MINUTE_MS) return texts.units.seconds(Math.floor(span / SECOND_MS));
  if (span < HOUR_MS) return texts.units.minutes(Math.floor(span / MINUTE_MS));
  if (span < 2 * DAY_MS) return texts.units.hours(Math.floor(span / HOUR_MS));
  return texts.units.days(Math.floor(span / DAY_MS));
}

/** How long ago; within five seconds, or in a future that only clock skew makes, it is "just now". */
export function agoWords(spanMs: number): Words {
  return spanMs < NOW_MS_MAX ? texts.units.now : texts.units.ago(spanWords(spanMs));
}

/** Local clock time, `14:03:22`; with month and day before it when that is not today. */
export function clockText(atMs: number, nowMs: number): string {
  const at = new Date(atMs);
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(twoDigits).join(":");
  if (at.toDateString() === new Date(nowMs).toDateString()) return time;
  return `${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())} ${time}`;
}
