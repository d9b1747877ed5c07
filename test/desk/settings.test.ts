// Settings of the desk in a real browser: language, and map tiles that nobody loads unasked.
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type DeskRun, openBench, withDesk } from "./desk-page.ts";
import { TILE_HOST } from "./fixture-server.ts";

const bench = await openBench();

function onDesk(name: string, act: (run: DeskRun) => Promise<void>): void {
  if (bench === undefined) return;
  test(name, () => withDesk(bench, {}, act));
}

const AT_HOME = { latitude: 399_150_000, longitude: 1_164_040_000, source: "satellites" as const };

/** Hands out an empty picture for every tile and remembers which were asked for. */
async function watchTiles({ page }: DeskRun): Promise<string[]> {
  const asked: string[] = [];
  await page.route(`${TILE_HOST}/**`, (route) => {
    asked.push(route.request().url());
    return route.fulfill({
      contentType: "image/svg+xml",
      body: "<svg xmlns='http://www.w3.org/2000/svg'/>",
    });
  });
  return asked;
}

onDesk("one language can be chosen and is remembered", async ({ page }) => {
  await page.getByRole("button", { name: "中文" }).click();
  await page.reload();
  await page.getByText("现在没有报警").waitFor();
  const text = (await page.locator(".queue").textContent()) ?? "";
  assert.not.match(text, /[A-Za-z]{3}/);
});

onDesk("a map without a tile address asks no host for anything", async (run) => {
  const asked: string[] = [];
  run.page.on("request", (request) => asked.push(new URL(request.url()).hostname));
  run.fixture.host.hear("P-000001", 7, "s", { position: { ...AT_HOME, uncertaintyM: 25 } });
  await run.page.locator(".map path.grid-line").first().waitFor({ state: "attached" });
  assert.equal([...new Set(asked)], ["127.0.0.1"]);
});

onDesk("a tile address without its three places is refused in words", async ({ page }) => {
  await page.getByRole("button", { name: "设置" }).click();
  await page.getByLabel("地图瓦片地址").fill("https://tiles.example/map.png");
  await page.locator("dialog .main").click();
  await page.getByText("hold {z} {x} {y}").waitFor();
});

onDesk(
  "tiles come from the address that was set, shifted where their datum asks for it",
  async (run) => {
    const { page, fixture } = run;
    const asked = await watchTiles(run);
    await page.getByRole("button", { name: "设置" }).click();
    await page.getByLabel("地图瓦片地址").fill(`${TILE_HOST}/{z}/{x}/{y}`);
    await page.getByLabel("GCJ-02").check();
    await page.locator("dialog .main").click();
    fixture.host.hear("P-000001", 7, "s", { position: { ...AT_HOME, uncertaintyM: 25 } });
    await page.locator(".leaflet-tile-loaded").first().waitFor();
    // Column of 116.41024 E, where GCJ-02 puts 116.40400 E, among the tiles of this zoom.
    const [zoom, column] = asked[0]
      .slice(TILE_HOST.length + 1)
      .split("/")
      .map(Number);
    const shifted = Math.floor(((116.41024449916938 + 180) / 360) * 2 ** zoom);
    const plain = Math.floor(((116.404 + 180) / 360) * 2 ** zoom);
    assert.ok(zoom >= 17, `zoom ${zoom}`);
    assert.ok(Math.abs(column - shifted) <= 2, `column ${column}, wanted ${shifted}`);
    assert.ok(Math.abs(column - plain) > 2, `column ${column} is that of the unshifted point`);
    assert.match(await page.locator(".coordinates").textContent().then(String), /116\.40400/);
  },
);

test.after(() => bench?.close());

test.run();
