// Draws a view again at each change of a store.
import { useEffect, useReducer } from "preact/hooks";
import type { Store } from "../store.ts";

/** A function that draws the calling view again. */
export function useRedraw(): () => void {
  const [, redraw] = useReducer((count: number, _: undefined) => count + 1, 0);
  return () => redraw(undefined);
}

export function useStore<T>(store: Store<T>): T {
  const redraw = useRedraw();
  useEffect(() => {
    redraw(); // For what changed between the first drawing and this watch.
    return store.watch(redraw);
  }, [store]);
  return store.get();
}
