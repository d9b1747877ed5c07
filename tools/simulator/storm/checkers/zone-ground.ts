// Zones as people write them, and how far a true place is outside one: by plain geometry of its own.
// Shares no line with the pager's, which counts in whole numbers.

export interface Spot {
  /** In 1e-7 degree. */
  readonly latitude: number;
  readonly longitude: number;
}

export interface Zone {
  readonly corners: readonly Spot[];
  /** Of a circle around the one corner; 0 of a polygon. */
  readonly radiusM: number;
}

const METRES_PER_UNIT = 111320 / 1e7;
const TURN = 3600000000;

const spotOf = (latitude: string, longitude: string): Spot => ({
  latitude: Math.round(Number(latitude) * 1e7),
  longitude: Math.round(Number(longitude) * 1e7),
});

/** Undefined for "", which is no zone. */
export function zoneOf(text: string): Zone | undefined {
  if (text === "") return undefined;
  const parts = text.split(" ").map((part) => part.split(","));
  const corners = parts.map(([latitude, longitude]) => spotOf(latitude, longitude));
  return { corners, radiusM: Number(parts[0][2] ?? 0) };
}

/** Metres north and east of the spot, by the short way round. */
function offset(from: Spot, to: Spot): [number, number] {
  const turned = (((to.longitude - from.longitude + TURN / 2) % TURN) + TURN) % TURN;
  const shrink = Math.cos((from.latitude / 1e7) * (Math.PI / 180));
  return [
    (to.latitude - from.latitude) * METRES_PER_UNIT,
    (turned - TURN / 2) * METRES_PER_UNIT * shrink,
  ];
}

/** From the origin to the nearest place of the edge between two others. */
function edgeM([n, e]: [number, number], [toN, toE]: [number, number]): number {
  const [up, right] = [toN - n, toE - e];
  const square = up * up + right * right;
  const along = square === 0 ? 0 : Math.max(0, Math.min(1, -(n * up + e * right) / square));
  return Math.hypot(n + along * up, e + along * right);
}

/** Metres to its edge: more than 0 outside, less inside. */
export function outsideM({ corners, radiusM }: Zone, spot: Spot): number {
  const points = corners.map((corner) => offset(spot, corner));
  if (radiusM > 0) return Math.hypot(...points[0]) - radiusM;
  let nearM = Infinity;
  let isInside = false;
  points.forEach((one, at) => {
    const next = points[(at + 1) % points.length];
    nearM = Math.min(nearM, edgeM(one, next));
    if (one[0] > 0 === next[0] > 0) return;
    const crossesAt = one[1] - (one[0] * (next[1] - one[1])) / (next[0] - one[0]);
    if (crossesAt > 0) isInside = !isInside;
  });
  return isInside ? -nearM : nearM;
}
