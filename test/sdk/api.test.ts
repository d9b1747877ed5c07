// The HTTP API: the queue, atomic acts, the audited person, and bad input that is never a 500.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { AlarmRow } from "../../sdk/care/alarms.ts";
import { type AddedPager, closeRigs, eventsOf, openRig, type Rig } from "./rig.ts";

test.after.each(closeRigs);

interface Scene {
  rig: Rig;
  pager: AddedPager;
  alarm: string;
  get(path: string): Promise<Response>;
  post(path: string, body: unknown): Promise<Response>;
  /** Path of an act on the one alarm. */
  act(name: string): string;
}

const PERSON = { name: "张桂兰", address: "历城区 12 号", phone: "0531-5550100", age: 84 };

async function scene(): Promise<Scene> {
  const rig = await openRig();
  const pager = await rig.addPager({ name: "张桂兰", person: PERSON });
  await rig.deliver(pager.report("s", { number: 512, latitude: 366512345, longitude: 5 }).bytes);
  const token = await rig.platform.createToken("test");
  const authorization = `Bearer ${token}`;
  const alarm = `${pager.id}/${pager.kid}/512`;
  return {
    rig,
    pager,
    alarm,
    get: async (path) => rig.app.request(path, { headers: { authorization } }),
    post: async (path, body) =>
      rig.app.request(path, {
        method: "POST",
        headers: { authorization, "content-type": "application/json" },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    act: (name) => `/api/alarms/${encodeURIComponent(alarm)}/${name}`,
  };
}

interface Problem {
  status: number;
  code: string;
  detail: string;
  owner?: string;
}

async function problemOf(response: Response): Promise<Problem> {
  assert.match(response.headers.get("content-type") ?? "", /^application\/problem\+json/);
  const problem = (await response.json()) as Problem;
  assert.is(problem.status, response.status);
  assert.ok(problem.detail.length > 10);
  return problem;
}

test("take, note and close walk the alarm to its end", async () => {
  const { rig, get, post, act, alarm } = await scene();
  const [row] = (await (await get("/api/alarms")).json()) as AlarmRow[];
  assert.is(row.id, alarm);
  const taken = (await (await post(act("take"), { operator: " 王芳 " })).json()) as AlarmRow;
  assert.equal([taken.stage, taken.owner], ["taken", "王芳"]);
  const noted = await post(act("note"), { operator: "李明", text: "女儿在路上\n十分钟" });
  assert.is(((await noted.json()) as AlarmRow).notes[0].text, "女儿在路上\n十分钟");
  const body = { operator: "王芳", outcome: "real", text: "女儿到了" };
  const closed = (await (await post(act("close"), body)).json()) as AlarmRow;
  assert.equal([closed.stage, closed.outcome, closed.closedBy], ["closed", "real", "王芳"]);
  assert.is(closed.notes.length, 2);
  const kinds = (await eventsOf(rig)).map((event) => event.kind);
  assert.equal(kinds.slice(2), ["alarmTaken", "alarmNoted", "alarmClosed"]);
});

test("of many takes at once exactly one wins, and the others hear who has it", async () => {
  const { post, act } = await scene();
  const names = Array.from({ length: 20 }, (_, i) => `坐席 ${i}`);
  const answers = await Promise.all(names.map((operator) => post(act("take"), { operator })));
  const won = answers.filter((one) => one.status === 200);
  assert.is(won.length, 1);
  const { owner } = (await won[0].json()) as AlarmRow;
  for (const lost of answers.filter((one) => one.status !== 200)) {
    const problem = await problemOf(lost);
    assert.equal([problem.status, problem.code, problem.owner], [409, "already-taken", owner]);
  }
});

test("closing needs taking, and happens once", async () => {
  const { post, act } = await scene();
  const body = { operator: "王芳", outcome: "test" };
  assert.is((await problemOf(await post(act("close"), body))).code, "not-taken");
  await post(act("take"), { operator: "王芳" });
  assert.is((await post(act("close"), body)).status, 200);
  assert.is((await problemOf(await post(act("close"), body))).code, "already-closed");
  assert.is((await problemOf(await post(act("take"), body))).code, "already-closed");
});

test("a person's record is given out only after its reading is in the log", async () => {
  const { rig, pager, get } = await scene();
  const query = `?operator=${encodeURIComponent("王芳")}`;
  const response = await get(`/api/pagers/${pager.id}/person${query}`);
  assert.equal(await response.json(), PERSON);
  await get(`/api/pagers/${pager.id}/person`);
  const reads = (await eventsOf(rig)).filter((event) => event.kind === "personRead");
  const readers = reads.map((event) => event.kind === "personRead" && event.operator);
  assert.equal(readers, ["王芳", "token test"], "without a name the audit log names the token");
});

test("a pager that nobody carries has no record, and an unknown one is not found", async () => {
  const { rig, get } = await scene();
  const spare = await rig.addPager({ name: "备用" });
  assert.is(await (await get(`/api/pagers/${spare.id}/person`)).json(), null);
  assert.is((await problemOf(await get("/api/pagers/P-999999/person"))).code, "unknown-pager");
});

test("no list, no event and no error carries a person's record", async () => {
  const { rig, get, post, act } = await scene();
  await post(act("take"), { operator: "王芳" });
  const texts = [
    await (await get("/api/alarms")).text(),
    await (await get("/api/pagers")).text(),
    JSON.stringify(await eventsOf(rig)),
    rig.trace.join("\n"),
  ];
  for (const text of texts) {
    assert.not.ok(text.includes(PERSON.phone));
    assert.not.ok(text.includes(PERSON.address));
  }
  assert.not.ok(rig.trace.join("\n").includes("366512345"), "and no log a position");
});

const BAD_BODIES: [name: string, body: unknown][] = [
  ["no JSON", "{"],
  ["nothing", ""],
  ["an array", []],
  ["null", "null"],
  ["no operator", {}],
  ["an empty operator", { operator: "   " }],
  ["a number for an operator", { operator: 7 }],
  ["an operator of 61 letters", { operator: "x".repeat(61) }],
  ["an operator with a line break", { operator: "a\nb" }],
  ["an unknown outcome", { operator: "王芳", outcome: "cancelled", text: "x" }],
  ["a text of 2001 letters", { operator: "王芳", outcome: "test", text: "x".repeat(2001) }],
  ["an outcome that is an object", { operator: "王芳", outcome: {}, text: "x" }],
];

for (const [name, body] of BAD_BODIES) {
  test(`${name} in a body is a 400 that names fields and no values`, async () => {
    const { post, act } = await scene();
    for (const path of ["take", "note", "release", "close", "reopen"]) {
      const ofClose = typeof body === "object" && "outcome" in (body ?? {});
      if (path !== "close" && ofClose) continue;
      const problem = await problemOf(await post(act(path), body));
      assert.equal([problem.status, problem.code], [400, "bad-request"], path);
      assert.not.ok(problem.detail.includes("xxxx"));
    }
  });
}

test("a body of another type, and one of 65 KiB, are refused", async () => {
  const { rig, post, act } = await scene();
  const token = await rig.platform.createToken("form");
  const form = await rig.app.request(act("take"), {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "operator=x",
  });
  assert.is(form.status, 400);
  const huge = await post(act("note"), { operator: "王芳", text: "x".repeat(66_000) });
  assert.is((await problemOf(huge)).code, "body-too-large");
});

test("ids of any shape are not found, never a 500", async () => {
  const { post } = await scene();
  const ids = [
    "x",
    "%2F",
    "%00",
    "..%2F..%2Fetc",
    "P-000001%2Fffffff%2F1",
    "%E0%A4%A",
    "a".repeat(101),
  ];
  for (const id of ids) {
    const response = await post(`/api/alarms/${id}/take`, { operator: "王芳" });
    assert.ok([400, 404].includes(response.status), `${id}: ${response.status}`);
    await problemOf(response);
  }
});

test("the counters of the gateway can be read", async () => {
  const { get } = await scene();
  const counters = (await (await get("/api/counters")).json()) as Record<string, number>;
  assert.equal([counters.received, counters.stored, counters["bad-tag"]], [1, 1, 0]);
});

test.run();
