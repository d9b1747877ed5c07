// Every setting of a pager, declared once: key, name, unit, bounds, and what holds until it is changed.
// Data only. A key never gets another meaning; names and units are read by hosts and documents.

/** Keys of numbers, as firmware asks for them; of texts the first, the last, and the first phone number. */
export const HOLD_MS_KEY = 1;
export const BEAT_S_KEY = 2;
export const REPORT_S_KEY = 3;
export const REPORT_LATER_S_KEY = 4;
export const REPORT_OFTEN_S_KEY = 5;
export const SMS_AFTER_S_KEY = 6;
export const CONTACTS_AFTER_S_KEY = 7;
export const VOICE_AFTER_S_KEY = 8;
export const LOW_PERCENT_KEY = 9;
export const LOWER_PERCENT_KEY = 10;
export const LAST_PERCENT_KEY = 11;
export const UTC_OFFSET_MIN_KEY = 12;
export const DAY_FROM_H_KEY = 13;
export const DAY_TO_H_KEY = 14;
export const RING_S_KEY = 15;
export const PRESS_TEST_S_KEY = 16;
export const LOCATE_S_KEY = 17;
export const LANGUAGE_KEY = 18;
export const TRACK_S_KEY = 19;
export const ZONE_S_KEY = 20;
export const ZONE_SLACK_M_KEY = 21;
export const ZONE_DWELL_S_KEY = 22;
export const PROFILE_KEY = 23;
export const STILL_S_KEY = 24;
export const FALL_GRACE_S_KEY = 25;
export const NUMBERS = 25;
export const TEXT_KEY_MIN = 64;
export const APN_KEY = 66;
export const PLATFORM_NUMBER_KEY = 67;
export const CONTACT_KEY_MIN = 68;
/** Contacts, one key behind the other. */
export const CONTACTS = 5;
export const DESK_NUMBER_KEY = 73;
/** Zones, one key behind the other, as octets by zone-shape.ts. */
export const ZONE_KEY_MIN = 74;
export const ZONES = 4;
/** Host and port; looked up beside the addresses and never before them. */
export const NAME_KEY = 78;
/** What the name led to: a pager sets this one itself. */
export const FOUND_KEY = 79;
/** Where assistance data of the satellite receiver lies; "" fetches none. */
export const ASSISTANCE_KEY = 80;
export const TEXTS = 17;
/** What an access point name may have: it stands in quotes in a command of the modem. */
export const APN_OCTETS_MAX = 63;
export const PHONE_DIGITS_MIN = 3;
export const PHONE_DIGITS_MAX = 20;

/** Of each number, from key 1 on: least, most, and what holds until it is changed. */
export const NUMBER_BOUNDS: readonly number[] = [
  1000, 5000, 3000, 3600, 86400, 43200, 10, 600, 30, 30, 3600, 120, 60, 7200, 600, 10, 600, 30, 30,
  3600, 60, 30, 3600, 90, 5, 50, 20, 3, 30, 10, 1, 15, 5, -720, 840, 480, 0, 23, 8, 1, 24, 20, 5,
  300, 30, 30, 600, 120, 30, 3600, 300, 0, 1, 0, 0, 3600, 0, 60, 86400, 300, 0, 1000, 50, 10, 3600,
  120, 0, 1, 1, 0, 86400, 0, 0, 120, 0,
];

/** Three by three: the number of the first key and this much more is at most that of the second. */
export const RELATIONS: readonly number[] = [10, 1, 9, 11, 1, 10, 6, 0, 7, 13, 1, 14];

export interface SettingName {
  readonly key: number;
  readonly name: string;
  readonly unit: string;
}

/** By key, ascending. */
export const SETTING_NAMES: readonly SettingName[] = [
  { key: 1, name: "holdMs", unit: "ms" },
  { key: 2, name: "beatS", unit: "s" },
  { key: 3, name: "reportS", unit: "s" },
  { key: 4, name: "reportLaterS", unit: "s" },
  { key: 5, name: "reportOftenS", unit: "s" },
  { key: 6, name: "smsAfterS", unit: "s" },
  { key: 7, name: "contactsAfterS", unit: "s" },
  { key: 8, name: "voiceAfterS", unit: "s" },
  { key: 9, name: "lowPercent", unit: "%" },
  { key: 10, name: "lowerPercent", unit: "%" },
  { key: 11, name: "lastPercent", unit: "%" },
  { key: 12, name: "utcOffsetMin", unit: "min" },
  { key: 13, name: "dayFromH", unit: "h" },
  { key: 14, name: "dayToH", unit: "h" },
  { key: 15, name: "ringS", unit: "s" },
  { key: 16, name: "pressTestS", unit: "s" },
  { key: 17, name: "locateS", unit: "s" },
  { key: 18, name: "language", unit: "0 zh, 1 en" },
  { key: 19, name: "trackS", unit: "s; 0 none" },
  { key: 20, name: "zoneS", unit: "s" },
  { key: 21, name: "zoneSlackM", unit: "m" },
  { key: 22, name: "zoneDwellS", unit: "s" },
  { key: 23, name: "profile", unit: "0 beat, 1 reachable" },
  { key: 24, name: "stillS", unit: "s; 0 never" },
  { key: 25, name: "fallGraceS", unit: "s; 0 never" },
  { key: 64, name: "address1", unit: "ip:port" },
  { key: 65, name: "address2", unit: "ip:port" },
  { key: 66, name: "apn", unit: "name" },
  { key: 67, name: "platformNumber", unit: "phone number" },
  { key: 68, name: "contact1", unit: "phone number" },
  { key: 69, name: "contact2", unit: "phone number" },
  { key: 70, name: "contact3", unit: "phone number" },
  { key: 71, name: "contact4", unit: "phone number" },
  { key: 72, name: "contact5", unit: "phone number" },
  { key: 73, name: "deskNumber", unit: "phone number" },
  { key: 74, name: "zone1", unit: "zone" },
  { key: 75, name: "zone2", unit: "zone" },
  { key: 76, name: "zone3", unit: "zone" },
  { key: 77, name: "zone4", unit: "zone" },
  { key: 78, name: "platformName", unit: "host:port" },
  { key: 79, name: "foundAddress", unit: "ip:port; by the pager itself" },
  { key: 80, name: "assistanceUrl", unit: "http address" },
];
