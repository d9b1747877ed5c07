// Commands over HTTP: asked, listed and read as the document says; bad input is never a 500.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { LOCATE } from "../../protocol/messages.ts";
import { SETTING_NAMES } from "../../protocol/settings.ts";
import type { CommandRow } from "../../sdk/care/commands.ts";
import { type AddedPager, closeRigs, openRig, type Rig } from "./rig.ts";

test.after.each(closeRigs);

interface Scene {
  rig: Rig;
  pager: AddedPager;
  get(path: string): Promise<Response>;
  ask(body: unknown, pager?: string): Promise<Response>;
}

async function scene(): Promise<Scene> {
  const rig = await openRig();
  const pager = await rig.addPager();
  await rig.deliver(pager.report("c", { number: 9 }).bytes);
  rig.takeSent();
  const authorization = `Bearer ${await rig.platform.createToken("test")}`;
  return {
    rig,
    pager,
    get: async (path) => rig.app.request(path, { headers: { authorization } }),
    ask: async (body, id = pager.id) =>
      rig.app.request(`/api/pagers/${id}/commands`, {
        method: "POST",
        headers: { authorization, "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
  };
}

async function rowOf(response: Response): Promise<CommandRow> {
  assert.is(response.status, 200);
  return (await response.json()) as CommandRow;
}

interface Problem {
  status: number;
  code: string;
  detail: string;
  path?: string;
}

async function problemOf(response: Response): Promise<Problem> {
  assert.match(response.headers.get("content-type") ?? "", /^application\/problem\+json/);
  const problem = (await response.json()) as Problem;
  assert.is(problem.status, response.status);
  return problem;
}

test("a command is asked, seen waiting, and seen with its one result", async () => {
  const { rig, pager, get, ask } = await scene();
  const values = { forS: 600 };
  const asked = await rowOf(await ask({ operator: " 王芳 ", command: "locate", values }));
  assert.equal([asked.id, asked.by, asked.values], [1, "王芳", values]);
  assert.is(asked.expiresAtMs - asked.queuedAtMs, 24 * 3600_000, "a day");
  await rig.settle();
  assert.is(pager.obey(rig.takeSent()[0].bytes)?.command?.name, "locate");
  await rig.deliver(pager.result(LOCATE.word, 1, { outcome: 2, detail: 4 }).bytes);
  const one = await rowOf(await get(`/api/pagers/${pager.id}/commands/1`));
  assert.equal([one.state, one.outcome, one.detail], ["ended", "refused", 4]);
  await ask({ operator: "王芳", command: "ring", expiresInS: 60 });
  const list = (await (await get(`/api/pagers/${pager.id}/commands`)).json()) as CommandRow[];
  assert.equal(
    list.map((row) => [row.id, row.state]),
    [
      [2, "waiting"],
      [1, "ended"],
    ],
  );
});

test("what the declaration refuses is a 400 that names the field's path", async () => {
  const { ask } = await scene();
  const bodies: [body: object, path: string][] = [
    [{ command: "locate", values: { forS: 90000 } }, "values.forS"],
    [{ command: "locate", values: { forS: 0.5 } }, "values.forS"],
    [{ command: "notice" }, "values.notice"],
    [{ command: "changeSettings", values: { settings: 1, list: [[1]] } }, "values.list[0]"],
    [
      { command: "changeSettings", values: { settings: 1, list: { contact1: "110" } } },
      "values.list.contact1",
    ],
  ];
  for (const [body, path] of bodies) {
    const problem = await problemOf(await ask({ operator: "王芳", ...body }));
    assert.equal([problem.status, problem.code, problem.path], [400, "bad-request", path]);
    assert.ok(problem.detail.startsWith(`${path}: `));
  }
});

test("bodies of another shape are a 400", async () => {
  const { ask } = await scene();
  const bodies: unknown[] = [
    [],
    {},
    { operator: "王芳" },
    { command: "ring" },
    { operator: "王芳", command: "renew", values: { slot: 1 } },
    { operator: "王芳", command: "ring", values: [] },
    { operator: "王芳", command: "ring", values: { forS: { of: 1 } } },
    { operator: "王芳", command: "ring", values: { forS: null } },
    { operator: "王芳", command: "ring", expiresInS: 0 },
    { operator: "王芳", command: "ring", expiresInS: 2_592_001 },
    { operator: "a\nb", command: "ring" },
  ];
  for (const body of bodies) {
    const problem = await problemOf(await ask(body));
    assert.equal([problem.status, problem.code], [400, "bad-request"], JSON.stringify(body));
  }
});

test("pagers and commands that nobody knows are not found", async () => {
  const { pager, get, ask } = await scene();
  const unknown = await problemOf(await ask({ operator: "王芳", command: "ring" }, "P-999999"));
  assert.equal([unknown.status, unknown.code], [404, "unknown-pager"]);
  const paths: [path: string, status: number][] = [
    ["/api/pagers/P-999999/commands", 404],
    ["/api/pagers/P-999999/commands/1", 404],
    [`/api/pagers/${pager.id}/commands/1`, 404],
    [`/api/pagers/${pager.id}/commands/99999999`, 404],
    [`/api/pagers/${pager.id}/commands/999999999`, 400],
    [`/api/pagers/${pager.id}/commands/one`, 400],
    [`/api/pagers/${pager.id}/commands/-1`, 400],
  ];
  for (const [path, status] of paths) {
    assert.is((await problemOf(await get(path))).status, status, path);
  }
});

test("the document names every command, its values and every outcome", async () => {
  const { get } = await scene();
  const text = await (await get("/openapi.json")).text();
  for (const name of ["changeSettings", "sendLog", "pressTest", "withdrawn", "expiresInS"]) {
    assert.ok(text.includes(`"${name}"`), name);
  }
  for (const { name, unit } of SETTING_NAMES) assert.ok(text.includes(`${name} (${unit})`), name);
  assert.not.ok(text.includes('"renew"'), "a renewal brings keys, and is nobody's to ask for here");
});

test.run();
