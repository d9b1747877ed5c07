// Every checker of the storm, in the order in which a broken rule is told.
// A table and nothing else: what each looks at stands in its own file.

import { bounds } from "./bounds.ts";
import { calmHeals } from "./calm-heals.ts";
import type { CheckerKind } from "./checker.ts";
import { commandEndsOnce } from "./command-ends-once.ts";
import { cuesStepForward } from "./cues-step-forward.ts";
import { deliveredAfterCommit } from "./delivered-after-commit.ts";
import { erasedSaysSo } from "./erased-says-so.ts";
import { fallIsRaised } from "./fall-is-raised.ts";
import { heldBecomesAlarm } from "./held-becomes-alarm.ts";
import { noAlarmWithoutCause } from "./no-alarm-without-cause.ts";
import { oneNumberOneText } from "./one-number-one-text.ts";
import { openAlarmSpeaks } from "./open-alarm-speaks.ts";
import { raisedIsDelivered } from "./raised-is-delivered.ts";
import { raisedIsTold } from "./raised-is-told-until-stored.ts";
import { stillnessIsRaised } from "./stillness-is-raised.ts";
import { strangersChangeNothing } from "./strangers-change-nothing.ts";
import { takenAfterPerson } from "./taken-after-person.ts";
import { textsCarry } from "./texts-carry.ts";
import { textsEscalate } from "./texts-escalate.ts";
import { trackPointsArrive } from "./track-points-arrive.ts";
import { zoneLeftIsRaised } from "./zone-left-is-raised.ts";

export const CHECKERS: readonly CheckerKind[] = [
  heldBecomesAlarm,
  raisedIsTold,
  raisedIsDelivered,
  noAlarmWithoutCause,
  zoneLeftIsRaised,
  stillnessIsRaised,
  fallIsRaised,
  deliveredAfterCommit,
  takenAfterPerson,
  cuesStepForward,
  oneNumberOneText,
  strangersChangeNothing,
  openAlarmSpeaks,
  textsEscalate,
  textsCarry,
  erasedSaysSo,
  commandEndsOnce,
  trackPointsArrive,
  bounds,
  calmHeals,
];
