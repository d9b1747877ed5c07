// The door: nothing is open without a session or a token, on any route that the document names.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { closeRigs, openRig, type Rig } from "./rig.ts";

test.after.each(closeRigs);

interface Document {
  paths: Record<string, Record<string, unknown>>;
}

const NO_RIGHTS: Record<string, string>[] = [
  {},
  { authorization: "Bearer nonsense" },
  { cookie: "onekey_x=1" },
];

/** Spends a new link; the cookie of the session that it opened. */
async function signIn(rig: Rig): Promise<string> {
  const response = await rig.app.request(await rig.platform.openLink());
  assert.is(response.status, 303);
  assert.is(response.headers.get("location"), "/");
  return (response.headers.get("set-cookie") ?? "").split(";")[0];
}

async function documentOf(rig: Rig, cookie: string): Promise<Document> {
  const response = await rig.app.request("/openapi.json", { headers: { cookie } });
  return (await response.json()) as Document;
}

/** Every route of the document, and what stands beside it. */
async function routesOf(rig: Rig): Promise<[method: string, path: string][]> {
  const { paths } = await documentOf(rig, await signIn(rig));
  const named = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method): [string, string] => [
      method.toUpperCase(),
      path.replace("{id}", "P-000001").replace("{command}", "1"),
    ]),
  );
  return [...named, ["GET", "/openapi.json"], ["GET", "/"], ["GET", "/index.html"], ["GET", "/x"]];
}

test("every route that the API has is in the document", async () => {
  const rig = await openRig();
  const { paths } = await documentOf(rig, await signIn(rig));
  const inDocument = Object.keys(paths).map((path) => path.replace(/\{(\w+)\}/g, ":$1"));
  const served = rig.app.routes
    .filter((route) => route.method !== "ALL" && route.path.startsWith("/api"))
    .map((route) => route.path);
  assert.ok(served.length >= 8);
  assert.equal([...new Set(served)].sort(), inDocument.sort());
});

test("no route is open without a session or a token", async () => {
  const rig = await openRig();
  for (const [method, path] of await routesOf(rig)) {
    for (const headers of NO_RIGHTS) {
      const response = await rig.app.request(path, { method, headers });
      assert.is(response.status, 401, `${method} ${path}`);
      const text = await response.text();
      assert.not.ok(text.includes("P-0000"), "and it tells nothing");
    }
  }
});

test("what tools mount stands behind the same door", async () => {
  const rig = await openRig({
    mount: (app) => {
      app.get("/demo/pagers", (c) => c.json(["secret"]));
    },
  });
  const url = `${rig.platform.http.url}/demo/pagers`;
  assert.is((await fetch(url)).status, 401);
  const token = await rig.platform.createToken("test");
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(await response.json(), ["secret"]);
});

test("a link opens once; a second time, or a wrong one, gets the plain page", async () => {
  const rig = await openRig();
  const link = await rig.platform.openLink();
  assert.is((await rig.app.request(link)).status, 303);
  for (const url of [link, `${link}x`, "/open", "/open?token="]) {
    const response = await rig.app.request(url);
    assert.is(response.status, 401);
    assert.is(response.headers.get("set-cookie"), null);
    const text = await response.text();
    assert.ok(text.includes("onekey serve --link"));
    assert.not.ok(text.includes("token="));
  }
});

test("of two that spend one link at once, one comes in", async () => {
  const rig = await openRig();
  const link = await rig.platform.openLink();
  const both = await Promise.all([rig.app.request(link), rig.app.request(link)]);
  assert.equal(both.map((one) => one.status).sort(), [303, 401]);
});

test("a program that only looks at the link does not spend it", async () => {
  const rig = await openRig();
  const link = await rig.platform.openLink();
  assert.is((await rig.app.request(link, { method: "HEAD" })).status, 401);
  assert.is((await rig.app.request(link)).status, 303);
});

test("a link is over after a day", async () => {
  const rig = await openRig();
  const link = await rig.platform.openLink();
  rig.clock.advanceBy(24 * 3600_000);
  assert.is((await rig.app.request(link)).status, 401);
});

test("the session's cookie is kept from scripts and from other sites", async () => {
  const rig = await openRig();
  const response = await rig.app.request(await rig.platform.openLink());
  const cookie = response.headers.get("set-cookie") ?? "";
  for (const part of ["HttpOnly", "SameSite=Strict", "Path=/"]) assert.ok(cookie.includes(part));
});

test("a session lives on by use and ends 12 hours after the last", async () => {
  const rig = await openRig();
  const cookie = await signIn(rig);
  const status = async () => (await rig.app.request("/api/alarms", { headers: { cookie } })).status;
  for (let i = 0; i < 3; i++) {
    rig.clock.advanceBy(11 * 3600_000);
    assert.is(await status(), 200);
  }
  rig.clock.advanceBy(12 * 3600_000);
  assert.is(await status(), 401);
});

test("sessions and tokens outlive a restart of the platform", async () => {
  const rig = await openRig();
  const cookie = await signIn(rig);
  const token = await rig.platform.createToken("shift plan");
  await rig.restart();
  const rights: Record<string, string>[] = [{ cookie }, { authorization: `Bearer ${token}` }];
  for (const headers of rights) {
    assert.is((await rig.app.request("/api/alarms", { headers })).status, 200);
  }
});

test("an act needs the desk's own origin, or a token", async () => {
  const rig = await openRig();
  const pager = await rig.addPager();
  await rig.deliver(pager.report("s", { number: 1 }).bytes);
  const cookie = await signIn(rig);
  const token = await rig.platform.createToken("test");
  const url = `/api/alarms/${encodeURIComponent(`${pager.id}/${pager.kid}/1`)}/note`;
  const act = async (headers: Record<string, string>) => {
    const response = await rig.app.request(url, {
      method: "POST",
      headers: { host: "127.0.0.1:8080", "content-type": "application/json", ...headers },
      body: JSON.stringify({ operator: "王芳", text: "x" }),
    });
    return response.status;
  };
  assert.is(await act({ cookie }), 403, "no origin");
  assert.is(await act({ cookie, origin: "http://evil.example" }), 403);
  assert.is(await act({ cookie, origin: "http://127.0.0.1:9090" }), 403, "another port");
  assert.is(await act({ cookie, origin: "null" }), 403);
  assert.is(await act({ cookie, origin: "http://127.0.0.1:8080" }), 200);
  assert.is(await act({ authorization: `Bearer ${token}` }), 200);
});

test("every answer keeps the page to itself, and the API is never kept by a cache", async () => {
  const rig = await openRig();
  const cookie = await signIn(rig);
  for (const path of ["/open?token=x", "/api/alarms", "/nothing"]) {
    const { headers } = await rig.app.request(path, { headers: { cookie } });
    assert.match(headers.get("content-security-policy") ?? "", /default-src 'self'/);
    assert.match(headers.get("content-security-policy") ?? "", /frame-ancestors 'none'/);
    assert.is(headers.get("x-content-type-options"), "nosniff");
    assert.is(headers.get("referrer-policy"), "no-referrer");
  }
  for (const path of ["/api/alarms", "/api/pagers/none/person"]) {
    const { headers } = await rig.app.request(path, { headers: { cookie } });
    assert.is(headers.get("cache-control"), "no-store");
  }
});

test("both sockets listen on this machine only, unless told otherwise", async () => {
  const rig = await openRig();
  assert.match(rig.platform.http.url, /^http:\/\/127\.0\.0\.1:\d+$/);
});

test.run();
