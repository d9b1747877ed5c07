// What a pager remembers of where the wearer is: the best position, the zones, what an accelerometer told.
// Data only; a part of the record in state.ts.

/** Best known position. */
export interface Position {
  known: boolean;
  latitude: number;
  longitude: number;
  uncertaintyM: number;
  /** Latitude, longitude, metres of the last fix too far off to be believed alone; how many agree. */
  doubt: { count: number; atMs: number; place: number[] };
  /** Age at `atMs`; -1 not known. */
  ageS: number;
  atMs: number;
  /** Of a position out of the journal: when it was true; 0 not known. */
  timeS: number;
  /** Counts positions, so that one can be told from the next. */
  serial: number;
  /** The one that the journal holds. */
  notedLatitude: number;
  notedLongitude: number;
  notedMs: number;
  noted: boolean;
}

/** By the places of the zones in the settings. */
export interface Zones {
  /** Of the zone as it was when the wearer was last seen in it; 0 where a leaving would not count. */
  marks: number[];
  /** Whether he or she seems to have left it, and since when. */
  out: boolean[];
  outMs: number[];
  /** Satellites are searched for, since `lookMs`; else the last look. */
  searching: boolean;
  lookMs: number;
}

/** What an accelerometer has told. */
export interface Motion {
  /** A fall: 0 none, 1 the wearer is asked since `fallMs`, 2 was asked when the power went. */
  fall: number;
  fallMs: number;
  cueMs: number;
  /** The last movement, or whatever else ends stillness; whether the present one was reported. */
  movedMs: number;
  /** Its time, once it is on flash; less than nothing before a start has looked at it; 0 not there. */
  movedS: number;
  told: boolean;
  /** How the sensor was asked to run: 0 not, 1 for movements, 2 for falls too. */
  level: number;
  /** When it said anything last, and when that something moved. */
  heardMs: number;
  feltMs: number;
}

export function newPosition(): Position {
  return {
    known: false,
    latitude: 0,
    longitude: 0,
    uncertaintyM: 0,
    doubt: { count: 0, atMs: 0, place: [] },
    ageS: -1,
    atMs: 0,
    timeS: 0,
    serial: 0,
    notedLatitude: 0,
    notedLongitude: 0,
    notedMs: 0,
    noted: false,
  };
}

export function newMotion(): Motion {
  return {
    fall: 0,
    fallMs: 0,
    cueMs: 0,
    movedMs: 0,
    movedS: 0,
    told: false,
    level: 0,
    heardMs: 0,
    feltMs: 0,
  };
}

export function newZones(): Zones {
  return {
    marks: [0, 0, 0, 0],
    out: [false, false, false, false],
    outMs: [0, 0, 0, 0],
    searching: false,
    lookMs: 0,
  };
}
