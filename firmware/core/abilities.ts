// What a board can beyond the least: put in by the build, so that an image holds nothing it can't use.
// Constants only; a board that isn't told of an ability has it not.

/** 1 where the board can call by voice. */
declare const VOICE: number;

export function hasVoice(): boolean {
  return typeof VOICE !== "undefined" && VOICE === 1;
}
