// What is drawn on the map: circle and dots, metre grid, north. Draws only; fetches nothing.
import L from "leaflet";
import { distanceWords, roundStepM } from "../words/position-text.ts";
import { texts } from "../words/texts.ts";
import type { Point } from "./datum.ts";

export interface MapLayers {
  map: L.Map;
  grid: L.LayerGroup;
  marks: L.LayerGroup;
}

const GRID_PX = 110;
const LINES_MAX = 60;

function at(point: Point): L.LatLngTuple {
  return [point.latitude, point.longitude];
}

/** Newest position with its circle on top; older ones fade with their rank. */
export function drawPositions(
  { marks }: MapLayers,
  points: Array<Point & { uncertaintyM?: number }>,
): void {
  marks.clearLayers();
  const trail = points.map(at);
  L.polyline(trail, { className: "trail", interactive: false, weight: 1.5 }).addTo(marks);
  for (let i = points.length - 1; i >= 1; i--) {
    const fade = Math.max(0.15, 0.7 - i * 0.08);
    const style = { radius: 5, className: "older", interactive: false };
    L.circleMarker(trail[i], { ...style, fillOpacity: fade, opacity: fade }).addTo(marks);
  }
  const newest = points[0];
  if (newest === undefined) return;
  const radius = newest.uncertaintyM ?? 0;
  if (radius > 0) {
    L.circle(trail[0], { radius, className: "ring", interactive: false }).addTo(marks);
  }
  L.circleMarker(trail[0], { radius: 8, className: "newest", interactive: false }).addTo(marks);
}

/** Lines a round number of metres apart, so that distances can be read without tiles. */
export function drawGrid({ map, grid }: MapLayers): void {
  grid.clearLayers();
  const centre = map.getCenter();
  const edge = map.containerPointToLatLng(map.latLngToContainerPoint(centre).add([GRID_PX, 0]));
  const stepM = roundStepM(map.distance(centre, edge));
  const up = stepM / 111_195;
  const along = up / Math.max(0.01, Math.cos((centre.lat * Math.PI) / 180));
  const view = map.getBounds().pad(0.1);
  const line = (ends: L.LatLngTuple[]) =>
    L.polyline(ends, { className: "grid-line", interactive: false, weight: 1 }).addTo(grid);
  const [south, west] = [view.getSouth(), view.getWest()];
  for (let i = 0; i < LINES_MAX; i++) {
    const latitude = (Math.ceil(south / up) + i) * up;
    const longitude = (Math.ceil(west / along) + i) * along;
    if (latitude < view.getNorth())
      line([
        [latitude, west],
        [latitude, view.getEast()],
      ]);
    if (longitude < view.getEast())
      line([
        [south, longitude],
        [view.getNorth(), longitude],
      ]);
  }
  const words = texts.position.grid(distanceWords(stepM));
  map.getContainer().dataset.grid = `${words.zh} ${words.en}`;
}

/** A fixed arrow: the map is never turned. */
export function northArrow(): L.Control {
  const control = new L.Control({ position: "topright" });
  control.onAdd = () => {
    const box = L.DomUtil.create("div", "north");
    box.textContent = `↑ ${texts.position.northUp.zh} ${texts.position.northUp.en}`;
    return box;
  };
  return control;
}
