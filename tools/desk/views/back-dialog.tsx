// Gives an alarm back, or opens a closed one again: asked once more, with a remark where wished.
// Decides nothing: whether it may be done, the platform says.
import type { AlarmRow } from "../../../sdk/care/alarms.ts";
import { texts } from "../words/texts.ts";
import { whoOf } from "../words/who.ts";
import { useDesk, useDeskState } from "./desk-context.tsx";
import { FaultLine } from "./fault-line.tsx";
import { Modal } from "./modal.tsx";
import { useAct } from "./use-act.ts";
import { T, useSay } from "./words-view.tsx";

const WORDS = {
  release: {
    title: texts.acts.releaseTitle,
    warn: texts.acts.releaseWarn,
    act: texts.acts.release,
  },
  reopen: { title: texts.acts.reopenTitle, warn: texts.acts.reopenWarn, act: texts.acts.reopen },
};

interface BackProps {
  row: AlarmRow;
  way: keyof typeof WORDS;
  end: () => void;
}

export function BackDialog({ row, way, end }: BackProps) {
  const desk = useDesk();
  const state = useDeskState();
  const say = useSay();
  const act = useAct();
  const words = WORDS[way];
  // The note that is not stored yet becomes the remark, as where an alarm is closed.
  const text = state.drafts[row.id] ?? "";
  const submit = async () => {
    if (!(await act.run(() => desk[way](row.id, text.trim())))) return;
    desk.draft(row.id, "");
    end();
  };
  return (
    <Modal title={words.title} about={whoOf(row, state)} end={end} submit={() => void submit()}>
      <p class="fault">
        <T t={words.warn} />
      </p>
      <textarea
        rows={2}
        value={text}
        aria-label={say(texts.acts.closeNote)}
        placeholder={say(texts.acts.closeNote)}
        onInput={(event) => desk.draft(row.id, event.currentTarget.value)}
      />
      <FaultLine refusal={act.refusal} />
      <footer>
        <button type="button" onClick={end}>
          <T t={texts.acts.notNow} />
        </button>
        <button type="submit" class="main" disabled={act.busy}>
          <T t={act.busy ? texts.acts.working : words.act} />
        </button>
      </footer>
    </Modal>
  );
}
