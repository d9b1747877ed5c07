// What a board can beyond the least. An entry that says more says it once, before the loop begins.
// Decides nothing. Where no entry sets one, the build sees a constant and leaves out what needs it.

export const abilities = { voice: false, zones: false, motion: false, updates: false };

export function hasVoice(): boolean {
  return abilities.voice;
}

export function hasZones(): boolean {
  return abilities.zones;
}

export function hasMotion(): boolean {
  return abilities.motion;
}

export function hasUpdates(): boolean {
  return abilities.updates;
}
