// What a break is: a promise that a patch takes out of a copy of the sources, and who must notice.
// A type only.

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
