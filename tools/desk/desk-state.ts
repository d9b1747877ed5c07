// What the desk knows at one moment. Shapes and the first value; changes nothing.
import type { AlarmRow } from "../../sdk/care/alarms.ts";
import type { Person } from "../../sdk/events.ts";
import type { PagerRow } from "../../sdk/store/store.ts";
import type { Kept, Tiles } from "./kept.ts";
import type { SpeakerState } from "./sound/speaker.ts";

/** `shut`: the platform wants a sign-in. */
export type LinkState = "opening" | "live" | "down" | "shut";

export interface DeskState extends Kept {
  loaded: boolean;
  alarms: AlarmRow[];
  pagers: PagerRow[];
  /** By pager id; a pager without a person on record is undefined, one not read is not there. */
  people: Record<string, Person | undefined>;
  link: LinkState;
  downSinceMs?: number;
  sound: SpeakerState;
  view: "alarm" | "pagers";
  /** Id of the alarm on the right. */
  chosen?: string;
  /** Notes typed and not yet stored, by alarm: they outlive errors and a look elsewhere. */
  drafts: Record<string, string>;
  /** Tiles that the platform gave; the operator's own come first. */
  givenTiles?: Tiles;
}

export function firstState(kept: Kept, sound: SpeakerState): DeskState {
  return {
    ...kept,
    loaded: false,
    alarms: [],
    pagers: [],
    people: {},
    link: "opening",
    sound,
    view: "alarm",
    drafts: {},
  };
}

/** The tiles in force, if any. */
export function tilesOf({ tiles, givenTiles }: DeskState): Tiles | undefined {
  return tiles ?? givenTiles;
}
