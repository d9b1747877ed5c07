// The right side: one alarm with who, where, how sure, how charged, and what can be done.
import type { AlarmRow } from "../../../sdk/care/alarms.ts";
import { deliveredLateMs, wearerKnows } from "../words/history.ts";
import { agoWords, clockText, spanWords } from "../words/span-text.ts";
import { texts } from "../words/texts.ts";
import { standingWords } from "../words/who.ts";
import { same, type Words } from "../words/words.ts";
import { ActsView } from "./acts-view.tsx";
import { useDeskState, useNowMs } from "./desk-context.tsx";
import { HistoryView, NoteView } from "./history-view.tsx";
import { WarnSign } from "./icons.tsx";
import { Battery, Fact } from "./parts.tsx";
import { PersonView } from "./person-view.tsx";
import { PositionView } from "./position-view.tsx";
import { T } from "./words-view.tsx";

export function AlarmView({ row }: { row: AlarmRow }) {
  return (
    <article class="alarm">
      <ActsView row={row} />
      <div class="alarm-body">
        <div class="alarm-who">
          <Warnings row={row} />
          <PersonView row={row} />
        </div>
        <PositionView row={row} />
        <div class="alarm-rest">
          <Facts row={row} />
          <NoteView row={row} key={row.id} />
          <HistoryView row={row} />
        </div>
      </div>
    </article>
  );
}

/** What must not be overlooked, above everything else. */
function Warnings({ row }: { row: AlarmRow }) {
  const standing = standingWords(row, useDeskState());
  const lateMs = deliveredLateMs(row);
  return (
    <>
      {lateMs !== undefined && <Warning t={texts.alarm.lateBy(spanWords(lateMs))} />}
      {row.mistake && row.stage !== "closed" && <Warning t={texts.alarm.mistake} />}
      {row.unproven === true && row.stage !== "closed" && <Warning t={texts.alarm.unproven} />}
      {standing !== undefined && <Warning t={texts.alarm.standing(standing)} />}
    </>
  );
}

function Warning({ t }: { t: Words }) {
  return (
    <p class="fault warning">
      <WarnSign size={24} />
      <T t={t} />
    </p>
  );
}

/** An alarm that the pager raised by itself began with no hold. */
function holdsOf(row: AlarmRow): number {
  return row.repeats + (row.kind === "sos" ? 1 : 0);
}

function Facts({ row }: { row: AlarmRow }) {
  const nowMs = useNowMs();
  const { pagers } = useDeskState();
  const heardAtMs = pagers.find((pager) => pager.id === row.pager)?.heardAtMs;
  return (
    <section class="card">
      <h3>
        <T t={texts.alarm.wearer} />
      </h3>
      <p class="wearer">
        <T t={wearerKnows(row)} />
      </p>
      <dl class="facts">
        <Fact t={texts.alarm.raisedAt}>
          <span class="figures">{clockText(row.raisedAtMs, nowMs)}</span>
        </Fact>
        <Fact t={texts.alarm.holds}>
          <T t={texts.alarm.times(holdsOf(row))} />
        </Fact>
        <Fact t={texts.alarm.battery}>
          <Battery percent={row.batteryPercent} charging={row.charging} />
        </Fact>
        <Fact t={texts.pagers.heard}>
          <T t={heardAtMs === undefined ? texts.position.unknown : agoWords(nowMs - heardAtMs)} />
        </Fact>
        <Fact t={texts.person.pager}>
          <T t={same(row.pager)} />
        </Fact>
      </dl>
    </section>
  );
}
