// Renewal and provisioning over HTTP: keys leave once, to a token, and stand nowhere else.

import { test } from "uvu";
import * as assert from "uvu/assert";
import type { RegisteredPager } from "../../sdk/api/host.ts";
import type { CommandRow } from "../../sdk/care/commands.ts";
import { type AddedPager, closeRigs, eventsOf, openRig, type Rig } from "./rig.ts";
import { makeTestPager } from "./test-pager.ts";

test.after.each(closeRigs);

interface Scene {
  rig: Rig;
  pager: AddedPager;
  post(path: string, body?: unknown): Promise<Response>;
}

async function scene(): Promise<Scene> {
  const rig = await openRig();
  const pager = await rig.addPager();
  const authorization = `Bearer ${await rig.platform.createToken("bench")}`;
  return {
    rig,
    pager,
    post: async (path, body = { operator: "技术员" }) =>
      rig.app.request(path, {
        method: "POST",
        headers: { authorization, "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
  };
}

const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

test("a renewal is asked for over HTTP, and its answer holds no key", async () => {
  const { rig, pager, post } = await scene();
  const path = `/api/pagers/${pager.id}/renew`;
  const early = await post(path);
  assert.equal([early.status, await codeOf(early)], [409, "not-heard"]);
  await rig.deliver(pager.report("c", { number: 1 }).bytes);
  const row = (await (await post(path)).json()) as CommandRow;
  assert.equal([row.command, row.by, row.state], ["renew", "技术员", "waiting"]);
  assert.equal(Object.keys(row.values), ["slot", "kid"]);
  const again = (await (await post(path)).json()) as CommandRow;
  assert.is(again.id, row.id, "asked twice, it is one");
});

test("provisioning hands new keys over once, and the old ones are refused from then on", async () => {
  const { rig, pager, post } = await scene();
  const response = await post(`/api/pagers/${pager.id}/provision`);
  assert.is(response.headers.get("cache-control"), "no-store");
  const { provisioning } = (await response.json()) as RegisteredPager;
  const [fresh] = provisioning.contexts.map(makeTestPager);
  await rig.deliver(pager.poll().bytes);
  assert.is(rig.platform.counters()["unknown-kid"], 1);
  await rig.deliver(fresh.report("s", { number: 9 }).bytes);
  assert.is((await rig.platform.alarms.list()).length, 1);
  const events = await eventsOf(rig);
  assert.ok(events.some((one) => one.kind === "pagerProvisioned" && one.by === "技术员"));
  const kept = JSON.stringify(events) + rig.trace.join("\n");
  for (const { senderKey, recipientKey, commonIv } of provisioning.contexts) {
    for (const secret of [senderKey, recipientKey, commonIv]) assert.not.ok(kept.includes(secret));
  }
});

test("a session of the desk gets no keys, and nothing is changed by its asking", async () => {
  const { rig, pager } = await scene();
  const opened = await rig.app.request(await rig.platform.openLink());
  const cookie = (opened.headers.get("set-cookie") ?? "").split(";")[0];
  const response = await rig.app.request(`http://desk.test/api/pagers/${pager.id}/provision`, {
    method: "POST",
    headers: {
      cookie,
      host: "desk.test",
      origin: "http://desk.test",
      "content-type": "application/json",
    },
    body: JSON.stringify({ operator: "王芳" }),
  });
  assert.equal([response.status, await codeOf(response)], [403, "not-allowed"]);
  const poll = pager.poll();
  await rig.deliver(poll.bytes);
  assert.ok(pager.open(poll, rig.takeSent()[0].bytes), "its keys are as they were");
});

test("keys of a pager that nobody knows, and by nobody, are refused", async () => {
  const { pager, post } = await scene();
  for (const act of ["renew", "provision"]) {
    assert.is((await post(`/api/pagers/P-999999/${act}`)).status, 404, act);
    assert.is((await post(`/api/pagers/${pager.id}/${act}`, {})).status, 400, act);
  }
});

test.run();
