// Promises whose break a test must notice: the patch of each lies here under its name.
// Data only, in the order of names.

import type { Break } from "./break.ts";

export const SEEN_BY_TESTS: readonly Break[] = [
  {
    name: "absurd-time-believed",
    promise: "A time from before the firmware was made is believed of nobody but the platform.",
    caughtBy: { test: "test/firmware/time.test.ts", words: /believed of nobody but the platform/ },
  },
  {
    name: "acted-on-without-list",
    promise: "A list that could not be had is nothing to act on.",
    caughtBy: { test: "test/modem/voice.test.ts", words: /nothing to act on/ },
  },
  {
    name: "activation-not-kept",
    promise: "What the platform was told of the pager is kept, and not told again.",
    caughtBy: { test: "test/firmware/activation.test.ts", words: /the first word says board/ },
  },
  {
    name: "address-of-any-message",
    promise: "Only the newest message moves the address that words go to [wire §4.3].",
    caughtBy: { test: "test/sdk/words.test.ts", words: /newest authentic address/ },
  },
  {
    name: "alarm-held-back-by-storage",
    promise: "An alarm goes out also where the journal can't be written [pager §2.2].",
    caughtBy: {
      test: "test/firmware/storage-faults.test.ts",
      words: /leaves as soon as there is a network/,
    },
  },
  {
    name: "alarm-leaves-modem-asleep",
    promise: "An alarm wakes a modem that sleeps, whatever is sent [pager §4].",
    caughtBy: { test: "test/modem/rest.test.ts", words: /nothing rests while an alarm is open/ },
  },
  {
    name: "alarm-not-told-to-radio",
    promise: "An open alarm is told to the radio also behind a start.",
    caughtBy: { test: "test/firmware/urgent.test.ts", words: /a start tells it again/ },
  },
  {
    name: "alarm-to-one-address",
    promise: "An alarm goes to every address at once [wire §4.6].",
    caughtBy: { test: "test/firmware/alarm.test.ts", words: /every address at once/ },
  },
  {
    name: "alarm-waits-for-a-call-of-the-network",
    promise: "In an alarm the network reaches the modem at once [pager §4].",
    caughtBy: {
      test: "test/modem/rest.test.ts",
      words: /doesn't wait for the network's next call/,
    },
  },
  {
    name: "alarm-waits-for-the-end-of-a-rest",
    promise: "An alarm ends a rest between two searches at once [pager §2.6].",
    caughtBy: { test: "test/modem/lull.test.ts", words: /an alarm ends a rest at once/ },
  },
  {
    name: "alarm-without-its-own-room",
    promise: "An alarm finds room in a full page where nothing may be erased [pager §1.2].",
    caughtBy: {
      test: "test/firmware/storage-faults.test.ts",
      words: /four alarms still find room/,
    },
  },
  {
    name: "anew-asks-nobody",
    promise: "Where nobody answers the platform is asked under the other context.",
    caughtBy: { test: "test/firmware/anew.test.ts", words: /raised anew under the others/ },
  },
  {
    name: "anew-keeps-number",
    promise: "An alarm takes a number of the keys under which it goes on.",
    caughtBy: {
      test: "test/firmware/anew.test.ts",
      words: /power that goes at any stroke|raised anew/,
    },
  },
  {
    name: "anew-on-any-word",
    promise: "An alarm begins anew on the answer to the question alone.",
    caughtBy: { test: "test/firmware/anew.test.ts", words: /counts only in the answer/ },
  },
  {
    name: "anew-writes-beside-keys",
    promise: "No question in an alarm writes to the pages of the keys.",
    caughtBy: { test: "test/firmware/anew.test.ts", words: /silent for an hour/ },
  },
  {
    name: "answer-of-former-opening",
    promise: "An answer about one socket's id is never taken for one about another.",
    caughtBy: { test: "test/modem/name.test.ts", words: /keeps the first one open/ },
  },
  {
    name: "anybody-gives-back",
    promise: "Only its owner gives an alarm back.",
    caughtBy: { test: "test/sdk/alarms.test.ts", words: /only its owner gives/ },
  },
  {
    name: "anybody-is-answered",
    promise: "During an alarm a call from a listed number is picked up, and no other.",
    caughtBy: { test: "test/firmware/voice.test.ts", words: /listed number is answered/ },
  },
  {
    name: "assistance-fetched-each-hour",
    promise: "Assistance data is looked after once in three days.",
    caughtBy: { test: "test/firmware/assistance.test.ts", words: /once in three days/ },
  },
  {
    name: "assistance-fetched-in-alarm",
    promise: "Assistance data is fetched in no alarm.",
    caughtBy: { test: "test/modem/assist.test.ts", words: /assistance is fetched in no alarm/ },
  },
  {
    name: "assistance-fetched-off-charger",
    promise: "Assistance data costs no battery: it is fetched on the charger only.",
    caughtBy: { test: "test/firmware/assistance.test.ts", words: /on the charger only/ },
  },
  {
    name: "assistance-lost-with-port",
    promise: "The modem's port stays there while it fetches.",
    caughtBy: { test: "test/modem/assist.test.ts", words: /its port stays there/ },
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
    name: "call-holds-back-datagrams",
    promise: "A call never holds back a datagram.",
    caughtBy: { test: "test/modem/voice.test.ts", words: /datagrams go on while it rings/ },
  },
  {
    name: "call-picked-up-is-taken",
    promise: "A call that somebody picked up is not taken.",
    caughtBy: { test: "test/firmware/voice.test.ts", words: /picked up is not taken/ },
  },
  {
    name: "card-put-in-not-looked-for",
    promise: "A card that is put in where none was is found without a hand on the pager.",
    caughtBy: {
      test: "test/modem/card.test.ts",
      words: /a card that is put in where none was is found/,
    },
  },
  {
    name: "cell-asked-before-datagram",
    promise: "No command stands between an alarm and its datagram because of a cell [N-12].",
    caughtBy: {
      test: "test/modem/cell.test.ts",
      words: /nothing is asked of the modem between an alarm and its datagram/,
    },
  },
  {
    name: "cell-beside-fresh-position",
    promise:
      "A call for help with a fresh position has 50 octets at most: no cell goes with it [wire §6].",
    caughtBy: { test: "test/firmware/cell.test.ts", words: /no cell stands beside it/ },
  },
  {
    name: "cell-located-again-and-again",
    promise: "A cell whose place is known is not looked up again.",
    caughtBy: { test: "test/sdk/cells.test.ts", words: /and asked once/ },
  },
  {
    name: "cell-lost-with-rest",
    promise:
      "A cell that changed while the modem rested is looked for as soon as the modem speaks.",
    caughtBy: { test: "test/modem/cell.test.ts", words: /a cell that changed while it rested/ },
  },
  {
    name: "cell-of-former-registration",
    promise: "No cell is said of a registration that was lost.",
    caughtBy: {
      test: "test/modem/cell.test.ts",
      words: /a registration that was lost takes the cell with it/,
    },
  },
  {
    name: "cell-place-over-newer-fix",
    promise: "The place of a cell is not stored behind a fix that is newer [R-18].",
    caughtBy: {
      test: "test/sdk/cells.test.ts",
      words: /a place that comes behind a newer fix is not stored/,
    },
  },
  {
    name: "cell-place-shown-over-newer-fix",
    promise: "The desk shows the position that was found last, not the one that came last [R-18].",
    caughtBy: {
      test: "test/desk/rules.test.ts",
      words: /the place of a cell is newer than an old fix/,
    },
  },
  {
    name: "cell-with-another-network",
    promise: "A cell is never told with the network of another one.",
    caughtBy: {
      test: "test/modem/cell.test.ts",
      words: /an answer that another cell has overtaken/,
    },
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
    name: "charger-leaves-the-radio-at-rest",
    promise: "The charger ends a rest of the radio.",
    caughtBy: { test: "test/firmware/receiver.test.ts", words: /the charger ends a rest/ },
  },
  {
    name: "chip-image-takes-memory",
    promise: "Only the bundle of the interpreter on Linux begins by taking memory.",
    caughtBy: { test: "test/board/new-board.test.ts", words: /doesn't begin by taking memory/ },
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
    promise: "A provisioned pager answers nobody until its key was held on the charger [pager §5].",
    caughtBy: { test: "test/firmware/console.test.ts", words: /closed console is not heard/ },
  },
  {
    name: "command-before-modem-hears",
    promise: "A modem that slept gets its moment before a command.",
    caughtBy: { test: "test/modem/rest.test.ts", words: /leaves within 300 ms/ },
  },
  {
    name: "command-done-twice",
    promise: "A command that comes again is not done again [wire §4.5].",
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
    name: "command-without-its-result",
    promise: "A result and its command are one record.",
    caughtBy: { test: "test/firmware/self-test.test.ts", words: /leaves one result/ },
  },
  {
    name: "concern-changes-what-is-in-hand",
    promise: "What the pager notices is raised where nothing as grave is open.",
    caughtBy: { test: "test/firmware/kinds.test.ts", words: /raised, told and delivered/ },
  },
  {
    name: "console-not-forced-shut",
    promise: "Whoever connects by Bluetooth is not given the interpreter.",
    caughtBy: { test: "test/espruino/console.test.ts", words: /says no key/ },
  },
  {
    name: "contacts-texted-at-each-start",
    promise: "Who was texted about an alarm is not texted again by a start.",
    caughtBy: { test: "test/firmware/escalation.test.ts", words: /five boots in a row/ },
  },
  {
    name: "context-dropped-before-answer",
    promise: "The context in use stays until an answer under the new one has opened [wire §1.5].",
    caughtBy: {
      test: "test/firmware/renewal.test.ts",
      words: /given up after a day/,
    },
  },
  {
    name: "context-taken-for-call",
    promise: "The packet context in the modem's list is no call.",
    caughtBy: { test: "test/modem/voice.test.ts", words: /a call rings, is picked up and ends/ },
  },
  {
    name: "cue-like-taken",
    promise: "Nothing can be taken for the cue that a person has it [pager §3].",
    caughtBy: { test: "test/firmware/cues.test.ts", words: /missed/ },
  },
  {
    name: "days-left-by-a-full-cell",
    promise: "A cell that shows full says nothing of its days.",
    caughtBy: {
      test: "test/firmware/days-left.test.ts",
      words: /while the cell shows full|never says more days/,
    },
  },
  {
    name: "days-left-without-the-lost-point",
    promise: "Days left are never more than what the fall allows.",
    caughtBy: { test: "test/firmware/days-left.test.ts", words: /never says more days/ },
  },
  {
    name: "dead-call-stops-ladder",
    promise: "Where the list of calls is out of reach the ladder goes on.",
    caughtBy: { test: "test/modem/voice.test.ts", words: /in any climate/ },
  },
  {
    name: "dead-modem-talks",
    promise: "A modem that starts anew, or is switched off, has no call any more.",
    caughtBy: { test: "test/modem/voice.test.ts", words: /a modem that hangs in a call/ },
  },
  {
    name: "deaf-modem-asked-by-command",
    promise: "A modem that is deaf is switched off by its key, not by a command.",
    caughtBy: { test: "test/modem/ladder.test.ts", words: /says nothing behind three pulses/ },
  },
  {
    name: "deaf-modem-rests",
    promise: "A modem that is silent is for the ladder, not for a rest.",
    caughtBy: { test: "test/modem/lull.test.ts", words: /is for the ladder, not for a rest/ },
  },
  {
    name: "east-by-the-long-way-round",
    promise: "Between two places lies the short way round, across 180° too.",
    caughtBy: { test: "test/firmware/ground.test.ts", words: /across 180°|nothing is special/ },
  },
  {
    name: "edge-counted-when-seen",
    promise: "A press that begins while storage holds the processor counts from its edge.",
    caughtBy: { test: "test/firmware/busy-board.test.ts", words: /counts from its edge/ },
  },
  {
    name: "energy-of-a-rest-as-a-search",
    promise: "A modem whose radio is off is not counted as searching.",
    caughtBy: { test: "test/simulator/energy.test.ts", words: /counts each second/ },
  },
  {
    name: "energy-of-sleep-unasked",
    promise: "A modem that was not told to sleep is counted awake.",
    caughtBy: { test: "test/simulator/energy.test.ts", words: /counts each second/ },
  },
  {
    name: "energy-without-the-port",
    promise: "The processor's port to the modem is counted while it is there.",
    caughtBy: { test: "test/simulator/energy.test.ts", words: /counts each second/ },
  },
  {
    name: "erase-refused-hides-page",
    promise: "A page whose erase was refused is still there.",
    caughtBy: { test: "test/board/boards.test.ts", words: /an erase that fails says false/ },
  },
  {
    name: "fall-behind-a-run-missed",
    promise: "A fall behind the blows of a run is told.",
    caughtBy: { test: "test/firmware/fall.test.ts", words: /who falls while running/ },
  },
  {
    name: "fall-by-blow-alone",
    promise: "A blow is no fall where the posture behind it is the one before.",
    caughtBy: {
      test: "test/firmware/fall.test.ts",
      words: /what is no fall is not told as one: jump/,
    },
  },
  {
    name: "fall-click-takes-nothing-back",
    promise: "A click in its grace takes a fall back.",
    caughtBy: {
      test: "test/firmware/motion.test.ts",
      words: /a click in the grace takes the fall back/,
    },
  },
  {
    name: "fall-forgotten-behind-cut",
    promise: "Power that goes in a fall's grace takes no fall back.",
    caughtBy: {
      test: "test/firmware/motion.test.ts",
      words: /power that goes in a grace is no click/,
    },
  },
  {
    name: "fall-grace-off-flash-first",
    promise: "A fall is on flash as a call before its grace is off it.",
    caughtBy: {
      test: "test/firmware/motion.test.ts",
      words: /a cut at any stroke behind the first cue/,
    },
  },
  {
    name: "fall-lost-behind-sos",
    promise: "What an SOS takes the place of goes on under its own number.",
    caughtBy: { test: "test/firmware/kinds.test.ts", words: /goes on under its own/ },
  },
  {
    name: "fall-without-rest",
    promise: "Who goes on moving behind a blow is not told as fallen.",
    caughtBy: { test: "test/firmware/fall.test.ts", words: /who goes on moving behind a blow/ },
  },
  {
    name: "falls-sampled-for-a-place",
    promise: "For a place the sensor tells movements alone.",
    caughtBy: {
      test: "test/firmware/receiver.test.ts",
      words: /the sensor runs for movements alone/,
    },
  },
  {
    name: "fault-of-the-day-forgotten",
    promise: "A fault that is over by the evening is in the report of the day.",
    caughtBy: { test: "test/firmware/health.test.ts", words: /a fault of the day/ },
  },
  {
    name: "fix-between-beats-by-the-network",
    promise: "A fix between beats needs no network.",
    caughtBy: { test: "test/modem/alone.test.ts", words: /needs no network/ },
  },
  {
    name: "fix-of-too-few-satellites-believed",
    promise: "A fix of fewer satellites than its dimensions need is not believed.",
    caughtBy: { test: "test/firmware/position.test.ts", words: /says next to nothing/ },
  },
  {
    name: "fix-that-says-nothing-believed",
    promise: "A fix whose uncertainty is wider than a dilution of 90 is not believed.",
    caughtBy: { test: "test/firmware/position.test.ts", words: /says next to nothing/ },
  },
  {
    name: "found-way-before-provisioned",
    promise: "Addresses that were provisioned go first [wire §4.6].",
    caughtBy: {
      test: "test/firmware/found-way.test.ts",
      words: /behind those that were provisioned/,
    },
  },
  {
    name: "found-way-closes-others",
    promise:
      "An address that was found comes beside those that are open: none of them is closed [wire §4.6].",
    caughtBy: { test: "test/modem/name.test.ts", words: /nothing that is open is closed/ },
  },
  {
    name: "found-way-dropped-in-alarm",
    promise: "No way is dropped while an alarm is open.",
    caughtBy: { test: "test/firmware/found-way.test.ts", words: /but never in an alarm/ },
  },
  {
    name: "found-way-dropped-though-answered",
    promise: "An address that answers is kept.",
    caughtBy: {
      test: "test/firmware/found-way.test.ts",
      words: /an answer that opens there keeps it/,
    },
  },
  {
    name: "found-way-kept-for-ever",
    promise: "An address where nobody answers for a day is dropped.",
    caughtBy: {
      test: "test/firmware/found-way.test.ts",
      words: /a day without an opened answer there drops it/,
    },
  },
  {
    name: "found-way-lost-by-reset",
    promise: "What the platform's name led to outlives a reset.",
    caughtBy: { test: "test/firmware/found-way.test.ts", words: /also after a reset/ },
  },
  {
    name: "fresh-assistance-fetched-anew",
    promise: "Assistance data that lasts for three days more is left alone.",
    caughtBy: { test: "test/modem/assist.test.ts", words: /is left alone/ },
  },
  {
    name: "fresh-slot-gone",
    promise: "A question under new keys that are in use meanwhile goes under those.",
    caughtBy: { test: "test/firmware/renewal.test.ts", words: /wants a proof first/ },
  },
  {
    name: "gap-taken-for-the-end",
    promise: "What is written behind a record that left no trace is found [pager §1.1].",
    caughtBy: { test: "test/firmware/storage-faults.test.ts", words: /that left no trace/ },
  },
  {
    name: "gateway-never-anew",
    promise: "The platform says that it can not open what goes under keys that it lacks.",
    caughtBy: { test: "test/sdk/anew.test.ts", words: /has no keys for/ },
  },
  {
    name: "hand-leaves-modem-asleep",
    promise: "A hand on the key wakes the modem: what it says leaves at once [pager §4].",
    caughtBy: { test: "test/cli/held.test.ts", words: /lets no hold wait/ },
  },
  {
    name: "health-at-each-start",
    promise: "Starts in a row don't say the health report each time.",
    caughtBy: { test: "test/firmware/health.test.ts", words: /starts in a row/ },
  },
  {
    name: "health-before-a-check-in",
    promise: "The health report yields to all but a track.",
    caughtBy: { test: "test/firmware/health.test.ts", words: /goes first; a track/ },
  },
  {
    name: "health-in-an-alarm",
    promise: "No health report leaves while an alarm is open [R-29].",
    caughtBy: { test: "test/firmware/health.test.ts", words: /none leaves while an alarm is open/ },
  },
  {
    name: "health-with-each-beat",
    promise: "A day has one health report, however many beats.",
    caughtBy: { test: "test/firmware/health.test.ts", words: /a day has one report/ },
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
    name: "image-begun-unlooked-at",
    promise:
      "What lies in the slot is an image only with the hash that the command said [pager §1.3].",
    caughtBy: { test: "test/firmware/update.test.ts", words: /one wrong bit and it is no image/ },
  },
  {
    name: "image-begun-without-its-mark",
    promise: "Its mark stands before the first line of an image runs.",
    caughtBy: { test: "test/espruino/loader.test.ts", words: /a new image is not begun/ },
  },
  {
    name: "image-forgotten-at-restart",
    promise: "The image of an update that waits is there behind a restart of the platform.",
    caughtBy: { test: "test/sdk/updates.test.ts", words: /behind a restart of the platform/ },
  },
  {
    name: "image-in-log-before-on-disk",
    promise: "The log names an image only after it is on disk.",
    caughtBy: { test: "test/sdk/images.test.ts", words: /the disk does not take/ },
  },
  {
    name: "image-kept-with-bad-storage",
    promise: "A new image whose storage fails is not kept [pager §1.3].",
    caughtBy: { test: "test/firmware/update.test.ts", words: /whose storage fails is not kept/ },
  },
  {
    name: "image-kept-without-an-answer",
    promise: "A new image is kept only behind a sealed round trip [pager §1.3].",
    caughtBy: { test: "test/firmware/update.test.ts", words: /gives way to the old one/ },
  },
  {
    name: "image-of-another-board",
    promise: "No pager gets the image of another board.",
    caughtBy: { test: "test/sdk/updates.test.ts", words: /another board than the pager told/ },
  },
  {
    name: "image-of-another-etag-pulled",
    promise: "What is pulled is the image that the command said.",
    caughtBy: { test: "test/firmware/update.test.ts", words: /end with the reason/ },
  },
  {
    name: "image-of-other-octets-served",
    promise: "Octets that are not those of the hash are never served.",
    caughtBy: { test: "test/sdk/updates.test.ts", words: /a damaged image is never served/ },
  },
  {
    name: "image-tried-again",
    promise: "An image that was begun and did not prove itself is never begun again [pager §1.3].",
    caughtBy: { test: "test/firmware/update.test.ts", words: /brings the old image back/ },
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
    name: "jump-believed",
    promise: "A fix farther off than anybody travels is not believed alone.",
    caughtBy: { test: "test/firmware/position.test.ts", words: /a jump is counted/ },
  },
  {
    name: "jumps-hither-and-thither-win",
    promise: "Jumps that contradict one another never win.",
    caughtBy: { test: "test/firmware/position.test.ts", words: /hither and thither never win/ },
  },
  {
    name: "jumps-that-agree-never-win",
    promise: "Jumps that agree with one another win.",
    caughtBy: { test: "test/firmware/position.test.ts", words: /agree with one another win/ },
  },
  {
    name: "ladder-begins-anew",
    promise: "The recovery ladder goes on behind a restart of the processor [pager §2.7].",
    caughtBy: { test: "test/firmware/ladder.test.ts", words: /handed to it at the next start/ },
  },
  {
    name: "ladder-forgotten-with-page",
    promise: "Failures of the radio stand on each new page of the journal.",
    caughtBy: { test: "test/firmware/ladder.test.ts", words: /when the journal turns its page/ },
  },
  {
    name: "ladder-hangs-up",
    promise: "No rung of the ladder restarts a modem by which somebody talks.",
    caughtBy: { test: "test/modem/voice.test.ts", words: /no rung of the ladder restarts/ },
  },
  {
    name: "last-context-given-up",
    promise: "A cut in a storage write never takes the last context away.",
    caughtBy: { test: "test/firmware/power-cut-orders.test.ts", words: /last context outlives/ },
  },
  {
    name: "late-list-ends-call",
    promise: "A call that is not yet in the list is not given up.",
    caughtBy: { test: "test/modem/voice.test.ts", words: /row 11, callListedLate/ },
  },
  {
    name: "leaving-in-doubt-by-one-fix",
    promise: "What may be a leaving is looked at again though nothing moves.",
    caughtBy: { test: "test/firmware/receiver.test.ts", words: /what may be a leaving/ },
  },
  {
    name: "level-cuts-check-in-short",
    promise: "A cue that can wait never cuts another short.",
    caughtBy: { test: "test/firmware/battery.test.ts", words: /neither cuts the other short/ },
  },
  {
    name: "line-in-text-obeyed",
    promise: "A line in a stranger's text is text.",
    caughtBy: { test: "test/modem/sms.test.ts", words: /lines inside a stranger/ },
  },
  {
    name: "line-lost-in-rest-not-looked-for",
    promise: "What a resting modem may have said is looked for.",
    caughtBy: { test: "test/modem/rest.test.ts", words: /though its line was lost/ },
  },
  {
    name: "link-lost-by-night",
    promise: "Nobody is woken by the cue of a lost link.",
    caughtBy: { test: "test/firmware/beat.test.ts", words: /by night a lost link/ },
  },
  {
    name: "locked-card-looks-absent",
    promise: "A card that is locked by its PIN is told as such.",
    caughtBy: { test: "test/modem/card.test.ts", words: /locked by its PIN/ },
  },
  {
    name: "long-datagram-as-one-argument",
    promise: "A datagram of more than 256 octets leaves behind a prompt, by counted octets.",
    caughtBy: { test: "test/modem/send.test.ts", words: /too long for one argument leaves/ },
  },
  {
    name: "loose-plug-is-a-charge",
    promise: "A touch of the charger makes no new discharge.",
    caughtBy: { test: "test/firmware/battery.test.ts", words: /loose plug/ },
  },
  {
    name: "lost-card-waits-for-search",
    promise: "A card without contact ends ready at once.",
    caughtBy: { test: "test/modem/card.test.ts", words: /ends ready at once/ },
  },
  {
    name: "lost-sensor-says-that-it-works",
    promise: "A sensor says that it works only where its registers stand.",
    caughtBy: {
      test: "test/espruino/lis3dh.test.ts",
      words: /a sensor that dies says nothing more/,
    },
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
    name: "message-not-deleted",
    promise: "A message that was read is deleted.",
    caughtBy: { test: "test/modem/sms.test.ts", words: /full store empties itself/ },
  },
  {
    name: "missing-card-told-each-time",
    promise: "A card that can't be used is told once, with its reason.",
    caughtBy: { test: "test/firmware/activation.test.ts", words: /one row in the log/ },
  },
  {
    name: "missing-file-taken-for-assistance",
    promise: "Only a file that is there is taken for assistance data.",
    caughtBy: { test: "test/modem/assist.test.ts", words: /it ends there until it is asked again/ },
  },
  {
    name: "modem-left-on-behind-a-fix",
    promise: "Behind a fix between beats the modem sleeps again.",
    caughtBy: { test: "test/modem/alone.test.ts", words: /the modem sleeps again behind it/ },
  },
  {
    name: "modem-rests-in-an-alarm",
    promise: "Nothing rests while an alarm is open [pager §4].",
    caughtBy: { test: "test/modem/rest.test.ts", words: /nothing rests while an alarm is open/ },
  },
  {
    name: "moved-platform-never-found",
    promise: "A platform that has moved is found by its name also by what is no call for help.",
    caughtBy: { test: "test/firmware/found-way.test.ts", words: /lesser things go there too/ },
  },
  {
    name: "movement-behind-the-half-forgotten",
    promise: "Who moves behind the half of the span is not still at the next start.",
    caughtBy: {
      test: "test/firmware/motion.test.ts",
      words: /who moves behind the half of the span/,
    },
  },
  {
    name: "movement-ends-each-rest",
    promise: "A movement ends a rest only behind two minutes of it.",
    caughtBy: { test: "test/modem/lull.test.ts", words: /as long as that asks for/ },
  },
  {
    name: "movement-in-a-search-overlooked",
    promise: "Who moves while a search goes on is searched for again.",
    caughtBy: {
      test: "test/firmware/receiver.test.ts",
      words: /who moves while the search goes on/,
    },
  },
  {
    name: "movement-leaves-the-radio-at-rest",
    promise: "A movement ends a rest of the radio behind two minutes.",
    caughtBy: { test: "test/firmware/receiver.test.ts", words: /the charger ends a rest/ },
  },
  {
    name: "name-answer-lost-with-port",
    promise: "The modem's port stays there until the answer about a name may have come.",
    caughtBy: { test: "test/modem/name.test.ts", words: /port stays there until the answer/ },
  },
  {
    name: "name-asked-in-alarm",
    promise: "Nothing is asked of a name while an alarm is open [wire §4.6].",
    caughtBy: { test: "test/modem/name.test.ts", words: /no name is asked while an alarm is open/ },
  },
  {
    name: "name-asked-of-port-released",
    promise: "No name is asked of a modem whose port is released.",
    caughtBy: { test: "test/modem/name.test.ts", words: /port stays there until the answer/ },
  },
  {
    name: "name-hides-outer-one",
    promise: "In a small image no name hides one that is spoken of inside.",
    caughtBy: { test: "test/build/names.test.ts", words: /spoken of inside/ },
  },
  {
    name: "name-of-anybody-taken",
    promise: "An address that nobody has asked for is nobody's.",
    caughtBy: { test: "test/modem/name.test.ts", words: /what nobody asked for is not/ },
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
    name: "narrowed-field-believed",
    promise: "A word stays text where a call may have changed the field that is then printed.",
    caughtBy: { test: "test/build/words.test.ts", words: /changes a field that was just read/ },
  },
  {
    name: "nmea-degrees-cut",
    promise: "Degrees are rounded, not cut.",
    caughtBy: { test: "test/firmware/nmea.test.ts", words: /rounded as whole numbers/ },
  },
  {
    name: "nmea-moment-told-twice",
    promise: "A moment of the receiver is one fix.",
    caughtBy: { test: "test/firmware/nmea.test.ts", words: /are one fix/ },
  },
  {
    name: "nmea-reckoned-place-believed",
    promise: "A place that was reckoned, typed in or simulated is no fix.",
    caughtBy: { test: "test/firmware/nmea.test.ts", words: /no fix where status/ },
  },
  {
    name: "nmea-sum-not-checked",
    promise: "A sentence whose checksum is wrong says nothing.",
    caughtBy: { test: "test/firmware/nmea.test.ts", words: /wrong in its sum/ },
  },
  {
    name: "nmea-uncertainty-of-none",
    promise: "A fix without a dilution is never more certain than one with it [wire §6].",
    caughtBy: { test: "test/firmware/nmea.test.ts", words: /uncertainty follows/ },
  },
  {
    name: "nmea-void-fix-believed",
    promise: "No fix where one sentence of its moment says that there is none.",
    caughtBy: { test: "test/firmware/nmea.test.ts", words: /no fix where status/ },
  },
  {
    name: "no-fix-in-a-rest",
    promise: "What is searched for waits for a rest of the radio, and no longer.",
    caughtBy: {
      test: "test/firmware/receiver.test.ts",
      words: /is searched for in its rest: zone/,
    },
  },
  {
    name: "no-saving-stays-on",
    promise: "A modem that is granted no power saving is switched off between beats.",
    caughtBy: { test: "test/modem/rest.test.ts", words: /grants no power saving/ },
  },
  {
    name: "not-found-for-six-hours",
    promise: "Who was not found is searched for again behind an hour.",
    caughtBy: { test: "test/firmware/receiver.test.ts", words: /again behind an hour: zone/ },
  },
  {
    name: "number-not-noted-on-weak-battery",
    promise: "No number serves before it is noted, however weak the battery is.",
    caughtBy: {
      test: "test/firmware/storage-faults.test.ts",
      words: /numbers are noted before they serve/,
    },
  },
  {
    name: "number-outlives-alarm",
    promise: "Nobody is dialled for an alarm that is over.",
    caughtBy: { test: "test/modem/voice.test.ts", words: /goes when the alarm is over/ },
  },
  {
    name: "old-challenge-brought-back",
    promise: "A challenge that nobody followed up is asked for anew.",
    caughtBy: { test: "test/firmware/link.test.ts", words: /brought a second time/ },
  },
  {
    name: "old-word-wins",
    promise:
      "Of two words that crossed the one with the platform's higher number counts [wire §2.5].",
    caughtBy: { test: "test/firmware/words.test.ts", words: /old taken that comes behind/ },
  },
  {
    name: "older-result-kept",
    promise: "The result of an older word is not said behind that of a newer one.",
    caughtBy: { test: "test/firmware/words.test.ts", words: /gives its place/ },
  },
  {
    name: "one-operator-in-an-alarm",
    promise: "In an alarm the modem tries every operator [pager §2.6].",
    caughtBy: { test: "test/modem/cycle.test.ts", words: /first operator refuses/ },
  },
  {
    name: "one-technology-in-an-alarm",
    promise: "In an alarm the modem cycles radio technology [pager §2.6].",
    caughtBy: { test: "test/modem/cycle.test.ts", words: /only nb is on the air/ },
  },
  {
    name: "order-forgotten-at-reset",
    promise: "A reset in the middle of an order gives its one result.",
    caughtBy: { test: "test/firmware/press-test.test.ts", words: /power that goes at any stroke/ },
  },
  {
    name: "own-hex-loses-zeros",
    promise: "By the engine's own means octets become the same hex as by the wire's loops.",
    caughtBy: { test: "test/espruino/octets.test.ts", words: /say what the loops of the wire say/ },
  },
  {
    name: "page-octets-not-compared",
    promise: "A write says false where other octets stand afterwards.",
    caughtBy: { test: "test/board/boards.test.ts", words: /can't stand where others do/ },
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
    name: "page-written-again-throws",
    promise:
      "A write over other octets fails as a value: what is thrown would take the alarm's sending with it.",
    caughtBy: { test: "test/board/boards.test.ts", words: /can't stand where others do/ },
  },
  {
    name: "picked-up-is-hung-up-on",
    promise:
      "Before a call is ended for another it is looked at: who has picked up meanwhile is not hung up on.",
    caughtBy: { test: "test/modem/voice.test.ts", words: /nobody is hung up on who picked up/ },
  },
  {
    name: "place-unknown-for-want-of-a-path",
    promise: "A search that ended while the radio had the path says nothing about the place.",
    caughtBy: {
      test: "test/firmware/receiver.test.ts",
      words: /says nothing about the place: zone/,
    },
  },
  {
    name: "plan-kept-without-alarm",
    promise: "Without an alarm the network is looked for as the set-up says.",
    caughtBy: { test: "test/modem/cycle.test.ts", words: /leads back to the set-up/ },
  },
  {
    name: "point-search-over-before-it-began",
    promise: "A search for a point that waits for the receiver has its whole time.",
    caughtBy: { test: "test/firmware/receiver.test.ts", words: /in its rest: track/ },
  },
  {
    name: "port-kept-while-modem-sleeps",
    promise: "The port is released while the modem sleeps [pager §4].",
    caughtBy: { test: "test/modem/rest.test.ts", words: /between beats the modem saves power/ },
  },
  {
    name: "power-key-never-released",
    promise: "The modem's power key is released by itself [bg96 trap 8].",
    caughtBy: { test: "test/board/boards.test.ts", words: /as long as asked, and ends by itself/ },
  },
  {
    name: "press-before-a-new-image-unheard",
    promise: "A press before the restart keeps the old image.",
    caughtBy: { test: "test/firmware/update.test.ts", words: /keeps the old image/ },
  },
  {
    name: "press-leaves-the-radio-at-rest",
    promise: "A press ends a rest of the radio at its first edge.",
    caughtBy: { test: "test/firmware/receiver.test.ts", words: /a press ends a rest/ },
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
    name: "profile-not-told-to-modem",
    promise: "Another profile is told to the modem at once.",
    caughtBy: { test: "test/modem/rest.test.ts", words: /told while the modem is awake/ },
  },
  {
    name: "radio-started-at-once-each-time",
    promise: "After three short runs on a weak battery the modem waits longer [pager §2.3].",
    caughtBy: { test: "test/firmware/boot-loop.test.ts", words: /the modem waits, longer/ },
  },
  {
    name: "receiver-before-the-network-of-an-alarm",
    promise: "In an alarm the path is the network's until the radio is ready.",
    caughtBy: { test: "test/firmware/receiver.test.ts", words: /an alarm takes the path/ },
  },
  {
    name: "receiver-told-once-for-ever",
    promise: "A receiver says that it works each time it is wanted.",
    caughtBy: { test: "test/modem/fix.test.ts", words: /once behind each wish/ },
  },
  {
    name: "recv-lost-while-reading",
    promise: "An answer that comes while its socket is being read is read at once.",
    caughtBy: { test: "test/modem/send.test.ts", words: /while its socket is being read/ },
  },
  {
    name: "refused-sleep-asked-for-ever",
    promise: "A setting of its sleep that the modem refuses in an alarm is asked once.",
    caughtBy: { test: "test/modem/rest.test.ts", words: /is not asked again/ },
  },
  {
    name: "release-not-said",
    promise: "That an alarm was given back is said to its pager.",
    caughtBy: { test: "test/sdk/given-back.test.ts", words: /release gives the alarm back/ },
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
    name: "renewal-result-lost",
    promise: "The result of new keys outlives a cut behind their adoption.",
    caughtBy: { test: "test/firmware/renewal.test.ts", words: /outlives a cut at any stroke/ },
  },
  {
    name: "reopened-not-obeyed",
    promise: "An alarm that was closed can be open again.",
    caughtBy: { test: "test/firmware/words.test.ts", words: /reopened brings the last alarm/ },
  },
  {
    name: "reopened-under-newer-alarm",
    promise: "An alarm is opened again only while its pager has it in hand.",
    caughtBy: { test: "test/sdk/given-back.test.ts", words: /release and reopen are refused/ },
  },
  {
    name: "repeats-before-new-numbers",
    promise: "Under overload new numbers are worked on before repeats [wire §3].",
    caughtBy: { test: "test/sdk/intake.test.ts", words: /before repeats/ },
  },
  {
    name: "reset-pin-is-power-key",
    promise: "A pulse of the reset pin is none of the power key.",
    caughtBy: { test: "test/board/boards.test.ts", words: /none of the power key/ },
  },
  {
    name: "reset-pin-never-pulsed",
    promise: "A modem that heeds neither AT nor its power key is reset by its pin [pager §2.7].",
    caughtBy: {
      test: "test/modem/ladder.test.ts",
      words: /is reset by its pin, behind a power cycle/,
    },
  },
  {
    name: "reset-pin-of-board-without",
    promise: "A board without the modem's reset pin has no such rung.",
    caughtBy: { test: "test/modem/ladder.test.ts", words: /a board without that pin/ },
  },
  {
    name: "rest-always-as-short",
    promise: "The rests between searches grow.",
    caughtBy: { test: "test/modem/lull.test.ts", words: /longer each time, profile reachable/ },
  },
  {
    name: "rest-hangs-up",
    promise: "Nothing rests while somebody talks.",
    caughtBy: { test: "test/modem/voice.test.ts", words: /nothing rests while somebody talks/ },
  },
  {
    name: "rest-holds-an-alarm-back",
    promise: "A call without a hand, of a fall, leaves within 300 ms from a rest too [pager §4].",
    caughtBy: { test: "test/modem/rest.test.ts", words: /a light rest leaves within 300 ms/ },
  },
  {
    name: "rest-in-an-alarm",
    promise: "With an alarm open no rest begins [design §4].",
    caughtBy: { test: "test/modem/lull.test.ts", words: /with an alarm open no rest begins/ },
  },
  {
    name: "rest-with-its-port",
    promise: "In a rest the port is released and the modem sleeps.",
    caughtBy: {
      test: "test/modem/lull.test.ts",
      words: /the port is released and the modem sleeps/,
    },
  },
  {
    name: "restart-counted-with-each-plan",
    promise: "Three failures in a row are one restart of the radio, however many plans are tried.",
    caughtBy: { test: "test/firmware/ladder.test.ts", words: /counts as one restart of the radio/ },
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
    name: "rests-right-behind-a-send",
    promise: "A modem stays awake for a minute behind a send.",
    caughtBy: { test: "test/modem/rest.test.ts", words: /a minute behind the last send/ },
  },
  {
    name: "sealed-text-never-leaves",
    promise: "Undelivered for 30 s an alarm goes to the platform as a sealed text [pager §2.5].",
    caughtBy: { test: "test/firmware/escalation.test.ts", words: /undelivered for 30 s/ },
  },
  {
    name: "search-called-back-by-each-loss",
    promise: "A search that was begun runs out though the network comes and goes.",
    caughtBy: {
      test: "test/firmware/receiver.test.ts",
      words: /though the network comes and goes: zone/,
    },
  },
  {
    name: "search-goes-on-without-alarm",
    promise: "Without an alarm the radio begins with the plan of its set-up.",
    caughtBy: {
      test: "test/firmware/ladder.test.ts",
      words: /while an alarm is open, and not without one/,
    },
  },
  {
    name: "search-of-an-alarm-begins-anew",
    promise: "A start in an alarm goes on with the technology that was tried last [pager §2.6].",
    caughtBy: {
      test: "test/modem/cycle.test.ts",
      words: /a start goes on with the one that was told last/,
    },
  },
  {
    name: "search-without-a-rest",
    promise: "Without coverage the radio rests between searches.",
    caughtBy: { test: "test/modem/lull.test.ts", words: /longer each time, profile reachable/ },
  },
  {
    name: "self-test-card-unread",
    promise: "A card that is missing, locked or broken is not said to have passed.",
    caughtBy: { test: "test/firmware/self-test.test.ts", words: /missing, locked or broken/ },
  },
  {
    name: "self-test-failure-behind-cut",
    promise: "A cut behind a self-test's report finds there what failed.",
    caughtBy: { test: "test/firmware/self-test.test.ts", words: /wherever its report was stored/ },
  },
  {
    name: "self-test-failure-forgotten",
    promise: "What failed the last self-test is kept over a reset.",
    caughtBy: { test: "test/firmware/self-test.test.ts", words: /kept over a reset/ },
  },
  {
    name: "self-test-receiver-unheard",
    promise: "A receiver that doesn't answer is not said to have passed.",
    caughtBy: { test: "test/firmware/self-test-sensors.test.ts", words: /says nothing has failed/ },
  },
  {
    name: "self-test-unregistered",
    promise: "A radio that is not registered is not said to have passed.",
    caughtBy: {
      test: "test/firmware/self-test.test.ts",
      words: /not registered when its time is over/,
    },
  },
  {
    name: "self-test-weak-signal",
    promise: "A signal below the bound is not said to have passed.",
    caughtBy: { test: "test/firmware/self-test.test.ts", words: /below the bound has failed/ },
  },
  {
    name: "self-test-without-result",
    promise: "A self-test ends with a result beside its report.",
    caughtBy: { test: "test/firmware/self-test.test.ts", words: /one result|every part passes/ },
  },
  {
    name: "send-leaves-modem-asleep",
    promise: "A send wakes a modem that sleeps between beats [pager §4].",
    caughtBy: { test: "test/modem/rest.test.ts", words: /a send wakes it in 45 s/ },
  },
  {
    name: "send-waits-for-satellites",
    promise: "What is sent ends a search for satellites alone.",
    caughtBy: { test: "test/modem/alone.test.ts", words: /a modem that hangs in a search/ },
  },
  {
    name: "sensor-deaf-behind-a-lost-edge",
    promise: "A lost edge silences the accelerometer for a minute at most.",
    caughtBy: {
      test: "test/espruino/lis3dh.test.ts",
      words: /an edge that was lost costs a minute at most/,
    },
  },
  {
    name: "sensor-moves-the-wearer-at-its-start",
    promise: "The start of the accelerometer is no movement of its wearer.",
    caughtBy: {
      test: "test/espruino/lis3dh.test.ts",
      words: /the first second behind each start says that the sensor works and nothing else/,
    },
  },
  {
    name: "sensor-runs-unasked",
    promise: "The accelerometer is powered down where nobody wants it.",
    caughtBy: {
      test: "test/espruino/lis3dh.test.ts",
      words: /nothing is written before it is wanted/,
    },
  },
  {
    name: "sensor-says-once-that-it-works",
    promise: "An accelerometer that runs already is started anew for its test.",
    caughtBy: {
      test: "test/firmware/self-test-sensors.test.ts",
      words: /started anew for the test/,
    },
  },
  {
    name: "sensor-sleeps-where-it-would-save",
    promise: "The sensor runs while a zone or a track is set.",
    caughtBy: {
      test: "test/firmware/receiver.test.ts",
      words: /the sensor runs for movements alone/,
    },
  },
  {
    name: "sensor-works-told-once",
    promise: "A sensor says each half hour that it works.",
    caughtBy: { test: "test/espruino/lis3dh.test.ts", words: /says so each half hour/ },
  },
  {
    name: "settings-half-changed",
    promise: "Settings change all together or not at all.",
    caughtBy: { test: "test/firmware/settings.test.ts", words: /breaks a relation/ },
  },
  {
    name: "settings-noted-row-by-row",
    promise: "A change of settings is noted as a whole or not at all.",
    caughtBy: { test: "test/firmware/storage-faults.test.ts", words: /forgotten as a whole/ },
  },
  {
    name: "settings-rows-of-before",
    promise: "Rows of a change that was cut never count with a later one.",
    caughtBy: { test: "test/firmware/settings.test.ts", words: /do not count with the next/ },
  },
  {
    name: "silent-context-asks-no-name",
    promise: "A new context behind a silent day has the name looked up at once.",
    caughtBy: { test: "test/modem/name.test.ts", words: /no datagram has come for a day/ },
  },
  {
    name: "silent-sensor-believed",
    promise: "A sensor that is silent holds back no search.",
    caughtBy: { test: "test/firmware/receiver.test.ts", words: /a sensor that is silent/ },
  },
  {
    name: "silent-text-blocks-the-modem",
    promise: "A text that stays silent for 60 s is a step on the ladder [pager §2.6].",
    caughtBy: { test: "test/modem/sms.test.ts", words: /silent for 60 s/ },
  },
  {
    name: "sleep-settings-before-help",
    promise: "No setting of its sleep stands before an alarm that waits for its answer.",
    caughtBy: {
      test: "test/modem/rest.test.ts",
      words: /sent again with no setting of its sleep before it/,
    },
  },
  {
    name: "sleep-told-at-rest",
    promise: "A modem whose port is released is told nothing of its sleep.",
    caughtBy: { test: "test/modem/rest.test.ts", words: /is told nothing of its sleep/ },
  },
  {
    name: "slot-head-erased-last",
    promise: "The head goes before what it speaks of.",
    caughtBy: { test: "test/firmware/update.test.ts", words: /erased first and written last/ },
  },
  {
    name: "still-for-ever",
    promise: "Who lies still is searched for again behind six hours.",
    caughtBy: { test: "test/firmware/receiver.test.ts", words: /again for six hours: zone/ },
  },
  {
    name: "stillness-begins-anew-at-each-start",
    promise: "A restart hides nobody who lies still.",
    caughtBy: { test: "test/firmware/motion.test.ts", words: /stillness goes on behind a restart/ },
  },
  {
    name: "stillness-counted-by-night",
    promise: "Stillness is counted in the hours of day alone.",
    caughtBy: { test: "test/firmware/motion.test.ts", words: /a night without movement is none/ },
  },
  {
    name: "stillness-told-again",
    promise: "One stillness is reported once.",
    caughtBy: {
      test: "test/firmware/motion.test.ts",
      words: /no movement for as long as the settings say/,
    },
  },
  {
    name: "stillness-while-off-believed",
    promise: "Where the pager was off for longer than the span, stillness begins anew.",
    caughtBy: {
      test: "test/firmware/motion.test.ts",
      words: /stillness begins anew where nobody tells the time/,
    },
  },
  {
    name: "stranger-answered-by-driver",
    promise: "The driver picks up nobody by itself [R-30].",
    caughtBy: { test: "test/modem/voice.test.ts", words: /picked up when the core says so/ },
  },
  {
    name: "stranger-answered-by-text",
    promise: "A text that nobody sealed is never answered.",
    caughtBy: { test: "test/firmware/texts.test.ts", words: /are never answered/ },
  },
  {
    name: "stranger-picked-up-in-place",
    promise: "Picked up is who was meant, and not who calls by then [R-30].",
    caughtBy: {
      test: "test/modem/voice.test.ts",
      words: /a stranger who calls where a listed one/,
    },
  },
  {
    name: "stuck-key-raises-again",
    promise: "A key that is stuck says nothing more until it was up for a second.",
    caughtBy: { test: "test/firmware/key.test.ts", words: /stuck key says nothing more/ },
  },
  {
    name: "taken-said-of-closed",
    promise: "A pager hears that its alarm is open again before it hears of a take.",
    caughtBy: { test: "test/sdk/given-back.test.ts", words: /taken only behind its result/ },
  },
  {
    name: "text-answer-not-counted",
    promise: "An answer by text delivers an alarm like any other [wire §5].",
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
    name: "texts-never-set-on-wrapped-clock",
    promise: "Texts can leave whatever the pager's clock shows [pager §2.5].",
    caughtBy: { test: "test/modem/sms.test.ts", words: /at any moment of a clock that wraps/ },
  },
  {
    name: "timer-kept-behind-another",
    promise: "A board has one timer: a further wakeIn replaces it.",
    caughtBy: { test: "test/board/boards.test.ts", words: /a further wakeIn replaces/ },
  },
  {
    name: "track-answer-lets-later-points-go",
    promise: "The answer to a track lets go the points that its exchange said, and no later ones.",
    caughtBy: { test: "test/firmware/track.test.ts", words: /let go by the answer alone/ },
  },
  {
    name: "track-behind-nothing",
    promise: "A track under way gives way to all that goes before it.",
    caughtBy: { test: "test/firmware/track.test.ts", words: /gives way to a check-in/ },
  },
  {
    name: "track-crowds-the-outbox",
    promise: "No check-in or result has less room because of a track.",
    caughtBy: { test: "test/firmware/track.test.ts", words: /less room because of a track/ },
  },
  {
    name: "track-fills-the-page",
    promise: "Points take no room of a page that others may need.",
    caughtBy: { test: "test/firmware/track.test.ts", words: /neither turned for points/ },
  },
  {
    name: "track-goes-on-in-an-alarm",
    promise: "While an alarm is open no track leaves but what a locate asks for.",
    caughtBy: { test: "test/firmware/track.test.ts", words: /waits until it is closed/ },
  },
  {
    name: "track-only-in-memory",
    promise: "Points of a walk without a network outlive a reset.",
    caughtBy: { test: "test/firmware/track.test.ts", words: /points outlive a reset/ },
  },
  {
    name: "track-point-stored-twice",
    promise: "A point of a track that is said again stands in the log once.",
    caughtBy: { test: "test/sdk/track.test.ts", words: /left out when a track comes again/ },
  },
  {
    name: "track-thinned-to-nothing",
    promise: "Where points are many the line of the walk stays, and its older detail goes.",
    caughtBy: { test: "test/firmware/track.test.ts", words: /line stays and its older detail/ },
  },
  {
    name: "track-without-a-time",
    promise: "A position without a time is no point until somebody tells the time.",
    caughtBy: { test: "test/firmware/track.test.ts", words: /without a time waits/ },
  },
  {
    name: "trial-asked-elsewhere",
    promise: "A trial of another way is asked of nobody else.",
    caughtBy: {
      test: "test/firmware/found-way.test.ts",
      words: /nothing but help goes to the address that was found/,
    },
  },
  {
    name: "trial-ends-a-stored-alarm",
    promise: "An alarm that is stored is not left for the end of a trial.",
    caughtBy: { test: "test/firmware/update.test.ts", words: /never left for the end of a trial/ },
  },
  {
    name: "trial-of-phone-read",
    promise: "Of a set with several sensors the one at the waist alone is judged.",
    caughtBy: { test: "test/cli/falls.test.ts", words: /sensor at the waist alone/ },
  },
  {
    name: "trial-waits-with-an-alarm",
    promise: "A new image that can not deliver an alarm gives way soon.",
    caughtBy: { test: "test/firmware/update.test.ts", words: /gives way, and the alarm goes on/ },
  },
  {
    name: "unable-is-asked-again",
    promise: "A radio that can call nobody is not asked again in an alarm.",
    caughtBy: { test: "test/firmware/voice.test.ts", words: /not asked again in this alarm/ },
  },
  {
    name: "unactivated-alarm-kept-back",
    promise:
      "A pager that was never activated says so, and its alarm goes out all the same [wire §2.6].",
    caughtBy: { test: "test/firmware/key.test.ts", words: /never activated/ },
  },
  {
    name: "update-for-former-hardware",
    promise: "An update for what a pager was before the bench does not reach what it is now.",
    caughtBy: { test: "test/sdk/updates.test.ts", words: /new keys from the bench/ },
  },
  {
    name: "update-goes-on-behind-a-press",
    promise: "A press ends an update [pager §2.1].",
    caughtBy: { test: "test/firmware/update.test.ts", words: /calls for help as ever/ },
  },
  {
    name: "update-off-the-charger",
    promise: "Nothing of an update is begun off the charger [pager §1.2].",
    caughtBy: { test: "test/firmware/update.test.ts", words: /nothing is erased/ },
  },
  {
    name: "update-wears-the-pages-out",
    promise: "An update that never comes through is given up.",
    caughtBy: { test: "test/firmware/update.test.ts", words: /gives up before it wears/ },
  },
  {
    name: "variable-written-before-declared",
    promise: "On an engine that hoists nothing no variable is written before it is declared.",
    caughtBy: { test: "test/build/names.test.ts", words: /stands behind a use/ },
  },
  {
    name: "watchdog-kicked-by-a-broken-round",
    promise: "A loop that throws in every round is ended by the watchdog [pager §2.7].",
    caughtBy: { test: "test/espruino/watchdog.test.ts", words: /throws in every round/ },
  },
  {
    name: "way-kept-without-answer",
    promise: "A way to the platform that nobody answers goes back by itself.",
    caughtBy: { test: "test/firmware/way.test.ts", words: /goes back by itself/ },
  },
  {
    name: "wearer-left-at-older-word",
    promise: "A wearer who was told of another stage than the alarm's is told again.",
    caughtBy: { test: "test/sdk/given-back.test.ts", words: /an older one comes late/ },
  },
  {
    name: "window-too-narrow",
    promise: "A late copy is admitted up to 127 numbers behind the newest [wire §1.6].",
    caughtBy: { test: "test/protocol/replay.test.ts", words: /127 numbers behind/ },
  },
  {
    name: "word-ends-call",
    promise:
      "What a line says of a call's end is looked for in the list: it may speak of a call before.",
    caughtBy: { test: "test/modem/voice.test.ts", words: /row 11, callEndOld/ },
  },
  {
    name: "word-obeyed-before-shown-fresh",
    promise: "Behind a reset a word is obeyed only when it can't be an old copy [wire §4.4].",
    caughtBy: { test: "test/firmware/link.test.ts", words: /not shown fresh/ },
  },
  {
    name: "word-printed-as-number",
    promise: "A word that is joined to text stays text in the image.",
    caughtBy: { test: "test/build/words.test.ts", words: /joined to text/ },
  },
  {
    name: "word-under-another-identifier",
    promise: "A word goes under its own alarm's key identifier, and closes no other alarm.",
    caughtBy: { test: "test/sdk/words.test.ts", words: /reaches no other alarm of that number/ },
  },
  {
    name: "zone-changed-is-left",
    promise: "A zone that was changed is another one, in which nobody was seen yet.",
    caughtBy: { test: "test/firmware/zones.test.ts", words: /changed is another one/ },
  },
  {
    name: "zone-forgotten-behind-another",
    promise: "A zone that is left while another leaving waits is told after it.",
    caughtBy: { test: "test/firmware/zones.test.ts", words: /each is told/ },
  },
  {
    name: "zone-leaving-ended-by-doubtful-fix",
    promise: "A doubtful fix ends no leaving.",
    caughtBy: { test: "test/firmware/zones.test.ts", words: /neither ends a leaving/ },
  },
  {
    name: "zone-left-within-slack",
    promise: "A fix within the slack around a zone is no leaving.",
    caughtBy: { test: "test/firmware/zones.test.ts", words: /than slack and uncertainty/ },
  },
  {
    name: "zone-left-within-uncertainty",
    promise: "A fix that may still lie inside is no leaving.",
    caughtBy: { test: "test/firmware/zones.test.ts", words: /than slack and uncertainty/ },
  },
  {
    name: "zone-left-without-dwell",
    promise: "A zone is left only when fixes lie outside it for the dwell.",
    caughtBy: { test: "test/firmware/zones.test.ts", words: /less than the dwell/ },
  },
  {
    name: "zone-not-armed-behind-reset",
    promise: "A reset forgets no zone that is armed.",
    caughtBy: { test: "test/firmware/zones.test.ts", words: /forgets no zone/ },
  },
  {
    name: "zone-not-armed-where-nothing-moves",
    promise: "A zone that is set over a wearer who lies still is judged by the known place.",
    caughtBy: { test: "test/firmware/receiver.test.ts", words: /armed by the place that is known/ },
  },
  {
    name: "zone-promised-by-board-without",
    promise: "A board that watches no zones refuses them.",
    caughtBy: { test: "test/firmware/zones.test.ts", words: /watches none refuses it/ },
  },
  {
    name: "zone-search-over-before-it-began",
    promise: "A search for a zone that waits for the receiver has its whole time.",
    caughtBy: { test: "test/firmware/receiver.test.ts", words: /in its rest: zone/ },
  },
  {
    name: "zone-search-without-end",
    promise: "A search for a zone ends where no fix comes [pager §4].",
    caughtBy: { test: "test/firmware/zones.test.ts", words: /time is over/ },
  },
  {
    name: "zone-told-again-outside",
    promise: "A leaving is told once; only a return arms the zone anew.",
    caughtBy: { test: "test/firmware/zones.test.ts", words: /is told once/ },
  },
  {
    name: "zone-told-twice-behind-cut",
    promise: "A cut between a leaving and its mark tells it once.",
    caughtBy: { test: "test/firmware/zones.test.ts", words: /tells it once/ },
  },
  {
    name: "zone-without-its-last-edge",
    promise: "A polygon is closed by the edge from its last corner to its first.",
    caughtBy: { test: "test/firmware/zone.test.ts", words: /in or outside any polygon/ },
  },
];
