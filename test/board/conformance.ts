// What every Board must do, as one suite over makers of boards [design §4]: a case, a fresh board.
// Knows no board; a case that a board can't show is left out with a reason in words.

import type { Test } from "uvu";
import * as assert from "uvu/assert";
import type { Board } from "../../firmware/board/board.ts";
import type { CueName } from "../../firmware/core/cues.ts";
import { CODE_MAX } from "../../protocol/limits.ts";
import type { VirtualClock } from "../../tools/simulator/clock.ts";

/** A board, and what is seen of it from outside; absent is what can't be seen. */
export interface BoardFace {
  readonly board: Omit<Board, "play">;
  readonly clock: VirtualClock;
  /** How often its timer has run out. */
  woken(): number;
  /** All that it wrote to the modem. */
  written(): string;
  /** The next access of its storage is refused. */
  refuseNext(): void;
  /** The same storage behind a power cut. */
  restarted(): BoardFace;
  /** Milliseconds of each pulse of the modem's power key that has ended. */
  pulses?(): number[];
  /** The same of the modem's reset pin. */
  resets?(): number[];
  setKey?(down: boolean): void;
  /** Every edge that it reported. */
  edges?(): string;
  play?(cue: CueName): void;
  /** Colour of the light, "off" for none; and whether it can be felt. */
  light?(): string;
  moves?(): boolean;
  /** Somebody at its console, or who comes by Bluetooth, has a line evaluated. */
  consoleAnswers?(): boolean;
  /** The watchdog ran out. */
  isEnded?(): boolean;
}

export interface BoardMaker {
  readonly name: string;
  /** With the clock that it counts by at these milliseconds. */
  make(startMs: number): Promise<BoardFace>;
  /** Why it can't show what these would look at. */
  readonly unseen: Readonly<Partial<Record<keyof BoardFace, string>>>;
}

interface Case {
  readonly says: string;
  readonly needs?: readonly (keyof BoardFace)[];
  readonly startMs?: number;
  run(face: BoardFace): void;
}

/** 2026-09-01T00:00:00Z. */
const START_MS = Date.UTC(2026, 8, 1);
const WRAP_MS = 2147483648;
const PAGE_OCTETS = 4096;
const PAGES = [0, 1, 2, 3];
/** Eight octets: what flash writes in words. */
const OCTETS = [1, 2, 3, 4, 250, 251, 252, 253];
const PARTS = 2 + 4 + 256;
const MINUTE_MS = 60000;
const CUE_MS_MAX = 6000;

const list = (octets: ArrayLike<number>) => Array.from(octets);
const isBlank = (octets: ArrayLike<number>) => list(octets).every((octet) => octet === 255);

