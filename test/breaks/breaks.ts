// The promises that patches take out of a copy of the sources, and who must notice each.
// Data only: the patch of a break lies beside this file under the break's name.

/** Checkers of the storm, of which one must say so; or a test file that must fail with these words. */
export type CaughtBy =
  | { readonly storm: readonly string[] }
  | { readonly test: string; readonly words: RegExp };

export interface Break {
  readonly name: string;
  /** What is true no more. */
  readonly promise: string;
  readonly caughtBy: CaughtBy;
}

const NEVER_STORED = ["calm-heals", "raised-is-delivered"];
const SENT_NO_MORE = ["strangers-change-nothing", ...NEVER_STORED];
const TOLD_TOO_SOON = ["delivered-after-commit", "raised-is-told-until-stored"];

/** A break of the list in alphabetical order of names, so that each is found beside its patch. */
export const BREAKS: readonly Break[] = [
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
    name: "command-forgotten-at-restart",
    promise: "A command is kept over a restart of the platform, and sent again.",
    caughtBy: { test: "test/sdk/commands-end.test.ts", words: /outlive a restart/ },
  },
  {
    name: "command-sent-when-over",
    promise: "When its time is over a command is sent no more.",
    caughtBy: { test: "test/sdk/commands-end.test.ts", words: /can.t be stored is sent no more/ },
  },
  {
    name: "content-under-request-nonce",
    promise: "Under the nonce of a request only the bare answer is sealed.",
    caughtBy: { storm: ["one-number-one-text"] },
  },
  {
    name: "exchange-not-begun-again",
    promise: "Behind each exchange that nobody answered the next one begins.",
    caughtBy: { storm: SENT_NO_MORE },
  },
  {
    name: "hold-ignored-without-network",
    promise: "A hold raises an alarm whatever the radio is doing.",
    caughtBy: { storm: ["held-becomes-alarm"] },
  },
  {
    name: "journal-alarm-not-sent-again",
    promise: "An alarm found in the journal is sent again.",
    caughtBy: { storm: SENT_NO_MORE },
  },
  {
    name: "journal-without-last-sync",
    promise: "A record is on flash in the step that writes it, not with the next record.",
    caughtBy: {
      storm: [
        "one-number-one-text",
        "cues-step-forward",
        "delivered-after-commit",
        ...NEVER_STORED,
      ],
    },
  },
  {
    name: "key-down-at-boot-ignored",
    promise: "A key that is down at boot counts from boot.",
    caughtBy: { storm: ["held-becomes-alarm"] },
  },
  {
    name: "known-alarm-raised-again",
    promise: "An alarm that is known makes no second one.",
    caughtBy: { storm: ["raised-is-delivered"] },
  },
  {
    name: "name-hides-outer-one",
    promise: "In a small image no name hides one that is spoken of inside.",
    caughtBy: { test: "test/build/names.test.ts", words: /spoken of inside/ },
  },
  {
    name: "narrowed-field-believed",
    promise: "A word stays text where a call may have changed the field that is then printed.",
    caughtBy: { test: "test/build/words.test.ts", words: /changes a field that was just read/ },
  },
  {
    name: "no-cue-after-a-minute",
    promise: "A wearer is told that it is still being sent for as long as it is.",
    caughtBy: { storm: ["raised-is-told-until-stored"] },
  },
  {
    name: "number-reused-after-reset",
    promise: "A reset goes on behind all numbers that were reserved.",
    caughtBy: { storm: ["one-number-one-text"] },
  },
  {
    name: "outbox-item-dropped-on-send",
    promise: "An alarm stays in the outbox until its answer was opened.",
    caughtBy: { storm: SENT_NO_MORE },
  },
  {
    name: "renewal-done-under-old-context",
    promise: "An old context is dropped only after an answer under the new one.",
    caughtBy: { test: "test/sdk/renewal-drop.test.ts", words: /counts under the new context only/ },
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
    promise: "An empty acknowledgement or a reset ends nothing.",
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
    name: "silent-while-key-stays-down",
    promise: "A wearer who goes on holding is told that it is still being sent.",
    caughtBy: { storm: ["raised-is-told-until-stored"] },
  },
  {
    name: "slow-page-written-anew",
    promise: "What was written slowly stands, and is not put at risk by writing it anew.",
    caughtBy: { storm: ["delivered-after-commit", "cues-step-forward", ...NEVER_STORED] },
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
    name: "variable-written-before-declared",
    promise: "On an engine that hoists nothing no variable is written before it is declared.",
    caughtBy: { test: "test/build/names.test.ts", words: /stands behind a use/ },
  },
  {
    name: "window-believed-after-restore",
    promise: "What a copy's replay window has not seen is no proof that it never came.",
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
    promise: "A word for an older alarm changes nothing of a newer one.",
    caughtBy: { storm: ["taken-after-person", "raised-is-told-until-stored"] },
  },
  {
    name: "word-obeyed-before-shown-fresh",
    promise: "Behind a reset a word is obeyed only when it can't be an old copy.",
    caughtBy: { test: "test/firmware/link.test.ts", words: /not shown fresh/ },
  },
  {
    name: "word-printed-as-number",
    promise: "A word that is joined to text stays text in the image.",
    caughtBy: { test: "test/build/words.test.ts", words: /joined to text/ },
  },
  {
    name: "word-sent-before-commit",
    promise: "The platform's own number is on disk before octets leave that are sealed with it.",
    caughtBy: { storm: ["one-number-one-text"] },
  },
  {
    name: "word-under-another-identifier",
    promise: "A word goes under its own alarm's key identifier, and closes no other alarm.",
    caughtBy: { test: "test/sdk/words.test.ts", words: /reaches no other alarm of that number/ },
  },
  {
    name: "words-forgotten-at-restart",
    promise: "A word that waits for a pager outlives a restart of the platform.",
    caughtBy: { storm: ["calm-heals"] },
  },
];
