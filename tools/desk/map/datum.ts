// Shift from WGS-84 to GCJ-02, the datum of most Chinese map tiles. Pure; never touches what is stored.
// Without it a wearer stands some 500 m off on such a map. Outside China the two are the same.

export interface Point {
  /** Degrees, north positive. */
  latitude: number;
  /** Degrees, east positive. */
  longitude: number;
}

const AXIS_M = 6378245;
const ECCENTRICITY_SQUARED = 0.006693421622965943;

function wave(angle: number, period: number): number {
  return Math.sin((angle * Math.PI) / period);
}

/** The three sines that both directions share, weighted as the datum defines them. */
function waves(x: number, along: number, far: number[]): number {
  const shared = (20 * wave(x, 1 / 6) + 20 * wave(x, 0.5)) * (2 / 3);
  const near = (20 * wave(along, 1) + 40 * wave(along, 3)) * (2 / 3);
  return shared + near + (far[0] * wave(along, far[2]) + far[1] * wave(along, far[3])) * (2 / 3);
}

function northM(x: number, y: number): number {
  const root = 0.2 * Math.sqrt(Math.abs(x));
  return -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + root + waves(x, y, [160, 320, 12, 30]);
}

function eastM(x: number, y: number): number {
  const root = 0.1 * Math.sqrt(Math.abs(x));
  return 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + root + waves(x, x, [150, 300, 12, 30]);
}

function isInChina({ latitude, longitude }: Point): boolean {
  return longitude >= 72.004 && longitude <= 137.8347 && latitude >= 0.8293 && latitude <= 55.8271;
}

/** The same ground in GCJ-02; a point outside China is handed back as it is. */
export function toGcj02(point: Point): Point {
  if (!isInChina(point)) return point;
  const x = point.longitude - 105;
  const y = point.latitude - 35;
  const radians = (point.latitude * Math.PI) / 180;
  const bend = 1 - ECCENTRICITY_SQUARED * Math.sin(radians) ** 2;
  const meridianM = (AXIS_M * (1 - ECCENTRICITY_SQUARED)) / bend ** 1.5;
  const parallelM = (AXIS_M / Math.sqrt(bend)) * Math.cos(radians);
  return {
    latitude: point.latitude + (northM(x, y) * 180) / (meridianM * Math.PI),
    longitude: point.longitude + (eastM(x, y) * 180) / (parallelM * Math.PI),
  };
}
