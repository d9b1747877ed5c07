// The loop on a busy board: an edge keeps its time through an erase, and the radio waits for its start.
// The real loop; only the board's clock goes on during each access of its storage.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Board } from "../../firmware/board/board.ts";
import { createLoop } from "../../firmware/board/loop.ts";
import type { Radio } from "../../firmware/board/radio.ts";
import { PAGE_OCTETS, WEAK_MV } from "../../firmware/core/limits.ts";
import { LOG_CUE } from "../../protocol/log-events.ts";
import { nodeMachine } from "../../sdk/machine.ts";
import { provisionedStorage } from "./storage.ts";

/** A page of an nRF52 [pager §2.1], and a write of a record. */
const ERASE_MS = 85;
const WRITE_MS = 5;

/** What the radio heard; it never answers. */
function recordingRadio(heard: string[]): Radio {
  return {
    step(input) {
      heard.push(input.kind);
      return [];
    },
    dueInMs: () => -1,
  };
}

/** A pager whose board is busy while it erases; an edge in between waits, as an interrupt's does. */
function busyPager(batteryMv = 3950) {
  const radio: string[] = [];
  const storage = provisionedStorage();
  const cues: { name: string; atMs: number }[] = [];
  const edges: { atMs: number; down: boolean; seenMs: number }[] = [];
  let nowMs = 1000;
  let dueMs = 0;
  let onErase: (atMs: number) => void = () => undefined;
  const board: Board = {
    roundMsMax: 10000,
    nowMs: () => nowMs,
    seed: () => 12345,
    keyDown: () => false,
    readPage: (page) => storage.pages[page].slice(),
    writePage(page, offset, bytes) {
      nowMs += WRITE_MS;
      return storage.write(page, offset, bytes);
    },
    erasePage(page) {
      onErase(nowMs);
      nowMs += ERASE_MS;
      return storage.erase(page);
    },
    play: ({ name }) => cues.push({ name, atMs: nowMs }),
    batteryMv: () => batteryMv,
    charging: () => false,
    wakeIn: (ms) => {
      dueMs = nowMs + ms;
    },
    serialWrite: () => undefined,
    pulsePowerKey: () => undefined,
    modemRest: () => undefined,
    kickWatchdog: () => undefined,
    console: () => undefined,
    print: () => undefined,
    restart: () => undefined,
    code: 0,
    chip: () => new Uint8Array(0),
    log: (event) => assert.is.not(event, LOG_CUE),
  };
  const loop = createLoop(nodeMachine, board, recordingRadio(radio));
  /** What waited is told as soon as the board is free: edges first. */
  function tellEdges(): void {
    for (const edge of edges) {
      if (edge.seenMs >= 0 || edge.atMs > nowMs) continue;
      edge.seenMs = nowMs;
      loop.input({ kind: "key", atMs: edge.atMs, down: edge.down });
    }
  }
  return {
    loop,
    cues,
    radio,
    edges,
    nowMs: () => nowMs,
    atErase: (run: (atMs: number) => void) => {
      onErase = run;
    },
    edge: (atMs: number, down: boolean) => edges.push({ atMs, down, seenMs: -1 }),
    run(ms: number) {
      const endMs = nowMs + ms;
      while (nowMs < endMs) {
        const next = edges.find(({ seenMs }) => seenMs < 0);
        nowMs = Math.max(nowMs, Math.min(dueMs, next?.atMs ?? dueMs, endMs));
        tellEdges();
        if (nowMs >= dueMs) loop.wake();
        tellEdges();
      }
    },
  };
}

test("a press that begins during an erase is seen within 100 ms and counts from its edge [pager §2.1]", () => {
  for (let intoMs = 0; intoMs < ERASE_MS; intoMs += 12) {
    const pager = busyPager();
    pager.loop.start();
    let erases = 0;
    pager.atErase((atMs) => {
      erases += 1;
      if (erases === 1) pager.edge(atMs + intoMs, true);
    });
    // Little room is left, and nothing goes on: the page is turned after a minute of quiet.
    pager.loop.state.journal.at = PAGE_OCTETS - 600;
    pager.run(70000);
    assert.is(erases, 1);
    const [{ atMs, seenMs }] = pager.edges;
    assert.ok(seenMs - atMs <= 100, `seen after ${seenMs - atMs} ms`);
    const raised = pager.cues.find(({ name }) => name === "raised");
    const afterMs = (raised?.atMs ?? 0) - atMs;
    assert.ok(afterMs >= 3000 && afterMs <= 3000 + 4 * WRITE_MS, `raised after ${afterMs} ms`);
  }
});

test("no page is turned while the key is down or an alarm is open, but where no room is left", () => {
  const pager = busyPager();
  pager.loop.start();
  let erases = 0;
  pager.atErase(() => {
    erases += 1;
  });
  pager.loop.state.journal.at = PAGE_OCTETS - 600;
  pager.edge(pager.nowMs() + 1000, true);
  pager.run(600000);
  assert.is(pager.loop.state.alarm.stage, "sending");
  assert.is(erases, 0);
});

test("before the core starts it a radio hears nothing, though time and octets pass [pager §2.3]", () => {
  const pager = busyPager(WEAK_MV - 1);
  pager.loop.state.runs.short = 4;
  pager.loop.start();
  pager.loop.serial("RDY");
  pager.run(9900);
  assert.equal(pager.radio, []);
  pager.run(25000);
  assert.is(pager.radio[0], "start");
  assert.ok(pager.radio.includes("tick"));
});

test.run();
