// Hands the desk to its views and draws them again when it, or the second, changes.
import { createContext } from "preact";
import { useContext, useEffect } from "preact/hooks";
import type { Desk } from "../desk.ts";
import type { DeskState } from "../desk-state.ts";
import { useRedraw, useStore } from "./use-store.ts";

/** main.tsx puts the one desk in; no view is ever drawn outside. */
export const DeskContext = createContext({} as Desk);

export function useDesk(): Desk {
  return useContext(DeskContext);
}

export function useDeskState(): DeskState {
  return useStore(useDesk().state);
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
