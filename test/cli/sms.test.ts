// How `onekey serve` is told to speak by SMS: what it refuses, and the provider's token that it makes.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { OnekeyError } from "../../sdk/error.ts";
import { makeSmsToken, openPlatform } from "../../sdk/platform.ts";
import { openSms, type SmsOptions } from "../../tools/cli/sms.ts";

const PROVIDER = "https://sms.example/send";
const TOKEN = "secret-4711";

test.after.each(() => {
  delete process.env.ONEKEY_SMS_TOKEN;
});

async function refusal(options: SmsOptions): Promise<OnekeyError | undefined> {
  try {
    await openSms(options, () => undefined);
    return undefined;
  } catch (error) {
    if (error instanceof OnekeyError) return error;
    throw error;
  }
}

/** What is asked for, whether the token is there, the code, and what the sentence names. */
const REFUSALS: [string, SmsOptions, boolean, string, RegExp][] = [
  [
    "both ways at once",
    { smsProvider: PROVIDER, smsModem: "/dev/x" },
    true,
    "bad-option",
    /or --sms-modem/,
  ],
  [
    "a provider without its token",
    { smsProvider: PROVIDER },
    false,
    "bad-option",
    /ONEKEY_SMS_TOKEN/,
  ],
  ["a provider in the open", { smsProvider: "http://sms.example/" }, true, "bad-option", /https:/],
  [
    "a modem that isn't there",
    { smsModem: "/dev/no-such-line" },
    false,
    "serial-failed",
    /no-such-line/,
  ],
];

for (const [name, options, hasToken, code, names] of REFUSALS) {
  test(`refused: ${name}`, async () => {
    if (hasToken) process.env.ONEKEY_SMS_TOKEN = TOKEN;
    const error = await refusal(options);
    assert.is(error?.code, code);
    assert.match(error?.message ?? "", names);
    assert.not.match(error?.message ?? "", TOKEN);
  });
}

test("without either option there is no carrier but UDP", async () => {
  assert.equal((await openSms({}, () => undefined)).carriers, []);
});

test("the provider's token is made beside a running platform, and hands SMS in", async () => {
  process.env.ONEKEY_SMS_TOKEN = TOKEN;
  const dataDir = mkdtempSync(join(tmpdir(), "onekey-sms-"));
  const sms = await openSms({ smsProvider: PROVIDER }, () => undefined);
  const { carriers } = sms;
  const platform = await openPlatform({
    dataDir,
    udpPort: 0,
    httpPort: 0,
    carriers,
    mount: sms.mount,
  });
  try {
    const token = await makeSmsToken(dataDir);
    const response = await fetch(`${platform.http.url}/api/sms`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ from: "+8613800138000", text: "a stranger's" }),
    });
    assert.equal([response.status, await response.text()], [200, '{"ours":false}']);
  } finally {
    await platform.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

test.run();
