// The console of the RAK5010 bundle as a stranger with a telephone finds it [pager §5].
// The bundle runs on the Espruino host, provisioned in its raw flash pages.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { PAGES_IDENTITY, PAGES_JOURNAL } from "../../firmware/core/limits.ts";
import { toHex } from "../../protocol/bytes.ts";
import { buildEspruino } from "../../tools/build/espruino.ts";
import { createVirtualClock } from "../../tools/simulator/clock.ts";
import { createHostStorage } from "../../tools/simulator/espruino/storage.ts";
import { createEspruinoHost } from "../../tools/simulator/espruino-host.ts";
import { PAGER_ENDS } from "../firmware/contexts.ts";
import { blankStorage, provisionedStorage } from "../firmware/storage.ts";
import { putRawPage } from "./raw-pages.ts";

const KEY = "D19";
const CHARGING = "D40";

async function startBoard(provisioned: boolean) {
  const { minified: code } = await buildEspruino({ board: "rak5010" });
  const clock = createVirtualClock();
  const storage = createHostStorage();
  const { pages } = provisioned ? provisionedStorage() : blankStorage();
  for (const page of [PAGES_IDENTITY, PAGES_JOURNAL]) {
    putRawPage(storage, page, pages[page]);
  }
  let said = "";
  const host = createEspruinoHost({
    code,
    board: "rak5010",
    clock,
    storage,
    onWrite() {},
    onLine(line) {
      throw new Error(`the bundle printed: ${line}`);
    },
    onSay(text) {
      said += text;
    },
  });
  host.setPin(KEY, 1);
  host.setPin(CHARGING, 1);
  clock.advanceBy(1000);
  return { clock, host, said: () => said };
}

test("a provisioned pager isn't to be seen by Bluetooth, and evaluates nothing", async () => {
  const { clock, host, said } = await startBoard(true);
  assert.is(host.connect("1 + 1\n"), false);
  assert.is(host.evaluate("1 + 1"), "");
  clock.advanceBy(60000);
  assert.is(said(), "");
});

test("a pager without keys keeps the console through which it gets them", async () => {
  const { host } = await startBoard(false);
  assert.is(host.connect(""), true);
  assert.is(host.evaluate("1 + 1"), "2");
});

test("held on the charger it answers lines for ten minutes, evaluates none, and says no key", async () => {
  const { clock, host, said } = await startBoard(true);
  host.setPin(CHARGING, 0);
  clock.advanceBy(61000);
  host.setPin(KEY, 0);
  clock.advanceBy(4000);
  host.setPin(KEY, 1);
  clock.advanceBy(1000);
  assert.is(host.connect('require("Flash").read(4096, 0)\r\n'), true);
  assert.is(host.evaluate("1 + 1"), "", "the interpreter's own console stays shut");
  host.connect("sta");
  host.connect("te\n");
  const lines = said().trim().split("\r\n");
  assert.is(lines.length, 2);
  for (const line of lines) assert.match(line, /^\w+( -?\d+)+$/);
  for (const { senderKey, recipientKey } of PAGER_ENDS) {
    for (const key of [senderKey, recipientKey]) {
      assert.not.ok(said().includes(toHex(key)));
      assert.not.ok(said().includes(Array.from(key).join(" ")));
    }
  }
  clock.advanceBy(600000);
  assert.is(host.connect("state\n"), false);
});

test.run();
