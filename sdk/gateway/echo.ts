// Values of Echo: whoever brings one back was there a moment ago [RFC 9175 §2.2, wire §1.3].
// Keeps no state, so that every gateway of one key file knows the values of all others.

import { createHmac, timingSafeEqual } from "node:crypto";
import { ECHO, optionValue, type Packet } from "../../protocol/coap.ts";
import type { Bytes } from "../../protocol/machine.ts";
import type { Clock } from "../clock.ts";
import { octetsOf, toOctets } from "../octets.ts";
import { RESTORE_JUMP } from "../store/store.ts";
import { contentOfTime } from "./answer.ts";
import type { Line } from "./lines.ts";

export interface Echoes {
  /** The value that this line's next request is to bring back. */
  make(line: Line): Bytes;
  /** Whether the opened request brings back a value made for this line within the last 300 s. */
  isFresh(line: Line, packet: Packet): boolean;
}

/** By the platform's clock alone: a pager needs none. */
const FRESH_S = 300;
/** Seconds since 2020, then the check: together within the 40 octets that RFC 9175 allows. */
const TIME_OCTETS = 4;
const CHECK_OCTETS = 8;

export function makeEchoes(parts: { key: Uint8Array; clock: Clock }): Echoes {
  /** A clock that stands before 2020 proves nothing, and stops nothing. */
  const nowS = (): number => Math.max(0, contentOfTime(parts.clock.nowMs()).value);

  const valueAt = (line: Line, timeS: number): Uint8Array => {
    const time = Buffer.alloc(TIME_OCTETS);
    time.writeUInt32BE(timeS);
    const check = createHmac("sha256", parts.key)
      .update(octetsOf(line.kid))
      .update(time)
      .update(`${lifeOf(line)}`)
      .digest();
    return Uint8Array.from(Buffer.concat([time, check.subarray(0, CHECK_OCTETS)]));
  };

  return {
    make: (line) => valueAt(line, nowS()),
    isFresh(line, packet) {
      const echo = optionValue(packet, ECHO);
      if (echo === undefined || echo.length !== TIME_OCTETS + CHECK_OCTETS) return false;
      const value = toOctets(echo);
      const timeS = Buffer.from(value).readUInt32BE();
      const ageS = nowS() - timeS;
      return ageS >= 0 && ageS <= FRESH_S && timingSafeEqual(value, valueAt(line, timeS));
    },
  };
}

// internal

/**
 * Counts the returns of copies: with each the platform's numbers jump. Without it a proof that was
 * heard before a return could be sent once more behind it.
 */
function lifeOf(line: Line): number {
  return Math.floor(line.nextPiv / RESTORE_JUMP);
}
