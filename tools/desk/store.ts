// One value that views watch: read it, change it, be told. Never derives, never fetches.

export interface Store<T> {
  get(): T;
  /** Lays `change` over the value and tells those who watch. */
  set(change: Partial<T>): void;
  /** Calls `run` after each change; the function returned ends that. */
  watch(run: () => void): () => void;
}

export function makeStore<T extends object>(first: T): Store<T> {
  let value = first;
  const watching = new Set<() => void>();
  return {
    get: () => value,
    set(change) {
      value = { ...value, ...change };
      for (const run of watching) run();
    },
    watch(run) {
      watching.add(run);
      return () => watching.delete(run);
    },
  };
}
