// What this firmware is called, and the time before which it can't have been running.
// Numbers only; both are raised with each release.

export const FIRMWARE_VERSION = 1;

/** 2026-01-01T00:00:00Z in seconds since 2020: a clock that says less is wrong. */
export const BUILT_S = 189388800;
