-- Version 9. How far archives were read that were not read to their end: written with the last articles
-- before that place, so that it vouches for nothing that is not here. It can be thrown away.
CREATE TABLE archive_places (
  archive  TEXT PRIMARY KEY,
  at       INTEGER NOT NULL,
  noted_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
