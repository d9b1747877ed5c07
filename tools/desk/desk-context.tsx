// Hands the desk to its views and draws them anew when it, or the second, changes.
import { createContext } from "preact";
import { useContext, useEffect, useReducer } from "preact/hooks";
import type { Desk } from "./desk.ts";
import type { DeskState } from "./desk-state.ts";

/** main.tsx puts the one desk in; no view is ever drawn outside. */
export const DeskContext = createContext({} as Desk);

export function useDesk(): Desk {
  return useContext(DeskContext);
}

function useRedraw(): () => void {
  const [, redraw] = useReducer((count: number, _: undefined) => count + 1, 0);
  return () => redraw(undefined);
}

/** The state of the desk; the view is drawn again at each change. */
export function useDeskState(): DeskState {
  const { state } = useDesk();
  const redraw = useRedraw();
  useEffect(() => {
    redraw(); // For what changed between the first drawing and this watch.
    return state.watch(redraw);
  }, [state]);
  return state.get();
}

/** The platform's time; the view is drawn again each second. */
export function useNowMs(): number {
  const desk = useDesk();
  const redraw = useRedraw();
  useEffect(() => {
    const timer = setInterval(redraw, 1000);
    return () => clearInterval(timer);
  }, [desk]);
  return desk.nowMs();
}
