-- Who approved what needs several people, while some are missing.
CREATE TABLE votes (
  approval INTEGER NOT NULL REFERENCES approvals (id),
  person   TEXT NOT NULL,
  name     TEXT NOT NULL,
  channel  TEXT NOT NULL,
  scope    TEXT NOT NULL CHECK (scope IN ('once', 'session', 'minutes', 'always')),
  at       INTEGER NOT NULL,
  PRIMARY KEY (approval, person)
) STRICT, WITHOUT ROWID;

-- Who is about to deny and still writes why; nobody can approve any more.
ALTER TABLE approvals ADD COLUMN denial_announced_by TEXT NOT NULL DEFAULT '';

-- Where a channel was when the daemon ended, such as the next update that it has not seen.
CREATE TABLE channel_state (
  channel TEXT NOT NULL,
  name    TEXT NOT NULL,
  value   TEXT NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (channel, name)
) STRICT, WITHOUT ROWID;

-- Messages that show an approval. The row is there before the message is sent; its number in the
-- chat is NULL until the channel says it.
CREATE TABLE channel_messages (
  nonce    TEXT PRIMARY KEY,
  channel  TEXT NOT NULL,
  approval INTEGER NOT NULL REFERENCES approvals (id),
  chat     INTEGER NOT NULL,
  topic    INTEGER NOT NULL,
  message  INTEGER,
  shown    TEXT NOT NULL,
  sent_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX channel_messages_of_approval ON channel_messages (channel, approval);
