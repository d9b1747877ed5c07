// Every bound of the wire in one place; test/protocol/limits.test.ts holds how they relate.
// Numbers only: nothing is computed here and nothing depends on a platform.

/** Larger datagrams are refused unread: no carrier of ours passes more without cutting it. */
export const DATAGRAM_OCTETS_MAX = 1280;

/** Our packets have three options at most; the rest is room for proxies and later versions. */
export const OPTION_COUNT_MAX = 16;

/** [RFC 7252 §3] */
export const TOKEN_OCTETS_MAX = 8;

/** AES-CCM-16-64-128 [RFC 9053 §4.2]. */
export const KEY_OCTETS = 16;
export const NONCE_OCTETS = 13;
export const TAG_OCTETS = 8;

/** A key id fills what the nonce leaves beside length and PIV: 13 - 6 [RFC 8613 §3.3]. */
export const KID_OCTETS_MAX = 7;

/** The RFC allows five; three last 16.7 million messages, a century at one a few minutes. */
export const PIV_OCTETS_MAX = 3;
export const PIV_MAX = 16777215;

/** Numbers that stay admitted behind the highest one [wire §1.6]. */
export const REPLAY_WINDOW = 128;

/** An alarm number comes from the same counter as the PIV, so it has the same bound. */
export const NUMBER_MAX = 16777215;

/** Seconds since 2020-01-01T00:00:00Z in a signed 32-bit number: until 2088. */
export const TIME_S_MAX = 2147483647;

/** Degrees × 10^7. */
export const LATITUDE_MAX = 900000000;
export const LONGITUDE_MAX = 1800000000;

/** Codes of tables and of words: what CBOR puts into one octet. */
export const CODE_MAX = 23;
