-- Version 2. What people decide are records, which only grow: the newest row for its key holds.
-- What linking works with is derived from the records, is kept up to date in place, and can be
-- thrown away: `linked` says how far it reaches.

-- Who a speaker is, across articles: `speaker` is the id that statements give, `role` its role or
-- ''. A row by linking has no reviewer; a row by a reviewer holds against linking's own.
CREATE TABLE merges (
  seq      INTEGER PRIMARY KEY,
  speaker  TEXT NOT NULL,
  role     TEXT NOT NULL,
  person   TEXT NOT NULL,
  reason   TEXT NOT NULL,
  reviewer TEXT,
  added_at TEXT NOT NULL
) STRICT;
CREATE INDEX merges_by_speaker ON merges (speaker, role);
CREATE INDEX merges_by_person ON merges (person);

-- What a person decided about questions. merge: `question` is `other` now. split: `statement`
-- bears on `other` and no longer on `question`. new: `statement` bears on `question` too, which
-- has this text. rename: `question` has this text. undo: the edit `other` holds no longer.
CREATE TABLE edits (
  seq       INTEGER PRIMARY KEY,
  action    TEXT NOT NULL CHECK (action IN ('merge', 'split', 'new', 'rename', 'undo')),
  question  TEXT NOT NULL,
  other     TEXT,
  statement TEXT,
  text      TEXT,
  reason    TEXT NOT NULL,
  reviewer  TEXT,
  added_at  TEXT NOT NULL
) STRICT;
CREATE INDEX edits_by_question ON edits (question);
CREATE INDEX edits_by_statement ON edits (statement) WHERE statement IS NOT NULL;

-- What a reviewer said of a statement. `statement` derives from the article's hash and the spans,
-- so that the verdict stays with the words. `before` is the seq of the record that was in force.
CREATE TABLE reviews (
  seq       INTEGER PRIMARY KEY,
  statement TEXT NOT NULL,
  verdict   TEXT NOT NULL CHECK (verdict IN ('accept', 'correct', 'reject', 'undo')),
  before    INTEGER,
  reason    TEXT NOT NULL,
  reviewer  TEXT NOT NULL,
  added_at  TEXT NOT NULL
) STRICT;
CREATE INDEX reviews_by_statement ON reviews (statement);

-- Derived: kinds of claims, the questions that each bears on (`plan`, JSON), the spellings met.
CREATE TABLE shapes (
  id        INTEGER PRIMARY KEY,
  about     TEXT NOT NULL,
  class     TEXT NOT NULL,
  actor     TEXT NOT NULL,
  target    TEXT NOT NULL,
  threshold TEXT NOT NULL,
  denied    INTEGER NOT NULL,
  plan      TEXT NOT NULL,
  UNIQUE (about, class, actor, target, threshold, denied)
) STRICT;
CREATE TABLE shape_names (
  shape INTEGER NOT NULL,
  part  TEXT NOT NULL,
  name  TEXT NOT NULL,
  n     INTEGER NOT NULL,
  PRIMARY KEY (shape, part, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE claims (
  shape     INTEGER NOT NULL,
  statement INTEGER NOT NULL,
  PRIMARY KEY (shape, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_by_statement ON claims (statement);

-- Derived: what all articles show under one name in one role, and who that is.
CREATE TABLE profiles (
  id       INTEGER PRIMARY KEY,
  block    TEXT NOT NULL,
  kind     TEXT NOT NULL,
  speaker  TEXT NOT NULL,
  name     TEXT NOT NULL,
  role     TEXT NOT NULL,
  articles INTEGER NOT NULL,
  context  TEXT NOT NULL,
  first    TEXT NOT NULL,
  last     TEXT NOT NULL,
  person   TEXT NOT NULL,
  others   TEXT NOT NULL,
  UNIQUE (speaker, role)
) STRICT;
CREATE INDEX profiles_by_block ON profiles (block);
CREATE INDEX profiles_by_person ON profiles (person);
CREATE INDEX profiles_by_name ON profiles (name COLLATE NOCASE);

-- Derived: for each statement that holds, who speaks, the first report of its origin, and how much
-- a mistake in it would matter (harm times doubt).
CREATE TABLE said (
  statement INTEGER PRIMARY KEY,
  profile   INTEGER,
  person    TEXT,
  origin    INTEGER NOT NULL,
  why       TEXT,
  worry     REAL NOT NULL
) STRICT;
CREATE INDEX said_by_person ON said (person, statement) WHERE person IS NOT NULL;
CREATE INDEX said_by_profile ON said (profile) WHERE profile IS NOT NULL;
CREATE INDEX said_by_origin ON said (origin) WHERE origin <> statement;
CREATE INDEX said_by_worry ON said (worry);

-- Derived: under which hashes a report meets others; `day` is days since 1970, -1 for none.
CREATE TABLE origin_keys (
  key       INTEGER NOT NULL,
  day       INTEGER NOT NULL,
  statement INTEGER NOT NULL,
  PRIMARY KEY (key, day, statement)
) STRICT, WITHOUT ROWID;

-- One row: the last statement and the last revision that linking has seen, and with which tables.
CREATE TABLE linked (
  one      INTEGER PRIMARY KEY CHECK (one = 1),
  upto     INTEGER NOT NULL,
  revised  INTEGER NOT NULL,
  classes  TEXT NOT NULL
) STRICT;

CREATE INDEX revisions_by_seq ON revisions (record, seq);

CREATE TRIGGER merges_keep  BEFORE UPDATE ON merges  BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER merges_stay  BEFORE DELETE ON merges  BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER edits_keep   BEFORE UPDATE ON edits   BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER edits_stay   BEFORE DELETE ON edits   BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER reviews_keep BEFORE UPDATE ON reviews BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
CREATE TRIGGER reviews_stay BEFORE DELETE ON reviews BEGIN SELECT RAISE(ABORT, 'the ledger only appends'); END;
