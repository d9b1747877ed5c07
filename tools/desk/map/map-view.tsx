// The map of one alarm: newest position with its uncertainty, older ones fading, a metre grid.
// Needs no internet: tiles come only from an address that somebody set.
import L from "leaflet";
import { useEffect, useRef } from "preact/hooks";
import type { Tiles } from "../kept.ts";
import { useSay } from "../views/words-view.tsx";
import { texts } from "../words/texts.ts";
import { type Point, toGcj02 } from "./datum.ts";
import { drawGrid, drawPositions, type MapLayers, northArrow } from "./map-layers.ts";
import "leaflet/dist/leaflet.css";

export interface MapPoint extends Point {
  uncertaintyM?: number;
}

interface MapProps {
  /** Whose positions these are: another subject moves the map. */
  subject: string;
  /** Newest first. */
  points: MapPoint[];
  tiles?: Tiles;
}

const TRAIL_M_MAX = 250;
const VIEW_M_MIN = 60;
const ZOOM_MAX = 19;

function placed<P extends Point>(point: P, tiles?: Tiles): P {
  return tiles?.datum === "gcj02" ? { ...point, ...toGcj02(point) } : point;
}

function openMap(box: HTMLElement, tiles: Tiles | undefined): MapLayers {
  const map = L.map(box, { zoomControl: false, attributionControl: false, maxZoom: ZOOM_MAX });
  map.setView([36.65, 117.12], 13);
  const hasTiles = tiles !== undefined && tiles.address !== "";
  if (hasTiles) {
    L.tileLayer(tiles.address, { maxZoom: ZOOM_MAX, className: "tiles" }).addTo(map);
    if (tiles.credit !== "") {
      const credit = L.control.attribution({ prefix: false });
      credit.addAttribution(escaped(tiles.credit)).addTo(map);
    }
  }
  L.control.scale({ imperial: false }).addTo(map);
  northArrow().addTo(map);
  const layers = { map, grid: L.layerGroup().addTo(map), marks: L.layerGroup().addTo(map) };
  if (!hasTiles) map.on("moveend", () => drawGrid(layers));
  return layers;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

function look(layers: MapLayers, points: MapPoint[]): void {
  const centre = points[0];
  if (centre === undefined) return;
  const middle = L.latLng(centre.latitude, centre.longitude);
  const radiusM = Math.max(VIEW_M_MIN, (centre.uncertaintyM ?? 0) * 1.3);
  const bounds = middle.toBounds(2 * radiusM);
  for (const { latitude, longitude } of points) {
    const older = L.latLng(latitude, longitude);
    if (older.distanceTo(middle) < TRAIL_M_MAX) bounds.extend(older);
  }
  layers.map.fitBounds(bounds, { maxZoom: 18, padding: [28, 28], animate: false });
}

export function MapView({ subject, points, tiles }: MapProps) {
  const say = useSay();
  const box = useRef<HTMLDivElement>(null);
  const layers = useRef<MapLayers>(null);
  const moved = useRef(false);
  const tileKey = JSON.stringify(tiles ?? null);
  const onMap = points.map((point) => placed(point, tiles));
  const pointsKey = JSON.stringify(onMap);

  useEffect(() => {
    if (box.current === null) return;
    const opened = openMap(box.current, tiles);
    opened.map.on("dragstart", () => {
      moved.current = true;
    });
    layers.current = opened;
    const watcher = new ResizeObserver(() => opened.map.invalidateSize());
    watcher.observe(box.current);
    return () => {
      watcher.disconnect();
      opened.map.remove();
      layers.current = null;
    };
  }, [tileKey]);

  useEffect(() => {
    moved.current = false;
  }, [subject]);

  useEffect(() => {
    if (layers.current === null) return;
    drawPositions(layers.current, onMap);
    if (!moved.current) look(layers.current, onMap);
  }, [subject, pointsKey, tileKey]);

  const goBack = () => {
    moved.current = false;
    if (layers.current !== null) look(layers.current, onMap);
  };
  const zoom = (by: number) => () => layers.current?.map.zoomIn(by);
  return (
    <div class="map">
      <div ref={box} class="map-box" role="application" aria-label={say(texts.position.map)} />
      <div class="map-acts">
        <button type="button" aria-label={say(texts.position.zoomIn)} onClick={zoom(1)}>
          +
        </button>
        <button type="button" aria-label={say(texts.position.zoomOut)} onClick={zoom(-1)}>
          −
        </button>
        <button
          type="button"
          aria-label={say(texts.position.centre)}
          title={say(texts.position.centre)}
          onClick={goBack}
        >
          ◎
        </button>
      </div>
    </div>
  );
}
