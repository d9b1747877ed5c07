// The newest entries of a table that would grow for ever: the oldest goes when it is full.
// Never tells of what it has forgotten.

export interface Recent<Key, Value> {
  get(key: Key): Value | undefined;
  has(key: Key): boolean;
  /** Makes this the newest entry. */
  set(key: Key, value: Value): void;
}

export function createRecent<Key, Value>(most: number): Recent<Key, Value> {
  const entries = new Map<Key, Value>();
  return {
    get: (key) => entries.get(key),
    has: (key) => entries.has(key),
    set(key, value) {
      // A map keeps the order of insertion.
      entries.delete(key);
      entries.set(key, value);
      if (entries.size > most) entries.delete(entries.keys().next().value as Key);
    },
  };
}

/** The list under this key, made where there is none. */
export function listOf<Key, Item>(lists: Map<Key, Item[]>, key: Key): Item[] {
  const list = lists.get(key);
  if (list !== undefined) return list;
  const made: Item[] = [];
  lists.set(key, made);
  return made;
}
