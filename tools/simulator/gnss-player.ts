// A recording played as the sky of the simulated receiver: one epoch a second, in file order, for ever.
// Places are the recording's own; the time is the world's, because a recorded one would run backwards.

import { readFileSync } from "node:fs";
import { OnekeyError } from "../../sdk/error.ts";
import { type Gnss, worldTime } from "./gnss.ts";
import { type Recording, readNmea } from "./nmea.ts";

export interface PlayerOptions {
  readonly recording: Recording;
  /** The moment of the first epoch. */
  readonly startMs: number;
  /** "recorded" keeps the file's own time, for looking at one run of a file. */
  readonly time?: "world" | "recorded";
}

export function createPlayer(options: PlayerOptions): Gnss {
  const { epochs } = options.recording;
  return {
    fixAt(nowMs) {
      const second = Math.max(0, Math.floor((nowMs - options.startMs) / 1000));
      const fix = epochs[second % epochs.length]?.fix;
      if (fix === undefined || options.time === "recorded") return fix;
      return { ...fix, ...worldTime(nowMs) };
    },
  };
}

/**
 * Reads a file of recorded output.
 * Errors: "file-unreadable" when it can't be read, "file-without-fix" when no sentence in it gives a place.
 */
export function readRecording(path: string): Recording {
  let text: string;
  try {
    text = readFileSync(path, "latin1");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OnekeyError(
      "file-unreadable",
      `cannot read ${path} (${reason}); give --gnss a file of NMEA lines`,
    );
  }
  const recording = readNmea(text);
  if (recording.epochs.some((epoch) => epoch.fix !== undefined)) return recording;
  const { used, other, rubbish } = recording.counts;
  throw new OnekeyError(
    "file-without-fix",
    `${path} holds no place: ${used} RMC or GGA sentences without a fix, ${other} other ` +
      `sentences, ${rubbish} lines that are no sentence; give --gnss a file recorded with a fix`,
  );
}
