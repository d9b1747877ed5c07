// Positions as an operator reads them aloud: latitude and longitude, uncertainty, distance. Pure.
import type { Cell, Position } from "../../../sdk/events.ts";
import type { Point } from "../map/datum.ts";
import { texts } from "./texts.ts";
import { join, same, type Words } from "./words.ts";

const EARTH_M = 6_371_000;
const DEGREES_PER_UNIT = 1e-7;

/** Degrees from the 1e-7 degree of the wire [wire §6]. */
export function toDegrees(units: number): number {
  return units * DEGREES_PER_UNIT;
}

/** Latitude and longitude with five places, about a metre: `36.67512° N, 117.03721° E`. */
export function coordinateWords(point: Point): Words {
  const { latitude, longitude } = point;
  const p = texts.position;
  const up = (latitude < 0 ? p.south : p.north)(Math.abs(latitude).toFixed(5));
  const along = (longitude < 0 ? p.west : p.east)(Math.abs(longitude).toFixed(5));
  return { zh: `${up.zh}，${along.zh}`, en: `${up.en}, ${along.en}` };
}

const RADIOS: Readonly<Record<Cell["radio"], string>> = {
  gsm: "GSM",
  lte: "LTE",
  lteM: "LTE-M",
  nbIot: "NB-IoT",
};

/** A cell as a network's staff know it: `460-00, 43679220, LTE-M`, of GSM with its area. */
export function cellWords({ radio, mcc, mnc, area, id }: Cell): Words {
  const numbers = same(`${mcc}-${mnc}`);
  const areas = area === undefined ? [] : [texts.position.cellArea(`${area}`)];
  return join([numbers, ...areas, same(`${id}`), same(RADIOS[radio])], ", ");
}

/** Metres below one kilometre, then kilometres with one place below ten. */
export function distanceWords(meters: number): Words {
  if (meters < 1000) return texts.position.meters(`${Math.round(meters)}`);
  const kilometers = meters / 1000;
  return texts.position.kilometers(kilometers.toFixed(kilometers < 10 ? 1 : 0));
}

/** Great-circle distance in metres. */
export function distanceM(a: Point, b: Point): number {
  const radians = Math.PI / 180;
  const up = Math.sin(((b.latitude - a.latitude) * radians) / 2);
  const along = Math.sin(((b.longitude - a.longitude) * radians) / 2);
  const cosines = Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians);
  return 2 * EARTH_M * Math.asin(Math.sqrt(up * up + cosines * along * along));
}

/** Source and uncertainty in one breath, for a row: `卫星定位 ±25 米`. */
export function placeWords(position: Position | undefined): Words {
  if (position === undefined) return texts.position.none;
  const source = texts.position[position.source];
  if (position.uncertaintyM === undefined) return source;
  return join([source, texts.position.within(distanceWords(position.uncertaintyM))], " ");
}

/** A round number of metres (1, 2 or 5 times a power of ten) nearest below or at `meters`. */
export function roundStepM(meters: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, meters)));
  const lead = Math.max(1, meters) / power;
  return power * (lead >= 5 ? 5 : lead >= 2 ? 2 : 1);
}
