// What a line learns from an opened request: its number, where it came from, what it says of the pager.
// In memory only; the next commit writes it. Never called for what may be an old message.

import { markPiv } from "../../protocol/replay.ts";
import type { Fact } from "../events.ts";
import type { SealedRequest } from "./datagram.ts";
import type { Line } from "./lines.ts";

/** Marks the number, and takes the return address from the newest number only [wire §4.3]. */
export function hear(
  line: Line,
  request: SealedRequest,
  fact: Fact | undefined,
  nowMs: number,
): void {
  const isNewest = request.piv > line.window.highest;
  markPiv(line.window, request.piv);
  line.heardAtMs = nowMs;
  if (fact?.kind === "checkIn") line.checkedInAtMs = nowMs;
  if (!isNewest) return;
  line.carrier = request.from.carrier;
  line.address = request.from.address;
  line.port = request.from.port;
  const said = saidOf(fact);
  line.batteryPercent = said.batteryPercent ?? line.batteryPercent;
  line.charging = said.charging ?? line.charging;
  line.signalDbm = said.signalDbm ?? line.signalDbm;
}

// internal

interface Said {
  batteryPercent?: number;
  charging?: boolean;
  signalDbm?: number;
}

function saidOf(fact: Fact | undefined): Said {
  if (fact?.kind === "beat") return fact.beat;
  return fact?.kind === "alarm" || fact?.kind === "checkIn" ? fact.report : {};
}
