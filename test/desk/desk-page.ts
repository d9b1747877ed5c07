// What the browser tests of the desk share: the built page, a platform behind it, one open page.
// `withDesk` skips aloud where there is no browser, and closes everything whatever happens.
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import * as assert from "uvu/assert";
import { buildDesk } from "../../tools/build/desk.ts";
import { DESK_SIZE, openBrowser, openPage } from "./browser.ts";
import { type Fixture, openFixture } from "./fixture-server.ts";
import { pagerRow } from "./rows.ts";

export interface DeskRun {
  page: Page;
  fixture: Fixture;
}

export interface DeskBench {
  browser: Browser;
  folder: string;
  /** SHA-256 of the page's script, hex. */
  bundle: string;
  close(): Promise<void>;
}

/** The built page and a browser, once for a test file; undefined where there is no browser. */
export async function openBench(): Promise<DeskBench | undefined> {
  const browser = await openBrowser();
  if (browser === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "onekey-desk-"));
  const { files } = await buildDesk(folder);
  const script = files.find(({ path }) => path.endsWith(".js"));
  assert.ok(script, "the built page has a script");
  const bundle = createHash("sha256")
    .update(readFileSync(join(folder, script.path)))
    .digest("hex");
  return {
    browser,
    folder,
    bundle,
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export interface DeskOptions {
  demo?: boolean;
  size?: { width: number; height: number };
  /** Kept by an earlier visit. */
  operator?: string;
}

/** Runs `act` on a fresh page with two pagers known; the page may complain of nothing. */
export async function withDesk(
  bench: DeskBench,
  options: DeskOptions,
  act: (run: DeskRun) => Promise<void>,
): Promise<void> {
  const { demo = false, size = DESK_SIZE, operator } = options;
  const fixture = await openFixture({ deskFolder: bench.folder, demo });
  fixture.host.addPager(pagerRow(), {
    name: "张桂兰",
    age: 82,
    phone: "0531-8806 1234",
    address: "花园路 12 号",
  });
  fixture.host.addPager(pagerRow({ id: "P-000002", name: "李德福" }));
  const kept = operator === undefined ? undefined : JSON.stringify({ operator });
  const { page, complaints } = await openPage(bench.browser, fixture.url, { size, kept });
  try {
    await page.locator(".link.live").waitFor();
    await act({ page, fixture });
    assert.equal(complaints, []);
  } catch (error) {
    if (complaints.length > 0) console.error(complaints);
    throw error;
  } finally {
    await page.context().close();
    await fixture.close();
  }
}
