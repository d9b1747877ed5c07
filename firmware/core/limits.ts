// Every bound and span of the pager's decisions in one place; test/firmware/limits.test.ts holds
// how they relate. Numbers only: nothing is computed here.

/** Storage pages: two of each, used in turn [pager §1.1]. */
export const PAGE_OCTETS = 4096;
export const PAGES_IDENTITY = 0;
export const PAGES_JOURNAL = 2;

/** Below this the journal moves to its other page as soon as nothing goes on: room for an alarm. */
export const ROOM_OCTETS_MIN = 1280;
/** The last octets of a page, kept for calls for help and numbers: no erase stands before them. */
export const CALL_OCTETS = 768;
/** Quiet time before that move, and before a torn page is left: not in a boot loop [pager §2.3]. */
export const QUIET_MS = 60000;
/** No erase below this voltage [pager §1.2]. */
export const ERASE_MV_MIN = 3500;
/** What the maker of the flash promises for one page. */
export const ERASES_RATED = 10000;
/** Pause before a failed page is tried a third time; four times as long each time, at most an hour. */
export const STORAGE_RETRY_MS = 1000;
export const STORAGE_RETRY_MS_MAX = 3600000;

/**
 * A start below this voltage and without a charger is noted, until its radio has run for a
 * minute. From the third such start in a row on the modem waits: 5 s, 10, 20 ..., but 2 s with an alarm open.
 */
export const WEAK_MV = 3700;
export const SHORT_RUN_MS = 60000;
export const SHORT_RUNS_MIN = 3;
export const RADIO_WAIT_MS = 5000;
export const RADIO_WAITS = 4;
export const RADIO_WAIT_MS_MAX = 60000;
export const RADIO_WAIT_MS_ALARM = 2000;

/** Numbers reserved at once, and how many of them must stay ahead [wire §1.4]. */
export const RESERVE_COUNT = 512;
export const RESERVE_COUNT_MIN = 256;
/** Left out at a start whose journal may have lost a reservation: more than a bad hour uses. */
export const SKIP_COUNT = 1024;
/** The other slot is used when fewer than this are left of the 24 bits. */
export const NUMBERS_LEFT_MIN = 4096;

/** Edges closer than this are bounce; the final level wins. */
export const BOUNCE_MS = 30;
/** The tick while the key is down. */
export const TICK_MS = 500;
/** Nobody holds so long: the key is stuck, and counts again once it was up for so long. */
export const STUCK_MS = 120000;
export const FREE_MS = 1000;
/** Clicks are counted after so much quiet [pager §3]. */
export const CLICK_QUIET_MS = 600;
export const CHECKIN_CLICKS_MAX = 3;
export const MISTAKE_CLICKS = 3;
/** So many trains of clicks say something in this span: water in a key clicks for hours. */
export const TRAINS_MAX = 6;
export const TRAINS_MS = 600000;

/** The longest cue, and quiet behind it: a cue that can wait stays away for so long. */
export const CUE_MS = 4500;
/** A lost link is told again after so long; by night one looks so often whether it is day. */
export const LOST_AGAIN_MS = 7200000;
export const LOOK_MS = 1800000;
/** A level of the battery holds until it is so far above, and is new again behind such a charge. */
export const LEVEL_SLACK_PERCENT = 3;
export const CHARGED_MS = 600000;
/** A ring sounds so often; a press test asks so often, and a test's hold so long is an alarm. */
export const RING_MS = 3000;
export const PRESS_TEST_CUE_MS = 10000;
export const PRESS_TEST_HELP_MS = 10000;
/** A self-test waits so long for the key and the platform. */
export const SELF_TEST_S = 60;
/** A signal below minus this fails it: there Android's "moderate" begins (CarrierConfigManager). */
export const SIGNAL_MINUS_DBM_MAX = 118;
/** A console that a hold has opened. */
export const CONSOLE_MS = 600000;

/** Pulse while an alarm is under way; after the first minute an urgent one instead. */
export const PULSE_MS = 5000;
export const URGENT_AFTER_MS = 60000;
export const URGENT_PULSE_MS = 15000;

/** Something leaves at least every 25 s while an alarm is open [wire §4.1]; one second is slack. */
export const POLL_MS = 24000;
/** Between two polls that a word asked for which could not be shown fresh [wire §4.4]. */
export const UNFRESH_POLL_MS = 2000;
/** A word that changes nothing any more gets its result again only after this span. */
export const RESULT_AGAIN_MS = 20000;

/** A sealed text that the network took is not followed by another one sooner [wire §5]. */
export const SMS_AGAIN_MS = 120000;
/** A text that the modem didn't get rid of is tried again behind this. */
export const TEXT_AGAIN_MS = 30000;
/** So long a call rings, and so long is the pause behind the last number. */
export const CALL_MS = 60000;
export const CALL_AGAIN_MS = 120000;
/** To each contact for one alarm. */
export const CONTACT_TRIES_MAX = 2;
/** Of the time between a hold and the start that found it, no more counts. */
export const BEFORE_S_MAX = 3600;
/** What two readings of clocks of whole seconds, each set by somebody else, differ by. */
export const ROUNDED_S = 3;

