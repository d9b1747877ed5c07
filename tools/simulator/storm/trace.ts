// An event of a world as one line: time, who, kind, words. The README next door describes the form.
// Never cuts a datagram short: `onekey storm --trace` must be enough to look into it.

import { SLOT_PAGE } from "../../../firmware/core/image-slots.ts";
import { hexOf } from "../../../sdk/octets.ts";
import type { WorldEvent } from "./world-event.ts";

const WHO_WIDTH = 8;
const KIND_WIDTH = 8;

const two = (value: number) => String(value).padStart(2, "0");

/** Days, then the time of the day: `1+06:30:00.250`. */
export function traceTime(atMs: number): string {
  const [ms, s, min, h] = [atMs % 1000, Math.floor(atMs / 1000), 60, 3600];
  const days = Math.floor(s / (24 * h));
  const time = [Math.floor(s / h) % 24, Math.floor(s / min) % 60, s % 60].map(two).join(":");
  return `${days}+${time}.${String(ms).padStart(3, "0")}`;
}

const octets = (bytes: Uint8Array) => `${bytes.length} ${hexOf(bytes)}`;

/** Whose event it is. */
export function traceWho(event: WorldEvent): string {
  switch (event.kind) {
    case "phase":
      return "world";
    case "received":
    case "answered":
    case "platform":
    case "load":
      return "platform";
    case "stored":
      return "platform";
    case "desk":
      return "desk";
    case "attack":
      return "stranger";
    case "fault":
      return event.pager === "" ? "platform" : event.pager;
    default:
      return event.pager;
  }
}

function storedWords(event: Extract<WorldEvent, { kind: "stored" }>["event"]): string {
  const pager = "pager" in event ? event.pager : "platform";
  const about = "alarm" in event && event.alarm !== undefined ? event.alarm : pager;
  const from = "piv" in event ? ` piv ${event.piv}` : "";
  const letter = "letter" in event ? ` ${event.letter}` : "";
  const command = "command" in event ? ` ${event.command}` : "";
  const id = "id" in event ? ` ${event.id}` : "";
  const outcome = "outcome" in event ? ` ${event.outcome}` : "";
  return `${event.seq} ${event.kind}${letter} ${about}${id}${command}${outcome}${from}`;
}

type CareEvent = Extract<
  WorldEvent,
  { kind: "settings" | "ground" | "motion" | "charger" | "point" }
>;

/** Where the wearer is and what is felt of it, what is set for that, what is kept of the way. */
function careWords(event: CareEvent): string {
  switch (event.kind) {
    case "settings":
      return `version ${event.version} zones ${event.zones.filter((zone) => zone !== "").join("; ")}`;
    case "ground":
      return `${event.latitude} ${event.longitude} ${event.sky ? "sky" : "no sky"}`;
    case "motion":
      return ["", "moved", "fell", "moved and fell"][event.what] ?? `${event.what}`;
    case "charger":
      return event.on ? "on" : "off";
    case "point":
      return `${event.act} ${event.time}`;
  }
}

/** What an event says behind its kind. */
export function traceWords(event: WorldEvent): string {
  switch (event.kind) {
    case "phase":
      return event.phase;
    case "fault":
      return event.name;
    case "key":
      return event.down ? "down" : "up";
    case "on":
      return event.keyDown ? "key down" : "";
    case "off":
      return event.cause;
    case "cue":
      return `${event.cue} ${event.alarm}`.trimEnd();
    case "log":
      return `${event.text} ${event.alarm}`.trimEnd();
    case "settings":
    case "ground":
    case "motion":
    case "charger":
    case "point":
      return careWords(event);
    case "radio":
      return event.state;
    case "air":
      return `${event.way} ${event.works ? "works" : "dead"}`;
    case "storage":
      return `${event.act} page ${event.page} ${event.outcome}`;
    case "text":
      return `${event.to} ${event.alarm}`.trimEnd();
    case "textLeft":
      return event.to;
    case "send":
    case "left":
    case "came":
      return octets(event.bytes);
    case "received":
      return `${event.from} ${octets(event.bytes)}`;
    case "answered":
      return `${event.to} ${octets(event.bytes)}`;
    case "stored":
      return storedWords(event.event);
    case "platform":
      return event.act;
    case "desk":
      return `${event.act} ${event.alarm}`;
    case "attack":
      return `${event.attack} ${event.pager} ${octets(event.bytes)}`;
    case "look": {
      const { stage, open, outbox, sent, erases, batteryMv } = event.look;
      const own = erases.slice(0, SLOT_PAGE);
      const worn = `${own.join(",")} and ${Math.max(...erases.slice(SLOT_PAGE))}`;
      return `${stage} ${open === "" ? "-" : open} outbox ${outbox} sent ${sent} erases ${worn} ${batteryMv} mV`;
    }
    case "load":
      return `pending ${event.pending}`;
    case "violation":
      return event.text;
  }
}

export function traceLine(event: WorldEvent): string {
  const who = traceWho(event).padEnd(WHO_WIDTH);
  const kind = event.kind.padEnd(KIND_WIDTH);
  return `${traceTime(event.atMs)} ${who} ${kind} ${traceWords(event)}`.trimEnd();
}
