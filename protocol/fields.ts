// Every field of every message, declared once: unit, bounds, and how it goes over the wire [wire §6].
// Data only. A field is never changed once it is released; a new meaning is a new field.

import { AGE_S, BATTERY_PERCENT, UNCERTAINTY_M } from "./codes.ts";
import {
  CELL_OCTETS,
  CHANGES_MAX,
  CHIP_OCTETS_MAX,
  CODE_MAX,
  COUNT_MAX,
  IMAGE_OCTETS_MAX,
  INT_MAX,
  KEY_OCTETS,
  KID_OCTETS_MAX,
  LATITUDE_MAX,
  LOG_OCTETS_MAX,
  LOG_ROWS_MAX,
  LONGITUDE_MAX,
  NONCE_OCTETS,
  NOTICE_OCTETS_MAX,
  NUMBER_MAX,
  POINT_DELTA_MAX,
  POINTS_MAX,
  SETTING_KEY_MAX,
  SETTING_OCTETS_MAX,
  SETTINGS_MAX,
  TIME_S_MAX,
  VERSION_MAX,
} from "./limits.ts";
import { LIST, OCTETS } from "./list-codec.ts";

/** A point of a track: steps of time, then 1e-5 degree (1.1 m) each way, from the point before. */
const POINT_COLUMNS = [
  { name: "steps", unit: "stepS", min: 1, max: CODE_MAX, octetsMax: 0 },
  { name: "north", unit: "1e-5 degree", min: -POINT_DELTA_MAX, max: POINT_DELTA_MAX, octetsMax: 0 },
  { name: "east", unit: "1e-5 degree", min: -POINT_DELTA_MAX, max: POINT_DELTA_MAX, octetsMax: 0 },
] as const;

/** A setting: its key, and its value as a number or, for texts and addresses, as octets. */
const SETTING_COLUMNS = [
  { name: "key", unit: "key of a setting", min: 0, max: SETTING_KEY_MAX, octetsMax: 0 },
  {
    name: "value",
    unit: "by key",
    min: -1 - INT_MAX,
    max: INT_MAX,
    octetsMax: SETTING_OCTETS_MAX,
  },
] as const;

/** A row of the log: what happened, to which alarm, or 0, and one detail. */
const LOG_COLUMNS = [
  {
    name: "time",
    unit: "s since 2020-01-01T00:00:00Z, or, where it is below a year, s since the start",
    min: 0,
    max: TIME_S_MAX,
    octetsMax: 0,
  },
  { name: "event", unit: "code of event", min: 0, max: SETTING_KEY_MAX, octetsMax: 0 },
  { name: "alarm", unit: "count", min: 0, max: NUMBER_MAX, octetsMax: 0 },
  { name: "detail", unit: "by event", min: -1 - INT_MAX, max: INT_MAX, octetsMax: 0 },
] as const;

/** The alarm's number, born when it was raised; a check-in has its own from the same counter. */
export const NUMBER = {
  name: "number",
  unit: "count",
  min: 0,
  max: NUMBER_MAX,
  needed: true,
  since: 1,
} as const;

/** The number of the alarm that is open on the pager, where one is. */
export const OPEN_NUMBER = {
  name: "number",
  unit: "count",
  min: 0,
  max: NUMBER_MAX,
  since: 1,
} as const;

/**
 * When the key was pressed, or, in what has no press, when it was made. `timeFromNetwork`: said by the
 * operator's network, which is not authenticated, and not by satellites or the platform.
 */
export const TIME = {
  name: "time",
  unit: "s since 2020-01-01T00:00:00Z",
  min: 0,
  max: TIME_S_MAX,
  flag: "timeFromNetwork",
  since: 1,
} as const;

/** When the first point of a track was found: a point of no known time is in no track. */
export const START_TIME = {
  name: "time",
  unit: "s since 2020-01-01T00:00:00Z",
  min: 0,
  max: TIME_S_MAX,
  needed: true,
  flag: "timeFromNetwork",
  since: 1,
} as const;

/** What is left in it. `charging`: it stands on its charger. */
export const BATTERY = {
  name: "battery",
  unit: "%",
  min: 0,
  max: 100,
  flag: "charging",
  table: BATTERY_PERCENT,
  round: "down",
  since: 1,
} as const;

/** Of the position, north positive, WGS-84. Never without the longitude. */
export const LATITUDE = {
  name: "latitude",
  unit: "1e-7 degree",
  min: -LATITUDE_MAX,
  max: LATITUDE_MAX,
  since: 1,
} as const;

