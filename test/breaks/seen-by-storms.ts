// Promises whose break a storm must notice: the patch of each lies here under its name.
// Data only, in the order of names.

import type { Break } from "./break.ts";

const NEVER_STORED = ["calm-heals", "raised-is-delivered"];
const SENT_NO_MORE = ["strangers-change-nothing", "open-alarm-speaks", ...NEVER_STORED];
const TOLD_TOO_SOON = ["delivered-after-commit", "raised-is-told-until-stored"];

export const SEEN_BY_STORMS: readonly Break[] = [
  {
    name: "alarm-behind-others",
    promise: "While an alarm is not delivered nothing else leaves before it.",
    caughtBy: { storm: ["open-alarm-speaks"] },
  },
  {
    name: "alarm-dropped-when-unanswered",
    promise: "An alarm stays in the outbox until its answer was opened.",
    caughtBy: { storm: SENT_NO_MORE },
  },
  {
    name: "alarm-number-from-erased-storage",
    promise: "A slot whose counter can't be read is given up; its numbers never begin again.",
    caughtBy: { storm: ["one-number-one-text"] },
  },
  {
    name: "alarm-only-in-memory",
    promise: "A raised alarm is on flash before its cue.",
    caughtBy: { storm: ["raised-is-told-until-stored", ...NEVER_STORED] },
  },
  {
    name: "answer-before-commit",
    promise: "No answer leaves before its commit.",
    caughtBy: { storm: TOLD_TOO_SOON },
  },
  {
    name: "check-in-told-on-send",
    promise: "A check-in is told delivered when the platform has stored it.",
    caughtBy: { storm: ["delivered-after-commit"] },
  },
  {
    name: "content-under-request-nonce",
    promise: "Under the nonce of a request only the bare answer is sealed [wire §1.1].",
    caughtBy: { storm: ["one-number-one-text"] },
  },
  {
    name: "exchange-not-begun-again",
    promise: "Behind each exchange that nobody answered the next one begins [wire §2.3].",
    caughtBy: { storm: SENT_NO_MORE },
  },
  {
    name: "fall-click-unheard",
    promise: "A wearer who clicks in the grace of a fall has taken it back.",
    caughtBy: { storm: ["no-alarm-without-cause"] },
  },
  {
    name: "fall-lost-with-power",
    promise: "A fall in whose grace power goes is called for behind it.",
    caughtBy: { storm: ["fall-is-raised"] },
  },
  {
    name: "hold-ignored-without-network",
    promise: "A hold raises an alarm whatever the radio is doing.",
    caughtBy: { storm: ["held-becomes-alarm", "erased-says-so"] },
  },
  {
    name: "hold-without-keys-not-told",
    promise: "A pager without keys says so when it is held [R-10].",
    caughtBy: { storm: ["erased-says-so"] },
  },
  {
    name: "journal-alarm-not-sent-again",
    promise: "An alarm found in the journal is sent again [pager §2.4].",
    caughtBy: { storm: SENT_NO_MORE },
  },
  {
    name: "journal-without-last-sync",
    promise: "A record is on flash in the step that writes it, not with the next one [pager §1.1].",
    caughtBy: {
      storm: [
        "one-number-one-text",
        "cues-step-forward",
        "delivered-after-commit",
        "raised-is-told-until-stored",
        ...NEVER_STORED,
      ],
    },
  },
  {
    name: "key-down-at-boot-ignored",
    promise: "A key that is down at boot counts from boot [pager §2.1].",
    caughtBy: { storm: ["held-becomes-alarm"] },
  },
  {
    name: "known-alarm-raised-again",
    promise: "An alarm that is known makes no second one [wire §2.1].",
    caughtBy: { storm: ["raised-is-delivered"] },
  },
  {
    name: "no-cue-after-a-minute",
    promise: "A wearer is told that it is still being sent for as long as it is.",
    caughtBy: { storm: ["raised-is-told-until-stored"] },
  },
  {
    name: "number-reused-after-reset",
    promise: "A reset goes on behind all numbers that were reserved [wire §1.4].",
    caughtBy: { storm: ["one-number-one-text"] },
  },
  {
    name: "poll-after-a-minute",
    promise: "While an alarm is open something leaves every 25 s [wire §4.1].",
    caughtBy: { storm: ["open-alarm-speaks"] },
  },
  {
    name: "repeat-answered-before-commit",
    promise: "A repeat is answered only when its first copy is stored.",
    caughtBy: { storm: TOLD_TOO_SOON },
  },
  {
    name: "replay-window-lost-at-restart",
    promise: "Numbers that were seen before a restart are not new behind it.",
    caughtBy: { storm: ["strangers-change-nothing"] },
  },
  {
    name: "resending-ended-by-forged-answer",
    promise: "An empty acknowledgement or a reset ends nothing [wire §2.4].",
    caughtBy: { storm: SENT_NO_MORE },
  },
  {
    name: "restored-without-jump",
    promise: "Behind a restore the platform's numbers begin above all that were used.",
    caughtBy: { storm: ["one-number-one-text"] },
  },
  {
    name: "same-copy-restored-twice",
    promise: "A copy that is put back twice gives no number twice.",
    caughtBy: { storm: ["one-number-one-text"] },
  },
  {
    name: "sealed-text-made-and-kept",
    promise: "Where data is dead an alarm comes by a sealed text [pager §2.5].",
    caughtBy: { storm: ["texts-carry"] },
  },
  {
    name: "silent-while-key-stays-down",
    promise: "A wearer who goes on holding is told that it is still being sent.",
    caughtBy: { storm: ["raised-is-told-until-stored"] },
  },
  {
    name: "slow-page-written-anew",
    promise: "What was written slowly stands, and is not put at risk by writing it anew.",
    caughtBy: {
      storm: [
        "strangers-change-nothing",
        "delivered-after-commit",
        "cues-step-forward",
        ...NEVER_STORED,
      ],
    },
  },
  {
    name: "stillness-called-for-by-night",
    promise: "Nobody who sleeps is missed moving.",
    caughtBy: { storm: ["no-alarm-without-cause"] },
  },
  {
    name: "stillness-called-for-late",
    promise: "No movement is called for once it has lasted as long as is set.",
    caughtBy: { storm: ["stillness-is-raised"] },
  },
  {
    name: "tag-not-verified",
    promise: "What carries a wrong tag is not opened.",
    caughtBy: {
      storm: [
        "no-alarm-without-cause",
        "strangers-change-nothing",
        "delivered-after-commit",
        "one-number-one-text",
      ],
    },
  },
  {
    name: "taken-on-delivery",
    promise: "Taken is told only when a person has taken it.",
    caughtBy: { storm: ["taken-after-person"] },
  },
  {
    name: "track-loses-one-with-each-answer",
    promise: "An answer lets go of what it answers and of nothing more.",
    caughtBy: { storm: ["track-points-arrive"] },
  },
  {
    name: "waiting-again-not-told",
    promise: "A wearer whose alarm nobody has any more is told so.",
    caughtBy: { storm: ["cues-step-forward"] },
  },
  {
    name: "window-believed-after-restore",
    promise: "What a copy's replay window has not seen is no proof that it never came [wire §1.3].",
    caughtBy: { storm: ["strangers-change-nothing"] },
  },
  {
    name: "window-kept-after-failed-commit",
    promise: "Behind a failed commit the platform forgets the numbers that it had marked.",
    caughtBy: { storm: TOLD_TOO_SOON },
  },
  {
    name: "window-moved-by-forgery",
    promise: "A number is marked as seen only behind a tag that is right.",
    caughtBy: { storm: [...TOLD_TOO_SOON, ...SENT_NO_MORE] },
  },
  {
    name: "word-for-older-alarm-obeyed",
    promise: "A word for an older alarm changes nothing of a newer one [wire §2.2].",
    caughtBy: { storm: ["taken-after-person", "raised-is-told-until-stored"] },
  },
  {
    name: "word-sent-before-commit",
    promise:
      "The platform's own number is on disk before octets leave that are sealed with it [wire §1.2].",
    caughtBy: { storm: ["one-number-one-text"] },
  },
  {
    name: "words-forgotten-at-restart",
    promise: "A word that waits for a pager outlives a restart of the platform [wire §4.2].",
    caughtBy: { storm: ["calm-heals"] },
  },
  {
    name: "zone-left-at-first-sight",
    promise: "A zone is left when its wearer is out of it for the dwell, and not before.",
    caughtBy: { storm: ["no-alarm-without-cause"] },
  },
  {
    name: "zone-left-not-called-for",
    promise: "Who leaves a zone is called for.",
    caughtBy: { storm: ["zone-left-is-raised"] },
  },
];
