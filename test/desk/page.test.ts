// The operators' page in a real browser, on the platform's real API: an alarm from row to closed.
import { test } from "uvu";
import * as assert from "uvu/assert";
import { ran } from "../need.ts";
import { type DeskRun, openBench, withDesk } from "./desk-page.ts";
import { pagerRow } from "./rows.ts";

const AT_HOME = { latitude: 366_512_345, longitude: 1_170_345_678, source: "satellites" as const };
const POSITION = { position: { ...AT_HOME, uncertaintyM: 25, ageS: 3 }, batteryPercent: 64 };

/** Runs in the page: counts each tone that is started. */
const COUNT_TONES = `
  globalThis.tones = 0;
  globalThis.OscillatorNode = class extends OscillatorNode {
    start(when) {
      globalThis.tones += 1;
      super.start(when);
    }
  };
`;

/** For who wants to see it: pictures in the folder that ONEKEY_LOOK names. */
async function look(page: DeskRun["page"], name: string): Promise<void> {
  const folder = process.env.ONEKEY_LOOK;
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}

const bench = await openBench();
let tests = 0;

function onDesk(
  name: string,
  options: Parameters<typeof withDesk>[1],
  act: (run: DeskRun) => Promise<void>,
): void {
  if (bench === undefined) return;
  tests += 1;
  test(name, () => withDesk(bench, options, act));
}

onDesk("with no alarm the page says so in words and shows the pagers", {}, async ({ page }) => {
  await page.getByText("现在没有报警").waitFor();
  await page.getByRole("row").filter({ hasText: "P-000002" }).waitFor();
  assert.is(await page.locator(".row").count(), 0);
});

onDesk(
  "a pager says its firmware, the days it has left and what failed its self-test",
  {},
  async (run) => {
    const { page, fixture } = run;
    fixture.host.addPager(
      pagerRow({ id: "P-000009", firmware: 7, failedParts: ["gnss", "part11"], daysLeft: 12 }),
    );
    await page.reload();
    const row = page.getByRole("row").filter({ hasText: "P-000009" });
    await row.waitFor();
    const text = await row.textContent();
    for (const fact of [
      "自检未通过",
      "卫星定位, part11",
      "GNSS, part11",
      "至少 12 天",
      "12 days at least",
      "7",
    ]) {
      assert.ok(text?.includes(fact), `${fact} is not in: ${text}`);
    }
    await look(page, "pagers");
  },
);

onDesk("an alarm shows within two seconds with who, where and how charged", {}, async (run) => {
  const { page, fixture } = run;
  fixture.host.hear("P-000001", 7, "s", POSITION);
  await page.locator(".row.delivered").waitFor({ timeout: 2000 });
  await page.getByText("花园路 12 号").waitFor();
  const text = await page.locator(".alarm").textContent();
  for (const fact of [
    "张桂兰",
    "0531-8806 1234",
    "25 米",
    "36.65123°",
    "64%",
    "Nobody has taken it",
  ]) {
    assert.ok(text?.includes(fact), `${fact} is not in: ${text}`);
  }
  assert.match(await page.title(), /^\(1\) /);
  assert.is(await page.locator(".map path.ring").count(), 1, "the uncertainty has a circle");
});

onDesk(
  "the first take asks for a name, and the pager's row then has that owner",
  {},
  async (run) => {
    const { page, fixture } = run;
    const id = fixture.host.hear("P-000001", 7, "s", POSITION);
    await page.locator(".strip-act").click();
    await page.locator("dialog input").fill("王芳");
    await page.keyboard.press("Enter");
    await page.locator(".strip.taken").waitFor();
    assert.is((await fixture.host.alarms.get(id))?.owner, "王芳");
    await page.getByText("Being told 'somebody has it'").waitFor();
    fixture.host.obey(id, "taken");
    await page.getByText("the pager reported that the cue was given").waitFor();
  },
);

