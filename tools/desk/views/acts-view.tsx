// The strip on top of an alarm: whose it is, how long it has stood, and what can be done with it.
import { useState } from "preact/hooks";
import type { AlarmRow } from "../../../sdk/care/alarms.ts";
import { hasteOf, mayReopen, untakenMs } from "../rules/queue.ts";
import { agoWords, counterText } from "../words/span-text.ts";
import { texts } from "../words/texts.ts";
import { join, type Words } from "../words/words.ts";
import { BackDialog } from "./back-dialog.tsx";
import { CloseDialog } from "./close-dialog.tsx";
import { useDesk, useDeskState, useNowMs } from "./desk-context.tsx";
import { FaultLine } from "./fault-line.tsx";
import { NameDialog } from "./name-dialog.tsx";
import { useAct } from "./use-act.ts";
import { T } from "./words-view.tsx";

export function ActsView({ row }: { row: AlarmRow }) {
  const desk = useDesk();
  const { operator } = useDeskState();
  const nowMs = useNowMs();
  const act = useAct();
  const [open, setOpen] = useState<"name" | "nameReopen" | "close" | "release" | "reopen">();
  const send = () => void act.run(() => desk.take(row.id));
  const take = () => (operator === "" ? setOpen("name") : send());
  const end = () => setOpen(undefined);
  return (
    <>
      <header class={`strip ${row.stage}`}>
        <Standing row={row} />
        {row.stage === "delivered" && (
          <button type="button" class="strip-act" disabled={act.busy} onClick={take}>
            <T t={act.busy ? texts.acts.working : texts.acts.take} />
          </button>
        )}
        {row.stage === "taken" && row.owner === operator && (
          <button type="button" class="strip-lesser" onClick={() => setOpen("release")}>
            <T t={texts.acts.release} />
          </button>
        )}
        {mayReopen(row, nowMs) && (
          <button
            type="button"
            class="strip-lesser"
            onClick={() => setOpen(operator === "" ? "nameReopen" : "reopen")}
          >
            <T t={texts.acts.reopen} />
          </button>
        )}
        {row.stage === "taken" && (
          <button type="button" class="strip-act" onClick={() => setOpen("close")}>
            <T t={texts.acts.close} />
          </button>
        )}
      </header>
      <FaultLine refusal={act.refusal} />
      {open === "name" && <NameDialog then={texts.acts.nameTake} done={send} end={end} />}
      {open === "nameReopen" && (
        <NameDialog then={texts.acts.nameReopen} done={() => setOpen("reopen")} end={end} />
      )}
      {open === "close" && <CloseDialog row={row} end={end} />}
      {(open === "release" || open === "reopen") && <BackDialog row={row} way={open} end={end} />}
    </>
  );
}

/** Whose the alarm is and since when, in large type. */
function Standing({ row }: { row: AlarmRow }) {
  const nowMs = useNowMs();
  const { operator } = useDeskState();
  const spanMs = untakenMs(row, nowMs);
  return (
    <div class="strip-words">
      <p class="strip-title" role="status">
        <T t={titleOf(row, operator)} />
      </p>
      <p class="strip-more">
        <T t={join([texts.kinds[row.kind], texts.alarm.number(row.number)], " · ")} />
        {" · "}
        {row.stage === "delivered" ? (
          <span class={hasteOf(spanMs)}>
            <T t={texts.queue.waiting} /> <b class="figures counter">{counterText(spanMs)}</b>
          </span>
        ) : (
          <Since row={row} nowMs={nowMs} />
        )}
      </p>
    </div>
  );
}

function Since({ row, nowMs }: { row: AlarmRow; nowMs: number }) {
  const sinceMs = (row.stage === "closed" ? row.closedAtMs : row.takenAtMs) ?? nowMs;
  return (
    <span>
      {row.outcome !== undefined && (
        <b>
          <T t={texts.outcomes[row.outcome]} />
          {" · "}
        </b>
      )}
      <T t={agoWords(nowMs - sinceMs)} />
      {" · "}
      <T t={texts.alarm.takeTime} /> <b class="figures">{counterText(untakenMs(row, nowMs))}</b>
    </span>
  );
}

function titleOf(row: AlarmRow, operator: string): Words {
  const a = texts.alarm;
  if (row.stage === "delivered") return waitingTitle(row);
  if (row.stage === "closed") return a.closedBy(row.closedBy ?? "");
  const owner = row.owner ?? "";
  return owner === operator ? a.yours(owner) : a.takenBy(owner);
}

function waitingTitle({ earlier = [] }: AlarmRow): Words {
  const a = texts.alarm;
  const last = earlier[earlier.length - 1];
  if (last?.act === "release") return a.givenBack(last.operator);
  return last?.act === "reopen" ? a.openAgain(last.operator) : a.untaken;
}
