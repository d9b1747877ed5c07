// One act on its way to the platform: busy, and what stood in its way. Retries nothing by itself.
import { useState } from "preact/hooks";
import type { Refusal } from "../link/api.ts";

export interface RunningAct {
  busy: boolean;
  refusal?: Refusal;
  /** True once the platform has stored it. A second call while one is under way does nothing. */
  run(send: () => Promise<Refusal | undefined>): Promise<boolean>;
}

export function useAct(): RunningAct {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  return {
    busy,
    refusal,
    async run(send) {
      if (busy) return false;
      setBusy(true);
      setRefusal(undefined);
      const found = await send();
      setBusy(false);
      setRefusal(found);
      return found === undefined;
    },
  };
}
