// The serial line of the simulated modem: octets out at 115200 baud, unasked lines, and its faults.
// Knows no command.

import { later, nowMs, type Sim, say, strikes } from "./modem-state.ts";

const OCTETS_PER_MS = 11.5;

/** Loses or doubles one octet where the line's faults strike. */
export function withNoise(sim: Sim, text: string): string {
  if (text === "") return text;
  const at = sim.options.chance.below(text.length);
  if (strikes(sim, "octetLost")) return text.slice(0, at) + text.slice(at + 1);
  if (strikes(sim, "octetDoubled")) return text.slice(0, at + 1) + text.slice(at);
  return text;
}

function pieces(sim: Sim, text: string): string[] {
  if (text.length < 2 || !strikes(sim, "answerCut")) return [text];
  const cut: string[] = [];
  for (let from = 0; from < text.length; ) {
    const length = sim.options.chance.between(1, 4);
    cut.push(text.slice(from, from + length));
    from += length;
  }
  return cut;
}

/** Sends octets to the pager, behind all that was sent before. */
export function emit(sim: Sim, text: string): void {
  if (sim.hung) return;
  for (const piece of pieces(sim, withNoise(sim, text))) {
    const startMs = Math.max(sim.freeMs, nowMs(sim));
    sim.freeMs = startMs + Math.ceil(piece.length / OCTETS_PER_MS);
    // Even a restart doesn't stop what is on the wire already.
    sim.options.clock.after(sim.freeMs - nowMs(sim), () => {
      sim.heardMs = nowMs(sim);
      sim.toPager(sim.resting ? "" : piece);
    });
  }
}

/** A line that nobody asked for; none comes while the modem is not on. */
export function emitLine(sim: Sim, line: string): void {
  if (sim.power === "off" || sim.power === "asleep") return;
  say(sim, "answer", line);
  emit(sim, `\r\n${line}\r\n`);
}

/** The same after a while, unless the modem restarts. */
export function emitLineLater(sim: Sim, ms: number, line: string): void {
  later(sim, ms, () => emitLine(sim, line));
}
