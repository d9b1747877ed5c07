// A carrier over serial lines: each datagram one line of text, beside whatever else is said there.
// Knows no port: the two directions of each line are handed in, and closed by whoever opened them.

import type { Readable, Writable } from "node:stream";
import { isFault } from "../../protocol/fault.ts";
import type { Bytes } from "../../protocol/machine.ts";
import {
  newSerialReader,
  readSerial,
  SERIAL_DOWN,
  SERIAL_UP,
  toSerialLine,
} from "../../protocol/serial-line.ts";
import { nodeMachine } from "../machine.ts";
import type { CarrierEnds, OpenCarrier } from "./carrier.ts";

/** A line's two directions as Node's streams; a serial port of Node is both. */
export interface ByteLine {
  input: Readable;
  output: Writable;
  close(): Promise<void> | void;
}

/** What waits to leave; a line that takes nothing must not fill the memory. */
const OUTPUT_OCTETS_MAX = 64 * 1024;

/** By path, which is what a pager's address is here. */
export function serialCarrier(lines: Record<string, ByteLine>): OpenCarrier {
  return async (ends) => {
    const opened = new Map(Object.entries(lines));
    const detached = [...opened].map(([path, line]) => attach(ends, path, line));
    return {
      name: "serial",
      send(bytes, to) {
        const line = opened.get(to.address);
        if (line === undefined || !write(line.output, bytes)) ends.failed();
      },
      async close() {
        for (const detach of detached) detach();
        for (const line of opened.values()) await line.close();
        opened.clear();
      },
    };
  };
}

// internal

function write(output: Writable, bytes: Bytes): boolean {
  const text = toSerialLine(nodeMachine, SERIAL_DOWN, bytes);
  if (isFault(text) || !output.writable || output.writableLength > OUTPUT_OCTETS_MAX) return false;
  output.write(text, "latin1");
  return true;
}

/** Reads the line from now on; the function returned ends that. */
function attach(ends: CarrierEnds, path: string, line: ByteLine): () => void {
  const reader = newSerialReader(SERIAL_UP);
  const hear = (octets: Buffer): void => {
    for (const found of readSerial(nodeMachine, reader, octets.toString("latin1"))) {
      if (isFault(found)) ends.failed();
      else ends.receive({ bytes: found, from: { carrier: "serial", address: path, port: 0 } });
    }
  };
  const fail = (): void => ends.failed();
  line.input.on("data", hear).on("error", fail).on("end", fail);
  if (line.output !== (line.input as unknown)) line.output.on("error", fail);
  return () => {
    // Errors of a line that is being closed are still heard, so that they end no process.
    line.input.off("data", hear).off("end", fail);
  };
}
