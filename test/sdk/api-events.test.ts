// The log as server-sent events: from now on, behind a cursor, and again after a lost line.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { closeRigs, openRig, type Rig } from "./rig.ts";

test.after.each(closeRigs);

interface Line {
  /** The next event; comments are passed over. */
  next(): Promise<{ id: number; kind: string }>;
  /** Reads to the end; resolves when the platform ends the line. */
  ended(): Promise<void>;
  end(): void;
}

interface Reader {
  rig: Rig;
  ask(path: string, headers?: Record<string, string>): Promise<Response>;
  open(path: string, headers?: Record<string, string>): Promise<Line>;
}

async function start(): Promise<Reader> {
  const rig = await openRig();
  const token = await rig.platform.createToken("test");
  const ask: Reader["ask"] = (path, headers = {}) =>
    fetch(rig.platform.http.url + path, {
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
  return { rig, ask, open: async (path, headers) => lineOf(await ask(path, headers)) };
}

function lineOf(response: Response): Line {
  assert.is(response.status, 200);
  assert.match(response.headers.get("content-type") ?? "", /^text\/event-stream/);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = "";
  let over = false;

  const more = async (): Promise<void> => {
    const { value, done } = await reader.read();
    over = done;
    if (value !== undefined) text += decoder.decode(value, { stream: true });
  };

  return {
    async next() {
      while (!over) {
        const end = text.indexOf("\n\n");
        if (end < 0) {
          await more();
          continue;
        }
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        if (!block.startsWith(":")) return eventOf(block);
      }
      throw new Error("the line ended");
    },
    async ended() {
      while (!over) await more();
    },
    end: () => void reader.cancel(),
  };
}

function eventOf(block: string): { id: number; kind: string } {
  const fields = new Map(
    block.split("\n").map((line) => {
      const colon = line.indexOf(": ");
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
  const data = JSON.parse(fields.get("data") ?? "") as { seq: number; kind: string };
  const id = Number(fields.get("id"));
  assert.is(data.seq, id);
  return { id, kind: data.kind };
}

test("without a cursor the line begins now", async () => {
  const { rig, open } = await start();
  const pager = await rig.addPager();
  const line = await open("/api/events");
  await rig.deliver(pager.report("s", { number: 1 }).bytes);
  assert.equal(await line.next(), { id: 2, kind: "alarmRaised" });
  line.end();
});

test("a line that broke resumes at its cursor, with nothing lost and nothing twice", async () => {
  const { rig, open } = await start();
  const pager = await rig.addPager();
  const first = await open("/api/events?after=0");
  assert.is((await first.next()).id, 1);
  first.end();
  for (let number = 1; number <= 5; number++) {
    await rig.deliver(pager.report("s", { number }).bytes);
  }
  const again = await open("/api/events", { "last-event-id": "1" });
  const ids: number[] = [];
  for (let i = 0; i < 5; i++) ids.push((await again.next()).id);
  await rig.deliver(pager.report("c", { number: 9 }).bytes);
  ids.push((await again.next()).id);
  assert.equal(ids, [2, 3, 4, 5, 6, 7]);
  again.end();
});

test("Last-Event-ID goes before the cursor in the address", async () => {
  const { rig, open } = await start();
  const pager = await rig.addPager();
  await rig.deliver(pager.report("s", { number: 1 }).bytes);
  const line = await open("/api/events?after=0", { "last-event-id": "1" });
  assert.is((await line.next()).id, 2);
  line.end();
});

test("more events than one page holds come in order", async () => {
  const { rig, open } = await start();
  const pager = await rig.addPager();
  const many = Array.from({ length: 1200 }, (_, i) => pager.report("c", { number: i }).bytes);
  for (let at = 0; at < many.length; at += 100) await rig.deliver(...many.slice(at, at + 100));
  const line = await open("/api/events?after=0");
  for (let id = 1; id <= 1201; id++) assert.is((await line.next()).id, id);
  line.end();
});

test("a cursor that is no number is a 400, one ahead of the log a 409", async () => {
  const { ask } = await start();
  const cases: [path: string, id: string | undefined, status: number][] = [
    ["/api/events?after=x", undefined, 400],
    ["/api/events?after=-1", undefined, 400],
    ["/api/events?after=1e9", undefined, 400],
    ["/api/events", "x", 400],
    ["/api/events?after=1", undefined, 409],
    ["/api/events", "99", 409],
  ];
  for (const [path, id, status] of cases) {
    const response = await ask(path, id === undefined ? {} : { "last-event-id": id });
    assert.is(response.status, status, `${path} ${id}`);
    await response.body?.cancel();
  }
});

test("an open line says that it is still there, and keeps its session alive", async () => {
  const { rig } = await start();
  const opened = await rig.app.request(await rig.platform.openLink());
  const cookie = (opened.headers.get("set-cookie") ?? "").split(";")[0];
  const response = await fetch(`${rig.platform.http.url}/api/events`, { headers: { cookie } });
  const line = lineOf(response);
  for (let hour = 0; hour < 15; hour++) {
    rig.clock.advanceBy(3600_000);
    await rig.settle();
  }
  const status = (await rig.app.request("/api/alarms", { headers: { cookie } })).status;
  assert.is(status, 200);
  line.end();
});

test("closing the platform ends the lines that stand open", async () => {
  const { rig, open } = await start();
  const line = await open("/api/events");
  await Promise.all([line.ended().catch(() => undefined), rig.restart()]);
});

test("in the same process: events behind a cursor, then those to come, until aborted", async () => {
  const { rig } = await start();
  const pager = await rig.addPager();
  const ending = new AbortController();
  const kinds: string[] = [];
  const reading = (async () => {
    for await (const event of rig.platform.events({ after: 0, signal: ending.signal })) {
      kinds.push(event.kind);
      if (event.kind === "checkedIn") ending.abort();
    }
  })();
  await rig.deliver(pager.report("s", { number: 1 }).bytes);
  await rig.deliver(pager.report("c", { number: 2 }).bytes);
  await reading;
  assert.equal(kinds, ["pagerRegistered", "alarmRaised", "checkedIn"]);
});

test.run();
