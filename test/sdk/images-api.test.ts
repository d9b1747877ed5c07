// Images and updates over HTTP: added by a token, listed, asked of a pager; bad input is never a 500.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { IMAGE_OCTETS_MAX } from "../../protocol/limits.ts";
import type { CommandRow } from "../../sdk/care/commands.ts";
import { hashOf } from "../../sdk/image-files.ts";
import type { ImageRow } from "../../sdk/store/store.ts";
import { bodyOf } from "../protocol/block-ends.ts";
import { BY, pull, scene as rigged, tellBoard, WHOLE } from "./image-scene.ts";
import { type AddedPager, closeRigs, type Rig } from "./rig.ts";

test.after.each(closeRigs);

const OCTETS = "application/octet-stream";

interface Added {
  bytes?: NonNullable<RequestInit["body"]>;
  type?: string;
  query?: Record<string, string>;
}

interface Scene {
  rig: Rig;
  pager: AddedPager;
  headers: { authorization: string };
  add(image?: Added): Promise<Response>;
  list(): Promise<ImageRow[]>;
  update(body: unknown, pager?: string): Promise<Response>;
}

async function scene(): Promise<Scene> {
  const { rig, pager } = await rigged();
  const headers = { authorization: `Bearer ${await rig.platform.createToken("bench")}` };
  const { url } = rig.platform.http;
  return {
    rig,
    pager,
    headers,
    // Over the socket: a body that is too long is refused there as it is in the field.
    async add({ bytes = WHOLE as Uint8Array<ArrayBuffer>, type = OCTETS, query = {} } = {}) {
      const asked = new URLSearchParams({
        firmware: "2",
        board: "rak5010",
        operator: BY,
        ...query,
      });
      const sent = { ...headers, "content-type": type };
      const more = bytes instanceof ReadableStream ? { duplex: "half" } : {};
      return fetch(`${url}/api/images?${asked}`, {
        method: "POST",
        headers: sent,
        body: bytes,
        ...more,
      } as RequestInit);
    },
    list: async () =>
      (await (await rig.app.request("/api/images", { headers })).json()) as ImageRow[],
    update: async (body, id = pager.id) =>
      rig.app.request(`/api/pagers/${id}/update`, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
  };
}

interface Problem {
  status: number;
  code: string;
  detail: string;
}

async function problemOf(response: Response): Promise<[number, string]> {
  assert.match(response.headers.get("content-type") ?? "", /^application\/problem\+json/);
  const { status, code } = (await response.json()) as Problem;
  assert.is(status, response.status);
  return [status, code];
}

test("an image is added, listed, asked of a pager and pulled by it", async () => {
  const { rig, pager, add, list, update } = await scene();
  const response = await add();
  assert.is(response.status, 200);
  const row = (await response.json()) as ImageRow;
  assert.equal(await list(), [row]);
  assert.equal(
    [row.hash, row.octets, row.firmware, row.board, row.by],
    [hashOf(WHOLE), WHOLE.length, 2, "rak5010", BY],
  );
  const asked = await update({ operator: "王芳", hash: row.hash, expiresInS: 3600 });
  assert.is(asked.status, 200);
  const command = (await asked.json()) as CommandRow;
  assert.equal([command.command, command.by, command.state], ["update", "王芳", "waiting"]);
  assert.is(command.expiresAtMs - command.queuedAtMs, 3_600_000);
  await rig.settle();
  assert.equal(await pull(rig, pager), WHOLE);
});

test("the largest image is taken, and one octet more is 413, with and without its length", async () => {
  const { add, list } = await scene();
  const most = bodyOf(IMAGE_OCTETS_MAX, 5) as Uint8Array<ArrayBuffer>;
  assert.is((await add({ bytes: most })).status, 200);
  const over = bodyOf(IMAGE_OCTETS_MAX + 1, 5) as Uint8Array<ArrayBuffer>;
  assert.equal(await problemOf(await add({ bytes: over })), [413, "body-too-large"]);
  const stream = new Blob([over]).stream();
  assert.equal(await problemOf(await add({ bytes: stream })), [413, "body-too-large"]);
  assert.is((await list()).length, 1);
});

test("other routes take no more than before", async () => {
  const { update } = await scene();
  const long = { operator: BY, hash: "0".repeat(70_000) };
  assert.equal(await problemOf(await update(long)), [413, "body-too-large"]);
});

test("an image of no octets, of another type or for nobody's board is a 400", async () => {
  const { add, list } = await scene();
  const rows: Added[] = [
    { bytes: new Uint8Array(0) },
    { type: "multipart/form-data; boundary=x" },
    { type: "application/json" },
    { query: { board: "rak4631" } },
    { query: { firmware: "0" } },
    { query: { firmware: "1.5" } },
    { query: { firmware: "16777216" } },
    { query: { operator: " " } },
    { query: { operator: "a\nb" } },
  ];
  for (const image of rows) {
    assert.equal(await problemOf(await add(image)), [400, "bad-request"], JSON.stringify(image));
  }
  assert.equal(await list(), []);
});

test("a session of the desk adds no image", async () => {
  const { rig, list } = await scene();
  const opened = await rig.app.request(await rig.platform.openLink());
  const cookie = (opened.headers.get("set-cookie") ?? "").split(";")[0];
  const query = new URLSearchParams({ firmware: "2", board: "rak5010", operator: BY });
  const response = await rig.app.request(`http://desk.test/api/images?${query}`, {
    method: "POST",
    headers: { cookie, host: "desk.test", origin: "http://desk.test", "content-type": OCTETS },
    body: WHOLE as Uint8Array<ArrayBuffer>,
  });
  assert.equal(await problemOf(response), [403, "not-allowed"]);
  assert.equal(await list(), []);
});

test("an update that can't be is refused with why, and nothing is queued", async () => {
  const { rig, pager, add, update } = await scene();
  const { hash } = (await (await add({ query: { board: "air780eg" } })).json()) as ImageRow;
  const silent = await rig.addPager();
  const operator = BY;
  const rows: [body: unknown, pager: string, status: number, code: string][] = [
    [{ operator, hash }, pager.id, 409, "other-board"],
    [{ operator, hash, anyBoard: true }, pager.id, 409, "other-board"],
    [{ operator, hash }, silent.id, 409, "board-unknown"],
    [{ operator, hash: "0".repeat(64) }, pager.id, 404, "unknown-image"],
    [{ operator, hash }, "P-999999", 404, "unknown-pager"],
    [{ operator, hash: "../onekey.db" }, pager.id, 400, "bad-request"],
    [{ operator }, pager.id, 400, "bad-request"],
    [{ hash }, pager.id, 400, "bad-request"],
    [{ operator, hash, expiresInS: 0 }, pager.id, 400, "bad-request"],
    [{ operator, hash, anyBoard: 1 }, pager.id, 400, "bad-request"],
  ];
  for (const [body, id, ...problem] of rows) {
    assert.equal(await problemOf(await update(body, id)), problem, JSON.stringify(body));
  }
  for (const { id } of [pager, silent]) {
    assert.equal(await rig.platform.commands.list(id), []);
  }
  await tellBoard(rig, silent, "air780eg");
  assert.is((await update({ operator, hash }, silent.id)).status, 200);
});

test("an update is not asked for among the commands, and the document says where it is", async () => {
  const { rig, pager, headers, add } = await scene();
  const { hash, octets } = (await (await add()).json()) as ImageRow;
  const response = await rig.app.request(`/api/pagers/${pager.id}/commands`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({
      operator: BY,
      command: "update",
      values: { firmware: 2, octets, hash: { hex: hash } },
    }),
  });
  assert.equal(await problemOf(response), [400, "bad-request"]);
  const text = await (await rig.app.request("/openapi.json", { headers })).text();
  for (const part of ["/api/images", "/api/pagers/{id}/update", OCTETS, "anyBoard"]) {
    assert.ok(text.includes(part), part);
  }
});

test.run();
