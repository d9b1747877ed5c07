// What stood in the way of an act, in words, beside the act; read aloud at once.
import type { Refusal } from "../link/api.ts";
import { T } from "./words-view.tsx";

export function FaultLine({ refusal }: { refusal?: Refusal }) {
  return (
    <div role="alert">
      {refusal !== undefined && (
        <p class="fault">
          <T t={refusal.words} />
        </p>
      )}
    </div>
  );
}
