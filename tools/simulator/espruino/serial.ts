// Serial1 of Espruino: octets out at once, octets in through the clock in pieces of 32 at most.
// Without a handler what comes in is kept until `read`.

import type { Clock } from "../../../sdk/clock.ts";
import { octetsOf, type Realm, textOf } from "./realm.ts";
import type { Guard } from "./timers.ts";

const PIECE_OCTETS_MAX = 32;

type Handler = (text: string) => void;

export function serialLibrary(
  realm: Realm,
  clock: Clock,
  guard: Guard,
  onWrite: (text: string) => void,
) {
  let open = false;
  let kept = "";
  const handlers: Handler[] = [];
  const waiting: string[] = [];

  function deliver(): void {
    const piece = waiting.shift();
    if (piece === undefined || !open || realm.isCut()) return;
    if (handlers.length === 0) kept += piece;
    for (const handler of [...handlers]) guard(() => handler(piece));
  }

  function write(...data: unknown[]): void {
    realm.alive();
    if (open) onWrite(data.map((one) => textOf(octetsOf(one))).join(""));
  }

  const Serial1 = {
    setup() {
      realm.alive();
      open = true;
    },
    unsetup() {
      open = false;
    },
    write,
    print: (text: unknown) => write(String(text)),
    println: (text: unknown) => write(`${text}\r\n`),
    on(event: string, handler: Handler) {
      if (event !== "data") return;
      handlers.push(handler);
      if (kept === "") return;
      waiting.unshift(kept);
      kept = "";
      clock.after(0, deliver);
    },
    removeListener(_event: string, handler: Handler) {
      const at = handlers.indexOf(handler);
      if (at >= 0) handlers.splice(at, 1);
    },
    removeAllListeners() {
      handlers.length = 0;
    },
    available: () => kept.length,
    read(length?: number) {
      const text = kept.slice(0, length ?? kept.length);
      kept = kept.slice(text.length);
      return text;
    },
  };

  /** Octets from the modem, one character each. */
  function feed(text: string): void {
    for (let at = 0; at < text.length; at += PIECE_OCTETS_MAX) {
      waiting.push(text.slice(at, at + PIECE_OCTETS_MAX));
      clock.after(0, deliver);
    }
  }
  return { Serial1, feed };
}
