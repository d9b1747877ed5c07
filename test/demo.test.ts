// `npm start` as a newcomer meets it: the command, its link, the key, the desk, the pager's cue.
// A process of its own and a real browser; SCREENSHOT=write puts the README's picture anew.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { openBrowser, openPage } from "./desk/browser.ts";
import { need, ran } from "./need.ts";

const project = join(dirname(fileURLToPath(import.meta.url)), "..");
const SCREENSHOT = join(project, "tools/desk/screenshot.png");

interface Facts {
  link: string;
  engine: string;
  bundle: string;
}

type Engine = "host" | "espruino";

/** `onekey demo` on a free port, and the facts that it prints once all stands. */
async function startDemo(engine: Engine): Promise<{ demo: ChildProcess; facts: Facts }> {
  const command = ["--import", "tsx", "tools/cli/main.ts", "demo"];
  const words = [...command, "--engine", engine, "--http", "0", "--json"];
  const stdio = ["ignore", "pipe", "inherit"] as const;
  const demo = spawn(process.execPath, words, { cwd: project, stdio: [...stdio] });
  for await (const line of createInterface({ input: demo.stdout as NodeJS.ReadableStream })) {
    return { demo, facts: JSON.parse(line) };
  }
  throw new Error("the demo ended before it said where it is");
}

async function stopDemo(demo: ChildProcess): Promise<number> {
  const ended = once(demo, "exit");
  demo.kill("SIGINT");
  return (await ended)[0];
}

test("a link opens the demo once, and nothing is open without it", async () => {
  const { demo, facts } = await startDemo("host");
  try {
    const { origin } = new URL(facts.link);
    for (const path of ["/", "/api/alarms", "/demo/pagers", "/demo/events"]) {
      assert.is((await fetch(`${origin}${path}`)).status, 401, path);
    }
    const opened = await fetch(facts.link, { redirect: "manual" });
    assert.is(opened.status, 303);
    assert.is((await fetch(facts.link, { redirect: "manual" })).status, 401);
    const cookie = opened.headers.get("set-cookie")?.split(";")[0] ?? "";
    const key = (body: string) =>
      fetch(`${origin}/demo/pagers/P-000001/key`, {
        method: "POST",
        headers: { cookie, origin, "content-type": "application/json" },
        body,
      });
    assert.is((await key('{"down":"yes"}')).status, 400);
    assert.is((await key("{")).status, 400);
  } finally {
    assert.is(await stopDemo(demo), 0);
  }
});

/** Presses, sees the row, takes it, and sees the pager's cue. */
async function pressAndTake(engine: Engine): Promise<void> {
  const browser = await openBrowser();
  if (browser === undefined) return;
  const { demo, facts } = await startDemo(engine);
  try {
    const { page, complaints } = await openPage(browser, facts.link);
    await page.locator(".panel-radio").getByText("on the network").waitFor();
    await page.locator("button.pager").hover();
    await page.mouse.down();
    // On loopback "sent" follows "calling for help" within a tenth of a second.
    await page
      .locator(".cue-words")
      .getByText(/calling for help|^sent/)
      .waitFor();
    await page.mouse.up();
    // The row must follow the cue within two seconds.
    await page.locator(".row.delivered").waitFor({ timeout: 2000 });
    await page.locator(".strip-act").click();
    await page.locator("dialog input").fill("王芳");
    await page.keyboard.press("Enter");
    await page.locator(".strip.taken").waitFor();
    await page.locator(".cue-words").getByText("somebody has it").waitFor();
    await page.locator(".map path.ring").waitFor();
    if (process.env.SCREENSHOT === "write") await page.screenshot({ path: SCREENSHOT });
    assert.equal(complaints, []);
    const name = engine === "host" ? "espruino host" : "espruino";
    ran({ engine: name, version: facts.engine, bundle: facts.bundle, tests: 1 });
    const version = `Chromium ${browser.version()}`;
    ran({ engine: "chromium", version, bundle: facts.bundle, tests: 1 });
  } finally {
    await browser.close();
    assert.is(await stopDemo(demo), 0);
  }
}

test("held on the host: the row appears, it is taken, and the pager says so", async () => {
  await pressAndTake("host");
});

test("held on the real interpreter: the same", async () => {
  if (need("espruino") === undefined || need("socat") === undefined) return;
  await pressAndTake("espruino");
});

test.run();
