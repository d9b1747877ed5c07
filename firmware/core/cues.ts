// What the wearer sees, feels and hears, as data in milliseconds, the same on every board [pager §3].
// Decides nothing: which cue is due is for the alarm, the key and the beat.

/** In the order in which a log says them, see sdk/log-text.ts. */
export const CUES = [
  "tick",
  "raised",
  "sending",
  "stillTrying",
  "noNetwork",
  "delivered",
  "taken",
  "closed",
  "checkinDelivered",
  "notActivated",
  "linkLost",
  "waitingAgain",
  "batteryLow",
  "batteryLower",
  "batteryLast",
  "ring",
  "notice",
  "pressTest",
  "pressTestGood",
  "selfTest",
  "fallen",
] as const;
export type CueName = (typeof CUES)[number];

export type LightColor = "red" | "amber" | "green";

/** Steps are milliseconds on, off, on, ... and end with on. */
export interface Cue {
  name: CueName;
  light: { color: LightColor; steps: number[] };
  /** The light that stays after the cue. */
  steady: "off" | LightColor;
  vibration: number[];
  sound: number[];
}

// Three lengths that nobody confuses: each is at least three times the one before.
const SHORT_MS = 100;
const MIDDLE_MS = 400;
const LONG_MS = 1200;
const GAP_MS = 150;

/** Where the pulses begin in a row. */
const PULSES = 2;
/** The pulses of its light alone: a strong long cue to feel, and fast to see [design §4]. */
const RAISED_LIGHT = "ssssssss";

function stepsOf(row: string, first: number): number[] {
  const steps: number[] = [];
  for (let i = first; i < row.length; i++) {
    const length = row.charAt(i);
    if (i > first) steps.push(GAP_MS);
    steps.push(length === "s" ? SHORT_MS : length === "m" ? MIDDLE_MS : LONG_MS);
  }
  return steps;
}

/**
 * Colour (red, amber, green) and the light that stays ("-" none), then the pulses: short, middle,
 * long. No two are alike even when the first or last pulse of either is missed, and colours are
 * not needed to tell them apart. Only "taken" rises, and none has its three pulses inside.
 * The three levels of the battery swell and fade, with one long pulse more at each.
 */
// A switch and no table: on Espruino code stays in flash, a table would fill memory for good.
function rowOf(name: CueName): string {
  switch (name) {
    case "tick":
      return "r-s";
    case "raised":
      return "r-l";
    case "sending":
      return "r-ssss";
    case "stillTrying":
      return "r-mmmmm";
    case "noNetwork":
      return "r-llss";
    case "delivered":
      return "aamm";
    case "taken":
      return "ggsml";
    case "closed":
      return "g-lsl";
    case "checkinDelivered":
      return "g-mssm";
    case "notActivated":
      return "r-lll";
    case "linkLost":
      return "a-lmml";
    case "waitingAgain":
      return "aalms";
    case "batteryLow":
      return "r-smms";
    case "batteryLower":
      return "r-smsls";
    case "batteryLast":
      return "r-slsls";
    case "ring":
      return "a-ssmssm";
    case "notice":
      return "a-lsms";
    case "pressTest":
      return "a-msmsm";
    case "pressTestGood":
      return "g-mmsmm";
    case "selfTest":
      return "a-ssllss";
    case "fallen":
      return "a-mllm";
  }
}

function colorOf(letter: string): LightColor {
  return letter === "r" ? "red" : letter === "a" ? "amber" : "green";
}

/** The cue of this name. */
export function cueOf(name: CueName): Cue {
  const row = rowOf(name);
  const steps = stepsOf(row, PULSES);
  const stays = row.charAt(1);
  return {
    name: name,
    light: {
      color: colorOf(row.charAt(0)),
      steps: name === "raised" ? stepsOf(RAISED_LIGHT, 0) : steps,
    },
    steady: stays === "-" ? "off" : colorOf(stays),
    vibration: steps,
    sound: steps,
  };
}