onDesk(
  "the sound is blocked aloud, then runs until taken and no longer",
  { operator: "王芳" },
  async (run) => {
    const { page, fixture } = run;
    await page.clock.install();
    await page.evaluate(COUNT_TONES);
    const tones = () => page.evaluate<number>("tones");
    await page.locator(".banner button").click();
    await page.locator(".bar .sound.on").waitFor();
    assert.is(await page.locator(".banner").count(), 0);
    fixture.host.hear("P-000001", 7, "s", POSITION);
    await page.locator(".row.delivered").waitFor();
    const first = await tones();
    await page.clock.runFor(7000);
    const later = await tones();
    assert.ok(later >= first + 18, `three rounds of six tones: ${first} to ${later}`);
    await page.locator(".strip-act").click();
    await page.locator(".strip.taken").waitFor();
    const taken = await tones();
    await page.clock.runFor(30_000);
    assert.is(await tones(), taken);
  },
);

onDesk(
  "what somebody else took is refused in words, with the name",
  { operator: "王芳" },
  async (run) => {
    const { page, fixture } = run;
    const id = fixture.host.hear("P-000001", 7, "s", POSITION);
    await page.locator(".strip-act").waitFor();
    // The row on the page stays as it was, so that the take is sent although it comes too late.
    await page.route("**/api/alarms", (route) => route.abort());
    await fixture.host.alarms.take(id, "李强");
    await page.locator(".strip-act").click();
    await page.getByText("李强 has taken it already").waitFor();
    await page.unroute("**/api/alarms");
    await page.locator(".strip.taken").getByText("Taken by 李强").waitFor();
  },
);

onDesk(
  "a note that the platform refused stays in its box and can be sent again",
  { operator: "王芳" },
  async (run) => {
    const { page, fixture } = run;
    const id = fixture.host.hear("P-000001", 7, "s", POSITION);
    fixture.host.hear("P-000002", 8, "s");
    const box = page.locator(".note textarea");
    await box.fill("女儿在路上");
    fixture.refuseActs(500);
    await page.locator(".note button").click();
    await page.locator(".note .fault").waitFor();
    await page.locator(".row").filter({ hasText: "李德福" }).click();
    await page.locator(".row").filter({ hasText: "张桂兰" }).click();
    assert.is(await box.inputValue(), "女儿在路上");
    fixture.refuseActs(undefined);
    await page.locator(".note button").click();
    await page.locator(".history .said").getByText("女儿在路上").waitFor();
    assert.is(await box.inputValue(), "");
    assert.is((await fixture.host.alarms.get(id))?.notes.length, 1);
  },
);

onDesk("nothing is closed without an outcome of the list", { operator: "王芳" }, async (run) => {
  const { page, fixture } = run;
  const id = fixture.host.hear("P-000001", 7, "s", POSITION);
  await page.locator(".strip.delivered .strip-act").click();
  await page.locator(".strip.taken .strip-act").click();
  await page.locator("dialog .main").click();
  await page.getByText("Choose an outcome first.").waitFor();
  assert.is((await fixture.host.alarms.get(id))?.stage, "taken");
  await page.getByLabel("Accidental").check();
  await page.locator("dialog .main").click();
  await page.locator(".strip.closed").waitFor();
  assert.is((await fixture.host.alarms.get(id))?.outcome, "accidental");
});

onDesk(
  "what was taken is given back by its owner, waits and sounds again, and says who had it",
  { operator: "王芳" },
  async (run) => {
    const { page, fixture } = run;
    const id = fixture.host.hear("P-000001", 7, "s", POSITION);
    await page.locator(".strip.delivered .strip-act").click();
    await page.locator(".strip.taken .strip-lesser").click();
    await look(page, "release-dialog");
    await page.locator("dialog textarea").fill("换班");
    await page.locator("dialog .main").click();
    await page.locator(".strip.delivered").getByText("Given back by 王芳").waitFor();
    await page.getByText("Being told 'waiting again'").waitFor();
    fixture.host.obey(id, "released");
    await page.getByText("'Waiting again': the pager reported").waitFor();
    await page.locator(".history .said").getByText("换班").waitFor();
    await look(page, "released");
    const row = await fixture.host.alarms.get(id);
    assert.equal([row?.stage, row?.earlier?.length], ["delivered", 2]);
    assert.match(await page.title(), /^\(1\) /);
  },
);

