-- The rows of the audit log that say what was asked and how it was decided. An approval of which
-- they say something else counts for nothing.
ALTER TABLE approvals ADD COLUMN opened_row INTEGER;
ALTER TABLE approvals ADD COLUMN decided_row INTEGER;

-- Who waits, and whether every session is held, is told by the audit log alone.
DROP TABLE waiters;
DROP TABLE pause;
