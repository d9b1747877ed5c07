// An ordinary sos, from values to octets and back, against cbor-x with the same array.
// Ours also judges bounds, looks up tables and gives names to the values; that is part of the race.

import { Encoder } from "cbor-x";
import { decodeMessage, encodeMessage } from "../../protocol/message-codec.ts";
import { SOS } from "../../protocol/messages.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { wireOf } from "../protocol/any-values.ts";
import { compare, type Row } from "./rounds.ts";

/** A hold indoors in Gothenburg, a minute after the last fix. */
export const ORDINARY_SOS = {
  number: 70123,
  time: 210_000_000,
  timeFromNetwork: 0,
  battery: 80,
  charging: 0,
  latitude: 577_089_000,
  longitude: 119_746_000,
  uncertaintyM: 40,
  fromCells: 0,
  ageS: 60,
};
/** The same on the wire: places in tables instead of values. */
const ORDINARY_ARRAY = wireOf(SOS, ORDINARY_SOS);

export async function codecRows(): Promise<Row[]> {
  const cborX = new Encoder({ tagUint8Array: false, useRecords: false });
  let sum = 0;
  const rows = await compare({
    subject: "encode and decode an sos",
    ours: {
      name: "protocol/message-codec",
      run(times) {
        for (let i = 0; i < times; i++) {
          const octets = encodeMessage(nodeMachine, SOS, ORDINARY_SOS);
          const values = decodeMessage(nodeMachine, SOS, octets);
          if ("number" in values) sum += values.number;
        }
      },
    },
    others: [
      {
        name: "cbor-x",
        run(times) {
          for (let i = 0; i < times; i++) {
            const octets = cborX.encode(ORDINARY_ARRAY);
            sum += cborX.decode(octets)[0];
          }
        },
      },
    ],
    wanted: 0.7,
    rounds: 21,
    times: 40_000,
  });
  if (!Number.isFinite(sum)) throw new Error("nothing was decoded");
  return rows;
}
