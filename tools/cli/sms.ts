// How the platform speaks by SMS, if at all: options, and the carrier that they name.
// A provider's token comes by the environment: on the command line everybody could read it.

import type { Command } from "commander";
import type { Api } from "../../sdk/api/app.ts";
import { OnekeyError } from "../../sdk/error.ts";
import type { OpenCarrier } from "../../sdk/gateway/carrier.ts";
import { smsModem } from "../../sdk/gateway/sms-modem.ts";
import { smsProvider } from "../../sdk/gateway/sms-provider.ts";
import { closePort, openPort } from "../simulator/serial-port.ts";

export interface SmsOptions {
  smsProvider?: string;
  smsModem?: string;
}

const TOKEN_VARIABLE = "ONEKEY_SMS_TOKEN";

/** Adds the options to a command that opens a platform. */
export function addSmsOptions(command: Command): Command {
  return command
    .option("--sms-provider <url>", `send SMS by this address, with the token in ${TOKEN_VARIABLE}`)
    .option("--sms-modem <tty>", "send and receive SMS by the modem on this serial line");
}

export interface SmsWay {
  carriers: OpenCarrier[];
  mount(app: Api): void;
}

/** Throws "bad-option" where both are named or the token is missing, "serial-failed" by the line. */
export async function openSms(options: SmsOptions, trace: (line: string) => void): Promise<SmsWay> {
  const { smsModem: tty, smsProvider: url } = options;
  if (tty !== undefined && url !== undefined) {
    throw new OnekeyError("bad-option", "SMS go one way: name --sms-provider or --sms-modem.");
  }
  if (url !== undefined) {
    const provider = smsProvider({ url, token: tokenOf(), trace });
    return { carriers: [provider.open], mount: provider.mount };
  }
  if (tty === undefined) return { carriers: [], mount: () => undefined };
  const port = await openPort(tty);
  const line = { input: port, output: port, close: () => closePort(port) };
  return { carriers: [smsModem({ line, trace })], mount: () => undefined };
}

// internal

function tokenOf(): string {
  const token = process.env[TOKEN_VARIABLE] ?? "";
  if (token !== "") return token;
  throw new OnekeyError(
    "bad-option",
    `--sms-provider needs the provider's token: put it into the variable ${TOKEN_VARIABLE}.`,
  );
}
