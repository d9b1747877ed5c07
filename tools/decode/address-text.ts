// Addresses of IPv4 and IPv6 as text, the latter in its shortest form [RFC 5952 §4]. Pure.

export function addressText(octets: Uint8Array): string {
  return octets.length === 4 ? octets.join(".") : longText(octets);
}

/** Address and port; brackets keep the colons of IPv6 apart from the port's. */
export function endText(address: string, port: number): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

// internal

function longText(octets: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) => octets[2 * i] * 256 + octets[2 * i + 1]);
  const [from, to] = zerosOf(groups);
  const hex = (list: number[]) => list.map((group) => group.toString(16)).join(":");
  if (to - from < 2) return hex(groups);
  return `${hex(groups.slice(0, from))}::${hex(groups.slice(to))}`;
}

/** The first of the longest runs of zeros. */
function zerosOf(groups: number[]): [number, number] {
  let best: [number, number] = [0, 0];
  let from = 0;
  groups.forEach((group, i) => {
    if (group !== 0) from = i + 1;
    else if (i + 1 - from > best[1] - best[0]) best = [from, i + 1];
  });
  return best;
}
