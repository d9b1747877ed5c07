// The colours of the desk, by day and by night: every pair of text and ground reaches AA (4.5 to 1).
import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";

const css = readFileSync(new URL("../../tools/desk/styles/base.css", import.meta.url), "utf8");

/** Text and ground as they meet on the page. */
const PAIRS: [text: string, ground: string][] = [
  ["ink", "surface"],
  ["ink", "ground"],
  ["ink", "raised"],
  ["ink", "red-soft"],
  ["ink-soft", "surface"],
  ["ink-soft", "ground"],
  ["ink-soft", "raised"],
  ["ink-soft", "red-soft"],
  ["accent", "surface"],
  ["on-accent", "accent"],
  ["red", "red-soft"],
  ["red", "raised"],
  ["amber", "amber-soft"],
  ["surface", "amber"],
  ["green", "green-soft"],
  ["on-fill", "red-fill"],
  ["on-fill", "green-fill"],
  ["on-fill", "grey-fill"],
  ["on-bar", "bar"],
  ["on-bar-soft", "bar"],
];

/** The two values of a variable: by day, by night. */
function colorsOf(name: string): [day: string, night: string] {
  const value = new RegExp(`--${name}: ([^;]+);`).exec(css)?.[1] ?? "";
  const hexes: string[] = value.match(/#[0-9a-f]{6}/g) ?? [];
  assert.ok(hexes.length > 0, `--${name} holds no colour of six digits`);
  return [hexes[0], hexes[hexes.length - 1]];
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((one, two) => one - two);
  return (high + 0.05) / (low + 0.05);
}

test("black on white is 21 to 1, as WCAG says", () => {
  assert.ok(Math.abs(contrast("#000000", "#ffffff") - 21) < 1e-9);
});

for (const [text, ground] of PAIRS) {
  test(`${text} on ${ground} can be read by day and by night`, () => {
    const [texts, grounds] = [colorsOf(text), colorsOf(ground)];
    for (const at of [0, 1] as const) {
      const ratio = contrast(texts[at], grounds[at]);
      assert.ok(ratio >= 4.5, `${texts[at]} on ${grounds[at]} is ${ratio.toFixed(2)} to 1`);
    }
  });
}

test.run();
