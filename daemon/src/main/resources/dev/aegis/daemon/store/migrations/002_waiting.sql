-- Who waits for an approval, so that only they may take it up again after a restart of the daemon.
CREATE TABLE waiters (
  approval    INTEGER NOT NULL REFERENCES approvals (id),
  pid         INTEGER NOT NULL,
  start_ticks INTEGER NOT NULL,
  spawned     INTEGER NOT NULL CHECK (spawned IN (0, 1)),
  PRIMARY KEY (approval, pid, start_ticks)
) STRICT, WITHOUT ROWID;

-- The end of a pending approval on the monotonic clock of one boot, which no clock jump moves.
ALTER TABLE approvals ADD COLUMN boot TEXT NOT NULL DEFAULT '';
ALTER TABLE approvals ADD COLUMN deadline_ns INTEGER NOT NULL DEFAULT 0;

-- JSON: what the launcher said beside the columns, so that a session can be taken up again.
ALTER TABLE sessions ADD COLUMN launch TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(launch));
