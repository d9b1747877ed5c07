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
] as const;
export type CueName = (typeof CUES)[number];

export type LightColor = "red" | "amber" | "green";

/** Steps are milliseconds on, off, on, ... and end with on. */
export interface Cue {
  name: CueName;
  zh: string;
  en: string;
  light: { color: LightColor; steps: number[] };
  /** The light that stays after the cue. */
  steady: "off" | LightColor;
  vibration: number[];
  sound: number[];
}

interface Row {
  zh: string;
  en: string;
  /** Pulses: "s" short, "m" middle, "l" long. */
  pattern: string;
  /** Of the light alone; absent where it goes with vibration and sound. */
  light?: string;
  color: LightColor;
  steady: "off" | LightColor;
}

// Three lengths that nobody confuses: each is at least three times the one before.
const SHORT_MS = 100;
const MIDDLE_MS = 400;
const LONG_MS = 1200;
const GAP_MS = 150;

function stepsOf(pattern: string): number[] {
  const steps: number[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const length = pattern.charAt(i);
    if (i > 0) steps.push(GAP_MS);
    steps.push(length === "s" ? SHORT_MS : length === "m" ? MIDDLE_MS : LONG_MS);
  }
  return steps;
}

// A switch and no table: on Espruino code stays in flash, a table would fill memory for good.
// No two patterns are alike even when the first or last pulse of either is missed, and colours are
// not needed to tell them apart; only "taken" rises.
function rowOf(name: CueName): Row {
  switch (name) {
    case "tick":
      return { zh: "按住", en: "keep holding", pattern: "s", color: "red", steady: "off" };
    case "raised":
      return {
        zh: "正在呼救",
        en: "calling for help",
        pattern: "l",
        light: "ssssssss",
        color: "red",
        steady: "off",
      };
    case "sending":
      return { zh: "正在发送", en: "sending", pattern: "ssss", color: "red", steady: "off" };
    case "stillTrying":
      return { zh: "还在发送", en: "still trying", pattern: "mmmmm", color: "red", steady: "off" };
    case "noNetwork":
      return { zh: "没有信号", en: "no network", pattern: "llss", color: "red", steady: "off" };
    case "delivered":
      return { zh: "已送达", en: "sent", pattern: "mm", color: "amber", steady: "amber" };
    case "taken":
      return {
        zh: "有人接警了",
        en: "somebody has it",
        pattern: "sml",
        color: "green",
        steady: "green",
      };
    case "closed":
      return { zh: "已办结", en: "closed", pattern: "lsl", color: "green", steady: "off" };
    case "checkinDelivered":
      return {
        zh: "平安已报",
        en: "I am well: sent",
        pattern: "mssm",
        color: "green",
        steady: "off",
      };
    case "notActivated":
      return { zh: "尚未开通", en: "not activated", pattern: "lll", color: "red", steady: "off" };
    case "linkLost":
      return { zh: "联络中断", en: "link lost", pattern: "lmml", color: "amber", steady: "off" };
    case "waitingAgain":
      return {
        zh: "重新等待",
        en: "waiting again",
        pattern: "msms",
        color: "amber",
        steady: "amber",
      };
  }
}

/** The cue of this name. */
export function cueOf(name: CueName): Cue {
  const row = rowOf(name);
  const steps = stepsOf(row.pattern);
  return {
    name: name,
    zh: row.zh,
    en: row.en,
    light: { color: row.color, steps: row.light === undefined ? steps : stepsOf(row.light) },
    steady: row.steady,
    vibration: steps,
    sound: steps,
  };
}