/** East positive. Never without the latitude. */
export const LONGITUDE = {
  name: "longitude",
  unit: "1e-7 degree",
  min: -LONGITUDE_MAX,
  max: LONGITUDE_MAX,
  since: 1,
} as const;

/** Of the first point of a track. */
export const START_LATITUDE = {
  name: "latitude",
  unit: "1e-7 degree",
  min: -LATITUDE_MAX,
  max: LATITUDE_MAX,
  needed: true,
  since: 1,
} as const;

/** Of the first point of a track. */
export const START_LONGITUDE = {
  name: "longitude",
  unit: "1e-7 degree",
  min: -LONGITUDE_MAX,
  max: LONGITUDE_MAX,
  needed: true,
  since: 1,
} as const;

/** Radius. `fromCells`: the position is not a fix but made of network cells. */
export const UNCERTAINTY = {
  name: "uncertaintyM",
  unit: "m",
  min: 10,
  max: 50000,
  flag: "fromCells",
  table: UNCERTAINTY_M,
  round: "up",
  since: 1,
} as const;

/** Age of the position when the message was made. */
export const AGE = {
  name: "ageS",
  unit: "s",
  min: 0,
  max: 604801,
  table: AGE_S,
  round: "up",
  since: 1,
} as const;

/** Which zone was left. */
export const ZONE = {
  name: "zone",
  unit: "place in the list of zones",
  min: 0,
  max: CODE_MAX,
  since: 1,
} as const;

/** How long nothing has moved. */
export const STILL = {
  name: "stillS",
  unit: "s",
  min: 0,
  max: 604801,
  table: AGE_S,
  round: "down",
  since: 1,
} as const;

/** Which of the three low levels [N-09]. */
export const LEVEL = {
  name: "level",
  unit: "1 low, 2 very low, 3 last gasp",
  min: 1,
  max: 3,
  since: 1,
} as const;

/**
 * The network's cell by which this was sent: said only where no position is known, or where it is older than ten
 * minutes.
 */
export const CELL = {
  name: "cell",
  kind: OCTETS,
  unit: "octets",
  min: CELL_OCTETS,
  max: CELL_OCTETS,
  since: 2,
} as const;

/** Strength of the signal that the radio last measured. */
export const SIGNAL = {
  name: "signalDbm",
  unit: "dBm",
  min: -140,
  max: -44,
  since: 1,
} as const;

/**
 * A bit for each fault that the pager knows of: storage failed 1, the spare context is in use 2, a
 * beat was missed 4, the key is stuck 8. Bits that a reader doesn't know it passes over.
 */
export const STATE = {
  name: "state",
  unit: "bits",
  min: 0,
  max: INT_MAX,
  needed: true,
  since: 1,
} as const;

/** Version of the settings in use. */
export const SETTINGS = {
  name: "settings",
  unit: "version",
  min: 0,
  max: INT_MAX,
  needed: true,
  since: 1,
} as const;

/** Version of the firmware. */
export const FIRMWARE = {
  name: "firmware",
  unit: "version",
  min: 0,
  max: VERSION_MAX,
  needed: true,
  since: 1,
} as const;

/** The bits of a beat's state, of the whole day. */
export const FAULTS = {
  name: "faults",
  unit: "bits",
  min: 0,
  max: INT_MAX,
  needed: true,
  since: 1,
} as const;

/**
 * Parts that failed the last self-test: key 1, light 2, motor 4, storage 8, GNSS 16, SIM 32,
 * registration 64, round trip 128, sound 256, motion 512, signal 1024.
 */
export const FAILED_PARTS = {
  name: "failed",
  unit: "bits of parts",
  min: 0,
  max: 65535,
  needed: true,
  since: 1,
} as const;

/** Parts that passed; a part in neither was not tested. */
export const PASSED_PARTS = {
  name: "passed",
  unit: "bits of parts",
  min: 0,
  max: 65535,
  needed: true,
  since: 1,
} as const;

/** Days until the battery is empty, by the pager's own model. */
export const DAYS_LEFT = {
  name: "daysLeft",
  unit: "d",
  min: 0,
  max: 3650,
  since: 1,
} as const;

/** Starts since provisioning. Counts stop at their bound. */
export const STARTS = {
  name: "starts",
  unit: "count",
  min: 0,
  max: COUNT_MAX,
  since: 1,
} as const;

/** Exchanges begun. */
export const EXCHANGES = {
  name: "exchanges",
  unit: "count",
  min: 0,
  max: COUNT_MAX,
  since: 1,
} as const;

