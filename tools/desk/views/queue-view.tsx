// The left side: alarms by stage, priority and age. Chooses an alarm; acts on none.
import type { AlarmRow } from "../../../sdk/care/alarms.ts";
import { newestFirst } from "../rules/newest.ts";
import { type Haste, hasteOf, queueOf, untakenMs } from "../rules/queue.ts";
import { placeWords } from "../words/position-text.ts";
import { agoWords, counterText } from "../words/span-text.ts";
import { texts } from "../words/texts.ts";
import { standingWords, whoOf } from "../words/who.ts";
import { useDesk, useDeskState, useNowMs } from "./desk-context.tsx";
import { BatterySign, PinSign } from "./icons.tsx";
import { Chip } from "./parts.tsx";
import { T, useSay } from "./words-view.tsx";

export function QueueView() {
  const { alarms, loaded } = useDeskState();
  const say = useSay();
  const queue = queueOf(alarms);
  const isEmpty = queue.untaken.length + queue.taken.length === 0;
  return (
    <section class="queue" aria-label={say(texts.queue.title)} id="queue">
      <header class="queue-head">
        <h2>
          <T t={texts.queue.title} />
        </h2>
        {queue.untaken.length > 0 && (
          <span class="chip red">
            <b>{queue.untaken.length}</b> <T t={texts.queue.untaken} />
          </span>
        )}
        {queue.taken.length > 0 && (
          <span class="chip green">
            <b>{queue.taken.length}</b> <T t={texts.queue.taken} />
          </span>
        )}
      </header>
      <div class="queue-list">
        {isEmpty && loaded && <Empty />}
        <Rows rows={[...queue.untaken, ...queue.taken]} />
        {queue.closed.length > 0 && (
          <h3 class="queue-closed soft">
            <T t={texts.queue.closed(queue.closed.length)} />
          </h3>
        )}
        <Rows rows={queue.closed} />
      </div>
    </section>
  );
}

function Empty() {
  return (
    <div class="empty">
      <p class="empty-title">
        <T t={texts.queue.empty} />
      </p>
      <p class="soft">
        <T t={texts.queue.emptyMore} />
      </p>
    </div>
  );
}

function Rows({ rows }: { rows: AlarmRow[] }) {
  return (
    <ol>
      {rows.map((row) => (
        <Row key={row.id} row={row} />
      ))}
    </ol>
  );
}

function Row({ row }: { row: AlarmRow }) {
  const desk = useDesk();
  const state = useDeskState();
  const nowMs = useNowMs();
  const isChosen = state.view === "alarm" && state.chosen === row.id;
  const haste: Haste | "" = row.stage === "delivered" ? hasteOf(untakenMs(row, nowMs)) : "";
  return (
    <li>
      <button
        type="button"
        class={`row ${row.stage} ${haste}`}
        aria-current={isChosen ? "true" : undefined}
        onClick={() => desk.choose(row.id)}
        onKeyDown={moveByArrows}
      >
        <span class="row-top">
          <span class="row-who">
            <T t={whoOf(row, state)} />
          </span>
          <span class="row-age">
            {row.stage === "closed" ? <ClosedAgo row={row} /> : <Age row={row} />}
          </span>
        </span>
        <span class="row-line">
          <strong>
            <T t={texts.kinds[row.kind]} />
          </strong>
          <Stage row={row} own={row.owner === state.operator} />
          {row.priority > 1 && <Chip t={texts.queue.priority(row.priority)} />}
        </span>
        <span class="row-line soft">
          <PinSign size={16} />
          <T t={placeWords(newestFirst(row.positions)[0])} />
          {row.batteryPercent !== undefined && (
            <span class="row-battery figures">
              <BatterySign percent={row.batteryPercent} /> {row.batteryPercent}%
            </span>
          )}
        </span>
        <Marks row={row} />
      </button>
    </li>
  );
}

function Age({ row }: { row: AlarmRow }) {
  const spanMs = useNowMs() - row.raisedAtMs;
  return <span class="figures">{counterText(spanMs)}</span>;
}

function ClosedAgo({ row }: { row: AlarmRow }) {
  const nowMs = useNowMs();
  return <T t={agoWords(nowMs - (row.closedAtMs ?? nowMs))} />;
}

function Stage({ row, own }: { row: AlarmRow; own: boolean }) {
  if (row.stage === "delivered") return <Chip t={texts.stages.delivered} look="red" />;
  if (row.stage === "closed") {
    return (
      <Chip t={row.outcome === undefined ? texts.stages.closed : texts.outcomes[row.outcome]} />
    );
  }
  const words = own ? texts.queue.yours : texts.alarm.takenBy(row.owner ?? "");
  return <Chip t={words} look="green" />;
}

function Marks({ row }: { row: AlarmRow }) {
  const standing = standingWords(row, useDeskState());
  const isUnproven = row.unproven === true;
  if (row.stage === "closed") return null;
  if (row.repeats === 0 && !row.mistake && !isUnproven && standing === undefined) return null;
  return (
    <span class="row-line">
      {row.repeats > 0 && <Chip t={texts.queue.repeats(row.repeats)} look="amber" />}
      {row.mistake && <Chip t={texts.queue.mistake} look="amber" sign />}
      {isUnproven && <Chip t={texts.queue.unproven} look="amber" sign />}
      {standing !== undefined && <Chip t={standing} look="amber" sign />}
    </span>
  );
}

/** The arrows walk from row to row. */
function moveByArrows(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (by === 0) return;
  const rows = [...document.querySelectorAll<HTMLElement>(".queue .row")];
  const at = rows.indexOf(event.currentTarget);
  rows[Math.max(0, Math.min(rows.length - 1, at + by))]?.focus();
  event.preventDefault();
}
