// NMEA sentences for tests: with their checksums, and with places as whole numbers round them.
// Knows nothing of the decoder.

/** A sentence with its checksum, without the end of its line. */
export function sentence(body: string): string {
  let sum = 0;
  for (const letter of body) sum ^= letter.charCodeAt(0);
  return `$${body}*${sum.toString(16).padStart(2, "0").toUpperCase()}`;
}

/** `ddmm.mmmm` and its half as 1e-7 degree by whole numbers alone, rounded half away from zero. */
export function exactSeven(text: string, half: string): number {
  const [whole, part = ""] = text.split(".");
  const tens = 10n ** BigInt(part.length);
  const minutes = BigInt(whole.slice(-2)) * tens + BigInt(part || "0");
  const numerator = BigInt(whole.slice(0, -2)) * 60n * tens + minutes;
  const value = (numerator * 20000000n + 60n * tens) / (120n * tens);
  return half === "S" || half === "W" ? -Number(value) : Number(value);
}
