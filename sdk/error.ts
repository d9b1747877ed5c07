// The one error of the host: a closed list of codes and a sentence that says what to do next.
// Never carries a key, a token or a position.

export type OnekeyErrorCode =
  | "bad-option"
  | "bad-input"
  | "bad-request"
  | "body-too-large"
  | "not-allowed"
  | "not-signed-in"
  | "not-found"
  | "unknown-pager"
  | "unknown-alarm"
  | "unknown-command"
  | "unknown-image"
  | "image-damaged"
  | "other-board"
  | "board-unknown"
  | "not-heard"
  | "renewed-lately"
  | "already-taken"
  | "not-taken"
  | "not-owner"
  | "already-closed"
  | "not-closed"
  | "closed-too-long"
  | "superseded"
  | "cursor-ahead"
  | "port-taken"
  | "port-refused"
  | "data-not-writable"
  | "data-in-use"
  | "database-newer"
  | "database-older"
  | "database-foreign"
  | "database-failed"
  | "key-file-missing"
  | "key-file-wrong"
  | "build-failed"
  | "tool-missing"
  | "engine-ended"
  | "datagram-stuck"
  | "serial-failed"
  | "platform-silent"
  | "platform-refused"
  | "file-unreadable"
  | "file-without-fix"
  | "rule-broken"
  | "closed";

export class OnekeyError extends Error {
  readonly code: OnekeyErrorCode;
  /** Facts for programs, such as `{ owner }` of an alarm that somebody else has. */
  readonly facts: Readonly<Record<string, string>>;

  constructor(code: OnekeyErrorCode, message: string, facts: Record<string, string> = {}) {
    super(message);
    this.name = "OnekeyError";
    this.code = code;
    this.facts = facts;
  }
}

/** The `code` that Node, SQLite and sockets put on their errors; "" where there is none. */
export function systemCode(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}
