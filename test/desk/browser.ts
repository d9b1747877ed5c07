// Opens Chromium for tests of a page, and keeps what the page complained about.
// Starts nothing of the project; what a test needs is handed to the page by address.
import { type Browser, chromium, type Page } from "playwright-core";
import { need } from "../need.ts";

/** Quiet, without a screen, and without a word to any host of its maker. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** Sound needs a gesture, as it does at a real desk. */
const BLOCKS_SOUND = "--autoplay-policy=document-user-activation-required";

/** The browser, or undefined where there is none: the skip has then been printed and counted. */
export async function openBrowser(): Promise<Browser | undefined> {
  const executablePath = need("chromium");
  if (executablePath === undefined) return undefined;
  return chromium.launch({ executablePath, args: [...FLAGS, BLOCKS_SOUND] });
}

/** Nothing on the page may need longer. */
const WAIT_MS_MAX = 10_000;

export interface OpenPage {
  page: Page;
  /** Errors thrown or logged in the page, and what its content policy refused. */
  complaints: string[];
}

/** The smaller screen that the desk promises to fit is 1024 by 768. */
export const DESK_SIZE = { width: 1280, height: 800 };

export interface PageOptions {
  size?: { width: number; height: number };
  /** What an earlier visit of the desk left in this browser. */
  kept?: string;
}

export async function openPage(
  browser: Browser,
  url: string,
  { size = DESK_SIZE, kept }: PageOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: size, locale: "zh-CN" });
  if (kept !== undefined) {
    const text = JSON.stringify(kept);
    await context.addInitScript({ content: `localStorage.setItem("onekey.desk", ${text})` });
  }
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS_MAX);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`${error}`));
  page.on("console", (message) => {
    // What a server answered is for the test to judge; everything else is a fault of the page.
    const text = message.text();
    if (message.type() === "error" && !text.startsWith("Failed to load resource")) {
      complaints.push(text);
    }
  });
  await page.goto(url);
  return { page, complaints };
}
