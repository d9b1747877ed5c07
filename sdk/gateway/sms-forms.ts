// The two forms of an SMS of ours, 8-bit data and base64 text, and which one a number speaks.
// Octets to content and back; opens nothing and sends nothing.

import { fromSmsText, toSmsText } from "../../protocol/base64.ts";
import { isFault } from "../../protocol/fault.ts";
import { SMS_OCTETS_MAX, SMS_TEXT_OCTETS_MAX } from "../../protocol/limits.ts";
import type { Bytes, Machine } from "../../protocol/machine.ts";

/** What one SMS holds: octets or text. */
export type SmsContent = { data: Bytes } | { text: string };

export interface SmsForms {
  /** The datagram in what this number sent; undefined for a stranger's text and a damaged one. */
  read(phone: string, content: SmsContent): Bytes | undefined;
  /** The content that carries a datagram to this number; undefined where one SMS can't. */
  write(phone: string, bytes: Bytes): SmsContent | undefined;
}

type Form = "data" | "text";

/** The number that was silent longest goes when there are more: a forger may use any number. */
const PHONES_MAX = 10_000;

export function makeSmsForms(machine: Machine): SmsForms {
  const forms = new Map<string, Form>();

  const note = (phone: string, form: Form): void => {
    forms.delete(phone);
    forms.set(phone, form);
    if (forms.size > PHONES_MAX) forms.delete(forms.keys().next().value as string);
  };

  return {
    read(phone, content) {
      if ("data" in content) {
        note(phone, "data");
        return content.data;
      }
      const bytes = fromSmsText(machine, content.text);
      if (isFault(bytes)) return undefined;
      note(phone, "text");
      return bytes;
    },
    write(phone, bytes) {
      if (bytes.length > SMS_OCTETS_MAX) return undefined;
      // A number that was not heard since the start gets text, which every network passes on.
      const asData = bytes.length > SMS_TEXT_OCTETS_MAX || forms.get(phone) === "data";
      const text = asData ? undefined : toSmsText(bytes);
      return typeof text === "string" ? { text } : { data: bytes };
    },
  };
}
