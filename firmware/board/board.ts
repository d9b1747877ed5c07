// What a board lends to the loop. None of these calls waits; what fails comes back as an input.

import type { Bytes } from "../../protocol/machine.ts";
import type { Cue } from "../core/cues.ts";
import type { ImageFacts } from "../core/image-slots.ts";

export interface Board {
  /** The loop comes round at least this often, because it alone kicks the watchdog [espruino trap 2]. */
  roundMsMax: number;
  /** Milliseconds since power-up, int32, may wrap. */
  nowMs(): number;
  /** 31 bits from a hardware generator; a weak one only shifts re-send times, no key depends on it. */
  seed(): number;
  keyDown(): boolean;
  /** The whole page, 4096 octets; 255 where nothing was written. */
  readPage(page: number): Bytes;
  /** False when the write failed. */
  writePage(page: number, offset: number, bytes: Bytes): boolean;
  erasePage(page: number): boolean;
  /**
   * Plays over whatever cue runs; the cue's steady light stays until the next one. A board with a
   * speaker says the words of core/cue-words.ts, in this language, and of a notice by its code.
   */
  play(cue: Cue, language: number, notice: number): void;
  /**
   * Of boards with an accelerometer: it sleeps, or what it feels becomes the input "motion": at level 1
   * movements alone, as cheaply as it can, at 2 falls too. It says now and then that it works.
   */
  motion?(level: number): void;
  batteryMv(): number;
  charging(): boolean;
  /** Replaces the one timer; then calls `wake` of the loop. */
  wakeIn(ms: number): void;
  /** Octets to the modem, one character each. */
  serialWrite(text: string): void;
  /** Holds the modem's power key for so long, then releases it always [bg96 trap 8]. */
  pulsePowerKey(ms: number): void;
  /** The same of its reset pin; of boards where that is wired [pager §2.7]. */
  pulseReset?(ms: number): void;
  /**
   * The modem rests: its port is released, and it may sleep. What it says meanwhile is lost; that it
   * says something comes as an empty text to `serial`. Its receiver is off then [pager §4].
   */
  modemRest(on: boolean): void;
  /** Bits of the parts light 2, motor 4, sound 256 that this board has; absent: all. */
  outputs?: number;
  /** Shuts the console against everybody, or opens its few resources [pager §5]. */
  console(open: boolean): void;
  /** A line to whoever is at the open console. */
  print(text: string): void;
  kickWatchdog(): void;
  /** Starts anew, as after power-up. */
  restart(): void;
  /** Of boards whose program can be renewed: which image runs. Without it no update is taken. */
  image?: ImageFacts;
  /** SHA-256 of so many octets from the beginning of this page on; of boards with an image. */
  hashPages?(page: number, octets: number): Bytes;
  /** Which hardware it is, by BOARDS of protocol/codes.ts, and 4 to 16 octets of its maker's. */
  code: number;
  chip(): Bytes;
  /** A row of the log, by the numbers of protocol/log-events.ts. */
  log(event: number, alarm: number, detail: number): void;
}
