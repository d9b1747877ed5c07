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
  `
  -- By which carrier the return address is meant; null: UDP.
  ALTER TABLE links ADD COLUMN carrier TEXT;
  ALTER TABLE links ADD COLUMN window_lost INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE links ADD COLUMN bottom INTEGER NOT NULL DEFAULT -1;

  -- What each context's pager said of itself at its first contact.
  CREATE TABLE bindings (
    kid TEXT PRIMARY KEY,
    pager TEXT NOT NULL,
    chip TEXT NOT NULL,
    iccid TEXT,
    imei TEXT,
    firmware INTEGER NOT NULL,
    board INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- When a clone was last suspected, so that one case makes one event a day.
  CREATE TABLE suspicions (
    kid TEXT NOT NULL,
    why TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (kid, why)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- pending: made and never heard; leaving: dropped once its open alarm is closed; dropped: its secret
  -- is overwritten, and its key identifier stays taken. under: in use when this one was made. made: the
  -- event that tells of it, so that older and newer are known apart; 0: with its pager.
  ALTER TABLE contexts ADD COLUMN state TEXT NOT NULL DEFAULT 'active';
  ALTER TABLE contexts ADD COLUMN under TEXT;
  ALTER TABLE contexts ADD COLUMN made INTEGER NOT NULL DEFAULT 0;

  ALTER TABLE pagers ADD COLUMN next_command INTEGER NOT NULL DEFAULT 1;

  CREATE TABLE commands (
    pager TEXT NOT NULL,
    id INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (pager, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX commands_waiting ON commands (ended) WHERE ended = 0;
  `,
  `
  -- Of the word "reopened": the alarm was taken meanwhile, which is said behind it.
  ALTER TABLE words ADD COLUMN then_taken INTEGER NOT NULL DEFAULT 0;
  `,
  `
  -- The octets lie in files beside the database, each under its hash.
  CREATE TABLE images (
    hash TEXT PRIMARY KEY,
    octets INTEGER NOT NULL,
    firmware INTEGER NOT NULL,
    board TEXT NOT NULL,
    added_by TEXT NOT NULL,
    added_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What a pager said of itself last: by activation, self-test and health report.
  ALTER TABLE pagers ADD COLUMN firmware INTEGER;
  ALTER TABLE pagers ADD COLUMN failed_parts INTEGER;
  ALTER TABLE pagers ADD COLUMN days_left INTEGER;
  ALTER TABLE pagers ADD COLUMN health_at_ms INTEGER;
  UPDATE pagers SET firmware = (
    SELECT firmware FROM bindings WHERE bindings.pager = pagers.id LIMIT 1
  );
  `,
];
