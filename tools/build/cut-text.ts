// Pieces of a text replaced, and where each sign of the result came from. Knows no language.

/** Of a new text: signs that are written now, or a piece that is taken over. */
export type Part = string | { from: number; to: number };

export interface Cut {
  from: number;
  to: number;
  /** What stands there instead. */
  text: string | readonly Part[];
}

/** In the order of the text: what is only put in comes before what stands there, the outer one first. */
function byPlace(a: Cut, b: Cut): number {
  if (a.from !== b.from) return a.from - b.from;
  const isAdded = [a, b].map(({ from, to }) => from === to);
  return isAdded[0] === isAdded[1] ? b.to - a.to : isAdded[0] ? -1 : 1;
}

/** A piece of a text with cuts made in it; one inside of another that is made already is passed over. */
export function partsOf(from: number, to: number, cuts: readonly Cut[]): Part[] {
  const parts: Part[] = [];
  let at = from;
  for (const cut of [...cuts].sort(byPlace)) {
    if (cut.from < at) continue;
    parts.push({ from: at, to: cut.from });
    parts.push(...(typeof cut.text === "string" ? [cut.text] : cut.text));
    at = cut.to;
  }
  parts.push({ from: at, to });
  return parts;
}

export function joinParts(text: string, parts: readonly Part[]): string {
  return parts
    .map((part) => (typeof part === "string" ? part : text.slice(part.from, part.to)))
    .join("");
}

export function cutText(text: string, cuts: readonly Cut[]): string {
  return joinParts(text, partsOf(0, text.length, cuts));
}

/** A text, and by sign the number of the file that it came from. */
export interface Traced {
  text: string;
  origins: Uint16Array;
}

/** What is written now belongs to the file of what stands before it. */
export function joinTraced({ text, origins }: Traced, parts: readonly Part[]): Traced {
  const joined = joinParts(text, parts);
  const traced = new Uint16Array(joined.length);
  let at = 0;
  let last = origins[0] ?? 0;
  for (const part of parts) {
    const length = typeof part === "string" ? part.length : part.to - part.from;
    if (typeof part === "string") traced.fill(last, at, at + length);
    else if (length > 0) {
      traced.set(origins.subarray(part.from, part.to), at);
      last = origins[part.to - 1];
    }
    at += length;
  }
  return { text: joined, origins: traced };
}

export function cutTraced(traced: Traced, cuts: readonly Cut[]): Traced {
  return joinTraced(traced, partsOf(0, traced.text.length, cuts));
}