/** Exchanges that nobody answered. */
export const UNANSWERED = {
  name: "unanswered",
  unit: "count",
  min: 0,
  max: COUNT_MAX,
  since: 1,
} as const;

/** Steps of the modem's recovery. */
export const RECOVERIES = {
  name: "recoveries",
  unit: "count",
  min: 0,
  max: COUNT_MAX,
  since: 1,
} as const;

/** Fixes found. */
export const FIXES = {
  name: "fixes",
  unit: "count",
  min: 0,
  max: COUNT_MAX,
  since: 1,
} as const;

/** Searches that found none. */
export const MISSED_FIXES = {
  name: "missedFixes",
  unit: "count",
  min: 0,
  max: COUNT_MAX,
  since: 1,
} as const;

/** Datagrams that were refused. */
export const REFUSED = {
  name: "refused",
  unit: "count",
  min: 0,
  max: COUNT_MAX,
  since: 1,
} as const;

/** Writes and erases that failed. */
export const STORAGE_FAULTS = {
  name: "storageFaults",
  unit: "count",
  min: 0,
  max: COUNT_MAX,
  since: 1,
} as const;

/** Of the page that was erased most. */
export const WEAR = {
  name: "wear",
  unit: "% of the rated erases",
  min: 0,
  max: 100,
  since: 1,
} as const;

/** Voltage of the battery at rest. */
export const BATTERY_MV = {
  name: "batteryMv",
  unit: "mV",
  min: 0,
  max: 65535,
  since: 1,
} as const;

/** Since the last start. */
export const RUNNING = {
  name: "runningS",
  unit: "s",
  min: 0,
  max: INT_MAX,
  since: 1,
} as const;

/** What the points of a track count their time in. */
export const STEP = {
  name: "stepS",
  unit: "s",
  min: 1,
  max: 86400,
  needed: true,
  since: 1,
} as const;

/** Each point as its distance from the one before [wire §6]. */
export const POINTS = {
  name: "points",
  kind: LIST,
  unit: "rows",
  min: 0,
  max: POINTS_MAX,
  columns: POINT_COLUMNS,
  since: 1,
} as const;

/** How it ended; absent is 0, done. */
export const OUTCOME = {
  name: "outcome",
  unit: "code of outcome",
  min: 0,
  max: CODE_MAX,
  since: 1,
} as const;

/** Of a refused setting its key, of a failure its own number. */
export const DETAIL = {
  name: "detail",
  unit: "by outcome",
  min: 0,
  max: INT_MAX,
  since: 1,
} as const;

/** How long the first fix took. */
export const FIX_TIME = {
  name: "fixS",
  unit: "s",
  min: 0,
  max: 65535,
  since: 1,
} as const;

/** From a datagram to its opened answer. */
export const ROUND_TRIP = {
  name: "roundTripMs",
  unit: "ms",
  min: 0,
  max: INT_MAX,
  since: 1,
} as const;

/** Rows of the log, the oldest first; log-events.ts has the numbers, sdk/log-text.ts the words. */
export const LOG_ROWS = {
  name: "rows",
  kind: LIST,
  unit: "rows",
  min: 0,
  max: LOG_ROWS_MAX,
  needed: true,
  columns: LOG_COLUMNS,
  since: 1,
} as const;

/** The first octets of the SHA-256 of the list of settings as it is encoded. */
export const HASH = {
  name: "hash",
  kind: OCTETS,
  unit: "octets",
  min: 8,
  max: 8,
  needed: true,
  since: 1,
} as const;

/** Keys in ascending order, each with its value. */
export const SETTINGS_LIST = {
  name: "list",
  kind: LIST,
  unit: "rows",
  min: 0,
  max: SETTINGS_MAX,
  needed: true,
  columns: SETTING_COLUMNS,
  since: 1,
} as const;

/** Which hardware it is. */
export const BOARD = {
  name: "board",
  unit: "code of board",
  min: 0,
  max: CODE_MAX,
  needed: true,
  since: 1,
} as const;

/** What the processor's maker burned into it. */
export const CHIP = {
  name: "chip",
  kind: OCTETS,
  unit: "octets",
  min: 4,
  max: CHIP_OCTETS_MAX,
  needed: true,
  since: 1,
} as const;

/** The number of the SIM card. Long identifiers stay text: as numbers they lose digits. */
export const ICCID = {
  name: "iccid",
  kind: OCTETS,
  unit: "octets of ASCII digits",
  min: 0,
  max: 20,
  since: 1,
} as const;

/** The number of the modem; it opens nothing. */
export const IMEI = {
  name: "imei",
  kind: OCTETS,
  unit: "octets of ASCII digits",
  min: 0,
  max: 16,
  since: 1,
} as const;

