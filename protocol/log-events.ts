// What a pager's log says, as numbers: an event, the alarm it speaks of, and one detail.
// Numbers only, so that no text lies in the pager; what they mean in words is for sdk/log-text.ts.

/** A row of the log is never given another meaning: an older pager still says the old one. */
export const LOG_STARTED = 1;
export const LOG_BLANK = 2;
export const LOG_HELD_BLANK = 3;
export const LOG_RAISED = 4;
export const LOG_HELD_AGAIN = 5;
export const LOG_MISTAKE = 6;
export const LOG_STAGE = 7;
export const LOG_RESUMED = 8;
export const LOG_SENT = 9;
export const LOG_NO_SLOT = 10;
export const LOG_DELIVERED = 11;
export const LOG_CHECK_IN_JOINS = 12;
export const LOG_CHECK_IN = 13;
export const LOG_SLOT_DROPPED = 14;
export const LOG_RADIO = 15;
export const LOG_BEAT_MISSED = 16;
export const LOG_BEAT_ANSWERED = 17;
export const LOG_STORAGE = 18;
export const LOG_REFUSED = 19;
export const LOG_CUE = 20;
export const LOG_BESIDE = 50;
export const LOG_TEXT = 51;
export const LOG_TEXTED = 52;
export const LOG_CALL = 53;
export const LOG_COMMAND = 70;
export const LOG_SETTINGS = 71;
export const LOG_RENEWED = 72;
/** The alarm's number from here on; the detail is the one before. */
export const LOG_ANEW = 73;
/** The same of a check-in, and of a call that isn't in hand. */
export const LOG_CHECK_IN_ANEW = 74;
export const LOG_BESIDE_ANEW = 75;

/** An update: the stage that it goes to. */
export const LOG_UPDATE = 76;

export const LOG_KEY_STUCK = 30;
export const LOG_CLICKS_LEFT = 31;
export const LOG_BATTERY_LEVEL = 32;
/** A detail holds the order's word × 8 and its outcome. */
export const LOG_ORDER = 33;
export const LOG_CONSOLE = 34;
/** Why no card can be used, as a modem numbers it; 0: it can be again. */
export const LOG_CARD = 35;

/** Why a datagram was refused, behind the faults of fault.ts, which come first. */
export const WHY_ANSWER = 40;
export const WHY_TOKEN = 41;
export const WHY_NO_KID = 42;
export const WHY_KID = 43;
export const WHY_OLD = 44;
export const WHY_UNFRESH = 45;
export const WHY_OBEYED = 46;
export const WHY_PATH = 47;
export const WHY_WORD = 48;
export const WHY_CODE = 49;
/** A detail holds the kind of refusal times this, and why. */
export const WHY_MAX = 100;
/** A detail holds the word of a command times this, and its outcome. */
export const OUTCOMES_MAX = 32;
/** A detail holds letter, exchange and copy: (letter × this + exchange) × this + copy. */
export const TRY_MAX = 1000;
