-- Times are milliseconds since 1970-01-01T00:00:00Z; lists and objects are JSON.

CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  id          TEXT PRIMARY KEY,
  wrapped     TEXT NOT NULL,
  argv        TEXT NOT NULL CHECK (json_valid(argv)),
  cwd         TEXT NOT NULL,
  workspaces  TEXT NOT NULL CHECK (json_valid(workspaces)),
  terminal    INTEGER NOT NULL CHECK (terminal IN (0, 1)),
  dry_run     INTEGER NOT NULL CHECK (dry_run IN (0, 1)),
  state       TEXT NOT NULL CHECK (state IN ('opened', 'running', 'closed', 'lost')),
  opened_at   INTEGER NOT NULL,
  closed_at   INTEGER,
  pid         INTEGER,
  start_ticks INTEGER,
  asked       INTEGER NOT NULL DEFAULT 0,
  allowed     INTEGER NOT NULL DEFAULT 0,
  denied      INTEGER NOT NULL DEFAULT 0,
  approvals   INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX sessions_alive ON sessions (state) WHERE state IN ('opened', 'running');

CREATE TABLE approvals (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  state        TEXT NOT NULL DEFAULT 'pending'
               CHECK (state IN ('pending', 'approved', 'denied', 'expired', 'cancelled')),
  session      TEXT NOT NULL,
  wrapped      TEXT NOT NULL,
  tool         TEXT NOT NULL,
  command      TEXT NOT NULL,
  path         TEXT NOT NULL,
  cwd          TEXT NOT NULL,
  categories   TEXT NOT NULL CHECK (json_valid(categories)),
  rule         TEXT NOT NULL,
  risk         INTEGER NOT NULL CHECK (risk BETWEEN 0 AND 100),
  blast_radius TEXT NOT NULL,
  coverage     TEXT NOT NULL,
  pid          INTEGER NOT NULL,
  start_ticks  INTEGER NOT NULL,
  shape        TEXT NOT NULL,
  binding      TEXT NOT NULL CHECK (json_valid(binding)),
  detail       TEXT NOT NULL CHECK (json_valid(detail)),
  requested_at INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,
  decided_at   INTEGER,
  decided_by   TEXT,
  channel      TEXT,
  scope        TEXT CHECK (scope IN ('once', 'session', 'minutes', 'always')),
  reason       TEXT,
  released_at  INTEGER,
  CHECK ((state = 'pending') = (decided_at IS NULL)),
  CHECK (released_at IS NULL OR state = 'approved')
) STRICT;

CREATE INDEX approvals_pending ON approvals (id) WHERE state = 'pending';
CREATE INDEX approvals_of_session ON approvals (session, id);

-- The first decision wins, whoever writes the second one.
CREATE TRIGGER approvals_decided_once
BEFORE UPDATE OF state ON approvals
WHEN OLD.state <> 'pending' AND NEW.state <> OLD.state
BEGIN
  SELECT RAISE(ABORT, 'the approval was decided already');
END;

CREATE TABLE grants (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  approval    INTEGER NOT NULL REFERENCES approvals (id),
  session     TEXT NOT NULL,
  scope       TEXT NOT NULL CHECK (scope IN ('once', 'session', 'minutes', 'always')),
  shape       TEXT NOT NULL,
  pid         INTEGER,
  start_ticks INTEGER,
  detail      TEXT NOT NULL CHECK (json_valid(detail)),
  granted_at  INTEGER NOT NULL,
  expires_at  INTEGER,
  revoked_at  INTEGER
) STRICT;

CREATE INDEX grants_in_force ON grants (session) WHERE revoked_at IS NULL;

CREATE TABLE audit (
  seq      INTEGER PRIMARY KEY,
  at       TEXT NOT NULL,
  kind     TEXT NOT NULL,
  session  TEXT NOT NULL,
  record   TEXT NOT NULL,
  previous TEXT NOT NULL,
  mac      TEXT NOT NULL
) STRICT;

CREATE INDEX audit_of_session ON audit (session, seq);
CREATE INDEX audit_by_kind ON audit (kind, seq);

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;

-- INSERT OR REPLACE deletes without firing the trigger above.
CREATE TRIGGER audit_append_at_end BEFORE INSERT ON audit
WHEN NEW.seq IS NULL OR NEW.seq <> 1 + coalesce((SELECT max(seq) FROM audit), 0)
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
