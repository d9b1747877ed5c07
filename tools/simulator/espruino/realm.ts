// The realm that a bundle runs in: its own constructors, octets in and out, and the end of it all.
// Whatever native call is made after the power was cut throws, so that no line of the bundle goes on.

import { types } from "node:util";
import { createContext, runInContext } from "node:vm";
import { makeLikeEspruino } from "./absent.ts";

/** Thrown through the bundle when the power goes in the middle of a call. */
export class PowerCut extends Error {}

export interface Realm {
  /** The global object. */
  readonly globals: Record<string, unknown>;
  run(text: string, name: string): unknown;
  newOctets(octets: Uint8Array): Uint8Array;
  newBuffer(octets: Uint8Array): ArrayBuffer;
  /** An error of the realm itself, as an Espruino call throws it. */
  error(message: string): Error;
  /** Throws once the power is gone; every native call asks first. */
  alive(): void;
  cut(): void;
  isCut(): boolean;
}

interface Constructors {
  Uint8Array: Uint8ArrayConstructor;
  ArrayBuffer: ArrayBufferConstructor;
  Error: ErrorConstructor;
}

export function createRealm(): Realm {
  const context = createContext({});
  const text = "({ Uint8Array: Uint8Array, ArrayBuffer: ArrayBuffer, Error: Error })";
  const own = runInContext(text, context) as Constructors;
  makeLikeEspruino(context);
  let cut = false;
  const newOctets = (octets: Uint8Array) => {
    const copy = new own.Uint8Array(octets.length);
    copy.set(octets);
    return copy;
  };
  return {
    globals: runInContext("globalThis", context) as Record<string, unknown>,
    run: (program, filename) => runInContext(program, context, { filename }),
    newOctets,
    newBuffer: (octets) => newOctets(octets).buffer as ArrayBuffer,
    error: (message) => new own.Error(message),
    alive() {
      if (cut) throw new PowerCut();
    },
    cut() {
      cut = true;
    },
    isCut: () => cut,
  };
}

/** Octets of whatever Espruino takes as data: text, numbers, arrays of these, typed arrays. */
export function octetsOf(data: unknown): Uint8Array {
  if (typeof data === "string") return Uint8Array.from(data, (sign) => sign.charCodeAt(0) & 255);
  if (typeof data === "number") return Uint8Array.of(data & 255);
  if (types.isAnyArrayBuffer(data)) return new Uint8Array(data as ArrayBuffer).slice();
  if (types.isTypedArray(data)) return Uint8Array.from(data as unknown as ArrayLike<number>);
  // The realm's arrays have no flatMap: copy into one of ours first.
  if (Array.isArray(data)) return Uint8Array.from([...data].flatMap((one) => [...octetsOf(one)]));
  return new Uint8Array(0);
}

/** One character an octet. */
export function textOf(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString("latin1");
}
