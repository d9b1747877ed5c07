// Floats of CBOR: the number in two, four or eight octets, and its text in diagnostic notation. Pure.

const EXPONENT_BIAS = 15;
const FRACTION_UNITS = 1024;

/** The number in an IEEE 754 float of 2, 4 or 8 octets at `at` [RFC 8949 §3.3]. */
export function floatAt(bytes: Uint8Array, at: number, size: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, size);
  if (size === 8) return view.getFloat64(0);
  return size === 4 ? view.getFloat32(0) : halfOf(view.getUint16(0));
}

/** A float is told from an integer by its point; the shortest digits that give it back follow. */
export function floatText(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  const text = String(value);
  if (!Number.isFinite(value) || text.includes(".")) return text;
  const exponent = text.indexOf("e");
  if (exponent < 0) return `${text}.0`;
  return `${text.slice(0, exponent)}.0${text.slice(exponent)}`;
}

// internal

/** Half precision, which JavaScript can't read by itself [RFC 8949 §D]. */
function halfOf(bits: number): number {
  const sign = bits >= 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / FRACTION_UNITS;
  if (exponent === 0) return sign * fraction * 2 ** (1 - EXPONENT_BIAS);
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction) * 2 ** (exponent - EXPONENT_BIAS);
}
