// Deadlines by name: which have passed, asked at every event and cheap where none has.
// Sees no clock: time passes only as events bring it.

export interface Deadlines {
  /** Takes the place of the one that stood under this name. */
  set(name: string, atMs: number): void;
  /** The same, but an earlier one stays. */
  setSooner(name: string, atMs: number): void;
  drop(name: string): void;
  has(name: string): boolean;
  /** Those that lie before `nowMs`; they are gone then. */
  passed(nowMs: number): readonly string[];
}

const NONE: readonly string[] = [];

export function createDeadlines(): Deadlines {
  const deadlines = new Map<string, number>();
  /** None lies before this. */
  let soonestMs = Infinity;

  function set(name: string, atMs: number): void {
    deadlines.set(name, atMs);
    soonestMs = Math.min(soonestMs, atMs);
  }

  return {
    set,
    setSooner(name, atMs) {
      const before = deadlines.get(name);
      if (before === undefined || before > atMs) set(name, atMs);
    },
    drop: (name) => {
      deadlines.delete(name);
    },
    has: (name) => deadlines.has(name),
    passed(nowMs) {
      if (nowMs <= soonestMs) return NONE;
      const names: string[] = [];
      soonestMs = Infinity;
      for (const [name, atMs] of deadlines) {
        if (atMs < nowMs) names.push(name);
        else soonestMs = Math.min(soonestMs, atMs);
      }
      for (const name of names) deadlines.delete(name);
      return names;
    },
  };
}
