// What happened, newest first, and the note that the operator adds to it.
import { useState } from "preact/hooks";
import type { AlarmRow } from "../../../sdk/care/alarms.ts";
import { historyOf, type Moment } from "../words/history.ts";
import { placeWords } from "../words/position-text.ts";
import { clockText } from "../words/span-text.ts";
import { texts } from "../words/texts.ts";
import { useDesk, useDeskState, useNowMs } from "./desk-context.tsx";
import { FaultLine } from "./fault-line.tsx";
import { NameDialog } from "./name-dialog.tsx";
import { useAct } from "./use-act.ts";
import { T, useSay } from "./words-view.tsx";

export function HistoryView({ row }: { row: AlarmRow }) {
  return (
    <section class="card">
      <h3>
        <T t={texts.alarm.history} />
      </h3>
      <ol class="history">
        {historyOf(row).map((moment, i) => (
          <Line key={`${moment.atMs}-${i}`} moment={moment} />
        ))}
      </ol>
    </section>
  );
}

function Line({ moment }: { moment: Moment }) {
  const nowMs = useNowMs();
  return (
    <li>
      <time class="figures soft">{clockText(moment.atMs, nowMs)}</time>
      <span>
        <T t={moment.what} />{" "}
        {moment.position !== undefined && (
          <span class="soft">
            <T t={placeWords(moment.position)} />
          </span>
        )}
        {moment.text !== undefined && <q class="said">{moment.text}</q>}
      </span>
    </li>
  );
}

/** The note stays in the box until the platform has stored it. */
export function NoteView({ row }: { row: AlarmRow }) {
  const desk = useDesk();
  const { drafts, operator } = useDeskState();
  const say = useSay();
  const act = useAct();
  const [asksName, setAsksName] = useState(false);
  const text = drafts[row.id] ?? "";
  const send = async () => {
    if (await act.run(() => desk.note(row.id, text.trim()))) desk.draft(row.id, "");
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (text.trim() === "") return;
    if (operator === "") setAsksName(true);
    else void send();
  };
  return (
    <>
      <form class="note" onSubmit={submit}>
        <textarea
          rows={2}
          value={text}
          aria-label={say(texts.acts.note)}
          placeholder={say(texts.acts.noteHint)}
          onInput={(event) => desk.draft(row.id, event.currentTarget.value)}
        />
        <button type="submit" disabled={act.busy || text.trim() === ""}>
          <T t={act.busy ? texts.acts.working : texts.acts.addNote} />
        </button>
        <FaultLine refusal={act.refusal} />
      </form>
      {asksName && (
        <NameDialog then={texts.acts.nameNote} done={send} end={() => setAsksName(false)} />
      )}
    </>
  );
}
