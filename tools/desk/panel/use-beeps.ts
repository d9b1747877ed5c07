// Sounds the beeper of the virtual pager while it is on. Off by default: the desk's own sound goes first.
import { useEffect } from "preact/hooks";
import type { Speaker } from "../sound/speaker.ts";

export function useBeeps(speaker: Speaker, isOn: boolean): void {
  useEffect(() => (isOn ? speaker.beep() : undefined), [speaker, isOn]);
}
