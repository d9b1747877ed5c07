// Ends an alarm with an outcome of the closed list and, where wished, a remark [D-08, R-25].
import { useState } from "preact/hooks";
import type { AlarmRow } from "../../../sdk/care/alarms.ts";
import type { Outcome } from "../../../sdk/care/outcome.ts";
import { texts } from "../words/texts.ts";
import { whoOf } from "../words/who.ts";
import { useDesk, useDeskState } from "./desk-context.tsx";
import { FaultLine } from "./fault-line.tsx";
import { Modal } from "./modal.tsx";
import { useAct } from "./use-act.ts";
import { T, useSay } from "./words-view.tsx";

/** Closed list: the type of the texts demands a line for each outcome. */
const OUTCOMES = Object.keys(texts.outcomes) as Outcome[];

export function CloseDialog({ row, end }: { row: AlarmRow; end: () => void }) {
  const desk = useDesk();
  const state = useDeskState();
  const say = useSay();
  const act = useAct();
  const [outcome, setOutcome] = useState<Outcome>();
  // The note that is not stored yet becomes the remark: one text, and none is dropped.
  const text = state.drafts[row.id] ?? "";
  const [asked, setAsked] = useState(false);
  const submit = async () => {
    setAsked(true);
    if (outcome === undefined) return;
    if (!(await act.run(() => desk.close(row.id, outcome, text.trim())))) return;
    desk.draft(row.id, "");
    end();
  };
  return (
    <Modal
      title={texts.acts.closeTitle}
      about={whoOf(row, state)}
      end={end}
      submit={() => void submit()}
    >
      <p class="fault">
        <T t={texts.acts.closeWarn} />
      </p>
      <fieldset class="outcomes">
        <legend>
          <T t={texts.acts.chooseOutcome} />
        </legend>
        {OUTCOMES.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="outcome"
              checked={outcome === one}
              onChange={() => setOutcome(one)}
            />
            <span>
              <T t={texts.outcomes[one]} />
            </span>
          </label>
        ))}
      </fieldset>
      <textarea
        rows={2}
        value={text}
        aria-label={say(texts.acts.closeNote)}
        placeholder={say(texts.acts.closeNote)}
        onInput={(event) => desk.draft(row.id, event.currentTarget.value)}
      />
      {asked && outcome === undefined && (
        <p class="fault" role="alert">
          <T t={texts.acts.outcomeMissing} />
        </p>
      )}
      <FaultLine refusal={act.refusal} />
      <footer>
        <button type="button" onClick={end}>
          <T t={texts.acts.back} />
        </button>
        <button type="submit" class="main" disabled={act.busy}>
          <T t={act.busy ? texts.acts.working : texts.acts.close} />
        </button>
      </footer>
    </Modal>
  );
}
