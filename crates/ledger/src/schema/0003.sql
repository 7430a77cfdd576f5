-- Version 3. Evidence and kinship are records, which only grow. Sketches and addresses are derived
-- from articles: they reach up to the last article in `sketched`, and what is missing is made up
-- when the next article is added. Visits are what a polite reader of the web remembers, and can be
-- thrown away.

-- Bytes that an article was read from, in the file of this hash in the folder beside the ledger.
-- `origin` is the file or address where they were found.
CREATE TABLE evidence (
  seq      INTEGER PRIMARY KEY,
  article  INTEGER NOT NULL REFERENCES articles (seq),
  sha256   TEXT NOT NULL,
  media    TEXT NOT NULL,
  length   INTEGER NOT NULL,
  origin   TEXT,
  added_at TEXT NOT NULL,
  UNIQUE (article, sha256)
) STRICT;
CREATE INDEX evidence_by_hash ON evidence (sha256);

-- What an article is to one that was there before it. version: a later text at the same address.
-- copy: most of one stands in the other; `contained` is the share of the shorter one.
CREATE TABLE kin (
  seq       INTEGER PRIMARY KEY,
  article   INTEGER NOT NULL UNIQUE REFERENCES articles (seq),
  kind      TEXT NOT NULL CHECK (kind IN ('version', 'copy')),
  of        INTEGER NOT NULL REFERENCES articles (seq),
  contained REAL,
  added_at  TEXT NOT NULL
) STRICT;
CREATE INDEX kin_by_of ON kin (of);

-- Derived: the kept shingles of each text, how many and how far up.
CREATE TABLE sketches (
  shingle INTEGER NOT NULL,
  article INTEGER NOT NULL,
  PRIMARY KEY (shingle, article)
) STRICT, WITHOUT ROWID;
CREATE TABLE sketched (
  article INTEGER PRIMARY KEY,
  kept    INTEGER NOT NULL,
  reach   INTEGER NOT NULL
) STRICT;

-- Derived: where a text stands, without what does not tell one page from another.
CREATE TABLE addresses (
  address TEXT NOT NULL,
  article INTEGER NOT NULL,
  PRIMARY KEY (address, article)
) STRICT, WITHOUT ROWID;

-- What servers said of an address when it was last asked for.
CREATE TABLE visits (
  url      TEXT PRIMARY KEY,
  etag     TEXT,
  modified TEXT,
  at       TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER evidence_keep BEFORE UPDATE ON evidence BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER evidence_stay BEFORE DELETE ON evidence BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER kin_keep      BEFORE UPDATE ON kin      BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER kin_stay      BEFORE DELETE ON kin      BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
