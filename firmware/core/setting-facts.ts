// Settings as records of the journal: rows, and the commit behind them that lets them count.
// Writes nothing: that is for journal.ts.

import { finish, newWriter } from "../../protocol/cbor.ts";
import { writeCells } from "../../protocol/list-codec.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";
import { NUMBER_BOUNDS, NUMBERS } from "../../protocol/settings.ts";
import { frameNumbers, frameRecord } from "./pages.ts";
import { type Cell, cellOf, settingKeys } from "./settings.ts";
import type { State } from "./state.ts";

/** A setting with its value; counts once a SETTINGS behind it says so. */
export const SETTING = 6;
/** The version, how many rows right before it are in force from here on, and the trial. */
export const SETTINGS = 7;
/** Added to the key of a setting whose old value comes back if a trial fails. */
export const OLD_KEY = 256;

function settingFact(machine: Machine, key: number, cell: Cell): Bytes {
  const writer = newWriter(machine, 80);
  writeCells(writer, [key, cell]);
  return frameRecord(machine, SETTING, finish(machine, writer));
}

/** Rows with their commit, which a cut keeps from counting or lets count as a whole. */
export function settingFacts(machine: Machine, state: State, keys: number[]): Bytes[] {
  const facts: Bytes[] = [];
  const trial = state.settings.trial;
  for (let i = 0; i < keys.length; i++) {
    facts.push(settingFact(machine, keys[i], cellOf(machine, state, keys[i])));
  }
  for (let i = 0; i < trial.old.length; i += 2) {
    facts.push(settingFact(machine, OLD_KEY + (trial.old[i] as number), trial.old[i + 1]));
  }
  facts.push(
    frameNumbers(machine, SETTINGS, [
      state.settings.version,
      facts.length,
      trial.id,
      trial.key,
      trial.version,
    ]),
  );
  return facts;
}

/** Keys whose values are not those that a blank journal stands for. */
export function changedKeys(state: State): number[] {
  const settings = state.settings;
  const keys = settingKeys();
  const changed: number[] = [];
  for (let i = 0; i < keys.length; i++) {
    const same =
      i < NUMBERS
        ? settings.numbers[i] === NUMBER_BOUNDS[3 * i + 2]
        : settings.texts[i - NUMBERS] === "";
    if (!same) changed.push(keys[i]);
  }
  return changed;
}
