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

export interface OpenPage {
  page: Page;
  /** Errors thrown in the page, and everything that its content policy refused. */
  complaints: string[];
}

export async function openPage(browser: Browser, url: string, size = DESK_SIZE): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: size, locale: "zh-CN" });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`${error}`));
  page.on("console", (message) => {
    const text = message.text();
    if (/Content.Security.Policy|Refused to/i.test(text)) complaints.push(text);
  });
  await page.goto(url);
  return { page, complaints };
}

/** The smaller screen that the desk promises to fit is 1024 by 768. */
export const DESK_SIZE = { width: 1280, height: 800 };
