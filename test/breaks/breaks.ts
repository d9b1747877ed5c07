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
    name: "absurd-time-believed",
    promise: "A time from before the firmware was made is believed of nobody but the platform.",
    caughtBy: { test: "test/firmware/time.test.ts", words: /believed of nobody but the platform/ },
  },
  {
    name: "activation-not-kept",
    promise: "What the platform was told of the pager is kept, and not told again.",
    caughtBy: { test: "test/firmware/activation.test.ts", words: /the first word says board/ },
  },
  {
    name: "alarm-behind-others",
    promise: "While an alarm is not delivered nothing else leaves before it.",
    caughtBy: { storm: ["open-alarm-speaks"] },
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
    name: "alarm-without-its-own-room",
    promise: "An alarm finds room in a full page where nothing may be erased.",
    caughtBy: {
      test: "test/firmware/storage-faults.test.ts",
      words: /five alarms still find room/,
    },
  },
  {
    name: "answer-before-commit",
    promise: "No answer leaves before its commit.",
    caughtBy: { storm: TOLD_TOO_SOON },
  },
  {
    name: "anybody-is-answered",
    promise: "During an alarm a call from a listed number is picked up, and no other.",
    caughtBy: { test: "test/firmware/voice.test.ts", words: /listed number is answered/ },
  },
  {
    name: "bad-setting-queued",
    promise: "A value that no pager takes is refused before it is queued, with the setting's name.",
    caughtBy: {
      test: "test/sdk/commands-values.test.ts",
      words: /what is wrong with a setting is said by its name/,
    },
  },
  {
    name: "call-behind-lesser-things",
    promise: "A call for help goes before everything else that waits.",
    caughtBy: { test: "test/firmware/kinds.test.ts", words: /before all lesser things/ },
  },
  {
    name: "call-picked-up-is-taken",
    promise: "A call that somebody picked up is not taken.",
    caughtBy: { test: "test/firmware/voice.test.ts", words: /picked up is not taken/ },
  },
  {
    name: "challenge-proves-nothing",
    promise: "A platform that wants proof first is found again under the spare.",
    caughtBy: {
      test: "test/sdk/renewal-core.test.ts",
      words: /found again by beats under the spare/,
    },
  },
  {
    name: "check-in-told-on-send",
    promise: "A check-in is told delivered when the platform has stored it.",
    caughtBy: { storm: ["delivered-after-commit"] },
  },
  {
    name: "click-of-a-ring-counts",
    promise: "The press that ends a ring is no check-in.",
    caughtBy: { test: "test/firmware/ring.test.ts", words: /any press ends it/ },
  },
  {
    name: "clicks-without-bound",
    promise: "Water in a key makes no storm of check-ins.",
    caughtBy: { test: "test/firmware/key.test.ts", words: /water in the key/ },
  },
  {
    name: "clock-jump-moves-hour",
    promise: "The network does not move the time that the platform has told.",
    caughtBy: { test: "test/firmware/time.test.ts", words: /jumps by years/ },
  },
  {
    name: "closed-console-answers",
    promise: "A provisioned pager answers nobody until its key was held on the charger.",
    caughtBy: { test: "test/firmware/console.test.ts", words: /closed console is not heard/ },
  },
  {
    name: "command-done-twice",
    promise: "A command that comes again is not done again.",
    caughtBy: { test: "test/firmware/commands.test.ts", words: /not done again/ },
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
    name: "console-not-forced-shut",
    promise: "Whoever connects by Bluetooth is not given the interpreter.",
    caughtBy: { test: "test/espruino/console.test.ts", words: /says no key/ },
  },
  {
    name: "concern-changes-what-is-in-hand",
    promise: "What the pager notices is raised where nothing as grave is open.",
    caughtBy: { test: "test/firmware/kinds.test.ts", words: /raised, told and delivered/ },
  },
  {
    name: "contacts-texted-at-each-start",
    promise: "Who was texted about an alarm is not texted again by a start.",
    caughtBy: { test: "test/firmware/escalation.test.ts", words: /five boots in a row/ },
  },
  {
    name: "content-under-request-nonce",
    promise: "Under the nonce of a request only the bare answer is sealed.",
    caughtBy: { storm: ["one-number-one-text"] },
  },
  {
    name: "edge-counted-when-seen",
    promise: "A press that begins while storage holds the processor counts from its edge.",
    caughtBy: { test: "test/firmware/busy-board.test.ts", words: /counts from its edge/ },
  },
  {
    name: "exchange-not-begun-again",
    promise: "Behind each exchange that nobody answered the next one begins.",
    caughtBy: { storm: SENT_NO_MORE },
  },
  {
    name: "fall-lost-behind-sos",
    promise: "What an SOS takes the place of goes on under its own number.",
    caughtBy: { test: "test/firmware/kinds.test.ts", words: /goes on under its own/ },
  },
  {
    name: "hold-ignored-without-network",
    promise: "A hold raises an alarm whatever the radio is doing.",
    caughtBy: { storm: ["held-becomes-alarm"] },
  },
  {
    name: "hold-refused-by-full-outbox",
    promise: "A further hold has its place however much waits.",
    caughtBy: { test: "test/firmware/outbox.test.ts", words: /have a place in a full outbox/ },
  },
  {
    name: "hold-setting-ignored",
    promise: "How long a hold must last is a setting.",
    caughtBy: { test: "test/firmware/key.test.ts", words: /as long as the setting says/ },
  },
  {
    name: "journal-alarm-not-sent-again",
    promise: "An alarm found in the journal is sent again.",
    caughtBy: { storm: SENT_NO_MORE },
  },
  {
    name: "journal-lost-spare-begins-anew",
    promise: "The numbers of a spare that was in use never begin anew, whatever storage loses.",
    caughtBy: {
      test: "test/firmware/renewal.test.ts",
      words: /goes on behind all that it had used/,
    },
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
    name: "level-cuts-check-in-short",
    promise: "A cue that can wait never cuts another short.",
    caughtBy: { test: "test/firmware/battery.test.ts", words: /neither cuts the other short/ },
  },
  {
    name: "link-lost-by-night",
    promise: "Nobody is woken by the cue of a lost link.",
    caughtBy: { test: "test/firmware/beat.test.ts", words: /by night a lost link/ },
  },
  {
    name: "loose-plug-is-a-charge",
    promise: "A touch of the charger makes no new discharge.",
    caughtBy: { test: "test/firmware/battery.test.ts", words: /loose plug/ },
  },
  {
    name: "low-battery-noted-before-item",
    promise: "A level of the battery counts as reported only behind its report.",
    caughtBy: { test: "test/firmware/battery.test.ts", words: /power that goes at any stroke/ },
  },
  {
    name: "low-battery-repeated",
    promise: "A battery that swings around a level reports it once.",
    caughtBy: { test: "test/firmware/battery.test.ts", words: /swings around/ },
  },
  {
    name: "line-in-text-obeyed",
    promise: "A line in a stranger's text is text.",
    caughtBy: { test: "test/modem/sms.test.ts", words: /lines inside a stranger/ },
  },
  {
    name: "message-not-deleted",
    promise: "A message that was read is deleted.",
    caughtBy: { test: "test/modem/sms.test.ts", words: /full store empties itself/ },
  },
  {
    name: "name-that-ends-a-program",
    promise: "No variable of an image has a name that is a word to the interpreter alone.",
    caughtBy: {
      test: "test/build/espruino.test.ts",
      words: /ends a program on the interpreter/,
    },
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
    name: "order-forgotten-at-reset",
    promise: "A reset in the middle of an order gives its one result.",
    caughtBy: { test: "test/firmware/press-test.test.ts", words: /power that goes at any stroke/ },
  },
  {
    name: "old-challenge-brought-back",
    promise: "A challenge that nobody followed up is asked for anew.",
    caughtBy: {
      test: "test/sdk/renewal-core.test.ts",
      words: /found again although each copy of the proof is lost/,
    },
  },
  {
    name: "old-word-wins",
    promise: "Of two words that crossed the one with the platform's higher number counts.",
    caughtBy: { test: "test/firmware/words.test.ts", words: /old taken that comes behind/ },
  },
  {
    name: "outbox-item-dropped-on-send",
    promise: "An alarm stays in the outbox until its answer was opened.",
    caughtBy: { storm: SENT_NO_MORE },
  },
  {
    name: "page-turn-not-taken-back",
    promise: "Where a page turn is refused the page before it goes on.",
    caughtBy: { test: "test/firmware/storage-faults.test.ts", words: /the page before it goes on/ },
  },
  {
    name: "page-turned-too-often",
    promise: "Five years of normal use erase no page a tenth as often as it is rated for.",
    caughtBy: { test: "test/firmware/wear.test.ts", words: /five years of normal use/ },
  },
  {
    name: "poll-after-a-minute",
    promise: "While an alarm is open something leaves every 25 s.",
    caughtBy: { storm: ["open-alarm-speaks"] },
  },
  {
    name: "press-test-swallows-help",
    promise: "A hold of a press test that goes on is help after all.",
    caughtBy: { test: "test/firmware/press-test.test.ts", words: /help after all/ },
  },
  {
    name: "press-test-takes-older-press",
    promise: "A key that was down before the press test was asked for raises an alarm.",
    caughtBy: { test: "test/firmware/press-test.test.ts", words: /down before the test/ },
  },
  {
    name: "radio-started-at-once-each-time",
    promise: "After three short runs on a weak battery the modem waits longer each time.",
    caughtBy: { test: "test/firmware/boot-loop.test.ts", words: /the modem waits, longer/ },
  },
  {
    name: "released-told-as-taken",
    promise: "Back to delivered has a cue of its own.",
    caughtBy: { test: "test/firmware/words.test.ts", words: /released goes back to delivered/ },
  },
  {
    name: "renewal-done-under-old-context",
    promise: "An old context is dropped only after an answer under the new one.",
    caughtBy: { test: "test/sdk/renewal-drop.test.ts", words: /counts under the new context only/ },
  },
  {
    name: "reopened-not-obeyed",
    promise: "An alarm that was closed can be open again.",
    caughtBy: { test: "test/firmware/words.test.ts", words: /reopened brings the last alarm/ },
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
    name: "restart-without-kept-result",
    promise: "No restart is begun before its result is in the journal.",
    caughtBy: {
      test: "test/firmware/commands.test.ts",
      words: /without its result in the journal/,
    },
  },
  {
    name: "restored-without-jump",
    promise: "Behind a restore the platform's numbers begin above all that were used.",
    caughtBy: { storm: ["one-number-one-text"] },
  },
  {
    name: "result-taken-for-alarm-word",
    promise: "A result of a command changes no alarm, whatever its id.",
    caughtBy: { test: "test/firmware/commands.test.ts", words: /leaves that alarm open/ },
  },
  {
    name: "same-copy-restored-twice",
    promise: "A copy that is put back twice gives no number twice.",
    caughtBy: { storm: ["one-number-one-text"] },
  },
  {
    name: "sealed-text-never-leaves",
    promise: "Undelivered for 30 s an alarm goes to the platform as a sealed text.",
    caughtBy: { test: "test/firmware/escalation.test.ts", words: /undelivered for 30 s/ },
  },
  {
    name: "settings-half-changed",
    promise: "Settings change all together or not at all.",
    caughtBy: { test: "test/firmware/settings.test.ts", words: /breaks a relation/ },
  },
  {
    name: "settings-rows-of-before",
    promise: "Rows of a change that was cut never count with a later one.",
    caughtBy: { test: "test/firmware/settings.test.ts", words: /do not count with the next/ },
  },
  {
    name: "silent-text-blocks-the-modem",
    promise: "A text that stays silent for 60 s is a step on the ladder.",
    caughtBy: { test: "test/modem/sms.test.ts", words: /silent for 60 s/ },
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
    name: "stuck-key-raises-again",
    promise: "A key that is stuck says nothing more until it was up for a second.",
    caughtBy: { test: "test/firmware/key.test.ts", words: /stuck key says nothing more/ },
  },
  {
    name: "stranger-answered-by-text",
    promise: "A text that nobody sealed is never answered.",
    caughtBy: { test: "test/firmware/texts.test.ts", words: /are never answered/ },
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
    name: "unactivated-alarm-kept-back",
    promise: "A pager that was never activated says so, and its alarm goes out all the same.",
    caughtBy: { test: "test/firmware/key.test.ts", words: /never activated/ },
  },
  {
    name: "text-answer-not-counted",
    promise: "An answer by text delivers an alarm like any other.",
    caughtBy: { test: "test/firmware/escalation.test.ts", words: /answer by text ends everything/ },
  },
  {
    name: "text-before-datagram",
    promise: "Datagrams go first behind each text.",
    caughtBy: { test: "test/modem/sms.test.ts", words: /datagrams go first/ },
  },
  {
    name: "text-not-noted-before-it-leaves",
    promise: "A text to a contact is on flash before it leaves.",
    caughtBy: { test: "test/firmware/escalation.test.ts", words: /and no third time/ },
  },
  {
    name: "way-kept-without-answer",
    promise: "A way to the platform that nobody answers goes back by itself.",
    caughtBy: { test: "test/firmware/way.test.ts", words: /goes back by itself/ },
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
