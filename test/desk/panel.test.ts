// The virtual pager of the demo in a real browser: its key goes down and up, its cues can be seen.
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type DeskRun, openBench, withDesk } from "./desk-page.ts";

const bench = await openBench();

function onPanel(name: string, act: (run: DeskRun) => Promise<void>): void {
  if (bench === undefined) return;
  test(name, () => withDesk(bench, { demo: true }, act));
}

/** Resolves when this many key edges have arrived. */
async function edges({ page, fixture }: DeskRun, count: number): Promise<boolean[]> {
  while (fixture.presses.length < count) {
    await page.waitForResponse((response) => response.url().endsWith("/key"));
  }
  return fixture.presses;
}

if (bench !== undefined) {
  test("without a demo there is no virtual pager", () =>
    withDesk(bench, {}, async ({ page }) => {
      await page.getByText("现在没有报警").waitFor();
      assert.is(await page.locator(".panel").count(), 0);
    }));
}

onPanel("a mouse that presses and lets go sends one edge down and one up", async (run) => {
  const { page } = run;
  await page.locator(".panel").getByText("按住 3 秒求助").waitFor();
  const box = await page.locator(".pager").boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.getByText("Keep holding").waitFor();
  assert.equal(await edges(run, 1), [true]);
  await page.mouse.up();
  assert.equal(await edges(run, 2), [true, false]);
});

onPanel("the space bar presses too, and its repetition is still one press", async (run) => {
  const { page } = run;
  await page.locator(".pager").focus();
  for (let i = 0; i < 3; i++) await page.keyboard.down("Space");
  await page.keyboard.up("Space");
  assert.equal(await edges(run, 2), [true, false]);
});

onPanel("a key that loses the focus while it is down comes up", async (run) => {
  const { page } = run;
  await page.locator(".pager").focus();
  await page.keyboard.down("Space");
  await edges(run, 1);
  await page.locator(".beeps input").focus();
  assert.equal(await edges(run, 2), [true, false]);
});

onPanel(
  "a cue shows its words, its steady light, and stands in the log",
  async ({ page, fixture }) => {
    await page.locator(".panel").waitFor();
    await fixture.playCue("delivered");
    await fixture.playCue("taken");
    await page.locator(".cue-words").getByText("somebody has it").waitFor();
    await page.locator(".pager .lamp.green").waitFor();
    assert.equal(await page.locator(".cue-log li [lang=zh-CN]").allTextContents(), [
      "有人接警了",
      "已送达",
    ]);
  },
);

test.after(() => bench?.close());

test.run();
