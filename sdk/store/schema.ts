// The tables of the SQLite store and the steps from one version of them to the next.
// A step that has been released is never changed: a new version is a new step at the end.

/** Marks a file as ours in its header ("ONEK"), so that another program's database is refused. */
export const APPLICATION_ID = 0x4f4e454b;

/** Step n leads from version n to version n + 1. */
export const STEPS: readonly string[] = [
  `
  CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;

  CREATE TABLE pagers (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT,
    standing TEXT NOT NULL,
    registered_at_ms INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE persons (
    pager TEXT PRIMARY KEY,
    record TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Secrets stand apart from links: links are written with every message, secrets once.
  CREATE TABLE contexts (
    kid TEXT PRIMARY KEY,
    pager TEXT NOT NULL,
    slot INTEGER NOT NULL,
    sealed BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX contexts_of_pager ON contexts (pager);

  CREATE TABLE links (
    kid TEXT PRIMARY KEY,
    highest INTEGER NOT NULL,
    seen BLOB NOT NULL,
    next_piv INTEGER NOT NULL,
    address TEXT,
    port INTEGER,
    heard_at_ms INTEGER,
    battery_percent INTEGER,
    charging INTEGER,
    signal_dbm INTEGER,
    checked_in_at_ms INTEGER
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE alarms (
    id TEXT PRIMARY KEY,
    raised_seq INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX alarms_open ON alarms (closed, raised_seq);

  -- Apart from the alarm's row, which is written anew with each report; these are only added.
  CREATE TABLE alarm_positions (
    alarm TEXT NOT NULL,
    seq INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (alarm, seq)
  ) STRICT, WITHOUT ROWID;

  -- Check-ins and results that were stored: the same one in a new exchange makes no second event.
  CREATE TABLE items (
    kid TEXT NOT NULL,
    kind TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (kid, kind, number)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE words (
    alarm TEXT PRIMARY KEY,
    pager TEXT NOT NULL,
    number INTEGER NOT NULL,
    word TEXT NOT NULL,
    queued_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE access (
    hash TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    expires_at_ms INTEGER
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];
