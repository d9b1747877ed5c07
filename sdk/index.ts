// The public entry of the package: what a platform developer imports from "onekey-pager".

export type { Api } from "./api/app.ts";
export { mountFolder } from "./api/app.ts";
export type {
  Alarms,
  AskedCommand,
  AskedUpdate,
  Commands,
  EventsOptions,
  Images,
  NewImage,
  RegisteredPager,
} from "./api/host.ts";
export type { AlarmRow, EarlierAct, NoteRow, PositionRow } from "./care/alarms.ts";
export type { CommandRow } from "./care/commands.ts";
export { OUTCOMES, type Outcome } from "./care/outcome.ts";
export { COMMAND_OUTCOMES, type CommandOutcome } from "./care/results.ts";
export { type Clock, systemClock } from "./clock.ts";
export { OnekeyError, type OnekeyErrorCode } from "./error.ts";
export type {
  Beat,
  Cell,
  CellPlace,
  Event,
  EventKind,
  Person,
  Position,
  Report,
  Stage,
  Standing,
} from "./events.ts";
export type { OpenCarrier } from "./gateway/carrier.ts";
export type { Counters } from "./gateway/counters.ts";
export { type ByteLine, serialCarrier } from "./gateway/serial-carrier.ts";
export { type SmsModemOptions, smsModem } from "./gateway/sms-modem.ts";
export { type SmsProvider, type SmsProviderOptions, smsProvider } from "./gateway/sms-provider.ts";
export type { LocateCell } from "./locator.ts";
export { nodeMachine } from "./machine.ts";
export type { NewPager, Pagers } from "./pagers.ts";
export { openPlatform, type Platform, type PlatformOptions } from "./platform.ts";
export type { Random } from "./random.ts";
export type { ProvisionedContext, Provisioning } from "./register.ts";
export type { NamedSettings } from "./setting-values.ts";
export type { ImageRow, PagerRow } from "./store/store.ts";