const CASES: readonly Case[] = [
  {
    says: "a page that was never written has 4096 octets, all of them 255",
    run({ board }) {
      for (const page of PAGES) {
        const octets = board.readPage(page);
        assert.is(octets.length, PAGE_OCTETS);
        assert.ok(isBlank(octets));
      }
    },
  },
  {
    says: "what is written is read again at its place, to the last octet, and nowhere else",
    run({ board }) {
      assert.is(board.writePage(2, 0, OCTETS), true);
      assert.is(board.writePage(2, PAGE_OCTETS - OCTETS.length, OCTETS), true);
      const octets = list(board.readPage(2));
      assert.equal(octets.slice(0, OCTETS.length), OCTETS);
      assert.equal(octets.slice(-OCTETS.length), OCTETS);
      assert.ok(isBlank(octets.slice(OCTETS.length, -OCTETS.length)));
      for (const page of [0, 1, 3]) assert.ok(isBlank(board.readPage(page)), `page ${page}`);
    },
  },
  {
    says: "the same octets are taken again where they stand",
    run({ board }) {
      assert.is(board.writePage(1, 64, OCTETS), true);
      assert.is(board.writePage(1, 64, OCTETS), true);
    },
  },
  {
    says: "an erase gives 255 to its page, and leaves the others",
    run({ board }) {
      for (const page of PAGES) assert.is(board.writePage(page, 0, OCTETS), true);
      assert.is(board.erasePage(3), true);
      assert.ok(isBlank(board.readPage(3)));
      for (const page of [0, 1, 2]) {
        assert.equal(list(board.readPage(page)).slice(0, OCTETS.length), OCTETS);
      }
      assert.is(board.writePage(3, 0, OCTETS), true, "and takes octets anew");
    },
  },
  {
    says: "a write that fails says false, and the next one is good",
    run({ board, refuseNext }) {
      assert.is(board.writePage(2, 0, OCTETS), true);
      refuseNext();
      assert.is(board.writePage(2, 8, OCTETS), false);
      assert.is(board.writePage(2, 8, OCTETS), true);
    },
  },
  {
    says: "octets that can't stand where others do are a write that failed",
    run({ board }) {
      assert.is(board.writePage(2, 0, OCTETS), true);
      assert.is(board.writePage(2, 0, [...OCTETS].reverse()), false);
    },
  },
  {
    says: "an erase that fails says false, and what stood there is still there",
    run({ board, refuseNext }) {
      assert.is(board.writePage(2, 0, OCTETS), true);
      refuseNext();
      assert.is(board.erasePage(2), false);
      assert.equal(list(board.readPage(2)).slice(0, OCTETS.length), OCTETS);
    },
  },
  {
    says: "what was written is there behind a power cut, and what was erased is not",
    run(face) {
      assert.is(face.board.writePage(0, 0, OCTETS), true);
      assert.is(face.board.writePage(3, 0, OCTETS), true);
      assert.is(face.board.erasePage(3), true);
      const { board } = face.restarted();
      assert.equal(list(board.readPage(0)).slice(0, OCTETS.length), OCTETS);
      assert.ok(isBlank(board.readPage(3)));
    },
  },
  {
    says: "its clock counts milliseconds, and runs on",
    run({ board, clock }) {
      const fromMs = board.nowMs();
      clock.advanceBy(1500);
      assert.is((board.nowMs() - fromMs) | 0, 1500);
    },
  },
  {
    says: "its clock is an int32 that wraps",
    startMs: WRAP_MS - 1000,
    run({ board, clock }) {
      assert.is(board.nowMs(), WRAP_MS - 1000);
      clock.advanceBy(1500);
      assert.is(board.nowMs(), 500 - WRAP_MS);
    },
  },
  {
    says: "its timer runs out once, at its time, also behind the wrap of the clock",
    startMs: WRAP_MS - 1000,
    run({ board, clock, woken }) {
      board.wakeIn(1500);
      clock.advanceBy(1499);
      assert.is(woken(), 0);
      clock.advanceBy(1);
      assert.is(woken(), 1);
      clock.advanceBy(10000);
      assert.is(woken(), 1);
    },
  },
  {
    says: "a further wakeIn replaces the one before",
    run({ board, clock, woken }) {
      board.wakeIn(1000);
      board.wakeIn(3000);
      clock.advanceBy(2999);
      assert.is(woken(), 0);
      clock.advanceBy(5000);
      assert.is(woken(), 1);
      board.wakeIn(3000);
      board.wakeIn(0);
      clock.advanceBy(10);
      assert.is(woken(), 2);
      clock.advanceBy(5000);
      assert.is(woken(), 2);
    },
  },
  {
    says: "it comes round before any watchdog: at least each half minute",
    run({ board }) {
      assert.ok(board.roundMsMax > 0 && board.roundMsMax <= MINUTE_MS / 2);
    },
  },
  {
    says: "a loop that stands still is ended by the watchdog, and kicks keep it alive",
    needs: ["isEnded"],
    run({ board, clock, isEnded }) {
      for (let round = 0; round < 12; round++) {
        clock.advanceBy(board.roundMsMax);
        board.kickWatchdog();
      }
      assert.is(isEnded?.(), false);
      clock.advanceBy(2 * MINUTE_MS);
      assert.is(isEnded?.(), true);
    },
  },
  {
    says: "what it writes goes to the modem, each octet once",
    run({ board, written }) {
      const before = written();
      board.serialWrite("AT\r");
      board.serialWrite("\u001a");
      assert.is(written().slice(before.length), "AT\r\u001a");
    },
  },
  {
    says: "a pulse of the modem's power key is as long as asked, and ends by itself",
    needs: ["pulses"],
    run({ board, clock, pulses }) {
      board.pulsePowerKey(700);
      clock.advanceBy(699);
      assert.equal(pulses?.(), []);
      clock.advanceBy(1);
      assert.equal(pulses?.(), [700]);
      clock.advanceBy(MINUTE_MS / 2);
      assert.equal(pulses?.(), [700]);
    },
  },
  {
    says: "a pulse of the modem's reset pin is as long as asked, ends by itself, and is none of the power key",
    needs: ["resets"],
    run({ board, clock, pulses, resets }) {
      board.pulseReset?.(200);
      clock.advanceBy(199);
      assert.equal(resets?.(), []);
      clock.advanceBy(1);
      assert.equal(resets?.(), [200]);
      clock.advanceBy(MINUTE_MS / 2);
      assert.equal([resets?.(), pulses?.()], [[200], []]);
    },
  },
  {
    says: "the level of the key is what it is",
    needs: ["setKey"],
    run({ board, clock, setKey }) {
      assert.is(board.keyDown(), false);
      setKey?.(true);
      clock.advanceBy(100);
      assert.is(board.keyDown(), true);
      setKey?.(false);
      clock.advanceBy(100);
      assert.is(board.keyDown(), false);
    },
  },
  {
    says: "each edge of the key is reported once",
    needs: ["setKey", "edges"],
    run({ clock, setKey, edges }) {
      for (const down of [true, false, true]) {
        setKey?.(down);
        clock.advanceBy(200);
      }
      assert.is(edges?.(), "down up down ");
    },
  },
  {
    says: "a cue ends, and only its steady light stays",
    needs: ["play", "light", "moves"],
    run({ clock, play, light, moves }) {
      play?.("taken");
      assert.equal([light?.(), moves?.()], ["green", true]);
      clock.advanceBy(CUE_MS_MAX);
      assert.equal([light?.(), moves?.()], ["green", false]);
      play?.("closed");
      clock.advanceBy(CUE_MS_MAX);
      assert.equal([light?.(), moves?.()], ["off", false]);
    },
  },
  {
    says: "a cue shows in its own colour",
    needs: ["play", "light"],
    run({ clock, play, light }) {
      for (const [cue, color] of [
        ["noNetwork", "red"],
        ["delivered", "amber"],
      ] as const) {
        play?.(cue);
        assert.is(light?.(), color);
        clock.advanceBy(CUE_MS_MAX);
      }
    },
  },
  {
    says: "a closed console answers nobody [pager §5]",
    needs: ["consoleAnswers"],
    run({ board, consoleAnswers }) {
      assert.is(consoleAnswers?.(), true);
      board.console(false);
      assert.is(consoleAnswers?.(), false);
    },
  },
  {
    says: "an open console of a provisioned pager takes lines, and evaluates none",
    needs: ["consoleAnswers"],
    run({ board, consoleAnswers }) {
      board.console(false);
      board.console(true);
      assert.is(consoleAnswers?.(), false);
    },
  },
  {
    says: "it says what it is in numbers that the wire can carry",
    run({ board }) {
      assert.ok(Number.isInteger(board.code) && board.code >= 0 && board.code <= CODE_MAX);
      const { length } = board.chip();
      assert.ok(length >= 4 && length <= 16, `${length} octets of the chip`);
      const parts = board.outputs ?? PARTS;
      assert.is(parts & ~PARTS, 0);
    },
  },
  {
    says: "battery, charger and chance are whole numbers and a truth",
    run({ board }) {
      const batteryMv = board.batteryMv();
      assert.ok(
        Number.isInteger(batteryMv) && batteryMv > 2000 && batteryMv < 5000,
        `${batteryMv}`,
      );
      assert.type(board.charging(), "boolean");
      const seed = board.seed();
      assert.ok(Number.isInteger(seed) && seed >= 0 && seed <= 0x7fffffff, `${seed}`);
    },
  },
];

/** All cases for one maker, each a test of the file that calls it. */
export function conformance(test: Test, maker: BoardMaker): void {
  for (const { says, needs = [], startMs = START_MS, run } of CASES) {
    const unseen = needs.filter((part) => maker.unseen[part] !== undefined);
    const why = unseen.map((part) => maker.unseen[part]).join("; ");
    if (unseen.length === 0) {
      test(`${maker.name}: ${says}`, async () => run(await maker.make(startMs)));
      continue;
    }
    test(`${maker.name}: left out, for ${why}: ${says}`, async () => {
      const face = await maker.make(startMs);
      for (const part of unseen) assert.is(face[part], undefined, `${part} can be seen after all`);
      assert.ok(why.length > 10, "a reason in words");
    });
  }
}
