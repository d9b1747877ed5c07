// Addresses that a token may be sent to: by TLS anywhere, in the open on one's own machine only.
// Pure; an address is never repeated in an error, because it may hold a secret.

/** Undefined for every other one, and for what is no address. */
export function privateUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHere = url !== undefined && /^(127\.0\.0\.1|\[::1\]|localhost)$/.test(url.hostname);
  return url?.protocol === "https:" || (url?.protocol === "http:" && isHere) ? url : undefined;
}