/** The platform's clock. */
export const PLATFORM_TIME = {
  name: "time",
  unit: "s since 2020-01-01T00:00:00Z",
  min: 0,
  max: TIME_S_MAX,
  needed: true,
  since: 1,
} as const;

/** One of the words. */
export const WHAT = {
  name: "what",
  unit: "word",
  min: 0,
  max: CODE_MAX,
  needed: true,
  since: 1,
} as const;

/** Of the word "time" seconds since 2020, of words about an alarm its number, of commands their id. */
export const VALUE = {
  name: "value",
  unit: "by word",
  min: 0,
  max: INT_MAX,
  needed: true,
  since: 1,
} as const;

/** The command's own number: its one result names it [wire §4.5]. */
export const ID = {
  name: "id",
  unit: "count",
  min: 1,
  max: NUMBER_MAX,
  needed: true,
  since: 1,
} as const;

/** How long to go on with it; absent: as the settings say. */
export const SPAN = {
  name: "forS",
  unit: "s",
  min: 0,
  max: 86400,
  since: 1,
} as const;

/** What the wearer is told. */
export const NOTICE = {
  name: "notice",
  unit: "code of notice",
  min: 0,
  max: CODE_MAX,
  needed: true,
  since: 1,
} as const;

/** The same in words, for boards that can show or say them. */
export const NOTICE_TEXT = {
  name: "text",
  kind: OCTETS,
  unit: "octets of UTF-8",
  min: 0,
  max: NOTICE_OCTETS_MAX,
  since: 1,
} as const;

/** What changes: all of it or nothing. */
export const CHANGED_LIST = {
  name: "list",
  kind: LIST,
  unit: "rows",
  min: 1,
  max: CHANGES_MAX,
  needed: true,
  columns: SETTING_COLUMNS,
  since: 1,
} as const;

/** What to test; absent: all that the board has. */
export const PARTS = {
  name: "parts",
  unit: "bits of parts",
  min: 0,
  max: 65535,
  since: 1,
} as const;

/** Length of the image. */
export const IMAGE_OCTETS = {
  name: "octets",
  unit: "octets",
  min: 1,
  max: IMAGE_OCTETS_MAX,
  needed: true,
  since: 1,
} as const;

/** SHA-256 of the image; its first 8 octets are the ETag of the blocks. */
export const IMAGE_HASH = {
  name: "hash",
  kind: OCTETS,
  unit: "octets",
  min: 32,
  max: 32,
  needed: true,
  since: 1,
} as const;

/** So much of the newest of the log; absent: all. */
export const LOG_OCTETS = {
  name: "octets",
  unit: "octets",
  min: 1,
  max: LOG_OCTETS_MAX,
  since: 1,
} as const;

/** Where the new context goes. */
export const SLOT = {
  name: "slot",
  unit: "0 or 1",
  min: 0,
  max: 1,
  needed: true,
  since: 1,
} as const;

/** The pager's key identifier under the new context. */
export const KID = {
  name: "kid",
  kind: OCTETS,
  unit: "octets",
  min: 3,
  max: KID_OCTETS_MAX,
  needed: true,
  since: 1,
} as const;

/** Of an alarm that nobody answers: the key identifier under which it was raised, when asked under another. */
export const RAISED_UNDER = {
  name: "raisedUnder",
  kind: OCTETS,
  unit: "octets",
  min: 3,
  max: KID_OCTETS_MAX,
  since: 1,
} as const;

/** The platform's. */
export const PLATFORM_ID = {
  name: "platformId",
  kind: OCTETS,
  unit: "octets",
  min: 1,
  max: KID_OCTETS_MAX,
  needed: true,
  since: 1,
} as const;

/** What the pager seals with. */
export const SENDER_KEY = {
  name: "senderKey",
  kind: OCTETS,
  unit: "octets",
  min: KEY_OCTETS,
  max: KEY_OCTETS,
  needed: true,
  since: 1,
} as const;

/** What it opens with. */
export const RECIPIENT_KEY = {
  name: "recipientKey",
  kind: OCTETS,
  unit: "octets",
  min: KEY_OCTETS,
  max: KEY_OCTETS,
  needed: true,
  since: 1,
} as const;

/** What both nonces are made from. */
export const COMMON_IV = {
  name: "commonIv",
  kind: OCTETS,
  unit: "octets",
  min: NONCE_OCTETS,
  max: NONCE_OCTETS,
  needed: true,
  since: 1,
} as const;
