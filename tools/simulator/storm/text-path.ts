// The way of texts between modems, the platform's number and the contacts: some come minutes late.
// Loss and copies are the modem's own faults; who reads a text is not asked.

import { fromSmsText, toSmsText } from "../../../protocol/base64.ts";
import { isFault } from "../../../protocol/fault.ts";
import type { Clock } from "../../../sdk/clock.ts";
import type { CarrierEnds, OpenCarrier } from "../../../sdk/gateway/carrier.ts";
import { nodeMachine } from "../../../sdk/machine.ts";
import type { Chance } from "../chance.ts";
import type { Weather } from "./weather.ts";
import type { See } from "./world-event.ts";

export const PLATFORM_NUMBER = "+8610086000000";
/** Each contact is one digit more. */
export const CONTACTS_AT = "+861390000000";
const PAGERS_AT = "+86138000";

const AIR_MS_MIN = 2000;
const AIR_MS_MAX = 8000;
const LATE_MS_MIN = 60000;
const LATE_MS_MAX = 600000;
const KEPT = 16;

/** One pager as the network of texts knows it. */
export interface Texter {
  readonly pager: string;
  readonly weather: Weather;
  readonly chance: Chance;
  /** Puts a text into its modem. */
  deliver(from: string, text: string): void;
}

export interface TextPath {
  /** What its modem calls when a text leaves. */
  addPager(texter: Texter): (to: string, text: string) => void;
  /** For the gateway; one is open at a time. */
  openCarrier: OpenCarrier;
  /** The gateway's process is gone: what comes meanwhile is lost. */
  closeCarrier(): void;
  /** One of the platform's last texts to this pager, once more; undefined where there was none. */
  heard(pager: string, chance: Chance): string | undefined;
}

export function createTextPath({ clock, see }: { clock: Clock; see: See }): TextPath {
  /** By phone number. */
  const texters = new Map<string, Texter>();
  const heard = new Map<string, string[]>();
  let ends: CarrierEnds | undefined;

  function fly({ weather, chance }: Texter, land: () => void): void {
    const late = weather.strikes("textLate");
    const ms = late
      ? chance.between(LATE_MS_MIN, LATE_MS_MAX)
      : chance.between(AIR_MS_MIN, AIR_MS_MAX);
    clock.after(ms, land);
  }

  function goUp(texter: Texter, address: string, text: string): void {
    const octets = fromSmsText(nodeMachine, text);
    if (isFault(octets)) return;
    const bytes = Uint8Array.from(octets);
    see({ kind: "left", pager: texter.pager, bytes });
    fly(texter, () => {
      if (ends === undefined) return;
      see({ kind: "received", bytes, from: `${address}:0` });
      ends.receive({ bytes, from: { carrier: "sms", address, port: 0 } });
    });
  }

  function goDown(bytes: Uint8Array, address: string): void {
    see({ kind: "answered", bytes, to: `${address}:0` });
    const texter = texters.get(address);
    const text = toSmsText(bytes);
    // What is longer than a text goes as data, which no modem in text mode can read.
    if (texter === undefined || isFault(text)) return;
    const { pager } = texter;
    heard.set(pager, [...(heard.get(pager) ?? []), text].slice(-KEPT));
    fly(texter, () => {
      see({ kind: "came", pager, bytes });
      texter.deliver(PLATFORM_NUMBER, text);
    });
  }

  return {
    addPager(texter) {
      const address = `${PAGERS_AT}${String(texters.size).padStart(5, "0")}`;
      texters.set(address, texter);
      return (to, text) => {
        see({ kind: "textLeft", pager: texter.pager, to });
        if (to === PLATFORM_NUMBER) goUp(texter, address, text);
      };
    },
    async openCarrier(given) {
      ends = given;
      return {
        name: "sms",
        send: (bytes, to) => goDown(Uint8Array.from(bytes), to.address),
        async close() {
          if (ends === given) ends = undefined;
        },
      };
    },
    closeCarrier() {
      ends = undefined;
    },
    heard(pager, chance) {
      const texts = heard.get(pager) ?? [];
      return texts[chance.below(Math.max(1, texts.length))];
    },
  };
}
