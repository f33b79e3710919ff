-- Approvals that hold for some minutes: until when, for people.
ALTER TABLE approvals ADD COLUMN scope_until INTEGER;
ALTER TABLE votes ADD COLUMN seconds INTEGER NOT NULL DEFAULT 0;

-- A grant that holds always has the session ''; it is for one wrapped program. The end of one that
-- holds for some minutes is told by the monotonic clock of one boot, which no clock jump moves.
ALTER TABLE grants ADD COLUMN wrapped TEXT NOT NULL DEFAULT '';
ALTER TABLE grants ADD COLUMN boot TEXT NOT NULL DEFAULT '';
ALTER TABLE grants ADD COLUMN deadline_ns INTEGER NOT NULL DEFAULT 0;
ALTER TABLE grants ADD COLUMN ended_by TEXT NOT NULL DEFAULT '';

-- The pause in force, at most one row: every session is held until somebody ends it.
CREATE TABLE pause (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  by  TEXT NOT NULL,
  at  INTEGER NOT NULL
) STRICT;
