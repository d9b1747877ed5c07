// An alarm that goes on under other keys has another number there: checkers know it by its first name.
// Judges nothing, and changes no event but for the alarm that it is about.

import { alarmIdOf, kidOfAlarm } from "../../../../sdk/events.ts";
import type { WorldEvent } from "../world-event.ts";
import { createRecent } from "./recent.ts";

const KEPT = 2000;

/** Of the line that says so: the number before. */
const ANEW = /^alarm (\d+) (beside )?goes on under this number/;
const CHECK_IN_ANEW = /^check-in (\d+) goes on under this number/;

/** Of the alarm in hand. */
export const isAnew = (text: string) => ANEW.exec(text)?.[2] === undefined && ANEW.test(text);

/** Of a check-in: the number before; "" of any other line. */
export const checkInBefore = (text: string) => CHECK_IN_ANEW.exec(text)?.[1] ?? "";

export function createFirstNames(): (event: WorldEvent) => WorldEvent {
  const names = createRecent<string, string>(KEPT);
  /** By pager and number: the alarm as it has named it last, be it in hand or beside that. */
  const spoken = createRecent<string, string>(KEPT);
  /** By pager and number: what it would be under keys that a cut has left in use. */
  const numbers = createRecent<string, string>(KEPT);

  const firstOf = (alarm: string) => names.get(alarm) ?? alarm;

  function takeAnew(pager: string, alarm: string, before: number): void {
    const own = spoken.get(`${pager} ${before}`) ?? alarmIdOf(pager, kidOfAlarm(alarm), before);
    names.set(alarm, firstOf(own));
    numbers.set(`${pager} ${alarm.split("/").at(-1)}`, firstOf(own));
  }

  function takeLine({ pager, alarm, text }: Extract<WorldEvent, { kind: "log" }>): void {
    const before = ANEW.exec(text)?.[1];
    if (before !== undefined) takeAnew(pager, alarm, Number(before));
    // Its record was written and its keys were not: the number is known, under the keys before.
    const cut = numbers.get(`${pager} ${alarm.split("/").at(-1)}`);
    if (text.startsWith("resumed, ") && cut !== undefined && !names.has(alarm)) {
      names.set(alarm, cut);
    }
    if (alarm !== "") spoken.set(`${pager} ${alarm.split("/").at(-1)}`, alarm);
  }

  return (event) => {
    if (event.kind === "log") takeLine(event);
    if ("alarm" in event) return { ...event, alarm: firstOf(event.alarm) };
    if (event.kind === "look") {
      return { ...event, look: { ...event.look, open: firstOf(event.look.open) } };
    }
    if (event.kind !== "stored" || !("alarm" in event.event)) return event;
    const { alarm } = event.event;
    if (alarm === undefined || firstOf(alarm) === alarm) return event;
    return { ...event, event: { ...event.event, alarm: firstOf(alarm) } };
  };
}
