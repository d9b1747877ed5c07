// Live state of each pager: a technical list, kept apart from the alarms [D-12].
import type { PagerRow } from "../../../sdk/store/store.ts";
import { comparePagers, type Trouble, troublesOf } from "../rules/pager-work.ts";
import { partWords } from "../words/parts.ts";
import { agoWords } from "../words/span-text.ts";
import { texts } from "../words/texts.ts";
import { join } from "../words/words.ts";
import { useDesk, useDeskState, useNowMs } from "./desk-context.tsx";
import { SignalSign } from "./icons.tsx";
import { Battery, Chip } from "./parts.tsx";
import { T } from "./words-view.tsx";

const p = texts.pagers;
const COLUMNS = [p.id, p.named, p.state, p.heard, p.battery, p.signal, p.checkedIn, p.firmware];

/** A chip is red only for an alarm; trouble that may cost the next alarm is amber. */
const CALM: Trouble[] = ["signalWeak", "unassigned", "blocked"];

export function PagersView() {
  const { pagers, loaded } = useDeskState();
  const nowMs = useNowMs();
  const sorted = [...pagers].sort(comparePagers(nowMs));
  const troubled = pagers.filter((pager) => troublesOf(pager, nowMs).length > 0).length;
  return (
    <section class="pagers card">
      <header class="pagers-head">
        <h2>
          <T t={p.title} />
        </h2>
        <Chip t={p.all(pagers.length)} />
        {troubled > 0 && <Chip t={p.trouble(troubled)} look="amber" />}
        <p class="soft">
          <T t={p.why} />
        </p>
      </header>
      {loaded && pagers.length === 0 ? (
        <div class="empty">
          <p class="empty-title">
            <T t={p.empty} />
          </p>
        </div>
      ) : (
        <table>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column.en} scope="col">
                  <T t={column} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((pager) => (
              <Row key={pager.id} pager={pager} nowMs={nowMs} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ pager, nowMs }: { pager: PagerRow; nowMs: number }) {
  const ago = (atMs: number | undefined) => (atMs === undefined ? p.never : agoWords(nowMs - atMs));
  return (
    <tr>
      <th scope="row" class="figures">
        {pager.id}
      </th>
      <td>{pager.name ?? "—"}</td>
      <td>
        <OpenAlarm pager={pager.id} />
        <Troubles pager={pager} nowMs={nowMs} />
        <FailedParts parts={pager.failedParts ?? []} />
      </td>
      <td>
        <T t={ago(pager.heardAtMs)} />
      </td>
      <td>
        <Battery percent={pager.batteryPercent} charging={pager.charging} />
        {pager.daysLeft !== undefined && <T t={p.days(pager.daysLeft)} />}
      </td>
      <td class="figures">
        {pager.signalDbm === undefined ? (
          <T t={p.unknown} />
        ) : (
          <>
            <SignalSign dbm={pager.signalDbm} /> {pager.signalDbm}
          </>
        )}
      </td>
      <td>
        <T t={ago(pager.checkedInAtMs)} />
      </td>
      <td class="figures">{pager.firmware === undefined ? <T t={p.unknown} /> : pager.firmware}</td>
    </tr>
  );
}

function Troubles({ pager, nowMs }: { pager: PagerRow; nowMs: number }) {
  const troubles = troublesOf(pager, nowMs);
  if (troubles.length === 0) return <Chip t={p.well} look="green" />;
  return (
    <>
      {troubles.map((trouble) => (
        <Chip
          key={trouble}
          t={texts.troubles[trouble]}
          look={CALM.includes(trouble) ? "" : "amber"}
        />
      ))}
    </>
  );
}

/** Which parts of the last self-test failed. */
function FailedParts({ parts }: { parts: string[] }) {
  if (parts.length === 0) return null;
  return <T t={join(parts.map(partWords), ", ")} />;
}

function OpenAlarm({ pager }: { pager: string }) {
  const desk = useDesk();
  const { alarms } = useDeskState();
  const open = alarms.find((row) => row.pager === pager && row.stage !== "closed");
  if (open === undefined) return null;
  return (
    <button type="button" class={`goto ${open.stage}`} onClick={() => desk.choose(open.id)}>
      <T t={join([texts.kinds[open.kind], texts.stages[open.stage]], " · ")} />
    </button>
  );
}
