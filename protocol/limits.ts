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

/** The largest number of the wire: what a signed 32-bit integer holds. */
export const INT_MAX = 2147483647;

/** Counters of a health report stop here: three octets of CBOR. */
export const COUNT_MAX = 65535;

/** Versions of firmware: as many as numbers. */
export const VERSION_MAX = 16777215;

/** Points of one track: all of them fit one datagram. */
export const POINTS_MAX = 32;
/** 0.65 degrees in one step: what CBOR puts into three octets. */
export const POINT_DELTA_MAX = 65535;

/** Settings of one message, their keys (two octets of CBOR), and the octets of one value. */
export const SETTINGS_MAX = 64;
/** Of one change, which is one datagram even if each value is as long as can be. */
export const CHANGES_MAX = 16;
export const SETTING_KEY_MAX = 255;
export const SETTING_OCTETS_MAX = 64;

/** The cell of a report: 3 octets of radio and network, 4 of the cell itself. */
export const CELL_OCTETS = 7;

export const CHIP_OCTETS_MAX = 16;
export const NOTICE_OCTETS_MAX = 160;
/** The log of a pager is a ring; this is all of it. */
export const LOG_OCTETS_MAX = 8192;
/** Rows of one log. */
export const LOG_ROWS_MAX = 128;
/** Larger than any board's room for an image. */
export const IMAGE_OCTETS_MAX = 524288;

/** Codes of tables and of words: what CBOR puts into one octet. */
export const CODE_MAX = 23;

/** One SMS: octets, or characters of seven bits (3GPP TS 23.040 §9.2.3.24). */
export const SMS_OCTETS_MAX = 140;
export const SMS_TEXT_MAX = 160;
/** Octets whose base64 fits one text SMS behind its mark. */
export const SMS_TEXT_OCTETS_MAX = 117;
/** Digits of a phone number in ten octets (3GPP TS 23.040 §9.1.2.5). */
export const SMS_DIGITS_MAX = 20;
/** The longest of ours: service centre 12, head of a SUBMIT 24, content. */
export const SMS_PDU_OCTETS_MAX = 176;

/** Of a serial line behind its mark: base64 of the largest datagram, star, checksum. */
export const SERIAL_BODY_MAX = 1712;

/** Bodies that no datagram holds go in blocks of 2^(5 + 4) octets [RFC 7959 §2.2, wire §6]. */
export const BLOCK_EXPONENT = 5;
export const BLOCK_OCTETS = 512;
/** Exponent 7 is reserved; a number fills 20 bits. */
export const BLOCK_EXPONENT_MAX = 6;
export const BLOCK_NUMBER_MAX = 1048575;
/** A log with its heads, up to the next whole block. */
export const BODY_OCTETS_MAX = 8704;
export const ETAG_OCTETS_MAX = 8;
export const REQUEST_TAG_OCTETS_MAX = 8;
/** A body that begins anew so often, or a block that is asked for so often in a row, ends. */
export const BODY_RESTARTS_MAX = 4;
export const BLOCK_REPEATS_MAX = 16;
