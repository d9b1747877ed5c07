// Whoever is at the board by Bluetooth or USB: lines to the bundle and from it, and its advertising.
// Knows no command; the interpreter's own console is in system.ts.

import { octetsOf, type Realm, textOf } from "./realm.ts";
import type { Guard } from "./timers.ts";

type Handler = (text: string) => void;

export function bluetoothLibrary(realm: Realm, guard: Guard, onSay: (text: string) => void) {
  const handlers: Handler[] = [];
  let awake = true;
  const Bluetooth = {
    on(event: string, handler: Handler) {
      if (event === "data") handlers.push(handler);
    },
    write(...data: unknown[]) {
      realm.alive();
      if (awake) onSay(data.map((one) => textOf(octetsOf(one))).join(""));
    },
  };
  // Not plugged in: what is written there goes nowhere.
  const USB = { on() {}, write() {} };
  const NRF = {
    sleep() {
      awake = false;
    },
    wake() {
      awake = true;
    },
  };
  return {
    names: { Bluetooth, USB, NRF },
    /** Whether anybody can see the board and connect. */
    isAwake: () => awake && !realm.isCut(),
    hear(text: string) {
      if (!awake) return;
      for (const handler of [...handlers]) guard(() => handler(text));
    },
  };
}
