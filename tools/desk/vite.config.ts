// How the desk is built: static files that work under `default-src 'self'`, with no other host.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import preact from "@preact/preset-vite";
import type { InlineConfig } from "vite";

/** The build of the desk into `outDir`, which is emptied first. */
export function deskConfig(outDir: string): InlineConfig {
  return {
    root: dirname(fileURLToPath(import.meta.url)),
    configFile: false,
    base: "./",
    logLevel: "warn",
    plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false })],
    build: {
      outDir,
      emptyOutDir: true,
      target: "es2022",
      cssTarget: "chrome123", // keeps light-dark() as it stands
      // Both would put text into the page that a strict content policy refuses.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      // A slow machine is no fault of the page.
      rolldownOptions: { checks: { pluginTimings: false } },
    },
  };
}