/** What waits at most, calls for help apart. Beyond these one joins the newest one that waits. */
export const OUTBOX_MAX = 16;
export const CHECKINS_MAX = 4;
export const HOLDS_MAX = 4;
/** A new way to the platform that nobody answers goes back after this, sooner with an alarm open. */
export const TRIAL_MS = 600000;
export const TRIAL_MS_ALARM = 120000;
/** An address behind the platform's name where nobody answers is dropped; a name is asked each day. */
export const FOUND_MS = 93600000;
/** The radio looks after assistance data of its receiver so often. */
export const ASSISTANCE_H = 72;
/** An update begins again behind so much calm, in so many attempts; so many unanswered exchanges end one. */
export const UPDATE_CALM_MS = 60000;
export const UPDATE_BEGINS_MAX = 16;
export const UPDATE_TRIES_MAX = 5;
/** A new image proves itself for so long; one that doesn't goes back as a new way does. */
export const UPDATE_PROVE_MS = 60000;
/** From the result of a restart to the restart: the answer to the command leaves first. */
export const RESTART_MS = 2000;
/** Rows of the log that are kept in memory, and the octets of them that go at once. */
export const LOG_ROWS = 64;
export const LOG_OCTETS = 900;
/** New keys are tried so often soon, then seldom, and given up after a day. */
export const PROBE_MS = 30000;
export const PROBES_SOON = 5;
export const PROBE_MS_LATER = 3600000;
export const PROBES_MAX = 29;
/** Exchanges that nobody answers before the platform is asked under the other context. */
export const ASK_OTHER_MISSES = 2;
/** Counts are written with every page turn, and behind a beat, but not more often than this. */
export const COUNTS_MS = 86400000;
/** Commands that are remembered with their results [wire §4.5]. */
export const COMMANDS_MAX = 8;
/** Exchanges whose late answers still count: four minutes of them, for what went as a text. */
export const ORIGINS_MAX = 8;

/** First beat after the radio is ready; with a radio that is not ready, and after a miss. */
export const BEAT_FIRST_MS = 30000;
export const BEAT_AGAIN_MS = 600000;

/** A health report goes with the first beat behind this since the last one; unanswered, behind this. */
export const HEALTH_MS = 85800000;
export const HEALTH_AGAIN_S = 3600;
/** So long off its charger a battery must have been before its fall says anything. */
export const FALL_H_MIN = 12;

/** Points of a track that wait at most; the newer half of them in full. */
export const TRACK_POINTS_MAX = 64;
/** Their times are whole multiples of this, and the longest step of a message is a day. */
export const TRACK_GRID_S = 10;
export const TRACK_STEP_S_MAX = 86400;
/** No setting asks for more points than the journal lasts for; a search for one ends behind this. */
export const TRACK_S_MIN = 30;
export const SEEK_MS = 60000;

/** Positions are kept in the journal when moved so far (about 500 m), at most so often. */
export const MOVED_E7 = 45000;
export const POSITION_NOTE_MS = 3600000;
/** Beside a position older than this the network's cell is said. */
export const CELL_AFTER_S = 600;
/** How fast a wearer on foot may move away from a position: its uncertainty grows by this. */
export const WALK_M_PER_S = 2;
/** A position of so many seconds says nothing any more about where the wearer can be. */
export const AGE_S_MAX = 100000;
/** Wider fixes say nothing: a dilution of 90, where receivers write 99 for "unknown". */
export const FIX_M_MAX = 450;
/** The fastest train; and so many fixes that agree with one another are believed beyond it. */
export const TRAVEL_M_PER_S = 100;
export const FAR_FIXES_MIN = 3;
export const DOUBT_MS = 3600000;
/** No zone reaches farther from its first place; and how long a search for one goes on. */
export const ZONE_REACH_M = 10000;
export const ZONE_SEARCH_MS = 90000;
/** A movement is told once in this span; a sensor that said nothing for so long is not believed. */
export const MOVED_SPAN_MS = 60000;
export const SENSOR_MS = 3600000;
/** Where nothing moves a place that was found counts for so long, and a search in vain for so long. */
export const STILL_FOUND_MS = 21600000;
export const STILL_VAIN_MS = 3600000;
/** A movement ends a rest of the radio between two searches only behind so much of it. */
export const REST_MOVED_MS = 120000;
/** Behind a fall the wearer is asked so often; stillness is looked at with every step, at least so often. */
export const FALL_CUE_MS = 6000;
export const STILL_LOOK_MS = 60000;
/** Of shorter spans nothing is kept: a start costs no more than that, and a page is worn by each. */
export const STILL_KEPT_S_MIN = 7200;
