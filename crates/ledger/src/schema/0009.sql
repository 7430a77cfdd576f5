-- Version 9. Places in archives, and what was removed at somebody's request.

-- How far archives were read that were not read to their end: written with the last articles
-- before that place, so that it vouches for nothing that is not here. It can be thrown away.
CREATE TABLE archive_places (
  archive  TEXT PRIMARY KEY,
  at       INTEGER NOT NULL,
  noted_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What was removed because somebody asked for it (redact.rs): an article by the hash of its text, a
-- speaker by the hash of their name, so that neither comes in again. Of what was removed nothing is kept
-- but how much it was.
CREATE TABLE redactions (
  seq        INTEGER PRIMARY KEY,
  what       TEXT NOT NULL CHECK (what IN ('article', 'speaker')),
  id         TEXT NOT NULL,
  statements INTEGER NOT NULL,
  reason     TEXT NOT NULL,
  reviewer   TEXT NOT NULL,
  added_at   TEXT NOT NULL
) STRICT;
CREATE INDEX redactions_by_id ON redactions (what, id);
CREATE TRIGGER redactions_keep BEFORE UPDATE ON redactions BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER redactions_stay BEFORE DELETE ON redactions BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
