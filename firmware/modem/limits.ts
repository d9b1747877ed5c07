// Every wait of the BG96 driver, in milliseconds, gathered in one place.
// Pure numbers: nothing here decides what follows when a limit passes.

/** Silence of 20 ms that the modem wants after each line, and one more: a counter cuts off parts. */
export const gapMs = 21;
/** A bare AT that is on answers within this; five in a row make "silent" [bg96 trap 1]. */
export const probeMs = 250;
export const probeCount = 5;
/** 500 at least; 600 is proven on this board and still below the 650 that switch off. */
export const onPulseMs = 600;
export const offPulseMs = 700;
/** Its reset pin: 150 to 460. */
export const resetPulseMs = 200;
/** Out of power saving a shorter pulse wakes, not sooner than 1 s after it slept. */
export const wakePulseMs = 200;
/** RDY comes 2 to 25 s after the pulse [bg96 trap 6]. */
export const wakeMs = 30000;
/** Switching off takes 2 s and may take over 5; ten seconds of silence count as off. */
export const downMs = 10000;
export const downSettleMs = 2000;
/** Quiet line before set-up, so that answers to several probes cannot be taken for later ones. */
export const settleMs = 300;
export const settleMsMax = 3000;
/** Before the next step of the ladder. */
export const pauseMs = 1000;

/** Ordinary commands: 2 s by one driver, 15 s by another. */
export const answerMs = 5000;
/** Reads and sends: 5 s in practice; the manual's 120 s would hold an alarm for too long. */
export const trafficMs = 10000;
export const functionMs = 15000;
export const sleepMs = 60000;
export const operatorMs = 180000;
export const activateMs = 150000;
export const deactivateMs = 40000;

export const simPollMs = 250;
export const simMs = 10000;
/** A search may take 180 s. */
export const registerPollMs = 1000;
export const registerMs = 190000;
/** The first rest between two searches; the second is twice as long, from the third on thrice. */
export const lullMs = 300000;
/** In an alarm each way of searching has this at first, then twice as long, then as long as any. */
export const cycleMs = 60000;
/** From the OK of QIOPEN to its second line; then the id is closed and opened again. */
export const openMs = 20000;
export const openPollMs = 1000;
export const openTriesMax = 3;
export const openRetryMs = 500;

/** A full send buffer is asked again this often, this many times. */
export const refusedMs = 200;
export const refusedMax = 5;
/** An alarm goes to two addresses, in a trial to those before it too, and to one that was found. */
export const sendsMax = 6;
/** From CMGS to its prompt, and from the text to its answer: then it is a step on the ladder. */
export const promptMs = 10000;
export const textMs = 60000;
/** Settings of texts that the modem refused are tried again behind this. */
export const smsRetryMs = 10000;
export const textsMax = 4;
/**
 * A call is looked at so often; before it is acted on, what was seen is no older than the second. One
 * that is in no list so long behind its dialling is none.
 */
export const callPollMs = 1000;
export const callSeenMs = 200;
export const callListMs = 3000;
/** What a list said holds so long where no other can be had. */
export const callKnownMs = 60000;
/** One refusal may be noise on the line, or a call that ended in that moment. */
export const callRefusedMax = 2;
/** Longest hexadecimal argument is 512 characters: what is longer waits for a prompt. */
export const hexOctetsMax = 256;
/** Sends without any datagram back: a dead path, whatever SEND OK says [bg96 trap 2]. */
export const unansweredMs = 90000;
export const unansweredMin = 6;

/**
 * Chores: unread sockets, registration, signal, clock. Closer together after a send. Idle, they
 * only find what no unasked line told, and each costs charge.
 */
export const choreIdleMs = 1800000;
export const choreBusyMs = 10000;
export const busyMs = 60000;
/** The clock is asked again after so many rounds: some five hours. */
export const clockRounds = 10;
/** Nothing is due sooner where it rests; and what it needs before it hears again. */
export const restMsMin = 2000;
export const restGapMs = 100;
/** The platform's name is looked up each day; a little less, so that a modem that wakes once a day does. */
export const nameMs = 85800000;
/** A fetch has 60 s in the modem; data that lasts for three days more is left alone. */
export const fetchMs = 70000;
export const assistS = 259200;
/** Ready for so long without a fault clears the ladder. */
export const soundMs = 60000;

/** First answer after the receiver was switched on may be stale for 3 s. */
export const fixFirstMs = 3000;
export const fixPollMs = 1000;
export const fixRetryMs = 10000;
/** The receiver stays off so long after a send, or until a datagram came back [bg96 trap 9]. */
export const listenMs = 3000;
