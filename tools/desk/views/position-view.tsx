// Where: map, latitude and longitude, source, age and uncertainty of the newest position.
import type { AlarmRow, PositionRow } from "../../../sdk/care/alarms.ts";
import type { Cell } from "../../../sdk/events.ts";
import { tilesOf } from "../desk-state.ts";
import { MapView } from "../map/map-view.tsx";
import { newestFirst } from "../rules/newest.ts";
import { positionAgeMs } from "../words/history.ts";
import { cellWords, coordinateWords, distanceWords, toDegrees } from "../words/position-text.ts";
import { agoWords } from "../words/span-text.ts";
import { texts } from "../words/texts.ts";
import { useDeskState, useNowMs } from "./desk-context.tsx";
import { Fact } from "./parts.tsx";
import { T } from "./words-view.tsx";

/** Older dots beyond this say nothing more. */
const POINTS_MAX = 12;

export function PositionView({ row }: { row: AlarmRow }) {
  const state = useDeskState();
  const positions = newestFirst(row.positions).slice(0, POINTS_MAX);
  const points = positions.map((position) => ({
    latitude: toDegrees(position.latitude),
    longitude: toDegrees(position.longitude),
    uncertaintyM: position.uncertaintyM,
  }));
  return (
    <section class="card where">
      {positions.length === 0 ? <NoPosition /> : <Newest position={positions[0]} />}
      {row.cell !== undefined && <CellFact cell={row.cell} />}
      {points.length > 0 && <MapView subject={row.id} points={points} tiles={tilesOf(state)} />}
    </section>
  );
}

function NoPosition() {
  return (
    <div class="empty">
      <p class="empty-title">
        <T t={texts.position.none} />
      </p>
      <p class="soft">
        <T t={texts.position.noneDo} />
      </p>
    </div>
  );
}

/** What an operator can ask the network about, in the words of its staff. */
function CellFact({ cell }: { cell: Cell }) {
  return (
    <dl class="facts where-facts">
      <Fact t={texts.position.cell}>
        <span class="coordinates">
          <T t={cellWords(cell)} />
        </span>
      </Fact>
    </dl>
  );
}

function Newest({ position: newest }: { position: PositionRow }) {
  const nowMs = useNowMs();
  const p = texts.position;
  const ageMs = positionAgeMs(newest, nowMs);
  const latitude = toDegrees(newest.latitude);
  const longitude = toDegrees(newest.longitude);
  const radiusM = newest.uncertaintyM;
  return (
    <dl class="facts where-facts">
      <Fact t={p.source}>
        <T t={p[newest.source]} />
      </Fact>
      <Fact t={p.uncertainty}>
        <T t={radiusM === undefined ? p.unknown : distanceWords(radiusM)} />
      </Fact>
      <Fact t={p.age}>
        <T t={ageMs === undefined ? p.ageUnknown : agoWords(ageMs)} />
      </Fact>
      <Fact t={p.coordinates}>
        <span class="coordinates">
          <T t={coordinateWords({ latitude, longitude })} />
        </span>
      </Fact>
    </dl>
  );
}