onDesk(
  "what somebody else has taken shows no key to give it back",
  { operator: "王芳" },
  async (run) => {
    const { page, fixture } = run;
    const id = fixture.host.hear("P-000001", 7, "s", POSITION);
    await fixture.host.alarms.take(id, "李强");
    await page.locator(".row.taken").click();
    await page.locator(".strip.taken .strip-act").waitFor();
    assert.is(await page.locator(".strip-lesser").count(), 0);
  },
);

onDesk(
  "a close is taken back within an hour, and refused in words where a newer alarm came",
  {
    operator: "王芳",
  },
  async (run) => {
    const { page, fixture } = run;
    const id = fixture.host.hear("P-000001", 7, "s", POSITION);
    await fixture.host.alarms.take(id, "李强");
    await fixture.host.alarms.close(id, "李强", "accidental");
    await page.locator(".row.closed").click();
    await page.locator(".strip.closed .strip-lesser").click();
    await page.locator("dialog .main").click();
    await page.locator(".strip.delivered").getByText("Opened again by 王芳").waitFor();
    await look(page, "reopened");
    await fixture.host.alarms.take(id, "李强");
    await fixture.host.alarms.close(id, "李强", "accidental");
    fixture.host.hear("P-000001", 8, "s", POSITION);
    await page.locator(".row.closed").click();
    await page.locator(".strip.closed .strip-lesser").click();
    await page.locator("dialog .main").click();
    await page.getByText("This pager has a newer alarm").waitFor();
  },
);

onDesk(
  "a platform that went away is said aloud, and what came meanwhile shows on return",
  {},
  async (run) => {
    const { page, fixture } = run;
    await fixture.goDown();
    await page.locator(".banner.grave").waitFor();
    fixture.host.hear("P-000002", 8, "s", POSITION);
    await fixture.comeBack();
    await page.locator(".row.delivered").waitFor();
    await page.locator(".banner.grave").waitFor({ state: "detached" });
  },
);

onDesk(
  "an alarm can be found, taken and closed without a mouse",
  { operator: "王芳" },
  async (run) => {
    const { page, fixture } = run;
    fixture.host.hear("P-000001", 7, "s", POSITION);
    const id = fixture.host.hear("P-000002", 8, "s");
    await page.locator(".row").first().focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator(".alarm").getByText("P-000002").waitFor();
    await page.locator(".strip-act").focus();
    await page.keyboard.press("Enter");
    await page.locator(".strip.taken .strip-act").focus();
    await page.keyboard.press("Enter");
    await page.locator("dialog[open] input").first().focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    await page.locator(".strip.closed").waitFor();
    assert.is((await fixture.host.alarms.get(id))?.outcome, "real");
  },
);

onDesk(
  "on 1024 by 768 nothing hangs over and the take key is in sight",
  { size: { width: 1024, height: 768 } },
  async (run) => {
    const { page, fixture } = run;
    fixture.host.hear("P-000001", 7, "s", POSITION);
    await page.locator(".strip-act").waitFor();
    assert.is(await page.evaluate("document.documentElement.scrollWidth"), 1024);
    assert.ok(await page.locator(".strip-act").isVisible());
    const box = await page.locator(".strip-act").boundingBox();
    assert.ok(box !== null && box.x + box.width <= 1024 && box.y + box.height <= 300);
  },
);

test.after(async () => {
  if (bench === undefined) return;
  const version = `Chromium ${bench.browser.version()}`;
  ran({ engine: "chromium", version, bundle: bench.bundle, tests });
  await bench.close();
});

test.run();
