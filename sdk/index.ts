// The public entry of the package: what a platform developer imports from "onekey-pager".

export type { Api } from "./api/app.ts";
export { mountFolder } from "./api/app.ts";
export type { Alarms, EventsOptions } from "./api/host.ts";
export type { AlarmRow, NoteRow, PositionRow, Stage } from "./care/alarms.ts";
export { OUTCOMES, type Outcome } from "./care/outcome.ts";
export { type Clock, systemClock } from "./clock.ts";
export { OnekeyError, type OnekeyErrorCode } from "./error.ts";
export type { Beat, Event, EventKind, Person, Position, Report, Standing } from "./events.ts";
export type { Counters } from "./gateway/counters.ts";
export type { NewPager, Pagers, RegisteredPager } from "./pagers.ts";
export { openPlatform, type Platform, type PlatformOptions } from "./platform.ts";
export type { Random } from "./random.ts";
export type { ProvisionedContext, Provisioning } from "./register.ts";
export type { PagerRow } from "./store/store.ts";
